// Once a night, at the owner's hour, in the shop's zone; not twice, and not for a shop that was just made.
#include "shop/nightly/nightly.h"
#include <filesystem>
#include <gtest/gtest.h>
#include <limits>
#include <unistd.h>

namespace kindling::shop {
namespace {

constexpr Milliseconds hour = 3'600'000;
constexpr NightlyWork work[] = {{"forecast.run", "forecast_hour"}};

class NightlyTest : public testing::Test {
protected:
    NightlyTest() {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        store_ = std::move(*Store::open({.address = (folder_ / "kindling.db").string(), .durability = StoreOptions::Durability::normal}));
        change("INSERT INTO shops (shop_id, name, currency, locale, time_zone, created_at_ms) VALUES (1,'Shop','CNY','zh','Asia/Shanghai',1)");
    }
    ~NightlyTest() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    void change(std::string_view sql) {
        auto tx = std::move(*store_->write(1));
        EXPECT_TRUE(tx->execute(sql));
        EXPECT_TRUE(tx->commit());
    }
    void order() { change("INSERT INTO orders (shop_id, order_id, placed_at_ms, status, currency, subtotal_minor, total_minor) VALUES (1,'a',1,'paid','CNY',1,1)"); }
    std::int64_t queue(Milliseconds now) { return queue_nightly(*store_, work, now, first_time_from_).value(); }
    Milliseconds first_time_from_ = std::numeric_limits<Milliseconds>::max();

    std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("kindling-nightly-" + std::to_string(::getpid()));
    std::unique_ptr<Store> store_;
};

TEST(LastTimeOfHour, FollowsTheZoneAndItsSummer) {
    auto const noon = parse_time("2026-11-26T12:00:00Z").value();
    EXPECT_EQ(format_time(last_time_of_hour("Asia/Shanghai", 3, noon)), "2026-11-25T19:00:00.000Z");
    EXPECT_EQ(format_time(last_time_of_hour("Asia/Shanghai", 22, noon)), "2026-11-25T14:00:00.000Z");
    EXPECT_EQ(format_time(last_time_of_hour("Europe/Berlin", 3, parse_time("2026-03-28T12:00:00Z").value())), "2026-03-28T02:00:00.000Z");
    EXPECT_EQ(format_time(last_time_of_hour("Europe/Berlin", 3, parse_time("2026-03-29T12:00:00Z").value())), "2026-03-29T01:00:00.000Z");
    EXPECT_EQ(format_time(last_time_of_hour("no such zone", 3, noon)), "2026-11-26T03:00:00.000Z");
}

TEST_F(NightlyTest, IsDueOnceANight) {
    auto const night = last_time_of_hour("Asia/Shanghai", 3, parse_time("2026-11-26T12:00:00Z").value());
    EXPECT_EQ(queue(night + hour), 0) << "nothing was sold";
    order();
    EXPECT_EQ(queue(night + 5 * hour), 0) << "a shop that never did it begins at night only";
    EXPECT_EQ(queue(night + hour), 1);
    EXPECT_EQ(queue(night + hour), 0) << "it is queued already";
    change("UPDATE jobs SET state = 'done'");
    EXPECT_EQ(queue(night + 2 * hour), 0) << "done for this night";
    EXPECT_EQ(queue(night + 23 * hour), 0);
    EXPECT_EQ(queue(night + 24 * hour), 1) << "the next night";
    EXPECT_EQ(queue(night + 72 * hour), 0) << "one at a time, however late";
    change("UPDATE jobs SET state = 'failed'");
    EXPECT_EQ(queue(night + 72 * hour + 9 * hour), 1) << "missed nights are caught up once, at any hour";
}

TEST_F(NightlyTest, BeginsAtAnyHourOnceTheShopIsAtRest) {
    auto const night = last_time_of_hour("Asia/Shanghai", 3, parse_time("2026-11-26T12:00:00Z").value());
    first_time_from_ = night + 6 * hour;
    EXPECT_EQ(queue(night + 7 * hour), 0) << "nothing was sold";
    order();
    EXPECT_EQ(queue(night + 5 * hour), 0) << "the server has only begun";
    change("INSERT INTO jobs (shop_id, job_id, operation, request, caller, state, created_at_ms) VALUES (1,'import','imports.run','{}','{}','running',1)");
    EXPECT_EQ(queue(night + 7 * hour), 0) << "goods are still coming in";
    change("UPDATE jobs SET state = 'done'");
    EXPECT_EQ(queue(night + 7 * hour), 1);
    EXPECT_EQ(queue(night + 8 * hour), 0) << "done for this night";
}

// Somebody made it minutes ago, as a job or without one: that is enough for the night.
TEST_F(NightlyTest, DoesNotReplaceWhatWasJustMade) {
    constexpr NightlyWork plan[] = {{"supply.plan", "supply_hour", "{}", "supply_plans"}};
    auto const queue_plan = [&](Milliseconds now) { return queue_nightly(*store_, plan, now, first_time_from_).value(); };
    auto const night = last_time_of_hour("Asia/Shanghai", 3, parse_time("2026-11-26T12:00:00Z").value());
    order();
    change("INSERT INTO jobs (shop_id, job_id, operation, request, caller, state, created_at_ms) VALUES (1,'mine','supply.plan','{}','{}','done'," + std::to_string(night - 10 * 60'000) + ")");
    EXPECT_EQ(queue_plan(night + hour), 0) << "ten minutes before the hour";
    EXPECT_EQ(queue_plan(night + 24 * hour), 1) << "the night after it is due";
    change("DELETE FROM jobs");
    change("INSERT INTO supply_plans (shop_id, plan_id, made_at_ms, outline) VALUES (1,'p'," + std::to_string(night + 7 * hour) + ",'{}')");
    first_time_from_ = night;
    EXPECT_EQ(queue_plan(night + 7 * hour + 180'000), 0) << "no job told of it";
    change("UPDATE supply_plans SET made_at_ms = " + std::to_string(night - 2 * hour));
    EXPECT_EQ(queue_plan(night + 7 * hour + 180'000), 1) << "that was the evening before";
}

TEST_F(NightlyTest, FollowsTheSetting) {
    order();
    auto const night = last_time_of_hour("Asia/Shanghai", 5, parse_time("2026-11-26T12:00:00Z").value());
    change("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1,'forecast_hour','24',1)");
    EXPECT_EQ(queue(night + hour), 0) << "24 is never";
    change("UPDATE settings SET value = '5'");
    EXPECT_EQ(queue(night - hour), 0);
    EXPECT_EQ(queue(night), 1);
}

}  // namespace
}  // namespace kindling::shop
