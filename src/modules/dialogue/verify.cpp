// modules/dialogue/verify.cpp -- reading every stated fact again. See verify.h.
#include "modules/dialogue/verify.h"
#include "core/money.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/one_unit.h"
#include "modules/dialogue/sentences.h"
#include "modules/dialogue/trade_off.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace kindling::dialogue {
namespace {

// Numbers written with digits, separators taken out: "1,299.00" -> "1299", "8.50" -> "8.5".
std::vector<std::string> digit_runs(std::string_view text) {
    std::vector<std::string> out;
    auto const digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    for (std::size_t i = 0; i < text.size();) {
        if (!digit(i)) { ++i; continue; }
        std::string run;
        bool point = false;
        while (digit(i) || (digit(i + 1) && (text[i] == ',' || (text[i] == '.' && !point)))) {
            if (text[i] == '.') point = true;
            if (text[i] != ',') run += text[i];
            ++i;
        }
        if (point) {
            while (run.back() == '0') run.pop_back();
            if (run.back() == '.') run.pop_back();
        }
        while (run.size() > 1 && run[0] == '0' && run[1] != '.') run.erase(0, 1);
        out.push_back(std::move(run));
    }
    return out;
}

std::vector<std::string> numbers_of(CatalogueView const& view, std::size_t p) {
    std::vector<std::string> out;
    auto const take = [&](std::string_view text) { for (auto& n : digit_runs(text)) out.push_back(std::move(n)); };
    auto const& entry = view[p];
    for (auto const locale : {Locale::en, Locale::zh}) {
        take(view.title(p, locale));
        for (auto const& v : entry.values) take(view.value_text(v, locale));
        for (auto const& variant : entry.variants)
            for (auto const& v : variant.values) take(view.value_text(v, locale));
        take(format_money(entry.price_from, view.currency(), locale)), take(format_money(entry.price_to, view.currency(), locale));
    }
    for (std::size_t v = 0; v < entry.variants.size(); ++v) take(format_money(entry.variants[v].price_minor, view.currency(), Locale::en)), take(entry.data.variants[v].title_en), take(entry.data.variants[v].title_zh);
    take(plain_number(entry.standing.rating)), out.push_back(std::to_string(entry.standing.reviews));
    for (auto const& a : entry.data.attributes) take(a.text_en), take(a.text_zh);
    return out;
}

bool contains(std::vector<std::string> const& list, std::string_view text) { return std::find(list.begin(), list.end(), text) != list.end(); }

class Check {
public:
    Check(CatalogueView const& view, Grounds const& grounds) : view_(view), grounds_(grounds) {}
    std::vector<std::string> take() { return std::move(out_); }

    void text(std::string_view text, std::vector<Fact> const& facts) {
        std::size_t at = 0;
        for (auto const& fact : facts) {
            if (fact.begin < static_cast<std::int64_t>(at) || fact.end < fact.begin || fact.end > static_cast<std::int64_t>(text.size())) { say("a fact lies outside its text"); return; }
            between(text.substr(at, static_cast<std::size_t>(fact.begin) - at));
            at = static_cast<std::size_t>(fact.end);
            stated(fact, text.substr(static_cast<std::size_t>(fact.begin), static_cast<std::size_t>(fact.end - fact.begin)));
        }
        between(text.substr(at));
    }

