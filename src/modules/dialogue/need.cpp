// modules/dialogue/need.cpp -- resolving, testing and naming constraints. See need.h.
#include "modules/dialogue/need.h"
#include "core/money.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/find_text.h"
#include "modules/dialogue/lexicon.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>

namespace kindling::dialogue {
namespace {

bool title_holds(std::u32string_view title, std::u32string_view word, std::span<std::u32string const> bars) {
    auto const letter = [](char32_t c) { return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x250); };
    for (auto at = find_text(title, word, 0); at != title.npos; at = find_text(title, word, at + 1)) {
        auto const after = at + word.size();
        if (letter(word.front()) && at > 0 && letter(title[at - 1])) continue;
        if (letter(word.back()) && after < title.size() && letter(title[after])) continue;
        auto const within = [&](std::u32string const& bar) {
            auto const from = at >= bar.size() ? at - bar.size() : 0;
            auto const found = title.substr(from, after + bar.size() - from).find(bar);
            return found != title.npos && from + found < after && from + found + bar.size() > at;
        };
        if (std::ranges::any_of(bars, within)) continue;
        // "non-leather", "gluten free" and "不含酒精" say the opposite
        auto const before = title.substr(at >= 5 ? at - 5 : 0, std::min<std::size_t>(at, 5));
        if (title.substr(after, 5) == U" free") continue;
        if (before.ends_with(U"non ") || before.ends_with(U"no ") || before.ends_with(U"faux ") || before.ends_with(U"无") || before.ends_with(U"不含") || before.ends_with(U"非")) continue;
        return true;
    }
    return false;
}

bool value_holds(CatalogueView const& view, std::size_t product, std::size_t variant, std::pair<int, int> pair) {
    auto const& entry = view[product];
    if (variant < entry.variants.size())
        for (auto const& v : entry.variants[variant].values)
            if (v.attribute == pair.first) return v.value == pair.second;
    for (auto const& v : entry.values)
        if (v.attribute == pair.first && v.value == pair.second) return true;
    return false;
}

Condition::Word word_of(std::u32string text, std::span<std::u32string const> bars = {}) {
    PairFilter const pairs(text);
    return {std::move(text), pairs, bars};
}

}  // namespace

Condition resolve(Constraint const& c, Vocabulary const& words) {
    Condition out{.kind = c.kind, .polarity = c.polarity, .soft = c.soft};
    out.low = c.min.value_or(-infinity), out.high = c.max.value_or(infinity);
    if (c.target) out.target = *c.target;
    if (c.kind == ConstraintKind::number) {
        if (auto const found = words.attribute_ids.find(c.attribute); found != words.attribute_ids.end()) out.attribute = found->second;
        else if (c.attribute.starts_with(of_a_title)) out.title_base = c.attribute.substr(of_a_title.size());
    }
    for (auto const& value : c.values) {
        if (c.kind == ConstraintKind::category) {
            if (auto const found = words.category_ids.find(value.attribute); found != words.category_ids.end()) out.ids.push_back(found->second);
        } else if (c.kind == ConstraintKind::brand) {
            for (auto const* name : {&value.en, &value.zh})
                if (auto const found = words.brand_ids.find(text::normalise(*name)); !name->empty() && found != words.brand_ids.end()) { out.ids.push_back(found->second); break; }
        } else if (c.kind == ConstraintKind::value) {
            if (value.attribute == in_texts) {
                if (auto s = surface_of(value.en); !s.empty()) out.words.push_back(word_of(std::move(s))), out.texts = true;
                continue;
            }
            auto const found = words.attribute_ids.find(value.attribute);
            if (found != words.attribute_ids.end()) {
                auto const& info = words.attributes[static_cast<std::size_t>(found->second)];
                for (auto const* name : {&value.en, &value.zh})
                    if (auto const id = info.value_ids.find(text::normalise(*name)); !name->empty() && id != info.value_ids.end()) { out.pairs.push_back({found->second, id->second}); break; }
            }
            // A wish without an attribute: in the other language too, and as others say it (the rows stand for ever).
            auto const* others = value.attribute.empty() ? property_words(surface_of(value.en)) : nullptr;
            auto const bars = others ? std::span<std::u32string const>(others->bars) : std::span<std::u32string const>();
            if (c.polarity == Polarity::avoid || value.attribute.empty())
                for (auto const* name : {&value.en, &value.zh})
                    if (auto s = surface_of(*name); s.size() >= 2) out.words.push_back(word_of(std::move(s), bars));
            if (others)
                for (auto const& w : others->words) out.words.push_back(word_of(w, bars));
        }
    }
    if (c.polarity == Polarity::avoid && c.kind == ConstraintKind::value)
        if (auto s = surface_of(c.said); s.size() >= 2 && std::ranges::find(out.words, s, &Condition::Word::text) == out.words.end()) out.words.push_back(word_of(std::move(s)));
    return out;
}

