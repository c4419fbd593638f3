#include "modules/selection/source.h"
#include "shop/catalogue/api.h"
#include <algorithm>
#include <map>
#include <set>

namespace kindling::selection {

using recommend::Attribute, recommend::Event, recommend::History, recommend::Item;
using shop::Row, shop::Transaction, shop::Value;

namespace {

// Rows of one history gathered as they come; a step a call.
class Gathered {
public:
    explicit Gathered(Histories& out) : out_(out) {}
    void add(std::string_view name, Item item, double day, bool same_step) {
        auto found = numbers_.find(name);
        if (found == numbers_.end() || name.empty()) {
            if (!(name.empty() && same_step)) {
                out_.histories.emplace_back(), out_.names.emplace_back(name);
                nameless_ = out_.histories.size() - 1;
                if (!name.empty()) found = numbers_.emplace(std::string(name), nameless_).first;
            }
        }
        auto& history = out_.histories[name.empty() ? nameless_ : found->second];
        auto const step = history.empty() ? 0u : history.back().step + (same_step ? 0u : 1u);
        history.push_back({item, step, static_cast<float>(day)});
        ++out_.events;
    }
    bool newest_is(std::string_view name, Item item) const {
        auto const found = numbers_.find(name);
        return found != numbers_.end() && !out_.histories[found->second].empty() && out_.histories[found->second].back().item == item;
    }

private:
    Histories& out_;
    Numbers numbers_;
    std::size_t nameless_ = 0;
};

constexpr std::string_view interest = "(kind = 'view' OR kind = 'click' OR kind = 'cart')";

}  // namespace

// Histories want small numbers.
double history_day(Milliseconds at) {
    constexpr double origin_day = 18'322;
    return static_cast<double>(at) / static_cast<double>(milliseconds_per_day) - origin_day;
}

Item Shelf::number(std::string_view id) {
    if (auto const found = numbers.find(id); found != numbers.end()) return found->second;
    auto const item = static_cast<Item>(ids.size());
    ids.emplace_back(id), numbers.emplace(std::string(id), item);
    return item;
}

std::optional<Item> Shelf::find(std::string_view id) const {
    auto const found = numbers.find(id);
    return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

bool is_interest(std::string_view kind) { return kind == "view" || kind == "click" || kind == "cart"; }

Result<recommend::Goods> read_goods(Transaction& tx, Shelf& shelf) {
    recommend::Goods goods;
    Numbers attributes;
    auto const attribute = [&](std::string name) { return attributes.emplace(std::move(name), static_cast<Attribute>(attributes.size())).first->second; };
    std::map<std::string, std::string> parents;
    for (auto const& c : TRY(shop::load_categories(tx))) parents[c.category_id] = c.parent_id;
    TRY(shop::each_product(tx, [&](std::span<shop::Product const> batch) -> Result<void> {
        for (auto const& p : batch) {
            auto const item = shelf.number(p.product_id);
            if (goods.attributes.size() <= item) goods.attributes.resize(item + 1);
            auto& own = goods.attributes[item];
            std::size_t depth = 0;
            for (auto c = p.category_id; !c.empty() && depth < 10; c = parents[c], ++depth) own.push_back(attribute("category:" + c));
            if (auto const& brand = p.brand.empty() ? p.brand_zh : p.brand; !brand.empty()) own.push_back(attribute("brand:" + brand));
            for (auto const& a : p.attributes) {
                auto const& text = a.text_en.empty() ? a.text_zh : a.text_en;
                if (!text.empty()) own.push_back(attribute(a.name + ":" + text));
            }
            std::ranges::sort(own);
            own.erase(std::ranges::unique(own).begin(), own.end());
        }
        return {};
    }));
    return goods;
}

Result<Histories> read_visits(Transaction& tx, Shelf& shelf, Limits const& limits) {
    Histories out;
    out.last_seq = std::min(limits.until_seq, TRY(tx.integer("SELECT MAX(seq) FROM events WHERE shop_id = ?", tx.shop_id())));
    Gathered gathered(out);
    Value const values[] = {tx.shop_id(), std::max<std::int64_t>(0, out.last_seq - limits.newest_events), out.last_seq};
    TRY(tx.run("SELECT session_id, product_id, at_ms FROM events WHERE shop_id = ? AND seq > ? AND seq <= ? AND session_id <> '' AND product_id <> '' AND " + std::string(interest) + " ORDER BY seq", values, [&](Row const& row) -> Result<void> {
        auto const item = shelf.number(row.text(1));
        if (!gathered.newest_is(row.text(0), item)) gathered.add(row.text(0), item, history_day(row.integer(2)), false);
        return {};
    }));
    // Events may be recorded out of their order in time.
    for (auto& h : out.histories) {
        std::ranges::stable_sort(h, {}, &Event::day);
        for (std::uint32_t i = 0; i < h.size(); ++i) h[i].step = i;
    }
    return out;
}

Result<Histories> read_purchases(Transaction& tx, Shelf& shelf, Limits const& limits) {
    Histories out;
    out.last_seq = TRY(tx.integer("SELECT MAX(seq) FROM order_lines WHERE shop_id = ?", tx.shop_id()));
    Gathered gathered(out);
    std::string order;
    Value const values[] = {tx.shop_id(), std::max<std::int64_t>(0, out.last_seq - limits.newest_lines), out.last_seq};
    TRY(tx.run("SELECT o.customer_id, l.product_id, o.placed_at_ms, o.order_id FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id "
               "WHERE o.shop_id = ? AND l.seq > ? AND l.seq <= ? AND o.status <> 'cancelled' AND l.product_id <> '' ORDER BY o.placed_at_ms, o.order_id, l.line", values, [&](Row const& row) -> Result<void> {
        gathered.add(row.text(0), shelf.number(row.text(1)), history_day(row.integer(2)), order == row.text(3));
        order = row.text(3);
        return {};
    }));
    return out;
}

Result<Steps> read_new_visits(Transaction& tx, Shelf& shelf, std::int64_t after, std::int64_t most) {
    Steps out{.last_seq = after};
    Value const values[] = {tx.shop_id(), after, most};
    TRY(tx.run("SELECT seq, kind, session_id, product_id, at_ms FROM events WHERE shop_id = ? AND seq > ? ORDER BY seq LIMIT ?", values, [&](Row const& row) -> Result<void> {
        out.last_seq = row.integer(0), ++out.rows;
        if (!row.text(2).empty() && !row.text(3).empty() && is_interest(row.text(1))) out.steps.push_back({std::string(row.text(2)), {shelf.number(row.text(3))}, history_day(row.integer(4))});
        return {};
    }));
    return out;
}

Result<Steps> read_new_purchases(Transaction& tx, Shelf& shelf, std::int64_t after, std::int64_t most) {
    Steps out{.last_seq = after};
    std::string order;
    Value const values[] = {tx.shop_id(), after, most};
    TRY(tx.run("SELECT l.seq, o.customer_id, l.product_id, o.placed_at_ms, o.order_id FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id WHERE l.shop_id = ? AND l.seq > ? ORDER BY l.seq LIMIT ?", values, [&](Row const& row) -> Result<void> {
        out.last_seq = row.integer(0), ++out.rows;
        if (row.text(2).empty()) return {};
        if (order != row.text(4)) out.steps.push_back({std::string(row.text(1)), {}, history_day(row.integer(3))}), order = row.text(4);
        out.steps.back().items.push_back(shelf.number(row.text(2)));
        return {};
    }));
    return out;
}

Result<std::vector<Seller>> best_sellers(Transaction& tx, std::string_view category_id, Milliseconds now, std::size_t most) {
    std::vector<Seller> out;
    std::set<std::string> within;
    if (!category_id.empty()) {
        auto const categories = TRY(shop::load_categories(tx));
        within.emplace(category_id);
        for (std::size_t before = 0; before != within.size();) {
            before = within.size();
            for (auto const& c : categories)
                if (within.contains(c.parent_id)) within.insert(c.category_id);
        }
    }
    constexpr std::size_t of_each = 12;
    std::map<std::string, std::size_t> taken;
    auto const take = [&](Seller seller) {
        if (auto& n = taken[seller.category_id]; out.size() < most || n < of_each) ++n, out.push_back(std::move(seller));
    };
    std::vector<Seller> unsold;   // in order
    Value const values[] = {tx.shop_id(), now - 90 * milliseconds_per_day, tx.shop_id(), tx.shop_id(), tx.shop_id()};
    // An id with nothing behind it: begin with the orders of these days, not with all lines by their product.
    TRY(tx.run("SELECT p.product_id, p.category_id, COALESCE(s.units, 0), CASE WHEN r.said >= 3 AND r.mean >= 4 THEN 1 ELSE 0 END FROM products p LEFT JOIN (SELECT l.product_id || '' AS product_id, SUM(l.quantity) AS units FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id WHERE o.shop_id = ? AND o.placed_at_ms >= ? GROUP BY l.product_id || '') s "
               "ON s.product_id = p.product_id LEFT JOIN (SELECT product_id, COUNT(*) AS said, AVG(1.0 * rating) AS mean FROM reviews WHERE shop_id = ? AND status = 'published' GROUP BY product_id) r ON r.product_id = p.product_id "
               "WHERE p.shop_id = ? AND p.status = 'active' AND EXISTS (SELECT 1 FROM variants v WHERE v.shop_id = ? AND v.product_id = p.product_id AND v.price_minor > 0) ORDER BY COALESCE(s.units, 0) DESC, 4 DESC, p.created_at_ms DESC, p.product_id", values, [&](Row const& row) -> Result<void> {
        if (!within.empty() && !within.contains(std::string(row.text(1)))) return {};
        Seller seller{std::string(row.text(0)), std::string(row.text(1)), row.integer(2), row.integer(3) != 0};
        if (seller.units > 0 || seller.liked) take(std::move(seller));
        else unsold.push_back(std::move(seller));
        return {};
    }));
    // What is left is the newest; one of each category in turn, so that a catalogue that came in one piece is not shown from one end.
    std::map<std::string, std::size_t> of_category;
    std::vector<std::pair<std::size_t, std::size_t>> turns;
    for (std::size_t i = 0; i < unsold.size(); ++i) turns.emplace_back(of_category[unsold[i].category_id]++, i);
    std::ranges::sort(turns);
    for (auto const& [turn, i] : turns) take(std::move(unsold[i]));
    return out;
}

}  // namespace kindling::selection
