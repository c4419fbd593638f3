#include "judged_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>

#include "bench.h"
#include "shop/duckdb/duckdb.h"
#include "shop/files/table_reader.h"

namespace kindling::bench {

namespace {

namespace fs = std::filesystem;
using Cells = std::vector<std::string_view>;

// f(cells of the columns asked for, in that order). A name with '?' may be missing: its cell is empty. Several names: "product_class|class".
void each_row(const fs::path& path, std::vector<std::string> names, const std::function<void(const Cells&)>& f) {
    std::vector<bool> optional;
    for (auto& name : names) optional.push_back(name.ends_with('?')), name = optional.back() ? name.substr(0, name.size() - 1) : name;
    auto const missing = [&](std::size_t i) {
        if (!optional[i]) give_up({Errc::invalid_argument, "column_missing", fmt::format("{} has no column {}.", path.filename().string(), names[i])});
    };
    Cells cells(names.size());
    if (path.extension() == ".parquet") {
        auto db = shop::duckdb::DuckDb::open({.shared_library = shop::duckdb::installed_library(), .memory_limit_mib = 4096, .threads = 2});
        if (!db) {
            fmt::print(stderr, "search-hybrid: {} skipped: {}\n", path.filename().string(), db.error().message);
            return;
        }
        auto const table = need(db->import_parquet(path, {.max_rows = 20'000'000, .max_text_bytes = std::size_t(12) << 30}));
        std::vector<const shop::facts::ResultColumn*> columns;
        for (std::size_t i = 0; i < names.size(); ++i)
            if (columns.push_back(table.find(names[i])); !columns.back()) missing(i);
        std::vector<std::string> held(names.size());
        for (std::int64_t r = 0; r < table.rows; ++r) {
            for (std::size_t i = 0; i < names.size(); ++i) {
                held[i].clear();
                auto const at = static_cast<std::size_t>(r);
                if (auto const* const c = columns[i]) held[i] = !c->texts.empty() ? c->texts[at] : !c->numbers.empty() ? std::to_string(c->numbers[at]) : !c->reals.empty() ? fmt::format("{}", c->reals[at]) : "";
                cells[i] = held[i];
            }
            f(cells);
        }
        return;
    }
    auto const reader = need(shop::files::open_table(path, {.header = shop::files::Header::present}));
    shop::files::Row row;
    std::vector<int> at;
    std::size_t known = 0;
    while (need(reader->next(row))) {
        if (known != reader->columns().size()) {  // JSON Lines may meet new names later
            known = reader->columns().size(), at.clear();
            for (auto const& name : names) at.push_back(shop::files::column_index(*reader, name));
        }
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (at[i] < 0 && reader->info().format == shop::files::Format::csv) missing(i);
            cells[i] = at[i] >= 0 && static_cast<std::size_t>(at[i]) < row.cells.size() ? row.cells[static_cast<std::size_t>(at[i])] : std::string_view();
        }
        f(cells);
    }
}

float number(std::string_view text) {
    float x = 0;
    auto const end = std::from_chars(text.data(), text.data() + text.size(), x);
    return !text.empty() && end.ec == std::errc() && std::isfinite(x) ? x : std::numeric_limits<float>::quiet_NaN();
}

std::string with_blanks(std::string_view text, std::string_view marks) {
    std::string out(text);
    for (auto& c : out)
        if (marks.find(c) != marks.npos) c = ' ';
    return out;
}

JudgedSet wands(const fs::path& folder) {
    JudgedSet set{.layout = JudgedSet::Layout::wands, .name = "wands", .best_grade = 2};
    ByText<std::uint32_t> products, queries;
    each_row(folder / "product.csv", {"product_id", "product_name", "product_class?", "category hierarchy?", "product_description?", "product_features?", "average_rating?", "review_count?"}, [&](const Cells& c) {
        if (c[0].empty() || !products.emplace(std::string(c[0]), static_cast<std::uint32_t>(set.products.size())).second) return;
        set.products.push_back({std::string(c[0]), std::string(c[1]), std::string(c[2]) + "\n" + with_blanks(c[3], "/"), with_blanks(c[5], "|:"), std::string(c[4]), std::string(c[2]), number(c[6]), number(c[7])});
    });
    each_row(folder / "query.csv", {"query_id", "query"}, [&](const Cells& c) {
        if (queries.emplace(std::string(c[0]), static_cast<std::uint32_t>(set.queries.size())).second) set.queries.push_back({.id = std::string(c[0]), .text = std::string(c[1]), .grades = {}});
    });
    each_row(folder / "label.csv", {"query_id", "product_id", "label"}, [&](const Cells& c) {
        auto const q = queries.find(c[0]);
        auto const p = products.find(c[1]);
        if (q == queries.end() || p == products.end()) return void(++set.unknown_products);
        set.queries[q->second].grades.emplace(p->second, c[2] == "Exact" ? 2 : c[2] == "Partial" ? 1 : 0);
    });
    return set;
}

std::vector<JudgedSet> esci(const fs::path& examples, const fs::path& products) {
    std::map<std::string, JudgedSet> sets;
    std::map<std::string, std::pair<ByText<std::uint32_t>, ByText<std::uint32_t>>> known;  // by locale: products, queries
    auto const set_of = [&](std::string_view locale) -> std::pair<JudgedSet&, std::pair<ByText<std::uint32_t>, ByText<std::uint32_t>>&> {
        auto const key = locale.empty() ? std::string("us") : std::string(locale);
        auto& set = sets[key];
        if (set.name.empty()) set.layout = JudgedSet::Layout::esci, set.name = "esci_" + key, set.best_grade = 3;
        return {set, known[key]};
    };
    each_row(products, {"product_id", "product_locale?", "product_title", "product_description?", "product_bullet_point?", "product_brand?", "product_color?"}, [&](const Cells& c) {
        auto [set, ids] = set_of(c[1]);
        if (c[0].empty() || !ids.first.emplace(std::string(c[0]), static_cast<std::uint32_t>(set.products.size())).second) return;
        auto const none = std::numeric_limits<float>::quiet_NaN();
        set.products.push_back({std::string(c[0]), std::string(c[2]), std::string(c[5]) + "\n" + std::string(c[6]), std::string(c[4]), std::string(c[3]), std::string(c[5]), none, none});
    });
    each_row(examples, {"query_id?", "query", "product_id", "product_locale?", "esci_label", "split?"}, [&](const Cells& c) {
        auto [set, ids] = set_of(c[3]);
        auto const [place, fresh] = ids.second.emplace(std::string(c[0].empty() ? c[1] : c[0]), static_cast<std::uint32_t>(set.queries.size()));
        if (fresh) set.queries.push_back({.id = place->first, .text = std::string(c[1]), .part = c[5] == "train" ? Part::train : c[5] == "test" ? Part::test : Part::none, .grades = {}});
        auto const p = ids.first.find(c[2]);
        if (p == ids.first.end()) return void(++set.unknown_products);
        auto const letter = c[4].empty() ? 'I' : c[4].front();  // "E" or "Exact"
        set.queries[place->second].grades.emplace(p->second, letter == 'E' ? 3 : letter == 'S' ? 2 : letter == 'C' ? 1 : 0);
    });
    std::vector<JudgedSet> out;
    for (auto& [locale, set] : sets) out.push_back(std::move(set));
    return out;
}

bool readable(const fs::path& file) {
    auto const name = file.filename().string();
    return file.extension() == ".parquet" || name.find(".csv") != name.npos || name.find(".json") != name.npos || name.find(".tsv") != name.npos;
}

// Files of other data may bear such a name.
bool has_columns(const fs::path& file, std::initializer_list<std::string_view> names) {
    if (file.extension() == ".parquet") return true;
    auto const reader = shop::files::open_table(file, {.header = shop::files::Header::present});
    if (!reader) return false;
    shop::files::Row row;
    (void)(*reader)->next(row);
    return std::ranges::all_of(names, [&](auto name) { return shop::files::column_index(**reader, name) >= 0; });
}

}  // namespace

