#include "core/random.h"
#include "shop/simulator/calendar.h"
#include "shop/simulator/compose.h"
#include "shop/simulator/people.h"
#include "shop/simulator/visit_truth.h"
#include "shop/simulator/unmet_needs.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <unordered_set>

namespace kindling::shop::simulator {
namespace {

// Shops price at 59, 129, 1,299.
std::int64_t charm_price(double yuan) {
    auto const step = yuan < 1000 ? 10.0 : 100.0;
    return std::max<std::int64_t>(9, static_cast<std::int64_t>(std::lround(yuan / step) * static_cast<std::int64_t>(step)) - 1) * 100;
}

struct Maker {
    World& world;
    Secret& secret;
    Random random;
    std::unordered_set<std::string> titles;

    void categories_and_brands() {
        for (auto const& d : departments()) {
            auto const parent = static_cast<int>(world.categories.size());
            world.categories.push_back({std::string(d.key), {std::string(d.zh), std::string(d.en)}, -1});
            for (auto const& f : d.families) world.categories.push_back({std::string(f.key), {std::string(f.zh), title_case(f.en)}, parent});
            static constexpr int tiers[] = {1, 2, 2, 3};
            static constexpr Words stories[] = {{"把日常用品做得实在、买得轻松。", "Honest everyday goods at easy prices."}, {"从一间小工作室开始，认真做每一件小事。", "Grown out of a small studio that cares about small things."}, {"在功能和好看之间，不愿二选一。", "Unwilling to choose between useful and beautiful."}, {"选最好的料，做少量的货，用很久。", "The best materials, small batches, made to last."}};
            for (std::size_t i = 0; i < d.brands.size(); ++i)
                world.brands.push_back({{std::string(d.brands[i].zh), std::string(d.brands[i].en)}, tiers[i], {std::string(stories[i].zh), std::string(stories[i].en)}});
        }
    }

    // How many products each family gets: at least one, the rest by its share of demand, dampened.
    std::vector<int> counts() const {
        std::vector<double> weights;
        for (auto const& d : departments())
            for (auto const& f : d.families) weights.push_back(std::sqrt(f.share));
        double total = 0;
        for (auto w : weights) total += w;
        std::vector<int> out;
        int given = 0;
        for (auto w : weights) out.push_back(std::max(1, static_cast<int>(world.options.products * w / total))), given += out.back();
        for (std::size_t i = 0; given < world.options.products; i = (i + 1) % out.size()) ++out[i], ++given;
        return out;
    }

