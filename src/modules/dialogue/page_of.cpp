// modules/dialogue/page_of.cpp -- which of all that fits stand on one page. See turn.h.
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <unordered_map>

namespace kindling::dialogue {

// What fits is best first; beside the first go those that are good and unlike what is on the page already (maximal marginal relevance,
// Carbonell & Goldstein 1998), so that a need that was not said yet is likelier to be among them.
std::vector<Pick> TurnMaker::page_of(std::vector<Pick> const& full) const {
    std::vector<Pick> left(full.begin(), full.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(full.size(), 80))), page;
    if (unseen_first_) {
        std::vector<Pick> fresh;
        for (auto const& pick : full)
            if (fresh.size() < 80 && std::find(state().seen.begin(), state().seen.end(), view_[pick.product].data.product_id) == state().seen.end()) fresh.push_back(pick);
        if (!fresh.empty()) left = std::move(fresh);
    }
    // What is said to have all the words stands before what only comes near.
    bool const as_found = by_words_ && with_all_ > 0 && with_all_ < full.size() && !unseen_first_;
    if (as_found || !state().order.empty() || !state().picture_id.empty() || left.size() <= options_.picks) {
        left.resize(std::min(left.size(), options_.picks));
        return left;
    }
    // What is preferred comes before variety: others join only where too few meet as much of it.
    if (left.front().liking > 0) {
        // Of those that have all of it none with less, be it nearly all: they are said to come first.
        auto const wishes = static_cast<double>(std::ranges::count_if(state().constraints, &Constraint::soft));
        double const leeway = left.front().liking + 1e-9 >= wishes ? 1e-9 : 0.25;
        auto const liked = static_cast<std::size_t>(std::ranges::count_if(left, [&](Pick const& pick) { return pick.liking + leeway >= left.front().liking; }));
        left.resize(std::max(liked, options_.picks));
        if (liked <= options_.picks) return left;
    }
    // Goods without attributes are alike as their titles are (Jaccard): each title as the numbers of its words, ascending.
    std::unordered_map<std::size_t, std::vector<std::size_t>> titles;
    std::unordered_map<std::u32string_view, std::size_t> numbers;
    auto const words_of = [&](std::size_t p) -> std::vector<std::size_t> const& {
        auto const [at, fresh] = titles.try_emplace(p);
        auto& words = at->second;
        if (!fresh) return words;
        for (auto const word : title_words(view_[p].title)) words.push_back(numbers.try_emplace(word, numbers.size()).first->second);
        std::ranges::sort(words);
        auto const twice = std::ranges::unique(words);
        words.erase(twice.begin(), twice.end());
        return words;
    };
    auto const likeness = [&](Pick const& a, Pick const& b) {
        std::size_t same = 0, all = 0;
        if (view_[a.product].values.empty() && view_[b.product].values.empty()) {
            auto const &x = words_of(a.product), &y = words_of(b.product);
            for (auto i = x.begin(), j = y.begin(); i != x.end() && j != y.end();)
                if (*i == *j) ++same, ++i, ++j;
                else if (*i < *j) ++i;
                else ++j;
            all = x.size() + y.size() - same;
            return all ? static_cast<double>(same) / static_cast<double>(all) : 0.0;
        }
        for (auto const& v : view_[a.product].values)
            if (v.value >= 0)
                for (auto const& w : view_[b.product].values)
                    if (w.attribute == v.attribute) ++all, same += w.value == v.value;
        return all ? static_cast<double>(same) / static_cast<double>(all) : 0.0;
    };
    std::vector<double> nearest(left.size(), 0);
    while (page.size() < options_.picks && !left.empty()) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < left.size(); ++i)
            if (left[i].score - 0.6 * nearest[i] > left[best].score - 0.6 * nearest[best]) best = i;
        page.push_back(left[best]);
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(best)), nearest.erase(nearest.begin() + static_cast<std::ptrdiff_t>(best));
        for (std::size_t i = 0; i < left.size(); ++i) nearest[i] = std::max(nearest[i], likeness(left[i], page.back()));
    }
    return page;
}

}  // namespace kindling::dialogue
