// forecast.list: many nodes at once, for the planner's table.
#include "core/utf8.h"
#include "modules/forecast/paths.h"
#include "modules/forecast/planner.h"
#include "shop/page.h"
#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <unordered_map>

namespace kindling::forecast {

namespace {

std::string folded(std::string_view s) { std::string out(s); for (auto& c : out) if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32); return out; }

// The forecast made from an earlier day than the newest, in earnest if there is one.
Result<std::optional<Current>> forecast_before(shop::Transaction& tx, RunRow const& newest) {
    std::optional<RunRow> found;
    for (auto const& r : TRY(load_runs(tx)))
        if (r.origin_day < newest.origin_day && (!found || (found->looked_back && !r.looked_back))) found = r;
    if (!found) return std::optional<Current>();
    auto kept = load_kept(tx, found->run_id);
    if (!kept) return std::optional<Current>();
    Current out{.run = *found, .kept = std::move(*kept), .champion = model_of(found->champion).value_or(Model::smoothing), .means = {}, .unedited = {}, .plans = {}, .edits = {}};
    if (!out.kept.models.contains(out.champion)) out.champion = Model::smoothing;
    out.means = out.kept.models.at(out.champion);
    return std::optional(std::move(out));
}

std::map<std::string, std::vector<std::uint32_t>> groups_of(Kept const& kept, Level level) {
    std::map<std::string, std::vector<std::uint32_t>> out;
    if (level == Level::variant) for (std::uint32_t g = 0; g < kept.goods.size(); ++g) out[kept.goods[g].sku] = {g};
    else for (auto& node : nodes_of(kept)) if (node.level == level) out[node.id] = std::move(node.members);
    return out;
}

}  // namespace

Result<NodeFilter> NodeFilter::make(shop::Transaction& tx, Level level, std::string_view query, std::string_view category_id, Kept const& kept) {
    NodeFilter out;
    shop::Value const values[] = {tx.shop_id()};
    constexpr std::string_view of_category = "SELECT category_id, name_en, name_zh, category_id, parent_id FROM categories WHERE shop_id = ?", of_product = "SELECT product_id, title_en, title_zh, category_id, '' FROM products WHERE shop_id = ?",
                               of_variant = "SELECT v.sku, p.title_en || CASE WHEN v.title_en = '' THEN '' ELSE ' · ' || v.title_en END, p.title_zh || CASE WHEN v.title_zh = '' THEN '' ELSE ' · ' || v.title_zh END, p.category_id, p.product_id FROM variants v JOIN products p ON p.shop_id = v.shop_id AND p.product_id = v.product_id WHERE v.shop_id = ?";
    if (level != Level::total)
        TRY(tx.run(level == Level::category ? of_category : level == Level::product ? of_product : of_variant, values, [&](shop::Row const& row) -> Result<void> {
            out.names_.emplace(std::string(row.text(0)), Names{std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))});
            return {};
        }));
    out.query_ = folded(query);
    if (!category_id.empty()) {
        auto const category = std::ranges::find(kept.categories, category_id, &CategoryNode::category_id);
        out.under_ = category == kept.categories.end() ? -2 : static_cast<std::int32_t>(category - kept.categories.begin());
    }
    return out;
}

bool NodeFilter::wants(std::string const& id, std::span<std::uint32_t const> members, Kept const& kept) const {
    if (under_ && !kept.under(kept.goods[members[0]].category, *under_)) return false;
    if (query_.empty() || folded(id).find(query_) != std::string::npos) return true;
    auto const named = names_.find(id);
    return named != names_.end() && (folded(named->second.en).find(query_) != std::string::npos || folded(named->second.zh).find(query_) != std::string::npos);
}