std::vector<JudgedSet> load_judged_sets(const std::string& folder) {
    std::vector<fs::path> folders{folder};
    std::error_code none;
    for (auto const& entry : fs::directory_iterator(folder, none))
        if (entry.is_directory(none)) folders.push_back(entry.path());
    std::ranges::sort(folders);
    std::vector<JudgedSet> out;
    for (auto const& here : folders) {
        if (fs::exists(here / "product.csv", none) && fs::exists(here / "query.csv", none) && fs::exists(here / "label.csv", none)) {
            out.push_back(wands(here));
            continue;
        }
        fs::path examples, products, alone;
        std::vector<fs::path> files;
        for (auto const& entry : fs::directory_iterator(here, none))
            if (entry.is_regular_file(none) && readable(entry.path())) files.push_back(entry.path());
        std::ranges::sort(files);
        for (auto const& file : files) {
            auto const name = file.filename().string();
            if (name.find("examples") != name.npos) examples = file;
            else if (name.find("products") != name.npos) products = file;
            else if (name.find("esci") != name.npos) alone = file;
        }
        if (!examples.empty() && !has_columns(examples, {"query", "product_id", "esci_label"})) examples.clear();
        if (!products.empty() && !has_columns(products, {"product_id", "product_title"})) products.clear();
        if (!alone.empty() && !has_columns(alone, {"query", "product_id", "esci_label", "product_title"})) alone.clear();
        auto sets = !examples.empty() && !products.empty() ? esci(examples, products) : !alone.empty() && examples.empty() && products.empty() ? esci(alone, alone) : std::vector<JudgedSet>();
        for (auto& set : sets) out.push_back(std::move(set));
    }
    for (auto& set : out) {
        std::erase_if(set.queries, [](const JudgedQueryText& q) { return q.grades.empty() || q.text.empty(); });
        if (set.unknown_products > 0) fmt::print(stderr, "{}: {} judgements of products or queries that are not listed were passed over\n", set.name, set.unknown_products);
    }
    std::erase_if(out, [](const JudgedSet& set) { return set.products.empty() || set.queries.empty(); });
    return out;
}

}  // namespace kindling::bench
