// Any words on the command line of the widest operation: a request or a refusal, never a crash.
#include "core/fuzz_seeds.h"
#include "gateway/cli/arguments.h"
#include "gateway/render/sample_operations.h"
#include <sstream>

using namespace kindling;
using namespace kindling::gateway;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static Registry const registry = sample::registry();
    std::istringstream lines(std::string(reinterpret_cast<char const*>(data), size));
    std::vector<std::string> words;
    for (std::string word; std::getline(lines, word) && words.size() < 64;)
        if (!word.starts_with("--input")) words.push_back(word);  // no files
    std::istringstream in(R"({"customer_id":"c"})");
    GlobalOptions options;
    (void)read_request(*registry.find("orders.place"), words, in, options);
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "--customer_id\nc1\n--lines.0.sku=MUG\n--lines.0.quantity\n2\n--json\n--locale\nzh"sv,
    "--customer-id=c1\n--dry-run\n--data\nfolder\n--idempotency_key\nk"sv,
    "--request\n{\"customer_id\":\"c\",\"lines\":[{\"sku\":\"a\"}]}"sv,
    "--help\n--\n-"sv)
