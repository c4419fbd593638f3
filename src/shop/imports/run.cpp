// imports.run: one file, one transaction. Rows pass one by one through a sink of their kind; memory holds one block of the file, a window of
// orders and a hash for each key.
#include "core/id.h"
#include "core/json_text.h"
#include "core/money.h"
#include "core/utf8.h"
#include "shop/catalogue/operations.h"
#include "shop/imports/outcome.h"
#include "shop/imports/source.h"
#include "shop/imports/undo.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::shop::imports {

namespace {

struct Plan {
    Preset const* preset = nullptr;
    Rows rows = Rows::products;
    Style style = Style::plain;
    Columns columns;
    Reading reading;
    std::string currency_wanted, locale_wanted, note;
};

Result<Plan> make_plan(RunImport const& in, Source const& source) {
    Plan plan;
    auto const look = TRY(look_at(source, 2000));
    plan.preset = TRY(choose_preset(in.preset, in.kind, look.columns));
    std::vector<ColumnField> mapping = in.mapping;
    if (plan.preset) plan.rows = plan.preset->rows, plan.style = plan.preset->style;
    else if (in.kind) plan.rows = *in.kind;
    else {
        auto const guess = guess_kind(look.columns, look.samples);
        if (guess.sure == KindGuess::Sure::no && mapping.empty()) return fail(Errc::invalid_argument, "kind_unsure", "What the rows are could not be concluded with certainty; look at the file with imports.inspect and give kind and mapping.", {{"/kind", "kind_unsure", "must be given for this file"}});
        plan.rows = guess.rows;
    }
    if (mapping.empty() && plan.preset) mapping = pairs_of(*plan.preset, look.columns);
    else if (mapping.empty()) {
        auto const guesses = guess_columns(plan.rows, look.columns, look.samples);
        for (std::size_t i = 0; i < guesses.size(); ++i)
            if (guesses[i].field && guesses[i].confidence >= 0.5) mapping.push_back({look.columns[i], std::string(guesses[i].field->name)});
    }
    plan.columns = TRY(resolve(plan.rows, plan.style, mapping, look.columns));

    if (!in.currency.empty() && !is_currency(in.currency)) return fail(Errc::invalid_argument, "invalid_request", "The currency is no ISO 4217 code.", {{"/currency", "malformed_currency", "must be three capital letters"}});
    plan.currency_wanted = in.currency;
    if (plan.currency_wanted.empty() && plan.preset) plan.currency_wanted = plan.preset->currency;
    if (plan.currency_wanted.empty() && plan.columns.has(F::currency))
        for (auto const& s : look.samples[static_cast<std::size_t>(plan.columns.at[static_cast<std::size_t>(F::currency)])])
            if (is_currency(s)) { plan.currency_wanted = s; break; }
    if (!in.shop_locale.empty() && in.shop_locale != "en" && in.shop_locale != "zh") return fail(Errc::invalid_argument, "invalid_request", "The language is neither en nor zh.", {{"/shop_locale", "unknown_value", "must be en or zh"}});
    plan.locale_wanted = !in.shop_locale.empty() ? in.shop_locale : plan.preset ? std::string(plan.preset->language) : "";
    if (!in.time_zone.empty() && !is_time_zone(in.time_zone)) return fail(Errc::invalid_argument, "invalid_request", "The time zone is not known.", {{"/time_zone", "unknown_value", "expected an IANA name such as Asia/Shanghai or Etc/UTC"}});
    plan.reading.time_zone = in.time_zone;
    plan.reading.decimal = in.decimal;
    if (plan.style == Style::online_retail) plan.reading.fraction = Reading::Fraction::round;

    if (in.date_order != DateStyle::detect) {
        plan.reading.dates = in.date_order == DateStyle::month_first ? DateOrder::month_first : in.date_order == DateStyle::day_first ? DateOrder::day_first : DateOrder::year_first;
        return plan;
    }
    auto seen = TRY(dates_in(source, plan.rows, plan.columns, 2000));
    if (seen == DatesSeen::both_possible) seen = TRY(dates_in(source, plan.rows, plan.columns, std::numeric_limits<std::size_t>::max()));
    auto const ambiguous = [](std::string_view why) { return fail(Errc::invalid_argument, "ambiguous_dates", fmt::format("{} Say date_order: month_first or day_first.", why), {{"/date_order", "ambiguous_dates", "must be given for this file"}}); };
    switch (seen) {
    case DatesSeen::none: break;
    case DatesSeen::month_first: plan.reading.dates = DateOrder::month_first, plan.note = "Dates begin with the month: some have a second number above 12."; break;
    case DatesSeen::day_first: plan.reading.dates = DateOrder::day_first, plan.note = "Dates begin with the day: some have a first number above 12."; break;
    case DatesSeen::contradictory: return ambiguous("Some dates can only begin with the month and some only with the day.");
    case DatesSeen::both_possible:
        if (!plan.preset || plan.preset->dates == DateOrder::year_first) return ambiguous("Every date of this file can begin with the month or with the day.");
        plan.reading.dates = plan.preset->dates;
        plan.note = fmt::format("Dates begin with the {}, as {} writes them.", plan.preset->dates == DateOrder::month_first ? "month" : "day", plan.preset->name);
    }
    return plan;
}

// The shop's currency, which the file's must be. An empty shop takes the file's, and its language.
Result<std::string> settle_shop(Context& context, Plan const& plan, Journal& journal) {
    auto& tx = context.tx();
    auto const now = TRY(shop_currency(tx));
    auto const before = TRY(journal.now(Thing::shop, "shop"));
    bool const empty = TRY(tx.integer("SELECT COUNT(*) FROM products WHERE shop_id = ?", tx.shop_id())) == 0 && TRY(tx.integer("SELECT COUNT(*) FROM orders WHERE shop_id = ?", tx.shop_id())) == 0;
    if (empty && plan.style == Style::online_retail) {
        TRY(tx.execute("UPDATE shops SET name = 'Online Retail', name_zh = CASE WHEN name_zh = '我的店铺' THEN '' ELSE name_zh END WHERE shop_id = ? AND name IN ('', 'My shop')", tx.shop_id()));
        TRY(journal.changed(Thing::shop, "shop", before.value_or("")));
    }
    if (empty && !plan.locale_wanted.empty()) {
        TRY(tx.execute("UPDATE shops SET locale = ? WHERE shop_id = ?", plan.locale_wanted, tx.shop_id()));
        TRY(journal.changed(Thing::shop, "shop", before.value_or("")));
        tx.changed("setting");
    }
    if (plan.currency_wanted.empty() || plan.currency_wanted == now) return now;
    if (!empty) return fail(Errc::failed_precondition, "currency_differs", fmt::format("The file's amounts are in {}, and the shop keeps its books in {}. Import it into a shop of its own, or say currency: {} if the file's amounts are that.", plan.currency_wanted, now, now), {{"/currency", "currency_differs", fmt::format("must be {}", now)}});
    TRY(tx.execute("UPDATE shops SET currency = ? WHERE shop_id = ?", plan.currency_wanted, tx.shop_id()));
    TRY(journal.changed(Thing::shop, "shop", before.value_or("")));
    tx.changed("setting");
    return plan.currency_wanted;
}

std::unique_ptr<Sink> sink_of(Rows rows, Work& work) {
    switch (rows) {
    case Rows::products: return product_sink(work);
    case Rows::orders: return order_sink(work);
    case Rows::customers: return customer_sink(work);
    case Rows::reviews: return review_sink(work);
    case Rows::order_items: return item_sink(work);
    case Rows::order_payments: return payment_sink(work);
    case Rows::category_names: return category_sink(work);
    }
    return nullptr;
}

Result<void> pass_rows(Context& context, files::TableReader& table, Cells& cells, Outcome& outcome, Sink& sink) {
    files::Row row;
    auto const report = [&] {
        auto const info = table.info();
        context.progress(info.consumed_bytes, info.total_bytes, "reading rows");
    };
    while (TRY(table.next(row))) {
        ++outcome.read;
        cells.show(row);
        if (row.problem != files::RowProblem::none) {
            std::string start;
            for (auto cell : row.cells)
                if (start.size() < 160) start += (start.empty() ? "" : " | ") + std::string(utf8_prefix(cell, 80));
            outcome.refuse(row.line, {std::string(files::name_of(row.problem)), row.message, "", repair_utf8(start)});
        } else TRY(sink.row());
        if (outcome.read % 2048 == 0) {
            report();
            if (context.progress.stopped()) return fail(Errc::unavailable, "cancelled", "The import was cancelled; nothing of the file was kept.");
        }
    }
    context.progress(table.info().total_bytes, table.info().total_bytes, "writing");
    return sink.finish();
}

ImportReport report_of(Outcome const& outcome, Plan const& plan, std::string file_name) {
    ImportReport r{.file_name = std::move(file_name), .preset = plan.preset ? std::string(plan.preset->name) : "", .kind = plan.rows, .read = outcome.read, .accepted = outcome.accepted, .unchanged = outcome.unchanged, .skipped = outcome.skipped, .refused = outcome.refused, .created = outcome.created};
    for (auto const& [reason, n] : outcome.reasons) r.reasons.push_back({reason, n});
    for (auto const& [rule, n] : outcome.skipped_reasons) r.skipped_reasons.push_back({rule, n});
    r.refused_lines.assign(outcome.refused_lines.begin(), outcome.refused_lines.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(outcome.refused_lines.size(), 500)));
    r.skipped_lines.assign(outcome.skipped_lines.begin(), outcome.skipped_lines.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(outcome.skipped_lines.size(), 50)));
    if (!plan.note.empty()) r.notes.push_back(plan.note);
    for (auto const& [note, n] : outcome.notes) r.notes.push_back(fmt::format("{} {}.", n, note));
    return r;
}

