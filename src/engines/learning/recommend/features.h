// engines/learning/recommend/features.h -- which items come into question, and what the blend sees of each.
//
// Candidates: the best of every signal, the goods most alike to the newest ones, what is popular of late, what the person prefers, and,
// where repeats are allowed, what the history holds. Features are logarithms of signals, so the blend is a product of powers: each power
// says how much a signal is worth here, and a sum of logarithms can be taken apart again to explain a place (model.h).
// About 250 candidates x 40 features; the cost is that of some 4,000 logarithms.
#pragma once
#include <array>
#include <string_view>
#include <vector>

#include "engines/learning/recommend/signals.h"

namespace kindling::recommend {

// Why something is recommended: the groups that explanations are told in.
enum class Group : std::uint8_t { popular, alike, follows, neighbours, again };

struct FeatureName {
    std::string_view name;
    Group group;
};

inline constexpr auto feature_names = std::to_array<FeatureName>({
    {"count", Group::popular}, {"recent", Group::popular}, {"latest", Group::popular},
    {"alike_newest", Group::alike}, {"alike_history", Group::alike}, {"preferred", Group::alike},
    {"forward", Group::follows}, {"backward", Group::follows}, {"together", Group::follows}, {"forward_all", Group::follows}, {"backward_all", Group::follows},
    {"last", Group::follows}, {"second", Group::follows}, {"base", Group::follows}, {"hop", Group::follows}, {"base_root", Group::follows}, {"last_root", Group::follows}, {"linear", Group::follows}, {"linear_root", Group::follows},
    {"near", Group::neighbours}, {"after", Group::neighbours}, {"near_root", Group::neighbours}, {"factor", Group::neighbours}, {"factor_root", Group::neighbours},
    // Only of what is in the history already.
    {"seen", Group::again}, {"times", Group::again}, {"faded", Group::again}, {"share", Group::again}, {"distance", Group::again}, {"newest", Group::again},
    {"newest_alone", Group::again}, {"newest_twice", Group::again}, {"before_newest", Group::again}, {"seen_length", Group::again}, {"seen_count", Group::again},
    {"seen_near", Group::again}, {"seen_base", Group::again}, {"seen_last", Group::again},
});
inline constexpr std::size_t feature_count = feature_names.size();
using Features = std::array<float, feature_count>;

struct Preference {
    Attribute attribute = 0;
    float weight = 1;  // log-odds that having the attribute adds, until wishes were seen in training; above 0: wanted
};

struct CandidateOptions {
    bool repeats = true;  // may an item of the history be recommended?
    std::size_t base = 100, near = 70, hop = 50, linear = 30, again = 100;
};

struct Candidates {
    std::vector<Item> items;
    std::vector<Features> features;  // of each item
    // Working space.
    std::vector<std::pair<float, Item>> ranked;
    std::vector<char> chosen;  // of every item, zero between calls
    std::vector<float> profile, wanted;  // of every attribute, zero between calls
};

// `scratch` holds the signals of `history` (Scratch::gather) and is extended by items that only popularity or attributes lead to.
void find_candidates(const Tables&, const Solved&, std::span<const Event> history, std::span<const Preference>, const CandidateOptions&, Scratch&, Candidates&);

}  // namespace kindling::recommend
