// app/serve.h -- the server's life: open, wire, listen, print the links, and end gracefully on a signal.
#pragma once
#include "app/app.h"
#include <string>

namespace kindling::app {

struct ServeOptions {
    std::string listen = "127.0.0.1:8080";
    std::int64_t threads = 0;
    // "https://shop.example": where browsers reach the server through a proxy on this machine. Then its X-Forwarded-For is believed,
    // cookies are for TLS alone, links name it, and requests for another host (but this machine's own names) are refused.
    std::string origin = {};
    enum class Worker { here, elsewhere } worker = Worker::here;
    std::string links_file = {};  // where tests read the links from; empty: none
};

// Blocks until `stop`. Gives the exit code.
Result<int> serve(App&, ServeOptions const&, std::ostream& out, std::stop_token stop);

// Blocks until `stop`, carrying out jobs of a store that others serve.
Result<int> work(App&, int jobs, std::stop_token stop);

}  // namespace kindling::app
