#include "shop/analysis/daily.h"
#include "shop/facts/query.h"
#include <algorithm>

namespace kindling::shop::analysis {

namespace {

using facts::Query, facts::Filter;

struct Sums {
    std::int64_t units = 0, revenue = 0, orders = 0, returned = 0, refund = 0;
};
struct Moved {
    std::int64_t sum = 0, largest = 0;
};
struct Stock {
    std::int64_t units = 0;
};
using DaySku = std::pair<std::int64_t, std::string>;

class Deriver {
public:
    Deriver(facts::Appender& to, facts::Table const& lines, facts::Table const& moves) : to_(to), lines_(lines), moves_(moves) {}

    Result<void> span(DaySpan days) {
        if (stock_after_ != days.first - 1) TRY(open_stock(days.first));
        TRY(read_sales(days));
        TRY(read_moves(days));
        write();
        stock_after_ = days.last;
        return {};
    }

private:
    Result<void> open_stock(Day first) {
        stock_.clear();
        auto const sums = TRY(Query(moves_).where(compare("day", facts::Comparison::less, std::int64_t(first))).group_by({"sku"}).measure({facts::sum("quantity")}).run());
        for (std::size_t i = 0; i < static_cast<std::size_t>(sums.rows); ++i) stock_[sums.columns[0].texts[i]].units = sums.columns[1].numbers[i];
        return {};
    }

    Result<void> read_sales(DaySpan days) {
        sales_.clear(), product_of_.clear(), category_of_.clear();
        auto const here = facts::between("day", std::int64_t(days.first), std::int64_t(days.last)) && facts::compare("status", facts::Comparison::not_equal, std::string("cancelled"));
        auto const sold = TRY(Query(lines_).where(here && facts::equals("kind", std::string("sale"))).group_by({"day", "sku", "currency"}).measure({facts::sum("quantity"), facts::sum("amount_minor"), facts::count_distinct("order_id")}).run());
        for (std::size_t i = 0; i < static_cast<std::size_t>(sold.rows); ++i) {
            auto& s = at(sold, i);
            s.units = sold.columns[3].numbers[i], s.revenue = sold.columns[4].numbers[i], s.orders = sold.columns[5].numbers[i];
        }
        auto const back = TRY(Query(lines_).where(here && !facts::equals("kind", std::string("sale"))).group_by({"day", "sku", "currency"}).measure({facts::sum("quantity"), facts::sum("amount_minor")}).run());
        for (std::size_t i = 0; i < static_cast<std::size_t>(back.rows); ++i) {
            auto& s = at(back, i);
            s.returned = -back.columns[3].numbers[i], s.refund = -back.columns[4].numbers[i];
        }
        // By the day's own rows, so that deriving one day alone gives what deriving all gives.
        auto const products = TRY(Query(lines_).where(here).group_by({"day", "sku", "product"}).measure({facts::count()}).run());
        for (std::size_t i = 0; i < static_cast<std::size_t>(products.rows); ++i) {
            auto& product = product_of_[{products.columns[0].numbers[i], products.columns[1].texts[i]}];
            product = std::max(product, products.columns[2].texts[i]);
        }
        auto const categories = TRY(Query(lines_).where(here).group_by({"product", "category"}).measure({facts::count()}).run());
        for (std::size_t i = 0; i < static_cast<std::size_t>(categories.rows); ++i) category_of_[categories.columns[0].texts[i]] = categories.columns[1].texts[i];
        return {};
    }
    Sums& at(facts::ResultTable const& t, std::size_t i) { return sales_[{t.columns[0].numbers[i], t.columns[1].texts[i]}][t.columns[2].texts[i]]; }

