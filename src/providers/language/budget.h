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
    std::string_view settings = "language_model";             // what the owner's settings begin with, for the message; a literal
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

// A budget and its file.
struct KeptBudget {
    explicit KeptBudget(std::filesystem::path file) : spent(std::move(file)) {}
    SpentFile spent;
    Budget budget{spent};
};

// Until the owner sets prices, a budget counts tokens at a price that no common model exceeds; minor units.
inline constexpr std::int64_t assumed_price_minor_per_million = 10'000;

struct Charge {
    std::int64_t tokens = 0, cost_millionths = 0;
};
// Refused calls and connections that failed cost nothing; one that broke off or was given up had been read.
bool was_read(Error const&);
// Asks while the day's budget lasts: the worst case is held before, and settled after at what `used` says of the answer; what was read and not answered
// costs `unanswered`. `ask`: () -> Result<Answer>; `used`: (Answer const&) -> Charge.
template <class Ask, class Used> auto within_budget(Budget& budget, BudgetLimits const& limits, Day day, Charge const& worst, Charge const& unanswered, Ask&& ask, Used&& used) -> decltype(ask()) {
    auto const held = TRY(budget.hold(limits, {day, worst.tokens, worst.cost_millionths}));
    auto answer = ask();
    auto const charge = answer ? used(*answer) : was_read(answer.error()) ? unanswered : Charge{};
    budget.settle(held, charge.tokens, charge.cost_millionths);
    return answer;
}

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