Result<ForecastPage> list(Context& context, ListForecast const& in) {
    auto& tx = context.tx();
    if (in.level == Level::total) return fail(Errc::invalid_argument, "invalid_request", "The total is one: forecast.demand shows it.", {{"/level", "out_of_range", "expected category, product or variant"}});
    auto const keys = TRY(shop::read_page_token("forecast", in.page_token, 1));
    auto const now = TRY(load_current(tx));
    auto const before = TRY(forecast_before(tx, now.run));
    auto const history = TRY(load_history(tx));
    auto const& kept = now.kept;
    auto const filter = TRY(NodeFilter::make(tx, in.level, in.query, in.category_id, kept));
    ForecastPage out;
    std::map<std::string, std::vector<std::uint32_t>> earlier;
    if (before) out.before_run_id = before->run.run_id, out.before_first_day = format_date(before->kept.origin), earlier = groups_of(before->kept, in.level);
    // Units by good of the days that matter, once for all nodes.
    std::unordered_map<std::string_view, std::pair<double, double>> sold;  // last 28 days; since the forecast before
    if (history)
        for (auto const& g : history->goods) {
            auto& [recent, since] = sold[g.sku];
            for (auto const& d : g.sold) {
                auto const day = history->first + d.day;
                if (day >= kept.origin - 28 && day < kept.origin) recent += d.units;
                if (before && day >= before->kept.origin && day < std::min<Day>(kept.origin, before->kept.origin + static_cast<Day>(before->kept.horizon))) since += d.units;
            }
        }
    std::set<std::uint32_t> edited;
    for (auto const& e : now.edits) if (auto const level = level_of(e.level)) for (auto const g : members_of(kept, *level, e.node_id)) edited.insert(g);
    for (auto const& [id, members] : groups_of(kept, in.level)) {
        if (!filter.wants(id, members, kept)) continue;
        auto const names = filter.names(id);
        ForecastItem item{.id = id, .title_en = names.en, .title_zh = names.zh, .category_id = names.category, .parent_id = names.parent, .before_28 = {}, .expected = {}, .came = {}, .notes = {}};
        auto const path = path_of(now.means, members, {});
        Window const month{kept.origin, 0, std::min<std::size_t>(28, kept.horizon)};
        item.ahead_28 = sum_of(path, month);
        double came = 0;
        std::vector<std::uint16_t> notes;
        for (auto const g : members) {
            if (auto const s = sold.find(kept.goods[g].sku); s != sold.end()) item.sold_28 += s->second.first, came += s->second.second;
            item.edited = item.edited || edited.contains(g);
            notes.push_back(kept.goods[g].notes);
        }
        item.notes = note_texts(in.level, notes);
        if (auto const old = earlier.find(id); before && old != earlier.end()) {
            auto const then = path_of(before->means, old->second, {});
            auto const shift = static_cast<std::size_t>(kept.origin - before->kept.origin);
            if (shift + month.to <= then.size()) item.before_28 = sum_of(then, {0, shift, shift + month.to});
            item.expected = sum_of(then, {0, 0, std::min(shift, then.size())}), item.came = came;
        }
        out.items.push_back(std::move(item));
    }
    auto const rank = [&](ForecastItem const& i) { return in.order == ListOrder::units ? i.ahead_28 : in.order == ListOrder::change ? std::abs(i.ahead_28 - i.before_28.value_or(i.ahead_28)) : std::abs(i.expected.value_or(0) - i.came.value_or(0)); };
    std::ranges::stable_sort(out.items, std::greater<>{}, rank);
    out.total = static_cast<std::int64_t>(out.items.size());
    auto const first = keys.empty() ? 0 : std::clamp<std::int64_t>(std::atoll(keys[0].c_str()), 0, out.total), last = std::min(out.total, first + in.page_size);
    out.items.erase(out.items.begin() + last, out.items.end());
    out.items.erase(out.items.begin(), out.items.begin() + first);
    if (last < out.total) {
        std::string const next[] = {std::to_string(last)};
        out.next_page_token = shop::page_token("forecast", next);
    }
    static constexpr double tails[] = {0.1, 0.9};
    for (auto& item : out.items) {
        auto const members = members_of(kept, in.level, item.id);
        auto const q = count_quantiles(item.ahead_28, Width(now, in.level, item.id, members).at(0, std::min<std::size_t>(28, kept.horizon)), tails);
        item.low_28 = q[0], item.high_28 = q[1];
    }
    return out;
}

}  // namespace kindling::forecast
