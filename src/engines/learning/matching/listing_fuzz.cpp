// Any bytes as two listings, one field per line: read, paired, compared and retold.
#include <cmath>
#include <cstdlib>

#include "core/fuzz_seeds.h"
#include "engines/learning/matching/simulate.h"

using namespace kindling;
using namespace kindling::matching;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static auto const analyzer = *text::Analyzer::create({});
    Analyse const analyse = [](std::string_view t, text::Mode mode, std::vector<text::Token>& out) { analyzer->analyze(t, mode, out); };
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    auto const line = [&] {
        auto const end = std::min(rest.find('\n'), rest.size());
        std::string const out(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return out;
    };
    std::vector<Record> records(2);
    for (auto& r : records) r.title = line(), r.brand = line(), r.description = line(), r.codes = {line()}, r.price_minor = static_cast<std::int64_t>(r.title.size()) - 3;
    records.push_back(retell(records[0], records, size));
    for (bool const one_list : {false, true}) {
        Pool const pool(records, one_list ? std::span<const Record>() : records, analyse);
        auto const field = make_field(pool, {}, {});
        for (std::size_t p = 0; p < field.pairs.size(); ++p)
            for (auto const share : {title_cosine, title_shared, left_told, right_told, left_title_in_right, right_title_in_left, code_prefix, code_stretch})
                if (auto const x = field.features[p][share]; !std::isnan(x) && (x < 0 || x > 1.001f)) std::abort();
    }
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "Panasonic KX-TG9343T phone\nPanasonic\ncordless, 3 handsets\nKX-TG9343T\npanasonic kxtg9343t dect 6.0\n\n\n\n"sv,
    "小米手环8 NFC版\n小米\n运动手环\n6901234567892\n小米 手环 8\n\n防水 50米\n\n"sv,
    "photo shop cs3 v10 .0\nadobe\n\n13102488\nphotoshop cs3 ( mac )\n\n\n\n"sv)
