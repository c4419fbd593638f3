// guide_facts.cpp -- what an answer states, held against the generated world: every card, and every number of every sentence, comes from the goods that are shown, from what
// the shopper said or from what the guide counted; anything else was invented. See guide_checks.h.
#include "guide_checks.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace kindling::bench {
namespace {

std::vector<std::string> numbers_in(std::string const& text) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] < '0' || text[i] > '9') { ++i; continue; }
        std::string run;
        while (i < text.size() && ((text[i] >= '0' && text[i] <= '9') || ((text[i] == '.' || text[i] == ',') && i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9'))) {
            if (text[i] != ',') run += text[i];
            ++i;
        }
        out.push_back(fmt::format("{:g}", std::stod(run.substr(0, 15))));
    }
    return out;
}

}  // namespace

void Judge::facts(dialogue::Turn const& turn, std::span<std::string const> spoken, std::span<dialogue::Card const> set, std::string const& where, Tally& tally) const {
    auto const invent = [&](std::string what) { ++tally.invented, tally.faults.push_back(where + " invented: " + what); };
    std::vector<std::string> allowed;
    auto const allow = [&](std::string const& text) { for (auto& n : numbers_in(text)) allowed.push_back(n); };
    for (auto const& text : spoken) allow(text);
    if (turn.topic == "size") {  // twice the length of a foot in cm, less ten; what the demo's records say; sizes are values of shown products
        allow("40 3");
        for (auto const& text : spoken)
            for (auto const& n : numbers_in(text)) allowed.push_back(fmt::format("{:g}", std::stod(n) * 2 - 10));
    }
    if (turn.topic == "returned") allow("40 36 5 12.5 3 2 8 1");   // what the demo's records say
    allow("99 48 20261101 1002003004 2026-11-01");  // the shop's one rule and one order
    auto const yuan = [&](std::int64_t minor) { allow(fmt::format("{}.{:02}", minor / 100, minor % 100)); };
    for (auto const& card : set) yuan(card.price_minor - 1);  // "the lamp is too dear": a hundredth below the one that was shown, from then on
    auto const allow_product = [&](Thing const& t) {
        allow(t.product->title_en), allow(t.product->title_zh), allow(t.product->description_en), allow(t.product->description_zh), allow(t.variant->title_en), allow(t.variant->title_zh);
        for (auto const& a : t.product->attributes) {
            allow(a.text_en), allow(a.text_zh);
            if (a.number)
                for (double factor : {1.0, 0.1, 0.001, 1000.0, 1 / 60.0}) allowed.push_back(fmt::format("{:g}", *a.number * factor));
        }
        for (auto const& v : t.product->variants) yuan(v.price_minor), allow(v.title_en), allow(v.title_zh);
        allowed.push_back(fmt::format("{:g}", t.standing.rating)), allow(std::to_string(t.standing.reviews));
    };
    // The guide may say back the limits it has understood; they come from the spoken words, scaled or widened.
    for (auto const& c : turn.state.constraints) allow(c.label_en), allow(c.label_zh);
    for (auto const n : turn.grounds.counts) allow(std::to_string(n));
    for (auto const& block : turn.blocks) {
        for (auto const& card : block.cards) {
            auto const found = by_sku_.find(card.sku);
            if (found == by_sku_.end()) { invent("sku " + card.sku); continue; }
            auto const& t = things_[found->second];
            allow_product(t);
            if (card.product_id != t.product->product_id) invent("product " + card.product_id);
            if (card.title != t.product->title_en && card.title != t.product->title_zh) invent("title " + card.title);
            if (card.price_minor != t.variant->price_minor) invent(fmt::format("price {} of {}", card.price_minor, card.sku));
            if (numbers_in(card.price_text) != numbers_in(fmt::format("{}.{:02}", t.variant->price_minor / 100, t.variant->price_minor % 100))) invent("price text " + card.price_text);
            if ((card.stock == dialogue::StockState::out) != (t.variant->stock.value_or(0) <= 0)) invent("stock of " + card.sku);
            if (card.rating != t.standing.rating || card.reviews != t.standing.reviews) invent("rating of " + card.sku);
        }
        for (auto const& fact : block.facts)
            for (auto const& t : things_)
                if (t.product->product_id == fact.product_id) {
                    allow_product(t);
                    if (turn.topic == "watch")  // "tell me when it falls": a hundredth below today
                        for (auto const& v : t.product->variants) yuan(v.price_minor - 1);
                    break;
                }
        if (block.bundle) {  // sums of what is shown, and what they leave of the limit
            std::int64_t sum = 0;
            for (auto const& card : block.cards) sum += card.price_minor;
            if (sum != block.bundle->total_minor) invent("bundle total");
            yuan(sum);
            if (block.bundle->limit_minor) yuan(*block.bundle->limit_minor), yuan(std::abs(*block.bundle->limit_minor - sum));
        }
        if (block.prices) {  // by the demo's records the lowest of either span is four fifths of today
            auto const found = by_sku_.find(block.prices->sku);
            if (found == by_sku_.end()) { invent("history of " + block.prices->sku); continue; }
            auto const price = things_[found->second].variant->price_minor, low = price * 8 / 10;
            if (block.prices->price_minor != price || block.prices->lowest_30_days_minor != low || block.prices->lowest_90_days_minor != low) invent("the lowest price of " + block.prices->sku);
            allow("30 90"), yuan(low), allow_product(things_[found->second]);
        }
        if (!block.points.empty()) {
            std::int64_t least = INT64_MAX;
            for (auto const& card : block.cards) least = std::min(least, card.price_minor);
            for (auto const& card : block.cards) yuan(card.price_minor - least);
            for (auto const& point : block.points) {
                auto const found = by_sku_.find(point.sku);
                if (found == by_sku_.end() || things_[found->second].variant->price_minor != point.price_minor || things_[found->second].standing.rating != point.rating) invent("point " + point.sku);
            }
        }
        if (block.basket) {
            std::int64_t total = 0;
            for (auto const& line : block.basket->lines) {
                auto const found = by_sku_.find(line.sku);
                if (found == by_sku_.end() || line.price_minor != things_[found->second].variant->price_minor) { invent("basket line " + line.sku); continue; }
                allow_product(things_[found->second]);
                total += line.price_minor * line.quantity;
                allow(std::to_string(line.quantity));
            }
            if (total != block.basket->total_minor) invent("basket total");
        }
    }
    // Goods of an order are named by their titles, whole and between quotation marks.
    auto const without_quoted_titles = [&](std::string text) {
        static constexpr std::string_view open = "“", close = "”";
        for (auto at = text.find(open); at != text.npos; at = text.find(open, at)) {
            auto const end = text.find(close, at);
            if (end == text.npos) break;
            auto const quoted = text.substr(at + open.size(), end - at - open.size());
            if (std::ranges::any_of(things_, [&](Thing const& t) { return t.product->title_en == quoted || t.product->title_zh == quoted; })) text.erase(at, end + close.size() - at);
            else at += open.size();
        }
        return text;
    };
    auto const judge_text = [&](std::string const& text) {
        auto const numbers = numbers_in(text);
        if (std::ranges::all_of(numbers, [&](auto const& n) { return std::ranges::find(allowed, n) != allowed.end(); })) return;
        for (auto const& n : numbers_in(without_quoted_titles(text)))
            if (std::find(allowed.begin(), allowed.end(), n) == allowed.end()) invent(fmt::format("the number {} in \"{}\"", n, text));
    };
    for (auto const& block : turn.blocks) {
        judge_text(block.text);
        for (auto const& card : block.cards) {
            for (auto const& reason : card.why) judge_text(reason);
            for (auto const& reason : card.misses) judge_text(reason);
        }
        for (std::size_t i = 0; i < block.cards.size(); ++i)
            for (auto const& row : block.rows)
                if (row.values.size() != block.cards.size()) invent("a comparison row without its values");
                else judge_text(row.values[i]);
    }
}

}  // namespace kindling::bench
