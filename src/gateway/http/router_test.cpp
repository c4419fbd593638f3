#include "gateway/http/router.h"
#include <gtest/gtest.h>

namespace kindling::gateway {

namespace {
Handler answering(int status) { return [status](Request const&) { return Response::text(status, ""); }; }
std::string pattern_for(Router const& r, Method m, std::string_view path) {
    auto const match = r.match(m, path);
    return match.route ? match.route->pattern : "(" + match.allowed + ")";
}
}  // namespace

TEST(Router, MostSpecificPatternWins) {
    Router r;
    for (auto const* p : {"/", "/v1/{module}/{verb}", "/v1/shop/{verb}", "/v1/shop/look", "/assets/*", "/assets/app.js", "/*"}) r.get(p, answering(200));
    EXPECT_EQ(pattern_for(r, Method::get, "/"), "/");
    EXPECT_EQ(pattern_for(r, Method::get, "/v1/shop/look"), "/v1/shop/look");
    EXPECT_EQ(pattern_for(r, Method::get, "/v1/shop/other"), "/v1/shop/{verb}");
    EXPECT_EQ(pattern_for(r, Method::get, "/v1/orders/place"), "/v1/{module}/{verb}");
    EXPECT_EQ(pattern_for(r, Method::get, "/assets/app.js"), "/assets/app.js");
    EXPECT_EQ(pattern_for(r, Method::get, "/assets/a/b.css"), "/assets/*");
    EXPECT_EQ(pattern_for(r, Method::get, "/assets/"), "/assets/*");
    EXPECT_EQ(pattern_for(r, Method::get, "/v1/shop"), "/*") << "too short for the pattern, so the rest takes it";
    EXPECT_EQ(pattern_for(r, Method::get, "/v1/shop/look/more"), "/*");
    EXPECT_EQ(pattern_for(r, Method::get, "/v1//x"), "/*") << "a part matches no empty segment";
}

TEST(Router, GivesParametersByName) {
    Router r;
    r.get("/v1/{module}/{verb}", answering(200));
    r.post("/v1/{first}/{second}", answering(200));
    r.get("/files/*", answering(200));
    EXPECT_EQ(r.match(Method::get, "/v1/orders/place").parameters, (Pairs{{"module", "orders"}, {"verb", "place"}}));
    EXPECT_EQ(r.match(Method::post, "/v1/a/b").parameters, (Pairs{{"first", "a"}, {"second", "b"}}));
    EXPECT_EQ(r.match(Method::get, "/files/a/b c").parameters, (Pairs{{"*", "a/b c"}}));
}

TEST(Router, BacktracksFromADeadEnd) {
    Router r;
    r.get("/a/b/c", answering(200));
    r.get("/a/{x}/d", answering(200));
    EXPECT_EQ(r.match(Method::get, "/a/b/d").parameters, (Pairs{{"x", "b"}}));
}

TEST(Router, TellsTheMethodsOfAKnownPath) {
    Router r;
    r.get("/x", answering(200));
    r.post("/x", answering(200));
    r.add(Method::delete_, "/y", answering(200));
    EXPECT_EQ(pattern_for(r, Method::put, "/x"), "(GET, HEAD, POST)");
    EXPECT_EQ(pattern_for(r, Method::other, "/x"), "(GET, HEAD, POST)");
    EXPECT_EQ(pattern_for(r, Method::get, "/y"), "(DELETE)");
    EXPECT_EQ(pattern_for(r, Method::get, "/z"), "()");
    EXPECT_EQ(pattern_for(r, Method::head, "/x"), "/x");
}

TEST(Router, RefusesOurMistakes) {
    Router r;
    r.get("/x", answering(200));
    EXPECT_THROW(r.get("/x", answering(200)), std::logic_error);
    EXPECT_THROW(r.get("x", answering(200)), std::logic_error);
    EXPECT_THROW(r.get("/{}/x", answering(200)), std::logic_error);
    EXPECT_THROW(r.get("/*/x", answering(200)), std::logic_error);
    EXPECT_THROW(r.get("/y", answering(200), {.group = "unknown"}), std::logic_error);
    EXPECT_THROW(r.group("g", {.content_security_policy = "a\r\nb"}), std::logic_error);
}

}  // namespace kindling::gateway