    void card(Card const& card) {
        auto const p = view_.find(card.product_id);
        if (!p) { say(fmt::format("there is no product {}", card.product_id)); return; }
        auto const& entry = view_[*p];
        std::size_t v = 0;
        while (v < entry.data.variants.size() && entry.data.variants[v].sku != card.sku) ++v;
        if (v == entry.data.variants.size()) { say(fmt::format("{} has no variant {}", card.product_id, card.sku)); return; }
        auto const& variant = entry.variants[v];
        if (card.title != view_.title(*p, Locale::en) && card.title != view_.title(*p, Locale::zh)) say("the title is not the product's");
        if (card.price_minor != variant.price_minor || card.price_from_minor != entry.price_from || card.price_to_minor != entry.price_to || card.currency != view_.currency()) say("the price is not the catalogue's");
        if (card.price_text != format_money(variant.price_minor, view_.currency(), Locale::en) && card.price_text != format_money(variant.price_minor, view_.currency(), Locale::zh)) say("the price text is not the price");
        if ((card.stock == StockState::out) != (variant.stock <= 0)) say("the stock is not the catalogue's");
        if (!card.brand.empty() && card.brand != entry.data.brand && card.brand != entry.data.brand_zh) say("the brand is not the product's");
        if (!card.variant.empty() && card.variant != entry.data.variants[v].title_en && card.variant != entry.data.variants[v].title_zh) say("the variant's title is not its own");
        if (std::abs(card.rating - entry.standing.rating) > 1e-9 || card.reviews != entry.standing.reviews) say("the rating is not the product's");
        std::size_t missed = 0;
        for (auto const& c : grounds_.constraints)
            if (!c.soft && !holds(view_, *p, v, resolve(c, view_.words()))) ++missed;
        if (!of_bundle_ && (missed > 0) != !card.misses.empty()) say(fmt::format("{} misses {} constraints and marks {}", card.product_id, missed, card.misses.size()));
        auto allowed = numbers_of(view_, *p);
        for (auto const& c : grounds_.constraints)
            for (auto const* label : {&c.label_en, &c.label_zh, &c.said})
                for (auto& n : digit_runs(*label)) allowed.push_back(std::move(n));
        if (of_bundle_)  // each thing has limits of its own, which are the shopper's words
            for (auto const& echo : grounds_.echoes)
                for (auto& n : digit_runs(echo)) allowed.push_back(std::move(n));
        for (auto const* list : {&card.why, &card.misses})
            for (auto const& reason : *list)
                for (auto const& n : digit_runs(reason))
                    if (!contains(allowed, n)) say(fmt::format("the reason \"{}\" holds a number that is nowhere in the data", reason));
    }

    void rows(Block const& block) {
        for (auto const& row : block.rows) {
            if (row.values.size() != block.cards.size()) { say("a comparison row does not fit its products"); continue; }
            for (std::size_t i = 0; i < row.values.size(); ++i) {
                auto const p = view_.find(block.cards[i].product_id);
                if (!p || row.values[i].empty()) continue;
                std::vector<std::string> known;
                for (auto const locale : {Locale::en, Locale::zh}) known.push_back(format_money(block.cards[i].price_minor, view_.currency(), locale));
                if (row.attribute == "rating") known = {plain_number(view_[*p].standing.rating)};
                else if (row.attribute == "returns") known = {returned_text(view_[*p].standing, Locale::en), returned_text(view_[*p].standing, Locale::zh)};
                else if (row.attribute == "brand") known = {view_[*p].data.brand, view_[*p].data.brand_zh};
                else if (row.attribute == "above_cheapest") {
                    auto least = block.cards[i].price_minor;
                    for (auto const& card : block.cards) least = std::min(least, card.price_minor);
                    known = {"–"};
                    if (auto const more = block.cards[i].price_minor - least; more > 0) known = {"+" + format_money(more, view_.currency(), Locale::en), "+" + format_money(more, view_.currency(), Locale::zh)};
                } else if (row.attribute == "trade_off_role") {
                    // An amount in it is the product's, or the shopper's own.
                    auto allowed = numbers_of(view_, *p);
                    for (auto const& c : grounds_.constraints)
                        for (auto const* label : {&c.label_en, &c.label_zh, &c.said})
                            for (auto& n : digit_runs(*label)) allowed.push_back(std::move(n));
                    for (auto const& n : digit_runs(row.values[i]))
                        if (!contains(allowed, n)) say(fmt::format("the role \"{}\" holds a number that is nowhere in the data", row.values[i]));
                    continue;
                } else if (row.attribute == "wish") {
                    known = wish_texts(*p, block.cards[i].sku, row.label);
                } else if (row.attribute != "price") known = values(*p, row.attribute);
                if (!contains(known, row.values[i])) say(fmt::format("\"{}\" is not the {} of {}", row.values[i], row.attribute, block.cards[i].product_id));
            }
        }
    }

    void bundle(Block const& block) {
        of_bundle_ = true;
        std::int64_t sum = 0;
        for (auto const& c : block.cards) sum += c.price_minor;
        auto const& b = *block.bundle;
        if (sum != b.total_minor || (b.total_text != format_money(sum, view_.currency(), Locale::en) && b.total_text != format_money(sum, view_.currency(), Locale::zh))) say("the total is not the sum of the prices");
    }

