#include "core/id.h"
#include "shop/catalogue/operations.h"
#include "shop/decisions/decisions.h"
#include "shop/page.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct ListLedger {
    std::string scenario;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("scenario", "Only of this scenario.", "仅此场景。").defaulted().longest(8), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListLedger, (), (scenario, page_size, page_token))

struct LedgerPage {
    std::vector<LedgerEntry> entries;
    std::string next_page_token;
    static constexpr Field fields[] = {field("entries", "Newest first.", "最新在前。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(LedgerPage, (), (entries, next_page_token))

struct LedgerSum {
    std::string scenario, value_kind;
    std::int64_t entries = 0, amount_minor = 0;
    double hours = 0;
    static constexpr Field fields[] = {field("scenario", "Scenario.", "场景。"), field("value_kind", "Kind of value.", "价值类别。"), field("entries", "Entries.", "条目数。"), field("amount_minor", "Money, minor units.", "金额合计，最小货币单位。"), field("hours", "Hours.", "工时合计。")};
};
BOOST_DESCRIBE_STRUCT(LedgerSum, (), (scenario, value_kind, entries, amount_minor, hours))

struct LedgerSummary {
    std::vector<LedgerSum> sums;
    std::string currency;
    static constexpr Field fields[] = {field("sums", "By scenario and kind of value.", "按场景与价值类别汇总。"), field("currency", "ISO 4217 code.", "货币代码。")};
};
BOOST_DESCRIBE_STRUCT(LedgerSummary, (), (sums, currency))

Result<LedgerEntry> book(Context& context, LedgerEntry const& in) {
    auto& tx = context.tx();
    if (!in.amount_minor && !in.hours) return fail(Errc::invalid_argument, "invalid_request", "An entry needs money or hours.", {{"/amount_minor", "required", "give amount_minor or hours"}});
    if (in.method.empty()) return fail(Errc::invalid_argument, "invalid_request", "The ledger books measured value only.", {{"/method", "required", "say how it was measured"}});
    auto entry = in;
    entry.entry_id = new_id("led");
    if (entry.currency.empty()) entry.currency = TRY(shop_currency(tx));
    if (!entry.at_ms) entry.at_ms = context.now;
    TRY(tx.execute("INSERT INTO ledger (shop_id, entry_id, scenario, value_kind, amount_minor, currency, hours, role, method, evidence, decision_id, at_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), entry.entry_id, entry.scenario, entry.value_kind, entry.amount_minor, entry.currency, entry.hours,
                   entry.role, entry.method, entry.evidence, entry.decision_id, entry.at_ms));
    tx.changed("ledger", entry.entry_id);
    return entry;
}

Result<LedgerPage> list_ledger(Context& context, ListLedger const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("ledger", in.page_token, 2));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (!in.scenario.empty()) where += " AND scenario = ?", values.emplace_back(in.scenario);
    if (!keys.empty()) where += " AND (at_ms, entry_id) < (?, ?)", values.emplace_back(static_cast<std::int64_t>(std::atoll(keys[0].c_str()))), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    LedgerPage page{TRY(tx.select_with<LedgerEntry>("SELECT entry_id, scenario, value_kind, amount_minor, currency, hours, role, method, evidence, decision_id, at_ms FROM ledger WHERE " + where + " ORDER BY at_ms DESC, entry_id DESC LIMIT ?", values)), {}};
    if (page.entries.size() > static_cast<std::size_t>(in.page_size)) {
        page.entries.pop_back();
        std::string const last[] = {std::to_string(page.entries.back().at_ms), page.entries.back().entry_id};
        page.next_page_token = page_token("ledger", last);
    }
    return page;
}

Result<LedgerSummary> summarise(Context& context, Nothing const&) {
    auto& tx = context.tx();
    return LedgerSummary{TRY((tx.select<LedgerSum>("SELECT scenario, value_kind, COUNT(*) AS entries, COALESCE(SUM(amount_minor), 0) AS amount_minor, COALESCE(SUM(hours), 0) AS hours FROM ledger WHERE shop_id = ? GROUP BY scenario, value_kind ORDER BY scenario, value_kind", tx.shop_id()))), TRY(shop_currency(tx))};
}

}  // namespace

Result<std::string> book_value(Context& context, LedgerEntry entry) { return TRY(book(context, entry)).entry_id; }

std::vector<Operation> ledger_operations() {
    return {
        operation({.name = "ledger.book", .scenario = "0", .summary = {"Book measured value with the method by which it was measured.", "登记已衡量的价值及其衡量方法。"}, .effect = Effect::act, .permission = "ledger.write"}, &book),
        operation({.name = "ledger.list", .scenario = "0", .summary = {"Booked value, newest first.", "价值账本，最新在前。"}, .permission = "ledger.read"}, &list_ledger),
        operation({.name = "ledger.summary", .scenario = "0", .summary = {"Booked value by scenario and kind.", "按场景与类别汇总的价值。"}, .permission = "ledger.read"}, &summarise),
    };
}

}  // namespace kindling::shop
