#include "storefront/examples.h"
#include "core/money.h"
#include "shop/catalogue/spoken_amount.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

std::int64_t step_at(std::vector<std::int64_t> prices, std::size_t tenths) {
    if (prices.empty()) return 0;
    auto const at = prices.begin() + static_cast<std::ptrdiff_t>(std::min(prices.size() - 1, prices.size() * tenths / 10));
    std::nth_element(prices.begin(), at, prices.end());
    return shop::spoken_amount(static_cast<double>(*at));
}

// A name that is in no other place than a sentence's beginning.
std::string lower(std::string name) {
    std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    return name;
}

std::string under(std::string const& name, std::int64_t minor, std::string_view currency, Locale locale) {
    return locale == Locale::zh ? fmt::format("{}以内的{}", said(minor, currency, locale), name) : fmt::format("{} under {}", name, said(minor, currency, locale));
}

}  // namespace

std::string said(std::int64_t minor, std::string_view currency, Locale locale) {
    auto const whole = [](std::string text) {
        if (auto const point = text.rfind('.'); point != text.npos && text.find_first_not_of('0', point + 1) == text.npos) text.resize(point);
        return text;
    };
    if (locale == Locale::zh && currency == "CNY") return whole(format_amount(minor, currency)) + "元";
    auto text = whole(format_money(minor, currency, locale));
    // Within a shop nobody says CN¥.
    return text.starts_with("CN") ? text.substr(2) : text;
}

std::vector<Example> examples_of(std::span<Wares const> all, std::string_view currency) {
    std::vector<Example> out;
    for (std::size_t i = 0; i < all.size() && i < 4; ++i) {
        auto const& [en, zh, prices] = all[i];
        auto const limit = step_at(prices, 6), low = step_at(prices, 3);
        if (i == 1) out.push_back({"The best rated " + lower(en), "口碑最好的" + zh});
        else if (i == 3) out.push_back({"Popular " + lower(en), "热门" + zh});
        else if (limit <= 0) continue;
        else if (i == 2 && low < limit) out.push_back({fmt::format("{} between {} and {}", en, said(low, currency, Locale::en), said(limit, currency, Locale::en)), fmt::format("{}到{}的{}", said(low, currency, Locale::zh), said(limit, currency, Locale::zh), zh)});
        else out.push_back({under(en, limit, currency, Locale::en), under(zh, limit, currency, Locale::zh)});
    }
    return out;
}

std::optional<Example> gift_example(std::span<Wares const> all, std::string_view currency) {
    std::vector<std::int64_t> prices;
    for (auto const& wares : all) prices.insert(prices.end(), wares.prices_minor.begin(), wares.prices_minor.end());
    auto const limit = step_at(std::move(prices), 6);
    if (limit <= 0) return {};
    return Example{under("A gift", limit, currency, Locale::en), under("礼物", limit, currency, Locale::zh)};
}

}  // namespace kindling::storefront
