#include "gateway/http/response.h"
#include "core/json_text.h"
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace kindling::gateway {

Response Response::text(int status, std::string body) { return {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(body)}; }
Response Response::html(int status, std::string body) { return {.status = status, .content_type = "text/html; charset=utf-8", .body = std::move(body)}; }
Response Response::json(int status, std::string text) { return {.status = status, .content_type = "application/json", .body = std::move(text)}; }
Response Response::json(int status, boost::json::value const& value) { return json(status, kindling::to_text(value)); }
Response Response::redirect(int status, std::string location) { return {.status = status, .headers = {{"Location", std::move(location)}}}; }

Response Response::events(std::function<void(EventStream)> producer, Producer where) {
    return {.content_type = "text/event-stream",
            .headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}},  // nginx would hold events back
            .stream = [producer = std::move(producer)](std::shared_ptr<BodyStream> body) { producer(EventStream(std::move(body))); },
            .producer = where};
}

int status_of(Error const& error) {
    static constexpr std::pair<std::string_view, int> finer[] = {
        {"not_signed_in", 401}, {"body_too_large", 413}, {"rate_limited", 429}, {"method_not_allowed", 405}, {"request_timeout", 408},
        {"header_too_large", 431}, {"target_too_long", 414}, {"not_implemented", 501}, {"expectation_failed", 417},
        {"upgrade_required", 426}, {"misdirected_host", 421}, {"deadline_exceeded", 504}};
    for (auto const& [reason, status] : finer)
        if (error.reason == reason) return status;
    switch (error.code) {
        case Errc::invalid_argument: return 400;
        case Errc::permission_denied: return 403;
        case Errc::not_found: return 404;
        case Errc::conflict: return 409;
        case Errc::failed_precondition: return 422;
        case Errc::unavailable: return 503;
        case Errc::internal: break;
    }
    return 500;
}

Response error_response(Error const& error, std::string_view request_id) {
    auto const hidden = error.code == Errc::internal;
    boost::json::object e{{"code", name_of(error.code)},
                          {"reason", hidden ? "internal" : std::string_view(error.reason)},
                          {"message", hidden ? "Something went wrong on our side; the request id finds it in the log." : std::string_view(error.message)}};
    if (!error.fields.empty() && !hidden) {
        boost::json::array fields;
        for (auto const& f : error.fields) fields.push_back(boost::json::object{{"path", f.path}, {"reason", f.reason}, {"message", f.message}});
        e["fields"] = std::move(fields);
    }
    e["request_id"] = request_id;
    auto out = Response::json(status_of(error), boost::json::value{{"error", std::move(e)}});
    out.headers.emplace_back("Cache-Control", "no-store");
    if (out.status == 503 || out.status == 429) out.headers.emplace_back("Retry-After", "1");
    return out;
}

}  // namespace kindling::gateway
