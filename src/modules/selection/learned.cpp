#include "modules/selection/learned.h"
#include "core/stable_hash.h"
#include <algorithm>

namespace kindling::selection {

using recommend::HoldBack, recommend::Model, recommend::Plan;

namespace {

constexpr std::size_t most_questions = 1'000, first_places = 10;
constexpr std::int64_t fewest_questions = 50;  // to say that one model is better than the best sellers

bool hit(std::span<recommend::Item const> answers, std::span<recommend::Item const> shown) {
    return std::ranges::any_of(shown.first(std::min(shown.size(), first_places)), [&](auto item) { return std::ranges::find(answers, item) != answers.end(); });
}

Result<void> measure(Part& part, std::span<recommend::History const> histories, recommend::Goods const& goods, Plan const& plan, Progress const& progress) {
    auto const split = recommend::hold_back(histories, plan);
    auto const model = TRY(Model::create(split.counted, goods, plan, progress));
    auto const stride = std::max<std::size_t>(1, split.questions.size() / most_questions);
    recommend::Asking asking;
    std::int64_t asked = 0, hits = 0, popular_hits = 0;
    for (std::size_t q = 0; q < split.questions.size() && !progress.stopped(); q += stride) {
        auto const& question = split.questions[q];
        std::vector<recommend::Item> shown, popular;
        for (auto const& r : model.recommend({.placement = recommend::place_of(question, plan.hold_back, split.timed), .history = question.history, .self = split.who[q], .count = first_places}, asking)) shown.push_back(r.item);
        for (auto const item : model.tables().popular())
            if (plan.repeats || std::ranges::find(question.history, item, &recommend::Event::item) == question.history.end()) popular.push_back(item);
        ++asked, hits += hit(question.answers, shown), popular_hits += hit(question.answers, popular);
    }
    auto& report = part.report;
    report.questions = asked;
    if (asked > 0) report.hit_rate = static_cast<double>(hits) / static_cast<double>(asked), report.popular_hit_rate = static_cast<double>(popular_hits) / static_cast<double>(asked);
    report.in_use = asked >= fewest_questions && hits > popular_hits;
    return {};
}

// A blend of 38 weights is settled by some hundreds of questions; more cost time and change little.
Plan visits_plan(unsigned threads) { return {.hold_back = HoldBack::newest_histories, .repeats = false, .knob_questions = 400, .examples = 1'500, .threads = threads}; }

constexpr double keep_visits_days = 30;  // who comes back is known by what they saw then

Result<void> make(Part& part, Histories from, recommend::Goods const& goods, Plan const& plan, Progress const& progress) {
    part.last_seq = from.last_seq;
    part.report.histories = static_cast<std::int64_t>(from.histories.size()), part.report.events = from.events;
    if (from.histories.empty()) return {};
    TRY(measure(part, from.histories, goods, plan, progress));
    if (progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "Learning was stopped.");
    part.model = TRY(Model::create(from.histories, goods, plan, progress));
    part.report.blends.clear();
    for (std::size_t p = 0; p < recommend::placements; ++p)
        if (auto const place = static_cast<recommend::Placement>(p); part.model->blend_of(place) == place) part.report.blends.push_back(placement_of(place));
    bool const visits = part.report.basis == Basis::visits;
    for (std::size_t h = 0; h < from.names.size(); ++h)
        if (!from.names[h].empty() && (!visits || from.histories[h].back().day >= part.model->tables().newest_day() - keep_visits_days)) part.numbers.emplace(person(from.names[h]), static_cast<std::uint32_t>(h));
    return {};
}

Result<void> take_in(Learned& learned, Part& part, Steps const& steps) {
    part.last_seq = steps.last_seq;
    if (!part.model) return {};
    for (auto const& step : steps.steps) {
        auto const known = part.number(step.name);
        auto const number = known ? *known : part.model->open_history();
        if (!known && !step.name.empty()) part.numbers.emplace(person(step.name), number);
        // Looking at a page again is no new step.
        auto const& before = part.model->tables().history(number);
        if (&part == &learned.visits && !before.empty() && before.back().item == step.items.front()) continue;
        // Recorded late: it still counts, as if it had been the newest.
        auto const day = before.empty() ? step.day : std::max(step.day, static_cast<double>(before.back().day));
        // A product that came after learning; what is alike to it is learned tonight.
        for (auto const item : step.items)
            while (part.model->tables().items() <= item) part.model->add_item({});
        TRY(part.model->observe(number, step.items, day));
        ++learned.caught_up;
    }
    return {};
}

}  // namespace

// FNV-1a, then one round of mixing: the same on every machine, for the file.
Person person(std::string_view name) {
    if (name.empty()) return 0;
    Person h = stable_hash(name);
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9ull;
    h ^= h >> 27;
    return h ? h : 1;
}

std::optional<std::uint32_t> Part::number(std::string_view name) const {
    auto const found = name.empty() ? numbers.end() : numbers.find(person(name));
    return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

Result<Learned> learn(shop::Store& store, std::int64_t shop_id, Milliseconds now, unsigned threads, Progress const& progress) {
    Learned learned;
    recommend::Goods goods;
    Histories visits, purchases;
    {
        auto const tx = TRY(store.read(shop_id));
        progress(0, 3, "reading goods, visits and orders");
        goods = TRY(read_goods(*tx, learned.shelf));
        visits = TRY(read_visits(*tx, learned.shelf));
        purchases = TRY(read_purchases(*tx, learned.shelf));
    }
    goods.items = static_cast<std::uint32_t>(learned.shelf.ids.size());
    goods.attributes.resize(goods.items);
    Progress const quiet{.stop = progress.stop};
    auto plan = visits_plan(threads);
    progress(1, 3, "learning from visits");
    TRY(make(learned.visits, std::move(visits), goods, plan, quiet));
    progress(2, 3, "learning from purchases");
    plan.hold_back = HoldBack::last_step, plan.repeats = true;
    TRY(make(learned.purchases, std::move(purchases), goods, plan, quiet));
    progress(3, 3, "learned");
    learned.trained_at = now;
    return learned;
}

Result<Learned> learn_past_visits(shop::Store& store, std::int64_t shop_id, std::int64_t until_seq, unsigned threads, Progress const& progress) {
    Learned learned;
    recommend::Goods goods;
    Histories visits;
    {
        auto const tx = TRY(store.read(shop_id));
        goods = TRY(read_goods(*tx, learned.shelf));
        visits = TRY(read_visits(*tx, learned.shelf, {.until_seq = until_seq}));
    }
    goods.items = static_cast<std::uint32_t>(learned.shelf.ids.size());
    goods.attributes.resize(goods.items);
    learned.visits.last_seq = visits.last_seq;
    learned.visits.report.histories = static_cast<std::int64_t>(visits.histories.size()), learned.visits.report.events = visits.events;
    if (visits.histories.empty()) return learned;
    learned.visits.model = TRY(Model::create(visits.histories, goods, visits_plan(threads), {.stop = progress.stop}));
    return learned;
}

Result<bool> catch_up(Learned& learned, shop::Transaction& tx, std::int64_t most) {
    auto const visits = TRY(read_new_visits(tx, learned.shelf, learned.visits.last_seq, most));
    TRY(take_in(learned, learned.visits, visits));
    auto const purchases = TRY(read_new_purchases(tx, learned.shelf, learned.purchases.last_seq, most));
    TRY(take_in(learned, learned.purchases, purchases));
    return visits.rows == most || purchases.rows == most;
}

}  // namespace kindling::selection
