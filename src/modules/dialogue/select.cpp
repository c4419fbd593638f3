// modules/dialogue/select.cpp -- the pass over the variants, the order of picks, the smallest relaxation. See select.h.
#include "modules/dialogue/fitting.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {
bool anything_fits(CatalogueView const& view, std::span<Constraint const> constraints) {
    Fitting const fitting(view, constraints, 1);   // the first that fits ends it
    for (std::size_t p = 0; p < view.size(); ++p)
        if (fitting.variant(p)) return true;
    return false;
}

namespace {

// A product that fits, in as little as orders it.
struct Fit {
    double words = 0, score = 0, liking = 0;
    std::int64_t price = 0;
    std::uint32_t product = 0, variant = 0;
    bool in_stock = false;
};

class Pass {
public:
    Pass(CatalogueView const& view, std::span<Constraint const> constraints, SelectOptions const& options)
        : view_(view), constraints_(constraints.first(std::min<std::size_t>(constraints.size(), 63))), options_(options), only_(options.text && options.use == SelectOptions::Text::only), restricts_(only_ || (options.text && options.use == SelectOptions::Text::restricts)), fitting_(view, constraints, only_ ? options.text->size() : view.size()) {
        for (auto const& c : fitting_.conditions())
            if (!std::isnan(c.target) && c.target > 0 && !c.soft) targets_.push_back(&c);
        by_standing_ = !only_ && options.order == Order::relevance && targets_.empty() && !fitting_.preferences();
    }

    Selection run() {
        Selection out;
        std::vector<Fit> best;                // of all so far `most`, and what came since they were cut
        std::vector<Fit> in_order;            // what comes in the order of its standing: the first `most`
        std::vector<std::uint32_t> fitting;   // all of it
        bool cut = false;
        auto const before = [&](Fit const& a, Fit const& b) { return by_order(a, b); };
        auto const keep_best = [&] {
            auto const last = best.begin() + static_cast<std::ptrdiff_t>(options_.most - 1);
            std::nth_element(best.begin(), last, best.end(), before);
            best.resize(options_.most), cut = true;
        };
        // Whether more is looked for.
        auto const consider = [&](std::size_t p, double const* relevance) {
            auto const variant = fitting_.variant(p);
            if (!variant) return true;
            fitting.push_back(static_cast<std::uint32_t>(p));
            if (options_.most == 0) return options_.all;
            if (by_standing_ && !relevance && stands_as_usual(p, *variant)) {
                if (in_order.size() < options_.most) in_order.push_back(fit(p, *variant, nullptr));
                // Whatever is still to come stands behind them, unless words lift it.
                return options_.all || in_order.size() < options_.most || (options_.text && !restricts_);
            }
            auto const one = fit(p, *variant, relevance);
            if (cut && !before(one, best[options_.most - 1])) return true;
            best.push_back(one);
            if (best.size() / 2 >= options_.most) keep_best();
            return true;
        };
        // What the words name first: when any of it fits, nothing else is kept.
        if (restricts_) each_named(consider);
        if (!restricts_ || (fitting.empty() && !only_)) each_other(consider);
        if (fitting.empty()) {
            if (options_.relaxed_limit > 0) relax(out);
            return out;
        }
        if (best.size() > options_.most) keep_best();
        std::sort(best.begin(), best.end(), before);
        if (best.empty()) best = std::move(in_order);
        else if (!in_order.empty()) {
            auto const others = best.insert(best.end(), in_order.begin(), in_order.end());
            std::inplace_merge(best.begin(), others, best.end(), before);
            best.resize(std::min(best.size(), options_.most));
        }
        out.fitting.reserve(fitting.size()), out.full.reserve(best.size());
        for (auto const& f : best) {
            out.fitting.push_back(f.product);
            out.full.push_back({.product = f.product, .variant = f.variant, .score = f.score, .words = f.words, .liking = f.liking, .missed = {}});
        }
        if (!options_.all || best.size() == fitting.size()) return out;
        std::vector<bool> first(view_.size());
        for (auto const& f : best) first[f.product] = true;
        std::ranges::copy_if(fitting, std::back_inserter(out.fitting), [&](std::uint32_t p) { return !first[p]; });
        return out;
    }

private:
    // The variant is what the product has its place in the view's order for.
    bool stands_as_usual(std::size_t p, std::uint32_t variant) const { return view_.in_stock(p, variant) == view_.brief(p).usual_in_stock; }

    // Until `use` says that nothing more is looked for.
    template <class Use> void each_named(Use&& use) {
        for (auto const& [p, score] : *options_.text)
            if (!use(p, &score)) return;
    }
    // All products where the words do not restrict, otherwise those that they do not name.
    template <class Use> void each_other(Use&& use) {
        for (std::size_t i = 0; i < view_.size(); ++i) {
            std::size_t const p = by_standing_ ? view_.best_first()[i] : i;
            double const* relevance = nullptr;
            if (options_.text)
                if (auto const found = options_.text->find(p); found != options_.text->end()) relevance = &found->second;
            if ((!restricts_ || !relevance) && !use(p, relevance)) return;
        }
    }

