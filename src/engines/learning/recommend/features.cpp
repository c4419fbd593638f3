#include "engines/learning/recommend/features.h"

#include <algorithm>
#include <cmath>

namespace kindling::recommend {

namespace {

constexpr std::size_t profile_events = 20;

}  // namespace

void find_candidates(const Tables& tables, const Solved& solved, std::span<const Event> history, std::span<const Preference> preferences, const CandidateOptions& options, Scratch& scratch, Candidates& out) {
    out.items.clear(), out.features.clear();
    auto const newest = history.empty() ? 0u : history.back().step;
    auto const steps = history.empty() ? 0u : newest - history.front().step + 1;

    auto& ranked = out.ranked;
    auto& chosen = out.chosen;
    if (chosen.size() < tables.items()) chosen.resize(tables.items());
    auto const choose = [&](Item item) {
        if (chosen[item] || (!options.repeats && scratch.signal(item).seen)) return;
        chosen[item] = 1;
        out.items.push_back(item);
    };
    auto const best = [&](std::size_t limit, auto&& value) {
        ranked.clear();
        for (auto const item : scratch.touched())
            if (auto const v = value(scratch.signal(item)); v > 0 && (options.repeats || !scratch.signal(item).seen)) ranked.emplace_back(v, item);
        limit = std::min(limit, ranked.size());
        auto const before = [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : scramble(a.second) < scramble(b.second); };
        if (limit < ranked.size()) std::ranges::nth_element(ranked, ranked.begin() + static_cast<std::ptrdiff_t>(limit), before);
        for (std::size_t i = 0; i < limit; ++i) choose(ranked[i].second);
    };
    if (options.repeats) best(options.again, [](const Signals& s) { return s.faded; });
    best(options.base, [](const Signals& s) { return s.base; });
    best(options.near, [](const Signals& s) { return s.near; });
    best(options.hop, [](const Signals& s) { return s.hop; });
    best(options.linear, [](const Signals& s) { return s.linear; });
    for (std::size_t at = history.size(), n = 0; at-- > 0 && n < 5; ++n)
        for (auto const& alike : tables.alike(history[at].item)) choose(alike.item);
    for (auto const& p : preferences)
        for (auto const item : tables.popular_with(p.attribute)) choose(item);
    for (std::size_t i = 0, n = out.items.size() < 100 ? 100 : 30; i < std::min(n, tables.popular().size()); ++i) choose(tables.popular()[i]);
    for (auto const item : out.items) {
        chosen[item] = 0;
        scratch.complete(tables, solved, item);
    }

    // What the attributes of the history add up to, faded by events.
    auto const attributes = tables.attribute_count();
    if (out.profile.size() < attributes) out.profile.resize(attributes), out.wanted.resize(attributes);
    float fading = 1;
    for (std::size_t at = history.size(), n = 0; at-- > 0 && n < profile_events; ++n, fading *= 0.8f)
        if (auto const length = tables.length(history[at].item); length > 0)
            for (auto const a : tables.attributes(history[at].item)) out.profile[a] += fading * tables.rarity(a) / length;
    for (auto const& p : preferences)
        if (p.attribute < attributes) out.wanted[p.attribute] += p.weight;
    bool const twice = history.size() > 1 && history.back().item == history[history.size() - 2].item;

    out.features.resize(out.items.size());
    for (std::size_t c = 0; c < out.items.size(); ++c) {
        auto const item = out.items[c];
        auto const& s = scratch.signal(item);
        auto* f = out.features[c].data();
        auto const put = [&f](float value) { *f++ = value; };
        auto const log = [](float value, float floor) { return std::log(value + floor); };
        auto const count = log(tables.count(item), 0.5f);
        put(count), put(log(tables.recent(item), 0.2f)), put(log(tables.latest(item), 0.1f));
        float alike = 0, prefers = 0, nearest = 0;
        if (auto const length = tables.length(item); length > 0) {
            for (auto const a : tables.attributes(item)) alike += out.profile[a] * tables.rarity(a) / length, prefers += out.wanted[a];
            for (auto at = history.size(); at-- > 0 && history[at].step == newest;) nearest = std::max(nearest, tables.likeness(history[at].item, item));
        }
        put(nearest), put(alike), put(prefers);
        auto const base = log(s.base, 0.003f), near = log(s.near, 0.003f), last = log(s.last, 0.01f);
        put(log(s.forward, 0.03f)), put(log(s.backward, 0.03f)), put(log(s.together, 0.01f)), put(log(s.forward_all, 0.03f)), put(log(s.backward_all, 0.03f));
        put(last), put(log(s.second, 0.01f)), put(base), put(log(s.hop, 0.003f)), put(std::sqrt(s.base)), put(std::sqrt(s.last));
        auto const linear = std::max(s.linear, 0.0f), factor = std::max(s.factor, 0.0f);
        put(log(linear, 0.001f)), put(std::sqrt(linear));
        put(near), put(log(s.after, 0.003f)), put(std::sqrt(s.near)), put(log(factor, 0.001f)), put(std::sqrt(factor));
        if (!s.seen) continue;
        bool const is_newest = s.distance == 0;
        put(1), put(std::log(static_cast<float>(s.times))), put(log(s.faded, 0.01f)), put(static_cast<float>(s.times) / static_cast<float>(steps)), put(std::log(static_cast<float>(s.distance) + 1));
        put(is_newest), put(is_newest && steps == 1), put(is_newest && twice && history.back().item == item), put(s.distance == 1);
        put(std::log(static_cast<float>(steps))), put(count), put(near), put(base), put(last);
    }
    for (std::size_t at = history.size(), n = 0; at-- > 0 && n < profile_events; ++n)
        for (auto const a : tables.attributes(history[at].item)) out.profile[a] = 0;
    for (auto const& p : preferences)
        if (p.attribute < attributes) out.wanted[p.attribute] = 0;
}

}  // namespace kindling::recommend
