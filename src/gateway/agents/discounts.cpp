#include "gateway/agents/discounts.h"
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

using shop::promotions::CodeState, shop::promotions::CodeTold, shop::promotions::Discount, shop::promotions::PromotionKind;

std::string const& title_of(Discount const& d, Locale locale) { return (locale == Locale::zh && !d.title_zh.empty()) || d.title_en.empty() ? d.title_zh : d.title_en; }

json::array allocations_of(Discount const& d) {
    json::array out;
    if (d.kind == PromotionKind::free_shipping) return json::array{json::object{{"path", "$.totals.shipping"}, {"amount", d.amount_minor}}};
    for (std::size_t i = 0; i < d.line_minor.size(); ++i)
        if (d.line_minor[i] > 0) out.push_back(json::object{{"path", fmt::format("$.line_items[{}]", i)}, {"amount", d.line_minor[i]}});
    return out;
}

json::array names_of(std::span<CodeTold const> codes) {
    json::array out;
    for (auto const& c : codes) out.emplace_back(c.code);
    return out;
}

json::object applied_of(Discount const& d, std::int64_t priority) {
    json::object out{{"amount", d.amount_minor}, {"automatic", d.code.empty()}, {"method", "across"}, {"priority", priority}, {"allocations", allocations_of(d)}};
    if (!d.code.empty()) out["code"] = d.code;
    return out;
}

}  // namespace

std::optional<json::array> codes_of(Fields& body) {
    if (!body.has("discounts")) return {};
    auto discounts = body.object("discounts");
    if (!discounts.has("codes")) return {};
    json::array out;
    for (auto& code : discounts.texts("codes", 10, 64)) out.emplace_back(std::move(code));
    return out;
}

std::string_view ucp_rejection(CodeState state) {
    switch (state) {
        case CodeState::applied: return "";
        case CodeState::unknown: return "discount_code_invalid";
        case CodeState::expired:
        case CodeState::used_up: return "discount_code_expired";
        case CodeState::sign_in_needed: return "discount_code_user_not_logged_in";
        case CodeState::not_for_you:
        case CodeState::not_met: return "discount_code_user_ineligible";
        case CodeState::not_combined: return "discount_code_combination_disallowed";
    }
    return "";
}

std::string_view acp_rejection(CodeState state) {
    if (state == CodeState::used_up) return "discount_code_usage_limit_reached";
    if (state == CodeState::not_met) return "discount_code_minimum_not_met";
    return ucp_rejection(state);
}

json::object ucp_discounts(std::span<Discount const> discounts, std::span<CodeTold const> codes, Locale locale) {
    json::array applied;
    for (auto const& d : discounts) {
        auto one = applied_of(d, static_cast<std::int64_t>(applied.size()) + 1);
        one["title"] = title_of(d, locale);
        applied.push_back(std::move(one));
    }
    return {{"codes", names_of(codes)}, {"applied", std::move(applied)}};
}

json::object acp_discounts(std::span<Discount const> discounts, std::span<CodeTold const> codes, Locale locale) {
    json::array applied, rejected;
    for (auto const& d : discounts) {
        auto one = applied_of(d, static_cast<std::int64_t>(applied.size()) + 1);
        one["id"] = fmt::format("{}_{}", d.promotion_id, applied.size() + 1), one["coupon"] = json::object{{"id", d.promotion_id}, {"name", title_of(d, locale)}};
        applied.push_back(std::move(one));
    }
    for (auto const& c : codes)
        if (auto const why = acp_rejection(c.state); !why.empty()) rejected.push_back(json::object{{"code", c.code}, {"reason", why}, {"message", locale == Locale::zh ? c.message_zh : c.message_en}});
    return {{"codes", names_of(codes)}, {"applied", std::move(applied)}, {"rejected", std::move(rejected)}};
}

}  // namespace kindling::gateway::agents
