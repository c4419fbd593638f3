#include "engines/learning/matching/features.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kindling::matching {

namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

float share(float part, float whole) { return whole > 0 ? part / whole : unknown; }
float ratio(std::size_t part, std::size_t whole) { return whole > 0 ? static_cast<float>(part) / static_cast<float>(whole) : unknown; }

// Cosine of two sorted word lists by idf.
float cosine(const Pool& pool, const std::vector<WordId>& a, const std::vector<WordId>& b) {
    float both = 0, left = 0, right = 0;
    auto const square = [&](WordId id) { return pool.word(id).idf * pool.word(id).idf; };
    for (auto const id : a) left += square(id);
    for (auto const id : b) right += square(id);
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();)
        if (a[i] == b[j]) both += square(a[i]), ++i, ++j;
        else ++(a[i] < b[j] ? i : j);
    return left > 0 && right > 0 ? both / std::sqrt(left * right) : unknown;
}

float pieces_of(const Item& a, const Item& b) {
    float both = 0;
    for (std::size_t i = 0, j = 0; i < a.pieces.size() && j < b.pieces.size();)
        if (a.pieces[i].first == b.pieces[j].first) both += a.pieces[i].second * b.pieces[j].second, ++i, ++j;
        else ++(a.pieces[i].first < b.pieces[j].first ? i : j);
    return both;
}

// How much of a title's weight the other side has anywhere: aligned in its title, or a word of its text.
float told_anywhere(const Pool& pool, const Item& item, const std::vector<float>& aligned, const Item& other) {
    float told = 0;
    for (std::size_t i = 0; i < item.title.size(); ++i) {
        bool const there = aligned[i] >= 1 || std::ranges::binary_search(other.everything, item.title[i]);
        told += pool.word(item.title[i]).idf * (there ? 1 : aligned[i]);
    }
    return share(told, item.weight);
}

// The longest of these codes that the other's text has, in letters.
float longest_inside(const Item& item, const Item& other) {
    if (item.codes.empty()) return unknown;
    std::size_t best = 0;
    for (auto const& code : item.codes)
        if (code.size() > best && other.compact_everything.find(code) != std::string::npos) best = code.size();
    return static_cast<float>(best);
}

void titles(const Pool& pool, const Item& a, const Item& b, const Alignment& al, PairFeatures& x) {
    float left = 0, right = 0, product = 0, square_a = 0, square_b = 0, exact = 0;
    float over_a = 0, over_b = 0, count_a = 0, count_b = 0, rare = 0;
    for (std::size_t i = 0; i < a.title.size(); ++i) {
        auto const& w = pool.word(a.title[i]);
        left += w.idf * al.left[i], square_a += w.idf * w.idf;
        if (al.left[i] < 0.5f) over_a = std::max(over_a, w.idf), count_a += 1;
        if (al.partner[i] == Alignment::none) continue;
        auto const& v = pool.word(b.title[al.partner[i]]);
        product += w.idf * v.idf * al.left[i];
        if (a.title[i] == b.title[al.partner[i]]) exact += w.idf;
    }
    for (std::size_t j = 0; j < b.title.size(); ++j) {
        auto const& w = pool.word(b.title[j]);
        right += w.idf * al.right[j], square_b += w.idf * w.idf;
        if (al.right[j] < 0.5f) over_b = std::max(over_b, w.idf), count_b += 1;
    }
    for (std::size_t i = 0; i < a.title.size(); ++i)  // rare words that only begin alike: names of one series
        for (std::size_t j = 0; j < b.title.size() && al.left[i] < 1; ++j) {
            auto const &v = pool.word(a.title[i]), &w = pool.word(b.title[j]);
            if (al.right[j] < 1 && v.text.size() >= 4 && w.text.size() >= 4) rare = std::max(rare, static_cast<float>(common_stretch(v.text, w.text)) / static_cast<float>(std::max(v.text.size(), w.text.size())));
        }
    auto const both = std::min(left, right);
    x[title_cosine] = square_a > 0 && square_b > 0 ? std::min(1.0f, product / std::sqrt(square_a * square_b)) : unknown;
    x[title_shared] = share(both, a.weight + b.weight - both);
    x[left_told] = share(left, a.weight), x[right_told] = share(right, b.weight);
    x[less_told] = std::min(x[left_told], x[right_told]);
    x[left_over_most] = over_a, x[right_over_most] = over_b, x[left_over_count] = count_a, x[right_over_count] = count_b;
    x[both_over] = std::min(over_a, over_b);
    x[exact_shared] = share(exact, a.weight + b.weight - exact);
    x[first_word] = a.title.empty() || b.title.empty() ? unknown : (al.left[0] >= 1 ? 1.0f : 0.0f) + (al.right[0] >= 1 ? 1.0f : 0.0f);
    std::size_t run = 0, longest = 0;
    for (std::size_t i = 0; i < a.title.size(); ++i) {
        run = al.partner[i] == Alignment::none ? 0 : i > 0 && al.partner[i - 1] != Alignment::none && al.partner[i] == al.partner[i - 1] + 1 ? run + 1 : 1;
        longest = std::max(longest, run);
    }
    x[longest_run] = ratio(longest, std::min(a.title.size(), b.title.size()));
    x[rare_prefix] = rare;
    x[weight_left] = a.weight, x[weight_ratio] = a.weight > 0 && b.weight > 0 ? std::log(a.weight / b.weight) : unknown;
}

