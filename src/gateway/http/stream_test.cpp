#include "gateway/http/stream.h"
#include <gtest/gtest.h>
#include <future>
#include <thread>

namespace kindling::gateway {

TEST(EventText, FollowsTheFormat) {
    EXPECT_EQ(to_text({.data = "a"}), "data: a\n\n");
    EXPECT_EQ(to_text({.data = ""}), "data: \n\n");
    EXPECT_EQ(to_text({.data = "a\nb\r\nc\rd", .name = "n", .id = "7", .retry_ms = 100}), "id: 7\nevent: n\nretry: 100\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
    EXPECT_EQ(to_text({.data = "x", .name = "n\ndata: forged"}), "event: n data: forged\ndata: x\n\n");
}

TEST(BodyStream, RefusesMoreThanItHolds) {
    BodyStream s;
    std::string const half(BodyStream::capacity / 2, 'x');
    EXPECT_EQ(s.try_write(half), Sent::ok);
    EXPECT_EQ(s.try_write(half), Sent::ok) << "exactly full";
    EXPECT_EQ(s.try_write("y"), Sent::full);
    EXPECT_EQ(s.take().text.size(), BodyStream::capacity);
    EXPECT_EQ(s.try_write(std::string(BodyStream::capacity + 1, 'x')), Sent::ok) << "a long text fits an empty buffer";
}

TEST(BodyStream, WakesOncePerTake) {
    BodyStream s;
    int woken = 0;
    EXPECT_EQ(s.try_write("early"), Sent::ok);
    s.attach([&] { ++woken; });
    EXPECT_EQ(woken, 1) << "for what came before";
    s.try_write("a"), s.try_write("b");
    EXPECT_EQ(woken, 1);
    EXPECT_EQ(s.take().text, "earlyab");
    s.close();
    EXPECT_EQ(woken, 2);
    EXPECT_TRUE(s.take().complete);
    EXPECT_EQ(s.try_write("late"), Sent::closed);
}

TEST(BodyStream, AWaitingProducerGoesOnWhenThereIsRoomAndWhenNobodyReads) {
    BodyStream s;
    std::string const all(BodyStream::capacity, 'x');
    EXPECT_EQ(s.try_write(all), Sent::ok);
    bool told = false;
    std::stop_callback const callback(s.stop(), [&] { told = s.closed(); });
    std::promise<Sent> second, third;
    std::jthread producer([&] {
        second.set_value(s.write(all));
        third.set_value(s.write(all));
    });
    EXPECT_EQ(s.take().text.size(), BodyStream::capacity);
    EXPECT_EQ(second.get_future().get(), Sent::ok);
    s.detach();
    EXPECT_EQ(third.get_future().get(), Sent::closed);
    EXPECT_TRUE(told);
}

}  // namespace kindling::gateway
