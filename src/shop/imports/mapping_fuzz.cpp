// Any bytes as a table, any mapping over it: inspecting, guessing and reading cells must end, in bounded memory, without a finding.
#include "core/fuzz_seeds.h"
#include "core/utf8.h"
#include "shop/files/table_reader.h"
#include "shop/imports/goods.h"
#include "shop/imports/guess.h"
#include "shop/imports/values.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kindling::shop;
    using namespace kindling::shop::imports;
    if (size < 3) return 0;
    auto const rows = static_cast<Rows>(data[0] % 7);
    Reading const reading{.currency = data[1] & 1 ? "JPY" : "USD", .dates = static_cast<kindling::DateOrder>(data[1] / 2 % 3), .decimal = data[1] & 8 ? DecimalSign::comma : DecimalSign::point, .fraction = data[1] & 16 ? Reading::Fraction::round : Reading::Fraction::refuse};
    auto const shift = data[2];
    auto table = files::open_table_bytes(std::string(reinterpret_cast<char const*>(data + 3), size - 3), {.max_record_bytes = 1 << 16, .max_columns = 64, .source = {.max_bytes = 1 << 20}});
    if (!table) return 0;
    std::vector<std::string> const columns((*table)->columns().begin(), (*table)->columns().end());
    (void)recognise(columns);
    (void)guess_kind(columns, {});
    // A mapping that the guess would never make: fields by number.
    std::vector<ColumnField> mapping;
    auto const fields = target_fields(rows);
    for (std::size_t i = 0; i < columns.size(); ++i) mapping.push_back({columns[i], std::string(fields[(i + shift) % fields.size()].name)});
    auto const resolved = resolve(rows, Style::plain, mapping, columns);
    Columns mapped;
    if (resolved) mapped = *resolved;
    else
        for (std::size_t i = 0; i < columns.size(); ++i) mapped.at[static_cast<std::size_t>(fields[(i + shift) % fields.size()].id)] = static_cast<int>(i);
    Cells cells(mapped, reading, **table, rows);
    DateWatch watch;
    files::Row row;
    for (int n = 0; n < 1000; ++n) {
        auto const more = (*table)->next(row);
        if (!more || !*more) break;
        cells.show(row);
        for (auto const& f : fields) {
            auto const text = cells.text(f.id, 1000);
            switch (f.shape) {
            case Shape::text: break;
            case Shape::amount: (void)cells.amount(f.id); break;
            case Shape::whole: (void)cells.whole(f.id); break;
            case Shape::number: (void)cells.number(f.id); break;
            case Shape::time: (void)cells.time(f.id); break;
            case Shape::flag: (void)read_flag(text); break;
            }
            watch.see(text);
            if (!kindling::is_utf8(plain_text(text)) || !kindling::is_utf8(slug(text)) || !kindling::is_utf8(title_case(text))) __builtin_trap();
            (void)category_by_keyword(text);
        }
        if (cells.refused() && !kindling::is_utf8(cells.take().cell)) __builtin_trap();
    }
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\0\0\0sku,title,price,stock\nA,Lamp,10.50,3\nB,Vase,cheap,-2\n"sv,
    "\2\12\1InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n536365,85123A,HOLDER,6,12/1/2010 8:26,\"2,55\",17850,United Kingdom\n"sv,
    "\3\24\5Handle,Title,Vendor,Type,Tags,Published,Variant SKU,Variant Price\nmug,Mug,A,kitchen,\"a, b\",TRUE,M-1,1.999\n"sv,
    "\4\1\0商品编号;价格;日期\nA;¥1,299;2026年1月2日\n"sv)
