#include "app/import_command.h"
#include "app/app.h"
#include "app/commands.h"
#include "core/grouped.h"
#include "core/json_text.h"
#include "gateway/cli/progress_bar.h"
#include "shop/files/csv_writer.h"
#include "shop/imports/api.h"
#include "shop/imports/export.h"
#include "shop/people/time_zones.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fstream>
#include <ostream>

namespace kindling::app {

namespace {

using gateway::CommandCall;
using gateway::Streams;
namespace imports = shop::imports;

struct File {
    std::string path;
    int rank = 0;
};

// The mapping of a file of JSON: [{"column": "...", "field": "..."}].
Result<std::vector<imports::ColumnField>> read_mapping(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    std::string const text((std::istreambuf_iterator<char>(in)), {});
    auto const value = TRY(parse_json(text));
    auto const* list = value.if_array();
    if (!list) return fail(Errc::invalid_argument, "malformed_json", fmt::format("{} is no list of columns and fields.", path));
    std::vector<imports::ColumnField> out;
    for (auto const& v : *list) out.push_back(TRY(read_json<imports::ColumnField>(v)));
    return out;
}

std::string summary(imports::ImportReport const& r) {
    std::string out = fmt::format("{}: {} rows read in {:.1f} s{}\n", gateway::printable(r.file_name), grouped(r.read), static_cast<double>(r.duration_ms) / 1000, r.preset.empty() ? "" : ", as " + r.preset);
    auto const line = [&](std::string_view what, std::int64_t n) { if (n) out += fmt::format("  {:<12}{:>12}\n", what, grouped(n)); };
    line("accepted", r.accepted), line("unchanged", r.unchanged), line("skipped", r.skipped), line("refused", r.refused);
    auto const& c = r.created;
    std::string made;
    for (auto const& [what, n] : {std::pair("products", c.products), {"customers", c.customers}, {"orders", c.orders}, {"order lines", c.order_lines}, {"reviews", c.reviews}, {"payments", c.payments}, {"categories", c.categories}})
        if (n) made += (made.empty() ? "" : ", ") + grouped(n) + " " + what;
    if (!made.empty()) out += fmt::format("  {} {}\n", r.state == imports::ImportState::done ? "made" : "would make", made);
    for (auto const& s : r.skipped_reasons) out += fmt::format("  skipped by rule: {} {}\n", grouped(s.lines), s.reason);
    for (auto const& s : r.reasons) out += fmt::format("  refused: {} {}\n", grouped(s.lines), s.reason);
    for (std::size_t i = 0; i < std::min<std::size_t>(r.refused_lines.size(), 10); ++i) {
        auto const& l = r.refused_lines[i];
        out += fmt::format("    line {}: {}{}{}\n", l.line, l.column.empty() ? "" : gateway::printable(l.column) + " ", gateway::printable(l.message), l.text.empty() ? "" : ": " + gateway::cut(gateway::printable(l.text), 60));
    }
    for (auto const& n : r.notes) out += "  " + gateway::printable(n) + "\n";
    return out;
}

// Every kept line of a real import, or the first ones of a dry run.
Result<void> write_refused(App& app, imports::ImportReport const& report, gateway::Call const& call, shop::files::CsvWriter& csv) {
    auto const put = [&](imports::ImportLine const& l) {
        std::string const cells[] = {report.file_name, std::to_string(l.line), l.column, l.reason, l.message, l.text};
        csv.row(cells);
    };
    if (report.import_id.empty()) {
        for (auto const& l : report.refused_lines) put(l);
        return {};
    }
    std::string token;
    do {
        auto const page = TRY(app.executor().call("imports.get", json::object{{"import_id", report.import_id}, {"page_size", 500}, {"page_token", token}}, call));
        for (auto const& l : page.at("lines").as_array()) put(TRY(read_json<imports::ImportLine>(l)));
        token = page.at("next_page_token").as_string();
    } while (!token.empty());
    return {};
}

}  // namespace

Result<int> run_import_command(CommandCall const& given, Streams const& streams, std::stop_token stop) {
    auto const app = TRY(App::open(options_of(given.global)));
    // Days of UTC are those of a file whose times name no offset, whatever the zone it was written in.
    auto const zone = given.has("time_zone") ? given.text("time_zone") : std::string_view("Etc/UTC");
    if (!shop::is_time_zone(zone)) return fail(Errc::invalid_argument, "invalid_request", "The time zone is not known.", {{"/time_zone", "unknown_value", "expected an IANA name such as Asia/Shanghai or Etc/UTC"}});
    if (TRY(app->is_new())) streams.err << fmt::format("A new shop, its days those of {}. It takes the currency of the first file (--currency) and its language (--shop_locale); where a file says neither they are CNY and zh.\n", gateway::printable(zone));
    TRY(app->make_shop("My shop", "我的店铺", "CNY", "zh", zone));
    gateway::Call call{.caller = App::system_caller(), .locale = given.global.locale, .request_id = "import"};
    call.shop_id = TRY(shop_of(*app, given.global.shop));

    std::string preset(given.text("mapping"));
    std::vector<imports::ColumnField> mapping;
    std::error_code failed;
    if (std::filesystem::is_regular_file(preset, failed)) mapping = TRY(read_mapping(preset)), preset.clear();

    // Files of one set build on one another: customers and products before orders, orders before their items.
    std::vector<File> files;
    for (auto const& path : given.words) {
        auto const seen = app->executor().call("imports.inspect", json::object{{"path", path}, {"preset", preset}}, call);
        if (!seen) return fail(seen.error().code, seen.error().reason, fmt::format("{}: {}", path, seen.error().message), seen.error().fields);
        auto const* const known = imports::find_preset(std::string_view(seen->at("preset").as_string()));
        files.push_back({path, known ? known->rank : 0});
    }
    std::ranges::stable_sort(files, {}, &File::rank);

    shop::files::CsvWriter csv;
    std::string const header[] = {"file", "line", "column", "reason", "message", "cell"};
    csv.row(header);
    int code = 0;
    for (auto const& file : files) {
        gateway::ProgressBar bar(streams.err, {.screen = streams.err_is, .columns = streams.columns});
        call.progress = bar.progress(stop);
        call.mode = given.global.mode == gateway::CallMode::dry_run ? Context::Mode::dry_run : Context::Mode::real;
        json::object request{{"path", file.path}, {"preset", preset}, {"on_refused", given.has("keep_good") ? "keep_good" : "write_nothing"}};
        if (!mapping.empty()) request["mapping"] = write_json(mapping);
        for (auto const* flag : {"kind", "currency", "time_zone", "shop_locale", "date_order", "decimal", "encoding"})
            if (given.has(flag)) request[flag] = given.text(flag);
        if (given.text("encoding") == "utf-8") request["encoding"] = "utf8";
        auto const answer = app->executor().call("imports.run", request, call);
        if (!answer) return fail(answer.error().code, answer.error().reason, fmt::format("{}: {}", file.path, answer.error().message), answer.error().fields);
        auto const report = TRY(read_json<imports::ImportReport>(*answer));
        call.progress = {};
        TRY(write_refused(*app, report, call, csv));
        if (given.global.output == gateway::Output::json) streams.out << to_text(*answer) << '\n';
        else streams.out << summary(report);
        if (report.state == imports::ImportState::refused) code = 2;
    }
    if (given.has("report")) {
        std::ofstream out{std::string(given.text("report")), std::ios::binary};
        out << csv.take();
        if (!out) return fail(Errc::unavailable, "disk_full", fmt::format("The report could not be written to {}.", given.text("report")));
    }
    return code;
}

Result<int> run_export_command(CommandCall const& given, Streams const& streams, std::stop_token stop) {
    auto const app = TRY(App::open(options_of(given.global)));
    auto const format = given.text("format");
    if (format != "csv" && format != "jsonl" && format != "parquet") return fail(Errc::invalid_argument, "unknown_value", fmt::format("The format {} is unknown; there are csv, jsonl and parquet.", gateway::printable(format)));
    std::filesystem::path const folder = given.words[0];
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return fail(Errc::unavailable, failed == std::errc::no_space_on_device ? "disk_full" : "file_failed", fmt::format("The folder {} cannot be made: {}.", folder.string(), failed.message()));
    auto const shop_id = TRY(shop_of(*app, given.global.shop));
    auto const tx = TRY(app->services().store->read(shop_id));  // one for all files, so that they agree
    gateway::ProgressBar bar(streams.err, {.screen = streams.err_is, .columns = streams.columns});
    Context context{.services = app->services(), .open = tx.get(), .shop_id = shop_id, .caller = App::system_caller(), .now = now_ms(), .progress = bar.progress(stop)};
    std::string list(given.text("what"));
    for (std::size_t at = 0; at <= list.size();) {
        auto const end = std::min(list.find(',', at), list.size());
        auto const what = list.substr(at, end - at);
        at = end + 1;
        if (what.empty()) continue;
        auto const file = folder / fmt::format("{}.{}", std::filesystem::path(what).filename().string(), format);
        auto const rows = TRY(shop::imports::export_table(context, {.what = what, .format = format == "csv" ? shop::imports::ExportFormat::csv : format == "jsonl" ? shop::imports::ExportFormat::jsonl : shop::imports::ExportFormat::parquet, .to = file}));
        streams.out << fmt::format("{}: {} rows\n", file.string(), grouped(rows));
    }
    return 0;
}

}  // namespace kindling::app