void codes(const Pool&, const Item& a, const Item& b, PairFeatures& x) {
    x[sides_with_codes] = (a.codes.empty() ? 0.0f : 1.0f) + (b.codes.empty() ? 0.0f : 1.0f);
    x[code_equal] = x[code_prefix] = x[code_stretch] = unknown;
    x[left_code_in_right] = longest_inside(a, b), x[right_code_in_left] = longest_inside(b, a);
    if (a.codes.empty() || b.codes.empty()) return;
    float equal = 0, prefix = 0, stretch = 0;
    for (auto const& c : a.codes)
        for (auto const& d : b.codes) {
            auto const longer = static_cast<float>(std::max(c.size(), d.size()));
            if (c == d) equal = std::max(equal, longer);
            prefix = std::max(prefix, static_cast<float>(common_prefix(c, d)) / longer);
            stretch = std::max(stretch, static_cast<float>(common_stretch(c, d)) / longer);
        }
    x[code_equal] = equal, x[code_prefix] = prefix, x[code_stretch] = stretch;
}

void numbers(const Pool& pool, const Item& a, const Item& b, PairFeatures& x) {
    auto const of = [&](const Item& item) {
        std::vector<double> list;
        for (auto const id : item.title)
            if (auto const n = pool.word(id).number; !std::isnan(n) && n < 10'000) list.push_back(n);
        std::ranges::sort(list);
        list.erase(std::unique(list.begin(), list.end()), list.end());
        return list;
    };
    auto const left = of(a), right = of(b);
    std::vector<double> both;
    std::ranges::set_intersection(left, right, std::back_inserter(both));
    auto const over_left = static_cast<float>(left.size() - both.size()), over_right = static_cast<float>(right.size() - both.size());
    x[numbers_shared] = ratio(both.size(), left.size() + right.size() - both.size());
    x[numbers_over_left] = over_left, x[numbers_over_right] = over_right, x[numbers_over_both] = std::min(over_left, over_right), x[numbers_equal] = static_cast<float>(both.size());
}

float brand(const Pool& pool, const Item& a, const Item& b) {
    auto const& from = a.brand.empty() ? b : a;
    auto const& to = a.brand.empty() ? a : b;
    float told = 0, all = 0;
    for (auto const id : from.brand) {
        auto const idf = pool.word(id).idf;
        all += idf, told += std::ranges::binary_search(to.everything, id) ? idf : 0;
    }
    return share(told, all);
}

}  // namespace

