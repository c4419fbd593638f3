#include "providers/language/budget.h"
#include "providers/language/answer_cache.h"
#include "providers/language/data_for_model.h"
#include "providers/language/fake_model.h"
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace kindling::providers {
namespace {

struct Memory final : SpentStore {
    Spent kept;
    std::string broken;
    Result<Spent> load() override { return broken.empty() ? Result<Spent>(kept) : fail(Errc::unavailable, broken, ""); }
    Result<void> save(Spent const& s) override {
        if (!broken.empty()) return fail(Errc::unavailable, broken, "");
        kept = s;
        return {};
    }
};
std::string reason(auto const& r) { return r ? "" : r.error().reason; }

TEST(Cost, IsExactAndSaturates) {
    EXPECT_EQ(cost_millionths({.prompt_tokens = 3, .answer_tokens = 2}, {100, 400}), 1100);
    EXPECT_EQ(cost_millionths({.prompt_tokens = -3, .answer_tokens = 2}, {100, 400}), 800);
    EXPECT_EQ(cost_millionths({.prompt_tokens = std::numeric_limits<std::int64_t>::max()}, {2, 0}), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(estimate_tokens("1234"), 2);
    EXPECT_EQ(estimate_tokens(ChatRequest{.messages = {{.text = "123"}, {.text = ""}}}), 17);
}

TEST(Budget, HoldsUpToTheLimitAndNotBeyond) {
    Memory store;
    Budget budget(store);
    BudgetLimits const limits{.tokens_per_day = 100};
    auto const first = budget.hold(limits, {1, 60, 0});
    ASSERT_TRUE(first);
    EXPECT_EQ(reason(budget.hold(limits, {1, 41, 0})), "model_budget_spent") << "above";
    EXPECT_TRUE(budget.hold(limits, {1, 40, 0})) << "at";
    budget.settle(*first, 10, 0);
    EXPECT_EQ(store.kept.tokens, 10);
    EXPECT_TRUE(budget.hold(limits, {1, 50, 0}));
    EXPECT_EQ(reason(budget.hold(limits, {1, 1, 0})), "model_budget_spent");
}

TEST(Budget, MoneyIsCountedInMillionths) {
    Memory store;
    Budget budget(store);
    BudgetLimits const limits{.cost_minor_per_day = 2};
    EXPECT_EQ(reason(budget.hold(limits, {1, 1, 2'000'001})), "model_budget_spent");
    auto const held = budget.hold(limits, {1, 1, 2'000'000});
    ASSERT_TRUE(held);
    budget.settle(*held, 1, 1'999'999);
    EXPECT_TRUE(budget.hold(limits, {1, 1, 1}));
    EXPECT_EQ(reason(budget.hold(limits, {1, 1, 1})), "model_budget_spent");
}

TEST(Budget, EachDayBeginsAnewAndAClockGoingBackDoesNot) {
    Memory store;
    store.kept = {5, 90, 0};
    Budget budget(store);
    BudgetLimits const limits{.tokens_per_day = 100};
    EXPECT_EQ(reason(budget.hold(limits, {5, 20, 0})), "model_budget_spent") << "read from the store";
    EXPECT_EQ(reason(budget.hold(limits, {4, 20, 0})), "model_budget_spent");
    auto const held = budget.hold(limits, {6, 100, 0});
    ASSERT_TRUE(held);
    budget.settle(*held, 7, 0);
    EXPECT_EQ(store.kept.day, 6);
    EXPECT_EQ(store.kept.tokens, 7);
}

TEST(Budget, StoreThatFailsStopsOnlyThoseWithALimit) {
    Memory store;
    store.broken = "disk_full";
    Budget budget(store);
    EXPECT_EQ(reason(budget.hold({.tokens_per_day = 100}, {1, 1, 0})), "disk_full");
    EXPECT_TRUE(budget.hold({}, {1, 1, 0}));
    store.broken.clear();
    auto const held = budget.hold({.tokens_per_day = 100}, {1, 1, 0});
    ASSERT_TRUE(held);
    store.broken = "disk_full";
    budget.settle(*held, 9, 0);
    EXPECT_EQ(reason(budget.hold({.tokens_per_day = 100}, {1, 1, 0})), "disk_full") << "what could not be written is tried again first";
    store.broken.clear();
    EXPECT_TRUE(budget.hold({.tokens_per_day = 100}, {1, 1, 0}));
    EXPECT_EQ(store.kept.tokens, 9);
}

TEST(SpentFile, SurvivesAndReportsDamage) {
    auto const file = std::filesystem::temp_directory_path() / ("kindling-spent-" + std::to_string(::getpid())) / "1.json";
    EXPECT_EQ(SpentFile(file).load()->tokens, 0);
    ASSERT_TRUE(SpentFile(file).save({20'000, 7, 9}));
    auto const read = SpentFile(file).load();
    ASSERT_TRUE(read);
    EXPECT_EQ(read->day, 20'000);
    EXPECT_EQ(read->cost_millionths, 9);
    for (auto const* damaged : {"", "[]", "{\"day\":1}", "{\"day\":1,\"tokens\":-4,\"cost_millionths\":0}"}) {
        std::ofstream(file) << damaged;
        EXPECT_EQ(reason(SpentFile(file).load()), "spent_file_damaged") << damaged;
    }
    std::filesystem::remove_all(file.parent_path());
}

TEST(WithinBudget, SettlesWhatWasReallyUsed) {
    Memory store;
    Budget budget(store);
    FakeModel fake({FakeModel::says("Hi"), Error{Errc::unavailable, "model_rate_limited", ""}, Error{Errc::unavailable, "model_answer_cut", ""}});
    WithinBudget model(fake, budget, {.limits = {.tokens_per_day = 100}, .prices = {100, 400}, .today = [] { return Day{3}; }});
    ChatRequest const request{.messages = {{Speaker::user, "Hi!"}}, .most_tokens = 50};
    EXPECT_TRUE(model.chat(request));
    EXPECT_EQ(store.kept.tokens, 15);
    EXPECT_EQ(store.kept.cost_millionths, 10 * 100 + 5 * 400);
    EXPECT_FALSE(model.chat(request));
    EXPECT_EQ(store.kept.tokens, 15) << "a refusal costs nothing";
    EXPECT_FALSE(model.chat(request));
    EXPECT_EQ(store.kept.tokens, 15 + 9) << "the prompt of a broken answer was read";
    auto dear = request;
    dear.most_tokens = 68;
    EXPECT_EQ(reason(model.chat(dear)), "model_budget_spent");
    EXPECT_EQ(fake.asked().size(), 3u);
}

TEST(AnswerCache, SameRequestIsAskedOnce) {
    FakeModel fake({FakeModel::says("one"), FakeModel::says("two"), FakeModel::says("three")});
    AnswerCache cache(fake, {.entries = 1});
    ChatRequest const a{.messages = {{Speaker::user, "a"}}}, b{.messages = {{Speaker::user, "b"}}};
    EXPECT_EQ(cache.chat(a)->text, "one");
    std::string streamed;
    auto const again = cache.chat(a, {.on_text = [&](std::string_view t) { streamed += t; return Flow::go_on; }});
    EXPECT_EQ(again->text, "one");
    EXPECT_EQ(streamed, "one");
    EXPECT_EQ(again->usage.prompt_tokens, 0);
    EXPECT_EQ(cache.chat(b)->text, "two");
    EXPECT_EQ(cache.chat(a)->text, "three") << "one entry only";
}

TEST(AnswerCache, FailuresAndOldAnswersAreNotKept) {
    FakeModel fake({Error{Errc::unavailable, "model_timeout", ""}, FakeModel::says("one"), FakeModel::says("two")});
    AnswerCache cache(fake, {.max_age = std::chrono::milliseconds(-1)});
    ChatRequest const a{.messages = {{Speaker::user, "a"}}};
    EXPECT_FALSE(cache.chat(a));
    EXPECT_EQ(cache.chat(a)->text, "one");
    EXPECT_EQ(cache.chat(a)->text, "two");
}

TEST(DataForModel, CannotCloseItsOwnMarkAndIsBounded) {
    EXPECT_EQ(as_data("product", "a</data>\x01 b"), "<data name=\"product\">\na&lt;/data> b\n</data>");
    EXPECT_EQ(as_data("x", "中文", 4), "<data name=\"x\">\n中\n[cut here]\n</data>");
    EXPECT_EQ(as_data("x", "中文", 6), "<data name=\"x\">\n中文\n</data>");
}

}  // namespace
}  // namespace kindling::providers
