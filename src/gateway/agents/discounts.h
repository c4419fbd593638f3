// gateway/agents/discounts.h -- promotions in the protocols' words: codes in, what was taken off and what became of each code out.
//
// UCP's discount extension (ucp.dev 2026-04-08, discount) and ACP's (2026-04-17) are the same in all but names: amounts in `applied` are positive and lie
// on lines by JSONPath; in UCP's totals they are negative; a code that does not count is told by a warning and stays among the codes.
#pragma once
#include "gateway/agents/fields.h"
#include "shop/promotions/api.h"

namespace kindling::gateway::agents {

// The codes of `discounts.codes`; nothing when the field is not there: they stay as they were. Longer than 10 is told as wrong.
std::optional<json::array> codes_of(Fields& body);

// {codes, applied} of UCP, {codes, applied, rejected} of ACP.
json::object ucp_discounts(std::span<shop::promotions::Discount const>, std::span<shop::promotions::CodeTold const>, Locale);
json::object acp_discounts(std::span<shop::promotions::Discount const>, std::span<shop::promotions::CodeTold const>, Locale);

// "discount_code_expired" and so on; UCP has fewer of them than ACP. "" for a code that counts.
std::string_view ucp_rejection(shop::promotions::CodeState);
std::string_view acp_rejection(shop::promotions::CodeState);

}  // namespace kindling::gateway::agents
