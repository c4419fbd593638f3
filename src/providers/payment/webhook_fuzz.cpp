// A signature field from a stranger: no crash, and nothing verifies without the secret.
#include "core/fuzz_seeds.h"
#include "providers/payment/webhook.h"
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    std::string_view const all(reinterpret_cast<char const*>(data), size);
    auto const half = all.find('\n');
    std::string const secrets[] = {"a secret that the fuzzer does not sign with", ""};
    if (kindling::providers::verify_webhook(secrets, all.substr(0, half), half == all.npos ? "" : all.substr(half + 1), 1'700'000'000)) std::abort();
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "t=1700000000,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd,v0=ab\n{\"id\":\"evt\"}"sv,
    "v1=,t=\n"sv)
