#include "engines/learning/opinion/digest.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"

namespace kindling::opinion {

namespace {

constexpr std::size_t most_candidates = 60;

// The sentence around a clause, [begin, end) bytes, trimmed, with its closing sign.
Clause sentence_of(std::string_view body, Remark const& remark) {
    constexpr std::string_view signs[] = {"。", "！", "？", "!", "?", "\n", "；", ";"};
    auto const closes = [&](std::size_t at) -> std::size_t {
        for (auto const s : signs)
            if (body.substr(at).starts_with(s)) return s.size();
        return body[at] == '.' && (at + 1 == body.size() || body[at + 1] == ' ') ? 1 : 0;
    };
    std::size_t begin = 0;
    for (std::size_t i = 0; i < remark.begin;) {
        auto const length = closes(i);
        i += std::max<std::size_t>(length, 1);
        if (length) begin = std::min<std::size_t>(i, remark.begin);
    }
    std::size_t end = remark.end;
    while (end < body.size()) {
        if (auto const length = closes(end)) {
            if (body[end] != '\n') end += length;
            break;
        }
        ++end;
    }
    while (begin < end && static_cast<unsigned char>(body[begin]) <= ' ') ++begin;
    while (end > begin && static_cast<unsigned char>(body[end - 1]) <= ' ') --end;
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

struct Candidate {
    Quote quote;
    std::map<std::uint64_t, float> pairs;  // character pairs, unit length
};

std::map<std::uint64_t, float> pairs_of(std::string_view text) {
    auto const normal = to_utf32(text::normalise(text));
    std::map<std::uint64_t, float> out;
    for (std::size_t i = 0; i + 1 < normal.size(); ++i) ++out[static_cast<std::uint64_t>(normal[i]) << 32 | normal[i + 1]];
    float squares = 0;
    for (auto const& [key, count] : out) squares += count * count;
    for (auto& [key, count] : out) count /= std::sqrt(squares);
    return out;
}

// The most typical first, of the preferred ones if there are any.
void pick(std::vector<Candidate> all, std::span<const ReviewText> reviews, std::uint32_t count, std::vector<Quote>& out) {
    auto const preferred = [&](Candidate const& c) { return reviews[c.quote.review].preferred; };
    if (std::ranges::any_of(all, preferred)) std::erase_if(all, [&](Candidate const& c) { return !preferred(c); });
    std::map<std::uint64_t, float> centre;
    for (auto const& c : all)
        for (auto const& [key, value] : c.pairs) centre[key] += value;
    std::vector<std::pair<float, std::size_t>> order;
    for (std::size_t i = 0; i < all.size(); ++i) {
        float score = 0;
        for (auto const& [key, value] : all[i].pairs) score += value * centre[key];
        // Two words are always typical and tell nothing: short quotes stand back.
        order.emplace_back(-score * std::min(1.f, static_cast<float>(all[i].pairs.size()) / 8), i);
    }
    std::ranges::sort(order);
    for (auto const& [score, i] : order) {
        if (count == 0) break;
        // What was said in the same words is one quote.
        auto const words = [&](Quote const& q) { return reviews[q.review].body.substr(q.begin, q.end - q.begin); };
        if (std::ranges::any_of(out, [&](Quote const& q) { return words(q) == words(all[i].quote); })) continue;
        out.push_back(all[i].quote), --count;
    }
}

}  // namespace

Digest digest(std::span<const ReviewText> reviews, const DigestOptions& options, const ReadRemarks& read) {
    Digest out;
    std::array<AspectDigest, aspect_count> by_aspect;
    std::array<std::vector<Candidate>, aspect_count> sides[2];
    std::array<std::array<std::size_t, 2>, aspect_count> room[2] = {};  // candidates so far, preferred ones apart
    for (std::uint32_t r = 0; r < reviews.size(); ++r) {
        auto const body = reviews[r].body;
        auto const found = read(body);
        out.reviews_with_remarks += !found.empty();
        std::array<int, aspect_count> seen{};  // bit 1 praise, bit 2 blame
        for (auto const& remark : found) {
            auto const a = static_cast<std::size_t>(remark.aspect);
            int const bit = remark.praise ? 1 : 2;
            auto& candidates = sides[remark.praise ? 0 : 1][a];
            auto& taken = room[remark.praise ? 0 : 1][a][reviews[r].preferred];
            if (!(seen[a] & bit) && taken < most_candidates) {
                auto cut = sentence_of(body, remark);
                bool const agreed = std::ranges::all_of(found, [&](Remark const& other) { return other.end <= cut.begin || other.begin >= cut.end || other.praise == remark.praise; });
                if (!agreed || cut.end - cut.begin > options.longest_quote) cut = {remark.begin, remark.end};
                if (cut.end - cut.begin <= options.longest_quote) ++taken, candidates.push_back({{r, cut.begin, cut.end, remark.praise}, pairs_of(body.substr(cut.begin, cut.end - cut.begin))});
            }
            seen[a] |= bit;
        }
        for (std::size_t a = 0; a < aspect_count; ++a) by_aspect[a].praise += seen[a] == 1, by_aspect[a].blame += seen[a] == 2, by_aspect[a].both += seen[a] == 3;
    }
    for (std::size_t a = 0; a < aspect_count; ++a) {
        auto& d = by_aspect[a];
        d.aspect = static_cast<Aspect>(a);
        if (d.count() == 0 || d.count() < options.least_count) continue;
        auto const first = d.share() >= 0.5 ? 0 : 1;
        pick(std::move(sides[first][a]), reviews, options.quotes_a_side, d.quotes), pick(std::move(sides[1 - first][a]), reviews, options.quotes_a_side, d.quotes);
        out.aspects.push_back(std::move(d));
    }
    std::ranges::stable_sort(out.aspects, [](AspectDigest const& x, AspectDigest const& y) {
        if ((x.aspect == Aspect::overall) != (y.aspect == Aspect::overall)) return y.aspect == Aspect::overall;
        return x.count() > y.count();
    });
    return out;
}

}  // namespace kindling::opinion