    Result<void> read_moves(DaySpan days) {
        moved_.clear();
        auto const moves = TRY(Query(moves_).where(facts::between("day", std::int64_t(days.first), std::int64_t(days.last))).group_by({"day", "sku"}).measure({facts::sum("quantity"), facts::maximum("quantity")}).run());
        for (std::size_t i = 0; i < static_cast<std::size_t>(moves.rows); ++i) {
            moved_[{moves.columns[0].numbers[i], moves.columns[1].texts[i]}] = {moves.columns[2].numbers[i], moves.columns[3].numbers[i]};
            sales_[{moves.columns[0].numbers[i], moves.columns[1].texts[i]}];  // a row of its own
        }
        return {};
    }

    void write() {
        for (auto const& [key, by_currency] : sales_) {
            auto const& [on, code] = key;
            auto const m = moved_.find(key);
            auto s = stock_.find(code);
            auto const opening = s == stock_.end() ? 0 : s->second.units;
            if (m != moved_.end()) {
                if (s == stock_.end()) s = stock_.emplace(code, Stock{}).first;
                s->second.units += m->second.sum;
            }
            bool const tracked = s != stock_.end();
            bool const available = tracked && (opening > 0 || (m != moved_.end() && m->second.largest > 0));
            auto const product = product_of_.find(key);
            auto const category = product == product_of_.end() ? category_of_.end() : category_of_.find(product->second);
            auto const row = [&](std::string_view currency, Sums const& sums) {
                namespace c = daily_sales;
                to_.integer(c::day, on), to_.text(c::sku, code), to_.text(c::product, product == product_of_.end() ? "" : product->second), to_.text(c::category, category == category_of_.end() ? "" : category->second), to_.text(c::currency, currency);
                to_.integer(c::units, sums.units), to_.integer(c::revenue_minor, sums.revenue), to_.integer(c::orders, sums.orders), to_.integer(c::units_returned, sums.returned), to_.integer(c::refund_minor, sums.refund);
                to_.integer(c::tracked, tracked), to_.integer(c::closing_stock, tracked ? s->second.units : 0), to_.integer(c::in_stock, available);
                to_.end_row();
            };
            for (auto const& [currency, sums] : by_currency) row(currency, sums);
            if (by_currency.empty()) row("", {});
        }
    }

    facts::Appender& to_;
    facts::Table const &lines_, &moves_;
    std::map<DaySku, std::map<std::string, Sums>> sales_;
    std::map<DaySku, Moved> moved_;
    std::map<DaySku, std::string> product_of_;
    std::map<std::string, std::string> category_of_;
    std::map<std::string, Stock> stock_;  // SKUs that had a move, with their units after stock_after_
    std::int64_t stock_after_ = INT64_MIN;
};

}  // namespace

Result<void> derive_daily(facts::Appender& to, facts::Table const& order_lines, facts::Table const& stock_moves, std::span<DaySpan const> spans, Progress const& progress) {
    Deriver deriver(to, order_lines, stock_moves);
    std::int64_t total = 0, done = 0;
    for (auto const& s : spans) total += s.last - s.first + 1;
    for (auto const& s : spans)
        for (auto first = s.first; first <= s.last; first += 31) {
            if (progress.stopped()) return fail(Errc::unavailable, "cancelled", "Deriving daily sales was cancelled; what was there before stays.");
            auto const last = std::min(first + 30, s.last);
            TRY(deriver.span({first, last}));
            progress(done += last - first + 1, total, "daily sales");
        }
    return {};
}

Result<std::vector<DaySpan>> all_days(facts::Table const& order_lines, facts::Table const& stock_moves) {
    // A mistyped date must not make us walk through centuries: only months with rows.
    std::set<Day> days;
    for (auto const* table : {&order_lines, &stock_moves}) {
        auto const found = TRY(Query(*table).group_by({"day"}).measure({facts::count()}).run());
        for (auto d : found.columns.empty() ? std::vector<std::int64_t>() : found.columns[0].numbers) days.insert(static_cast<Day>(d));
    }
    std::vector<DaySpan> spans;
    for (auto d : days) {
        if (!spans.empty() && d - spans.back().last <= 31) spans.back().last = d;
        else spans.push_back({d, d});
    }
    return spans;
}

}  // namespace kindling::shop::analysis
