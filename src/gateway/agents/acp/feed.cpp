// The product feed as ACP wants files: metadata.json (FeedMetadata) and products.jsonl (one Product a line), written page by page while they are read.
#include "gateway/agents/acp/acp.h"
#include "core/json_text.h"
#include "core/time.h"
#include "gateway/agents/ucp/ucp.h"
#include "gateway/http/url.h"
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace kindling::gateway::agents {

namespace {

// The language that was asked for; empty: the shop's own.
std::string locale_wish(Request const& request) {
    auto const query = request.query();
    auto const wish = find(query, "locale");
    return wish ? std::string(name_of(kindling::locale_of(*wish))) : std::string();
}

}  // namespace

Response Acp::feed_metadata(Request const& request) {
    auto const call = front_.call_of(request);
    if (!call) return error_response(call.error(), request.request_id);
    auto const wish = locale_wish(request);
    auto response = Response::json(200, json::value(json::object{{"id", fmt::format("shop-{}{}{}", call->shop_id, wish.empty() ? "" : "-", wish)}, {"updated_at", format_time(now_ms())}}));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Response Acp::feed_products(Request const& request) {
    auto call = front_.call_of(request);
    if (!call) return error_response(call.error(), request.request_id);
    // A whole catalogue is much more work than a page: a few an hour are enough for anybody.
    if (!front_.executor().limiter().allow("feed " + request.remote_address, 6)) return error_response(Error{Errc::unavailable, "rate_limited", "The feed was read six times within a minute; wait a moment."}, request.request_id);
    call->caller = {.kind = Caller::Kind::anonymous, .id = "feed:" + request.remote_address, .role = "agent", .customer_id = {}, .session_id = {}, .permissions = {}};
    Response response{.content_type = "application/jsonl; charset=utf-8"};
    response.headers.emplace_back("Cache-Control", "no-store");
    response.stream = [this, call = std::move(*call), base = origin_of(request), locale = locale_wish(request), id = request.request_id](std::shared_ptr<BodyStream> out) mutable {
        call.progress.stop = out->stop();
        std::string token;
        do {
            auto page = front_.executor().call("feeds.products", json::object{{"shop_url", base}, {"locale", locale}, {"page_size", 200}, {"page_token", token}}, call);
            if (!page) {
                // The head is gone: a last line that is an Error and no Product tells that the file is not whole.
                spdlog::error("request={} feed: {}: {}", id, page.error().reason, page.error().message);
                out->write(kindling::to_text(json::object{{"type", "processing_error"}, {"code", page.error().reason}, {"message", "The feed broke off here; read it again."}}) + '\n');
                return out->close();
            }
            std::string lines;
            for (auto const& p : page->at("products").as_array()) lines += kindling::to_text(p) + '\n';
            if (!lines.empty() && out->write(lines) != Sent::ok) return;
            token = page->at("next_page_token").as_string();
        } while (!token.empty());
        out->close();
    };
    return response;
}

}  // namespace kindling::gateway::agents
