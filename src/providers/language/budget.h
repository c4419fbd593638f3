// providers/language/budget.h -- what a model may cost a shop in a day, in tokens and in money.
//
// Before a call its worst case is held (all it sends, all it may answer), afterwards the hold is settled at what was really used:
// so calls at once cannot pass the limit together. What was spent is kept by the caller through SpentStore, outside the
// transaction of whatever asked: money that a provider charged stays spent when an operation is rolled back.
#pragma once
#include "core/time.h"
#include "providers/language/language_model.h"
#include <filesystem>
#include <mutex>

namespace kindling::providers {

struct Spent {
    Day day = 0;
    std::int64_t tokens = 0, cost_millionths = 0;  // millionths of a minor unit
};

class SpentStore {
public:
    virtual ~SpentStore() = default;
    virtual Result<Spent> load() = 0;  // Spent{} when nothing was ever spent
    virtual Result<void> save(Spent const&) = 0;
};

// One small JSON file, replaced as a whole; of one process and one shop.
class SpentFile final : public SpentStore {
public:
    explicit SpentFile(std::filesystem::path file) : file_(std::move(file)) {}
    Result<Spent> load() override;
    Result<void> save(Spent const&) override;

private:
    std::filesystem::path file_;
};

struct BudgetLimits {
    std::int64_t tokens_per_day = 0, cost_minor_per_day = 0;  // 0: no limit
};

// Any thread.
class Budget {
public:
    explicit Budget(SpentStore& store) : store_(store) {}
    struct Hold { Day day = 0; std::int64_t tokens = 0, cost_millionths = 0; };
    // Fails with model_budget_spent, or with the store's error while there is a limit to keep.
    Result<Hold> hold(BudgetLimits const&, Hold const& worst_case);
    void settle(Hold const& held, std::int64_t tokens, std::int64_t cost_millionths);
    Result<Spent> spent(Day);

private:
    Result<void> catch_up(Day);
    SpentStore& store_;
    std::mutex mutex_;
    Spent spent_;
    Hold held_;  // sums of today's open holds
    enum class State { unread, kept, unsaved } state_ = State::unread;
};

// A model within a budget. `today` is the shop's own day.
class WithinBudget final : public LanguageModel {
public:
    struct Options { BudgetLimits limits; Prices prices; std::function<Day()> today; };
    WithinBudget(LanguageModel& inner, Budget& budget, Options options) : inner_(inner), budget_(budget), options_(std::move(options)) {}
    Result<ChatAnswer> chat(ChatRequest const&, ChatOptions const& = {}) override;

private:
    LanguageModel& inner_;
    Budget& budget_;
    Options options_;
};

}  // namespace kindling::providers
