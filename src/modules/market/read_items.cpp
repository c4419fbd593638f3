// A file of somebody else's goods, row by row: columns by their names in either language, cells by the rules of imports.
#include "modules/market/rows.h"
#include "core/utf8.h"
#include "shop/imports/source.h"
#include "shop/imports/values.h"
#include <array>
#include <fmt/format.h>
#include <map>

namespace kindling::market {

namespace {

enum Column : std::size_t { title, price, rank, url, brand, description, code, item_id, stock, columns };
// Normal names (imports::normal_name) that mean the column.
constexpr std::array<std::string_view, columns> names{
    " title name productname producttitle itemname 标题 商品标题 商品名称 名称 品名 ",
    " price saleprice currentprice amount 价格 现价 售价 到手价 ",
    " rank salesrank bestsellerrank position 排名 销量排名 ",
    " url link producturl href 链接 网址 商品链接 ",
    " brand manufacturer vendor 品牌 厂商 ",
    " description details subtitle 描述 简介 卖点 ",
    " code model modelno modelnumber mpn gtin ean upc barcode sku 型号 条码 货号 ",
    " id itemid asin productid 编号 商品编号 商品id ",
    " stock instock availability available stockstatus stocklevel inventory 库存 有货 库存状态 是否有货 ",
};
constexpr std::array<std::size_t, columns> longest{1000, 40, 20, 2000, 200, 20'000, 128, 512, 100};

std::size_t column_of(std::string_view name) {
    auto const wanted = ' ' + shop::imports::normal_name(name) + ' ';
    if (wanted.size() <= 2) return columns;
    for (std::size_t c = 0; c < columns; ++c)
        if (names[c].find(wanted) != std::string_view::npos) return c;
    return columns;
}

// "In stock", "0", "缺货", https://schema.org/OutOfStock; what says neither is not known.
std::optional<std::int64_t> in_stock_of(std::string_view cell) {
    constexpr std::string_view there = " instock yes y true available limitedavailability onlineonly 有货 现货 在售 是 有 ", gone = " outofstock soldout no n false unavailable discontinued 无货 缺货 售罄 已售罄 下架 已下架 否 无 ";
    if (auto const whole = shop::imports::read_whole(cell)) return *whole > 0;
    if (auto const slash = cell.rfind('/'); slash != cell.npos) cell.remove_prefix(slash + 1);
    auto const said = ' ' + shop::imports::normal_name(cell) + ' ';
    if (said.size() <= 2) return std::nullopt;
    return there.find(said) != there.npos ? std::optional<std::int64_t>(1) : gone.find(said) != gone.npos ? std::optional<std::int64_t>(0) : std::nullopt;
}

bool is_link(std::string_view text) { return text.empty() || text.starts_with("https://") || text.starts_with("http://"); }

}  // namespace

Result<ReadItems> read_items(Context& context, ImportItems const& in, std::string const& currency) {
    auto const source = TRY(shop::imports::find_source(context, in.file_id, {}, shop::imports::TextEncoding::detect));
    auto const table = TRY(shop::files::open_table(source.path, source.options));
    std::array<int, columns> at;
    at.fill(-1);
    for (std::size_t i = 0; i < table->columns().size(); ++i)
        if (auto const c = column_of(table->columns()[i]); c < columns && at[c] < 0) at[c] = static_cast<int>(i);
    if (at[title] < 0) return fail(Errc::invalid_argument, "title_column_missing", "The file has no column named title, name or 标题; name one so.", {{"/file_id", "title_column_missing", "needs a title column"}});
    ReadItems out;
    auto& report = out.report;
    std::map<std::string, std::size_t> places;
    shop::imports::Reading const reading{.currency = currency};
    for (shop::files::Row row; TRY(table->next(row));) {
        if (++report.read > most_rows) return fail(Errc::invalid_argument, "too_many_rows", fmt::format("The file has more than {} rows; import it in parts.", most_rows), {{"/file_id", "too_many_rows", "too long"}});
        auto const cell = [&](Column c) { return at[c] >= 0 && static_cast<std::size_t>(at[c]) < row.cells.size() ? shop::imports::trimmed(row.cells[static_cast<std::size_t>(at[c])]) : std::string_view(); };
        std::optional<RefusedLine> refused;
        auto const refuse = [&](Column c, std::string reason, std::string message) {
            if (!refused) refused = RefusedLine{row.line, c < columns && at[c] >= 0 ? table->columns()[static_cast<std::size_t>(at[c])] : std::string(), std::move(reason), std::move(message)};
        };
        if (row.problem != shop::files::RowProblem::none) refuse(columns, std::string(shop::files::name_of(row.problem)), row.message);
        for (std::size_t c = 0; c < columns; ++c)
            if (cell(static_cast<Column>(c)).size() > longest[c]) refuse(static_cast<Column>(c), "too_long", fmt::format("has more than {} bytes", longest[c]));
        if (cell(title).empty()) refuse(title, "required", "every item needs a title");
        if (!is_link(cell(url))) refuse(url, "malformed_url", "must begin with https:// or http://");
        ItemRow item{.source = in.source, .title = shop::imports::plain_text(cell(title)), .brand = std::string(cell(brand)), .description = shop::imports::plain_text(cell(description)), .code = std::string(cell(code)), .url = std::string(cell(url)), .currency = currency};
        if (!cell(price).empty() && !refused) {
            if (auto const minor = shop::imports::read_amount(cell(price), reading); !minor) refuse(price, minor.error().reason, minor.error().message);
            else if (*minor < 0) refuse(price, "malformed_amount", "a price is not negative");
            else item.price_minor = *minor;
        }
        if (!cell(rank).empty() && !refused) {
            if (auto const whole = shop::imports::read_whole(cell(rank)); !whole) refuse(rank, whole.error().reason, whole.error().message);
            else if (*whole < 1) refuse(rank, "out_of_range", "ranks begin with 1");
            else item.sales_rank = *whole;
        }
        item.in_stock = in_stock_of(cell(stock));
        if (refused) {
            ++report.refused;
            if (static_cast<std::int64_t>(report.refused_lines.size()) < most_refused_shown) report.refused_lines.push_back(std::move(*refused));
            continue;
        }
        item.item_id = std::string(!cell(item_id).empty() ? cell(item_id) : !item.url.empty() ? utf8_prefix(item.url, longest[item_id]) : utf8_prefix(item.title, longest[item_id]));
        auto const [place, added] = places.try_emplace(item.item_id, out.items.size());
        if (added) out.items.push_back(std::move(item));
        else out.items[place->second] = std::move(item);
    }
    return out;
}

}  // namespace kindling::market
