#include "modules/dialogue/synonym_mining.h"
#include "core/utf8.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_queries = 3000, most_queries_of_a_product = 50, longest_difference = 3, most_examples = 3;

struct Difference { std::string first, second; };

std::string joined(std::span<std::string const> words) {
    std::string out;
    for (auto const& w : words) {
        // Chinese is written without blanks.
        bool const blank = !out.empty() && !(static_cast<unsigned char>(w.front()) >= 0x80 && static_cast<unsigned char>(out.back()) >= 0x80);
        out += (blank ? " " : "") + w;
    }
    return out;
}

// What is left of both when what they begin and end with in common is taken away; nothing when one side is empty or too much is left.
std::optional<Difference> difference(std::vector<std::string> const& a, std::vector<std::string> const& b) {
    std::size_t from = 0, tail = 0;
    auto const shorter = std::min(a.size(), b.size());
    while (from < shorter && a[from] == b[from]) ++from;
    while (tail < shorter - from && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    auto const left = std::span(a).subspan(from, a.size() - from - tail), right = std::span(b).subspan(from, b.size() - from - tail);
    if (left.empty() || right.empty() || left.size() > longest_difference || right.size() > longest_difference) return {};
    Difference out{joined(left), joined(right)};
    if (out.first > out.second) std::swap(out.first, out.second);
    return out;
}

bool spelled_alike(std::string const& x, std::string const& y) {
    auto const a = to_utf32(x), b = to_utf32(y);
    if (is_han(a.front()) || is_han(b.front())) return false;
    std::vector<std::size_t> row(b.size() + 1), before;
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before = row, row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] != b[j - 1])});
    }
    return row.back() <= (std::min(a.size(), b.size()) >= 8 ? 2u : 1u);
}

bool has_digit(std::string const& s) { return s.find_first_of("0123456789") != s.npos; }

struct Pair {
    double cosine_weight = 0, weight = 0;
    std::set<std::string> shared;
    std::map<std::string, double> left, right;  // queries of either side -> their clicks
    std::int64_t reformulations = 0, contexts = 0;
    std::vector<std::string> examples;
};

}  // namespace

std::vector<SynonymEvidence> mine_synonyms(SearchLog const& log, SynonymGuards const& guards) {
    struct Known { std::string const* text; SearchLog::Query const* query; std::vector<std::string> words; double clicks = 0, norm = 0; };
    std::vector<Known> known;
    for (auto const& [text, query] : log.queries) {
        Known k{.text = &text, .query = &query, .words = guards.words(text)};
        for (auto const& [id, n] : query.clicks) k.clicks += n, k.norm += n;  // of square roots
        if (!k.words.empty() && k.clicks > 0) known.push_back(std::move(k));
    }
    std::ranges::stable_sort(known, [](Known const& a, Known const& b) { return a.clicks > b.clicks; });
    if (known.size() > most_queries) known.resize(most_queries);
    std::map<std::string_view, std::vector<std::size_t>> of_product;
    std::map<std::string_view, std::size_t> at;
    for (std::size_t q = 0; q < known.size(); ++q) {
        at[*known[q].text] = q;
        for (auto const& [id, n] : known[q].query->clicks)
            if (auto& list = of_product[id]; list.size() < most_queries_of_a_product) list.push_back(q);
    }
    std::set<std::pair<std::size_t, std::size_t>> candidates;
    for (auto const& [id, list] : of_product)
        for (std::size_t i = 0; i < list.size(); ++i)
            for (std::size_t j = i + 1; j < list.size(); ++j) candidates.insert(std::minmax(list[i], list[j]));
    std::map<std::pair<std::string, std::string>, Pair> pairs;
    for (auto const& [a, b] : candidates) {
        auto const &x = known[a], &y = known[b];
        auto const d = difference(x.words, y.words);
        if (!d || d->first == d->second) continue;
        auto& p = pairs[{d->first, d->second}];
        double dot = 0;
        for (auto const& [id, n] : x.query->clicks)
            if (auto const found = y.query->clicks.find(id); found != y.query->clicks.end()) dot += std::sqrt(n * found->second), p.shared.insert(id);
        auto const weight = std::min(x.clicks, y.clicks);
        p.cosine_weight += weight * dot / std::sqrt(x.norm * y.norm), p.weight += weight, ++p.contexts;
        bool const in_order = joined(x.words).find(d->first) != std::string::npos && joined(y.words).find(d->second) != std::string::npos;
        (in_order ? p.left : p.right)[*x.text] = x.clicks, (in_order ? p.right : p.left)[*y.text] = y.clicks;
        if (p.examples.size() < most_examples) p.examples.push_back(in_order ? *x.text + " ~ " + *y.text : *y.text + " ~ " + *x.text);
        for (auto const& key : {std::pair(*x.text, *y.text), std::pair(*y.text, *x.text)})
            if (auto const found = log.reformulated.find(key); found != log.reformulated.end()) p.reformulations += std::llround(found->second);
    }
    std::vector<SynonymEvidence> out;
    for (auto const& [words, p] : pairs) {
        SynonymEvidence e{.first = words.first, .second = words.second, .agreement = p.weight > 0 ? std::min(1.0, p.cosine_weight / p.weight) : 0, .shared_products = static_cast<std::int64_t>(p.shared.size()), .reformulations = p.reformulations, .contexts = p.contexts, .examples = p.examples};
        for (auto const& [text, clicks] : p.left) e.clicks_first += std::llround(clicks);
        for (auto const& [text, clicks] : p.right) e.clicks_second += std::llround(clicks);
        bool const seen_enough = std::min(e.clicks_first, e.clicks_second) >= guards.least_clicks && e.shared_products >= guards.least_shared;
        bool const agrees = e.agreement >= guards.least_agreement || (e.reformulations >= guards.least_reformulations && e.agreement >= guards.least_agreement_reformulated);
        if (!seen_enough || !agrees || has_digit(e.first) || has_digit(e.second) || spelled_alike(e.first, e.second)) continue;
        if (guards.apart && guards.apart(e.first, e.second)) continue;
        out.push_back(std::move(e));
    }
    auto const strength = [](SynonymEvidence const& e) { return e.agreement * std::log1p(static_cast<double>(std::min(e.clicks_first, e.clicks_second) + 2 * e.reformulations)); };
    std::ranges::stable_sort(out, [&](auto const& a, auto const& b) { return strength(a) > strength(b); });
    return out;
}

}  // namespace kindling::dialogue
