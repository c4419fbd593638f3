// market.watch: what moved on the market, told as decisions with what they rest on.
//
// A move is news once. What was told is kept (market_told) until it is no longer so: then an open proposal is taken back, and the same may be news again. What stays as it is is not told
// again, whatever was decided about it; a price that falls by the set share once more, or a rank that halves once more, is. News of a product takes along what else stands of it, so that one
// decision of a kind is open for it and none is lost with another. What a file is silent of still stands. Ranks are compared with the last change alone. At most so many decisions a week as the owner wants to hear
// (market_moves_per_week), those about the most money first; the others wait. A person decides about prices: nothing is proposed to follow a rival.
#include "core/in_either.h"
#include "core/short_money.h"
#include "core/utf8.h"
#include "modules/market/rows.h"
#include "shop/catalogue/operations.h"
#include "shop/decisions/decisions.h"
#include "shop/people/people.h"
#include <boost/json.hpp>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <set>

namespace kindling::market {

namespace {

using shop::Row, shop::Value;

constexpr Milliseconds week = 7 * milliseconds_per_day, sold_within = 28 * milliseconds_per_day, open_for = 14 * milliseconds_per_day;
constexpr std::int64_t worst_rank = 100, push_days = 7;
constexpr std::size_t most_shown = 5;

enum class Kind { undercut, sold_out, climbing };
constexpr std::string_view kind_names[] = {"undercut", "sold_out", "climbing"};

struct ToldRow {
    std::string source, item_id, kind, decision_id;
    std::optional<std::int64_t> price_minor, sales_rank;
    static constexpr Field fields[] = {{"source"}, {"item_id"}, {"kind"}, {"decision_id"}, {"price_minor"}, {"sales_rank"}};
};
BOOST_DESCRIBE_STRUCT(ToldRow, (), (source, item_id, kind, decision_id, price_minor, sales_rank))

using Key = std::tuple<std::string, std::string, std::string>;

struct Own {
    shop::Product product;
    std::int64_t units = 0;     // in stock; a large number where it is not kept
    std::int64_t sold = 0;      // within 28 days
    bool on_sale = false;
};

// One piece of news: of a product (its items elsewhere), or of an item that is not sold here.
struct Move {
    Kind kind = Kind::undercut;
    std::vector<MarketItem const*> items;
    Own const* own = nullptr;
    std::set<std::string> replaces = {};  // decisions that told less of it
    double stake = 0;           // what comes first: money that sales of 28 days would lose at their price; units; rank
};

Result<std::map<std::string, Own>> own_goods(shop::Transaction& tx, std::vector<MarketItem> const& items, Milliseconds now) {
    std::map<std::string, std::int64_t, std::less<>> sold;
    Value const values[] = {tx.shop_id(), now - sold_within};
    // The id with nothing behind it: begin with the orders of these days, not with all lines by their product.
    TRY(tx.run("SELECT l.product_id || '', SUM(l.quantity) FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id WHERE o.shop_id = ? AND o.placed_at_ms >= ? AND o.status <> 'cancelled' GROUP BY l.product_id || ''", values, [&](Row const& row) -> Result<void> { sold.emplace(row.text(0), row.integer(1)); return {}; }));
    std::vector<std::string> ids;
    for (auto const& i : items)
        if (i.match) ids.push_back(i.match->product_id);
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    std::map<std::string, Own> out;
    for (auto& p : TRY(shop::load_products(tx, ids))) {
        Own own{.on_sale = p.status == shop::ProductStatus::active};
        for (auto const& v : p.variants) own.units += v.stock ? std::max<std::int64_t>(0, *v.stock) : 1'000'000;
        auto id = p.product_id;
        if (auto const of = sold.find(id); of != sold.end()) own.sold = of->second;
        own.product = std::move(p);
        out.emplace(std::move(id), std::move(own));
    }
    return out;
}

// What moves are looked for in. Read beside other work: a shop has one writer.
struct Seen {
    std::vector<MarketItem> items;
    std::map<std::string, Own> own;
};

Result<Seen> look(Context const& context) {
    auto const tx = TRY(context.services.store->read(context.shop_id));
    auto here = context;
    here.open = tx.get();
    Seen out;
    out.items = TRY(watched_items(here));
    out.own = TRY(own_goods(*tx, out.items, context.now));
    return out;
}

// What the shop puts forward already: its owner's wish, which a proposal of the same must not shorten nor its undo take away.
Result<std::set<std::string, std::less<>>> put_forward(Context& context) {
    std::set<std::string, std::less<>> out;
    auto const* list = context.services.registry ? context.services.registry->find("selection.list_pushed") : nullptr;
    if (!list) return out;
    json::value answer;
    TRY(list->run(context, json::object(), answer));
    for (auto const& p : answer.at("pushed").as_array()) out.emplace(p.at("product_id").as_string());
    return out;
}

bool sure(MarketItem const& i) { return !i.match || i.match->state == MatchState::confirmed || i.match->probability >= sure_enough; }

// A price that nobody knows now undercuts if it did when it was told.
bool undercuts(MarketItem const& i, double percent, bool was_told) {
    if (percent >= 100 || !i.match || !i.in_stock.value_or(true)) return false;
    auto const difference = i.match->price_difference_percent;
    return difference ? *difference <= -percent && *difference < 0 : was_told;
}

// Is it so now? Of what was told and is not known now: it still is. Of a rank that was told: still near what it was then.
bool holds(Kind kind, MarketItem const& i, double percent, ToldRow const* told) {
    switch (kind) {
    case Kind::undercut: return undercuts(i, percent, told);
    case Kind::sold_out: return i.match && (i.in_stock ? !*i.in_stock : told != nullptr);
    case Kind::climbing: return !i.rank ? told != nullptr : (told && told->sales_rank ? *i.rank <= 2 * *told->sales_rank : *i.rank <= worst_rank && i.previous_rank && 2 * *i.rank <= *i.previous_rank);
    }
    return false;
}

// Of what was told and still is so: enough more of it to be news?
bool more_of_it(Kind kind, MarketItem const& i, double percent, ToldRow const& told) {
    if (kind == Kind::undercut) return i.match->price_difference_percent && told.price_minor && *i.price_minor < *told.price_minor && static_cast<double>(*i.price_minor) <= static_cast<double>(*told.price_minor) * (1 - std::max(percent, 1.0) / 100);
    if (kind == Kind::climbing) return i.rank && told.sales_rank && 2 * *i.rank <= *told.sales_rank;
    return false;
}

class Teller {
public:
    Teller(std::string currency, Milliseconds now, bool can_push) : currency_(std::move(currency)), now_(now), can_push_(can_push) {}

