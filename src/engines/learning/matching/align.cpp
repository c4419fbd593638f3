#include "engines/learning/matching/align.h"

#include <algorithm>
#include <array>

namespace kindling::matching {

namespace {

constexpr std::size_t most_neighbours = 3, shortest_joined = 5, longest_compared = 64;

// Damerau-Levenshtein distance, swaps of neighbours included; above `limit` anything above it.
std::size_t edits(std::string_view a, std::string_view b, std::size_t limit) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > limit || b.size() > longest_compared) return limit + 1;
    std::array<std::uint8_t, longest_compared + 1> before{}, last{}, row{};
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<std::uint8_t>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<std::uint8_t>(i);
        std::size_t least = row[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t best = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = std::min<std::size_t>(best, before[j - 2] + 1u);
            row[j] = static_cast<std::uint8_t>(best);
            least = std::min(least, best);
        }
        if (least > limit) return limit + 1;
        before = last, last = row;
    }
    return last[b.size()];
}

// Runs of two or three neighbours of `from` that are one word of `to`.
void join(const Pool& pool, const std::vector<WordId>& from, const std::vector<WordId>& to, auto&& found) {
    std::string joined;
    for (std::size_t j = 0; j < to.size(); ++j) {
        auto const& whole = pool.word(to[j]).text;
        if (whole.size() < shortest_joined) continue;
        for (std::size_t i = 0; i + 1 < from.size(); ++i) {
            if (!whole.starts_with(pool.word(from[i]).text)) continue;
            joined = pool.word(from[i]).text;
            for (std::size_t n = 2; n <= most_neighbours && i + n <= from.size() && joined.size() < whole.size(); ++n) {
                joined += pool.word(from[i + n - 1]).text;
                if (joined == whole) found(i, n, j);
            }
        }
    }
}

}  // namespace

std::size_t common_prefix(std::string_view a, std::string_view b) { return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin()); }

std::size_t common_stretch(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return 0;
    thread_local std::vector<std::uint16_t> row;
    row.assign(b.size() + 1, 0);
    std::size_t best = 0;
    for (char const c : a)
        for (std::size_t j = b.size(); j > 0; --j) {
            row[j] = c == b[j - 1] ? static_cast<std::uint16_t>(row[j - 1] + 1) : std::uint16_t{0};
            best = std::max<std::size_t>(best, row[j]);
        }
    return best;
}

float alike(const Word& a, const Word& b) {
    if (a.text == b.text || a.number == b.number) return 1;  // not a number equals nothing
    auto const& shorter = a.text.size() <= b.text.size() ? a : b;
    auto const& longer = a.text.size() <= b.text.size() ? b : a;
    auto const n = static_cast<float>(longer.text.size());
    if (a.digits || b.digits) {
        if (!a.letters || !b.letters || shorter.text.size() < 4) return 0;
        auto const share = static_cast<float>(common_prefix(a.text, b.text)) / n;
        return share >= 0.6f ? share : 0;
    }
    if (!a.letters || !b.letters) {  // no Latin letters: Han and the like
        bool const inside = shorter.text.size() >= 6 && longer.text.find(shorter.text) != std::string::npos;
        return inside ? static_cast<float>(shorter.text.size()) / n : 0;
    }
    if (shorter.text.size() >= 5) {
        auto const distance = edits(a.text, b.text, longer.text.size() >= 9 ? 2 : 1);
        if (distance == 1) return 0.85f;
        if (distance == 2 && longer.text.size() >= 9) return 0.75f;
    }
    return shorter.text.size() >= 3 && longer.text.starts_with(shorter.text) ? 0.7f : 0;
}

void align(const Pool& pool, const Item& left, const Item& right, Alignment& out) {
    auto const &a = left.title, &b = right.title;
    out.left.assign(a.size(), 0), out.right.assign(b.size(), 0), out.partner.assign(a.size(), Alignment::none);
    for (std::size_t i = 0; i < a.size(); ++i)
        if (auto const at = std::ranges::find(b, a[i]); at != b.end()) {
            auto const j = static_cast<std::size_t>(at - b.begin());
            out.left[i] = out.right[j] = 1, out.partner[i] = static_cast<std::uint16_t>(j);
        }
    join(pool, a, b, [&](std::size_t i, std::size_t n, std::size_t j) {
        for (std::size_t k = i; k < i + n; ++k)
            if (out.left[k] < 1) out.left[k] = 1, out.partner[k] = static_cast<std::uint16_t>(j);
        out.right[j] = 1;
    });
    join(pool, b, a, [&](std::size_t j, std::size_t n, std::size_t i) {
        for (std::size_t k = j; k < j + n; ++k) out.right[k] = 1;
        if (out.left[i] < 1) out.left[i] = 1, out.partner[i] = static_cast<std::uint16_t>(j);
    });
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size(); ++j) {
            if (out.left[i] >= 1 && out.right[j] >= 1) continue;
            auto const s = alike(pool.word(a[i]), pool.word(b[j]));
            if (s > out.left[i]) out.left[i] = s, out.partner[i] = static_cast<std::uint16_t>(j);
            out.right[j] = std::max(out.right[j], s);
        }
}

}  // namespace kindling::matching
