// shipping.*: the ways a shop sends its goods, and what each costs to where. A shop that lists none has one: the fee of its settings.
#include "shop/checkout/api.h"
#include "shop/checkout/countries.h"
#include "shop/people/people.h"
#include "shop/people/time_zones.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct ShippingRule {
    std::string option_id, title_en, title_zh, countries;
    std::int64_t fee_minor = 0, free_from_minor = 0;
    std::optional<std::int64_t> days_from, days_to;
    std::int64_t position = 0;
    static constexpr Field fields[] = {
        field("option_id", "The shop's identifier of this way.", "配送方式编号。").longest(64), field("title_en", "Name in English.", "英文名称。").defaulted().longest(200), field("title_zh", "Name in Chinese.", "中文名称。").defaulted().longest(200),
        field("countries", "ISO 3166 codes it goes to, with commas: US,CA; empty: everywhere; beginning with !: everywhere but there.", "送达国家代码，逗号分隔：US,CA；留空为所有国家；以 ! 开头为除此之外。").defaulted().longest(1000),
        field("fee_minor", "What it costs, minor units.", "运费，最小货币单位。").range(0, 1e12), field("free_from_minor", "Free for goods worth this much; 0: never.", "满此金额免运费；0 为不免。").defaulted().range(0, 1e15), field("days_from", "Fewest days to arrive.", "最快送达天数。").range(0, 365), field("days_to", "Most days to arrive.", "最慢送达天数。").range(0, 365), field("position", "Order in which they are offered, ascending; the first is chosen unless the shopper says otherwise.", "排列顺序，升序；默认选第一项。").defaulted().range(0, 1e6)};
};
BOOST_DESCRIBE_STRUCT(ShippingRule, (), (option_id, title_en, title_zh, countries, fee_minor, free_from_minor, days_from, days_to, position))

struct SaveShipping {
    std::vector<ShippingRule> options;
    static constexpr Field fields[] = {field("options", "All ways there are from now on; those left out are no more.", "全部配送方式；未列出的即被移除。").longest(100)};
};
BOOST_DESCRIBE_STRUCT(SaveShipping, (), (options))

struct ShippingList {
    std::vector<ShippingRule> options;
    static constexpr Field fields[] = {field("options", "Ways of sending, in order.", "配送方式，按顺序。")};
};
BOOST_DESCRIBE_STRUCT(ShippingList, (), (options))

Result<std::vector<ShippingRule>> rules(Transaction& tx) { return tx.select<ShippingRule>("SELECT option_id, title_en, title_zh, countries, fee_minor, free_from_minor, days_from, days_to, position FROM shipping_options WHERE shop_id = ? ORDER BY position, option_id", tx.shop_id()); }

// A shop that lists no ways has one: the fee of its settings.
Result<std::vector<ShippingRule>> rules_or_settings(Transaction& tx) {
    auto all = TRY(rules(tx));
    if (all.empty()) all.push_back({.option_id = "standard", .title_en = "Standard shipping", .title_zh = "标准配送", .countries = {}, .fee_minor = std::atoll(TRY(read_setting(tx, "shipping_fee_minor")).c_str()), .free_from_minor = std::atoll(TRY(read_setting(tx, "free_shipping_from_minor")).c_str()), .days_from = {}, .days_to = {}});
    return all;
}

// The first that goes everywhere, or else the first.
Result<ShippingRule> usual(Transaction& tx) {
    auto all = TRY(rules_or_settings(tx));
    auto const anywhere = std::ranges::find_if(all, [](ShippingRule const& r) { return goes_to(r.countries, ""); });
    return std::move(anywhere == all.end() ? all.front() : *anywhere);
}

std::int64_t fee_of(ShippingRule const& rule, std::int64_t subtotal) { return rule.free_from_minor > 0 && subtotal >= rule.free_from_minor ? 0 : rule.fee_minor; }

