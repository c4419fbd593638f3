#include "modules/supply/compute.h"
#include "core/short_money.h"
#include "modules/supply/alerts.h"
#include "modules/supply/limits.h"
#include "modules/supply/line_reason.h"
#include "modules/supply/order_day.h"
#include "modules/supply/order_of.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace kindling::supply_module {

namespace {

constexpr double longest_cover = 9999;
constexpr int run_out_horizon = 90;
constexpr Day furthest_order = 91;  // days in which an order that waits is looked for

std::int64_t minor(double v) { return std::llround(v); }
double told(double v) { return std::round(v * 1e4) / 1e4; }  // what is told keeps four decimals

using Line = OrderLine;
struct Draft {
    std::vector<Line> lines;
    DayOrder order;
    double left_out = 0;
    std::map<std::size_t, DayLine> begun = {};  // by row: each line before suppliers, places and money cut it
};

class Computation {
public:
    Computation(ShopStock const& stock, std::span<DemandAhead const> ahead, Levels const& levels, SupplySettings const& settings, bool all) : stock_(stock), ahead_(ahead), levels_(levels), settings_(settings), all_(all) {}

    Computed run() {
        for (std::size_t i = 0; i < stock_.stored.size(); ++i) out_.items.push_back(item(i));
        propose();
        outline();
        return std::move(out_);
    }

private:
    double position(std::size_t i) const { auto const& s = stock_.stored[i]; return s.on_hand - s.reserved + s.on_order - expired(i); }
    double expired(std::size_t i) const {
        auto const& s = stock_.stored[i];
        auto const& life = stock_.goods[s.good].term.shelf_life_days;
        double out = 0;
        if (life) for (auto const& b : s.batches) if (b.arrived + static_cast<Day>(*life) <= stock_.today) out += b.units;
        return out;
    }

    StockItem item(std::size_t i) {
        auto const& s = stock_.stored[i];
        auto const& g = stock_.goods[s.good];
        auto const& l = levels_.of[i];
        auto const& lead = levels_.lead(s);
        auto const& a = ahead_[i];
        StockItem t{.sku = g.sku, .place_id = stock_.places[s.place].place_id, .product_id = g.product_id, .title_en = g.title_en, .title_zh = g.title_zh, .supplier_id = g.supplier_id, .abc = {l.abc}, .xyz = {l.xyz}};
        auto const available = s.on_hand - s.reserved - expired(i), x = position(i);
        t.on_hand = minor(s.on_hand), t.reserved = minor(s.reserved), t.on_order = minor(s.on_order), t.daily_mean = told(l.daily);
        t.cover_days = l.daily > least_asked ? told(std::min(longest_cover, std::max(0.0, available) / l.daily)) : longest_cover;
        t.policy = name_of(l), t.method = l.together == LevelRule::pooled ? "pooled" : l.together == LevelRule::forest ? "forest" : a.forecast ? "forecast" : "smoothing";
        t.reorder_level = minor(l.policy.reorder_level), t.order_up_to = minor(l.policy.order_up_to), t.service = l.service, t.target = l.target, t.aim = std::abs(l.aim - l.target) > 5e-4 ? std::optional(told(l.aim)) : std::nullopt, t.fill_rate = told(l.policy.fill_rate), t.cycle_service = told(l.policy.cycle_service), t.policy_year_minor = minor(l.year_minor);
        t.lead_mean_days = told(lead.mean), t.lead_deviation_days = told(lead.deviation), t.review_days = minor(l.review_days), t.next_order_day = l.every_day ? stock_.today : lead.next_order;
        t.cost_minor = minor(l.cost), t.stock_minor = minor(std::max(0.0, s.on_hand) * l.cost);
        if (g.supplier_id.empty()) t.flags.emplace_back("no_supplier");
        if (!g.cost_known) t.flags.emplace_back("no_cost");
        if (a.short_history) t.flags.emplace_back("short_history");
        if (l.limited) t.flags.emplace_back(l.by_shelf_life ? "shelf_life" : "below_target");
        if (std::ranges::any_of(s.coming, &Coming::late)) t.flags.emplace_back("late_delivery");
        if (!g.on_sale) t.flags.emplace_back("ended");
        if (!a.unedited.empty()) t.flags.emplace_back("edited");
        if (l.own) t.flags.emplace_back("by_hand");
        if (l.failed) t.flags.emplace_back("not_computed");
        t.days_since_sale = days_without_sale(s, stock_.days);
        if (l.less != Less::no) t.flags.emplace_back(l.less == Less::cover ? "long_cover" : l.less == Less::slow ? "slow" : l.less == Less::worth ? "not_worth_more" : "on_demand");
        if (!s.counted || l.failed) { t.state = StockState::unknown; return t; }
        expiry(i, t);
        run_out(i, available, t);
        if (g.on_sale) t.run_out_chance = told(1 - l.protection.cdf(x)), t.at_stake_minor = minor(l.protection.loss(x) * l.margin);
        auto const excess = std::max(0.0, x - not_too_much(l, a, static_cast<double>(settings_.overstock_days)));
        t.excess_units = minor(std::min(excess, std::max(0.0, s.on_hand))), t.excess_minor = minor(static_cast<double>(t.excess_units) * l.cost);
        auto const is_idle = idle(l);
        t.state = available <= 0 && !is_idle && g.on_sale ? StockState::out : is_idle ? (t.excess_units > 0 ? StockState::excess : StockState::idle)
                : !g.on_sale ? (t.excess_units > 0 ? StockState::excess : StockState::enough)
                : l.lead.cdf(x) < 0.5 ? StockState::runs_out : x <= l.policy.reorder_level ? StockState::low : t.excess_units > 0 ? StockState::excess : StockState::enough;
        // Certain: it is gone now, whatever comes later.
        if (t.state == StockState::out) t.run_out_chance = 1;
        if (ordered(i)) {
            auto const order = order_of(g, l, lead, a, lead.next_order, x);
            auto const q = order.quantity;
            if (order.lot) lots_.emplace(i, *order.lot);
            t.order_quantity = minor(q), t.order_minor = t.order_quantity * cost_of(i, q), t.saves_minor = minor(saves(i, q));
        }
        return t;
    }

