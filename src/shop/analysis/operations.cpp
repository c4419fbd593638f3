#include "shop/analysis/answer.h"
#include "core/time.h"
#include "shop/context.h"
#include <fmt/format.h>

namespace kindling::shop {

using namespace analysis;

namespace {

// Asks; when a table turns out to be damaged, has it built anew and asks again.
template <class F> auto asked(Context& context, FactsKeeper& keeper, F const& question) -> decltype(question()) {
    auto answer = question();
    if (!answer && TRY(heal(keeper, context.shop_id, answer.error()))) return question();
    return answer;
}

Result<FactsStatus> status(Context& context, FactsKeeper& keeper) {
    auto& shop = keeper.of(context.shop_id);
    FactsStatus out{.problem = shop.last_error()};
    for (auto const& s : TRY(shop.status())) {
        FactTableStatus t{std::string(name_of(s.table)), !s.problem.empty() ? s.problem : s.behind > 0 ? "behind" : "ready", s.rows, s.bytes, s.behind, s.watermark, {}};
        for (auto const& c : columns_of(s.table)) t.columns.push_back({std::string(c.name), std::string(name_of(c.type)), std::string(c.doc.in(context.locale))});
        out.tables.push_back(std::move(t));
    }
    return out;
}

Result<RebuiltFacts> rebuild(Context& context, FactsKeeper& keeper, RebuildFacts const& in) {
    std::vector<analysis::Table> tables;
    for (std::size_t i = 0; i < in.tables.size(); ++i) tables.push_back(TRY(table_or_error(in.tables[i], fmt::format("/tables/{}", i))));
    if (tables.empty()) tables.assign(all_tables.begin(), all_tables.end());
    RebuiltFacts out;
    if (!context.dry()) TRY(keeper.of(context.shop_id).rebuild(tables, context.progress));
    for (auto const& s : TRY(keeper.of(context.shop_id).status())) out.tables.push_back({std::string(name_of(s.table)), s.rows});
    return out;
}

// A keeper's operation: its answer is a function of the context, the keeper and the request.
template <class In, class Out, class F> Operation keeper_operation(Declaration declaration, FactsKeeper& keeper, F run) {
    auto op = operation<In, Out>(std::move(declaration), static_cast<Result<Out> (*)(Context&, In const&)>(nullptr));
    op.run = [&keeper, run](Context& context, json::value const& request, json::value& response) -> Result<void> {
        auto const in = TRY(read_json<In>(request));
        auto const out = TRY(asked(context, keeper, [&] { return run(context, keeper, in); }));
        write_json(type_of<Out>(), &out, response);
        return {};
    };
    return op;
}

}  // namespace

std::optional<OverviewFacts> FactsKeeper::overview(std::int64_t shop_id, Milliseconds before, Milliseconds from, Milliseconds until) {
    if (!thread_.joinable()) return {};
    auto const asked = [&]() -> Result<std::optional<OverviewFacts>> {
        using facts::Query;
        auto& shop = of(shop_id);
        if (!TRY(shop.catch_up_within(std::chrono::milliseconds(100)))) return std::optional<OverviewFacts>();
        auto const lines = TRY(shop.open(analysis::Table::order_lines)), events = TRY(shop.open(analysis::Table::events));
        OverviewFacts out;
        auto const is = [](char const* column, char const* text) { return facts::equals(column, std::string(text)); };
        auto const within = [](Milliseconds a, Milliseconds b) { return facts::between("at_ms", a, b - 1); };
        auto const visits = [&](Milliseconds a, Milliseconds b) -> Result<OverviewFacts::Visits> {
            auto const count = [&](facts::Filter const& which) -> Result<std::int64_t> { return TRY(Query(events).where(which).measure({facts::count_distinct("session")}).run()).columns[0].numbers[0]; };
            auto const then = within(a, b) && !is("session", "");
            return OverviewFacts::Visits{TRY(count(then)), TRY(count(then && is("kind", "purchase")))};
        };
        out.visits = TRY(visits(from, until)), out.visits_before = TRY(visits(before, from));
        for (auto day = before; day < until; day += milliseconds_per_day) out.visits_by_day.push_back(TRY(visits(day, day + milliseconds_per_day)));
        auto const sold = [&](Milliseconds a, Milliseconds b, std::int64_t std::pair<std::int64_t, std::int64_t>::*into) -> Result<void> {
            auto const sums = TRY(Query(lines).where(within(a, b) && !is("status", "cancelled") && !is("kind", "return")).group_by({"product"}).measure({facts::sum("amount_minor")}).run());
            for (std::size_t i = 0; i < static_cast<std::size_t>(sums.rows); ++i) out.sold_minor[sums.columns[0].texts[i]].*into = sums.columns[1].numbers[i];
            return {};
        };
        using Pair = std::pair<std::int64_t, std::int64_t>;
        TRY(sold(from, until, &Pair::first));
        TRY(sold(before, from, &Pair::second));
        out.orders_to_ship = TRY(Query(lines).where(is("status", "paid") && !is("kind", "return")).measure({facts::count_distinct("order_id")}).run()).columns[0].numbers[0];
        return out;
    }();
    return asked ? *asked : std::nullopt;
}

std::vector<Operation> FactsKeeper::operations() {
    auto const query = [](Context& context, FactsKeeper& keeper, FactsQuery const& in) -> Result<FactsAnswer> {
        auto const opened = TRY(keeper.open(context.shop_id, TRY(table_or_error(in.table, "/table"))));
        auto answer = TRY(ask(opened.table, in, context.progress.stop));
        answer.current = opened.current;
        return answer;
    };
    return {
        keeper_operation<Nothing, FactsStatus>({.name = "facts.status", .scenario = "0", .summary = {"The fact tables for analysis: their columns, size, and how far they are.", "分析用事实表：列、规模与同步进度。"}, .permission = "facts.read"}, *this,
                                               [](Context& context, FactsKeeper& keeper, Nothing const&) { return status(context, keeper); }),
        keeper_operation<FactsQuery, FactsAnswer>({.name = "facts.query", .scenario = "21", .summary = {"Ask the facts: filter, group by up to three columns or calendar steps, measure, order.", "查询事实表：筛选、按至多三列或日历粒度分组、度量与排序。"}, .permission = "facts.read",
                                                   .reasons = {"unknown_fact_table", "facts_no_such_column", "facts_type_mismatch", "facts_bad_query", "facts_not_ready", "facts_corrupt", "facts_locked", "file_failed", "stopped"}}, *this, query),
        keeper_operation<FactsSql, FactsAnswer>({.name = "facts.sql", .scenario = "21", .summary = {"Ask the facts in SQL, read only.", "用只读 SQL 查询事实表。"}, .permission = "facts.read",
                                                 .reasons = {"duckdb_not_installed", "duckdb_failed", "sql_invalid", "sql_not_read_only", "sql_timeout", "result_too_large", "facts_type_mismatch", "facts_bad_schema", "facts_not_ready", "facts_corrupt", "facts_locked", "file_failed"}, .length = Length::long_}, *this, &run_sql),
        keeper_operation<ExportFacts, ExportedFacts>({.name = "facts.export", .scenario = "21", .summary = {"Write a fact table to a CSV or Parquet file in the exports folder.", "把事实表写成 CSV 或 Parquet 文件，存入 exports 文件夹。"}, .effect = Effect::act, .permission = "facts.export",
                                                      .reasons = {"unknown_fact_table", "duckdb_not_installed", "duckdb_failed", "facts_bad_schema", "facts_not_ready", "facts_corrupt", "facts_locked", "file_failed"}, .length = Length::long_}, *this, &write_export),
        keeper_operation<RebuildFacts, RebuiltFacts>({.name = "facts.rebuild", .scenario = "0", .summary = {"Read the facts anew from the shop's state.", "从店铺数据重新生成事实表。"}, .effect = Effect::act, .permission = "facts.write",
                                                      .reasons = {"unknown_fact_table", "facts_locked", "facts_corrupt", "file_failed"}, .length = Length::long_}, *this, &rebuild),
    };
}

}  // namespace kindling::shop
