#include "engines/learning/recommend/model.h"

#include <algorithm>
#include <cmath>

namespace kindling::recommend {

Result<Model> Model::create(std::span<const History> histories, Goods goods, const Plan& plan, const Progress& progress) {
    Model model;
    model.repeats_ = plan.repeats;
    auto const split = hold_back(histories, plan);
    auto all = goods;
    model.parts_ = TRY(train(split, std::move(goods), plan, progress));
    for (std::size_t p = 0; p < placements; ++p) {
        auto const placement = static_cast<Placement>(p);
        auto const own = questions_of(split, placement, plan.hold_back);
        // What nearly all questions are is what they share.
        if (own.questions.size() < least_questions || (placement != Placement::basket && own.questions.size() * 10 > split.questions.size() * 9)) continue;
        if (auto fitted = model.fit_placement(placement, own, plan, progress); !fitted && fitted.error().reason != "too_few_questions" && fitted.error().reason != "blend_no_better") return std::unexpected(fitted.error());
    }
    if (plan.refit) {
        auto const options = model.parts_.tables.options();
        model.parts_.tables = TRY(Tables::build(histories, std::move(all), options, progress));
        TRY(refit(model.parts_.solved, histories, model.parts_.tables.items(), progress));
    }
    return model;
}

Result<void> Model::fit_placement(Placement placement, const Split& split, const Plan& plan, const Progress& progress) {
    auto const examples = make_examples(parts_.tables, parts_.solved, parts_.knobs, split, plan, progress);
    std::vector<RankerExample> fitted, kept;
    for (std::size_t i = 0; i < examples.size(); ++i) (i % 5 == 4 ? kept : fitted).push_back(examples[i]);
    auto const tried = TRY(fit_ranker(fitted, plan.ranker, progress));
    if (log_likelihood(kept, tried) <= log_likelihood(kept, ranker(placement))) return fail(Errc::failed_precondition, "blend_no_better", "A blend for this placement alone foretells no better than the nearest.");
    own_[static_cast<std::size_t>(placement)] = TRY(fit_ranker(examples, plan.ranker, progress));
    return {};
}

std::optional<Placement> Model::blend_of(Placement p) const {
    for (std::optional<Placement> at = p; at; at = nearest(*at))
        if (own_[static_cast<std::size_t>(*at)]) return at;
    return std::nullopt;
}

std::vector<Recommendation> Model::recommend(const Request& request, Asking& asking) const {
    auto const& tables = parts_.tables;
    History with_view;
    auto history = request.history;
    bool const unknown = std::ranges::any_of(history, [&](const Event& e) { return e.item >= tables.items(); });
    if (unknown || !request.view.empty()) {
        for (auto const& e : history)
            if (e.item < tables.items()) with_view.push_back(e);
        auto const step = with_view.empty() ? 0u : with_view.back().step + 1;
        auto const day = with_view.empty() ? 0.0f : with_view.back().day;
        for (auto const item : request.view)
            if (item < tables.items()) with_view.push_back({item, step, day});
        history = with_view;
    }
    auto const self = request.self < tables.histories() ? request.self : Scratch::no_history;
    asking.scratch.gather(tables, parts_.solved, parts_.knobs, history, self);
    auto& candidates = asking.candidates;
    find_candidates(tables, parts_.solved, history, request.preferences, {.repeats = repeats_}, asking.scratch, candidates);
    auto const& blend = ranker(request.placement);
    struct Place {
        float score;
        std::uint32_t at;
    };
    std::vector<Place> order;
    for (std::uint32_t c = 0; c < candidates.items.size(); ++c) {
        auto const item = candidates.items[c];
        if (std::ranges::find(request.view, item) != request.view.end()) continue;
        if (request.allowed && !request.allowed(item)) continue;
        auto const score = blend.score(candidates.features[c]);
        order.push_back({std::isfinite(score) ? score : -1e30f, c});  // a file can hold weights that overflow
    }
    auto const count = std::min(request.count, order.size());
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(count), [&](const Place& a, const Place& b) {
        return a.score != b.score ? a.score > b.score : scramble(candidates.items[a.at]) < scramble(candidates.items[b.at]);
    });
    std::vector<Recommendation> out;
    for (std::size_t i = 0; i < count; ++i) {
        auto const at = order[i].at;
        out.push_back({candidates.items[at], order[i].score, explain(candidates.features[at], blend, candidates.items[at], history, request.preferences)});
    }
    return out;
}

// The blend is a sum, so what lifts an item above a usual candidate can be told apart by group; the strongest is the reason.
Reason Model::explain(const Features& x, const Ranker& blend, Item item, std::span<const Event> history, std::span<const Preference> preferences) const {
    auto const& tables = parts_.tables;
    std::array<float, 5> lift{};
    for (std::size_t k = 0; k < feature_count; ++k) lift[static_cast<std::size_t>(feature_names[k].group)] += blend.weight[k] * (x[k] - blend.mean[k]);
    // A reason must be true of this item: nothing "follows" without a pair, nothing is bought "again" that never was.
    std::optional<Item> leads, resembles;
    float most_pairs = 0, most_alike = 0;
    bool seen = false;
    auto const newest = history.empty() ? 0u : history.back().step;
    for (std::size_t at = history.size(), n = 0; at-- > 0 && n < Scratch::events_limit; ++n) {
        auto const& e = history[at];
        seen |= e.item == item;
        if (e.item == item) continue;
        auto const row = tables.pairs().row(e.item);
        auto const pair = std::ranges::lower_bound(row, item, {}, &Pair::item);
        if (pair != row.end() && pair->item == item) {
            auto const value = (pair->forward + 0.5f * pair->backward + pair->together) * std::pow(parts_.knobs.decay, static_cast<float>(newest - e.step)) / std::pow(std::max(tables.count(e.item), 1.0f), parts_.knobs.source);
            if (value > most_pairs) most_pairs = value, leads = e.item;
        }
        if (auto const likeness = tables.likeness(e.item, item); likeness > most_alike) most_alike = likeness, resembles = e.item;
    }
    std::optional<Attribute> shared;
    float rarest = 0;
    for (auto const a : tables.attributes(item)) {
        bool const wanted = std::ranges::any_of(preferences, [&](const Preference& p) { return p.attribute == a && p.weight > 0; });
        bool const alike = resembles && std::ranges::binary_search(tables.attributes(*resembles), a);
        if ((wanted || alike) && tables.rarity(a) + (wanted ? 100.0f : 0.0f) > rarest) rarest = tables.rarity(a) + (wanted ? 100.0f : 0.0f), shared = a;
    }
    auto const at = [&](Group g) -> float& { return lift[static_cast<std::size_t>(g)]; };
    constexpr float impossible = -1e30f;
    if (!leads) at(Group::follows) = impossible, at(Group::neighbours) = impossible;
    if (!shared) at(Group::alike) = impossible;
    if (!seen) at(Group::again) = impossible;
    float total = 0;
    auto best = Group::popular;
    for (std::size_t g = 0; g < lift.size(); ++g) {
        total += std::max(lift[g], 0.0f);
        if (lift[g] > std::max(at(best), 0.0f)) best = static_cast<Group>(g);
    }
    Reason reason{.group = best, .share = total > 0 ? std::max(at(best), 0.0f) / total : 0.0f};
    if (best == Group::follows || best == Group::neighbours) reason.because = leads;
    if (best == Group::alike) reason.because = resembles, reason.attribute = shared;
    if (best == Group::again) reason.because = item;
    return reason;
}

}  // namespace kindling::recommend
