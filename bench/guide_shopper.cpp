// guide_shopper.cpp -- see guide_shopper.h.
//
// A hidden need is drawn from a product that is in stock (products weigh as they sell): its kind, two or three of its own values, and a limit a
// fifth above its price. The shopper opens with the kind alone. Asked for an attribute they answer with what the need has of it, or that it does
// not matter; asked for a budget they name their limit; asked nothing, they name one more of their wishes, as people do, and that counts like a
// question. Found: an unmarked card that meets the whole need is shown. The judge tests catalogue values itself and shares no code with the guide.
#include "guide_shopper.h"

#include "core/random.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace kindling::bench {
namespace {

using dialogue::BlockKind;

struct Need {
    std::string category, category_word;
    std::vector<shop::Attribute> values;   // text values of the product
    std::int64_t limit_minor = 0;
    bool zh = false;
};

bool has_value(shop::Product const& product, shop::Variant const& variant, shop::Attribute const& wanted) {
    for (auto const* list : {&product.attributes, &variant.attributes})
        for (auto const& a : *list)
            if (a.name == wanted.name && a.text_en == wanted.text_en && a.text_zh == wanted.text_zh) return true;
    return false;
}

bool meets(dialogue::CatalogueView const& view, dialogue::Card const& card, Need const& need) {
    auto const found = view.find_sku(card.sku);
    if (!found) return false;
    auto const& product = view[found->first].data;
    if (product.category_id != need.category) return false;
    for (auto const& variant : product.variants) {  // the product page offers its variants; one of them must meet all of it
        bool all = variant.price_minor <= need.limit_minor;
        for (auto const& value : need.values) all = all && has_value(product, variant, value);
        if (all) return true;
    }
    return false;
}

std::vector<shop::Attribute> named_values(shop::Product const& product) {
    std::vector<shop::Attribute> out;
    for (auto const& a : product.attributes)
        if (!a.number && !a.text_zh.empty() && !a.text_en.empty()) out.push_back(a);
    return out;
}

shop::Attribute take_one(std::vector<shop::Attribute>& from, Cares const& cares, Random& random) {
    std::vector<double> weights;
    double total = 0;
    for (auto const& a : from) {
        auto const found = cares.find(a.name);
        weights.push_back(found == cares.end() ? 1 : found->second), total += weights.back();
    }
    auto at = random.uniform(0, total);
    std::size_t i = 0;
    while (i + 1 < from.size() && at >= weights[i]) at -= weights[i++];
    auto out = from[i];
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(i));
    return out;
}

// Products as they sell.
class Drawer {
public:
    explicit Drawer(dialogue::CatalogueView const& view) {
        for (std::size_t p = 0; p < view.size(); ++p) {
            auto const& entry = view[p];
            weights_.push_back(entry.stock > 0 && entry.category >= 0 && named_values(entry.data).size() >= 2 ? 1 + entry.standing.popularity : 0);
            total_ += weights_.back();
        }
    }
    std::size_t draw(Random& random) const {
        for (;;) {
            auto at = random.uniform(0, total_);
            std::size_t p = 0;
            while (p + 1 < weights_.size() && at >= weights_[p]) at -= weights_[p++];
            if (weights_[p] > 0) return p;
        }
    }

private:
    std::vector<double> weights_;
    double total_ = 0;
};

}  // namespace

Cares draw_cares(dialogue::CatalogueView const& view, std::uint64_t seed) {
    Random random(seed);
    Cares out;
    for (auto const& a : view.words().attributes) out[a.name] = std::exp(1.2 * random.normal());
    return out;
}

std::vector<std::pair<std::string, std::int64_t>> draw_searches(dialogue::CatalogueView const& view, Cares const& cares, std::int64_t count, std::uint64_t seed) {
    Random random(seed);
    Drawer const drawer(view);
    std::vector<std::pair<std::string, std::int64_t>> out;
    for (std::int64_t n = 0; n < count; ++n) {
        auto const& entry = view[drawer.draw(random)];
        auto values = named_values(entry.data);
        auto const wish = take_one(values, cares, random);
        auto const& category = view.words().categories[static_cast<std::size_t>(entry.category)].label;
        out.emplace_back(n % 2 == 0 ? wish.text_zh + category.zh : wish.text_en + " " + category.en, 1);
    }
    return out;
}

ShopperResult run_shoppers(std::shared_ptr<dialogue::CatalogueView const> const& view, dialogue::Lexicon const& lexicon, dialogue::ProductIndex const& index, dialogue::Priors const* priors, Cares const& cares, std::int64_t talks, std::uint64_t seed) {
    Random random(seed);
    Drawer const drawer(*view);
    ShopperResult out;
    dialogue::TextScorer const scorer = [&](std::string_view words) { return index.scores(*view, words); };
    while (out.talks < talks) {
        auto const& entry = (*view)[drawer.draw(random)];
        Need need{.category = entry.data.category_id, .zh = out.talks % 2 == 0};
        auto const& category = view->words().categories[static_cast<std::size_t>(entry.category)];
        need.category_word = need.zh ? category.label.zh : category.label.en;
        auto own = named_values(entry.data);
        for (auto n = random.between(2, 3); n > 0 && !own.empty(); --n) need.values.push_back(take_one(own, cares, random));
        need.limit_minor = entry.price_from * 12 / 10 / 100 * 100 + 100;
        ++out.talks;

        dialogue::GuideState state;
        DemoBasket basket;
        std::string text = need.zh ? "想买" + need.category_word : "I am looking for " + need.category_word;
        std::vector<shop::Attribute> unsaid = need.values;
        bool budget_said = false, found = false;
        std::int64_t steps = 0;
        for (; steps <= 3; ++steps) {
            auto const turn = dialogue::take_turn(view, lexicon, scorer, {.basket = &basket}, state, {.text = text, .now = demo_now}, {}, {.priors = priors});
            state = turn.state;
            std::string asks;
            bool any = false;
            for (auto const& block : turn.blocks) {
                if (block.kind == BlockKind::question) asks = block.asks;
                any = any || !block.cards.empty();
                for (auto const& card : block.cards) found = found || (card.misses.empty() && meets(*view, card, need));
            }
            out.empty_ends += !any;
            if (found) break;
            auto const value_of = [&](shop::Attribute const& a) { return need.zh ? a.text_zh : a.text_en; };
            auto const wish = std::find_if(unsaid.begin(), unsaid.end(), [&](shop::Attribute const& a) { return a.name == asks; });
            auto const limit = [&] { budget_said = true; return need.zh ? fmt::format("{}元以内", need.limit_minor / 100) : fmt::format("under {} yuan", need.limit_minor / 100 + 1); };
            if (wish != unsaid.end()) text = value_of(*wish), unsaid.erase(wish);
            else if (asks == "price" && !budget_said) text = limit();
            else if (!asks.empty() && asks != "relaxation") text = need.zh ? "都可以" : "no preference";
            else if (!unsaid.empty()) text = value_of(unsaid.front()), unsaid.erase(unsaid.begin());
            else if (!budget_said) text = limit();
            else text = need.zh ? "换一批" : "show me more";
        }
        out.found += found, out.within_three += found && steps <= 3, out.questions += std::min<std::int64_t>(steps, 3);
        out.first_turn += found && steps == 0;
    }
    return out;
}

}  // namespace kindling::bench