// The record of an import, which outlives a file that was refused.
Result<void> keep_record(Transaction& tx, Context& context, ImportReport& r, Outcome const& outcome) {
    auto summary = r;
    summary.refused_lines.clear(), summary.skipped_lines.clear();
    TRY(tx.execute("INSERT INTO imports (shop_id, import_id, file_name, kind, mapping, state, lines, accepted, refused, unchanged, skipped, caller, report, created_at_ms, ended_at_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), r.import_id, r.file_name, name(r.kind), r.preset, name(r.state), r.read, r.accepted,
                   r.refused, r.unchanged, r.skipped, context.caller.id, to_text(write_json(summary)), context.now, context.now + r.duration_ms));
    std::int64_t position = 0;
    for (auto const& [what, lines] : {std::pair("refused", &outcome.refused_lines), std::pair("skipped", &outcome.skipped_lines)}) {
        TRY(tx.run_many("INSERT INTO import_lines (shop_id, import_id, position, outcome, line, column_name, reason, message, cell) VALUES (?,?,?,?,?,?,?,?,?)", lines->size(), [&](std::size_t i, std::vector<Value>& values) {
            auto const& l = (*lines)[i];
            values = {tx.shop_id(), r.import_id, position + static_cast<std::int64_t>(i), what, l.line, l.column, l.reason, l.message, l.text};
        }));
        position += static_cast<std::int64_t>(lines->size());
    }
    TRY(tx.execute("INSERT INTO audit (shop_id, seq, at_ms, request_id, caller, operation, effect, subject, outcome, summary) VALUES (?,?,?,?,?,'imports.run','act',?,?,?)", tx.shop_id(), TRY(tx.next_sequence("audit")), context.now, context.request_id, context.caller.id, r.import_id, r.state == ImportState::refused ? "refused" : "ok",
                   to_text(json::object{{"file_name", r.file_name}, {"read", r.read}, {"accepted", r.accepted}, {"refused", r.refused}})));
    tx.changed("import", r.import_id);
    return {};
}

}  // namespace

