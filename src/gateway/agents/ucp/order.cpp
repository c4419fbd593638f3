// get_order: the current state of an order, for the platform that prepared it and proved who it is.
#include "core/time.h"
#include "core/in_either.h"
#include "gateway/agents/ucp/orders.h"
#include "gateway/http/url.h"
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

constexpr std::string_view order_capability = "dev.ucp.shopping.order";

}  // namespace

json::object ucp_order(OrderTold const& told, std::string const& base, Locale locale) {
    auto const& [order, returns, asked, refunded_minor, c] = told;
    using S = shop::OrderStatus;
    bool const left = has_left(order.status), cancelled = order.status == S::cancelled;
    json::array lines, all, events, adjustments;
    std::int64_t off = 0, gross = 0;
    for (auto const& l : order.lines) {
        auto const total = cancelled ? 0 : l.quantity, fulfilled = left ? l.quantity : 0;
        auto const amount = l.quantity * l.unit_price_minor;
        off += l.discount_minor, gross += amount;
        lines.push_back(json::object{{"id", line_id(l.sku)}, {"item", json::object{{"id", l.sku}, {"title", with_variant(l.title.empty() ? l.sku : l.title, in_either(locale, l.variant_en, l.variant_zh))}, {"price", l.unit_price_minor}}}, {"quantity", json::object{{"original", l.quantity}, {"total", total}, {"fulfilled", fulfilled}}},
                                     {"totals", line_totals(amount, l.discount_minor)}, {"status", total == 0 ? "removed" : fulfilled == total ? "fulfilled" : "processing"}});
        all.push_back(json::object{{"id", line_id(l.sku)}, {"quantity", l.quantity}});
    }
    auto const event = [&](std::string_view type, std::int64_t at) {
        json::object e{{"id", fmt::format("{}_{}", order.order_id, type)}, {"occurred_at", format_time(at)}, {"type", type}, {"line_items", all}};
        if (!order.tracking.empty()) e["tracking_number"] = order.tracking;
        events.push_back(std::move(e));
    };
    if (order.shipped_at_ms) event("shipped", *order.shipped_at_ms);
    if (order.delivered_at_ms) event("delivered", *order.delivered_at_ms);
    if (cancelled) adjustments.push_back(json::object{{"id", order.order_id + "_cancelled"}, {"type", "cancellation"}, {"occurred_at", format_time(c.updated_at_ms)}, {"status", "completed"}, {"totals", json::array{json::object{{"type", "total"}, {"amount", -order.total_minor}}}}});
    auto const adjust = [&](json::object a, std::int64_t line, std::int64_t quantity, std::string const& reason) {
        if (auto const at = static_cast<std::size_t>(line); at < order.lines.size()) a["line_items"] = json::array{json::object{{"id", line_id(order.lines[at].sku)}, {"quantity", -quantity}}};
        if (!reason.empty()) a["description"] = reason;
        adjustments.push_back(std::move(a));
    };
    for (auto const& r : returns) {
        json::object a{{"id", r.return_id}, {"type", "return"}, {"occurred_at", format_time(r.created_at_ms.value_or(order.placed_at_ms))}, {"status", "completed"}, {"totals", json::array{json::object{{"type", "total"}, {"amount", -r.refund_minor.value_or(0)}}}}};
        adjust(std::move(a), r.line, r.quantity, r.reason);
    }
    for (auto const& r : asked) adjust({{"id", r.request_id}, {"type", adjustment_type(r)}, {"occurred_at", format_time(r.created_at_ms)}, {"status", adjustment_status(r)}}, r.line, r.quantity, r.reason);
    json::object destination;
    if (order.contact) {
        auto const& p = *order.contact;
        for (auto const& [name, value] : {std::pair<std::string_view, std::string const&>("street_address", p.address), {"address_locality", p.city}, {"address_region", p.region}, {"postal_code", p.postcode}, {"address_country", p.country}})
            if (!value.empty()) destination[name] = value;
    }
    json::object expectation{{"id", "parcel"}, {"line_items", all}, {"method_type", "shipping"}, {"destination", std::move(destination)}};
    if (order.promised_day) expectation["description"] = (locale == Locale::zh ? "预计送达 " : "Expected by ") + format_date(static_cast<Day>(*order.promised_day));
    // The parts as they add up: an order recorded from elsewhere may state a subtotal of its own.
    json::array totals{json::object{{"type", "subtotal"}, {"amount", off > 0 && gross - off == order.subtotal_minor ? gross : order.subtotal_minor}}};
    if (off > 0 && gross - off == order.subtotal_minor) totals.push_back(json::object{{"type", "items_discount"}, {"amount", -off}});
    if (order.discount_minor > 0) totals.push_back(json::object{{"type", "discount"}, {"amount", -order.discount_minor}});
    totals.push_back(json::object{{"type", "fulfillment"}, {"amount", order.shipping_minor}}), totals.push_back(json::object{{"type", "total"}, {"amount", order.total_minor}});
    json::object out{{"ucp", json::object{{"version", ucp_version}, {"status", "success"}, {"capabilities", json::object{{order_capability, json::array{json::object{{"version", ucp_version}}}}}}}},
                     {"id", order.order_id}, {"checkout_id", c.checkout_id}, {"permalink_url", fmt::format("{}/{}/order/{}?token={}", base, name_of(locale), percent_encode(order.order_id), percent_encode(c.order_access))}, {"line_items", std::move(lines)},
                     {"fulfillment", json::object{{"expectations", json::array{std::move(expectation)}}, {"events", std::move(events)}}}, {"currency", order.currency}, {"totals", std::move(totals)}};
    if (!adjustments.empty()) out["adjustments"] = std::move(adjustments);
    if (c.extra && c.extra->is_object())
        if (auto const* attribution = c.extra->get_object().if_contains("attribution"); attribution && attribution->is_object() && !attribution->get_object().empty()) out["attribution"] = *attribution;
    return out;
}

