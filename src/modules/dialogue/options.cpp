// modules/dialogue/options.cpp -- "none fits": what could give, how many would fit then and from which price; waiting for a price; or looking elsewhere.
#include "core/money.h"
#include "modules/dialogue/relax.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::dialogue {

void TurnMaker::offer_relaxations() {
    auto& s = state();
    if (comparative_ || !last_request_) return;
    auto const found = relaxations(view_, s.constraints, 4);
    if (found.empty()) return;
    auto const zh = locale_ == Locale::zh;
    // Words that the guide itself understands as "this may give".
    auto const giving = [&](Constraint const& c) -> std::string {
        auto const attribute = [&](std::string const& name) {
            auto const at = view_.words().attribute_ids.find(name);
            return at == view_.words().attribute_ids.end() ? std::string() : view_.words().attributes[static_cast<std::size_t>(at->second)].label.in(locale_);
        };
        if (c.kind == ConstraintKind::price) return zh ? "预算不限" : "any price";
        if (c.kind == ConstraintKind::brand) return zh ? "品牌不限" : "any brand";
        if (c.polarity == Polarity::avoid) return c.said.empty() ? std::string() : zh ? c.said + "也可以" : c.said + " is fine too";
        auto name = c.kind == ConstraintKind::number ? attribute(c.attribute) : c.kind == ConstraintKind::value && !c.values.empty() ? attribute(c.values.front().attribute) : std::string();
        if (name.empty()) return {};
        return zh ? name + "不限" : "any " + name;
    };
    Block block{.kind = BlockKind::question, .asks = "relaxation"};
    for (auto const& r : found) {
        std::string words;
        for (auto c : r.dropped) {
            auto const one = giving(s.constraints[c]);
            if (one.empty()) { words.clear(); break; }
            words += (words.empty() ? "" : zh ? "，" : ", ") + one;
        }
        if (words.empty() || r.dropped.size() > 2) continue;
        auto const price = format_money(r.cheapest_minor, view_.currency(), locale_);
        auto label = zh ? fmt::format("{}（{}款，{}起）", words, r.products, price) : fmt::format("{} ({}, from {})", words, r.products, price);
        label[0] = static_cast<char>(!zh && label[0] >= 'a' && label[0] <= 'z' ? label[0] - 32 : label[0]);
        block.chips.push_back({std::move(label), std::move(words)});
    }
    // A price may be waited for.
    for (auto const& c : s.constraints)
        if (c.kind == ConstraintKind::price && c.max && ports_.watches && std::any_of(found.begin(), found.end(), [&](Relaxation const& r) { return r.dropped.size() == 1 && &s.constraints[r.dropped.front()] == &c; }) && !s.shown.empty()) {
            auto const limit = format_money(static_cast<std::int64_t>(*c.max), view_.currency(), locale_);
            block.chips.push_back(zh ? Chip{"第一款降到" + limit + "时提醒我", "第一个降到" + limit + "时提醒我"} : Chip{"Tell me when the first falls to " + limit, "tell me when the first one drops to " + limit});
        }
    Spoken spoken;
    if (!block.chips.empty()) spoken.say(Phrase::none_fits, locale_, s.turn);
    spoken.say(Phrase::elsewhere, locale_, s.turn);
    block.text = std::move(spoken.text), block.facts = std::move(spoken.facts);
    if (block.chips.empty()) { block.kind = BlockKind::text, block.asks.clear(); }
    send(std::move(block));
}

}  // namespace kindling::dialogue
