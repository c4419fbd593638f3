// Pictures at other addresses, from a TLS server of this test's own: what is kept, what is refused and why, and that the rules of production reach no neighbour.
#include "modules/pictures/api.h"
#include "providers/http_client/certificate_for_test.h"
#include "providers/language/fake_endpoint_for_test.h"
#include "shop/catalogue/api.h"
#include "shop/shop_for_test.h"
#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace kindling::pictures {
namespace {

using namespace providers::test;
using testing::IsEmpty, testing::UnorderedElementsAre;

std::string png() {
    return *bytes_of("iVBORw0KGgoAAAANSUhEUgAAADAAAAAwCAIAAADYYG7QAAAAfUlEQVR42u3YwRGAMAhE0S0l/Z8szRIsQGcSIyGL8xkKeCdg0WlWAgQIECBAsaCjtXtvAD06QmRap5kzaR1ljqUEzSuTcjTjppqgEM2gSZmaEROgj6BwTdcECBCgzSAGY0WQ3bbnQCt6UzumDsdcZppcHbM97xhAgAD9F3QBwI2BTc1DhAoAAAAASUVORK5CYII=", "");
}

class FetchTest : public testing::Test {
protected:
    void rules(FetchRules const& rules) { module_ = std::make_unique<Module>(shop_.services, rules); }
    Result<json::value> run(std::string_view name, json::object const& request) {
        auto all = module_->operations();
        for (auto& o : shop::catalogue_operations()) all.push_back(std::move(o));
        return shop_.run(all, name, request, 1'700'000'000'000);
    }
    void goods(std::vector<std::string> const& addresses) {
        json::array pictures;
        for (auto const& a : addresses) pictures.push_back(json::object{{"url", a}});
        auto const saved = run("catalog.save_products", {{"products", json::array{json::object{{"product_id", "p"}, {"title_en", "P"}, {"pictures", pictures}, {"variants", json::array{json::object{{"sku", "S"}, {"price_minor", 1}}}}}}}});
        ASSERT_TRUE(saved) << saved.error().message;
    }
    FetchReport fetch(json::object const& in = {}) { return *read_json<FetchReport>(*run("pictures.fetch", in)); }
    static std::vector<std::string> told(FetchReport const& report) {
        std::vector<std::string> out;
        for (auto const& f : report.failures) out.push_back(f.url.substr(f.url.rfind('/') + 1) + " " + f.problem);
        return out;
    }