Result<OrderTold> order_told(Executor& executor, Call call, std::string const& order_id) {
    call.caller.permissions = {"orders.read", "customers.read", "checkout.read"}, call.idempotency_key.clear();
    OrderTold out;
    out.checkout = TRY(read_json<shop::Checkout>(TRY(executor.call("checkout.get", json::object{{"order_id", order_id}}, call))));
    out.order = TRY(read_json<shop::Order>(TRY(executor.call("orders.get_order", json::object{{"order_id", order_id}}, call))));
    auto const returns = TRY(executor.call("orders.list_returns", json::object{{"order_id", order_id}}, call));
    for (auto const& r : returns.at("returns").as_array()) out.returns.push_back(TRY(read_json<shop::ReturnLine>(r)));
    auto const requests = TRY(executor.call("orders.list_return_requests", json::object{{"order_id", order_id}, {"page_size", 200}}, call));
    for (auto const& r : requests.at("requests").as_array())
        if (r.at("status").as_string() != "accepted") out.asked.push_back(TRY(read_json<shop::RequestLine>(r)));  // what was accepted is among the returns
    out.refunded_minor = TRY(executor.call("orders.list_refunds", json::object{{"order_id", order_id}}, call)).at("refunded_minor").as_int64();
    return out;
}

Answered<Reply> Ucp::get_order(Ask& in) {
    if (!in.agent.proven) return failed(in, order_capability, "unauthorized", "Not authorized to access this order: prove who you are by an API key or a signature.");
    if (in.id.empty() || in.id.size() > 128) return failed(in, order_capability, "not_found", "Order not found.");
    auto const told = order_told(front_.executor(), in.call, in.id);
    if (!told) {
        if (told.error().code == Errc::not_found) return failed(in, order_capability, "not_found", "Order not found.");
        return std::unexpected(refusal_of(told.error()));
    }
    if (told->checkout.agent != in.agent.counted_as) return failed(in, order_capability, "not_found", "Order not found.");
    auto const& origin = told->checkout.origin;
    return Reply{ucp_order(*told, origin.empty() ? in.base : origin, in.call.locale)};
}

}  // namespace kindling::gateway::agents