    void product(std::size_t department, std::size_t family_index, int category, int number) {
        auto const& d = departments()[department];
        auto const& f = d.families[family_index];
        auto draw = random.stream("product", static_cast<std::uint64_t>(number));
        static constexpr double brand_weight[] = {3, 2.5, 2.5, 1.2};
        auto const brand_index = draw.pick(brand_weight);
        auto const brand = static_cast<int>(department * 4 + brand_index);
        Composition words;
        for (int attempt = 0; attempt < 40; ++attempt) {
            words = compose(d, f, d.brands[brand_index], draw);
            if (!titles.contains(words.title.zh) && !titles.contains(words.title.en)) break;
        }
        titles.insert(words.title.zh), titles.insert(words.title.en);

        Product p;
        p.key = fmt::format("kg-{:04}", number + 1);
        p.category = category, p.brand = brand, p.supplier = static_cast<int>(department * 2 + draw.below(2));
        p.title = std::move(words.title), p.description = std::move(words.description), p.selling_points = std::move(words.points), p.attributes = std::move(words.attributes);
        for (auto const& s : f.synonyms) p.synonyms.push_back({std::string(s.zh), std::string(s.en)});
        auto const first = world.first_day, last = world.options.last_day;
        p.launched = draw.chance(0.6) ? first - static_cast<Day>(draw.between(30, 900)) : first + static_cast<Day>(draw.below(static_cast<std::uint64_t>(std::max(1, last - first - 20))));
        if (draw.chance(0.15)) {
            auto const end = std::max(p.launched, first) + static_cast<Day>(draw.between(120, 600));
            if (end <= last) p.ended = end;
        }

        auto const tier = world.brands[static_cast<std::size_t>(brand)].tier;
        auto const position = draw.uniform(0.05, 0.4) + 0.24 * (tier - 1);
        auto const yuan = std::clamp(f.price_low * std::pow(static_cast<double>(f.price_high) / f.price_low, position) * std::pow(words.price_factor, 0.6), static_cast<double>(f.price_low), f.price_high * 1.15);
        auto const price = charm_price(yuan);
        auto const compare_at = draw.chance(0.35) ? charm_price(yuan * draw.uniform(1.15, 1.5)) : 0;
        auto const margin = 0.62 - draw.uniform(0.0, 0.16) + 0.05 * (tier - 2);
        auto const weight = f.weight_low + (f.weight_high - f.weight_low) * words.size;

        std::vector<ColourName> colours;
        for (auto const& c : colour_table())
            for (std::size_t at = f.colours.find(c.key); at != f.colours.npos; at = f.colours.npos) {
                auto const end = at + c.key.size();
                if ((at == 0 || f.colours[at - 1] == ' ') && (end == f.colours.size() || f.colours[end] == ' ')) colours.push_back(c);
            }
        draw.shuffle(colours);
        auto const one_colour = colours.size() == 1;
        colours.resize(std::min<std::size_t>(colours.size(), 1 + draw.below(3) + (f.sizes.empty() ? 1 : 0)));
        auto const sizes = f.sizes.empty() ? std::vector<Words>{{"", ""}} : f.sizes;

        p.first_variant = static_cast<int>(world.variants.size());
        auto const seed = static_cast<std::uint32_t>(draw.bits());
        double total_share = 0;
        for (std::size_t c = 0; c < colours.size(); ++c) {
            p.pictures.push_back({f.shape, colours[c].rgb, seed, words.size, words.picture_style});
            auto const colour_share = draw.gamma(3, 1) / (1.0 + 0.4 * static_cast<double>(c));
            for (std::size_t s = 0; s < sizes.size(); ++s) {
                Variant v;
                auto code = std::string(colours[c].key.substr(0, 3));
                std::transform(code.begin(), code.end(), code.begin(), [](char x) { return static_cast<char>(x - 32); });
                auto size_code = std::string(sizes[s].en);
                size_code = size_code == "single" ? "1" : size_code.starts_with("pack") ? "2" : size_code.starts_with("EU ") ? size_code.substr(3) : size_code;
                v.sku = fmt::format("KG-{:04}", number + 1) + (one_colour ? "" : "-" + code) + (size_code.empty() ? "" : "-" + size_code);
                v.ean13 = ean13_from(fmt::format("26{:05}{:05}", number + 1, c * 100 + s + 1));
                v.product = number;
                if (!one_colour) v.colour = {std::string(colours[c].zh), std::string(colours[c].en)};
                v.size = {std::string(sizes[s].zh), std::string(sizes[s].en)};
                auto const pack = sizes[s].en == "pack of two" ? 1.85 : 1.0;
                v.price_minor = pack > 1 ? charm_price(static_cast<double>(price) / 100 * pack) : price;
                v.compare_at_minor = compare_at == 0 ? 0 : pack > 1 ? charm_price(static_cast<double>(compare_at) / 100 * pack) : compare_at;
                v.cost_minor = static_cast<std::int64_t>(std::llround(static_cast<double>(v.price_minor) * (1 - margin)));
                v.weight_g = static_cast<int>(std::lround(weight * (pack > 1 ? 1.95 : 1.0) * (1 + 0.03 * static_cast<double>(s))));
                v.picture = static_cast<int>(c);
                auto const middle = (static_cast<double>(sizes.size()) - 1) / 2;
                auto const share = colour_share * (pack > 1 ? 0.4 : std::exp(-0.35 * std::abs(static_cast<double>(s) - middle)));
                secret.variant_share.push_back(static_cast<float>(share)), total_share += share;
                world.variants.push_back(std::move(v));
            }
        }
        p.variant_count = static_cast<int>(world.variants.size()) - p.first_variant;
        for (int i = 0; i < p.variant_count; ++i) secret.variant_share[static_cast<std::size_t>(p.first_variant + i)] /= static_cast<float>(total_share);

        ProductTruth t;
        t.quality = std::clamp(draw.normal(0.66 + 0.06 * (tier - 2), 0.17), 0.05, 0.98);
        t.true_to_size = std::clamp(draw.normal(0.8, 0.15), 0.2, 1.0);
        t.popularity = f.share / std::sqrt(f.share) * std::exp(draw.normal(0, 1.0) + 1.4 * (t.quality - 0.66));
        t.elasticity = std::clamp(d.elasticity + draw.normal(0, 0.3), -4.0, -0.6);
        t.trend_per_year = draw.normal(0.05, 0.35);
        t.substitution_group = category * 10 + (price > 100 * static_cast<std::int64_t>(std::sqrt(static_cast<double>(f.price_low) * f.price_high)) ? 1 : 0);
        secret.products.push_back(t);
        world.products.push_back(std::move(p));
    }

