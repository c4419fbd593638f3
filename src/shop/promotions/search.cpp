// The best legal choice of promotions for a basket: apart by what they share, then branch and bound; see pricing.h.
#include "shop/promotions/pricing.h"
#include <algorithm>
#include <numeric>

namespace kindling::shop::promotions {

namespace {

bool of_units(Rule const& r) { return r.kind == PromotionKind::buy_get || r.kind == PromotionKind::set_price; }

bool touches(Rule const& r, std::size_t line) {
    if (r.kind == PromotionKind::free_shipping) return false;
    if (r.kind == PromotionKind::set_price) return r.part[line] >= 0;
    return r.scope[line] || (r.kind == PromotionKind::buy_get && r.reward[line]);
}

bool share_a_line(Rule const& a, Rule const& b) {
    for (std::size_t l = 0; l < a.scope.size(); ++l)
        if (touches(a, l) && touches(b, l)) return true;
    return false;
}

std::vector<std::int64_t> whole(std::span<PricedLine const> lines) {
    std::vector<std::int64_t> out;
    for (auto const& l : lines) out.push_back(l.amount());
    return out;
}

// One part of the search: rules in order of calculation that share lines or exclude each other, by place.
class Part {
public:
    Part(std::span<PricedLine const> lines, std::span<Rule const> rules, std::vector<std::size_t> places, std::int64_t shipping) : lines_(lines), rules_(rules), places_(std::move(places)), shipping_(shipping) {
        auto const all = whole(lines);
        for (auto p : places_) {
            auto const most = take(rules_[p], p, lines_, all, shipping_).amount_minor;
            most_.push_back(most + (of_units(rules_[p]) ? static_cast<std::int64_t>(lines.size()) + 1 : 0));
        }
        // bound_[i]: no choice among the rules from i on takes off more; of a group only the largest can count.
        bound_.assign(places_.size() + 1, 0);
        for (std::size_t i = places_.size(); i-- > 0;) {
            std::int64_t sum = 0;
            for (std::size_t j = i; j < places_.size(); ++j) {
                auto const& group = rules_[places_[j]].group;
                bool larger_in_group = false;
                for (std::size_t k = i; k < places_.size() && !group.empty(); ++k)
                    larger_in_group = larger_in_group || (k != j && rules_[places_[k]].group == group && (most_[k] > most_[j] || (most_[k] == most_[j] && k < j)));
                if (!larger_in_group) sum += most_[j];
            }
            bound_[i] = sum;
        }
    }

    bool solve() {
        left_ = whole(lines_);
        descend(0, 0);
        return steps_ < most_steps;
    }
    std::vector<std::size_t> const& choice() const { return best_choice_; }

private:
    void descend(std::size_t at, std::int64_t off) {
        if (off > best_ || (off == best_ && off > 0 && chosen_.size() < best_choice_.size())) best_ = off, best_choice_ = chosen_;
        if (at == places_.size() || ++steps_ >= most_steps) return;
        if (off + bound_[at] < best_ || (off + bound_[at] == best_ && chosen_.size() + 1 >= best_choice_.size())) return;
        auto const place = places_[at];
        if (std::ranges::all_of(chosen_, [&](std::size_t c) { return legal_together(rules_[c], rules_[place]); })) {
            auto const taken = take(rules_[place], place, lines_, left_, shipping_);
            if (taken.amount_minor > 0) {  // taking nothing is the same as not being there
                for (std::size_t l = 0; l < left_.size(); ++l) left_[l] -= taken.on_lines[l];
                chosen_.push_back(place);
                descend(at + 1, off + taken.amount_minor);
                chosen_.pop_back();
                for (std::size_t l = 0; l < left_.size(); ++l) left_[l] += taken.on_lines[l];
            }
        }
        descend(at + 1, off);
    }

    std::span<PricedLine const> lines_;
    std::span<Rule const> rules_;
    std::vector<std::size_t> places_, chosen_, best_choice_;
    std::vector<std::int64_t> most_, bound_, left_;
    std::int64_t shipping_, best_ = 0, steps_ = 0;
};

std::vector<std::size_t> in_order(std::span<Rule const> rules) {
    std::vector<std::size_t> order(rules.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return rules[a].priority != rules[b].priority ? rules[a].priority < rules[b].priority : rules[a].id < rules[b].id; });
    return order;
}

}  // namespace

