// modules/dialogue/query_encoder.h -- a shopper's words as a vector of the plugged encoder, without a shopper ever waiting long for it.
//
// Encoders are slow (a network, a small machine) and fail. So a search waits `wait` at most; the answer that comes later is kept for whoever asks the same next.
// After three waits in a row that were for nothing nobody waits for `rest`; the words are still sent in the background, and one answer that comes
// in time ends the rest. One thread sends what came together as one request; when more than `queue` texts are waiting, others are not sent.
//
// Threads: any.
#pragma once
#include "providers/language/text_encoder.h"
#include <condition_variable>
#include <deque>
#include <list>
#include <thread>
#include <unordered_map>
#include <unordered_set>

namespace kindling::dialogue {

class QueryEncoder {
public:
    struct Options {
        std::chrono::milliseconds wait{60}, deadline{4'000}, rest{30'000};
        std::size_t kept = 4'096, queue = 64;  // texts; what was asked for longest ago is forgotten first
    };
    QueryEncoder(std::shared_ptr<providers::TextEncoder> encoder, Options options) : encoder_(std::move(encoder)), options_(options), thread_([this](std::stop_token stop) { work(stop); }) {}

    // Nothing when it is not there in time.
    std::optional<std::vector<float>> vector(std::string const& text);

private:
    using Instant = std::chrono::steady_clock::time_point;
    struct Kept {
        std::string text;
        std::vector<float> vector;
    };
    std::optional<std::vector<float>> known(std::string const& text);
    void keep(std::string text, std::vector<float> vector);
    void work(std::stop_token);

    std::shared_ptr<providers::TextEncoder> encoder_;
    Options options_;
    std::mutex mutex_;
    std::condition_variable_any wanted_, answered_;
    std::deque<std::pair<std::string, Instant>> queue_;
    std::unordered_set<std::string> asked_;  // waiting or under way
    std::list<Kept> kept_;                   // asked for last: first
    std::unordered_map<std::string_view, std::list<Kept>::iterator> by_text_;
    int for_nothing_ = 0;                    // waits in a row
    Instant resting_until_{};
    std::jthread thread_;                    // last: begins when all above stands
};

}  // namespace kindling::dialogue