PairFeatures compare(const Pool& pool, Pair pair, Alignment& al) {
    PairFeatures x{};
    auto const &a = pool.left()[pair.left], &b = pool.right()[pair.right];
    align(pool, a, b, al);
    titles(pool, a, b, al, x);
    codes(pool, a, b, x);
    numbers(pool, a, b, x);
    x[pieces_cosine] = pieces_of(a, b);
    x[stretch] = ratio(common_stretch(a.compact, b.compact), std::min(a.compact.size(), b.compact.size()));
    x[text_cosine] = cosine(pool, a.everything, b.everything);
    x[left_title_in_right] = told_anywhere(pool, a, al.left, b), x[right_title_in_left] = told_anywhere(pool, b, al.right, a);
    x[beside_cosine] = a.beside.empty() || b.beside.empty() ? unknown : cosine(pool, a.beside, b.beside);
    x[brand_told] = brand(pool, a, b);
    x[price_log] = x[price_gap] = unknown;
    if (a.price_minor && b.price_minor && a.currency == b.currency) {
        x[price_log] = static_cast<float>(std::log(static_cast<double>(*a.price_minor) / static_cast<double>(*b.price_minor)));
        x[price_gap] = std::abs(x[price_log]);
    }
    return x;
}

float plain_score(const PairFeatures& x) {
    auto const or_else = [](float v, float other) { return std::isnan(v) ? other : v; };
    auto s = 0.35f * or_else(x[title_cosine], 0) + 0.2f * or_else(x[pieces_cosine], 0) + 0.25f * std::max(or_else(x[left_title_in_right], 0), or_else(x[right_title_in_left], 0)) + 0.2f * or_else(x[text_cosine], 0);
    s += or_else(x[code_equal], 0) > 0 || or_else(x[left_code_in_right], 0) > 0 || or_else(x[right_code_in_left], 0) > 0 ? 0.3f : 0;
    s -= 0.1f * std::min(2.0f, x[numbers_over_both]);
    s -= 0.05f * std::min(2.0f, or_else(x[price_gap], 0.3f));
    return std::max(0.0f, s);
}

float plain_probability(const PairFeatures& x, const std::array<float, rival_features>& rivals) {
    bool const first = rivals[rival_rank_left] + rivals[rival_rank_right] == 0;
    auto const odds = -2.6f + 3 * std::min(1.3f, plain_score(x)) + 12 * std::clamp(rivals[rival_gap_less], -0.3f, 0.3f) + (first ? 0.7f : 0.0f);
    return 1 / (1 + std::exp(-odds));
}

std::vector<std::array<float, rival_features>> rivals(const Pool& pool, std::span<const Pair> pairs, std::span<const float> scores) {
    struct Side {
        std::vector<std::vector<std::uint32_t>> of;  // listing -> numbers of its pairs
        explicit Side(std::size_t n) : of(n) {}
    };
    std::vector<std::array<float, rival_features>> out(pairs.size());
    // Within one list a listing may stand on either side of a pair, so both sides share one table.
    Side left(pool.left().size()), right(pool.one_list() ? 0 : pool.right().size());
    auto& other = pool.one_list() ? left : right;
    for (std::uint32_t p = 0; p < pairs.size(); ++p) left.of[pairs[p].left].push_back(p), other.of[pairs[p].right].push_back(p);
    auto const look = [&](const std::vector<std::uint32_t>& mine, std::uint32_t p, std::size_t rank_at, std::size_t gap_at, std::size_t near_at) {
        float rank = 0, best = 0, near = 0;
        for (auto const q : mine) {
            if (q == p) continue;
            if (scores[q] > scores[p]) rank += 1;
            if (scores[q] > 0.8f * scores[p]) near += 1;
            best = std::max(best, scores[q]);
        }
        out[p][rank_at] = rank, out[p][gap_at] = scores[p] - best, out[p][near_at] = near;
    };
    for (std::uint32_t p = 0; p < pairs.size(); ++p) {
        look(left.of[pairs[p].left], p, rival_rank_left, rival_gap_left, rivals_near_left);
        look(other.of[pairs[p].right], p, rival_rank_right, rival_gap_right, rivals_near_right);
        out[p][rival_gap_less] = std::min(out[p][rival_gap_left], out[p][rival_gap_right]);
    }
    return out;
}

}  // namespace kindling::matching
