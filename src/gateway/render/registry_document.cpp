#include "gateway/render/registry_document.h"
#include "gateway/render/examples.h"
#include "gateway/render/names.h"
#include <boost/json.hpp>

namespace kindling::gateway {

json::object registry_entry(Operation const& op) {
    json::array reasons;
    for (auto r : op.reasons) reasons.emplace_back(r);
    return {{"name", op.name},
            {"module", module_of(op.name)},
            {"verb", verb_of(op.name)},
            {"scenario", op.scenario},
            {"summary", {{"en", op.summary.en}, {"zh", op.summary.zh}}},
            {"effect", name_of(op.effect)},
            {"permission", op.permission},
            {"reasons", std::move(reasons)},
            {"long", op.length == Length::long_},
            {"input", json_schema(op.input(), Side::request, Locale::en)},
            {"input_zh", json_schema(op.input(), Side::request, Locale::zh)},
            {"output", json_schema(op.output(), Side::response, Locale::en)},
            {"output_zh", json_schema(op.output(), Side::response, Locale::zh)},
            {"example", example_request(op.input())}};
}

json::object registry_document(Registry const& registry) {
    json::array operations;
    for (auto const& op : registry.all()) operations.push_back(registry_entry(op));
    return {{"operations", std::move(operations)}};
}

}  // namespace kindling::gateway
