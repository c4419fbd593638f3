// modules/dialogue/question.cpp -- which question tells most: the information that its answer is expected to give about the product in mind.
//
// I(product; answer) = H(answer) - H(answer | product) (Lindley 1956): a product that comes in k values may be meant by any of them, so it takes
// log2 k bits off; what is not known of a product tells nothing. Products weigh as they are bought. With priors learned of the shop a question
// counts by how likely it is to be answered: people speak of the size of shoes and not of the sole. Someone who is asked can answer more often
// than they would volunteer, so even an attribute that nobody names keeps three tenths.
#include "modules/dialogue/select.h"
#include "shop/catalogue/spoken_amount.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {
namespace {

double entropy(std::span<double const> weights) {
    double total = 0, bits = 0;
    for (double w : weights) total += w;
    if (total <= 0) return 0;
    for (double w : weights)
        if (w > 0) bits -= w / total * std::log2(w / total);
    return bits;
}

}  // namespace

std::optional<Question> best_question(CatalogueView const& view, std::span<Pick const> picks, std::span<std::string const> asked, std::span<Constraint const> known, Priors const* priors) {
    if (picks.size() <= 4) return {};
    auto const& words = view.words();
    auto const done = [&](std::string_view about) { return std::find(asked.begin(), asked.end(), about) != asked.end(); };
    auto const has_kind = [&](ConstraintKind kind) { return std::any_of(known.begin(), known.end(), [&](Constraint const& c) { return c.kind == kind; }); };
    auto const weight = [&](Pick const& pick) { return priors ? 1 + view[pick.product].standing.popularity : 1 + std::log1p(view[pick.product].standing.popularity); };
    double most_spoken_of = 0;
    if (priors)
        for (auto const& [name, share] : priors->answerable) most_spoken_of = std::max(most_spoken_of, share);
    auto const answered = [&](std::string_view about) {
        if (!priors || most_spoken_of <= 0) return 1.0;
        auto const found = priors->answerable.find(about);
        return 0.3 + 0.7 * (found == priors->answerable.end() ? 0 : found->second) / most_spoken_of;
    };
    double const least = priors ? 0.3 : 0.6;
    double total = 0;
    for (auto const& pick : picks) total += weight(pick);
    std::optional<Question> best;
    auto const offer = [&](Question q) {
        if (q.information >= least && q.options.size() >= 2 && (!best || q.information > best->information)) best = std::move(q);
    };

    if (!done("category") && !has_kind(ConstraintKind::category)) {
        std::map<int, double> shares;
        for (auto const& pick : picks) {
            int top = view[pick.product].category;
            while (top >= 0 && words.categories[static_cast<std::size_t>(top)].parent_index >= 0) top = words.categories[static_cast<std::size_t>(top)].parent_index;
            if (top >= 0) shares[top] += weight(pick);
        }
        Question q{.about = "category"};
        std::vector<double> weights;
        for (auto const& [c, w] : shares) weights.push_back(w), q.options.push_back({words.categories[static_cast<std::size_t>(c)].label, w / total, words.categories[static_cast<std::size_t>(c)].id});
        q.information = entropy(weights) * 2;  // what sort of thing it is decides which other questions make sense
        std::sort(q.options.begin(), q.options.end(), [](auto const& a, auto const& b) { return a.share > b.share; });
        if (q.options.size() > 6) q.options.resize(6);
        offer(std::move(q));
        if (best) return best;
    }
    // Values of one attribute, product by product.
    std::vector<std::map<int, double>> shares(words.attributes.size());
    std::vector<double> covered(words.attributes.size(), 0), own(words.attributes.size(), 0);   // weight of which it is known; bits that a product itself leaves open
    std::vector<std::pair<int, int>> seen;
    for (auto const& pick : picks) {
        auto const& entry = view[pick.product];
        auto const w = weight(pick);
        seen.clear();
        for (auto const& v : entry.values)
            if (v.value >= 0) seen.emplace_back(v.attribute, v.value);
        for (auto const& variant : entry.variants)
            for (auto const& v : variant.values)
                if (v.value >= 0) seen.emplace_back(v.attribute, v.value);
        std::sort(seen.begin(), seen.end());
        seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
        for (std::size_t i = 0; i < seen.size();) {
            auto j = i;
            while (j < seen.size() && seen[j].first == seen[i].first) ++j;
            auto const a = static_cast<std::size_t>(seen[i].first);
            auto const k = static_cast<double>(j - i);
            covered[a] += w, own[a] += w * std::log2(k);
            for (; i < j; ++i) shares[a][seen[i].second] += w / k;
        }
    }
    for (std::size_t a = 0; a < words.attributes.size(); ++a) {
        auto const& info = words.attributes[a];
        if (!info.facet || shares[a].size() < 2 || shares[a].size() > 40 || done(info.name)) continue;
        bool const fixed = std::any_of(known.begin(), known.end(), [&](Constraint const& c) { return c.attribute == info.name || std::any_of(c.values.begin(), c.values.end(), [&](ValueName const& v) { return v.attribute == info.name && c.polarity == Polarity::want; }); });
        if (fixed) continue;
        Question q{.about = info.name};
        std::vector<double> weights;
        for (auto const& [value, w] : shares[a]) weights.push_back(w), q.options.push_back({info.values[static_cast<std::size_t>(value)], w / total});
        // More than five or six answers are no easier to choose from.
        q.information = std::min(entropy(weights) - own[a] / covered[a], 2.5) * covered[a] / total * answered(info.name);
        std::sort(q.options.begin(), q.options.end(), [](auto const& x, auto const& y) { return x.share > y.share; });
        if (q.options.size() > 5) q.options.resize(5);
        offer(std::move(q));
    }
    if (!done("price") && !has_kind(ConstraintKind::price)) {
        std::vector<double> prices;
        for (auto const& pick : picks) prices.push_back(static_cast<double>(view[pick.product].variants[pick.variant].price_minor));
        std::sort(prices.begin(), prices.end());
        double const third = static_cast<double>(shop::spoken_amount(prices[prices.size() / 3])), two = static_cast<double>(shop::spoken_amount(prices[prices.size() * 2 / 3]));
        if (third < two && two < prices.back() && prices.back() > prices.front() * 1.5) {
            double parts[3] = {};
            for (double p : prices) parts[p <= third ? 0 : p <= two ? 1 : 2] += 1;
            Question q{.about = "price", .information = entropy(parts) * 1.05 * answered("price")};  // everybody can answer it
            q.options = {{{}, parts[0] / static_cast<double>(prices.size()), "", 0, third}, {{}, parts[1] / static_cast<double>(prices.size()), "", third, two}, {{}, parts[2] / static_cast<double>(prices.size()), "", two, infinity}};
            offer(std::move(q));
        }
    }
    return best;
}

}  // namespace kindling::dialogue
