#include "gateway/http/metrics.h"
#include <gtest/gtest.h>
#include <thread>

namespace kindling::gateway {

TEST(Metrics, RendersPrometheusText) {
    Metrics m;
    m.counter("a_total", "Things.", {{"kind", "x\"y\\z\n"}}).add(3);
    m.gauge("b", "Now.").set(1.5);
    double const bounds[] = {0.1, 1};
    auto& h = m.histogram("c_seconds", "Took.", {{"route", "/x"}}, bounds);
    h.observe(0.1), h.observe(0.5), h.observe(7);
    EXPECT_EQ(m.render(),
              "# HELP a_total Things.\n# TYPE a_total counter\na_total{kind=\"x\\\"y\\\\z\\n\"} 3\n"
              "# HELP b Now.\n# TYPE b gauge\nb 1.5\n"
              "# HELP c_seconds Took.\n# TYPE c_seconds histogram\n"
              "c_seconds_bucket{route=\"/x\",le=\"0.1\"} 1\nc_seconds_bucket{route=\"/x\",le=\"1\"} 2\nc_seconds_bucket{route=\"/x\",le=\"+Inf\"} 3\n"
              "c_seconds_sum{route=\"/x\"} 7.6\nc_seconds_count{route=\"/x\"} 3\n");
}

TEST(Metrics, SameNameAndLabelsAreTheSame) {
    Metrics m;
    EXPECT_EQ(&m.counter("a", "", {{"x", "1"}}), &m.counter("a", "", {{"x", "1"}}));
    EXPECT_NE(&m.counter("a", "", {{"x", "1"}}), &m.counter("a", "", {{"x", "2"}}));
    EXPECT_THROW(m.gauge("a", ""), std::logic_error);
    EXPECT_THROW(m.gauge("1a", ""), std::logic_error);
    EXPECT_THROW(m.gauge("", ""), std::logic_error);
}

TEST(Metrics, CountsFromManyThreads) {
    Metrics m;
    auto& c = m.counter("a", "");
    auto& h = m.histogram("h", "");
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) threads.emplace_back([&] { for (int i = 0; i < 10'000; ++i) c.add(), h.observe(0.001); });
    }
    EXPECT_EQ(c.value(), 40'000u);
    EXPECT_EQ(h.count(), 40'000u);
    EXPECT_NEAR(h.sum(), 40, 1e-6);
}

TEST(Histogram, QuantilesLieInTheirBucket) {
    double const bounds[] = {1, 2, 4};
    Histogram h(bounds);
    EXPECT_EQ(h.quantile(0.5), 0) << "nothing observed";
    for (int i = 0; i < 100; ++i) h.observe(1.5);
    EXPECT_GT(h.quantile(0.5), 1);
    EXPECT_LE(h.quantile(0.5), 2);
    h.observe(99);
    EXPECT_EQ(h.quantile(1), 4) << "beyond the last bound only the bound is known";
}

}  // namespace kindling::gateway
