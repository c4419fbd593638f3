// Every question is answered a second time by a plain loop over structs.
#include "core/time.h"
#include "shop/facts/facts_test_support.h"
#include "shop/facts/query.h"
#include <gmock/gmock.h>
#include <limits>
#include <map>
#include <set>

namespace kindling::shop::facts {
namespace {

using testing::ElementsAre;

class QueryTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        folder = new TestFolder;
        lines = new std::vector<Line>(random_lines(21, 25'000));
        append(folder->path, std::span(*lines).first(12'345), "1");
        append(folder->path, std::span(*lines).subspan(12'345, 5), "2");
        append(folder->path, std::span(*lines).subspan(12'350), "3");
        table = new Table(*Table::open(folder->path));
    }
    static void TearDownTestSuite() { delete table, delete lines, delete folder; }

    // Rows that the filter keeps, by the engine.
    static std::vector<Line> kept(Filter const& filter) {
        auto const result = Query(*table).where(filter).select({"at_ms", "order", "sku"}).run();
        EXPECT_TRUE(result) << result.error().message;
        std::vector<Line> out;
        if (!result) return out;
        for (std::int64_t i = 0; i < result->rows; ++i) out.push_back({.at_ms = result->columns[0].numbers[static_cast<std::size_t>(i)], .order = result->columns[1].texts[static_cast<std::size_t>(i)], .sku = result->columns[2].texts[static_cast<std::size_t>(i)]});
        return out;
    }
    template <class Test> static void expect_rows(Filter const& filter, Test test, std::string_view what) {
        std::vector<Line> wanted;
        for (auto const& l : *lines)
            if (test(l)) wanted.push_back({.at_ms = l.at_ms, .order = l.order, .sku = l.sku});
        auto const found = kept(filter);
        EXPECT_EQ(found.size(), wanted.size()) << what;
        EXPECT_TRUE(found == wanted) << what;
    }
    static inline TestFolder* folder;
    static inline std::vector<Line>* lines;
    static inline Table* table;
};

TEST_F(QueryTest, FiltersAgreeWithPlainLoops) {
    constexpr auto low = std::numeric_limits<std::int64_t>::min(), high = std::numeric_limits<std::int64_t>::max();
    auto const integer = [](std::int64_t v) { return Value(v); };
    for (std::int64_t v : {low, std::int64_t(-6), std::int64_t(-5), std::int64_t(0), std::int64_t(20), std::int64_t(21), high}) {
        expect_rows(compare("quantity", Comparison::equal, integer(v)), [&](Line const& l) { return l.quantity == v; }, "=");
        expect_rows(compare("quantity", Comparison::not_equal, integer(v)), [&](Line const& l) { return l.quantity != v; }, "!=");
        expect_rows(compare("quantity", Comparison::less, integer(v)), [&](Line const& l) { return l.quantity < v; }, "<");
        expect_rows(compare("quantity", Comparison::less_equal, integer(v)), [&](Line const& l) { return l.quantity <= v; }, "<=");
        expect_rows(compare("quantity", Comparison::greater, integer(v)), [&](Line const& l) { return l.quantity > v; }, ">");
        expect_rows(compare("quantity", Comparison::greater_equal, integer(v)), [&](Line const& l) { return l.quantity >= v; }, ">=");
    }
    expect_rows(between("price", integer(500), integer(40'000)), [](Line const& l) { return l.price >= 500 && l.price <= 40'000; }, "4 bytes");
    expect_rows(between("at_ms", integer((*lines)[77].at_ms), integer((*lines)[9000].at_ms)), [&](Line const& l) { return l.at_ms >= (*lines)[77].at_ms && l.at_ms <= (*lines)[9000].at_ms; }, "8 bytes");
    expect_rows(between("day", integer(20'100), integer(20'199)), [](Line const& l) { return l.day >= 20'100 && l.day <= 20'199; }, "days");
    expect_rows(between("day", integer(20'199), integer(20'100)), [](Line const&) { return false; }, "nothing lies between");
    expect_rows(equals("paid", integer(1)), [](Line const& l) { return l.paid == 1; }, "boolean");
    expect_rows(compare("score", Comparison::less, Value(0.25)), [](Line const& l) { return l.score < 0.25; }, "real");
    expect_rows(between("score", Value(-1.0), Value(1.0)), [](Line const& l) { return l.score >= -1 && l.score <= 1; }, "real");
    expect_rows(one_of("score", {Value((*lines)[5].score), Value(0.0)}), [](Line const& l) { return l.score == (*lines)[5].score; }, "reals");
    expect_rows(equals("status", std::string("退货")), [](Line const& l) { return l.status == "退货"; }, "text");
    expect_rows(equals("status", std::string()), [](Line const& l) { return l.status.empty(); }, "empty text");
    expect_rows(compare("status", Comparison::not_equal, std::string("unheard of")), [](Line const&) { return true; }, "text that is nowhere");
    expect_rows(compare("sku", Comparison::less, std::string("sku-2")), [](Line const& l) { return l.sku < "sku-2"; }, "text order");
    expect_rows(starts_with("sku", "sku-29"), [](Line const& l) { return l.sku.starts_with("sku-29"); }, "prefix");
    expect_rows(contains("sku", "77"), [](Line const& l) { return l.sku.find("77") != std::string::npos; }, "part");
    expect_rows(one_of("sku", {std::string("sku-1"), std::string("sku-2"), std::string("none")}), [](Line const& l) { return l.sku == "sku-1" || l.sku == "sku-2"; }, "texts");
    expect_rows(one_of("quantity", {integer(3), integer(-5), integer(1000)}), [](Line const& l) { return l.quantity == 3 || l.quantity == -5; }, "numbers");
    expect_rows(one_of("at_ms", {integer((*lines)[3].at_ms), integer((*lines)[24'000].at_ms)}), [](Line const& l) { return l.at_ms == (*lines)[3].at_ms || l.at_ms == (*lines)[24'000].at_ms; }, "wide numbers");
    expect_rows(one_of("quantity", {}), [](Line const&) { return false; }, "none of them");
    expect_rows(one_of("sku", {}), [](Line const&) { return false; }, "none of them");
    expect_rows((equals("status", std::string("paid")) || equals("quantity", integer(7))) && !between("day", integer(20'010), integer(20'400)),
                [](Line const& l) { return (l.status == "paid" || l.quantity == 7) && !(l.day >= 20'010 && l.day <= 20'400); }, "nested");
    expect_rows(Filter(), [](Line const&) { return true; }, "all");
}

TEST_F(QueryTest, GroupsAgreeWithPlainLoops) {
    struct Sums {
        std::int64_t count = 0, quantity = 0, revenue = 0, low = std::numeric_limits<std::int64_t>::max(), high = std::numeric_limits<std::int64_t>::min();
        double score = 0;
        std::set<std::string> orders;
    };
    // Dense numbering (status, month), hashing (order, at_ms), and one with both kinds of keys.
    for (auto const& keys : std::vector<std::vector<Key>>{{"status"}, {"status", Key("day", Step::month)}, {"order", "at_ms"}, {"order", "sku", "quantity"}, {Key("day", Step::weekday), Key("day", Step::year), "paid"}, {Key("day", Step::week)}, {}}) {
        std::map<std::vector<std::string>, Sums> wanted;
        for (auto const& l : *lines) {
            if (l.quantity < 0) continue;
            std::vector<std::string> key;
            for (auto const& k : keys) {
                auto const day = static_cast<Day>(l.day);
                auto const date = civil_from_day(day);
                if (k.step == Step::month) key.push_back(fmt::format("{}", day_from_civil(static_cast<int>(date.year()), static_cast<unsigned>(date.month()), 1)));
                else if (k.step == Step::week) key.push_back(fmt::format("{}", day - static_cast<Day>(weekday_of(day)) + 1));
                else if (k.step == Step::year) key.push_back(fmt::format("{}", static_cast<int>(date.year())));
                else if (k.step == Step::weekday) key.push_back(fmt::format("{}", weekday_of(day)));
                else if (k.column == "status") key.push_back(l.status);
                else if (k.column == "order") key.push_back(l.order);
                else if (k.column == "sku") key.push_back(l.sku);
                else key.push_back(fmt::format("{}", k.column == "at_ms" ? l.at_ms : k.column == "paid" ? l.paid : l.quantity));
            }
            auto& s = wanted[key];
            ++s.count, s.quantity += l.quantity, s.revenue += l.quantity * l.price, s.score += l.score;
            s.low = std::min(s.low, l.price), s.high = std::max(s.high, l.price), s.orders.insert(l.order);
        }
        auto const result = Query(*table).where(compare("quantity", Comparison::greater_equal, std::int64_t(0))).group_by(keys)
                                .measure({count(), sum("quantity"), sum_product("quantity", "price"), minimum("price"), maximum("price"), average("quantity"), sum("score"), count_distinct("order")}).run();
        ASSERT_TRUE(result) << result.error().message;
        ASSERT_EQ(static_cast<std::size_t>(result->rows), wanted.size());
        for (std::size_t r = 0; r < wanted.size(); ++r) {
            std::vector<std::string> key;
            for (std::size_t k = 0; k < keys.size(); ++k) {
                auto const& c = result->columns[k];
                key.push_back(c.type == ColumnType::text ? c.texts[r] : fmt::format("{}", c.numbers[r]));
            }
            ASSERT_TRUE(wanted.contains(key));
            auto const& s = wanted[key];
            auto const number = [&](std::string_view name) { return result->find(name)->numbers[r]; };
            ASSERT_EQ(number("count"), s.count);
            ASSERT_EQ(number("sum_quantity"), s.quantity);
            ASSERT_EQ(number("sum_quantity_price"), s.revenue);
            ASSERT_EQ(number("min_price"), s.low);
            ASSERT_EQ(number("max_price"), s.high);
            ASSERT_EQ(number("distinct_order"), static_cast<std::int64_t>(s.orders.size()));
            ASSERT_DOUBLE_EQ(result->find("avg_quantity")->reals[r], static_cast<double>(s.quantity) / static_cast<double>(s.count));
            ASSERT_NEAR(result->find("sum_score")->reals[r], s.score, 1e-9);
        }
    }
}

TEST_F(QueryTest, OrdersAndLimits) {
    std::map<std::string, std::int64_t> sums;
    for (auto const& l : *lines) sums[l.sku] += l.quantity;
    std::vector<std::pair<std::int64_t, std::string>> best;
    for (auto const& [sku, n] : sums) best.emplace_back(-n, sku);
    std::ranges::sort(best);
    auto const result = Query(*table).group_by({"sku"}).measure({sum("quantity").as("sold")}).order_by("sold", Order::descending).order_by("sku").limit(10).run();
    ASSERT_TRUE(result);
    ASSERT_EQ(result->rows, 10);
    for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(std::pair(-result->find("sold")->numbers[i], result->find("sku")->texts[i]), best[i]);
    EXPECT_EQ(Query(*table).group_by({"sku"}).measure({count()}).limit(0).run()->rows, 0);
    EXPECT_EQ(Query(*table).select({"sku"}).limit(7).run()->rows, 7);
    EXPECT_EQ(Query(*table).select({"sku"}).limit(1'000'000).run()->rows, 25'000);
    EXPECT_EQ(Query(*table).select({"score"}).order_by("score").limit(1).run()->columns[0].reals[0], std::ranges::min(*lines, {}, &Line::score).score);
}

TEST_F(QueryTest, NothingFoundIsZeroOrNoRows) {
    auto const never = equals("status", std::string("never"));
    auto const total = Query(*table).where(never).measure({count(), sum("price"), average("price"), minimum("price"), maximum("score")}).run();
    ASSERT_TRUE(total);
    EXPECT_EQ(total->rows, 1);
    EXPECT_THAT(total->columns[0].numbers, ElementsAre(0));
    EXPECT_THAT(total->columns[1].numbers, ElementsAre(0));
    EXPECT_THAT(total->columns[2].reals, ElementsAre(0.0));
    EXPECT_THAT(total->columns[3].numbers, ElementsAre(0));
    EXPECT_THAT(total->columns[4].reals, ElementsAre(0.0));
    EXPECT_EQ(Query(*table).where(never).group_by({"sku"}).measure({count()}).run()->rows, 0);
    EXPECT_EQ(Query(*table).where(never).group_by({"order", "at_ms"}).run()->rows, 0);
}

TEST_F(QueryTest, MistakesAreNamed) {
    auto const reason = [](Query const& q) {
        auto const r = q.run();
        return r ? std::string() : r.error().reason;
    };
    EXPECT_EQ(reason(Query(*table)), "facts_bad_query");
    EXPECT_EQ(reason(Query(*table).group_by({"nope"}).measure({count()})), "facts_no_such_column");
    EXPECT_EQ(reason(Query(*table).where(equals("nope", std::int64_t(1))).measure({count()})), "facts_no_such_column");
    EXPECT_EQ(reason(Query(*table).where(equals("sku", std::int64_t(1))).measure({count()})), "facts_type_mismatch");
    EXPECT_EQ(reason(Query(*table).where(equals("price", 1.5)).measure({count()})), "facts_type_mismatch");
    EXPECT_EQ(reason(Query(*table).where(starts_with("price", "1")).measure({count()})), "facts_type_mismatch");
    EXPECT_EQ(reason(Query(*table).measure({sum("sku")})), "facts_type_mismatch");
    EXPECT_EQ(reason(Query(*table).group_by({"score"}).measure({count()})), "facts_type_mismatch");
    EXPECT_EQ(reason(Query(*table).group_by({Key("sku", Step::month)}).measure({count()})), "facts_type_mismatch");
    EXPECT_EQ(reason(Query(*table).group_by({"sku", "day", "paid", "status"}).measure({count()})), "facts_bad_query");
    EXPECT_EQ(reason(Query(*table).measure({count()}).order_by("sum_price")), "facts_bad_query");
    EXPECT_EQ(reason(Query(*table).select({"sku"}).measure({count()})), "facts_bad_query");
    auto deep = equals("price", std::int64_t(1));
    for (int i = 0; i < 5000; ++i) deep = !deep;
    EXPECT_EQ(reason(Query(*table).where(deep).measure({count()})), "facts_filter_too_deep");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(Query(*table).measure({count()}).run(stop.get_token()).error().reason, "stopped");
}

TEST(QueryOverflow, SumsAreExactOrRefused) {
    TestFolder folder;
    Schema const schema{{"amount", ColumnType::integer}, {"side", ColumnType::integer}};
    auto appender = Appender::open(folder.path, schema);
    constexpr auto high = std::numeric_limits<std::int64_t>::max(), low = std::numeric_limits<std::int64_t>::min();
    for (auto [amount, side] : {std::pair(high, 1), std::pair(std::int64_t(1), 2), std::pair(low, 3), std::pair(std::int64_t(0), 1)}) (*appender)->integer(0, amount), (*appender)->integer(1, side), (*appender)->end_row();
    ASSERT_TRUE((*appender)->commit(""));
    auto const table = *Table::open(folder.path);
    EXPECT_THAT(Query(table).group_by({"side"}).measure({sum("amount")}).run()->columns[1].numbers, ElementsAre(high, 1, low));
    EXPECT_EQ(Query(table).where(compare("side", Comparison::less, std::int64_t(3))).measure({sum("amount")}).run().error().reason, "amount_overflow");
    EXPECT_EQ(Query(table).measure({sum_product("amount", "side")}).run().error().reason, "amount_overflow");
    EXPECT_EQ(Query(table).where(equals("side", std::int64_t(2))).measure({sum_product("amount", "side")}).run()->columns[0].numbers[0], 2);
    EXPECT_EQ(Query(table).group_by({"amount", "side"}).run()->rows, 4) << "keys as wide as they come";
    EXPECT_THAT(Query(table).group_by({"amount"}).run()->columns[0].numbers, ElementsAre(low, 0, 1, high)) << "in order";
}

}  // namespace
}  // namespace kindling::shop::facts
