#include "modules/dialogue/retrieval.h"
#include "core/utf8.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/measure.h"
#include "modules/dialogue/title_search.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_found = 10'000, most_told_apart = 1'000;

bool is_small_number(std::string_view word) { return word.size() <= 4 && word.find_first_not_of("0123456789.") == word.npos && word.substr(0, word.find('.')).size() <= 2; }

}  // namespace

bool is_unit(std::string_view word) {
    if (word == "year" || word == "years" || word == "old" || word == "yr" || word == "yrs" || word == "month" || word == "months") return true;
    auto const said = to_utf32(word);
    auto const read = quantities(U"1 " + said);
    return read.size() == 1 && read.front().kind == Quantity::Kind::measure && read.front().number_end == said.size() + 2;
}

// A number of three digits is rather part of a name (a 1000 piece puzzle, a model).
std::string without_amounts(std::string_view words) {
    std::vector<std::string_view> all;
    for (std::size_t i = 0; i < words.size();) {
        auto const end = std::min(words.find(' ', i), words.size());
        if (end > i) all.push_back(words.substr(i, end - i));
        i = end + 1;
    }
    // Before its unit a number of any length is one: 500 litre.
    auto const counts = [&](std::size_t i) { return is_small_number(all[i]) || (i + 1 < all.size() && all[i].find_first_not_of("0123456789.") == all[i].npos && is_unit(all[i + 1])); };
    std::vector<char> amount(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) amount[i] = counts(i);
    if (std::ranges::none_of(amount, [](char is) { return is != 0; })) return std::string(words);
    std::string out;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (amount[i] == 0 && !is_unit(all[i])) out += (out.empty() ? "" : " ") + std::string(all[i]);
    return out.empty() ? std::string(words) : out;
}

std::vector<std::string> codes_in(std::string_view words) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < words.size();) {
        auto const end = std::min(words.find(' ', i), words.size());
        auto const word = words.substr(i, end - i);
        auto const next = end < words.size() ? words.substr(end + 1, words.find(' ', end + 1) - end - 1) : std::string_view();
        i = end + 1;
        std::size_t digits = 0, changes = 0;
        bool plain = !word.empty();
        for (std::size_t k = 0; k < word.size(); ++k) {
            bool const digit = word[k] >= '0' && word[k] <= '9';
            plain = plain && (digit || (word[k] >= 'a' && word[k] <= 'z'));
            digits += digit, changes += k > 0 && digit != (word[k - 1] >= '0' && word[k - 1] <= '9');
        }
        if (!plain || digits == 0) continue;
        bool const counts = next.starts_with("piece") || next.starts_with("pc") || next.starts_with("count") || is_unit(next) || next.starts_with("片") || next.starts_with("块") || next.starts_with("颗");
        bool const number = digits == word.size() && digits >= 4 && digits <= 8 && !counts;
        bool const mixed = changes > 0 && word.size() >= 3 && (word[0] >= 'a' ? digits >= 2 : changes >= 2 && word.size() >= 5);
        if (number || mixed) out.emplace_back(word);
    }
    return out;
}