    shop::Decision decision(Move const& m) const {
        auto const& first = *m.items.front();
        shop::Decision d{.scenario = "5", .kind = fmt::format("market_{}", kind_names[static_cast<int>(m.kind)]), .currency = currency_, .expires_at_ms = now_ + open_for};
        auto const of = [&](Locale l) { return m.own ? in_either(l, m.own->product.title_en, m.own->product.title_zh) : std::string_view(first.title); };
        auto const en = of(Locale::en), zh = of(Locale::zh);
        json::array evidence;
        auto const add = [&](std::string_view label, std::string text_en, std::string text_zh, std::string value, std::string link) { evidence.push_back(json::object{{"label", label}, {"text_en", std::move(text_en)}, {"text_zh", std::move(text_zh)}, {"value", std::move(value)}, {"link", std::move(link)}}); };
        auto const product_link = m.own ? "/catalogue/" + m.own->product.product_id : std::string("/assortment");
        for (std::size_t k = 0; k < std::min(m.items.size(), most_shown); ++k) {
            auto const& i = *m.items[k];
            if (i.price_minor) add("price_elsewhere", fmt::format("Price at {}", i.source), fmt::format("{} 售价", i.source), short_money(*i.price_minor, i.currency), "/assortment");
            if (i.previous_price_minor && m.kind == Kind::undercut) add("price_before", fmt::format("Before, at {}", i.source), fmt::format("{} 此前售价", i.source), short_money(*i.previous_price_minor, i.currency), "/assortment");
            if (i.rank) add("rank", fmt::format("Rank at {}", i.source), fmt::format("{} 排名", i.source), i.previous_rank ? fmt::format("{} → {}", *i.previous_rank, *i.rank) : fmt::format("{}", *i.rank), "/assortment");
            if (i.match) add("same_item", i.match->state == MatchState::confirmed ? "Same item: confirmed" : "Same item: likely", i.match->state == MatchState::confirmed ? "同一商品：已人工确认" : "同一商品：推测", i.match->state == MatchState::confirmed ? "" : fmt::format("{:.0f} %", i.match->probability * 100), "/assortment");
        }
        if (m.own) {
            if (first.match->own_price_minor) add("own_price", "Own lowest price", "本店最低价", short_money(*first.match->own_price_minor, currency_), product_link);
            add("sold_28", "Sold in 28 days", "28 天销量", fmt::format("{}", m.own->sold), product_link);
            if (auto const cost = cost_of(m.own->product); cost && first.price_minor && *first.price_minor > 0 && m.kind == Kind::undercut)
                add("margin_at_their_price", "Margin at their price", "按对方价格的毛利率", fmt::format("{:.0f} %", 100.0 * static_cast<double>(*first.price_minor - *cost) / static_cast<double>(*first.price_minor)), product_link);
        }
        switch (m.kind) {
        case Kind::undercut: {
            auto const less = fmt::format("{:.0f}", -*first.match->price_difference_percent);
            d.title_en = fmt::format("Look at the price of {}: {} asks {}", en, first.source, short_money(*first.price_minor, first.currency)), d.title_zh = fmt::format("检查「{}」的价格：{} 售价 {}", zh, first.source, short_money(*first.price_minor, first.currency));
            d.reason_en = fmt::format("{} % less than here. Approving only notes that you have looked; a price is changed by you, or not.", less), d.reason_zh = fmt::format("比本店低 {}%。批准仅表示已查看；是否调价由你决定。", less);
            break;
        }
        case Kind::sold_out:
            d.title_en = fmt::format("Put {} forward: {} has none left", en, first.source), d.title_zh = fmt::format("主推「{}」：{} 已缺货", zh, first.source);
            d.reason_en = "It is in stock here.", d.reason_zh = "本店有货。";
            if (can_push_) {
                d.operation = "selection.push", d.request = json::object{{"product_id", m.own->product.product_id}, {"days", push_days}};
                d.undo_operation = "selection.unpush", d.undo_request = json::object{{"product_id", m.own->product.product_id}};
            }
            break;
        case Kind::climbing:
            if (m.own) d.title_en = fmt::format("{} sells better at {}: rank {}", en, first.source, *first.rank), d.title_zh = fmt::format("「{}」在 {} 热销：排名 {}", zh, first.source, *first.rank);
            else d.title_en = fmt::format("Look at {}: rank {} at {}, not sold here", en, *first.rank, first.source), d.title_zh = fmt::format("关注「{}」：{} 排名 {}，本店未售", zh, first.source, *first.rank);
            d.reason_en = fmt::format("It came up from rank {}. Approving only notes that you have looked.", first.previous_rank.value_or(0)), d.reason_zh = fmt::format("由第 {} 名上升。批准仅表示已查看。", first.previous_rank.value_or(0));
            break;
        }
        d.title_en = utf8_prefix(d.title_en, 300), d.title_zh = utf8_prefix(d.title_zh, 300);
        d.evidence = std::move(evidence);
        return d;
    }

private:
    static std::optional<std::int64_t> cost_of(shop::Product const& p) {
        for (auto const& v : p.variants)
            if (v.cost_minor) return v.cost_minor;
        return std::nullopt;
    }
    std::string currency_;
    Milliseconds now_;
    bool can_push_;
};

}  // namespace

Result<Watched> watch(Context const& asked) {
    auto const [items, own] = TRY(look(asked));
    auto const writing = TRY(asked.services.store->write(asked.shop_id));
    auto context = asked;
    context.open = writing.get();
    auto& tx = context.tx();
    auto const percent = static_cast<double>(TRY(shop::read_number_setting(tx, "market_undercut_percent", 10)));
    auto const a_week = TRY(shop::read_number_setting(tx, "market_moves_per_week", 10));
    auto const pushed = TRY(put_forward(context));
    std::map<Key, ToldRow> told;
    for (auto& row : TRY((tx.select<ToldRow>("SELECT source, item_id, kind, decision_id, price_minor, sales_rank FROM market_told WHERE shop_id = ?", tx.shop_id())))) told.emplace(Key{row.source, row.item_id, row.kind}, row);
    Watched out;
    struct Standing { MarketItem const* item; std::string decision_id; };
    std::map<std::pair<Kind, std::string>, Move> moves;  // by product, or by item where there is none
    std::map<std::pair<Kind, std::string>, std::vector<Standing>> standing;  // told, and so still
    std::map<std::string, bool> open;                    // decisions told of: is any of their items still so?
    for (auto const& [key, row] : told) open[row.decision_id];
    for (auto const& i : items) {
        auto const mine = i.match ? own.find(i.match->product_id) : own.end();
        auto const* product = mine != own.end() && mine->second.on_sale ? &mine->second : nullptr;
        for (auto const kind : {Kind::undercut, Kind::sold_out, Kind::climbing}) {
            Key const key{i.source, i.item_id, std::string(kind_names[static_cast<int>(kind)])};
            auto const before = told.find(key);
            auto const* row = before == told.end() ? nullptr : &before->second;
            std::string older;
            std::pair const where{kind, product ? "p" + i.match->product_id : "i" + i.source + '/' + i.item_id};
            bool const needs_own = kind != Kind::climbing || i.match;
            if ((!row && !sure(i)) || (needs_own && !product) || (kind != Kind::climbing && product->units <= 0) || !holds(kind, i, percent, row)) continue;
            if (row) {
                auto const was = *row;
                open[was.decision_id] = true, told.erase(before);
                if (kind == Kind::sold_out && pushed.contains(i.match->product_id)) out.withdrawn += TRY(shop::withdraw_proposal(context, was.decision_id, "already put forward"));
                if (!sure(i) || !more_of_it(kind, i, percent, was)) {
                    standing[where].push_back({&i, was.decision_id});
                    continue;
                }
                older = was.decision_id;
            } else if (kind == Kind::sold_out && (!i.stock_changed_at_ms || pushed.contains(i.match->product_id))) continue;  // never known to have had it, or nothing is left to do
            auto& m = moves[where];
            m.kind = kind, m.own = product, m.items.push_back(&i);
            if (!older.empty()) m.replaces.insert(std::move(older));
            auto const at_stake = kind == Kind::undercut ? static_cast<double>(product->sold) * static_cast<double>(*i.match->own_price_minor - *i.price_minor) : kind == Kind::sold_out ? static_cast<double>(product->sold) : 1.0 / static_cast<double>(*i.rank);
            m.stake = std::max(m.stake, at_stake);
        }
    }
    // What is left in `told` is no longer so: it may be news again, and a proposal of which nothing is left is taken back.
    for (auto const& [key, row] : told) TRY(tx.execute("DELETE FROM market_told WHERE shop_id = ? AND source = ? AND item_id = ? AND kind = ?", tx.shop_id(), row.source, row.item_id, row.kind));
    for (auto const& [id, still] : open)
        if (!still) out.withdrawn += TRY(shop::withdraw_proposal(context, id, "no longer so"));
    std::vector<Move const*> order;
    for (auto& [key, m] : moves) {
        for (auto& s : standing[key]) m.items.push_back(s.item), m.replaces.insert(std::move(s.decision_id));
        if (m.kind == Kind::undercut) std::ranges::stable_sort(m.items, {}, [](MarketItem const* i) { return i->match->price_difference_percent.value_or(0); });
        ++(m.kind == Kind::undercut ? out.undercut : m.kind == Kind::sold_out ? out.sold_out : out.climbing);
        order.push_back(&m);
    }
    std::ranges::stable_sort(order, [](Move const* a, Move const* b) { return a->kind != b->kind ? a->kind < b->kind : a->stake > b->stake; });
    auto left = a_week - TRY(tx.integer("SELECT COUNT(*) FROM decisions WHERE shop_id = ? AND kind LIKE 'market_%' AND created_at_ms > ?", tx.shop_id(), context.now - week));
    auto const can_push = context.services.registry && context.services.registry->find("selection.push") && context.services.registry->find("selection.unpush");
    Teller const teller(TRY(shop::shop_currency(tx)), context.now, can_push);
    for (auto const* m : order) {
        if (left-- <= 0) {
            ++out.held_back;
            continue;
        }
        auto const id = TRY(shop::propose_decision(context, teller.decision(*m)));
        ++out.proposed;
        for (auto const& replaced : m->replaces) TRY(shop::withdraw_proposal(context, replaced, "replaced by newer news"));
        for (auto const* i : m->items)
            TRY(tx.execute("INSERT INTO market_told (shop_id, source, item_id, kind, price_minor, sales_rank, decision_id, told_at_ms) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, source, item_id, kind) DO UPDATE SET price_minor = COALESCE(excluded.price_minor, market_told.price_minor), sales_rank = COALESCE(excluded.sales_rank, market_told.sales_rank), decision_id = excluded.decision_id, told_at_ms = excluded.told_at_ms",
                           tx.shop_id(), i->source, i->item_id, kind_names[static_cast<int>(m->kind)], i->price_minor, i->rank, id, context.now));
    }
    if (!asked.dry()) TRY(writing->commit());
    return out;
}

}  // namespace kindling::market