    // Day by day as expected; what is asked for while nothing is here is lost, not owed. Of what is sold out now, that is today, and the later day is that after what is on order came.
    void run_out(std::size_t i, double available, StockItem& t) const {
        auto const& s = stock_.stored[i];
        auto const& a = ahead_[i];
        if (levels_.of[i].daily <= least_asked) return;
        auto here = std::max(0.0, available);
        if (here <= 0) t.run_out_day = stock_.today;
        for (int d = 0; d < run_out_horizon; ++d) {
            for (auto const& c : s.coming) if (c.day == stock_.today + d) here += c.units;
            auto const before = here;
            here = std::max(0.0, here - (d < static_cast<int>(a.mean.size()) ? static_cast<double>(a.mean[static_cast<std::size_t>(d)]) : 0));
            if (before <= 0 || here > 0) continue;
            (available <= 0 ? t.gone_again_day : t.run_out_day) = stock_.today + d;
            return;
        }
    }

    static bool idle(Level const& l) { return l.daily <= least_asked || l.less == Less::on_demand; }
    // By its levels; what hardly sells only where people set them.
    bool ordered(std::size_t i) const {
        auto const& l = levels_.of[i];
        return stock_.goods[stock_.stored[i].good].on_sale && (!idle(l) || l.set_by_hand);
    }

    // First in, first out: what of the oldest will not have been asked for by its day is expected to expire.
    void expiry(std::size_t i, StockItem& t) const {
        auto const& s = stock_.stored[i];
        auto const& life = stock_.goods[s.good].term.shelf_life_days;
        if (!life) return;
        double before = 0, wasted = 0;
        for (auto const& b : s.batches) {
            auto const day = b.arrived + static_cast<Day>(*life);
            if (day <= stock_.today) { t.expired_units += minor(b.units); continue; }
            before += b.units;
            auto const sold = ahead_[i].sum(std::max(0, day - stock_.today));
            auto const rest = std::min(b.units, std::max(0.0, before - wasted - sold));
            if (rest >= 0.5 && !t.expiry_day) t.expiry_day = day;
            wasted += rest;
        }
        t.expiring_units = minor(wasted);
    }
    static std::string name_of(Level const& l) {
        if (l.every_day || l.form == OrderPolicy::season) return l.every_day ? "reorder_point" : "season";
        auto const k = l.policy.kind;
        return k == inventory::ReviewKind::lots ? "lots" : k == inventory::ReviewKind::min_max ? "min_max" : "base_stock";
    }

