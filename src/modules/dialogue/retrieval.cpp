#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/api.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_found = 10'000, most_told_apart = 1'000;
constexpr double told_share = 0.5;  // what the words that name no goods add to those that do

// "Experiments 8 year old": for whom it is decides among the goods and names none.
std::string without_age(std::string_view words) {
    if (words.find("year") == words.npos || words.find("old") == words.npos) return std::string(words);
    std::string out;
    for (std::size_t i = 0; i < words.size();) {
        auto const end = std::min(words.find(' ', i), words.size());
        auto const word = words.substr(i, end - i);
        i = end + 1;
        if (word.empty() || word == "year" || word == "years" || word == "old" || word.find_first_not_of("0123456789") == word.npos) continue;
        out += (out.empty() ? "" : " ") + std::string(word);
    }
    return out.empty() ? std::string(words) : out;
}

}  // namespace

Retrieved retrieve(Live const& live, std::string_view words) {
    Retrieved out;
    if (!live.index) return out;
    auto const& view = *live.view;
    auto const core = live.categories ? live.categories->naming_words(*live.index, without_age(words)) : std::string(words);
    auto const found = live.index->search(view, core, most_found);
    if (!found) return out;
    if (live.categories) out.categories = live.categories->predict(view, *live.index, words);
    // A sentence of which most words are guesses is not understood ("hola, busco una taza").
    bool const strange = found->guessed >= 3 && found->guessed * 2 > live.index->words(core, 32).size();
    if (found->products.empty() || strange) {
        if (!live.ranking) return out;
        for (auto const& [p, cosine] : live.ranking->near(view, words, 60)) out.scores.emplace(p, cosine);
        out.near_in_meaning = !out.scores.empty();
        return out;
    }
    out.more = found->products.size() == most_found, out.whole = found->whole, out.some_words = found->some_words, out.with_all = found->with_all;
    auto const best = std::max(1e-9, found->products.front().second);
    std::vector<std::pair<std::size_t, double>> scored(found->products);
    for (auto& [p, score] : scored) score /= best;
    if (core != words)
        if (auto const all = live.index->search(view, words, 500); all && !all->products.empty()) {
            auto const top = std::max(1e-9, all->products.front().second);
            std::unordered_map<std::size_t, double> told(all->products.begin(), all->products.end());
            for (auto& [p, score] : scored)
                if (auto const also = told.find(p); also != told.end()) score += told_share * also->second / top;
        }
    if (live.category_boost)
        for (auto& [p, score] : scored) score *= category_factor(view.words(), view[p].category, out.categories);
    std::ranges::stable_sort(scored, [](auto const& a, auto const& b) { return a.second > b.second; });
    if (live.ranking && live.order != ResultOrder::words) {
        // The learned order moves products; the scores keep their places.
        std::vector<std::size_t> products;
        for (auto const& [p, score] : scored) products.push_back(p);
        auto const order = live.ranking->order(view, live.order, words, products).places;
        for (std::size_t i = 0; i < scored.size(); ++i) scored[i].first = products[order[i]];
    }
    if (live.categories && live.category_boost) out.otherwise = live.categories->named_otherwise(view, *live.index, core, std::span(scored).first(std::min(scored.size(), most_told_apart)));
    auto const top = std::max(1e-9, scored.front().second);
    for (auto const& [p, score] : scored) out.scores.emplace(p, score / top);
    return out;
}

}  // namespace kindling::dialogue