    shop::test::ShopOnDisk shop_{"fetch"};
    std::unique_ptr<Module> module_;
};

TEST_F(FetchTest, KeepsWhatIsAPictureAndTellsWhyTheRestIsNot) {
    Certificate const own("DNS:localhost");
    FakeEndpoint server([](int, Asked const& asked, Connection& c) {
        auto const is = [&](std::string_view path) { return asked.head.starts_with("GET /" + std::string(path) + " "); };
        auto const found = [&](std::string const& body, std::string_view type) { c.write(fmt::format("HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n", type, body.size()) + body); };
        if (is("a.png") || is("b.png")) found(png(), "text/html");
        else if (is("moved.png")) c.write("HTTP/1.1 301 Moved\r\nLocation: /b.png\r\nContent-Length: 0\r\n\r\n");
        else if (is("round.png")) c.write("HTTP/1.1 302 Found\r\nLocation: /round.png\r\nContent-Length: 0\r\n\r\n");
        else if (is("plain.png")) c.write("HTTP/1.1 302 Found\r\nLocation: http://localhost/b.png\r\nContent-Length: 0\r\n\r\n");
        else if (is("drawing.png")) found("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "image/png");
        else if (is("torn.png")) found(png().substr(0, 120), "image/png");
        else if (is("big.png")) c.write("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n");
        else c.write("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
    }, own.context);
    rules({.client = {.certificates_file = own.path}, .port = ""});
    std::vector<std::string> addresses;
    for (auto const* path : {"a.png", "moved.png", "round.png", "plain.png", "drawing.png", "torn.png", "big.png", "gone.png"}) addresses.push_back(fmt::format("https://localhost:{}/{}", server.port(), path));
    goods(addresses);
    EXPECT_EQ(run("pictures.status", {})->at("elsewhere"), 8);
    auto const first = fetch({{"most", 1}});
    EXPECT_EQ(first.fetched, 1);
    EXPECT_EQ(first.left, 7);
    auto const report = fetch();
    EXPECT_EQ(report.asked, 7);
    EXPECT_EQ(report.fetched, 1);
    EXPECT_EQ(report.bytes, static_cast<std::int64_t>(png().size()));
    EXPECT_THAT(told(report), UnorderedElementsAre("round.png too_many_redirects", "plain.png not_https", "drawing.png picture_unknown", "torn.png picture_damaged", "big.png response_too_large", "gone.png status_404"));
    // Kept once, by its content; the product goes on naming the addresses.
    auto const status = *run("pictures.status", {});
    EXPECT_EQ(status.at("pictures"), 1);
    EXPECT_EQ(status.at("copied"), 2);
    EXPECT_EQ(status.at("elsewhere"), 6);
    EXPECT_EQ(status.at("unfetched").as_array().size(), 6u);
    EXPECT_EQ(std::string(run("catalog.get_product", {{"product_id", "p"}})->at("product").at("pictures").at(0).at("url").as_string()), addresses[0]);
    EXPECT_EQ(run("pictures.index", {})->at("described"), 1);
    // Three times and no more, until somebody says again.
    EXPECT_EQ(fetch().asked, 6);
    EXPECT_EQ(fetch().asked, 6);
    EXPECT_EQ(fetch().asked, 0);
    EXPECT_EQ(fetch({{"again", true}}).asked, 6);
    // What no product names any more is let go of.
    goods({addresses[2]});
    fetch({{"again", true}});
    EXPECT_EQ(run("pictures.status", {})->at("copied"), 0);
    EXPECT_EQ(run("pictures.index", {})->at("pictures"), 0);
}

TEST_F(FetchTest, TheRulesOfProductionReachNoNeighbour) {
    Certificate const own("DNS:localhost");
    FakeEndpoint server([](int, Asked const&, Connection& c) { c.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); }, own.context);
    rules({});
    std::vector<std::string> inside{"https://127.0.0.1/a", "https://localhost/b", "https://[::1]/c", "https://169.254.169.254/d", "https://10.0.0.1/e", "https://[::ffff:192.168.0.1]/f", "https://2130706433/g", "https://0/h"};
    auto const all = [&] { auto out = inside; out.push_back(fmt::format("https://localhost:{}/port", server.port())), out.push_back("https://user:word@localhost/name"); return out; }();
    goods(all);
    auto const report = fetch();
    EXPECT_EQ(report.fetched, 0);
    std::vector<std::string> wanted{"port port_not_allowed", "name malformed_url"};
    for (auto const& a : inside) wanted.push_back(a.substr(a.rfind('/') + 1) + " address_not_allowed");
    EXPECT_THAT(told(report), testing::UnorderedElementsAreArray(wanted));
    EXPECT_THAT(server.asked(), IsEmpty());
}

TEST_F(FetchTest, AHostThatIsSilentIsGivenUp) {
    Certificate const stranger("DNS:localhost");
    FakeEndpoint server([](int, Asked const&, Connection&) {}, stranger.context);
    rules({.client = {}, .port = ""});
    std::vector<std::string> addresses;
    for (int i = 10; i < 22; ++i) addresses.push_back(fmt::format("https://localhost:{}/{}.png", server.port(), i));
    goods(addresses);
    auto const report = fetch();
    EXPECT_EQ(report.failed, 12);
    EXPECT_EQ(std::ranges::count(report.failures, "tls_failed", &UnfetchedPicture::problem), 8);
    EXPECT_EQ(std::ranges::count(report.failures, "host_given_up", &UnfetchedPicture::problem), 4);
    EXPECT_EQ(report.failures.back().tries, 0) << "it was not tried";
}

}  // namespace
}  // namespace kindling::pictures