    double limited(std::size_t i, double q) const { return within_terms(stock_.goods[stock_.stored[i].good].term, q); }
    std::int64_t cost_of(std::size_t i, double q) const { auto const& g = stock_.goods[stock_.stored[i].good]; return unit_cost_minor(g.term, minor(q), minor(g.cost)); }
    double holding(std::size_t i, double q) const { return q * levels_.of[i].holding_per_day * levels_.of[i].review_days; }
    double saves(std::size_t i, double q) const { return saves_minor(levels_.of[i], position(i), q); }
    Saves saves() const {
        return [this](Line const& l) { return saves(l.i, l.quantity); };
    }

    double order_cost(std::size_t supplier) const { return supply_module::order_cost(settings_, stock_, supplier); }

    OrderDay order_day(std::size_t supplier) const {
        auto const& lead = levels_.leads[supplier];
        auto out = order_day_of(settings_, stock_, supplier, lead, stock_.today, lead.next_order);
        out.any_day = all_;
        return out;
    }
    Candidate candidate(std::size_t i) const {
        auto const& s = stock_.stored[i];
        auto const& g = stock_.goods[s.good];
        return {.good = &g, .level = &levels_.of[i], .ahead = &ahead_[i], .available = s.on_hand - s.reserved - expired(i), .position = position(i), .quantity = static_cast<double>(out_.items[i].order_quantity), .fills = s.counted && g.on_sale};
    }

    void propose() {
        std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> rows;  // by supplier and place
        for (std::size_t i = 0; i < out_.items.size(); ++i)
            if (auto const& s = stock_.stored[i]; s.supplier != Stored::no_supplier) rows[{s.supplier, s.place}].push_back(i);
        std::map<std::pair<std::size_t, std::size_t>, Draft> drafts;
        for (auto const& [key, of] : rows) {
            std::vector<Candidate> goods;
            for (auto const i : of) goods.push_back(candidate(i));
            Draft draft{.lines = {}, .order = order_on(order_day(key.first), goods)};
            if (draft.order.lines.empty()) continue;
            for (auto const& l : draft.order.lines) draft.lines.push_back({of[l.candidate], l.quantity}), draft.begun.emplace(of[l.candidate], l);
            if (draft.order.waits) { wait(key, draft, of, std::move(goods)); continue; }
            if (auto const most = most_of_supplier(settings_, stock_, key.first)) draft.left_out = keep_most(stock_, draft.lines, *most, saves());
            drafts.emplace(key, std::move(draft));
        }
        fill_places(drafts);
        if (settings_.budget_minor) pay(drafts, static_cast<double>(*settings_.budget_minor));
        for (auto const& [key, draft] : drafts) if (!draft.lines.empty()) make(key, draft);
        std::ranges::stable_sort(out_.proposals, std::greater(), &PurchaseProposal::saves_minor);
    }

    void pay(std::map<std::pair<std::size_t, std::size_t>, Draft>& drafts, double budget) const {
        std::vector<Priced> priced;
        for (auto& [key, draft] : drafts) priced.push_back({&draft.lines, stock_.suppliers[key.first].minimum_order_minor, order_cost(key.first)});
        auto const left = spend(stock_, priced, budget, saves(), [this](Line const& l) { return static_cast<double>(cost_of(l.i, l.quantity)); });
        std::size_t k = 0;
        for (auto& [key, draft] : drafts) {
            auto const gone = left[k++];
            if (gone <= 0) continue;
            draft.left_out += gone;
            // What filled it up saves least and goes first.
            if ((draft.order.filled_units = std::max(0.0, draft.order.filled_units - gone)) == 0) draft.order.filling_minor = {};
        }
    }

    double worth(std::span<Line const> lines) const {
        double sum = 0;
        for (auto const& l : lines) sum += l.quantity * static_cast<double>(cost_of(l.i, l.quantity));
        return sum;
    }