namespace {

// Whether a description has the word, and not "no" or 不 before it. A description is long: it is looked through as it is stored, for the word and for the word at the beginning of a sentence.
bool description_holds(std::string_view text, std::string const& word) {
    auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    auto const stands = [&](std::size_t at) {
        auto const after = at + word.size();
        if (letter(word.front()) && at > 0 && letter(text[at - 1])) return false;
        if (letter(word.back()) && after < text.size() && letter(text[after])) return false;
        auto const before = text.substr(at >= 6 ? at - 6 : 0, std::min<std::size_t>(at, 6));
        return !(before.ends_with("not ") || before.ends_with("no ") || before.ends_with("non-") || before.ends_with("不") || before.ends_with("无") || before.ends_with("非"));
    };
    auto capital = word;
    if (letter(capital.front())) capital.front() = static_cast<char>(capital.front() - ('a' - 'A'));
    for (auto const* each : {&word, &std::as_const(capital)}) {
        for (auto at = text.find(*each); at != text.npos; at = text.find(*each, at + 1))
            if (stands(at)) return true;
        if (capital == word) break;
    }
    return false;
}

// Of goods with data the descriptions too, where a shop's highlights stand; a catalogue of texts alone is searched by its index instead.
void look_at_descriptions(CatalogueView const& view, Condition const& c, std::vector<std::uint64_t>& row) {
    std::vector<std::string> en, zh;
    for (auto const& word : c.words) (is_han(word.text.front()) ? zh : en).push_back(to_utf8(word.text));
    for (std::size_t p = 0; p < view.size(); ++p) {
        if ((row[p / 64] >> (p % 64) & 1) != 0 || view[p].values.empty()) continue;
        auto const& data = view[p].data;
        auto const in = [](std::string const& text) { return [&text](std::string const& word) { return description_holds(text, word); }; };
        if (std::ranges::any_of(en, in(data.description_en)) || std::ranges::any_of(zh, in(data.description_zh))) row[p / 64] |= 1ull << (p % 64);
    }
}

std::vector<std::uint64_t> look_at_titles(CatalogueView const& view, Condition const& c) {
    std::vector<std::uint64_t> out((view.size() + 63) / 64, 0);
    std::vector<std::vector<std::uint64_t>> may;
    for (auto const& word : c.words) may.push_back(view.titles_that_may_hold(word.pairs));
    // Title by title, which each lie somewhere else in memory, and for all words while it is there.
    for (std::size_t w = 0; w < out.size(); ++w) {
        std::uint64_t any = 0;
        for (auto const& rows : may) any |= rows[w];
        for (auto bits = any; bits != 0; bits &= bits - 1) {
            auto const bit = static_cast<std::size_t>(std::countr_zero(bits));
            auto const& title = view[w * 64 + bit].title;
            for (std::size_t i = 0; i < may.size(); ++i)
                if ((may[i][w] >> bit & 1) != 0 && title_holds(title, c.words[i].text, c.words[i].bars)) {
                    out[w] |= 1ull << bit;
                    break;
                }
        }
    }
    if (c.texts) look_at_descriptions(view, c, out);
    return out;
}

}  // namespace

TitleRow titles_that_hold(CatalogueView const& view, Condition const& c) {
    std::u32string key = c.texts ? U"\t\n" : U"";   // no word has a line's end
    for (auto const& word : c.words) {
        key += word.text;
        for (auto const& bar : word.bars) key += U'\t', key += bar;
        key += U'\n';
    }
    return (c.texts ? view.listed_rows() : view.title_rows()).of(key, [&] { return look_at_titles(view, c); });
}

