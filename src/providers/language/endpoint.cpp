#include "providers/language/endpoint.h"
#include "providers/language/answer_reader.h"
#include <algorithm>
#include <condition_variable>
#include <fmt/format.h>
#include <thread>

namespace kindling::providers {

namespace {

using namespace std::chrono;

// Requests a stop when nothing was heard in time. The HTTP client's own silence limit does not do: a proxy's keep-alive comments
// are bytes but no tokens, and the first token may take longer than the next one.
class TokenWatch {
public:
    TokenWatch(std::stop_token outer, milliseconds first) : until_(steady_clock::now() + first), forward_(std::move(outer), Forward{&source_}), thread_([this] { watch(); }) {}
    ~TokenWatch() {
        {
            std::lock_guard lock(mutex_);
            over_ = true;
        }
        changed_.notify_one();
    }
    void heard(milliseconds next) {
        std::lock_guard lock(mutex_);
        until_ = steady_clock::now() + next;
        changed_.notify_one();
    }
    bool expired() {
        std::lock_guard lock(mutex_);
        return expired_;
    }
    std::stop_token token() const { return source_.get_token(); }

private:
    struct Forward {
        std::stop_source* to;
        void operator()() const { to->request_stop(); }
    };
    void watch() {
        std::unique_lock lock(mutex_);
        while (!over_) {
            if (steady_clock::now() >= until_) {
                expired_ = true;
                lock.unlock();
                source_.request_stop();
                return;
            }
            auto const until = until_;
            changed_.wait_until(lock, until, [&] { return over_ || until_ != until; });
        }
    }
    std::stop_source source_;
    std::mutex mutex_;
    std::condition_variable changed_;
    steady_clock::time_point until_;
    bool over_ = false, expired_ = false;
    std::stop_callback<Forward> forward_;
    std::jthread thread_;  // last: begins when all above stands, is joined before any of it goes
};

bool really_wait(milliseconds time, std::stop_token stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

milliseconds retry_after(HttpResponse const& response) {
    auto const number = [](std::string_view text) {
        std::int64_t n = 0;
        for (char c : text) {
            if (c < '0' || c > '9' || n > 1'000'000) return std::int64_t{0};  // a date: our own pause will do
            n = n * 10 + (c - '0');
        }
        return n;
    };
    if (auto const ms = number(response.field("retry-after-ms")); ms > 0) return milliseconds(ms);
    return seconds(number(response.field("retry-after")));
}

Failure failure(Errc code, std::string reason, std::string message, Repeat repeat) { return {.error = {code, std::move(reason), std::move(message)}, .repeat = repeat}; }

Failure refusal(HttpResponse response, EndpointOptions const& options) {
    auto const& key = options.key;
    auto said = error_text(response.body);
    for (auto at = key.empty() ? said.npos : said.find(key); at != said.npos; at = said.find(key, at)) said.replace(at, key.size(), "***");
    auto const tail = fmt::format(" (status {}{}{})", response.status, said.empty() ? "" : ": ", said);
    auto const status = response.status;
    Failure f;
    // Servers like to quote the key in this one, whole or in part.
    if (status == 401 || status == 403) f = failure(Errc::failed_precondition, "model_key_refused", fmt::format("The model's server refuses the key (status {}); check {}_key.", status, options.settings), Repeat::no);
    else if (status == 404) f = failure(Errc::failed_precondition, "model_not_found", fmt::format("The model's server does not know this address or model{}; check {}_url and {}_name.", tail, options.settings, options.settings), Repeat::no);
    else if (status == 429) f = failure(Errc::unavailable, "model_rate_limited", "The model's server asks to wait" + tail + ".", response.body.find("insufficient_quota") == std::string::npos ? Repeat::yes : Repeat::no);
    else if (status == 408 || status == 425 || status >= 500) f = failure(Errc::unavailable, "model_unavailable", "The model's server fails" + tail + ".", Repeat::yes);
    else f = failure(Errc::failed_precondition, "model_request_refused", "The model's server refuses the request" + tail + ".", Repeat::no);
    f.not_before = retry_after(response), f.status = status, f.body = std::move(response.body);
    return f;
}

Failure translate(Error error, EndpointOptions const& options) {
    auto const& r = error.reason;
    if (r == "malformed_url" || r == "malformed_request" || r == "address_not_allowed") return failure(Errc::failed_precondition, "model_not_configured", fmt::format("{}_url cannot be used: {}", options.settings, error.message), Repeat::no);
    if (r == "cancelled") return failure(Errc::unavailable, "cancelled", "The answer was not waited for.", Repeat::no);
    if (r == "deadline_exceeded") return failure(Errc::unavailable, "model_timeout", "The model's server did not answer in time.", Repeat::yes);
    if (r == "malformed_response" || r == "response_too_large") return failure(Errc::unavailable, "model_answer_malformed", "The model's server does not speak HTTP as expected: " + error.message, Repeat::no);
    return failure(Errc::unavailable, "model_unavailable", "The model's server cannot be reached: " + error.message, Repeat::yes);
}

std::string without_slash(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url;
}

}  // namespace

Endpoint::Endpoint(EndpointOptions options)
    : options_(std::move(options)), client_({.reach = options_.reach, .certificates_file = options_.certificates_file}), breaker_(options_.failures_before_rest, options_.rest), random_(options_.seed) {
    options_.url = without_slash(std::move(options_.url));
}

std::expected<HttpResponse, Failure> Endpoint::post(Post const& p) const {
    HttpRequest request{.method = "POST", .url = options_.url + std::string(p.path), .fields = {{"Content-Type", p.content_type}, {"Accept", p.on_body ? "text/event-stream, application/json" : std::string(p.accept)}}, .body = p.body};
    if (!options_.key.empty()) request.fields.emplace_back("Authorization", "Bearer " + options_.key);
    HttpOptions options{.connect_timeout = std::min(options_.connect_timeout, p.left), .silence_timeout = p.on_body ? p.left : std::min(options_.first_token_timeout, p.left), .total_timeout = p.left, .stop = p.stop};
    auto const send = [&]() -> std::expected<HttpResponse, Failure> {
        auto response = client_.send(request, options);
        if (!response) return std::unexpected(translate(std::move(response).error(), options_));
        if (response->status < 200 || response->status >= 300) return std::unexpected(refusal(std::move(*response), options_));
        return std::move(*response);
    };
    if (!p.on_body) return send();
    TokenWatch watch(p.stop, options_.connect_timeout + options_.first_token_timeout);
    std::size_t seen = 0;
    options.stop = watch.token();
    options.on_body = [&](std::string_view bytes) {
        auto const flow = p.on_body(bytes);
        if (auto const now = p.tokens_seen(); now != seen) seen = now, watch.heard(options_.between_tokens_timeout);
        return flow;
    };
    auto response = send();
    if (!response && response.error().error.reason == "cancelled" && watch.expired())
        return std::unexpected(failure(Errc::unavailable, "model_timeout", seen ? "The model stopped in the middle of its answer." : "The model did not begin its answer in time.", Repeat::yes));
    return response;
}

milliseconds Endpoint::pause_before(int next_try) {
    auto pause = options_.first_pause;
    for (int i = 2; i < next_try && pause < options_.longest_pause; ++i) pause *= 2;
    pause = std::min(pause, options_.longest_pause);
    std::lock_guard lock(random_mutex_);
    return milliseconds(static_cast<std::int64_t>(static_cast<double>(pause.count()) * random_.uniform(0.5, 1.0)));
}

Result<void> Endpoint::attempt(Limits const& limits, std::function<std::expected<void, Failure>(int, milliseconds)> const& once) {
    auto const end = steady_clock::now() + limits.deadline;
    if (!breaker_.may_pass(steady_clock::now())) return fail(Errc::unavailable, "model_paused", "The model failed several times in a row and is left alone for a while.");
    for (int number = 1;; ++number) {
        auto const left = duration_cast<milliseconds>(end - steady_clock::now());
        auto const done = left.count() > 0 ? once(number, left) : std::unexpected(failure(Errc::unavailable, "model_timeout", "The model's server did not answer in time.", Repeat::no));
        if (done) {
            breaker_.succeeded();
            return {};
        }
        auto const& f = done.error();
        if (f.repeat == Repeat::yes && number < options_.attempts) {
            auto const pause = std::max(pause_before(number + 1), f.not_before);
            if (steady_clock::now() + pause < end) {
                auto const& wait = options_.wait;
                if (wait ? wait(pause, limits.stop) : really_wait(pause, limits.stop)) continue;
                breaker_.undecided();
                return fail(Errc::unavailable, "cancelled", "The answer was not waited for.");
            }
        }
        // A refusal or the caller's stop says nothing about the server's health; what may pass by itself does.
        if (f.error.code == Errc::unavailable && f.error.reason != "cancelled") breaker_.failed(steady_clock::now());
        else breaker_.undecided();
        return std::unexpected(f.error);
    }
}

}  // namespace kindling::providers
