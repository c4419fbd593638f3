// Any bytes through every option of the table reader: no crash, rows have as many cells as there are columns, lines never go back.
#include "core/fuzz_seeds.h"
#include "shop/files/table_reader.h"
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kindling::shop::files;
    if (size < 2) return 0;
    TableOptions options;
    options.format = data[0] & 1 ? Format::detect : data[0] & 2 ? Format::csv : Format::jsonl;
    options.encoding = static_cast<Encoding>(data[0] / 4 % 6);
    options.max_record_bytes = data[1] & 1 ? 200 : 100'000;
    options.max_columns = data[1] & 2 ? 3 : 4096;
    options.delimiter = data[1] & 4 ? ';' : '\0';
    options.header = static_cast<Header>(data[1] / 8 % 3);
    auto table = open_table_bytes(std::string(reinterpret_cast<char const*>(data + 2), size - 2), options);
    if (!table) return 0;
    Row row;
    std::int64_t line = 0, record = 0;
    for (;;) {
        auto const more = (*table)->next(row);
        if (!more || !*more) break;
        if (row.cells.size() != (*table)->columns().size() || row.line < line || row.record != record + 1) std::abort();
        line = row.line, record = row.record;
        for (auto const cell : row.cells)
            for (char c : cell)
                if (c == '\0') std::abort();
    }
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\2\0sku,title,price\nA,\"a \"\"quoted\"\", cell\",1.5\r\nB,\"two\nlines\",2\n"sv,
    "\1\4a;b;c\n1;2;3\n"sv,
    "\0\0{\"a\":1,\"b\":\"x\"}\n{\"a\":null,\"c\":[1,2]}\n"sv,
    "\1\3\xff\xfe" "a\0,\0b\0\n\0001\0,\0002\0\n\0"sv,
    "\1\0[{\"a\":1},{\"a\":2}]"sv,
    "\1\0\x1f\x8b\x08\0\0\0\0\0\0\3"sv,
    "\13\20\xc9\xcc\xc6\xb7,\xbc\xdb\xb8\xf1\n\xb1\xad\xd7\xd3,19\n"sv)
