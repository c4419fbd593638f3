#include "modules/selection/replay.h"
#include "core/random.h"
#include "engines/learning/recommend/rules.h"
#include "modules/selection/shelf_row.h"
#include "modules/selection/slots.h"
#include <algorithm>
#include <unordered_map>

namespace kindling::selection {

namespace {

constexpr std::size_t considered = 40;     // as a row of a dozen asks the model for

struct Seen {
    recommend::Item item = 0;
    Milliseconds at = 0;
    bool page = false;                     // a product's page, which has a row
};
struct Visit {
    std::string session;
    std::vector<Seen> seen;                // in the order of time
};

// What a row needs to know of a product, by its number on the shelf.
struct OnShelf {
    std::int64_t stock = 0;
    float margin_share = 0;
    Milliseconds created = 0;
    bool sold = false;
};

Result<std::vector<Visit>> visits_after(shop::Transaction& tx, Shelf const& shelf, std::int64_t seq) {
    std::vector<Visit> out;
    std::unordered_map<std::string, std::size_t> numbers;
    shop::Value const values[] = {tx.shop_id(), seq};
    TRY(tx.run("SELECT session_id, product_id, at_ms, kind FROM events WHERE shop_id = ? AND seq > ? AND session_id <> '' AND product_id <> '' ORDER BY at_ms, seq", values, [&](shop::Row const& row) -> Result<void> {
        auto const item = shelf.find(row.text(1));
        if (!item || !is_interest(row.text(3))) return {};
        auto const [at, added] = numbers.emplace(std::string(row.text(0)), out.size());
        if (added) out.push_back({std::string(row.text(0)), {}});
        out[at->second].seen.push_back({*item, row.integer(2), row.text(3) == "view"});
        return {};
    }));
    return out;
}

Result<std::vector<OnShelf>> goods_of(shop::Transaction& tx, Shelf const& shelf) {
    std::vector<OnShelf> out(shelf.ids.size());
    TRY(shop::each_product(tx, [&](std::span<shop::Product const> batch) -> Result<void> {
        for (auto const& p : batch)
            if (auto const item = shelf.find(p.product_id))
                out[*item] = {units_of(p), margin_of(p), p.created_at_ms.value_or(0), p.status == shop::ProductStatus::active && std::ranges::any_of(p.variants, [](auto const& v) { return v.price_minor > 0; })};
        return {};
    }));
    return out;
}

// The row of one page of a visit, one place of it drawn; nothing where the row has nothing to choose from.
std::optional<Slot> played(Learned const& past, std::span<OnShelf const> goods, Visit const& visit, std::size_t page, Replay const& in, Random& random, recommend::Asking& asking) {
    auto const& here = visit.seen[page];
    recommend::History history;
    Asked asked{.placement = Placement::product};
    for (auto const& s : std::span(visit.seen).first(page))
        if (history.empty() || history.back().item != s.item) history.push_back({s.item, static_cast<std::uint32_t>(history.size()), static_cast<float>(history_day(s.at))});
    recommend::Item const view[] = {here.item};
    std::vector<recommend::Offer> offers;
    for (auto const& r : past.visits.model->recommend({.placement = recommend::Placement::product, .history = history, .view = view, .count = considered}, asking)) {
        if (r.item >= goods.size() || !goods[r.item].sold || r.item == here.item) continue;
        auto const& g = goods[r.item];
        offers.push_back({.item = r.item, .score = static_cast<float>(r.score), .stock = g.stock, .margin_share = g.margin_share, .age_days = g.created ? static_cast<float>(std::max<Milliseconds>(0, here.at - g.created)) / milliseconds_per_day : 1e6f});
    }
    recommend::Rules const rules{.count = in.row};
    auto ranking = recommend::apply_rules(offers, rules);
    auto slot = leave_to_chance(ranking, offers, rules, 1, {0, random.uniform(), random.uniform()});
    if (!slot) return slot;
    auto const chosen = slot->pool[slot->chosen].item;
    slot->at = here.at, slot->placement = Placement::product;
    slot->reward = std::ranges::any_of(std::span(visit.seen).subspan(page + 1), [&](Seen const& s) { return s.item == chosen && s.at <= here.at + HeldSlots::taken_within; }) ? 1 : 0;
    for (auto const& e : std::span(history).last(std::min(history.size(), Asked::most))) asked.seen.push_back(past.shelf.ids[e.item]);
    asked.in_view.push_back(past.shelf.ids[here.item]);
    for (auto const& row : slot->pool) asked.goods.push_back(past.shelf.ids[row.item]);
    slot->asked = std::move(asked);
    return slot;
}

}  // namespace

Result<std::int64_t> replay_visits(shop::Store& store, std::int64_t shop_id, Replay const& in, Progress const& progress) {
    std::int64_t cut = 0;
    {
        auto const tx = TRY(store.read(shop_id));
        if (TRY(tx->integer("SELECT COUNT(*) FROM recommendation_slots WHERE shop_id = ?", shop_id)) > 0) return 0;
        auto const newest = TRY(tx->integer("SELECT MAX(seq) FROM events WHERE shop_id = ?", shop_id));
        auto const read = std::min(newest - TRY(tx->integer("SELECT MIN(seq) FROM events WHERE shop_id = ?", shop_id)) + 1, Limits{}.newest_events);
        cut = newest - static_cast<std::int64_t>(in.newest_share * static_cast<double>(read));
    }
    auto const past = TRY(learn_past_visits(store, shop_id, cut, in.threads, progress));
    if (!past.visits.model) return 0;
    auto const tx = TRY(store.write(shop_id));
    auto const visits = TRY(visits_after(*tx, past.shelf, cut));
    auto const goods = TRY(goods_of(*tx, past.shelf));
    // Visits evenly over the time; of each one page.
    auto const asked = std::min(visits.size(), static_cast<std::size_t>(std::max<std::int64_t>(0, in.most_places)));
    recommend::Asking asking;
    std::int64_t written = 0;
    for (std::size_t k = 0; k < asked; ++k) {
        auto const v = k * visits.size() / asked;
        if (progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "Stopped.");
        auto random = Random(in.seed).stream(visits[v].session, v);
        std::vector<std::size_t> pages;
        for (std::size_t i = 0; i < visits[v].seen.size(); ++i)
            if (visits[v].seen[i].page) pages.push_back(i);
        if (pages.empty()) continue;
        auto const page = pages[random.below(pages.size())];
        if (auto const slot = played(past, goods, visits[v], page, in, random, asking)) TRY(write_slot(*tx, *slot)), ++written;
    }
    TRY(tx->commit());
    return written;
}

}  // namespace kindling::selection