    void points(Block const& block) {
        for (auto const& point : block.points) {
            auto const found = view_.find_sku(point.sku);
            if (!found || view_[found->first].data.product_id != point.product_id || view_[found->first].variants[found->second].price_minor != point.price_minor || std::abs(view_[found->first].standing.rating - point.rating) > 1e-9) { say(fmt::format("{} is not at its place", point.sku)); continue; }
            if (!point.title.empty() && point.title != view_.title(found->first, Locale::en) && point.title != view_.title(found->first, Locale::zh)) say(fmt::format("the title of {} is not the product's", point.sku));
            if (point.texts.size() != block.axes.size() || point.worth.size() != block.axes.size()) { say(fmt::format("{} is not told on every axis", point.sku)); continue; }
            for (std::size_t a = 0; a < block.axes.size(); ++a) {
                auto const& axis = block.axes[a];
                auto const& text = point.texts[a];
                if (text.empty()) continue;
                std::vector<std::string> known;
                if (axis.kind == TradeOffKind::price) known = {format_money(point.price_minor, view_.currency(), Locale::en), format_money(point.price_minor, view_.currency(), Locale::zh)};
                else if (axis.kind == TradeOffKind::rating) known = {plain_number(point.rating)};
                else if (axis.kind == TradeOffKind::returns) known = {returned_text(view_[found->first].standing, Locale::en), returned_text(view_[found->first].standing, Locale::zh)};
                else if (axis.kind == TradeOffKind::amount) known = values(found->first, axis.attribute);
                else if (axis.kind == TradeOffKind::wish) known = wish_texts(found->first, point.sku, axis.label);
                if (!contains(known, text)) say(fmt::format("\"{}\" is not what {} has of \"{}\"", text, point.sku, axis.label));
            }
            // What beats it stands beside it, is beaten by nothing, and is nowhere worse.
            if (point.best != point.beaten_by.empty()) { say(fmt::format("{} is both beaten and not", point.sku)); continue; }
            if (point.best) continue;
            auto const by = std::ranges::find(block.points, point.beaten_by, &TradeOffPoint::sku);
            if (by == block.points.end() || !by->best || point.beaten_in.empty() || by->worth.size() != point.worth.size()) { say(fmt::format("what beats {} is not shown", point.sku)); continue; }
            for (std::size_t a = 0; a < point.worth.size(); ++a)
                if (by->worth[a] < point.worth[a] - 1e-9) say(fmt::format("{} does not beat {}", by->sku, point.sku));
        }
    }

    void prices(Block const& block) {
        auto const& h = *block.prices;
        auto const found = view_.find_sku(h.sku);
        if (!found || view_[found->first].variants[found->second].price_minor != h.price_minor) { say("the price of the history is not the catalogue's"); return; }
        for (auto const low : {h.lowest_30_days_minor, h.lowest_90_days_minor})
            if (low && *low > h.price_minor) say("a lowest price is above today's");
    }

private:
    void say(std::string what) { out_.push_back(std::move(what)); }

    // How a limit or a preference with this label may be told of a variant.
    std::vector<std::string> wish_texts(std::size_t p, std::string_view sku, std::string_view label) const {
        std::vector<std::string> out;
        auto const found = view_.find_sku(sku);
        for (auto const& c : grounds_.constraints)
            if (found && found->first == p && (c.label_en == label || c.label_zh == label))
                for (auto const locale : {Locale::en, Locale::zh}) out.push_back(Weighed{.kind = TradeOffKind::wish, .sense = TradeOffSense::meets, .asked = c, .condition = resolve(c, view_.words())}.text(view_, {.product = p, .variant = found->second}, locale));
        return out;
    }

    // One value, or the distinct values of the variants joined, in each language.
    std::vector<std::string> values(std::size_t p, std::string_view attribute) const {
        std::vector<std::string> out;
        auto const found = view_.words().attribute_ids.find(std::string(attribute));
        if (found == view_.words().attribute_ids.end()) return out;
        for (auto const locale : {Locale::en, Locale::zh}) {
            std::string joined;
            std::vector<std::string> seen;
            auto const take = [&](AttributeValue const& v) {
                if (v.attribute != found->second) return;
                auto const text = view_.value_text(v, locale);
                if (text.empty() || contains(seen, text)) return;
                seen.push_back(text), out.push_back(text);
                joined += (joined.empty() ? "" : locale == Locale::zh ? "、" : ", ") + text;
            };
            for (auto const& variant : view_[p].variants)
                for (auto const& v : variant.values) take(v);
            for (auto const& v : view_[p].values) take(v);
            out.push_back(joined);
            // Beside others in one unit: all of them in it.
            std::vector<std::vector<std::string>> in_units;
            auto const note = [&](AttributeValue const& v) {
                if (v.attribute != found->second || !std::isfinite(v.number)) return;
                auto ways = amounts_in_units(v.number, view_.words().attributes[static_cast<std::size_t>(found->second)], locale);
                if (std::ranges::find(in_units, ways) == in_units.end()) in_units.push_back(std::move(ways));
            };
            for (auto const& variant : view_[p].variants)
                for (auto const& v : variant.values) note(v);
            for (auto const& v : view_[p].values) note(v);
            if (in_units.size() == 1) out.insert(out.end(), in_units.front().begin(), in_units.front().end());
        }
        return out;
    }

