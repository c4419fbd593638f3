#include "shop/store/news.h"
#include "core/json_text.h"
#include <boost/json.hpp>
#include <set>
#include <tuple>

namespace kindling::shop {

namespace {

// Every word that Transaction::changed is given, and those that listeners look for.
constexpr std::string_view every_kind[] = {"agent", "agent_delivery", "attribute_kind", "category", "category_boost", "conversation", "customer", "decision", "event", "experiment", "forecast", "forgotten", "import", "job", "key", "ledger", "market_item", "market_match", "merchandising", "order", "picture_copies", "pictures", "product", "promotion", "purchase_order", "ranking", "removed", "return", "return_request", "review", "session", "setting", "shop", "stock", "supply_level", "supply_plan", "supply_terms", "weather"};

using Entry = std::tuple<std::int64_t, std::string, std::string>;

std::string text_of(std::string_view process, auto const& entries) {
    json::array list;
    for (auto const& [shop, kind, id] : entries) list.push_back(json::array{shop, kind, id});
    return to_text(json::array{process, std::move(list)});
}

}  // namespace

std::string news_of(std::string_view process, std::span<Change const> changes, std::size_t most_bytes) {
    auto text = text_of(process, changes);
    if (text.size() <= most_bytes) return text;
    std::set<Entry> kinds;
    for (auto const& c : changes) kinds.emplace(c.shop_id, c.kind, "");
    return text_of(process, kinds);
}

std::vector<Change> changes_of(std::string_view news, std::string_view process) {
    auto const parsed = parse_json(news);
    auto const* const whole = parsed ? parsed->if_array() : nullptr;
    if (!whole || whole->size() != 2 || !(*whole)[0].is_string() || !(*whole)[1].is_array()) return {};  // somebody else's word
    if ((*whole)[0].get_string() == process) return {};
    std::vector<Change> changes;
    for (auto const& entry : (*whole)[1].get_array())
        if (auto const* e = entry.if_array(); e && e->size() == 3 && (*e)[0].is_int64() && (*e)[1].is_string() && (*e)[2].is_string())
            changes.push_back({(*e)[0].get_int64(), std::string((*e)[1].get_string()), std::string((*e)[2].get_string())});
    return changes;
}

std::vector<Change> everything_of(std::span<std::int64_t const> shops) {
    std::vector<Change> all;
    for (auto const shop : shops)
        for (auto const kind : every_kind) all.push_back({shop, std::string(kind), ""});
    return all;
}

}  // namespace kindling::shop