    Fit fit(std::size_t p, std::uint32_t variant, double const* relevance) const {
        auto const& brief = view_.brief(p);
        Fit out{.price = view_.price(p, variant), .product = static_cast<std::uint32_t>(p), .variant = variant, .in_stock = view_.in_stock(p, variant)};
        if (fitting_.preferences()) out.liking = fitting_.liked(p, variant);
        out.score = brief.score(out.in_stock);
        if (relevance) out.score += 2 * *relevance, out.words = *relevance;
        for (auto const* condition : targets_) {
            double value = 0;
            if (condition->kind == ConstraintKind::price) value = static_cast<double>(out.price);
            else if (auto const* v = view_.value_of(p, variant, condition->attribute); v) value = v->number;
            out.score -= 2 * std::min(1.0, std::abs(value - condition->target) / condition->target);
        }
        return out;
    }

    bool by_order(Fit const& a, Fit const& b) const {
        if (only_ && options_.order == Order::relevance && a.words != b.words) return a.words > b.words;
        if ((options_.order != Order::relevance || fitting_.preferences()) && a.in_stock != b.in_stock) return a.in_stock;
        auto const standing = [&](Fit const& f) -> Standing const& { return view_[f.product].standing; };
        switch (options_.order) {
            case Order::price_up: if (a.price != b.price) return a.price < b.price; break;
            case Order::price_down: if (a.price != b.price) return a.price > b.price; break;
            case Order::newest: if (standing(a).created_at_ms != standing(b).created_at_ms) return standing(a).created_at_ms > standing(b).created_at_ms; break;
            case Order::popular: if (standing(a).popularity != standing(b).popularity) return standing(a).popularity > standing(b).popularity; break;
            // What nobody rated stands last, and a five by one buyer below a 4.8 by fifty.
            case Order::rating:
                if ((standing(a).reviews > 0) != (standing(b).reviews > 0)) return standing(a).reviews > 0;
                if (auto const x = cautious_rating(standing(a)), y = cautious_rating(standing(b)); standing(a).reviews > 0 && x != y) return x > y;
                break;
            case Order::relevance: break;
        }
        if (std::abs(a.liking - b.liking) > 1e-9) return a.liking > b.liking;
        if (a.score != b.score) return a.score > b.score;
        return a.product < b.product;
    }

    // Nothing fits: the cheapest relaxation, then others that give up the same constraints, the nearest first.
    void relax(Selection& out) {
        struct Near { Fit fit; double off; std::uint64_t given_up; };   // of a large catalogue nearly all miss something, and few are kept
        std::vector<Near> near;
        auto const& parts = fitting_.parts();
        auto const miss = [&](std::size_t c, double off, std::uint64_t& missed, double& cost) {
            if (off > 0) missed |= 1ull << c, cost += weight_of(constraints_[c]) * (0.15 + 0.85 * off);
        };
        auto const consider = [&](std::size_t p, double const* relevance) {
            // What all variants share is tested once.
            std::uint64_t shared = 0;
            double shared_cost = 0;
            for (std::size_t c = 0; c < parts.size(); ++c)
                if (parts[c].of_product) miss(c, violation(view_, p, 0, *parts[c].of_product), shared, shared_cost);
            auto const& variants = view_[p].variants;
            std::uint32_t chosen = 0;
            std::uint64_t given_up = 0;
            double off = infinity;
            for (std::uint32_t v = 0; v < variants.size(); ++v) {
                auto missed = shared;
                auto cost = shared_cost;
                for (std::size_t c = 0; c < parts.size(); ++c)
                    if (parts[c].of_variant && (shared >> c & 1) == 0) miss(c, violation(view_, p, v, *parts[c].of_variant), missed, cost);
                auto const better = [&] {
                    if (cost != off) return cost < off;
                    if ((variants[v].stock > 0) != (variants[chosen].stock > 0)) return variants[v].stock > 0;
                    return variants[v].price_minor < variants[chosen].price_minor;
                };
                if (better()) chosen = v, given_up = missed, off = cost;
            }
            near.push_back({fit(p, chosen, relevance), off, given_up});
            near.back().fit.liking = 0;
            return true;
        };
        if (restricts_) each_named(consider);
        if (!only_) each_other(consider);
        if (near.empty()) return;
        auto const nearer = [&](Near const& a, Near const& b) { return a.off != b.off ? a.off < b.off : by_order(a.fit, b.fit); };
        auto const dropped = std::min_element(near.begin(), near.end(), nearer)->given_up;
        std::erase_if(near, [&](Near const& n) { return (n.given_up & ~dropped) != 0; });
        auto const kept = near.begin() + static_cast<std::ptrdiff_t>(std::min(near.size(), options_.relaxed_limit));
        std::partial_sort(near.begin(), kept, near.end(), nearer);
        auto const constraints_in = [&](std::uint64_t mask) {
            std::vector<std::size_t> which;
            for (std::size_t c = 0; c < parts.size(); ++c)
                if (mask >> c & 1) which.push_back(c);
            return which;
        };
        out.dropped = constraints_in(dropped);
        for (auto n = near.begin(); n != kept; ++n) out.relaxed.push_back({.product = n->fit.product, .variant = n->fit.variant, .score = n->fit.score, .words = n->fit.words, .missed = constraints_in(n->given_up), .off = n->off});
    }

    CatalogueView const& view_;
    std::span<Constraint const> constraints_;
    SelectOptions const& options_;
    bool only_, restricts_;
    bool by_standing_ = false;   // whatever the words do not name comes in the order of the view
    Fitting fitting_;
    std::vector<Condition const*> targets_;
};

}  // namespace

Selection select(CatalogueView const& view, std::span<Constraint const> constraints, SelectOptions const& options) { return Pass(view, constraints, options).run(); }

}  // namespace kindling::dialogue