    void wait(std::pair<std::size_t, std::size_t> key, Draft const& draft, std::span<std::size_t const> rows, std::vector<Candidate> goods) {
        auto const& supplier = stock_.suppliers[key.first];
        auto const& lead = levels_.leads[key.first];
        auto const watched = std::ranges::all_of(draft.lines, [&](Line const& l) { return levels_.of[l.i].every_day; });
        WaitingOrder w{.supplier_id = supplier.supplier_id, .supplier_name = supplier.name, .place_id = stock_.places[key.second].place_id, .goods = static_cast<std::int64_t>(draft.lines.size()), .worth_minor = minor(worth(draft.lines)), .minimum_minor = minor(supplier.minimum_order_minor), .until_day = watched ? stock_.today + 1 : draft.order.early ? lead.next_order : lead.after_next(lead.next_order), .waiting_minor = minor(draft.order.waiting_minor), .filling_minor = {}, .expected_day = {}, .expected_minor = {}};
        if (draft.order.filling_minor) w.filling_minor = minor(*draft.order.filling_minor);
        for (auto day = static_cast<Day>(w.until_day); day <= stock_.today + furthest_order && !w.expected_day; day = watched ? day + 1 : lead.after_next(day)) {
            auto const then = order_on(as_expected_on(day, key.first, rows, goods), goods);
            if (then.waits || then.lines.empty()) continue;
            std::vector<Line> lines;
            for (auto const& l : then.lines) lines.push_back({rows[l.candidate], l.quantity});
            w.expected_day = day, w.expected_minor = minor(worth(lines));
        }
        out_.outline.waiting.push_back(std::move(w));
    }

    // As a later order day will find these goods when they sell as expected. Levels count from the order day that they were made for: to what they hold on another, what is sold between the two is nothing to them.
    OrderDay as_expected_on(Day day, std::size_t supplier, std::span<std::size_t const> rows, std::span<Candidate> goods) const {
        for (std::size_t k = 0; k < goods.size(); ++k) {
            auto const i = rows[k];
            auto const& l = levels_.of[i];
            auto const sold = ahead_[i].sum(static_cast<double>(day - stock_.today)) - ahead_[i].sum(l.wait_days);
            auto const x = position(i);
            goods[k].position = std::max(std::min(x, 0.0), x - std::max(0.0, sold));
            auto const& g = *goods[k].good;
            goods[k].quantity = ordered(i) && goods[k].fills ? order_of(g, l, levels_.leads[supplier], ahead_[i], levels_.leads[supplier].next_order, goods[k].position).quantity : 0;
        }
        auto out = order_day(supplier);
        out.today = out.next_order = day;
        return out;
    }

    // A place that holds only so much takes, of all suppliers, what saves most for a unit.
    void fill_places(std::map<std::pair<std::size_t, std::size_t>, Draft>& drafts) {
        for (auto const& rule : settings_.places) {
            auto const p = place_of(stock_, rule);
            if (!p) continue;
            auto room = static_cast<double>(rule.most_units);
            for (auto const& s : stock_.stored)
                if (s.place == *p) room -= std::max(0.0, s.on_hand) + s.on_order;
            std::vector<std::vector<Line>*> of_place;
            for (auto& [key, draft] : drafts)
                if (key.second == *p) of_place.push_back(&draft.lines);
            auto const left = fill_place(stock_, of_place, room, saves());
            std::size_t k = 0;
            for (auto& [key, draft] : drafts) {
                if (key.second != *p) continue;
                draft.left_out += left[k++];
                draft.order.below_minimum = draft.order.below_minimum || worth(draft.lines) < stock_.suppliers[key.first].minimum_order_minor;
            }
        }
    }

