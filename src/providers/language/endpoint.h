// providers/language/endpoint.h -- POST to a model server: the key, the time limits, what an answer's status means, tries and pauses.
//
// A try is repeated only while nothing of an answer has come, only for failures that may pass by themselves (429, 5xx, connections),
// at most `attempts` times, after a pause that doubles and is jittered by half (so that many callers do not come back together),
// never shorter than the server's Retry-After and never beyond the caller's deadline. The key goes into one header and nowhere else.
#pragma once
#include "core/random.h"
#include "providers/http_client/client.h"
#include "providers/language/circuit_breaker.h"
#include <expected>

namespace kindling::providers {

struct EndpointOptions {
    std::string url;  // the base: "https://host/v1"
    std::string key = {};  // sent as a bearer token; empty: none
    // Reach::anywhere only for an address that the shop's owner typed (a model on the same machine or network is usual);
    // an address from anywhere else must stay on the public internet.
    Reach reach = Reach::public_internet;
    std::string certificates_file = {};
    std::string_view settings = "language_model";  // what the owner's settings begin with, for messages that say which to look at; a literal
    std::chrono::milliseconds connect_timeout{3'000}, first_token_timeout{20'000}, between_tokens_timeout{10'000};
    int attempts = 3;
    std::chrono::milliseconds first_pause{300}, longest_pause{4'000};
    int failures_before_rest = 5;
    std::chrono::milliseconds rest{30'000};
    std::uint64_t seed = 1;  // of the jitter
    // Waits between tries; false when stopped meanwhile. Empty: really waits. Tests look at what it is given.
    std::function<bool(std::chrono::milliseconds, std::stop_token)> wait = {};
};

enum class Repeat { no, yes };

// How one try failed. `status` and `body` of a refusal let the caller ask differently; the body never goes into a message unshortened.
struct Failure {
    Error error;
    Repeat repeat = Repeat::no;
    std::chrono::milliseconds not_before{0};  // Retry-After
    int status = 0;
    std::string body = {};
};

// Any thread.
class Endpoint {
public:
    explicit Endpoint(EndpointOptions);

    struct Post {
        std::string_view path;  // "/chat/completions"
        std::string body;
        std::chrono::milliseconds left;  // for this try
        std::stop_token stop = {};
        std::string content_type = "application/json";
        std::string_view accept = "application/json";  // of an answer that is not streamed
        // As HttpOptions::on_body; then `tokens_seen` says how far the answer is, and the two token timeouts hold.
        std::function<Flow(std::string_view)> on_body = {};
        std::function<std::size_t()> tokens_seen = {};
    };
    std::expected<HttpResponse, Failure> post(Post const&) const;

    struct Limits {
        std::chrono::milliseconds deadline;
        std::stop_token stop = {};
    };
    // Tries `once` (given the number of the try from 1 and the time left) as the file's head says, behind the circuit breaker.
    Result<void> attempt(Limits const&, std::function<std::expected<void, Failure>(int number, std::chrono::milliseconds left)> const& once);

    EndpointOptions const& options() const { return options_; }

private:
    std::chrono::milliseconds pause_before(int next_try);
    EndpointOptions options_;
    HttpClient client_;
    CircuitBreaker breaker_;
    std::mutex random_mutex_;
    Random random_;
};

}  // namespace kindling::providers
