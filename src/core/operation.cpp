#include "core/operation.h"
#include <algorithm>
#include <stdexcept>

namespace kindling {

Registry::Registry(std::vector<Operation> operations) : operations_(std::move(operations)) {
    std::ranges::sort(operations_, {}, &Operation::name);
    for (std::size_t i = 0; i < operations_.size(); ++i) {
        auto const& op = operations_[i];
        auto const complain = [&](std::string_view what) { throw std::logic_error("operation " + std::string(op.name) + ": " + std::string(what)); };
        if (i > 0 && operations_[i - 1].name == op.name) complain("is declared twice");
        if (std::ranges::count(op.name, '.') != 1 || op.name.front() == '.' || op.name.back() == '.') complain("is not named module.verb");
        if (op.summary.en.empty() || op.summary.zh.empty()) complain("needs its sentence in English and Chinese");
        if (op.permission.empty()) complain("needs a permission");
        if (op.scenario.empty()) complain("needs its scenario");
        if (op.input().kind != Kind::object || op.output().kind != Kind::object) complain("takes and gives objects");
    }
}

Operation const* Registry::find(std::string_view name) const {
    auto const i = std::ranges::lower_bound(operations_, name, {}, &Operation::name);
    return i != operations_.end() && i->name == name ? &*i : nullptr;
}

std::span<std::string_view const> common_reasons() {
    static constexpr std::string_view reasons[] = {
        "invalid_request", "malformed_json", "not_utf8", "duplicate_key", "body_too_large", "unknown_operation", "not_signed_in", "not_permitted",
        "rate_limited", "idempotency_key_reused", "idempotency_in_progress", "shop_not_found", "store_unavailable", "store_busy", "disk_full",
        "shutting_down", "deadline_exceeded", "cancelled", "internal", "amount_overflow", "malformed_page_token", "cross_site_request"};
    return reasons;
}

}  // namespace kindling
