#include "modules/dialogue/facets.h"
#include "modules/dialogue/fitting.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

std::uint64_t misses(CatalogueView const& view, std::size_t p, std::size_t v, std::span<Condition const> conditions) {
    std::uint64_t out = 0;
    for (std::size_t c = 0; c < conditions.size() && c < 64; ++c)
        if (!conditions[c].soft && !holds(view, p, v, conditions[c])) out |= 1ull << c;
    return out;
}

namespace {

class Facets {
public:
    Facets(CatalogueView const& view, Prepared const& prepared, Search const& in) : view_(view), prepared_(prepared) {
        for (auto const& c : prepared.constraints) {
            conditions_.push_back(resolve(c, view.words()));
            by_variant_ = by_variant_ || (!conditions_.back().soft && parted(conditions_.back()).of_variant);
        }
        auto const& words = view.words();
        std::vector<std::string> wanted = in.facets;
        if (wanted.empty()) {
            wanted = {"category", "brand", "price"};
            for (auto const& a : words.attributes)
                if (a.facet) wanted.push_back(a.name);
        }
        for (auto const& name : wanted) {
            Counter c{.facet = {.name = name}};
            if (name == "category") c.kind = Counter::category, c.facet.label_en = "Category", c.facet.label_zh = "类目";
            else if (name == "brand") c.kind = Counter::brand, c.facet.label_en = "Brand", c.facet.label_zh = "品牌";
            else if (name == "price") c.kind = Counter::price, c.facet.label_en = "Price", c.facet.label_zh = "价格", c.facet.unit = view.currency();
            else if (auto const found = words.attribute_ids.find(name); found != words.attribute_ids.end()) {
                auto const& info = words.attributes[static_cast<std::size_t>(found->second)];
                c.kind = Counter::attribute, c.attribute_ = found->second, c.facet.label_en = info.label.en, c.facet.label_zh = info.label.zh, c.facet.unit = info.unit;
            } else continue;
            for (std::size_t i = 0; i < prepared.constraints.size() && i < 64; ++i) {
                auto const& k = prepared.constraints[i];
                if (k.polarity == Polarity::want && ((c.kind == Counter::category && k.kind == ConstraintKind::category) || (c.kind == Counter::brand && k.kind == ConstraintKind::brand) || (c.kind == Counter::price && k.kind == ConstraintKind::price) || (c.kind == Counter::attribute && k.attribute == name))) c.own |= 1ull << i;
            }
            c.counts.resize(c.kind == Counter::category ? words.categories.size() : c.kind == Counter::brand ? words.brands.size() : c.kind == Counter::attribute ? words.attributes[static_cast<std::size_t>(c.attribute_)].values.size() : 0);
            counters_.push_back(std::move(c));
        }
    }

    std::vector<Facet> count(bool automatic, std::span<std::uint32_t const> fitting) {
        if (counters_.empty()) return {};
        if (std::ranges::all_of(counters_, [](Counter const& c) { return c.own == 0; }))
            for (auto const p : fitting) look_at_fitting(p);
        else {
            auto const looked_at = prepared_.by_text ? prepared_.text.size() : view_.size();
            for (auto& c : counters_) {
                std::vector<Constraint> others;
                for (std::size_t i = 0; i < prepared_.constraints.size(); ++i)
                    if (i >= 64 || (c.own >> i & 1) == 0) others.push_back(prepared_.constraints[i]);
                c.others = std::make_unique<Fitting>(view_, others, looked_at);
            }
            if (prepared_.by_text)
                for (auto const& [p, score] : prepared_.text) look_at(p);
            else
                for (std::size_t p = 0; p < view_.size(); ++p) look_at(p);
        }
        std::vector<Facet> out;
        for (auto& c : counters_) {
            finish(c);
            if (automatic && c.facet.values.size() < 2 && !(c.facet.min && *c.facet.min < *c.facet.max)) continue;
            out.push_back(std::move(c.facet));
        }
        if (automatic && out.size() > 14) {
            // Those known of most products tell most.
            std::stable_sort(out.begin() + 3, out.end(), [](Facet const& a, Facet const& b) { return a.products > b.products; });
            out.resize(14);
        }
        return out;
    }

private:
    struct Counter {
        Facet facet;
        enum Kind { category, brand, price, attribute } kind = attribute;
        int attribute_ = -1;
        std::uint64_t own = 0;
        std::vector<std::int64_t> counts;   // by value id; of categories those that goods are in, their parents are added at the end
        double low = infinity, high = -infinity;
        std::unique_ptr<Fitting> others = {};   // all but its own; made where some counter has one
    };

    // One of its variants meets what is asked: where that is for what all of them share, or there is one, every one counts, and most of it stands in its Brief.
    bool variants_alike(std::size_t p) const { return !by_variant_ || view_.brief(p).variants == 1; }