Result<Saved> save_options(Context& context, SaveShipping const& in) {
    auto& tx = context.tx();
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < in.options.size(); ++i) {
        auto const& o = in.options[i];
        auto const at = fmt::format("/options/{}", i);
        if (o.option_id.empty()) errors.push_back({at + "/option_id", "required", "must not be empty"});
        if (std::ranges::count(in.options, o.option_id, &ShippingRule::option_id) > 1) errors.push_back({at + "/option_id", "taken", "stands here twice"});
        if (o.title_en.empty() && o.title_zh.empty()) errors.push_back({at + "/title_en", "required", "a name is needed in one language"});
        if (!std::ranges::all_of(o.countries, [](char c) { return (c >= 'A' && c <= 'Z') || c == ',' || c == '!'; }) || o.countries.rfind('!') != (o.countries.starts_with('!') ? 0 : std::string::npos)) errors.push_back({at + "/countries", "malformed_country", "must be codes such as US,CA, with ! only in front"});
        if (o.days_from && o.days_to && *o.days_from > *o.days_to) errors.push_back({at + "/days_to", "out_of_range", "must not be less than days_from"});
    }
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The ways of sending were not saved.", std::move(errors));
    auto const before = TRY(tx.execute("DELETE FROM shipping_options WHERE shop_id = ?", tx.shop_id()));
    for (auto const& o : in.options)
        TRY(tx.execute("INSERT INTO shipping_options (shop_id, option_id, title_en, title_zh, countries, fee_minor, free_from_minor, days_from, days_to, position) VALUES (?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), o.option_id, o.title_en, o.title_zh, o.countries, o.fee_minor, o.free_from_minor, o.days_from, o.days_to, o.position));
    tx.changed("shop");
    auto const now = static_cast<std::int64_t>(in.options.size());
    return Saved{.created = std::max<std::int64_t>(0, now - before), .updated = std::min(now, before), .unchanged = 0};
}

Result<ShippingList> list_options(Context& context, Nothing const&) { return ShippingList{TRY(rules(context.tx()))}; }

}  // namespace

bool goes_to(std::string_view countries, std::string_view said) {
    if (countries.empty()) return true;
    bool const but = countries.front() == '!';
    if (but) countries.remove_prefix(1);
    if (said.empty()) return but;
    auto const code = country_code(said);
    auto const country = code.empty() ? said : std::string_view(code);
    for (;;) {
        auto const comma = std::min(countries.find(','), countries.size());
        if (countries.substr(0, comma) == country) return !but;
        if (comma == countries.size()) return but;
        countries.remove_prefix(comma + 1);
    }
}

Result<std::vector<ShippingOption>> ways_of_sending(Transaction& tx, std::int64_t subtotal) {
    std::vector<ShippingOption> out;
    for (auto& rule : TRY(rules_or_settings(tx))) {
        auto const fee = fee_of(rule, subtotal);
        out.push_back({std::move(rule.option_id), std::move(rule.title_en), std::move(rule.title_zh), fee, rule.days_from, rule.days_to, std::move(rule.countries)});
    }
    return out;
}

Result<std::vector<ShippingOption>> shipping_options(Transaction& tx, std::string_view country, std::int64_t subtotal) {
    auto out = TRY(ways_of_sending(tx, subtotal));
    std::erase_if(out, [&](ShippingOption const& o) { return !goes_to(o.countries, country); });
    return out;
}

Result<ShippingTerms> shipping_terms(Transaction& tx) {
    auto const rule = TRY(usual(tx));
    return ShippingTerms{rule.fee_minor, rule.free_from_minor};
}

Result<std::int64_t> usual_shipping(Transaction& tx, std::int64_t subtotal) {
    return fee_of(TRY(usual(tx)), subtotal);
}

Result<std::optional<Day>> arrives_by(Context& context, ShippingOption const& way) {
    if (!way.days_to) return std::nullopt;
    return TRY(WallClock::of(context.tx())).day(context.now) + static_cast<Day>(*way.days_to);
}

std::vector<Operation> shipping_operations() {
    return {
        operation({.name = "shipping.save_options", .scenario = "9", .summary = {"Say in which ways the shop sends its goods, to where and for how much.", "设置店铺的配送方式、送达范围与运费。"}, .effect = Effect::act, .permission = "orders.write"}, &save_options),
        operation({.name = "shipping.list_options", .scenario = "9", .summary = {"The ways in which the shop sends its goods; empty: the one fee of the settings.", "店铺的配送方式；为空则按设置中的统一运费。"}, .permission = "public"}, &list_options),
    };
}

}  // namespace kindling::shop
