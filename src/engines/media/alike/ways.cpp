#include "engines/media/alike/ways.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "core/parallel.h"
#include "engines/media/alike/nearness.h"
#include "engines/media/alike/projection.h"

namespace kindling::media {

namespace {

constexpr std::size_t parts = 3, nearest = 5;

double cosine(std::span<const float> a, std::span<const float> b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

// Places in a gallery, the nearest first.
std::vector<std::size_t> ordered(std::vector<double> const& scores) {
    std::vector<std::size_t> out(scores.size());
    std::iota(out.begin(), out.end(), std::size_t{0});
    std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    return out;
}

struct Found { double own = 0, model = 0, both = 0; };

Found ask(Judged const& question, std::vector<float> const& projected, std::span<const Judged> all, std::span<const std::size_t> gallery, std::span<const std::vector<float>> learned) {
    std::vector<double> by_learned, by_model;
    for (std::size_t g = 0; g < gallery.size(); ++g) by_learned.push_back(cosine(projected, learned[g])), by_model.push_back(cosine(question.model, all[gallery[g]].model));
    // As shoppers see it (nearness.h).
    std::vector<double> shown(gallery.size());
    ShownOrder order(gallery.size());
    for (auto const g : ordered(by_learned)) shown[g] = order.next(by_learned[g], likeness(*question.look, *all[gallery[g]].look));
    auto const own = ordered(shown), model = ordered(by_model);
    std::vector<double> fused(gallery.size(), 0);
    for (std::size_t i = 0; i < gallery.size(); ++i) fused[own[i]] += reciprocal_place(i), fused[model[i]] += reciprocal_place(i);
    auto const precision = [&](std::vector<std::size_t> const& places) {
        auto const n = std::min(nearest, places.size());
        auto const same = std::count_if(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(n), [&](std::size_t g) { return all[gallery[g]].kind == question.kind; });
        return n == 0 ? 0.0 : static_cast<double>(same) / static_cast<double>(n);
    };
    return {precision(own), precision(model), precision(ordered(fused))};
}

}  // namespace

Result<WaysCompared> compare_ways(std::span<const Judged> all) {
    WaysCompared out{.pictures = static_cast<std::int64_t>(all.size())};
    std::set<int> kinds;
    for (auto const& j : all) kinds.insert(j.kind);
    out.kinds = static_cast<std::int64_t>(kinds.size());
    if (all.size() < fewest_judged || kinds.size() < 2) return fail(Errc::failed_precondition, "too_few_pictures", "There are too few pictures of products with categories to compare the ways on.");
    std::vector<Found> found(all.size());
    for (std::size_t part = 0; part < parts; ++part) {
        std::vector<std::size_t> gallery, asked;
        std::vector<std::vector<float>> descriptors;
        std::vector<int> taught;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].product % parts == part) asked.push_back(i);
            else gallery.push_back(i), descriptors.push_back(all[i].look->joined()), taught.push_back(all[i].kind);
        }
        auto const projection = Projection::learn(descriptors, taught, {});
        if (!projection) return fail(Errc::failed_precondition, "too_few_pictures", projection.error().message);
        std::vector<std::vector<float>> learned;
        for (auto const& d : descriptors) learned.push_back(projection->project(d));
        parallel_for(asked.size(), [&](std::size_t a) {
            auto const i = asked[a];
            found[i] = ask(all[i], projection->project(all[i].look->joined()), all, gallery, learned);
        });
    }
    for (auto const& f : found) out.own += f.own, out.model += f.model, out.both += f.both;
    auto const n = static_cast<double>(all.size());
    out.own /= n, out.model /= n, out.both /= n;
    constexpr double by_rounding = 1e-9;
    if (out.model > out.own + by_rounding) out.best = Way::model;
    if (out.both > std::max(out.own, out.model) + by_rounding) out.best = Way::both;
    std::vector<double> others;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t step = 1; step <= 20 && step < all.size(); ++step)   // enough pairs, spread over all
            if (auto const& other = all[(i + step * 7919) % all.size()]; other.kind != all[i].kind) others.push_back(cosine(all[i].model, other.model));
    if (!others.empty()) {
        auto const at = others.begin() + static_cast<std::ptrdiff_t>(others.size() * 19 / 20);
        std::nth_element(others.begin(), at, others.end());
        out.usual = *at;
    }
    return out;
}

}  // namespace kindling::media
