#include "providers/language/budget.h"
#include "core/json_text.h"
#include "core/money.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fstream>
#include <limits>
#include <sstream>

namespace kindling::providers {

namespace {
constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t millionths = 1'000'000;
std::int64_t add(std::int64_t a, std::int64_t b) { return checked_add(a, b).value_or(most); }
}  // namespace

Result<Spent> SpentFile::load() {
    std::error_code failed;
    if (!std::filesystem::exists(file_, failed) && !failed) return Spent{};
    std::ifstream in(file_, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    auto const damaged = [&] { return fail(Errc::internal, "spent_file_damaged", "What the language model has cost today cannot be read from " + file_.string() + "; remove the file to count from zero."); };
    if (!in) return damaged();
    auto const parsed = parse_json(text.str());
    auto const o = parsed ? parsed->if_object() : nullptr;
    if (!o) return damaged();
    auto const number = [&](std::string_view name) -> std::int64_t {
        auto const v = o->if_contains(name);
        auto const n = v ? v->if_int64() : nullptr;
        return n ? *n : -1;
    };
    Spent const out{static_cast<Day>(number("day")), number("tokens"), number("cost_millionths")};
    if (out.day < 0 || out.tokens < 0 || out.cost_millionths < 0) return damaged();
    return out;
}

Result<void> SpentFile::save(Spent const& spent) {
    std::error_code failed;
    std::filesystem::create_directories(file_.parent_path(), failed);
    auto next = file_;
    next += ".next";
    {
        std::ofstream out(next, std::ios::binary | std::ios::trunc);
        out << to_text(json::object{{"day", spent.day}, {"tokens", spent.tokens}, {"cost_millionths", spent.cost_millionths}}) << '\n';
        out.close();
        if (!out) return fail(Errc::unavailable, "disk_full", "What the language model costs cannot be written to " + next.string() + ".");
    }
    std::filesystem::rename(next, file_, failed);
    if (failed) return fail(Errc::unavailable, "disk_full", "What the language model costs cannot be written to " + file_.string() + ": " + failed.message());
    return {};
}

Result<void> Budget::catch_up(Day day) {
    if (state_ == State::unread) spent_ = TRY(store_.load()), state_ = State::kept;
    if (day > spent_.day) spent_ = {.day = day}, held_ = {.day = day};  // a clock that goes back does not bring back the money
    return {};
}

Result<Budget::Hold> Budget::hold(BudgetLimits const& limits, Hold const& worst_case) {
    std::lock_guard lock(mutex_);
    bool const limited = limits.tokens_per_day > 0 || limits.cost_minor_per_day > 0;
    auto const ready = [&]() -> Result<void> {
        TRY(catch_up(worst_case.day));
        if (state_ == State::unsaved) TRY(store_.save(spent_)), state_ = State::kept;
        return {};
    }();
    if (!ready && limited) return std::unexpected(ready.error());
    auto const exceeds = [](std::int64_t limit, std::int64_t spent, std::int64_t held, std::int64_t wanted) { return limit > 0 && add(add(spent, held), wanted) > limit; };
    if (exceeds(limits.tokens_per_day, spent_.tokens, held_.tokens, worst_case.tokens) || exceeds(limits.cost_minor_per_day > most / millionths ? 0 : limits.cost_minor_per_day * millionths, spent_.cost_millionths, held_.cost_millionths, worst_case.cost_millionths))
        return fail(Errc::unavailable, "model_budget_spent", fmt::format("The budget of this day is spent; see {}_budget_minor_per_day.", limits.settings));
    auto const day = std::max(spent_.day, worst_case.day);
    held_.day = day, held_.tokens = add(held_.tokens, worst_case.tokens), held_.cost_millionths = add(held_.cost_millionths, worst_case.cost_millionths);
    return Hold{day, worst_case.tokens, worst_case.cost_millionths};
}

void Budget::settle(Hold const& held, std::int64_t tokens, std::int64_t cost) {
    std::lock_guard lock(mutex_);
    if (held.day == held_.day) held_.tokens -= held.tokens, held_.cost_millionths -= held.cost_millionths;
    if (tokens <= 0 && cost <= 0) return;
    spent_.tokens = add(spent_.tokens, tokens), spent_.cost_millionths = add(spent_.cost_millionths, cost);
    if (state_ == State::unread) return;  // without a limit the store's failure was let pass; do not overwrite what it could not read
    state_ = store_.save(spent_) ? State::kept : State::unsaved;  // tried again before the next call
}

Result<Spent> Budget::spent(Day day) {
    std::lock_guard lock(mutex_);
    TRY(catch_up(day));
    return spent_;
}

bool was_read(Error const& error) {
    return error.reason == "model_timeout" || error.reason == "model_answer_cut" || error.reason == "model_answer_malformed" || error.reason == "cancelled";
}

Result<ChatAnswer> WithinBudget::chat(ChatRequest const& request, ChatOptions const& options) {
    auto const charge = [&](Usage const& usage) { return Charge{usage.prompt_tokens + usage.answer_tokens, cost_millionths(usage, options_.prices)}; };
    Usage const worst{.prompt_tokens = estimate_tokens(request), .answer_tokens = request.most_tokens};
    return within_budget(budget_, options_.limits, options_.today(), charge(worst), charge({.prompt_tokens = worst.prompt_tokens}), [&] { return inner_.chat(request, options); }, [&](ChatAnswer const& answer) { return charge(answer.usage); });
}

}  // namespace kindling::providers
