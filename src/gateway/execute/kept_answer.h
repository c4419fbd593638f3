// gateway/execute/kept_answer.h -- how the answer of a request with an Idempotency-Key stands in the store: sealed, as hex.
#pragma once
#include "core/result.h"
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>

namespace kindling::shop { class Vault; }

namespace kindling::gateway {

std::string seal_answer(shop::Vault const&, std::int64_t shop_id, boost::json::value const& answer);
// Fails with cannot_open_sealed for another folder's key or a damaged value.
Result<boost::json::value> open_answer(shop::Vault const&, std::int64_t shop_id, std::string_view kept);

}  // namespace kindling::gateway
