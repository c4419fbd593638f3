#include "providers/language/answer_cache.h"
#include "core/json_text.h"
#include "providers/language/openai_compatible.h"

namespace kindling::providers {

Result<ChatAnswer> AnswerCache::chat(ChatRequest const& request, ChatOptions const& options) {
    auto key = to_text(chat_body(request, ""));
    auto const forget = [this](std::list<Kept>::iterator at) { by_key_.erase(at->key), kept_.erase(at); };
    std::unique_lock lock(mutex_);
    if (auto const found = by_key_.find(key); found != by_key_.end()) {
        auto const at = found->second;
        if (std::chrono::steady_clock::now() - at->at <= options_.max_age) {
            kept_.splice(kept_.begin(), kept_, at);
            auto answer = at->answer;
            lock.unlock();
            answer.usage = {}, answer.attempts = 0;
            if (options.on_text && !answer.text.empty()) options.on_text(answer.text);
            return answer;
        }
        forget(at);
    }
    lock.unlock();
    auto answer = TRY(inner_.chat(request, options));
    if (answer.finish == ChatAnswer::Finish::stopped || options_.entries == 0) return answer;
    lock.lock();
    if (auto const found = by_key_.find(key); found != by_key_.end()) forget(found->second);  // another thread was quicker
    kept_.push_front({std::move(key), answer, std::chrono::steady_clock::now()});
    by_key_.emplace(kept_.front().key, kept_.begin());
    if (kept_.size() > options_.entries) forget(std::prev(kept_.end()));
    return answer;
}

}  // namespace kindling::providers
