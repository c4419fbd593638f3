// image-search, second part: the demo shop's own pictures, changed as shoppers' photos are, find their product again.
//
// 2,000 generated products, all their pictures drawn (librsvg), described and learned from with their categories, as modules/pictures does. Of 200 of them, every tenth,
// the first picture is asked for: packed again (320 pixels, JPEG quality 55); cut (a sixth of the width and height gone from one corner); of another colour (the channels
// change places); held apart from its ground (a darker, warmer light and noise). found@5: share whose product is among the five nearest products.
#include <cstdio>


#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

#include "core/parallel.h"
#include "core/random.h"
#include "engines/media/alike/drawing.h"
#include "engines/media/alike/nearness.h"
#include "engines/media/alike/projection.h"
#include "recommend.h"
#include "search.h"
#include "shop/simulator/world.h"

namespace kindling::bench {

namespace {

media::Picture cut(const media::Picture& p, Random& random) {
    auto const width = p.width * 5 / 6, height = p.height * 5 / 6, left = random.below(2) ? p.width - width : 0, top = random.below(2) ? p.height - height : 0;
    media::Picture out{width, height, {}};
    for (int y = 0; y < height; ++y) out.pixels.insert(out.pixels.end(), p.at(left, top + y), p.at(left, top + y) + width * 3);
    return out;
}

media::Picture recoloured(media::Picture p) {
    for (std::size_t i = 0; i < p.pixels.size(); i += 3) std::rotate(p.pixels.begin() + static_cast<std::ptrdiff_t>(i), p.pixels.begin() + static_cast<std::ptrdiff_t>(i) + 1, p.pixels.begin() + static_cast<std::ptrdiff_t>(i) + 3);
    return p;
}

media::Picture in_lamp_light(media::Picture p, Random& random) {
    static constexpr double warm[] = {0.86, 0.78, 0.62};
    for (std::size_t i = 0; i < p.pixels.size(); ++i) p.pixels[i] = static_cast<std::uint8_t>(std::clamp(p.pixels[i] * warm[i % 3] + random.normal(0, 6), 0.0, 255.0));
    return p;
}

double dot(std::span<const float> a, std::span<const float> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
    return sum;
}

}  // namespace

void run_image_search_demo(BenchContext& context) {
    if (!media::can_draw()) return fmt::print(stderr, "image-search: the demo shop is skipped, librsvg is not here\n");
    auto const world = shop::simulator::generate_catalogue({.seed = 1, .products = 2000, .customers = 1});
    struct Held { std::size_t product; shop::simulator::Picture drawn; };
    std::vector<Held> held;
    for (std::size_t p = 0; p < world.products.size(); ++p)
        for (auto const& drawn : world.products[p].pictures) held.push_back({p, drawn});
    std::vector<media::Look> looks(held.size());
    std::vector<std::vector<float>> descriptors(held.size());
    std::vector<std::vector<float>> vectors(held.size());
    auto used = process_seconds();
    parallel_for(held.size(), [&](std::size_t i) { looks[i] = *media::unpack(media::pack(media::look_at(need(media::draw_svg(shop::simulator::draw(held[i].drawn), 256))))), descriptors[i] = looks[i].joined(); });
    context.report("describe_cpu_ms/demo", (process_seconds() - used) * 1000 / static_cast<double>(held.size()), "ms");
    std::vector<std::vector<float>> taught;
    std::vector<int> kinds;
    auto const step = std::max<std::size_t>(1, held.size() / 600);
    for (std::size_t i = 0; i < held.size(); i += step) taught.push_back(descriptors[i]), kinds.push_back(world.products[held[i].product].category);
    auto const projection = need(media::Projection::learn(taught, kinds, {}));
    parallel_for(held.size(), [&](std::size_t i) { vectors[i] = projection.project(descriptors[i]); });
    context.report("pictures/demo", static_cast<double>(held.size()), "pictures");

    struct Change { const char* name; std::function<media::Picture(const media::Picture&, Random&)> of; };
    const Change changes[] = {{"packed_again", [](auto const& p, Random&) { return p; }},
                              {"cut", cut},
                              {"recoloured", [](auto const& p, Random&) { return recoloured(p); }},
                              {"lamp_light", [](auto const& p, Random& random) { return in_lamp_light(p, random); }}};
    for (auto const& change : changes) {
        std::size_t asked = 0, found = 0, found_plain = 0, found_learned = 0, same_kind = 0;
        Random random(7);
        for (std::size_t p = 0; p < world.products.size() && asked < 200; p += 10, ++asked) {
            auto const drawn = need(media::draw_svg(shop::simulator::draw(world.products[p].pictures.front()), 640));
            auto const photo = need(media::read_picture(media::jpeg_bytes(media::resized(change.of(drawn, random), 320, 320), 55), 256));
            auto const look = media::look_at(photo);
            auto const joined = look.joined(), projected = projection.project(joined);
            // Candidates by the learned vectors, in the order that shoppers see.
            std::vector<std::pair<double, std::size_t>> learned, whole;
            for (std::size_t i = 0; i < held.size(); ++i) learned.emplace_back(dot(projected, vectors[i]), i), whole.emplace_back(dot(joined, descriptors[i]), i);
            std::partial_sort(learned.begin(), learned.begin() + 400, learned.end(), std::greater<>());
            learned.resize(400);
            auto const first = learned;
            media::ShownOrder order(held.size());
            for (auto& [score, i] : learned) score = order.next(score, media::likeness(look, looks[i]));
            auto const five = [&](std::vector<std::pair<double, std::size_t>> list) {
                std::sort(list.begin(), list.end(), std::greater<>());
                std::vector<std::size_t> products;
                for (auto const& [score, i] : list)
                    if (products.size() < 5 && std::find(products.begin(), products.end(), held[i].product) == products.end()) products.push_back(held[i].product);
                return products;
            };
            auto const shown = five(learned);
            auto const has = [&](std::vector<std::size_t> const& products) { return std::find(products.begin(), products.end(), p) != products.end(); };
            found += has(shown), found_plain += has(five(whole)), found_learned += has(five(first));
            for (auto const q : shown) same_kind += world.products[q].category == world.products[p].category;
        }
        auto const n = static_cast<double>(asked);
        context.report(fmt::format("found@5/demo/{}", change.name), static_cast<double>(found) / n, "share", Reference{"descriptor as it is", static_cast<double>(found_plain) / n});
        context.report(fmt::format("found@5/demo/{}/learned_alone", change.name), static_cast<double>(found_learned) / n, "share");
        context.report(fmt::format("precision@5/demo/{}", change.name), static_cast<double>(same_kind) / n / 5, "share");
    }
}

}  // namespace kindling::bench