bool holds(CatalogueView const& view, std::size_t product, std::size_t variant, Condition const& c) {
    auto const& entry = view[product];
    bool is = false;
    switch (c.kind) {
        case ConstraintKind::category:
            for (int id : c.ids) is = is || view.words().within(entry.category, id);
            break;
        case ConstraintKind::brand: is = std::find(c.ids.begin(), c.ids.end(), entry.brand) != c.ids.end(); break;
        case ConstraintKind::value:
            for (auto const& pair : c.pairs) is = is || value_holds(view, product, variant, pair);
            if (c.texts) {
                auto const row = is ? TitleRow() : c.row ? c.row : titles_that_hold(view, c);
                is = is || (((*row)[product / 64] >> (product % 64) & 1) != 0);
                break;
            }
            for (auto const& word : c.words) is = is || (view.title_pairs(product).may_hold(word.pairs) && title_holds(entry.title, word.text, word.bars));
            break;
        case ConstraintKind::number: {
            if (!c.title_base.empty()) { is = title_amount_holds(entry.amounts, c); break; }
            auto const* value = c.attribute < 0 ? nullptr : view.value_of(product, variant, c.attribute);
            is = value && value->number >= c.low && value->number <= c.high;  // NaN fails both
            break;
        }
        case ConstraintKind::price: {
            auto const price = static_cast<double>(entry.variants[variant].price_minor);
            is = price >= c.low && price <= c.high;
            break;
        }
        case ConstraintKind::stock: is = entry.variants[variant].stock > 0; break;
        case ConstraintKind::rating: is = entry.standing.rating >= c.low; break;
        case ConstraintKind::picture: is = true; break;  // shown in answers only, never tested
        case ConstraintKind::sale: is = entry.data.variants[variant].compare_at_minor.value_or(0) > entry.variants[variant].price_minor; break;
    }
    return is == (c.polarity == Polarity::want);
}

double violation(CatalogueView const& view, std::size_t product, std::size_t variant, Condition const& c) {
    if (holds(view, product, variant, c)) return 0;
    double value = std::numeric_limits<double>::quiet_NaN();
    if (c.kind == ConstraintKind::price) value = static_cast<double>(view[product].variants[variant].price_minor);
    else if (c.kind == ConstraintKind::number && !c.title_base.empty()) {
        if (auto const v = amount_that_counts(view[product].amounts, c)) value = *v;
    } else if (c.kind == ConstraintKind::number && c.attribute >= 0) {
        if (auto const* v = view.value_of(product, variant, c.attribute)) value = v->number;
    } else if (c.kind == ConstraintKind::rating) value = view[product].standing.rating;
    if (std::isnan(value) || c.polarity == Polarity::avoid) return 1;
    auto const off = value < c.low ? c.low - value : value - c.high;
    auto const scale = std::max({1.0, std::isfinite(c.low) ? std::abs(c.low) : 0.0, std::isfinite(c.high) ? std::abs(c.high) : 0.0});
    // Far off still tells nearer from farther: beyond half of the limit the distance goes on towards one without reaching it.
    auto const far = off / scale;
    return std::max(1e-6, far <= 0.5 ? far : 1 - 0.25 / far);
}

double liking(CatalogueView const& view, std::size_t product, std::size_t variant, Condition const& c) {
    if (c.kind == ConstraintKind::value && c.polarity == Polarity::want && c.pairs.size() > 1 && !c.texts) {
        std::vector<int> attributes, met;
        for (auto const& pair : c.pairs) {
            if (std::find(attributes.begin(), attributes.end(), pair.first) == attributes.end()) attributes.push_back(pair.first);
            if (std::find(met.begin(), met.end(), pair.first) == met.end() && value_holds(view, product, variant, pair)) met.push_back(pair.first);
        }
        return std::min(1.0, static_cast<double>(met.size()) / static_cast<double>(std::min<std::size_t>(2, attributes.size())));
    }
    if (holds(view, product, variant, c)) return 1;
    return c.kind == ConstraintKind::price || c.kind == ConstraintKind::number ? 0.5 * (1 - violation(view, product, variant, c)) : 0;
}

