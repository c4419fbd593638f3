// modules/market/rows.h -- internal: items and matches as they are stored, and listings as the matching engine reads them.
#pragma once
#include "modules/market/api.h"
#include <set>

namespace kindling::market {

struct ItemRow {
    std::string source, item_id, title, brand, description, code, url, currency;
    std::optional<std::int64_t> price_minor, sales_rank, previous_price_minor, price_changed_at_ms, previous_rank;
    std::int64_t first_seen_at_ms = 0, seen_at_ms = 0;
    std::optional<std::int64_t> in_stock, stock_changed_at_ms;  // in_stock: 0, 1, or not said
    static constexpr Field fields[] = {{"source"}, {"item_id"}, {"title"}, {"brand"}, {"description"}, {"code"}, {"url"}, {"currency"}, {"price_minor"}, {"sales_rank"}, {"previous_price_minor"}, {"price_changed_at_ms"}, {"previous_rank"}, {"first_seen_at_ms"}, {"seen_at_ms"}, {"in_stock"}, {"stock_changed_at_ms"}};
};
BOOST_DESCRIBE_STRUCT(ItemRow, (), (source, item_id, title, brand, description, code, url, currency, price_minor, sales_rank, previous_price_minor, price_changed_at_ms, previous_rank, first_seen_at_ms, seen_at_ms, in_stock, stock_changed_at_ms))
inline constexpr std::string_view item_columns = "source, item_id, title, brand, description, code, url, currency, price_minor, sales_rank, previous_price_minor, price_changed_at_ms, previous_rank, first_seen_at_ms, seen_at_ms, in_stock, stock_changed_at_ms";

struct MatchRow {
    std::string source, item_id, product_id, state;
    double probability = 0;
    std::string reasons;
    static constexpr Field fields[] = {{"source"}, {"item_id"}, {"product_id"}, {"state"}, {"probability"}, {"reasons"}};
};
BOOST_DESCRIBE_STRUCT(MatchRow, (), (source, item_id, product_id, state, probability, reasons))

// Of a match that nobody confirmed: from this on somebody may be told of what it does.
inline constexpr double sure_enough = 0.8;
// What was told stands down to this: a probability moves a little with each learning.
inline constexpr double still_sure = 0.5;

// A file's rows. Errors of the file as imports.inspect has them; title_column_missing, too_many_rows.
inline constexpr std::int64_t most_rows = 50'000, most_refused_shown = 100;
struct ReadItems {
    std::vector<ItemRow> items;  // the last of two rows with one identifier
    ImportedItems report;        // read, refused, refused_lines
};
Result<ReadItems> read_items(Context&, ImportItems const&, std::string const& currency);

Result<ImportedItems> import_items(Context&, ImportItems const&);
Result<ItemPage> list_items(Context&, ListItems const&);
Result<Judged> judge(Context&, Judge const&);
Result<Signals> signals(Context&, AskSignals const&);
// Items with a product that people confirmed or that is likely enough to be told of (or to stand, once told), and ranked items without any, as they are: what moves are looked for in.
Result<std::vector<MarketItem>> watched_items(Context&);
// The moves of the market that were not told yet, as decisions, within what the owner wants to hear. Reads, then writes, in transactions of its own.
Result<Watched> watch(Context const&);

// Products on sale and drafts as listings: one for each language they have a title in, or one alone.
enum class Languages { each, one };
struct OwnListings {
    std::vector<matching::Record> records;
    std::vector<std::string> product_ids, titles;  // of each record
    std::vector<bool> chinese;
    std::int64_t products = 0;
};
// A SKU is a code beside barcodes only where an item elsewhere bears it (`codes_elsewhere`, by matching::compact): the shop's own numbering says nothing of others.
Result<OwnListings> own_listings(shop::Transaction&, std::string const& currency, Languages, std::set<std::string> const& codes_elsewhere = {});

// What speaks for and against a pair, as "kind=detail;..." to keep, and as sentences.
std::string reasons_of(matching::Pool const&, std::uint32_t left, std::uint32_t right, bool rival_near);
std::vector<MatchReason> told(std::string_view kept, MatchState, Locale);

}  // namespace kindling::market