bool legal_together(Rule const& a, Rule const& b) {
    if (a.alone || b.alone) return false;
    if (!a.group.empty() && a.group == b.group) return false;
    if (a.kind == PromotionKind::free_shipping && b.kind == PromotionKind::free_shipping) return false;
    return !(of_units(a) && of_units(b) && share_a_line(a, b));
}

Priced apply(std::span<PricedLine const> lines, std::span<Rule const> rules, std::span<std::size_t const> chosen, std::int64_t shipping_minor) {
    Priced out{.applied = {}, .off_lines = std::vector<std::int64_t>(lines.size(), 0)};
    auto left = whole(lines);
    for (auto place : in_order(rules)) {
        if (std::ranges::find(chosen, place) == chosen.end()) continue;
        auto taken = take(rules[place], place, lines, left, shipping_minor - out.shipping_off_minor);
        if (taken.amount_minor <= 0) continue;
        if (rules[place].kind == PromotionKind::free_shipping) out.shipping_off_minor += taken.amount_minor;
        else out.goods_off_minor += taken.amount_minor;
        for (std::size_t l = 0; l < lines.size(); ++l) left[l] -= taken.on_lines[l], out.off_lines[l] += taken.on_lines[l];
        out.applied.push_back(std::move(taken));
    }
    return out;
}

Priced best(std::span<PricedLine const> lines, std::span<Rule const> rules, std::int64_t shipping_minor) {
    std::vector<std::size_t> chosen, candidates;
    bool proven = true;
    auto const all = whole(lines);
    std::size_t most_shipping = rules.size();  // one is enough: the one that takes off most
    for (auto place : in_order(rules)) {
        auto const& r = rules[place];
        auto const most = take(r, place, lines, all, shipping_minor).amount_minor;
        if (r.alone || (most <= 0 && !of_units(r))) continue;
        // Free shipping of a group has rivals among the goods' promotions and is searched with them; the others need only the best of them.
        if (r.kind == PromotionKind::free_shipping && r.group.empty()) {
            if (most_shipping == rules.size() || most > take(rules[most_shipping], most_shipping, lines, all, shipping_minor).amount_minor) most_shipping = place;
            continue;
        }
        candidates.push_back(place);
    }
    bool const grouped_shipping = std::ranges::any_of(candidates, [&](std::size_t c) { return rules[c].kind == PromotionKind::free_shipping; });
    if (grouped_shipping && most_shipping < rules.size()) candidates.push_back(most_shipping), most_shipping = rules.size();
    // Parts: the transitive closure of "shares a line or excludes".
    std::vector<char> seen(candidates.size(), 0);
    auto const tied = [&](Rule const& a, Rule const& b) { return share_a_line(a, b) || !legal_together(a, b); };
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (seen[i]) continue;
        std::vector<std::size_t> part{i};
        seen[i] = 1;
        for (std::size_t p = 0; p < part.size(); ++p)
            for (std::size_t j = 0; j < candidates.size(); ++j)
                if (!seen[j] && tied(rules[candidates[part[p]]], rules[candidates[j]])) seen[j] = 1, part.push_back(j);
        std::ranges::sort(part);
        std::vector<std::size_t> places;
        for (auto p : part) places.push_back(candidates[p]);
        Part search(lines, rules, std::move(places), shipping_minor);
        proven = search.solve() && proven;
        chosen.insert(chosen.end(), search.choice().begin(), search.choice().end());
    }
    if (most_shipping < rules.size()) chosen.push_back(most_shipping);
    auto out = apply(lines, rules, chosen, shipping_minor);
    for (std::size_t place = 0; place < rules.size(); ++place) {
        if (!rules[place].alone) continue;
        std::size_t const one[] = {place};
        if (auto by_itself = apply(lines, rules, one, shipping_minor); by_itself.off_minor() > out.off_minor()) out = std::move(by_itself);
    }
    out.proven = proven;
    return out;
}

}  // namespace kindling::shop::promotions