namespace {

bool word_stands(std::u32string_view title, std::u32string_view word) {
    auto const inside = [](char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9'); };
    for (auto at = title.find(word); at != title.npos; at = title.find(word, at + 1))
        if ((at == 0 || !inside(title[at - 1])) && (at + word.size() == title.size() || !inside(title[at + word.size()]))) return true;
    return false;
}

// The products whose title bears the code, written in one or with a blank between letters and digits ("P 105").
std::unordered_set<std::size_t> bearing(CatalogueView const& view, std::string_view code) {
    std::u32string const whole = to_utf32(code);
    std::u32string parted;
    for (std::size_t k = 0; k < whole.size(); ++k) {
        bool const digit = whole[k] <= U'9';
        if (k > 0 && digit != (whole[k - 1] <= U'9')) parted += U' ';
        parted += whole[k];
    }
    std::unordered_set<std::size_t> out;
    for (auto const& form : {whole, parted}) {
        any_title(view, form, [&](std::size_t p) {
            if (word_stands(view[p].title, form)) out.insert(p);
            return false;   // all of them
        });
    }
    std::string upper(code);
    for (auto& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    for (auto const& sku : {std::string(code), upper})
        if (auto const found = view.find_sku(sku)) out.insert(found->first);
    return out;
}

}  // namespace

text::SynonymTable const& machines() {
    static text::SynonymTable const table(text::commerce_machines());
    return table;
}

std::vector<std::string> codes_of_nothing(Live const& live, std::string_view query, std::string_view words) {
    std::vector<std::string> out;
    auto const looked_for = surface_of(words);
    for (std::size_t i = 0; i < query.size() && out.size() < 3;) {
        auto const end = std::min(query.find(' ', i), query.size());
        auto const token = query.substr(i, end - i);
        auto const next = end < query.size() ? query.substr(end + 1, query.find(' ', end + 1) - end - 1) : std::string_view();
        i = end + 1;
        std::string joined;
        for (char c : token)
            if (c != '-' && c != '_') joined += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (auto const found = codes_in(joined + " " + std::string(next)); found.empty() || found.front() != joined) continue;
        if (joined.find_first_not_of("0123456789") == joined.npos) {
            auto const value = std::stoull(joined);
            if (value % 100 == 0 || (value >= 1900 && value < 2100)) continue;
        }
        auto const amounts = quantities(to_utf32(joined));
        if (std::ranges::any_of(amounts, [&](Quantity const& n) { return n.kind != Quantity::Kind::plain && n.begin == 0 && n.end == joined.size(); })) continue;
        if (looked_for.find(surface_of(token)) == looked_for.npos || !bearing(*live.view, joined).empty()) continue;
        if (live.index)
            if (auto const found = live.index->search(*live.view, token, 1); found && std::ranges::find(found->terms, joined) != found->terms.end()) continue;   // a text has it whole
        out.emplace_back(token);
    }
    return out;
}

ProductIndex::NamesGoods names_goods(Live const& live) {
    if (!live.categories || !live.index) return {};
    return [&categories = *live.categories, &index = *live.index](std::string_view word) { return categories.names_goods(index, word); };
}

namespace {

std::string without_word(std::string_view words, std::string_view word) {
    std::string out;
    for (std::size_t i = 0; i < words.size();) {
        auto const end = std::min(words.find(' ', i), words.size());
        if (auto const each = words.substr(i, end - i); !each.empty() && each != word) out += (out.empty() ? "" : " ") + std::string(each);
        i = end + 1;
    }
    return out;
}

Retrieved retrieve_words(Live const& live, std::string_view words) {
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
            if (all->left_out) out.some_words = true, out.whole = false, out.with_all.clear();   // "about stoicism", of which nothing here speaks
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

}  // namespace

// The number of a model decides: of goods with the other words those that bear it; where none does, it is told and not mended into another.
Retrieved retrieve(Live const& live, std::string_view words) {
    std::vector<std::string> unknown;
    std::vector<std::unordered_set<std::size_t>> borne;
    std::string rest(words);
    for (auto const& code : codes_in(words)) {
        auto products = bearing(*live.view, code);
        if (products.empty()) rest = without_word(rest, code), unknown.push_back(code);
        else borne.push_back(std::move(products));
        if (borne.size() + unknown.size() == 4) break;
    }
    auto out = rest.empty() ? Retrieved{} : retrieve_words(live, rest);
    out.unknown_codes = std::move(unknown);
    for (auto const& products : borne) {
        if (std::ranges::none_of(out.scores, [&](auto const& each) { return products.contains(each.first); })) continue;
        erase_if(out.scores, [&](auto const& each) { return !products.contains(each.first); });
        std::erase_if(out.with_all, [&](std::size_t p) { return !products.contains(p); });
        out.by_code = true, out.more = out.some_words = false;
    }
    return out;
}

}  // namespace kindling::dialogue
