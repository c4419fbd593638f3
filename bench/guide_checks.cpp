// guide_checks.cpp -- what a line of a dialogue expects, of goods and of answers. See guide_checks.h.
#include "guide_checks.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace kindling::bench {
namespace {

using dialogue::BlockKind, dialogue::Card;

std::string lower(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        else if (c == '-') c = ' ';  // "grain-free" and "grain free" are one word
    return text;
}
bool latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// Latin words whole ("cat" is not in "scatter"), Chinese anywhere.
bool mentions(std::string const& text, std::string const& word) {
    auto const hay = lower(text), needle = lower(word);
    for (auto at = hay.find(needle); at != hay.npos; at = hay.find(needle, at + 1)) {
        auto const after = at + needle.size();
        if (latin(needle.front()) && at > 0 && latin(hay[at - 1])) continue;
        if (latin(needle.back()) && after < hay.size() && latin(hay[after])) continue;
        return true;
    }
    return false;
}
std::optional<double> limit(std::string const& text) { return text == "-" ? std::nullopt : std::optional(std::stod(text)); }

}  // namespace

Judge::Judge(dialogue::CatalogueView::Source const& shop) {
    std::map<std::string, std::string> parents;
    for (auto const& c : shop.categories) parents[c.category_id] = c.parent_id;
    for (auto const& product : shop.products) {
        if (product.status != shop::ProductStatus::active) continue;
        for (auto const& variant : product.variants) {
            by_sku_[variant.sku] = things_.size();
            things_.push_back({&product, &variant, parents[product.category_id], shop.standing.at(product.product_id)});
        }
    }
}

std::string Judge::product_of(std::string_view category, int number) const {
    std::string last;
    for (auto const& t : things_)
        if (t.product->category_id == category && t.product->product_id != last) {
            last = t.product->product_id;
            if (--number == 0) return last;
        }
    return last;
}

bool Judge::meets(Thing const& t, Expectation const& e, std::span<Card const> before) const {
    auto const each_attribute = [&](auto&& f) {
        for (auto const& a : t.product->attributes) f(a);
        for (auto const& a : t.variant->attributes) f(a);
    };
    auto const number = [&](Thing const& thing, std::string const& name) {
        std::optional<double> value;
        for (auto const& a : thing.product->attributes)
            if (a.name == name && a.number) value = *a.number;
        return value;
    };
    if (e.what == "in" || e.what == "not-in") {
        bool within = false;
        for (auto const& c : parts_of(e.words[0], '|')) within = within || t.product->category_id == c || t.parent == c;
        return within == (e.what == "in");
    }
    if (e.what == "number") {
        auto const value = number(t, e.words[0]);
        auto const low = limit(e.words[1]), high = limit(e.words[2]);
        return value && (!low || *value >= *low) && (!high || *value <= *high);
    }
    if (e.what == "price") {
        auto const yuan = static_cast<double>(t.variant->price_minor) / 100;
        auto const low = limit(e.words[0]), high = limit(e.words[1]);
        return (!low || yuan >= *low) && (!high || yuan <= *high);
    }
    if (e.what == "has") {
        auto const at = e.words[0].find('=');
        auto const name = e.words[0].substr(0, at);
        bool found = false;
        each_attribute([&](shop::Attribute const& a) {
            if (a.name != name) return;
            for (auto const& word : parts_of(e.words[0].substr(at + 1), '|')) found = found || lower(a.text_en) == lower(word) || mentions(a.text_en, word) || a.text_zh.find(word) != std::string::npos || (word == "men" && a.text_en == "men and women") || (word == "women" && a.text_en == "men and women");
        });
        return found;
    }
    if (e.what == "without" || e.what == "without-value") {
        bool found = false;
        for (auto const& word : parts_of(e.words[0], '|')) {
            each_attribute([&](shop::Attribute const& a) {
                if (e.what == "without-value") found = found || lower(a.text_en) == lower(word) || a.text_zh == word;
                else found = found || mentions(a.text_en, word) || mentions(a.text_zh, word);
            });
            if (e.what == "without") found = found || mentions(t.product->title_en, word) || mentions(t.product->title_zh, word);
        }
        return !found;
    }
    if (e.what == "titled") {
        for (auto const& word : parts_of(e.words[0], '|'))
            if (mentions(t.product->title_en, word) || mentions(t.product->title_zh, word)) return true;
        return false;
    }
    if (e.what == "brand" || e.what == "not-brand") return (t.product->brand == e.words[0]) == (e.what == "brand");
    if (e.what == "cheaper" || e.what == "dearer" || e.what == "more" || e.what == "less") {
        bool const price = e.what == "cheaper" || e.what == "dearer", up = e.what == "dearer" || e.what == "more";
        auto const nth = price ? (e.words.empty() ? 0 : std::stoi(e.words[0])) : (e.words.size() < 2 ? 0 : std::stoi(e.words[1]));
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (nth && i + 1 != static_cast<std::size_t>(nth)) continue;
            auto const& other = things_[by_sku_.at(before[i].sku)];
            auto const mine = price ? std::optional(static_cast<double>(t.variant->price_minor)) : number(t, e.words[0]);
            auto const theirs = price ? std::optional(static_cast<double>(other.variant->price_minor)) : number(other, e.words[0]);
            if (!mine || !theirs || (up ? *mine <= *theirs : *mine >= *theirs)) return false;
        }
        return true;
    }
    return true;  // not about single goods
}