Result<ImportReport> run_import(Context& outer, RunImport const& in) {
    auto const begun = std::chrono::steady_clock::now();
    auto const took = [&] { return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count(); };
    auto const source = TRY(find_source(outer, in.file_id, in.path, in.encoding));
    auto plan = TRY(make_plan(in, source));
    auto const table = TRY(files::open_table(source.path, source.options));

    Outcome outcome;
    auto tx = TRY(outer.services.store->write(outer.shop_id));
    Context context = outer;
    context.open = tx.get();
    TRY(tx->execute("DELETE FROM import_changes WHERE shop_id = ? AND import_id IN (SELECT import_id FROM imports WHERE shop_id = ? AND created_at_ms < ?)", outer.shop_id, outer.shop_id, outer.now - undo_days * milliseconds_per_day));
    Journal journal(*tx, new_id("imp"));
    plan.reading.currency = TRY(settle_shop(context, plan, journal));
    if (plan.reading.time_zone.empty()) plan.reading.time_zone = TRY(shop_time_zone(*tx));
    Cells cells(plan.columns, plan.reading, *table, plan.rows);
    Work work{context, cells, outcome, journal, plan.preset, plan.style, in.on_refused, plan.reading.currency};
    auto const sink = sink_of(plan.rows, work);
    TRY(pass_rows(context, *table, cells, outcome, *sink));
    TRY(journal.finish());

    auto report = report_of(outcome, plan, in.file_name.empty() ? source.shown_name : in.file_name);
    bool const refused = outcome.refused > 0 && in.on_refused == OnRefused::write_nothing;
    if (outer.dry()) {
        tx->rollback();
        report.state = ImportState::dry_run;
        if (refused) report.notes.push_back("As it stands the file would be refused as a whole, because of its refused rows.");
        report.duration_ms = took();
        return report;
    }
    report.import_id = journal.import_id();
    if (refused) {
        tx->rollback();
        tx.reset();
        report.state = ImportState::refused;
        report.notes.push_back("Nothing of the file was kept, because rows were refused. Correct them, or ask to keep the good rows.");
        tx = TRY(outer.services.store->write(outer.shop_id));
    }
    report.duration_ms = took();
    TRY(keep_record(*tx, outer, report, outcome));
    TRY(tx->commit());
    report.duration_ms = took();
    return report;
}

}  // namespace kindling::shop::imports
