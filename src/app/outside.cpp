#include "app/outside.h"
#include "app/app.h"
#include "providers/http_client/client.h"
#include <memory>

namespace kindling::app {

gateway::SendOutside send_outside() {
    using providers::HttpClient, providers::Reach;
    auto const anywhere = std::make_shared<HttpClient const>(providers::HttpClientOptions{.reach = Reach::anywhere}), internet = std::make_shared<HttpClient const>(providers::HttpClientOptions{.reach = Reach::public_internet});
    return [anywhere, internet](std::string const& method, std::string const& url, gateway::Pairs const& headers, std::string const& body, gateway::NamedBy by) -> Result<gateway::OutsideAnswer> {
        providers::HttpRequest request{.method = method, .url = url, .fields = headers, .body = body};
        providers::HttpOptions const options{.connect_timeout = std::chrono::seconds(4), .silence_timeout = std::chrono::seconds(4), .total_timeout = std::chrono::seconds(8), .max_body_bytes = 1 << 20};
        auto answer = TRY((by == gateway::NamedBy::owner ? *anywhere : *internet).send(request, options));
        return gateway::OutsideAnswer{answer.status, std::move(answer.body)};
    };
}

}  // namespace kindling::app
