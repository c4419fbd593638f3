// modules/dialogue/selection.cpp -- which goods fit the wish in force: by its limits, by its words where limits do not say enough, and in which order.
//
// Goods with all the words are counted, the nearest come after. What is made for somebody else comes last. Cost: one search of the index, one pass over the variants.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/owner_rules.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/title_search.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <functional>
#include <unordered_set>
#include <utility>

namespace kindling::dialogue {

// Goods that have all the words are counted and come first; where a page of them fits, the others are left out. An order by price or by sales is for
// what the words name, not for whatever shares one of them.
void TurnMaker::count_by_words(Selection& out, std::vector<std::size_t> const& with_all, bool by_rank) {
    if (!by_rank && some_words_) {
        double best = 0;
        for (auto const& pick : out.full)
            if (auto const found = scores_.find(pick.product); found != scores_.end()) best = std::max(best, found->second);
        std::erase_if(out.full, [&](Pick const& pick) { auto const found = scores_.find(pick.product); return found == scores_.end() || found->second < 0.5 * best; });
    }
    if (!some_words_) { with_all_ = out.full.size(); return; }
    std::unordered_set<std::size_t> const whole(with_all.begin(), with_all.end());
    auto const others = std::ranges::stable_partition(out.full, [&](Pick const& pick) { return whole.contains(pick.product); });
    with_all_ = out.full.size() - others.size();
    if (with_all_ >= options_.picks && !widen_) out.full.resize(with_all_);
}

// Where goods have no attributes, a category is all that limits can say of them, and the words have to say the rest.
bool TurnMaker::text_restricts(std::span<Pick const> fitting) const {
    if (scores_.empty()) return false;
    std::size_t named = 0, with_values = 0;
    for (auto const& pick : fitting.first(std::min<std::size_t>(fitting.size(), 50))) with_values += !view_[pick.product].values.empty();
    if (with_values > 5) return false;  // a few with a number in them are still goods of texts
    for (auto const& pick : fitting)
        if (scores_.contains(pick.product) && (++named >= 2 || wants_books())) return true;
    return false;
}

// "Horses / drawing": what any of them finds, each by its own best.
Retrieved TurnMaker::score_either(std::string const& words) const {
    std::string_view const joint = either_words;
    auto at = words.find(joint);
    auto const all_have_it = [](Retrieved& found) {   // what was found by all its words has them
        if (!found.some_words)
            for (auto const& [p, score] : found.scores) found.with_all.push_back(p);
    };
    auto out = scorer_(std::string_view(words).substr(0, at));
    if (at != words.npos) all_have_it(out);
    while (at != words.npos) {
        auto const begin = at + joint.size();
        at = words.find(joint, begin);
        auto other = scorer_(std::string_view(words).substr(begin, at == words.npos ? at : at - begin));
        all_have_it(other);
        if (other.near_in_meaning || !other.no_thing.empty() || other.scores.empty()) continue;
        if (out.near_in_meaning || !out.no_thing.empty() || out.scores.empty()) { out = std::move(other); continue; }
        for (auto const& [p, score] : other.scores) {
            auto& mine = out.scores[p];
            mine = std::max(mine, score);
        }
        std::unordered_set<std::size_t> all(out.with_all.begin(), out.with_all.end());
        all.insert(other.with_all.begin(), other.with_all.end());
        out.with_all.assign(all.begin(), all.end());
        out.categories.clear(), out.whole = out.whole || other.whole, out.more = out.more || other.more, out.some_words = out.some_words || other.some_words;
    }
    return out;
}

// What somebody likes is a condition while anything meets it together with the rest, and a preference from then on.
void TurnMaker::ease_interests() {
    auto& s = state();
    for (auto& c : s.constraints) {
        if (c.attribute != of_an_interest || c.soft || anything_fits(view_, s.constraints)) continue;
        c.soft = true;
        write_labels(c, view_.words(), view_.currency());
    }
}

Selection TurnMaker::selection() {
    ease_interests();
    scores_.clear(), likely_.clear(), no_thing_.clear(), unknown_codes_.clear(), by_code_ = near_in_meaning_ = more_found_ = by_words_ = some_words_ = false, whole_ = true;
    std::vector<std::size_t> with_all;
    if (!state().free_text.empty() && scorer_) {
        auto found = score_either(state().free_text);
        widen_unborne(found);
        // A piano is wished for, not its cover; whoever has one may well mean what belongs to it.
        if (!state().of_their_own && !found.otherwise.empty()) {
            double itself = 0;
            for (auto const& [p, score] : found.scores)
                if (!found.otherwise.contains(p)) itself = std::max(itself, score);
            if (itself > 0)
                for (auto const p : found.otherwise) found.scores[p] *= belongs_factor * itself;
        }
        scores_ = std::move(found.scores), likely_ = std::move(found.categories), near_in_meaning_ = found.near_in_meaning, more_found_ = found.more, whole_ = found.whole, some_words_ = found.some_words, no_thing_ = std::move(found.no_thing), unknown_codes_ = std::move(found.unknown_codes), by_code_ = found.by_code, with_all = std::move(found.with_all);
    }
    SelectOptions options{.text = scores_.empty() ? nullptr : &scores_, .relaxed_limit = most_ == SIZE_MAX ? SelectOptions().relaxed_limit : 0, .most = most_, .all = false};
    static constexpr std::pair<std::string_view, Order> orders[] = {{"price_up", Order::price_up}, {"price_down", Order::price_down}, {"newest", Order::newest}, {"popular", Order::popular}, {"rating", Order::rating}};
    for (auto const& [name, order] : orders)
        if (state().order == name) options.order = order;
    // Words alone choose the goods when nothing else says what kind of thing it is.
    bool const only_words = !scores_.empty() && std::ranges::none_of(state().constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; });
    if (only_words) options.use = SelectOptions::Text::restricts;
    auto out = select(view_, state().constraints, options);
    if (!only_words && text_restricts(out.full)) {
        std::vector<Pick> kept;
        for (auto const& pick : out.full)
            if (scores_.contains(pick.product)) kept.push_back(pick);
        if (!kept.empty()) out.full = std::move(kept), by_words_ = true;
    }
    // Of the first some hundred, which are all that may be shown; the page weighs scores anew (page_of.cpp).
    auto const put_behind = [&](auto const& which) {
        auto const first = std::span(out.full).first(std::min<std::size_t>(out.full.size(), 300));
        for (auto& pick : first)
            if (which(pick.product)) pick.score -= 100;
        std::ranges::stable_partition(first, [](Pick const& pick) { return pick.score > -50; });
    };
    // Shoes for a mother: none that are made for men, in whatever order.
    auto const girl = state().whom == "child" ? for_a_girl() : std::nullopt;
    auto const for_another = [&](Pick const& pick) { return girl ? made_for_other_children(pick.product, *girl) : made_for_another(pick.product); };
    if (!std::ranges::all_of(out.full, for_another)) std::erase_if(out.full, for_another);
    // A flask for a father: what is made for children comes after the rest.
    if (grown_up() && options.order == Order::relevance && std::ranges::none_of(state().constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want && cues::has(surface_of(c.label_en + " " + c.label_zh), U"儿童 玩具 积木 拼图 毛绒 children children's kids toy toys blocks puzzle puzzles"); }))
        put_behind([&](std::size_t p) { return made_for_children(p); });
    // "A water gun for adults": what its title calls a child's comes after the rest.
    if (state().whom == "adult" && options.order == Order::relevance) put_behind([&](std::size_t p) { return cues::titled_for_children(view_[p].title); });
    // "The A60 suitcase": of all suitcases the one that is called so.
    auto const called_so = [&](Pick const& pick) { return scores_.contains(pick.product); };
    if (by_code_ && !only_words && std::ranges::any_of(out.full, called_so)) std::erase_if(out.full, std::not_fn(called_so)), by_words_ = true;
    if (!state().refused.empty()) std::erase_if(out.full, [&](Pick const& pick) { return std::ranges::find(state().refused, view_[pick.product].data.product_id) != state().refused.end(); });
    by_words_ = by_words_ || (only_words && std::ranges::any_of(out.full, [&](Pick const& pick) { return scores_.contains(pick.product); }));
    keep_pastime(out);
    keep_thing(out);
    if (by_words_) count_by_words(out, with_all, options.order == Order::relevance), hold_to_words(out, options.order == Order::relevance);
    keep_alike(out, options.order == Order::relevance);
    apply_owner_rules(ports_.merchandising, state(), view_, options.order == Order::relevance || options.order == Order::popular, out.full);
    return out;
}

