// modules/dialogue/fitting.cpp -- see fitting.h.
#include "modules/dialogue/fitting.h"

namespace kindling::dialogue {

namespace {

constexpr std::size_t few = 16;  // asked about one product in so many or fewer, no bits are made

}  // namespace

Fitting::Fitting(CatalogueView const& view, std::span<Constraint const> constraints, std::size_t asked_about) : view_(view) {
    auto const count = std::min<std::size_t>(constraints.size(), 63);
    for (auto const& c : constraints.first(count)) {
        conditions_.push_back(resolve(c, view.words()));
        if (conditions_.back().texts) conditions_.back().row = titles_that_hold(view, conditions_.back());
        preferences_ = preferences_ || conditions_.back().soft;
        parts_.push_back(conditions_.back().soft ? PartedCondition{} : parted(conditions_.back()));
    }
    bool const many = asked_about * few >= view.size();
    for (auto const& part : parts_) {
        if (part.of_variant) of_variants_.push_back(&*part.of_variant);
        if (!part.of_product) continue;
        auto& test = of_products_.emplace_back(&*part.of_product);
        auto const& c = *test.condition;
        if (c.kind == ConstraintKind::category) {
            for (int k = -1; k < static_cast<int>(view.words().categories.size()); ++k)
                test.categories.push_back(std::ranges::any_of(c.ids, [&](int id) { return view.words().within(k, id); }) == (c.polarity == Polarity::want));
        } else if (many && c.kind == ConstraintKind::value) test.titles = titles_that_hold(view, c);
    }
}

bool Fitting::product_holds(std::size_t p, OfProduct const& test) const {
    if (!test.categories.empty()) return test.categories[static_cast<std::size_t>(view_.brief(p).category + 1)] != 0;
    if (test.titles) return (((*test.titles)[p / 64] >> (p % 64) & 1) != 0) == (test.condition->polarity == Polarity::want);
    return holds(view_, p, 0, *test.condition);
}

bool Fitting::variant_holds(std::size_t p, std::size_t v) const {
    auto const& brief = view_.brief(p);
    return std::ranges::all_of(of_variants_, [&](Condition const* c) {
        if (brief.variants != 1 || c->kind != ConstraintKind::price) return holds(view_, p, v, *c);
        auto const price = static_cast<double>(brief.price_from);
        return (price >= c->low && price <= c->high) == (c->polarity == Polarity::want);
    });
}

double Fitting::liked(std::size_t p, std::size_t v) const {
    double sum = 0;
    for (auto const& condition : conditions_)
        if (condition.soft) sum += liking(view_, p, v, condition);
    return sum;
}

std::optional<std::uint32_t> Fitting::variant(std::size_t p) const {
    for (auto const& test : of_products_)
        if (!product_holds(p, test)) return std::nullopt;
    auto const& brief = view_.brief(p);
    if (brief.variants == 1 || (of_variants_.empty() && !preferences_)) return variant_holds(p, brief.usual) ? std::optional(brief.usual) : std::nullopt;
    auto const& variants = view_[p].variants;
    std::optional<std::uint32_t> best;
    double best_liked = 0;
    for (std::uint32_t v = 0; v < variants.size(); ++v) {
        if (!variant_holds(p, v)) continue;
        auto const likes = preferences_ ? liked(p, v) : 0.0;
        auto const better = [&] {
            auto const& now = variants[v];
            auto const& then = variants[*best];
            bool const stock = now.stock > 0;
            if (stock != (then.stock > 0)) return stock;
            if (likes != best_liked) return likes > best_liked;
            return now.price_minor < then.price_minor;
        };
        if (!best || better()) best = v, best_liked = likes;
    }
    return best;
}

}  // namespace kindling::dialogue
