#include "core/utf8.h"
#include "shop/simulator/truth.h"
#include <gmock/gmock.h>
#include <set>

namespace kindling::shop::simulator {
namespace {

TEST(Picture, IsSafeSmallWellFormedAndItsOwn) {
    auto const world = generate_catalogue({.customers = 1});
    std::set<std::string> seen;
    std::size_t bytes = 0;
    for (auto const& p : world.products) {
        auto const svg = draw(p.pictures[0]);
        EXPECT_EQ(svg, draw(p.pictures[0]));
        EXPECT_TRUE(seen.insert(svg).second) << p.key;
        for (auto const* bad : {"<script", "href", "<image", "<text", "http://www.w3.org/1999", "nan", "inf", "foreignObject", " on"}) EXPECT_EQ(svg.find(bad), std::string::npos) << p.key << ' ' << bad;
        EXPECT_GT(svg.size(), 1500u) << p.key;
        EXPECT_LT(svg.size(), 16'000u) << p.key << ' ' << p.title.en;
        bytes += svg.size();
        // Every group that opens closes, and every gradient that is used is defined.
        std::size_t open = 0, close = 0, at = 0;
        for (at = 0; (at = svg.find("<g ", at)) != std::string::npos; ++at) ++open;
        for (at = 0; (at = svg.find("</g>", at)) != std::string::npos; ++at) ++close;
        EXPECT_EQ(open, close) << p.key;
        for (at = 0; (at = svg.find("url(#", at)) != std::string::npos; ++at) {
            auto const id = svg.substr(at + 5, svg.find(')', at) - at - 5);
            EXPECT_NE(svg.find("id=\"" + id + "\""), std::string::npos) << p.key << ' ' << id;
        }
    }
    EXPECT_LT(bytes / world.products.size(), 6000u);
}

TEST(Picture, EveryColourOfAProductHasOne) {
    auto const world = generate_catalogue({.products = 200, .customers = 1});
    for (auto const& v : world.variants) {
        auto const& p = world.products[static_cast<std::size_t>(v.product)];
        EXPECT_LT(static_cast<std::size_t>(v.picture), p.pictures.size());
    }
}

TEST(TruthFiles, NameEveryProductAndCustomer) {
    auto const world = generate_catalogue({.products = 40, .customers = 30});
    TimeLineTruth line;
    line.demand.push_back({0, world.first_day, 3, 1, 0});
    auto const files = truth_files(world, line);
    ASSERT_EQ(files.size(), 12u);
    for (auto const& f : files) EXPECT_TRUE(is_utf8(f.text) && f.text.ends_with('\n')) << f.name;
    EXPECT_EQ(std::count(files[0].text.begin(), files[0].text.end(), '\n'), 41);
    EXPECT_EQ(std::count(files[1].text.begin(), files[1].text.end(), '\n'), 31);
    EXPECT_THAT(files[2].text, testing::HasSubstr(",3,1,0\n"));
}

}  // namespace
}  // namespace kindling::shop::simulator
