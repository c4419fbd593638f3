// forecast.export: the newest forecast as a table, one row for each node and step (and place), to be fetched from GET /v1/exports/NAME.
#include "core/id.h"
#include "core/json_text.h"
#include "modules/forecast/paths.h"
#include "modules/forecast/planner.h"
#include "shop/duckdb/duckdb.h"
#include "shop/files/csv_writer.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fstream>

namespace kindling::forecast {

namespace {

using shop::imports::ExportFormat;

constexpr shop::duckdb::DuckDb::CsvColumn columns[] = {{"level", "VARCHAR"}, {"id", "VARCHAR"}, {"place_id", "VARCHAR"}, {"day", "DATE"}, {"first_day", "DATE"}, {"last_day", "DATE"}, {"days", "BIGINT"}, {"mean", "DOUBLE"}, {"q05", "DOUBLE"}, {"q10", "DOUBLE"}, {"q25", "DOUBLE"}, {"q50", "DOUBLE"}, {"q75", "DOUBLE"}, {"q90", "DOUBLE"}, {"q95", "DOUBLE"}};

class Writer {
public:
    Writer(Context& context, Current const& now, ExportRows const& what, std::filesystem::path const& to, ExportFormat as, shop::files::FormulaGuard guard) : context_(context), now_(now), what_(what), as_(as), csv_({.formula_guard = guard}), out_(to, std::ios::binary) {}

    Result<std::int64_t> write() {
        if (as_ != ExportFormat::jsonl) { std::vector<std::string> heads; for (auto const& c : columns) heads.emplace_back(c.name); csv_.row(std::span<std::string const>(heads)); }
        for (std::size_t i = 0; i < what_.nodes.size(); ++i) {
            auto const& n = what_.nodes[i];
            Width const width(now_, n.level, n.id, n.members);
            if (what_.together) rows(n, "", path_of(now_.means, n.members, {}), width);
            if (what_.places.size() == 1) rows(n, now_.kept.places[what_.places[0]], path_of(now_.means, n.members, Parts(now_.kept, n.members, what_.places[0])), width.at_a_place());
            else if (auto const paths = what_.places.empty() ? std::vector<std::vector<double>>() : paths_by_place(now_.kept, now_.means, n.members); !paths.empty())
                for (auto const p : what_.places) rows(n, now_.kept.places[p], paths[p], width.at_a_place());
            if (csv_.size() + text_.size() > 1 << 20) TRY(flush(static_cast<std::int64_t>(i), static_cast<std::int64_t>(what_.nodes.size())));
        }
        TRY(flush(1, 1));
        out_.close();
        if (!out_) return full();
        return rows_;
    }

private:
    static std::unexpected<Error> full() { return fail(Errc::unavailable, "disk_full", "The file could not be written; is the disk full?"); }
    Result<void> flush(std::int64_t done, std::int64_t total) {
        out_ << csv_.take() << text_;
        text_.clear();
        if (!out_) return full();
        if (context_.progress.stopped()) return fail(Errc::unavailable, "cancelled", "The export was cancelled; the unfinished file was removed.");
        context_.progress(done, total, "writing");
        return {};
    }
    void rows(Node const& n, std::string const& place, std::vector<double> const& path, Width const& width) {
        for (auto const& w : what_.windows) {
            auto const first = now_.kept.origin + static_cast<Day>(w.from), last = now_.kept.origin + static_cast<Day>(w.to) - 1;
            auto const mean = sum_of(path, w);
            auto const q = count_quantiles(mean, width.at(w.from, w.to), width.asked(w.from, w.to));
            ++rows_;
            if (as_ == ExportFormat::jsonl) {
                json::object o{{"level", name(n.level)}, {"id", n.id}, {"place_id", place}, {"day", format_date(w.day)}, {"first_day", format_date(first)}, {"last_day", format_date(last)}, {"days", w.to - w.from}, {"mean", mean}};
                for (std::size_t i = 0; i < q.size(); ++i) o[columns[8 + i].name] = q[i];
                append_text(o, text_), text_ += '\n';
                continue;
            }
            std::vector<std::string> cells{std::string(name(n.level)), n.id, place, format_date(w.day), format_date(first), format_date(last), std::to_string(w.to - w.from), fmt::format("{:.4f}", mean)};
            for (auto const v : q) cells.push_back(fmt::format("{:.0f}", v));
            csv_.row(std::span<std::string const>(cells));
        }
    }

