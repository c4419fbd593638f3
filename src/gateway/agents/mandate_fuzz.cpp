// Whatever a platform sends as a mandate, a signature field or a profile header: an answer, never a crash, and never a mandate that nobody signed.
#include "core/fuzz_seeds.h"
#include "gateway/agents/http_signature.h"
#include "gateway/agents/mandate.h"
#include "gateway/agents/ucp/ucp.h"
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    using namespace kindling;
    using namespace kindling::gateway::agents;
    static auto const key = SigningKey::make();
    static json::array const keys{key.public_jwk("k")};
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    if (read_mandate(text, keys, keys, 1'700'000'000'000)) std::abort();
    (void)profile_of(text);
    gateway::Request request;
    request.host = "shop.example", request.target = request.path = "/ucp/v1/carts";
    request.headers.add("Signature-Input", text), request.headers.add("Signature", text);
    if (check_signature(request, keys)) std::abort();
    if (auto const parsed = parse_json(text)) (void)canonical_json(*parsed);
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.eyJ2Y3QiOiJtYW5kYXRlLmNoZWNrb3V0LjEifQ.AAAA~WyJzYWx0IiwiY2hlY2tvdXRfand0IiwieCJd~"sv,
    "profile=\"https://platform.example/p\";a=1, other"sv,
    "sig1=(\"@method\" \"@authority\" \"@path\");created=1;keyid=\"k\""sv,
    "{\"b\":[1e21,-0.5,null],\"a\":\"\\u20ac\"}"sv)