    void between(std::string_view text) {
        if (std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) say(fmt::format("an unaccounted number in \"{}\"", text));
        for (std::string_view sign : {"¥", "$", "€", "£"})
            if (text.find(sign) != text.npos) say("an unaccounted amount");
    }

    void stated(Fact const& fact, std::string_view said) {
        auto const p = view_.find(fact.product_id);
        bool ok = false;
        switch (fact.kind) {
            case FactKind::title: ok = p && (said == view_.title(*p, Locale::en) || said == view_.title(*p, Locale::zh)); break;
            case FactKind::price:
                if (p) {
                    auto const& entry = view_[*p];
                    for (auto const locale : {Locale::en, Locale::zh}) {
                        ok = ok || (fact.sku.empty() && (said == format_money(entry.price_from, view_.currency(), locale) || said == format_money(entry.price_to, view_.currency(), locale)));
                        for (std::size_t v = 0; v < entry.variants.size(); ++v) ok = ok || (entry.data.variants[v].sku == fact.sku && said == format_money(entry.variants[v].price_minor, view_.currency(), locale));
                    }
                }
                break;
            case FactKind::attribute: ok = p && contains(values(*p, fact.attribute), said); break;
            case FactKind::stock: {
                auto const in = said == "有货" || said == "in stock", out = said == "暂时缺货" || said == "out of stock";
                if (p) {
                    auto stock = view_[*p].stock;
                    for (std::size_t v = 0; v < view_[*p].variants.size(); ++v)
                        if (view_[*p].data.variants[v].sku == fact.sku) stock = view_[*p].variants[v].stock;
                    ok = (in && stock > 0) || (out && stock <= 0);
                }
                break;
            }
            case FactKind::rating: ok = p && said == plain_number(view_[*p].standing.rating); break;
            case FactKind::count: ok = std::any_of(grounds_.counts.begin(), grounds_.counts.end(), [&](std::int64_t n) { return said == std::to_string(n); }); break;
            case FactKind::quote: ok = p && (view_[*p].data.description_en.find(said) != std::string::npos || view_[*p].data.description_zh.find(said) != std::string::npos || view_.title(*p, Locale::en).find(said) != std::string::npos || view_.title(*p, Locale::zh).find(said) != std::string::npos); break;
            case FactKind::review: ok = p && std::any_of(grounds_.reviews.begin(), grounds_.reviews.end(), [&](Grounds::Written const& r) { return r.product_id == fact.product_id && r.body.find(said) != std::string::npos; }); break;
            case FactKind::name: ok = !std::any_of(said.begin(), said.end(), [](char c) { return c >= '0' && c <= '9'; }) || contains(grounds_.echoes, said); break;
            case FactKind::echo: case FactKind::order: case FactKind::basket: case FactKind::policy: ok = contains(grounds_.echoes, said); break;
        }
        if (!ok) say(fmt::format("\"{}\" ({}) is not so", said, name(fact.kind)));
    }