    Context& context_;
    Current const& now_;
    ExportRows const& what_;
    ExportFormat as_;
    shop::files::CsvWriter csv_;
    std::ofstream out_;
    std::string text_;
    std::int64_t rows_ = 0;
};

}  // namespace

Result<shop::imports::WrittenExport> write_rows(Context& context, Current const& now, ExportRows const& what, ExportFormat format) {
    auto const folder = context.services.folder / "exports";
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    // As other exports: what was not fetched within a day goes.
    for (auto const& entry : std::filesystem::directory_iterator(folder, failed)) {
        std::error_code ignored;
        if (entry.path().filename().string().starts_with("forecast-") && std::filesystem::file_time_type::clock::now() - entry.last_write_time(ignored) > std::chrono::hours(24)) std::filesystem::remove(entry.path(), ignored);
    }
    shop::imports::WrittenExport out;
    out.file_name = fmt::format("forecast-{}-{}-{}{}.{}", context.shop_id, format_date(day_of(context.now)), what.reader.empty() ? "" : what.reader + "-", new_id("exp"), name(format));
    auto const to = folder / out.file_name, partial = std::filesystem::path(to.string() + ".part"), between = std::filesystem::path(to.string() + ".csv");
    struct Remove { std::filesystem::path a, b; ~Remove() { std::error_code ignored; std::filesystem::remove(a, ignored), std::filesystem::remove(b, ignored); } } const remove{partial, between};
    using shop::files::FormulaGuard;
    if (format == ExportFormat::parquet) {
        auto db = TRY(shop::duckdb::DuckDb::open({.shared_library = shop::duckdb::installed_library()}));
        out.rows = TRY(Writer(context, now, what, between, ExportFormat::csv, FormulaGuard::off).write());
        if (TRY(db.parquet_from_csv(between, columns, partial)) != out.rows) return fail(Errc::internal, "internal", "Not all rows arrived in the file.");
    } else out.rows = TRY(Writer(context, now, what, partial, format, format == ExportFormat::csv ? FormulaGuard::on : FormulaGuard::off).write());
    out.bytes = static_cast<std::int64_t>(std::filesystem::file_size(partial, failed));
    if (context.dry()) { out.file_name.clear(); return out; }
    std::filesystem::rename(partial, to, failed);
    if (failed) return fail(Errc::unavailable, "disk_full", "The file could not be written; is the disk full?");
    out.url = "/v1/exports/" + out.file_name;
    return out;
}

Result<shop::imports::WrittenExport> export_forecast(Context& context, ExportForecast const& in) {
    Current now;
    NodeFilter filter;
    {
        auto tx = TRY(context.services.store->read(context.shop_id));
        now = TRY(load_current(*tx));
        filter = TRY(NodeFilter::make(*tx, in.level, in.query, in.category_id, now.kept));
    }
    auto const& kept = now.kept;
    ExportRows what{.windows = windows_of(kept, in.step)};
    if (in.level == Level::variant) { for (std::uint32_t g = 0; g < kept.goods.size(); ++g) if (kept.goods[g].on_sale()) what.nodes.push_back({Level::variant, kept.goods[g].sku, {g}}); }
    else for (auto& n : nodes_of(kept)) if (n.level == in.level) what.nodes.push_back(std::move(n));
    std::erase_if(what.nodes, [&](Node const& n) { return !filter.wants(n.id, n.members, kept); });
    for (std::size_t p = 0; in.places == ForecastPlaces::each && p < kept.places.size(); ++p) what.places.push_back(p);
    return write_rows(context, now, what, in.format);
}

}  // namespace kindling::forecast
