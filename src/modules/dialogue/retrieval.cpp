#include "modules/dialogue/retrieval.h"
#include "core/utf8.h"
#include "engines/text/analysis/synonyms.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/measure.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_found = 10'000, most_told_apart = 1'000;

bool is_small_number(std::string_view word) { return word.size() <= 4 && word.find_first_not_of("0123456789.") == word.npos && word.substr(0, word.find('.')).size() <= 2; }

bool is_unit(std::string_view word) {
    if (word == "year" || word == "years" || word == "old" || word == "yr" || word == "yrs" || word == "month" || word == "months") return true;
    auto const read = quantities(U"1 " + to_utf32(word));
    return read.size() == 1 && read.front().kind == Quantity::Kind::measure && read.front().number_end == word.size() + 2;
}

}  // namespace

// A number of three digits is rather part of a name (a 1000 piece puzzle, a model).
std::string without_amounts(std::string_view words) {
    std::vector<std::string_view> all;
    for (std::size_t i = 0; i < words.size();) {
        auto const end = std::min(words.find(' ', i), words.size());
        if (end > i) all.push_back(words.substr(i, end - i));
        i = end + 1;
    }
    if (std::ranges::none_of(all, is_small_number)) return std::string(words);
    std::string out;
    for (auto const word : all)
        if (!is_small_number(word) && !is_unit(word)) out += (out.empty() ? "" : " ") + std::string(word);
    return out.empty() ? std::string(words) : out;
}

namespace {

text::SynonymTable const& machines() {
    static text::SynonymTable const table(text::commerce_machines());
    return table;
}

}  // namespace

ProductIndex::NamesGoods names_goods(Live const& live) {
    if (!live.categories || !live.index) return {};
    return [&categories = *live.categories, &index = *live.index](std::string_view word) { return categories.names_goods(index, word); };
}

Retrieved retrieve(Live const& live, std::string_view words) {
    Retrieved out;
    if (!live.index) return out;
    auto const& view = *live.view;
    auto const core = live.categories ? live.categories->naming_words(*live.index, without_amounts(words)) : std::string(words);
    auto const names = names_goods(live);
    auto const found = live.index->search(view, core, most_found, names);
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
    if (live.categories && !machines().alternatives(core).empty() && live.categories->never_the_thing(*live.index, core)) out.no_thing = core;
    out.more = found->products.size() == most_found, out.whole = found->whole, out.some_words = found->some_words, out.with_all = found->with_all;
    auto const best = std::max(1e-9, found->products.front().second);
    std::vector<std::pair<std::size_t, double>> scored(found->products);
    for (auto& [p, score] : scored) score /= best;
    if (core != words)
        if (auto const all = live.index->search(view, words, most_found, names); all && !all->products.empty()) {
            auto const top = std::max(1e-9, all->products.front().second);
            std::unordered_map<std::size_t, double> told(all->products.begin(), all->products.end());
            for (auto& [p, score] : scored)
                if (auto const also = told.find(p); also != told.end()) score += told_share * also->second / top;
            // An amount is a part of the wish: reeds of 2.5 come before all others, and are what is counted.
            if (without_amounts(words) != words) {
                std::unordered_set<std::size_t> with_amount;
                for (auto const& [p, score] : all->products)
                    if (all->whole && !all->some_words) with_amount.insert(p);
                with_amount.insert(all->with_all.begin(), all->with_all.end());
                out.some_words = true, out.with_all.clear();
                for (auto& [p, score] : scored)
                    if (with_amount.contains(p)) score += 1, out.with_all.push_back(p);
            }
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
