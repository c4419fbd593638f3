// rec-basket: the next basket of a person.
//
// Data in the format of "A Next Basket Recommendation Reality Check" (TOIS 2023): PREFIXhistory.json, {"person": [[-1], [item ...] ..., [-1]]},
// and PREFIXfuture.json with the last basket in the same form. Everything is chosen on the last basket of the history; then all of the
// history is counted. recall@10 is the share of the basket that is found, ndcg@10 with gains of 1 and the best of min(10, basket) places,
// both as means over people. repeat_: of those goods of the basket that the person had before, over people who have such; explore_: of the others.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <algorithm>
#include <cmath>

#include "recommend.h"

namespace kindling::bench {

namespace {

using recommend::Item;
using Baskets = std::vector<std::vector<Item>>;

std::map<std::string, Baskets> load(const std::string& path, Numbers& items) {
    boost::system::error_code error;
    auto const json = boost::json::parse(read_file(path), error);
    if (error || !json.is_object()) give_up({Errc::invalid_argument, "bad_baskets", fmt::format("{} is not a JSON object of baskets.", path)});
    std::map<std::string, Baskets> out;
    for (auto const& [person, list] : json.get_object()) {
        auto& baskets = out[std::string(std::string_view(person))];
        if (!list.is_array()) continue;
        for (auto const& basket : list.get_array()) {
            std::vector<Item> goods;
            if (basket.is_array())
                for (auto const& item : basket.get_array())
                    if (!item.is_int64() || item.get_int64() >= 0) goods.push_back(items.of(boost::json::serialize(item)));  // -1 only marks the ends
            std::ranges::sort(goods);
            goods.erase(std::ranges::unique(goods).begin(), goods.end());
            if (!goods.empty()) baskets.push_back(std::move(goods));
        }
    }
    return out;
}

}  // namespace

void run_rec_basket(BenchContext& context) {
    auto const sets = files_ending(context, "tafeng-nbr", "history.json");
    auto const futures = files_ending(context, "tafeng-nbr", "future.json");
    for (auto const& [prefix, path] : sets) {
        auto const future_file = std::ranges::find(futures, prefix, &std::pair<std::string, std::string>::first);
        if (future_file == futures.end()) continue;
        auto const after = suffix(sets.size(), prefix.substr(0, prefix.find_last_not_of("-_.") + 1));
        Numbers items;
        auto const past = load(path, items), future = load(future_file->second, items);
        std::vector<recommend::History> histories;
        std::vector<std::vector<Item>> answers;
        for (auto const& [person, baskets] : past) {
            auto const next = future.find(person);
            if (baskets.empty() || next == future.end() || next->second.empty()) continue;
            recommend::History h;
            for (std::uint32_t step = 0; step < baskets.size(); ++step)
                for (auto const item : baskets[step]) h.push_back({item, step});
            histories.push_back(std::move(h));
            answers.push_back(next->second.back());
        }
        if (histories.empty()) continue;
        std::vector<Asked> questions;
        for (std::size_t u = 0; u < histories.size(); ++u) questions.push_back({u, histories[u]});
        auto const n = static_cast<double>(histories.size());
        auto const measure = [&](const std::string& kind, const recommend::Plan& plan) {
            auto const model = timed_training(context, kind + after, histories, {items.size()}, plan);
            double recall = 0, ndcg = 0, repeat = 0, repeaters = 0, explore = 0, explorers = 0;
            ask_all(context, kind + after, model, questions, 10, [&](std::size_t u, auto const& list) {
                double hits = 0, gain = 0, best = 0, again = 0, found_again = 0;
                auto const had = [&](Item item) { return std::ranges::find(histories[u], item, &recommend::Event::item) != histories[u].end(); };
                for (auto const item : answers[u]) again += had(item);
                for (std::size_t rank = 0; rank < list.size(); ++rank)
                    if (std::ranges::binary_search(answers[u], list[rank].item)) hits += 1, gain += 1 / std::log2(static_cast<double>(rank) + 2), found_again += had(list[rank].item);
                auto const size = static_cast<double>(answers[u].size());
                for (std::size_t rank = 0; rank < std::min<std::size_t>(10, answers[u].size()); ++rank) best += 1 / std::log2(static_cast<double>(rank) + 2);
                recall += hits / size, ndcg += gain / best;
                if (again > 0) repeaters += 1, repeat += found_again / again;
                if (size > again) explorers += 1, explore += (hits - found_again) / (size - again);
            });
            auto const reference = [&](double value) { return kind.empty() && prefix == "tafeng_" ? std::optional(Reference{"GP-TopFreq", value}) : std::nullopt; };
            context.report("recall@10" + kind + after, recall / n, "share", reference(0.135));
            context.report("ndcg@10" + kind + after, ndcg / n, "share", reference(0.1236));
            context.report("repeat_recall@10" + kind + after, repeaters > 0 ? repeat / repeaters : 0, "share");
            context.report("explore_recall@10" + kind + after, explorers > 0 ? explore / explorers : 0, "share");
        };
        measure("", {});
        for (auto const& without : withouts) measure(std::string(without.name), {.factors = without.factors, .linear = without.linear});
        context.report("people" + after, n, "people");
    }
}

}  // namespace kindling::bench