    void make(std::pair<std::size_t, std::size_t> key, Draft const& draft) {
        auto const& lines = draft.lines;
        auto const& supplier = stock_.suppliers[key.first];
        auto const& lead = levels_.leads[key.first];
        PurchaseProposal p{.state = "proposed", .supplier_id = supplier.supplier_id, .supplier_name = supplier.name, .place_id = stock_.places[key.second].place_id, .currency = stock_.currency, .order_day = draft.order.early ? stock_.today : lead.next_order, .minimum_minor = minor(supplier.minimum_order_minor), .urgent = draft.order.urgent, .below_minimum = draft.order.below_minimum, .lead_mean_days = told(lead.mean), .lead_p90_days = lead.p90, .lead_observed = static_cast<std::int64_t>(lead.observed)};
        p.left_out_units = minor(draft.left_out), p.filled_units = minor(draft.order.filled_units), p.waiting_minor = minor(draft.order.waiting_minor);
        if (draft.order.filling_minor) p.filling_minor = minor(*draft.order.filling_minor);
        p.expected_day = p.order_day + static_cast<std::int64_t>(std::lround(lead.mean));
        double expected = 0, variance = 0;
        for (auto const& line : lines) {
            auto const& t = out_.items[line.i];
            auto const& l = levels_.of[line.i];
            auto const x = position(line.i);
            auto const cut = saved(l.protection, x, line.quantity);
            ProposalLine out{.sku = t.sku, .product_id = t.product_id, .title_en = t.title_en, .title_zh = t.title_zh, .quantity = minor(line.quantity), .proposed_quantity = minor(line.quantity), .cost_minor = cost_of(line.i, line.quantity), .line_minor = minor(line.quantity) * cost_of(line.i, line.quantity), .on_hand = t.on_hand - t.reserved, .on_order = t.on_order, .reorder_level = t.reorder_level, .order_up_to = t.order_up_to, .daily_mean = t.daily_mean, .needed = told(l.protection.mean()), .cover_days = cover_days(x, l.daily), .cover_days_after = cover_days(x + line.quantity, l.daily), .service = l.service, .target = l.target, .run_out_chance = t.run_out_chance, .aim = t.aim, .saves_minor = minor(cut.mean * l.margin - holding(line.i, line.quantity)), .holding_minor = minor(holding(line.i, line.quantity)), .abc = t.abc, .method = t.method};
            auto const until_next = lead.mean + (l.every_day ? 0 : static_cast<double>(lead.next_order - stock_.today)) + l.review_days;
            auto const& begun = draft.begun.at(line.i);
            auto const& good = stock_.goods[stock_.stored[line.i].good];
            auto const reason = reason_of(t, l, good.term, {.position = x, .wished = t.order_quantity, .asked = minor(begun.asked), .drafted = minor(begun.quantity), .ordered = out.quantity, .lot = lots_.contains(line.i)}, out.needed, until_next);
            out.why_en = reason.en, out.why_zh = reason.zh;
            tell_less(good, l, out);
            if (l.own) {
                out.why_en += fmt::format(" {} set by hand until {}; the plan itself would order at {} up to {}.", l.form != OrderPolicy::by_cost ? "How it is ordered was" : l.set_by_hand ? "These levels were" : "This promise was", format_date(l.by_hand_until), minor(l.own->reorder_level), minor(l.own->order_up_to));
                out.why_zh += fmt::format("{}由人工设定，有效至 {}；方案自身的订货点为 {}、补足至 {}。", l.form != OrderPolicy::by_cost ? "此订货方式" : l.set_by_hand ? "此订货点" : "此承诺", format_date(l.by_hand_until), minor(l.own->reorder_level), minor(l.own->order_up_to));
            }
            if (auto const lot = lots_.find(line.i); lot != lots_.end() && lot->second.quantity == line.quantity) tell_lot(lot->second, out);
            p.total_minor += out.line_minor, p.units += out.quantity;
            expected += cut.mean * l.margin - holding(line.i, line.quantity), variance += cut.variance * l.margin * l.margin;
            p.lines.push_back(std::move(out));
        }
        if (p.lines.empty()) return;
        auto const spread = 1.2816 * std::sqrt(variance);
        p.saves_minor = minor(expected), p.saves_low_minor = minor(expected - spread), p.saves_high_minor = minor(expected + spread);
        std::ranges::stable_sort(p.lines, std::greater(), &ProposalLine::saves_minor);
        out_.proposals.push_back(std::move(p));
    }

    void outline() {
        auto& o = out_.outline;
        o.currency = stock_.currency, o.today = stock_.today, o.facts_until = stock_.facts_until(), o.items = static_cast<std::int64_t>(out_.items.size());
        for (std::size_t i = 0; i < out_.items.size(); ++i) o.forecast_items += out_.items[i].method == "forecast", o.seldom_items += levels_.of[i].together != LevelRule::moments;
        std::int64_t late = 0;  // told by its alerts alone
        double daily_cost = 0, asked = 0, kept = 0, promised = 0;
        for (std::size_t i = 0; i < out_.items.size(); ++i) {
            auto const& t = out_.items[i];
            auto const& l = levels_.of[i];
            std::int64_t* const counts[] = {&o.out, &o.runs_out, &o.low, &o.enough, &o.excess, &o.idle, &o.unknown};
            ++*counts[static_cast<std::size_t>(t.state)];
            o.stock_minor += t.stock_minor, o.on_order_minor += t.on_order * t.cost_minor;
            for (auto const& a : alerts_of(t, settings_)) (a.kind == AlertKind::stock_out ? o.at_stake_minor : a.kind == AlertKind::late_delivery ? late : o.excess_minor) += a.money_minor;
            daily_cost += l.daily * l.cost, asked += l.daily, kept += l.daily * t.fill_rate, promised += l.daily * l.fill_target;
        }
        o.cover_days = daily_cost > 0 ? minor(std::min(longest_cover, static_cast<double>(o.stock_minor) / daily_cost)) : 0;
        o.fill_rate = asked > 0 ? told(kept / asked) : 0, o.target = asked > 0 ? told(promised / asked) : 0;
        o.proposals = static_cast<std::int64_t>(out_.proposals.size());
        for (auto const& p : out_.proposals) o.proposed_minor += p.total_minor, o.saves_minor += p.saves_minor;
        o.left = o.proposals, o.left_minor = o.proposed_minor, o.left_saves_minor = o.saves_minor;
        for (std::size_t s = 0; s < stock_.suppliers.size(); ++s) {
            auto const& f = stock_.suppliers[s];
            auto const& l = levels_.leads[s];
            o.suppliers.push_back({f.supplier_id, f.name, static_cast<std::int64_t>(l.observed), f.late, told(l.mean), told(l.deviation), l.p90, f.ordered > 0 ? told(f.delivered / f.ordered) : 1, l.order_weekdays, l.review_days, l.next_order, l.observed == 0});
        }
    }