    void add_whole(Counter& c, std::size_t p) {
        auto const& brief = view_.brief(p);
        if (c.kind == Counter::attribute) return masks_.assign(brief.variants, 0), product(c, p);
        auto const id = c.kind == Counter::category ? brief.category : brief.brand;
        if (c.kind == Counter::price) c.low = std::min(c.low, static_cast<double>(brief.price_from)), c.high = std::max(c.high, static_cast<double>(brief.price_to));
        else if (id < 0) return;
        else ++c.counts[static_cast<std::size_t>(id)];
        ++c.facet.products;
    }

    void look_at_fitting(std::size_t p) {
        if (!variants_alike(p)) return by_variants(p);
        for (auto& c : counters_) add_whole(c, p);
    }

    void look_at(std::size_t p) {
        if (!variants_alike(p)) return by_variants(p);
        for (auto& c : counters_)
            if (c.others->variant(p)) add_whole(c, p);
    }

    void by_variants(std::size_t p) {
        auto const& entry = view_[p];
        masks_.clear();
        std::uint64_t common = ~0ull;
        for (std::size_t v = 0; v < entry.variants.size(); ++v) masks_.push_back(misses(view_, p, v, conditions_)), common &= masks_.back();
        for (auto& c : counters_)
            if (!(common & ~c.own)) product(c, p);
    }

    void product(Counter& c, std::size_t p) {
        auto const& entry = view_[p];
        seen_.clear();
        bool any = false;
        auto const note = [&](AttributeValue const& v) {
            if (v.attribute != c.attribute_) return;
            if (v.value >= 0 && std::ranges::find(seen_, v.value) == seen_.end()) seen_.push_back(v.value);
            if (!std::isnan(v.number)) c.low = std::min(c.low, v.number), c.high = std::max(c.high, v.number), any = true;
        };
        for (std::size_t v = 0; v < entry.variants.size(); ++v) {
            if (masks_[v] & ~c.own) continue;
            if (c.kind == Counter::price) c.low = std::min(c.low, static_cast<double>(entry.variants[v].price_minor)), c.high = std::max(c.high, static_cast<double>(entry.variants[v].price_minor)), any = true;
            if (c.kind == Counter::attribute)
                for (auto const& value : entry.variants[v].values) note(value);
        }
        if (c.kind == Counter::attribute)
            for (auto const& value : entry.values) note(value);
        if (c.kind == Counter::category && entry.category >= 0) seen_.push_back(entry.category);
        if (c.kind == Counter::brand && entry.brand >= 0) seen_.push_back(entry.brand);
        for (int value : seen_) ++c.counts[static_cast<std::size_t>(value)];
        if (any || !seen_.empty()) ++c.facet.products;
    }

    void finish(Counter& c) {
        auto const& words = view_.words();
        if (c.kind == Counter::category) {
            auto const own = c.counts;
            for (std::size_t i = 0; i < own.size(); ++i)
                for (int k = words.categories[i].parent_index, depth = 1; own[i] > 0 && k >= 0 && depth < 32; k = words.categories[static_cast<std::size_t>(k)].parent_index, ++depth) c.counts[static_cast<std::size_t>(k)] += own[i];
        }
        for (std::size_t i = 0; i < c.counts.size(); ++i) {
            auto const n = c.counts[i];
            if (n == 0) continue;
            if (c.kind == Counter::category) c.facet.values.push_back({words.categories[i].id, words.categories[i].label.en, words.categories[i].label.zh, n});
            else {
                auto const& label = c.kind == Counter::brand ? words.brands[i].label : words.attributes[static_cast<std::size_t>(c.attribute_)].values[i];
                c.facet.values.push_back({label.en.empty() ? label.zh : label.en, label.in(Locale::en), label.in(Locale::zh), n});
            }
        }
        std::stable_sort(c.facet.values.begin(), c.facet.values.end(), [](FacetValue const& a, FacetValue const& b) { return a.count != b.count ? a.count > b.count : a.value < b.value; });
        if (c.low <= c.high) {
            auto const factor = c.kind == Counter::attribute ? words.attributes[static_cast<std::size_t>(c.attribute_)].measure.factor : 1.0;
            c.facet.min = c.low / factor, c.facet.max = c.high / factor;
        }
    }

    CatalogueView const& view_;
    Prepared const& prepared_;
    std::vector<Condition> conditions_;
    std::vector<Counter> counters_;
    std::vector<std::uint64_t> masks_;
    std::vector<int> seen_;
    bool by_variant_ = false;   // some condition is met by variants and not by products
};

}  // namespace

std::vector<Facet> count_facets(CatalogueView const& view, Prepared const& prepared, Search const& in, std::span<std::uint32_t const> fitting) {
    return Facets(view, prepared, in).count(in.facets.empty(), fitting);
}

}  // namespace kindling::dialogue