// A short Chinese name that no product has whole ("手机壳", where there are 手机 and 贝壳): what shares a part of it is something else.
bool TurnMaker::only_shares_characters() const {
    auto const& s = state();
    if (whole_ || near_in_meaning_ || !s.constraints.empty() || scores_.empty()) return false;
    auto const words = surface_of(s.free_text);
    return words.size() <= 5 && std::ranges::all_of(words, is_han);
}

// The number of a model that no title bears, and Chinese names of which not even two characters stand together in one (乐高, where there are 乐福鞋), are taken
// out of what is looked for, as long as something is left to look for or to limit by (else nothing_borne_). What was taken; empty: nothing.
std::string TurnMaker::drop_unborne() {
    auto& s = state();
    nothing_borne_ = false;
    if (s.free_text.empty()) return {};
    std::string dropped, kept;
    auto const in_titles = [&](std::u32string const& word) {
        return any_title(view_, word, [&](std::size_t p) { return view_[p].title.find(word) != std::u32string::npos; });
    };
    std::vector<std::pair<double, std::size_t>> best;   // a few of the likest, for what only descriptions say
    for (std::size_t i = 0; i < s.free_text.size();) {
        auto const end = std::min(s.free_text.find(' ', i), s.free_text.size());
        auto const word = s.free_text.substr(i, end - i);
        i = end + 1;
        auto const letters = surface_of(word);
        bool unborne = std::ranges::find(unknown_codes_, word) != unknown_codes_.end();
        if (!unborne && locale_ == Locale::zh && !near_in_meaning_ && letters.size() >= 2 && letters.size() <= 8 && std::ranges::all_of(letters, is_han) && spellings(letters).size() == 1) {
            unborne = true;
            for (std::size_t k = 0; k + 2 <= letters.size() && unborne; ++k) unborne = !in_titles(letters.substr(k, 2));
            if (unborne && best.empty()) {
                for (auto const& [p, score] : scores_) best.emplace_back(score, p);
                auto const few = std::min<std::size_t>(3, best.size());
                std::ranges::partial_sort(best, best.begin() + static_cast<std::ptrdiff_t>(few), std::greater{});
                best.resize(few);
            }
            for (std::size_t k = 0; k < best.size() && unborne; ++k) unborne = view_[best[k].second].data.description_zh.find(word) == std::string::npos;
        }
        if (!word.empty()) (unborne ? dropped : kept) += ((unborne ? dropped : kept).empty() ? "" : " ") + word;
    }
    // 我个子小 behind guitars: what was looked for before still is.
    if (!dropped.empty() && kept.empty() && words_before_ != s.free_text) kept = std::exchange(words_before_, "");
    nothing_borne_ = !dropped.empty() && kept.empty() && s.constraints.empty();
    if (dropped.empty() || nothing_borne_) return {};
    s.free_text = kept;
    return dropped;
}

}  // namespace kindling::dialogue
