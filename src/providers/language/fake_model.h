// providers/language/fake_model.h -- a model that says what its script says: for tests of whatever uses a model.
//
// Each call takes the next turn of the script: an answer, an Error, or a function of the request. What was asked is kept.
// After the script's end every call fails with model_unavailable, so that a test sees a call that it did not expect.
#pragma once
#include "providers/language/language_model.h"
#include <deque>
#include <mutex>
#include <variant>

namespace kindling::providers {

class FakeModel final : public LanguageModel {
public:
    using Turn = std::variant<ChatAnswer, Error, std::function<Result<ChatAnswer>(ChatRequest const&)>>;
    explicit FakeModel(std::vector<Turn> script) : script_(script.begin(), script.end()) {}

    static ChatAnswer says(std::string text) { return {.text = std::move(text), .usage = {.prompt_tokens = 10, .answer_tokens = 5}}; }
    static ChatAnswer calls(std::vector<ToolCall> calls) { return {.tool_calls = std::move(calls), .finish = ChatAnswer::Finish::tools, .usage = {.prompt_tokens = 10, .answer_tokens = 5}}; }

    Result<ChatAnswer> chat(ChatRequest const& request, ChatOptions const& options = {}) override {
        std::unique_lock lock(mutex_);
        asked_.push_back(request);
        if (script_.empty()) return fail(Errc::unavailable, "model_unavailable", "The script has ended.");
        auto turn = std::move(script_.front());
        script_.pop_front();
        lock.unlock();
        if (options.stop.stop_requested()) return fail(Errc::unavailable, "cancelled", "The answer was not waited for.");
        if (auto* const error = std::get_if<Error>(&turn)) return std::unexpected(std::move(*error));
        auto answer = std::holds_alternative<ChatAnswer>(turn) ? Result<ChatAnswer>(std::get<ChatAnswer>(std::move(turn))) : std::get<2>(turn)(request);
        // In pieces of three bytes, as tokens come: through the middle of characters and placeholders.
        if (answer && options.on_text)
            for (std::size_t i = 0; i < answer->text.size(); i += 3)
                if (options.on_text(std::string_view(answer->text).substr(i, 3)) == Flow::stop) {
                    answer->text.resize(std::min(i + 3, answer->text.size())), answer->finish = ChatAnswer::Finish::stopped;
                    break;
                }
        return answer;
    }
    std::vector<ChatRequest> asked() const {
        std::lock_guard lock(mutex_);
        return asked_;
    }

private:
    mutable std::mutex mutex_;
    std::deque<Turn> script_;
    std::vector<ChatRequest> asked_;
};

}  // namespace kindling::providers
