// providers/language/answer_cache.h -- the same question to the same model within a while gets the same answer, for nothing.
//
// The key is the whole request as it would be sent, compared in full: two requests that differ anywhere never share an answer.
// Keep it per shop (a request holds that shop's texts) and only where variety is not wanted. Least recently used goes first.
#pragma once
#include "providers/language/language_model.h"
#include <list>
#include <mutex>
#include <unordered_map>

namespace kindling::providers {

// Any thread. Answers of failed or stopped calls are not kept.
class AnswerCache final : public LanguageModel {
public:
    struct Options { std::size_t entries = 256; std::chrono::milliseconds max_age{600'000}; };
    AnswerCache(LanguageModel& inner, Options options) : inner_(inner), options_(options) {}
    // A kept answer costs no tokens: its usage is zero.
    Result<ChatAnswer> chat(ChatRequest const&, ChatOptions const& = {}) override;

private:
    struct Kept { std::string key; ChatAnswer answer; std::chrono::steady_clock::time_point at; };
    LanguageModel& inner_;
    Options options_;
    std::mutex mutex_;
    std::list<Kept> kept_;  // most recent first
    std::unordered_map<std::string_view, std::list<Kept>::iterator> by_key_;
};

}  // namespace kindling::providers