std::string suited(std::string_view said) {
    static constexpr std::string_view en = "what does not suit ", zh = "不适合", of = "的";
    if (said.starts_with(en)) return std::string(said.substr(en.size()));
    if (said.starts_with(zh) && said.ends_with(of)) return std::string(said.substr(zh.size(), said.size() - zh.size() - of.size()));
    return {};
}

void write_labels(Constraint& c, Vocabulary const& words, std::string_view currency) {
    for (auto const locale : {Locale::en, Locale::zh}) {
        std::string label;
        auto const zh = locale == Locale::zh;
        if (c.kind == ConstraintKind::price || c.kind == ConstraintKind::number) {
            AttributeInfo const* info = nullptr;
            if (auto const found = words.attribute_ids.find(c.attribute); found != words.attribute_ids.end()) info = &words.attributes[static_cast<std::size_t>(found->second)];
            auto const amount = [&](double v) { return c.kind == ConstraintKind::price ? format_money(std::llround(v), currency, locale) : info ? amount_text(v, *info, locale) : plain_number(v); };
            auto const name = c.kind == ConstraintKind::price ? std::string(zh ? "价格" : "price") : info ? info->label.in(locale) : c.said;
            if (c.kind == ConstraintKind::number && !info) label = c.said;
            else if (c.min && c.max && *c.max - *c.min < 1e-3 * std::max(1.0, *c.max)) label = name + " " + amount((*c.max + *c.min) / 2);
            else if (c.min && c.max && c.target && *c.max - *c.min < 0.02 * *c.max && c.kind == ConstraintKind::number && std::abs((*c.max + *c.min) / 2 - *c.target) < 1e-6 && *c.max - *c.min < 10.5 && *c.max - *c.min > 9) label = name + " " + amount(*c.target);
            else if (c.min && c.max) label = name + " " + amount(*c.min) + "–" + amount(*c.max);
            else if (c.max) label = name + " ≤ " + amount(*c.max);
            else if (c.min) label = name + " ≥ " + amount(*c.min);
            else label = name;
        } else if (c.kind == ConstraintKind::stock) label = zh ? "有货" : "in stock";
        else if (c.kind == ConstraintKind::sale) label = zh ? "有优惠" : "on sale";
        else if (c.kind == ConstraintKind::rating) label = fmt::format("{} ≥ {}", zh ? "评分" : "rating", plain_number(c.min.value_or(0)));
        else {
            std::vector<std::string> names;
            for (auto const& v : c.values) {
                auto const name = Label{v.en, v.zh}.in(locale);
                if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
            }
            // A word that covers many values ("red", "皮的") reads best as it was said.
            if ((names.size() > 3 || (c.kind == ConstraintKind::value && !c.values.empty() && (c.values.front().attribute.empty() || c.values.front().attribute == in_texts))) && !c.said.empty()) names = {c.said};
            for (auto const& name : names) label += (label.empty() ? "" : zh ? "/" : " / ") + name;
            if (c.polarity == Polarity::avoid)
                if (auto const family = allergen_label(c.said)) label = family->in(locale);
            if (c.attribute == of_an_allergy && !allergen_label(c.said)) label = c.said;
            if (label.empty()) label = c.said;
        }
        // A preference reads as it was said: what an amount was made of ("a long battery life") is no number of the shopper's.
        if (c.soft && c.kind == ConstraintKind::number) label = c.said;
        if (auto const whom = c.polarity == Polarity::avoid ? suited(c.said) : std::string(); !whom.empty()) label = (zh ? "适合" : "for ") + whom;
        else if (c.polarity == Polarity::avoid) label = (zh ? "不要" : "not ") + label;
        if (c.soft) label = (zh ? "最好" : "ideally ") + label;
        (zh ? c.label_zh : c.label_en) = label;
    }
    c.constraint_id = fmt::format("{}{}:{}{}", c.soft ? "soft_" : "", name(c.kind), c.polarity == Polarity::avoid ? "-" : "", !c.attribute.empty() ? c.attribute + (c.attribute == of_an_allergy ? "=" + c.said : "") : c.values.empty() ? "" : c.values.front().attribute + "=" + (c.values.front().en.empty() ? c.values.front().zh : c.values.front().en));
    if (c.constraint_id.size() > 60) c.constraint_id = std::string(utf8_prefix(c.constraint_id, 60));
}

}  // namespace kindling::dialogue