    CatalogueView const& view_;
    Grounds const& grounds_;
    std::vector<std::string> out_;
    bool of_bundle_ = false;
};

// The products that a sentence names by title, longest titles first so that "Long linen dress" does not name "Linen dress" too; all when none.
std::vector<std::size_t> named_in(std::string_view sentence, CatalogueView const& view, std::span<std::size_t const> products) {
    std::vector<std::pair<std::u32string, std::size_t>> titles;
    for (auto p : products)
        for (auto const locale : {Locale::en, Locale::zh})
            if (auto title = surface_of(view.title(p, locale)); title.size() > 1) titles.emplace_back(std::move(title), p);
    std::stable_sort(titles.begin(), titles.end(), [](auto const& a, auto const& b) { return a.first.size() != b.first.size() ? a.first.size() > b.first.size() : a.first < b.first; });
    auto text = surface_of(sentence);
    std::vector<std::size_t> out;
    std::u32string last;  // two products of one title are both meant
    for (auto const& [title, p] : titles) {
        bool named = title == last;
        for (auto at = text.find(title); at != text.npos; at = text.find(title, at)) text.replace(at, title.size(), title.size(), U'\n'), named = true, last = title;
        if (named && std::find(out.begin(), out.end(), p) == out.end()) out.push_back(p);
    }
    return out.empty() ? std::vector<std::size_t>(products.begin(), products.end()) : out;
}

std::vector<std::string> sentence_breaches(std::string_view text, CatalogueView const& view, Lexicon const& lexicon, std::span<std::size_t const> products, Grounds const& grounds) {
    std::vector<std::string> out, numbers;
    for (auto p : products)
        for (auto& n : numbers_of(view, p)) numbers.push_back(std::move(n));
    std::u32string own;
    for (auto const& echo : grounds.echoes) {
        own += surface_of(echo) + U"\n";
        for (auto& n : digit_runs(echo)) numbers.push_back(std::move(n));
    }
    for (auto const& c : grounds.constraints)
        for (auto const* label : {&c.label_en, &c.label_zh, &c.said})
            for (auto& n : digit_runs(*label)) numbers.push_back(std::move(n));
    for (auto const n : grounds.counts) numbers.push_back(std::to_string(n));
    auto const folded = text::normalise(text);
    for (auto const& n : digit_runs(folded))
        if (!contains(numbers, n)) out.push_back(fmt::format("the number {} is not in the data of these products", n));
    for (auto const& q : quantities(to_utf32(folded)))  // numbers in words: 三百块, fifty dollars
        if (q.kind == Quantity::Kind::money || q.kind == Quantity::Kind::measure) {
            auto const digits = plain_number(q.kind == Quantity::Kind::measure ? q.value / unit_of(q.word).factor : q.value);
            if (!contains(numbers, digits)) out.push_back(fmt::format("the amount {} is not in the data of these products", digits));
        }
    for (auto const& m : lexicon.scan(surface_of(text))) {
        if (own.find(m.surface) != own.npos) continue;
        bool claims = false, so = false;
        for (auto const& meaning : m.meanings) {
            if (meaning.strength == Meaning::Strength::part || (meaning.kind != Meaning::Kind::brand && meaning.kind != Meaning::Kind::value)) { so = so || meaning.kind == Meaning::Kind::category || meaning.kind == Meaning::Kind::attribute; continue; }
            claims = true;
            for (auto p : products) {
                if (meaning.kind == Meaning::Kind::brand) { so = so || view[p].brand == meaning.id; continue; }
                auto const has = [&](std::vector<AttributeValue> const& list) { return std::any_of(list.begin(), list.end(), [&](AttributeValue const& v) { return v.attribute == meaning.id && v.value == meaning.value; }); };
                so = so || has(view[p].values) || view[p].title.find(m.surface) != std::u32string::npos;
                for (auto const& variant : view[p].variants) so = so || has(variant.values);
            }
        }
        if (claims && !so) out.push_back(fmt::format("\"{}\" is true of none of these products", to_utf8(m.surface)));
    }
    return out;
}

}  // namespace

std::vector<std::string> breaches(Block const& block, CatalogueView const& view, Grounds const& grounds) {
    Check check(view, grounds);
    if (block.bundle) check.bundle(block);
    check.text(block.text, block.facts);
    check.points(block);
    if (block.prices) check.prices(block);
    for (auto const& card : block.cards) check.card(card);
    check.rows(block);
    return check.take();
}

std::vector<std::string> free_text_breaches(std::string_view text, CatalogueView const& view, Lexicon const& lexicon, std::span<std::size_t const> products, Grounds const& grounds) {
    std::vector<std::string> out;
    while (!text.empty()) {
        auto const sentence = text.substr(0, sentence_end(text));
        text.remove_prefix(sentence.size());
        for (auto& breach : sentence_breaches(sentence, view, lexicon, named_in(sentence, view, products), grounds)) out.push_back(std::move(breach));
    }
    return out;
}

}  // namespace kindling::dialogue
