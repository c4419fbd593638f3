// What is kept for a time only is gone after it, and nothing else is.
#include "shop/people/retention.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace kindling::shop {
namespace {

TEST(Retention, LoosensOldEventsOfEachShopByItsSettingAndRemovesOldUploads) {
    Services services;
    services.folder = std::filesystem::temp_directory_path() / ("kindling-retention-" + std::to_string(::getpid()));
    std::filesystem::remove_all(services.folder);
    std::filesystem::create_directories(services.folder / "uploads" / "1");
    services.store = std::move(*Store::open({.address = (services.folder / "kindling.db").string(), .durability = StoreOptions::Durability::normal}));
    constexpr Milliseconds now = 1'000 * milliseconds_per_day;
    {
        auto tx = std::move(*services.store->write(1));
        for (std::int64_t shop : {1, 2}) ASSERT_TRUE(tx->execute("INSERT INTO shops (shop_id, name, currency, locale, time_zone, created_at_ms) VALUES (?,'x','CNY','zh','Etc/UTC',1)", shop));
        ASSERT_TRUE(tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (2,'retention_days_events','30',1)"));
        // More than one batch of old events, every second one recorded late.
        for (std::int64_t shop : {1, 2})
            ASSERT_TRUE(tx->run_many("INSERT INTO events (shop_id, seq, at_ms, kind, session_id) VALUES (?,?,?,'view','vis_x')", 12'000, [&](std::size_t i, std::vector<Value>& values) {
                values = {shop, static_cast<std::int64_t>(i + 1), i % 2 ? now - 100 * milliseconds_per_day : now - 800 * milliseconds_per_day};
            }));
        for (std::int64_t shop : {1, 2}) ASSERT_TRUE(tx->execute("INSERT INTO recommendation_slots (shop_id, slot_id, at_ms, placement, place, chosen, propensity, reward, pool) VALUES (?,'s',?,'home',2,0,0.5,0,'[]'), (?,'t',?,'home',2,0,0.5,0,'[]')", shop, now - 100 * milliseconds_per_day, shop, now - 181 * milliseconds_per_day));
        ASSERT_TRUE(tx->execute("INSERT INTO guide_nudges (shop_id, nudge_id, who, kind, subject, outcome, at_ms) VALUES (1,'old','c1','basket_near','p','shown',?), (1,'new','c1','basket_near','p','shown',?)", now - 31 * milliseconds_per_day, now - 29 * milliseconds_per_day));
        ASSERT_TRUE(tx->execute("INSERT INTO sessions (token_hash, kind, shop_id, created_at_ms, expires_at_ms) VALUES ('old','user',1,1,2), ('new','user',1,1,?)", now + 1));
        ASSERT_TRUE(tx->commit());
    }
    for (auto const* name : {"fil_old", "fil_new"}) std::ofstream(services.folder / "uploads" / "1" / name) << "x";
    std::filesystem::last_write_time(services.folder / "uploads" / "1" / "fil_old", std::filesystem::file_time_type::clock::now() - std::chrono::hours(24 * 8));

    auto const done = tidy(services, now);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->events, 6'000 + 12'000) << "730 days by default, 30 days in the second shop";
    EXPECT_EQ(done->sessions, 1);
    EXPECT_EQ(done->uploads, 1);
    {
        auto tx = std::move(*services.store->read(0));
        EXPECT_EQ(tx->integer("SELECT COUNT(*) FROM events WHERE shop_id = 1 AND session_id <> ''").value(), 6'000);
        EXPECT_EQ(tx->integer("SELECT COUNT(*) FROM events").value(), 24'000) << "what happened stays, only who it was goes";
        EXPECT_EQ(tx->integer("SELECT COUNT(*) * 10 + MIN(shop_id) FROM recommendation_slots").value(), 11) << "a place left to chance stays 180 days, and no longer than a visit's session";
        EXPECT_EQ(tx->integer("SELECT COUNT(*) FROM guide_nudges WHERE nudge_id = 'new'").value(), 1);
        EXPECT_EQ(tx->integer("SELECT COUNT(*) FROM guide_nudges").value(), 1) << "what the guide said unasked is forgotten after 30 days";
    }
    EXPECT_TRUE(std::filesystem::exists(services.folder / "uploads" / "1" / "fil_new"));
    EXPECT_EQ(tidy(services, now)->events, 0);
    services.store.reset();
    std::filesystem::remove_all(services.folder);
}

}  // namespace
}  // namespace kindling::shop
