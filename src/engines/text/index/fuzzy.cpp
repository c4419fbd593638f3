#include "engines/text/index/fuzzy.h"

#include <algorithm>
#include <array>

namespace kindling::text {

namespace {

constexpr std::size_t longest = 63;
using Row = std::array<std::uint8_t, longest + 2>;

class Walk {
public:
    Walk(const StringTable& terms, std::string_view word, std::uint32_t limit, std::vector<FuzzyMatch>& out) : terms_(terms), word_(word), limit_(static_cast<std::uint8_t>(limit)), out_(out) {
        for (std::size_t j = 0; j <= word.size(); ++j) rows_[0][j] = static_cast<std::uint8_t>(j);
    }

    // All terms in [low, high) share their first `depth` bytes, whose rows are computed; `least` is in the last of them.
    void visit(std::uint32_t low, std::uint32_t high, std::size_t depth, std::uint8_t least) {
        if (low < high && terms_[low].size() == depth) {
            auto const distance = depth + limit_ < word_.size() ? beyond() : rows_[depth][word_.size()];
            if (distance >= 1 && distance <= limit_) out_.push_back({low, distance});
            ++low;
        }
        if (depth >= word_.size() + limit_ || depth + 1 >= rows_.size()) return;
        while (low < high) {
            auto const letter = terms_[low][depth];
            auto const next = end_of(low, high, depth, letter);
            path_[depth] = letter;
            // With nothing left to spare a letter has to be one of those that stand hereabouts.
            if (least < limit_ || hereabouts(depth).contains(letter))
                if (auto const below = extend(depth); below <= limit_) visit(low, next, depth + 1, below);
            low = next;
        }
    }

private:
    std::uint32_t end_of(std::uint32_t low, std::uint32_t high, std::size_t depth, char letter) const {
        std::uint32_t step = 1, at = low;
        while (at + step < high && terms_[at + step][depth] == letter) at += step, step *= 2;
        auto end = std::min(at + step, high);
        ++at;
        while (at < end) {
            auto const middle = at + (end - at) / 2;
            if (terms_[middle][depth] == letter) at = middle + 1;
            else end = middle;
        }
        return at;
    }
    std::uint8_t beyond() const { return static_cast<std::uint8_t>(limit_ + 1); }
    // Row depth + 1 from the rows above it, as far as it can be within the limit: that many places beside the diagonal (Ukkonen 1985), with one that is beyond it at
    // either end. The least in it: beyond the limit nothing below is near enough.
    std::uint8_t extend(std::size_t depth) {
        auto const& above = rows_[depth];
        auto& row = rows_[depth + 1];
        auto const first = depth + 1 > limit_ ? depth + 1 - limit_ : 0, last = std::min(word_.size(), depth + 1 + limit_);
        if (first == 0) row[0] = static_cast<std::uint8_t>(depth + 1);
        else row[first - 1] = beyond();
        row[last + 1] = beyond();
        auto least = first == 0 ? row[0] : beyond();
        for (std::size_t j = std::max<std::size_t>(1, first); j <= last; ++j) {
            auto const replace = static_cast<std::uint8_t>(above[j - 1] + (path_[depth] != word_[j - 1] ? 1 : 0));
            auto best = std::min({replace, static_cast<std::uint8_t>(above[j] + 1), static_cast<std::uint8_t>(row[j - 1] + 1)});
            if (depth >= 1 && j >= 2 && path_[depth] == word_[j - 2] && path_[depth - 1] == word_[j - 1]) best = std::min(best, static_cast<std::uint8_t>(rows_[depth - 1][j - 2] + 1));
            row[j] = best;
            least = std::min(least, best);
        }
        return least;
    }
    // What row depth + 1 is compared with: letters a limit away, and the one that may have changed places with its neighbour.
    std::string_view hereabouts(std::size_t depth) const {
        auto const first = std::min(word_.size(), depth > limit_ + 1u ? depth - limit_ - 1 : 0);
        return word_.substr(first, depth + limit_ + 1 - first);
    }

    const StringTable& terms_;
    std::string_view word_;
    std::uint8_t limit_;
    std::vector<FuzzyMatch>& out_;
    std::array<Row, longest + 4> rows_{};
    std::array<char, longest + 4> path_{};
};

}  // namespace

std::vector<FuzzyMatch> fuzzy_terms(const StringTable& terms, std::string_view word, std::uint32_t limit) {
    std::vector<FuzzyMatch> out;
    if (word.empty() || word.size() > longest || limit == 0) return out;
    Walk(terms, word, std::min(limit, 2u), out).visit(0, terms.count(), 0, 0);
    return out;
}

std::uint32_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::uint32_t>> d(a.size() + 1, std::vector<std::uint32_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = static_cast<std::uint32_t>(i + j);
                continue;
            }
            d[i][j] = std::min({d[i - 1][j - 1] + (a[i - 1] != b[j - 1] ? 1u : 0u), d[i - 1][j] + 1, d[i][j - 1] + 1});
            if (i >= 2 && j >= 2 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

}  // namespace kindling::text
