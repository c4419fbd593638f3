// Nobody waits long: not for a slow encoder, not for a dead one; what comes late serves the next.
#include "modules/dialogue/query_encoder.h"
#include <atomic>
#include <gtest/gtest.h>

namespace kindling::dialogue {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

struct FakeEncoder final : providers::TextEncoder {
    std::atomic<int> calls = 0, texts = 0;
    std::atomic<std::chrono::milliseconds> pause{0ms};
    std::atomic<bool> broken = false;
    Result<std::vector<std::vector<float>>> encode(std::span<std::string const> all, providers::ChatOptions const& options) override {
        ++calls, texts += static_cast<int>(all.size());
        for (auto const until = Clock::now() + pause.load(); Clock::now() < until && !options.stop.stop_requested();) std::this_thread::sleep_for(1ms);
        if (broken) return fail(Errc::unavailable, "model_unavailable", "down");
        std::vector<std::vector<float>> out;
        for (auto const& text : all) out.push_back({static_cast<float>(text.size()), 1});
        return out;
    }
};

// Until the encoder has answered what is under way, however busy the machine is.
bool comes(QueryEncoder& queries, std::string const& text) {
    for (auto const until = Clock::now() + 20s; Clock::now() < until; std::this_thread::sleep_for(2ms))
        if (queries.vector(text)) return true;
    return false;
}

TEST(QueryEncoder, AsksOnceForEachText) {
    auto const encoder = std::make_shared<FakeEncoder>();
    QueryEncoder queries(encoder, {.wait = 20s});
    EXPECT_EQ(queries.vector("abc"), (std::vector<float>{3, 1}));
    EXPECT_EQ(queries.vector("abc"), (std::vector<float>{3, 1}));
    EXPECT_EQ(queries.vector("ab"), (std::vector<float>{2, 1}));
    EXPECT_EQ(encoder->texts, 2);
}

TEST(QueryEncoder, WhatComesLateServesTheNext) {
    auto const encoder = std::make_shared<FakeEncoder>();
    encoder->pause = 300ms;
    QueryEncoder queries(encoder, {.wait = 5ms});
    EXPECT_FALSE(queries.vector("linen"));
    EXPECT_TRUE(comes(queries, "linen"));
    EXPECT_EQ(encoder->texts, 1);
}

TEST(QueryEncoder, AfterThreeWaitsForNothingNobodyWaits) {
    auto const encoder = std::make_shared<FakeEncoder>();
    encoder->broken = true;
    QueryEncoder queries(encoder, {.wait = 20s, .rest = 1h});
    // A failure ends a wait at once.
    for (auto const* text : {"a", "b", "c"}) EXPECT_FALSE(queries.vector(text));
    encoder->broken = false, encoder->pause = 5s;
    auto const begin = Clock::now();
    EXPECT_FALSE(queries.vector("d"));
    EXPECT_LT(Clock::now() - begin, 4s);
    encoder->pause = 0ms;
    EXPECT_TRUE(comes(queries, "d"));
    // It answered within the limit: whoever comes now waits again.
    EXPECT_EQ(queries.vector("efgh"), (std::vector<float>{4, 1}));
}

TEST(QueryEncoder, FullQueuesAndCachesForget) {
    auto const encoder = std::make_shared<FakeEncoder>();
    encoder->pause = 1h;
    {
        QueryEncoder queries(encoder, {.wait = 0ms, .queue = 2});
        for (auto const* text : {"a", "b", "c", "d", "e"}) EXPECT_FALSE(queries.vector(text));
        while (encoder->calls == 0) std::this_thread::sleep_for(1ms);
        EXPECT_LE(encoder->texts, 2);
    }  // ends at once, though a call is under way
    encoder->pause = 0ms;
    QueryEncoder queries(encoder, {.wait = 20s, .kept = 2});
    encoder->texts = 0;
    for (auto const* text : {"a", "b", "a", "c", "a", "b"}) EXPECT_TRUE(queries.vector(text));
    EXPECT_EQ(encoder->texts, 4) << "b was forgotten for c, a was not";
}

}  // namespace
}  // namespace kindling::dialogue
