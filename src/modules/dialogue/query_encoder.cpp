// modules/dialogue/query_encoder.cpp -- see query_encoder.h.
#include "modules/dialogue/query_encoder.h"

namespace kindling::dialogue {

namespace {
constexpr int patience = 3;
constexpr std::size_t at_once = 32;
}  // namespace

std::optional<std::vector<float>> QueryEncoder::known(std::string const& text) {
    auto const found = by_text_.find(text);
    if (found == by_text_.end()) return {};
    kept_.splice(kept_.begin(), kept_, found->second);
    return found->second->vector;
}

void QueryEncoder::keep(std::string text, std::vector<float> vector) {
    if (by_text_.contains(text)) return;
    kept_.push_front({std::move(text), std::move(vector)});
    by_text_.emplace(kept_.front().text, kept_.begin());
    if (kept_.size() > options_.kept) by_text_.erase(kept_.back().text), kept_.pop_back();
}

std::optional<std::vector<float>> QueryEncoder::vector(std::string const& text) {
    std::unique_lock lock(mutex_);
    if (auto found = known(text)) return found;
    auto const now = std::chrono::steady_clock::now();
    if (!asked_.contains(text)) {
        if (queue_.size() >= options_.queue) return {};
        queue_.emplace_back(text, now), asked_.insert(text);
        wanted_.notify_one();
    }
    if (now < resting_until_) return {};
    answered_.wait_until(lock, now + options_.wait, [&] { return !asked_.contains(text); });
    auto found = known(text);
    if (found) for_nothing_ = 0;
    else if (++for_nothing_ >= patience) for_nothing_ = 0, resting_until_ = std::chrono::steady_clock::now() + options_.rest;
    return found;
}

void QueryEncoder::work(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    while (wanted_.wait(lock, stop, [&] { return !queue_.empty(); })) {
        std::vector<std::string> texts;
        auto const since = queue_.front().second;
        while (!queue_.empty() && texts.size() < at_once) texts.push_back(std::move(queue_.front().first)), queue_.pop_front();
        lock.unlock();
        auto vectors = encoder_->encode(texts, {.deadline = options_.deadline, .stop = stop});
        lock.lock();
        if (vectors && std::chrono::steady_clock::now() - since <= options_.wait) for_nothing_ = 0, resting_until_ = {};
        for (std::size_t i = 0; i < texts.size(); ++i) {
            asked_.erase(texts[i]);
            if (vectors) keep(std::move(texts[i]), std::move((*vectors)[i]));
        }
        answered_.notify_all();
    }
}

}  // namespace kindling::dialogue