    // Why it is kept below its promise, and what leaves more cover than the alerts call too much.
    void tell_less(Good const& g, Level const& l, ProposalLine& out) const {
        if (l.less == Less::cover) out.why_en += fmt::format(" Kept below the promise: more would lie longer than {} days.", settings_.overstock_days), out.why_zh += fmt::format("低于承诺：再多存放将超过 {} 天。", settings_.overstock_days);
        if (l.less == Less::slow) out.why_en += fmt::format(" Not sold on {} days: no more than is needed until the order after this one comes.", settings_.slow_days), out.why_zh += fmt::format("已 {} 天无销售：只备到下一次订货到货前所需。", settings_.slow_days);
        if (l.less == Less::worth) out.why_en += " Kept below the promise: a further unit would cost more to keep than the margin that it saves.", out.why_zh += "低于承诺：再多备一件的持有成本高于其可挽回的毛利。";
        if (out.cover_days_after <= static_cast<double>(settings_.overstock_days)) return;
        auto const least = std::max(g.term.minimum_quantity, g.term.pack_size);
        if (least > 1 && out.quantity <= within_terms(g.term, 1)) out.why_en += fmt::format(" That is {:.0f} days of sales: the supplier gives no fewer than {}.", out.cover_days_after, out.quantity), out.why_zh += fmt::format("约可售 {:.0f} 天：供应商最少供货 {} 件。", out.cover_days_after, out.quantity);
        else if (out.on_hand + out.on_order + out.quantity <= 1) out.why_en += fmt::format(" That is {:.0f} days of sales: one is the least that can be kept.", out.cover_days_after), out.why_zh += fmt::format("约可售 {:.0f} 天：至少须备一件。", out.cover_days_after);
    }

    void tell_lot(LotChoice const& lot, ProposalLine& out) const {
        out.lot_reviews = static_cast<std::int64_t>(lot.reviews), out.lot_saves_minor = minor(std::max(0.0, lot.policy_cost - lot.cost));
        auto const price = short_money(minor(lot.unit_cost), stock_.currency), saved = short_money(out.lot_saves_minor, stock_.currency);
        out.why_en += fmt::format(" As a lot, {} at {} each and enough for {} more order days, it costs least of what the terms allow{}.", out.quantity, price, lot.reviews, out.lot_saves_minor > 0 ? fmt::format(": {} less over the next weeks than the policy's quantity", saved) : std::string());
        out.why_zh += fmt::format("按供货条件，每次 {} 件、单价 {}、可再覆盖 {} 个订货周期的批量总成本最低{}。", out.quantity, price, lot.reviews, out.lot_saves_minor > 0 ? fmt::format("，未来数周比按策略订货节省 {}", saved) : std::string());
    }

    ShopStock const& stock_;
    std::span<DemandAhead const> ahead_;
    Levels const& levels_;
    SupplySettings const& settings_;
    std::map<std::size_t, LotChoice> lots_;
    bool all_;
    Computed out_;
};

}  // namespace

double cover_days(double position, double daily) { return told(std::min(longest_cover, std::max(0.0, position) / std::max(daily, 1 / longest_cover))); }

Computed compute(ShopStock const& stock, std::span<DemandAhead const> ahead, Levels const& levels, SupplySettings const& settings, bool all_suppliers) { return Computation(stock, ahead, levels, settings, all_suppliers).run(); }

}  // namespace kindling::supply_module
