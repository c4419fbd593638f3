// Any text read as a request: an answer, never a crash; what is accepted writes back to what satisfies its own schema and reads again.
#include "core/fuzz_seeds.h"
#include "core/json_text.h"
#include "core/sample_for_test.h"
#include <boost/json.hpp>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    using namespace kindling;
    auto const parsed = parse_json({reinterpret_cast<char const*>(data), size});
    if (!parsed) return 0;
    auto const again = parse_json(to_text(*parsed));
    if (!again) std::abort();
    auto const sample = read_json<Sample>(*parsed);
    if (!sample) {
        if (sample.error().fields.empty()) std::abort();
        return 0;
    }
    auto const written = write_json(*sample);
    if (!schema_breach(written, type_of<Sample>()).empty()) std::abort();
    auto const back = read_json<Sample>(written);
    if (!back || to_text(write_json(*back)) != to_text(written)) std::abort();
    return 0;
}

KINDLING_FUZZ_SEEDS(
    R"~({"name":"a","size":"large","weight":1.5,"gift":true,"note":null,"lines":[{"sku":"A","quantity":2}],"data":{"x":[1,2.5e3,"\u00e9\ud83d\ude00"]}})~"sv,
    R"~({"name":1,"lines":[{"sku":"123456789","quantity":10},3],"unknown":true})~"sv,
    R"~([[[[{"a":-0.0,"b":9223372036854775808}]]]])~"sv)
