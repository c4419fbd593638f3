#include "engines/vector/cooccurrence.h"

#include <algorithm>
#include <cmath>

namespace kindling::vector {

namespace {

struct Place {
    std::uint32_t text, at;
};

// f(context, weight) for every neighbour of the word at a place.
template <class F> void neighbours(const std::vector<Occurrence>& text, std::size_t at, std::uint32_t window, F f) {
    auto const from = at > window ? at - window : 0, to = std::min(text.size(), at + window + 1);
    for (auto i = from; i < to; ++i)
        if (i != at && text[i].word != text[at].word) f(text[i].word, std::sqrt(text[i].weight * text[at].weight));
}

}  // namespace

SparseSymmetric positive_information(std::span<const std::vector<Occurrence>> texts, std::size_t words, std::uint32_t window, std::stop_token stop, std::size_t widest) {
    std::vector<std::vector<Place>> places(words);
    std::vector<double> sums(words, 0);
    for (std::uint32_t t = 0; t < texts.size(); ++t)
        for (std::uint32_t i = 0; i < texts[t].size(); ++i) {
            places[texts[t][i].word].push_back({t, i});
            neighbours(texts[t], i, window, [&](std::uint32_t, float w) { sums[texts[t][i].word] += w; });
        }
    double all = 0, smoothed = 0;
    for (auto const s : sums) all += s, smoothed += std::pow(s, 0.75);
    // log(n_ij * all / (s_i * s_j)) with one side smoothed, averaged over which side it is.
    std::vector<double> level(words, 0);
    for (std::size_t w = 0; w < words; ++w)
        if (sums[w] > 0) level[w] = (std::log(sums[w] / all) + std::log(std::pow(sums[w], 0.75) / smoothed)) / 2;
    SparseSymmetric out;
    out.starts.push_back(0);
    std::vector<float> counts(words, 0);
    std::vector<std::uint32_t> touched;
    std::vector<std::vector<std::pair<std::uint32_t, float>>> rows(words);
    for (std::size_t w = 0; w < words; ++w) {
        if (stop.stop_requested()) break;
        touched.clear();
        for (auto const& p : places[w]) neighbours(texts[p.text], p.at, window, [&](std::uint32_t c, float weight) {
                if (counts[c] == 0) touched.push_back(c);
                counts[c] += weight;
            });
        for (auto const c : touched) {
            auto const information = std::log(counts[c] / all) - level[w] - level[c];
            if (information > 0) rows[w].emplace_back(c, static_cast<float>(information));
            counts[c] = 0;
        }
        if (rows[w].size() > widest) {
            std::ranges::nth_element(rows[w], rows[w].begin() + static_cast<std::ptrdiff_t>(widest), [](auto const& a, auto const& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
            rows[w].resize(widest);
        }
        std::ranges::sort(rows[w]);
    }
    // What one side dropped, the other drops too: the matrix stays symmetric.
    for (std::size_t w = 0; w < words; ++w) {
        for (auto const& [c, value] : rows[w]) {
            auto const back = std::ranges::lower_bound(rows[c], static_cast<std::uint32_t>(w), {}, &std::pair<std::uint32_t, float>::first);
            if (back != rows[c].end() && back->first == w) out.columns.push_back(c), out.values.push_back((value + back->second) / 2);
        }
        out.starts.push_back(out.columns.size());
    }
    return out;
}

}  // namespace kindling::vector