void Judge::judge(WrittenDialogue const& dialogue, WrittenTurn const& written, dialogue::Turn const& turn, std::span<Card const> before, std::span<std::string const> spoken, Tally& tally, std::span<dialogue::Card const> set) const {
    std::string understood;
    for (auto const& c : turn.state.constraints) understood += (understood.empty() ? "" : "; ") + c.label_en;
    auto const where = fmt::format("{}.test:{} [{}] {{{}|{}}}", dialogue.file, written.line, written.text, understood, turn.state.free_text);
    ++tally.turns;
    std::vector<Card> cards;
    std::string text;
    auto const has_block = [&](BlockKind kind) { return std::any_of(turn.blocks.begin(), turn.blocks.end(), [&](auto const& b) { return b.kind == kind; }); };
    for (auto const& block : turn.blocks) {
        text += block.text + "\n";
        if (block.kind == BlockKind::cards) cards.insert(cards.end(), block.cards.begin(), block.cards.end());
    }
    auto const expects = [&](std::string_view what) { return std::any_of(written.expectations.begin(), written.expectations.end(), [&](Expectation const& e) { return e.what == what; }); };
    bool const useful = has_block(BlockKind::cards) || has_block(BlockKind::comparison) || has_block(BlockKind::basket) || has_block(BlockKind::order) || has_block(BlockKind::question) || has_block(BlockKind::bundle) || has_block(BlockKind::prices) || (expects("talk") && !text.empty());
    if (!useful || turn.blocks.empty()) ++tally.empty_ends, tally.faults.push_back(where + " ended empty");
    facts(turn, spoken, set, where, tally);

    static constexpr std::string_view of_goods[] = {"in", "not-in", "number", "price", "has", "without", "without-value", "titled", "brand", "not-brand", "cheaper", "dearer", "more", "less"};
    std::vector<Expectation const*> goods;
    for (auto const& e : written.expectations)
        if (std::find(std::begin(of_goods), std::end(of_goods), e.what) != std::end(of_goods)) goods.push_back(&e);
    if (!goods.empty()) {
        bool const possible = std::any_of(things_.begin(), things_.end(), [&](Thing const& t) { return std::all_of(goods.begin(), goods.end(), [&](auto const* e) { return meets(t, *e, before); }); });
        bool any_plain = false;
        for (auto const& card : cards) {
            auto const found = by_sku_.find(card.sku);
            if (found == by_sku_.end()) continue;
            if (!card.misses.empty()) continue;  // marked: it does not pretend
            any_plain = true;
            for (auto const* e : goods) {
                ++tally.checks;
                if (meets(things_[found->second], *e, before)) ++tally.kept;
                else tally.faults.push_back(fmt::format("{} {} breaks \"{}{}\": {}", where, card.sku, e->what, e->words.empty() ? "" : " " + fmt::format("{}", fmt::join(e->words, " ")), card.title));
            }
        }
        ++tally.checks;
        if (possible == any_plain) ++tally.kept;
        else tally.faults.push_back(where + (possible ? " shows nothing that fits, though it exists" : " claims a fit that cannot be"));
    }
    // Soft: no limit was said, so a card may miss it; the shares are stated.
    for (auto const& e : written.expectations) {
        if (e.what != "about" && e.what != "shelf") continue;
        if (cards.empty()) ++(e.what == "about" ? tally.topical : tally.shelved), tally.faults.push_back(where + " shows nothing about " + e.words[0]);
        for (auto const& card : cards) {
            auto const found = by_sku_.find(card.sku);
            if (found == by_sku_.end()) continue;
            auto const& p = *things_[found->second].product;
            bool const about = e.what == "about";
            bool held = !about && p.category_id == e.words[0];
            if (about)
                for (auto const& word : parts_of(e.words[0], '|')) held = held || mentions(p.title_en, word) || mentions(p.description_en, word);
            ++(about ? tally.topical : tally.shelved), (about ? tally.topical_kept : tally.shelved_kept) += held;
            if (!held) tally.faults.push_back(fmt::format("{} is beside {}: {}", where, e.words[0], card.title));
        }
    }
    for (auto const& e : written.expectations) {
        bool ok = true;
        if (e.what == "sorted") {
            for (std::size_t i = 1; i < cards.size(); ++i) ok = ok && (cards[i].stock == dialogue::StockState::out || cards[i - 1].price_minor <= cards[i].price_minor);
            ok = ok && !cards.empty();
        } else if (e.what == "shows") ok = has_block(e.words[0] == "prices" ? BlockKind::prices : e.words[0] == "basket" ? BlockKind::basket : e.words[0] == "comparison" ? BlockKind::comparison : e.words[0] == "question" ? BlockKind::question : e.words[0] == "order" ? BlockKind::order : e.words[0] == "text" ? BlockKind::text : BlockKind::cards);
        else if (e.what == "says") ok = text.find(e.words[0]) != text.npos;
        else if (e.what == "never") ok = text.find(e.words[0]) == text.npos;
        else if (e.what == "person") ok = turn.needs_person;
        else if (e.what == "basket") {
            ok = false;
            for (auto const& block : turn.blocks) ok = ok || (block.basket && block.basket->units == std::stoll(e.words[0]));
        } else if (e.what == "set") {
            // One of each kind in their order, within the limit when anything is; "-": nothing can be, and that is said.
            ok = false;
            auto const kinds = parts_of(e.words[0], ',');
            std::int64_t least = 0;
            for (auto const& kind : kinds) {
                std::int64_t cheapest = INT64_MAX;
                for (auto const& t : things_)
                    if ((t.product->category_id == kind || t.parent == kind) && t.variant->stock.value_or(0) > 0) cheapest = std::min(cheapest, t.variant->price_minor);
                least += cheapest;
            }
            for (auto const& block : turn.blocks) {
                if (block.kind != BlockKind::bundle || !block.bundle || block.cards.size() != kinds.size()) continue;
                std::int64_t sum = 0;
                ok = true;
                for (std::size_t i = 0; i < kinds.size(); ++i) {
                    auto const& t = things_[by_sku_.at(block.cards[i].sku)];
                    ok = ok && (t.product->category_id == kinds[i] || t.parent == kinds[i]) && block.cards[i].misses.empty();
                    sum += t.variant->price_minor;
                }
                ok = ok && sum == block.bundle->total_minor;
                if (e.words[1] == "-") ok = ok && block.bundle->limit_minor && sum > *block.bundle->limit_minor && sum == least;
                else ok = ok && sum <= std::stoll(e.words[1]) * 100;
            }
        } else if (e.what == "set-has") {
            ok = false;
            for (auto const& block : turn.blocks)
                if (block.kind == BlockKind::bundle) {
                    ok = true;
                    for (auto const& card : block.cards) ok = ok && meets(things_[by_sku_.at(card.sku)], {"has", e.words, e.line}, before);
                }
        } else if (e.what == "points") {
            // Everything marked best is beaten by nothing that is shown beside it on the axes that are named, and everything unmarked by something. Amounts are
            // the catalogue's; whether a preference is met is taken from what the point says of it.
            ok = false;
            auto const measured = [&](dialogue::TradeOffAxis const& axis, std::size_t a, dialogue::TradeOffPoint const& point) {
                auto const& t = things_[by_sku_.at(point.sku)];
                switch (axis.kind) {
                    case dialogue::TradeOffKind::price: return -static_cast<double>(point.price_minor);
                    case dialogue::TradeOffKind::rating: return (t.standing.rating * static_cast<double>(t.standing.reviews) + 21) / (static_cast<double>(t.standing.reviews) + 5);
                    case dialogue::TradeOffKind::sales: return t.standing.popularity;
                    case dialogue::TradeOffKind::wish: return point.worth[a];
                    case dialogue::TradeOffKind::returns: return t.standing.sold > 0 ? -static_cast<double>(t.standing.returned) / static_cast<double>(t.standing.sold) : -std::numeric_limits<double>::infinity();   // by the shop's records, which know of no returns here
                    case dialogue::TradeOffKind::amount: break;
                }
                for (auto const& attribute : t.product->attributes)
                    if (attribute.name == axis.attribute && attribute.number) {
                        auto const value = *attribute.number * dialogue::unit_of(attribute.unit).factor;
                        return axis.sense == dialogue::TradeOffSense::less ? -value : axis.sense == dialogue::TradeOffSense::more ? value : -std::abs(value - *axis.target);
                    }
                return -std::numeric_limits<double>::infinity();
            };
            for (auto const& block : turn.blocks) {
                if (block.points.empty()) continue;
                ok = true;
                for (auto const& x : block.points) {
                    bool beaten = things_[by_sku_.at(x.sku)].variant->stock.value_or(0) <= 0;
                    for (auto const& y : block.points) {
                        bool no_worse = true, better = false;
                        for (std::size_t a = 0; a < block.axes.size(); ++a) {
                            auto const mine = measured(block.axes[a], a, x), theirs = measured(block.axes[a], a, y);
                            no_worse = no_worse && theirs >= mine - 1e-9 * std::abs(mine), better = better || theirs > mine + 1e-9 * std::abs(mine);
                        }
                        beaten = beaten || (no_worse && better);
                    }
                    ok = ok && beaten == !x.best;
                }
            }
        } else if (e.what == "chip") {
            ok = false;
            for (auto const& block : turn.blocks)
                for (auto const& chip : block.chips) ok = ok || chip.text.find(e.words[0]) != std::string::npos;
        } else if (e.what == "fresh") {
            for (auto const& card : cards)
                for (auto const& old : before) ok = ok && card.product_id != old.product_id;
        } else continue;
        ++tally.other;
        if (ok) ++tally.other_kept;
        else tally.faults.push_back(fmt::format("{} expected {}", where, e.what + (e.words.empty() ? "" : " " + e.words[0])));
    }
    if (turn.state.questions > 3) ++tally.other, tally.faults.push_back(where + " asked more than three questions");
    if (!turn.withheld.empty()) ++tally.other, tally.faults.push_back(where + " withheld: " + turn.withheld.front());
}

}  // namespace kindling::bench
