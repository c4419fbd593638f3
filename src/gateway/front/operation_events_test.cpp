// Telling never waits for a reader; what did not fit comes at the end, and a reader who takes nothing is let go.
#include "gateway/front/operation_events.h"
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <thread>

namespace kindling::gateway {

namespace {

using testing::HasSubstr, testing::StartsWith;

boost::json::value part(char fill, std::size_t bytes) { return boost::json::string(bytes, fill); }

TEST(OperationEvents, WhatDoesNotFitComesAtTheEndInOrder) {
    auto const body = std::make_shared<BodyStream>();
    OperationEvents events{EventStream(body)};
    for (char c : {'a', 'b', 'c', 'd'}) events.tell("part", part(c, 100'000));  // more than the stream holds: this thread would wait for ever
    std::string read;
    std::thread reader([&] {
        for (BodyStream::Taken taken; !taken.complete;) read += (taken = body->take()).text;
    });
    events.end();
    reader.join();
    std::string order;
    for (char c : {'a', 'b', 'c', 'd'}) EXPECT_NE(read.find(std::string(100'000, c)), read.npos) << c;
    for (std::size_t at = 0; (at = read.find("data: \"", at)) != read.npos; ++at) order += read[at + 7];
    EXPECT_EQ(order, "abcd");
}

TEST(OperationEvents, AReaderWhoTakesNothingIsLetGo) {
    auto const body = std::make_shared<BodyStream>();
    OperationEvents events{EventStream(body)};
    for (int i = 0; i < 100 && !body->closed(); ++i) events.tell("part", part('x', 100'000));
    EXPECT_TRUE(body->closed());
    EXPECT_LE(body->take().text.size(), BodyStream::capacity) << "what was kept for it is bounded";
    events.tell("part", part('x', 10));
    events.end();
}

TEST(OperationEvents, ProgressRisesAndIsLeftOutWhenTheReaderIsSlow) {
    auto const body = std::make_shared<BodyStream>();
    OperationEvents events{EventStream(body)};
    auto const progress = events.progress();
    for (int i = 0; i <= 1000; ++i) progress(i, 1000, "at it");
    progress(500, 1000, "back");
    auto const text = body->take().text;
    EXPECT_THAT(text, StartsWith("event: progress\ndata: {\"done\":0,\"total\":1000,\"doing\":\"at it\"}\n\n"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3 * 101) << "steps of one hundredth";
    EXPECT_THAT(text, testing::EndsWith("\"done\":1000,\"total\":1000,\"doing\":\"at it\"}\n\n"));
    events.tell("part", part('x', 300'000));
    progress(1001, 0, "left out");
    events.tell("part", part('y', 300'000));  // waits here
    progress(1002, 0, "left out");
    EXPECT_THAT(body->take().text, testing::Not(HasSubstr("left out")));
}

TEST(OperationEvents, TheReadersGoingStopsTheWork) {
    auto const body = std::make_shared<BodyStream>();
    OperationEvents events{EventStream(body)};
    auto const progress = events.progress();
    EXPECT_FALSE(progress.stopped());
    body->detach();
    EXPECT_TRUE(progress.stopped());
    events.tell("part", part('x', 10));
    events.end();
}

}  // namespace

}  // namespace kindling::gateway