    void promotions() {
        world.campaigns = plan_campaigns(world.first_day, world.options.last_day);
        auto draw = random.stream("promotions");
        auto const on_sale = [&](Product const& p, Day first, Day last) { return p.launched <= first && (p.ended == 0 || p.ended > last); };
        std::vector<std::vector<std::pair<Day, Day>>> taken(world.products.size());
        auto const add = [&](int product, int campaign, Day first, Day last, int percent) {
            first = std::max(first, world.first_day), last = std::min(last, world.options.last_day);
            auto const index = static_cast<std::size_t>(product);
            if (first > last || !on_sale(world.products[index], first, last)) return;
            for (auto const& [a, b] : taken[index]) if (first <= b && a <= last) return;
            taken[index].push_back({first, last});
            world.promotions.push_back({product, campaign, first, last, percent});
        };
        for (std::size_t c = 0; c < world.campaigns.size(); ++c)
            for (std::size_t p = 0; p < world.products.size(); ++p)
                if (draw.chance(world.campaigns[c].budget_minor > 10'000'000 ? 0.5 : 0.25)) add(static_cast<int>(p), static_cast<int>(c), world.campaigns[c].first_day, world.campaigns[c].last_day, static_cast<int>(draw.between(1, 6)) * 5 + 5);
        // Price cuts on their own days are what makes elasticity identifiable apart from the seasons.
        for (std::size_t p = 0; p < world.products.size(); ++p)
            for (auto n = draw.poisson(2.0 * world.options.months / 12.0); n > 0; --n) {
                auto const first = world.first_day + static_cast<Day>(draw.below(static_cast<std::uint64_t>(world.options.last_day - world.first_day + 1)));
                add(static_cast<int>(p), -1, first, first + static_cast<Day>(draw.between(5, 14)), static_cast<int>(draw.between(1, 6)) * 5);
            }
        std::stable_sort(world.promotions.begin(), world.promotions.end(), [](auto const& a, auto const& b) { return a.first_day < b.first_day; });
    }
};

}  // namespace

char const* channel_key(Channel channel) {
    static constexpr char const* keys[] = {"douyin", "xiaohongshu", "search_ads", "wechat", "google", "email"};
    return keys[static_cast<int>(channel)];
}

char const* source_key(int source) { return source == direct_source ? "direct" : channel_key(static_cast<Channel>(source)); }

std::string ean13_from(std::string digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
    digits += static_cast<char>('0' + (10 - sum % 10) % 10);
    return digits;
}

World generate_catalogue(Options const& asked) {
    World world;
    world.options = asked;
    world.options.products = std::clamp(asked.products, 37, 99'999);
    world.options.customers = std::clamp(asked.customers, 1, 2'000'000);
    world.options.months = std::clamp(asked.months, 1, 48);
    world.options.scale = std::clamp(asked.scale, 0.001, 100.0);
    world.options.log_days = std::max(asked.log_days, 0);
    // The same day of the month, `months` earlier, and the day after it.
    auto const end = civil_from_day(asked.last_day);
    auto const begin = end.year() / end.month() / std::chrono::day(1) - std::chrono::months(world.options.months);
    auto const length = static_cast<unsigned>((std::chrono::year_month_day_last(begin.year() / begin.month() / std::chrono::last)).day());
    world.first_day = day_from_civil(static_cast<int>(begin.year()), static_cast<unsigned>(begin.month()), std::min(static_cast<unsigned>(end.day()), length)) + 1;
    world.shop_name = {"火种良品", "Kindling Goods"};
    world.slogan = {"把好东西，点亮给需要它的人。", "Good things, lit for the people who need them."};
    world.cities = cities();
    world.places = places();
    auto secret = std::make_shared<Secret>();
    Random const root(world.options.seed);

    Maker maker{world, *secret, root.stream("catalogue"), {}};
    maker.categories_and_brands();
    add_suppliers(world, *secret, root.stream("suppliers"));
    auto const counts = maker.counts();
    int number = 0, category = 0;
    std::size_t family = 0;
    for (std::size_t d = 0; d < departments().size(); ++d) {
        ++category;
        for (std::size_t f = 0; f < departments()[d].families.size(); ++f, ++category, ++family)
            for (int i = 0; i < counts[family]; ++i) maker.product(d, f, category, number++);
    }
    maker.promotions();
    add_customers(world, *secret, root.stream("customers"));
    secret->unmet_needs = unmet_needs(world);
    auto draw = root.stream("channels");
    static constexpr double decay[] = {0.55, 0.7, 0.15, 0.4, 0.2, 0.3}, half[] = {90, 70, 80, 40, 50, 8}, lift[] = {0.22, 0.16, 0.18, 0.10, 0.08, 0.05};
    for (int c = 0; c < channel_count; ++c)
        secret->channels[c] = {decay[c] * draw.uniform(0.9, 1.1), half[c] * 10'000 * draw.uniform(0.85, 1.15), draw.uniform(0.9, 1.6), lift[c] * draw.uniform(0.85, 1.15)};
    draw_visit_truth(world, *secret, root.stream("visits"));
    world.secret = std::move(secret);
    return world;
}

}  // namespace kindling::shop::simulator
