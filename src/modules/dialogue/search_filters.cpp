#include "modules/dialogue/search_filters.h"

namespace kindling::dialogue {

Result<std::vector<Constraint>> explicit_filters(CatalogueView const& view, Search const& in) {
    std::vector<Constraint> out;
    auto const& words = view.words();
    std::vector<FieldError> wrong;
    if (!in.category_id.empty()) {
        auto const found = words.category_ids.find(in.category_id);
        if (found == words.category_ids.end()) wrong.push_back({"/category_id", "unknown_category", "is not a category of this shop"});
        else {
            auto const& c = words.categories[static_cast<std::size_t>(found->second)];
            out.push_back({.kind = ConstraintKind::category, .values = {{c.id, c.label.en, c.label.zh}}});
        }
    }
    for (std::size_t i = 0; i < in.filters.size(); ++i) {
        auto const& f = in.filters[i];
        if (f.name == "brand") {
            Constraint c{.kind = ConstraintKind::brand};
            for (auto const& v : f.values) c.values.push_back({v, v, v});
            out.push_back(std::move(c));
            continue;
        }
        if (f.name == "category") {
            Constraint c{.kind = ConstraintKind::category};
            for (auto const& v : f.values) {
                auto const known = words.category_ids.find(v);
                if (known == words.category_ids.end()) { wrong.push_back({"/filters/" + std::to_string(i) + "/values", "unknown_category", "names a category that this shop has not"}); continue; }
                auto const& info = words.categories[static_cast<std::size_t>(known->second)];
                c.values.push_back({info.id, info.label.en, info.label.zh});
            }
            if (!c.values.empty()) out.push_back(std::move(c));
            continue;
        }
        auto const found = words.attribute_ids.find(f.name);
        if (found == words.attribute_ids.end()) { wrong.push_back({"/filters/" + std::to_string(i) + "/name", "unknown_attribute", "is not an attribute of this shop"}); continue; }
        auto const& info = words.attributes[static_cast<std::size_t>(found->second)];
        if (!f.values.empty()) {
            Constraint c{.kind = ConstraintKind::value, .attribute = f.name};
            for (auto const& v : f.values) c.values.push_back({f.name, v, v});
            out.push_back(std::move(c));
        }
        if (f.min || f.max) {
            Constraint c{.kind = ConstraintKind::number, .attribute = f.name};
            if (f.min) c.min = *f.min * info.measure.factor * (1 - 1e-12);
            if (f.max) c.max = *f.max * info.measure.factor * (1 + 1e-12);
            out.push_back(std::move(c));
        }
    }
    if (in.price_min_minor || in.price_max_minor) {
        Constraint c{.kind = ConstraintKind::price};
        if (in.price_min_minor) c.min = static_cast<double>(*in.price_min_minor);
        if (in.price_max_minor) c.max = static_cast<double>(*in.price_max_minor);
        out.push_back(std::move(c));
    }
    if (in.in_stock) out.push_back({.kind = ConstraintKind::stock});
    if (!wrong.empty()) return fail(Errc::invalid_argument, "invalid_request", "The search has filters that this shop does not know.", std::move(wrong));
    for (auto& c : out) write_labels(c, words, view.currency());
    return out;
}

}  // namespace kindling::dialogue
