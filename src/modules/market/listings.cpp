// Own products as listings, and reasons kept and told.
#include "modules/market/rows.h"
#include "engines/learning/matching/features.h"
#include "engines/text/analysis/units.h"
#include "shop/catalogue/api.h"
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace kindling::market {

Result<OwnListings> own_listings(shop::Transaction& tx, std::string const& currency, Languages languages, std::set<std::string> const& codes_elsewhere) {
    OwnListings out;
    std::int64_t with_en = 0, with_zh = 0;
    if (languages == Languages::one) {
        with_en = TRY(tx.integer("SELECT COUNT(*) FROM products WHERE shop_id = ? AND status <> 'archived' AND title_en <> ''", tx.shop_id()));
        with_zh = TRY(tx.integer("SELECT COUNT(*) FROM products WHERE shop_id = ? AND status <> 'archived' AND title_zh <> ''", tx.shop_id()));
    }
    TRY(shop::each_product(tx, [&](std::span<shop::Product const> products) -> Result<void> {
        for (auto const& p : products) {
            ++out.products;
            auto const add = [&](bool zh) {
                auto const& title = zh ? p.title_zh : p.title_en;
                matching::Record r{.title = title, .description = (zh ? p.description_zh : p.description_en), .brand = p.brand + (p.brand_zh.empty() ? "" : " " + p.brand_zh), .currency = currency};
                for (auto const& v : p.variants) {
                    if (r.codes.size() < 8 && !v.barcode.empty()) r.codes.push_back(v.barcode);
                    if (r.codes.size() < 8 && codes_elsewhere.contains(matching::compact(v.sku))) r.codes.push_back(v.sku);
                    if (!r.price_minor || v.price_minor < *r.price_minor) r.price_minor = v.price_minor;
                }
                for (auto const& a : p.attributes) {
                    auto const& text = zh ? a.text_zh : a.text_en;
                    r.description += a.number ? fmt::format(" {}{}", *a.number, a.unit) : text.empty() ? std::string() : ' ' + text;
                }
                out.records.push_back(std::move(r)), out.product_ids.push_back(p.product_id), out.titles.push_back(title), out.chinese.push_back(zh);
            };
            bool const en = !p.title_en.empty(), zh = !p.title_zh.empty();
            if (languages == Languages::one) add(zh && (!en || with_zh > with_en));
            else {
                if (en) add(false);
                if (zh && p.title_zh != p.title_en) add(true);
            }
        }
        return {};
    }));
    return out;
}

namespace {

struct Kept {
    std::string_view name;
    ReasonKind kind;
};
constexpr std::array kinds{Kept{"same_code", ReasonKind::same_code}, Kept{"codes_differ", ReasonKind::codes_differ}, Kept{"title_alike", ReasonKind::title_alike}, Kept{"brand_same", ReasonKind::brand_same}, Kept{"numbers_differ", ReasonKind::numbers_differ},
                           Kept{"price_close", ReasonKind::price_close}, Kept{"price_far", ReasonKind::price_far}, Kept{"no_rival", ReasonKind::no_rival}, Kept{"rival_near", ReasonKind::rival_near}};

// "14inch", "10000mah": what a title measures reads like a model number and is none.
bool is_measure(std::string const& code) {
    auto const quantities = text::find_quantities(code);
    return !quantities.empty() && quantities[0].unit != text::Unit::none && quantities[0].begin == 0 && quantities.back().end == code.size();
}

std::string sentence(ReasonKind kind, std::string_view detail, bool zh) {
    switch (kind) {
    case ReasonKind::same_code: return zh ? fmt::format("型号相同：{}", detail) : fmt::format("Same model number: {}", detail);
    case ReasonKind::codes_differ: return zh ? "型号不同" : "Model numbers differ";
    case ReasonKind::title_alike: return zh ? fmt::format("标题关键词重合 {}%", detail) : fmt::format("Titles share {} % of what they say", detail);
    case ReasonKind::brand_same: return zh ? "品牌相同" : "Same brand";
    case ReasonKind::numbers_differ: return zh ? "标题中的数字（版本、规格）不同" : "Numbers in the titles (release, size) differ";
    case ReasonKind::price_close: return zh ? fmt::format("价格接近（相差 {}%）", detail) : fmt::format("Prices are close ({} % apart)", detail);
    case ReasonKind::price_far: return zh ? fmt::format("价格差距大（{} 倍）", detail) : fmt::format("Prices are far apart ({} times)", detail);
    case ReasonKind::no_rival: return zh ? "没有更接近的其他商品" : "Nothing else comes near";
    case ReasonKind::rival_near: return zh ? "另有相近的商品，请留意" : "Another one comes near; look twice";
    case ReasonKind::said_by_people: return zh ? "已由人工确认" : "Confirmed by people";
    }
    return {};
}

}  // namespace

std::string reasons_of(matching::Pool const& pool, std::uint32_t left, std::uint32_t right, bool rival_near) {
    matching::Alignment scratch;
    auto const x = matching::compare(pool, {left, right}, scratch);
    std::string out;
    auto const say = [&](std::string_view kind, std::string detail = "") { out += fmt::format("{}{}={}", out.empty() ? "" : ";", kind, detail); };
    auto const &a = pool.left()[left], &b = pool.right()[right];
    auto const numbers = [&](matching::Item const& item) {
        auto codes = item.codes;
        std::erase_if(codes, [&](std::string const& code) {
            if (is_measure(code)) return true;
            for (std::size_t i = 0; i + 1 < item.title.size(); ++i)  // "10000 mAh" in two words
                if (pool.word(item.title[i]).text == code && is_measure(code + " " + pool.word(item.title[i + 1]).text)) return true;
            return false;
        });
        return codes;
    };
    auto const of_a = numbers(a), of_b = numbers(b);
    std::string code;
    for (auto const& c : of_a)
        if (c.size() > code.size() && (std::ranges::find(of_b, c) != of_b.end() || b.compact_everything.find(c) != std::string::npos)) code = c;
    for (auto const& c : of_b)
        if (c.size() > code.size() && a.compact_everything.find(c) != std::string::npos) code = c;
    if (!code.empty()) say("same_code", code);
    else if (!of_a.empty() && !of_b.empty()) say("codes_differ");
    if (auto const told = std::max(x[matching::left_told], x[matching::right_told]); told >= 0.3f) say("title_alike", std::to_string(std::lround(told * 100)));
    if (x[matching::brand_told] > 0.9f) say("brand_same");
    if (x[matching::numbers_over_both] >= 1) say("numbers_differ");
    if (x[matching::price_gap] <= 0.2f) say("price_close", std::to_string(std::lround((std::exp(x[matching::price_gap]) - 1) * 100)));
    if (x[matching::price_gap] >= 0.7f) say("price_far", fmt::format("{:.1f}", std::exp(x[matching::price_gap])));
    say(rival_near ? "rival_near" : "no_rival");
    return out;
}

std::vector<MatchReason> told(std::string_view kept, MatchState state, Locale locale) {
    std::vector<MatchReason> out;
    if (state == MatchState::confirmed) out.push_back({ReasonKind::said_by_people, sentence(ReasonKind::said_by_people, "", locale == Locale::zh)});
    for (std::size_t at = 0; at < kept.size();) {
        auto const end = std::min(kept.find(';', at), kept.size());
        auto const part = kept.substr(at, end - at);
        auto const equals = std::min(part.find('='), part.size());
        for (auto const& k : kinds)
            if (k.name == part.substr(0, equals)) out.push_back({k.kind, sentence(k.kind, part.substr(std::min(equals + 1, part.size())), locale == Locale::zh)});
        at = end + 1;
    }
    return out;
}

}  // namespace kindling::market
