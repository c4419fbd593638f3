#include "modules/dialogue/search_report.h"
#include "shop/store/store.h"
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

namespace kindling::dialogue {
namespace {

class SearchReportTest : public testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() / ("kindling-search-report-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
        services.store = std::move(*shop::Store::open({.address = (folder / "kindling.db").string()}));
        tx = std::move(*services.store->write(1));
        ASSERT_TRUE(tx->execute("INSERT INTO shops (shop_id, name, currency, locale, time_zone, created_at_ms) VALUES (1,'t','CNY','zh','Asia/Shanghai',0) ON CONFLICT (shop_id) DO UPDATE SET time_zone = 'Asia/Shanghai'"));
    }
    void TearDown() override {
        tx.reset(), services.store.reset();
        std::filesystem::remove_all(folder);
    }
    void event(Milliseconds at, std::string_view kind, std::string_view session, std::string_view query, shop::Value results = {}, shop::Value position = {}, std::string_view channel = "web") {
        shop::Value const values[] = {++seq, at, kind, session, query, results, position, channel};
        ASSERT_TRUE(tx->run("INSERT INTO events (shop_id, seq, at_ms, kind, session_id, query, results, position, channel) VALUES (1,?,?,?,?,?,?,?,?)", values, {}));
    }
    SearchReport ask(std::int64_t days, std::int64_t limit = 50, std::string channel = {}) {
        Context context{.services = services, .open = tx.get(), .shop_id = 1, .now = now};
        auto const answer = search_report(context, {.days = days, .limit = limit, .channel = std::move(channel)});
        EXPECT_TRUE(answer) << answer.error().message;
        return answer ? *answer : SearchReport{};
    }

    static constexpr Milliseconds now = 1'764'003'600'000;  // 2025-11-25 01:00 in Shanghai, still the 24th in UTC
    std::filesystem::path folder;
    shop::Services services;
    std::unique_ptr<shop::Transaction> tx;
    std::int64_t seq = 0;
};

TEST_F(SearchReportTest, NothingHappenedIsAReportToo) {
    auto const report = ask(7);
    EXPECT_EQ(report.searches, 0);
    EXPECT_EQ(report.days.size(), 7u);
    EXPECT_FALSE(report.mean_position);
    EXPECT_TRUE(report.most_searched.empty());
}

TEST_F(SearchReportTest, ClicksAndOrdersGoToTheSearchTheyCameFrom) {
    event(now - 5'000'000, "search", "a", "Red Mug", std::int64_t{12});
    event(now - 4'990'000, "click", "a", "", {}, std::int64_t{3});
    event(now - 4'980'000, "click", "a", "", {}, std::int64_t{5});          // the same search again: one search with a click, two positions
    event(now - 4'970'000, "search", "a", "red mug", std::int64_t{11});      // one query, another search
    event(now - 2'000'000, "click", "a", "", {}, std::int64_t{1});           // too late to be an answer
    event(now - 1'990'000, "purchase", "a", "");
    event(now - 1'900'000, "search", "b", "unicorn", std::int64_t{0});
    event(now - 1'890'000, "click", "b", "");                                // no rank: not from a list
    event(now - 1'880'000, "click", "c", "", {}, std::int64_t{1});           // never searched
    event(now - 1'870'000, "search", "", "ｒｅｄ ＭＵＧ", std::int64_t{10});    // nobody's visit, full width
    auto const report = ask(2);
    EXPECT_EQ(report.searches, 4);
    EXPECT_EQ(report.queries, 2);
    EXPECT_EQ(report.visits, 2);
    EXPECT_EQ(report.visits_with_order, 1);
    EXPECT_EQ(report.clicked, 1);
    EXPECT_EQ(report.without_results, 1);
    EXPECT_DOUBLE_EQ(*report.mean_position, 4);
    ASSERT_EQ(report.most_searched.size(), 2u);
    auto const& mug = report.most_searched[0];
    EXPECT_EQ(mug.query, "Red Mug");
    EXPECT_EQ(mug.searches, 3);
    EXPECT_EQ(mug.visits, 1);
    EXPECT_EQ(mug.results, 10);
    EXPECT_DOUBLE_EQ(mug.click_share, 1.0 / 2) << "of the searches whose clicks can be known";
    EXPECT_EQ(report.of_visits, 3);
    EXPECT_DOUBLE_EQ(mug.order_share, 1);
    ASSERT_EQ(report.nothing_found.size(), 1u);
    EXPECT_EQ(report.nothing_found[0].query, "unicorn");
    EXPECT_EQ(ask(2, 1).most_searched.size(), 1u);
}

TEST_F(SearchReportTest, SaysWhereWordsWereSearched) {
    event(now - 5'000, "search", "a", "lamp", std::int64_t{3}, {}, "google");   // of a page: how its visit came to the shop
    event(now - 4'000, "search", "", "iphone", std::int64_t{0}, {}, "agents");
    event(now - 3'000, "search", "", "iPhone", std::int64_t{0}, {}, "agents");
    event(now - 2'000, "search", "", "iphone", std::int64_t{0}, {}, "guide");
    event(now - 1'000, "search", "", "lamp", std::int64_t{3}, {}, "api");
    auto const all = ask(1);
    EXPECT_EQ(all.searches, 5);
    ASSERT_EQ(all.nothing_found.size(), 1u);
    EXPECT_EQ(all.nothing_found[0].channels, (std::vector<std::string>{"agents", "guide"}));
    ASSERT_EQ(all.channels.size(), 4u);
    EXPECT_EQ(all.channels[0].searches, 1);
    EXPECT_EQ(all.channels[2].without_results, 2);
    auto const agents = ask(1, 50, "agents");
    EXPECT_EQ(agents.searches, 2);
    EXPECT_EQ(agents.most_searched.size(), 1u);
    EXPECT_EQ(agents.channels[0].searches, 1) << "the sums of all channels stay in sight";
}

TEST_F(SearchReportTest, DaysAreTheShopsOwn) {
    event(now - 7'200'000, "search", "a", "mug", std::int64_t{1});  // 23:00 the evening before
    event(now - 1'000, "search", "b", "mug", std::int64_t{1});
    auto const today = ask(1);
    EXPECT_EQ(today.searches, 1);
    auto const both = ask(2);
    ASSERT_EQ(both.days.size(), 2u);
    EXPECT_EQ(both.days[0].searches, 1);
    EXPECT_EQ(both.days[1].searches, 1);
    EXPECT_EQ(both.days[1].day, day_from_civil(2025, 11, 25));
}

TEST_F(SearchReportTest, WhatIsSeldomClickedStandsOutAndChanceDoesNot) {
    for (int i = 0; i < 200; ++i) {
        auto const session = "good" + std::to_string(i);
        event(now - 10'000'000, "search", session, "lamp", std::int64_t{40});
        if (i % 2 == 0) event(now - 9'999'000, "click", session, "", {}, std::int64_t{1});
    }
    for (int i = 0; i < 60; ++i) event(now - 9'000'000, "search", "bad" + std::to_string(i), "cardigan", std::int64_t{7});
    for (int i = 0; i < 9; ++i) event(now - 8'000'000, "search", "few" + std::to_string(i), "cup", std::int64_t{7});
    auto const report = ask(2);
    ASSERT_EQ(report.seldom_clicked.size(), 1u);
    EXPECT_EQ(report.seldom_clicked[0].query, "cardigan");
}

}  // namespace
}  // namespace kindling::dialogue
