// The primitives against published vectors: RFC 8785 (canonical JSON), RFC 7515 A.3 (ES256), and what must not verify.
#include "gateway/agents/http_signature.h"
#include "gateway/agents/mandate.h"
#include <gtest/gtest.h>

namespace kindling::gateway::agents {
namespace {

TEST(CanonicalJson, WritesWhatRfc8785Writes) {
    // The numbers are written here, not read: Boost.JSON 1.81 may read one that is not whole a last place beside itself.
    auto value = *parse_json(R"({"string":"\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]})");
    value.as_object()["numbers"] = json::array{333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001};
    EXPECT_EQ(canonical_json(value), "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    // Names in the order of their UTF-16 code units: a surrogate pair stands before U+FB33.
    EXPECT_EQ(canonical_json(*parse_json(R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7})")), "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\xEF\xAC\xB3\":3}");
    EXPECT_EQ(canonical_json(*parse_json("[0, -0.0, 1e21, 1e20, 1e-7, 0.000001, -5]")), "[0,0,1e+21,100000000000000000000,1e-7,0.000001,-5]");
}

TEST(Base64Url, RefusesSecondSpellings) {
    for (std::string const text : {"", "f", "fo", "foo", "foob", "\xFF\xFE"}) EXPECT_EQ(from_base64url(to_base64url(text)), text);
    for (auto bad : {"Zg==", "Zh", "A", "+/", "Zg\n"}) EXPECT_FALSE(from_base64url(bad)) << bad;
}

TEST(VerifyingKey, VerifiesTheExampleOfRfc7515) {
    auto const key = VerifyingKey::of(json::object{{"kty", "EC"}, {"crv", "P-256"}, {"x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}, {"y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}});
    ASSERT_TRUE(key);
    auto const jws = read_jws("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    ASSERT_TRUE(jws);
    EXPECT_TRUE(key->verifies(jws->signed_text, jws->signature));
    EXPECT_FALSE(key->verifies(jws->signed_text + "x", jws->signature));
    EXPECT_FALSE(key->verifies(jws->signed_text, jws->signature.substr(1)));
    EXPECT_FALSE(key->verifies(jws->signed_text, std::string(64, '\0')));
}

TEST(VerifyingKey, IsNothingButAPointOnAKnownCurve) {
    auto const good = SigningKey::make().public_jwk("k");
    EXPECT_TRUE(VerifyingKey::of(good));
    for (auto const& [name, value] : {std::pair<std::string_view, json::value>("kty", "RSA"), {"crv", "P-521"}, {"crv", 1}, {"x", "AA"}, {"y", good.at("x")}, {"x", nullptr}}) {
        auto bad = good;
        bad[name] = value;
        EXPECT_FALSE(VerifyingKey::of(bad)) << name;
    }
    EXPECT_FALSE(VerifyingKey::of("text"));
}

TEST(SigningKey, SurvivesBeingKept) {
    auto const key = SigningKey::make();
    auto const again = SigningKey::of(key.private_der());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->public_jwk("k"), key.public_jwk("k"));
    EXPECT_TRUE(VerifyingKey::of(key.public_jwk("k"))->verifies("text", again->sign("text")));
    EXPECT_FALSE(SigningKey::of("no key"));
}

TEST(HttpSignature, OwnRequestsVerify) {
    OwnKey const own{"k1", SigningKey::make()};
    Pairs headers{{"Content-Type", "application/json"}, {"UCP-Agent", "profile=\"https://shop.example/.well-known/ucp\""}};
    Request request;
    request.method = Method::post, request.method_text = "POST", request.target = "/hook?x=1", request.path = "/hook", request.query_text = "x=1", request.host = "Agent.example:8443", request.body = "{}";
    auto const signed_fields = sign_request(own, "POST", "https://Agent.example:8443/hook?x=1", headers, request.body);
    for (auto const& list : {headers, signed_fields})
        for (auto const& [name, value] : list) request.headers.add(name, value);
    json::array const keys{own.key.public_jwk("k1")};
    EXPECT_TRUE(check_signature(request, keys));
    request.body = "{ }";
    EXPECT_EQ(check_signature(request, keys).error().code, "digest_mismatch");
    EXPECT_EQ(check_signature(request, json::array{}).error().code, "key_not_found");
}

TEST(Mandate, NoPlatformKeyIsSaid) { EXPECT_EQ(read_mandate("a.b.c", {}, {}, 0).error().code, "agent_missing_key"); }

}  // namespace
}  // namespace kindling::gateway::agents
