// rec-basket: the next basket of a person.
//
// Data in the format of "A Next Basket Recommendation Reality Check" (TOIS 2023): PREFIXhistory.json, {"person": [[-1], [item ...] ..., [-1]]},
// and PREFIXfuture.json with the last basket in the same form. Everything is chosen on the last basket of the history; then all of the
// history is counted. recall@10 is the share of the basket that is found, ndcg@10 with gains of 1 and the best of min(10, basket) places,
// both as means over people. repeat_: of those goods of the basket that the person had before, over people who have such; explore_: of the others.
// Beside it in the same run, asked the same: implicit's (PyPI) item-item cosine, and GP-TopFreq, which that paper found hard to beat.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json.hpp>
#include <algorithm>
#include <cmath>

#include "peer.h"
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

// GP-TopFreq prints what the paper prints for it on Ta-Feng (.135 and .1236).
constexpr std::string_view peers_program = R"(import sys, json, time, math, collections, warnings, numpy, scipy.sparse as sp
from implicit.nearest_neighbours import CosineRecommender
warnings.simplefilter('ignore')
# A person a line: past baskets, each goods with spaces, split by commas; a bar; the next basket.
people = []
for line in open(sys.argv[1]):
    past, next = line.split('|')
    people.append(([list(map(int, b.split())) for b in past.split(',')], set(map(int, next.split()))))
width = 1 + max(i for past, next in people for b in past + [next] for i in b)
counts = [collections.Counter(i for b in past for i in b) for past, _ in people]
def gptopfreq():  # Li et al., TOIS 2023: a person's own most frequent goods, of equals what everybody buys more, filled up by everybody's
    sold = collections.Counter(i for past, _ in people for b in past for i in b)
    everybody = [i for i, _ in sold.most_common(300)]
    def answer(u):
        own = sorted(counts[u], key=lambda i: (-counts[u][i], -sold[i]))[:10]
        return (own + [i for i in everybody if i not in counts[u]])[:10]
    return answer
def cosine():
    matrix = sp.csr_matrix((numpy.array([n for c in counts for n in c.values()], numpy.float32), ([u for u, c in enumerate(counts) for _ in c], [i for c in counts for i in c])), shape=(len(people), width))
    model = CosineRecommender(K=100, num_threads=1)
    model.fit(matrix, show_progress=False)
    return lambda u: list(model.recommend(u, matrix[u], N=10, filter_already_liked_items=False)[0])
out = {}
for name, make in (('gptopfreq', gptopfreq), ('cosine', cosine)):
    start = time.process_time()
    answer = make()
    out[name + '_train_cpu_s'] = time.process_time() - start
    recall = ndcg = 0
    times = []
    for u, (past, next) in enumerate(people):
        t = time.process_time()
        told = answer(u)
        times.append((time.process_time() - t) * 1e3)
        hits = [r for r, i in enumerate(told) if i in next]
        recall += len(hits) / len(next)
        ndcg += sum(1 / math.log2(r + 2) for r in hits) / sum(1 / math.log2(r + 2) for r in range(min(10, len(next))))
    out[name + '_recall'], out[name + '_ndcg'], out[name + '_p50_ms'] = recall / len(people), ndcg / len(people), sorted(times)[len(times) // 2]
print(json.dumps(out))
)";

struct Ours { double recall = 0, ndcg = 0, p50_ms = 0; };

void beside_peers(BenchContext& context, const std::string& after, std::span<const recommend::History> histories, std::span<const std::vector<Item>> answers, const Ours& ours) {
    std::string input;
    for (std::size_t u = 0; u < histories.size(); ++u) {
        for (std::size_t e = 0; e < histories[u].size(); ++e) input += fmt::format("{}{}", e == 0 ? "" : histories[u][e].step == histories[u][e - 1].step ? " " : ",", histories[u][e].item);
        input += fmt::format("|{}\n", fmt::join(answers[u], " "));
    }
    auto const theirs = run_peer("implicit", peers_program, input);
    if (!theirs) return;
    for (std::string const peer : {"gptopfreq", "cosine"}) {
        auto const name = std::string(peer == "cosine" ? "implicit item-item cosine in the same run" : "GP-TopFreq (Python) in the same run");
        context.report(fmt::format("recall@10_beside_{}", peer) + after, ours.recall, "share", Reference{name, theirs->at(peer + "_recall")});
        context.report(fmt::format("ndcg@10_beside_{}", peer) + after, ours.ndcg, "share", Reference{name, theirs->at(peer + "_ndcg")});
        context.report(fmt::format("p50_ms_beside_{}", peer) + after, ours.p50_ms, "ms", Reference{name, theirs->at(peer + "_p50_ms")});
    }
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
            auto const p50_ms = ask_all(context, kind + after, model, questions, 10, [&](std::size_t u, auto const& list) {
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
            if (kind.empty()) beside_peers(context, after, histories, answers, {recall / n, ndcg / n, p50_ms});
        };
        measure("", {});
        for (auto const& without : withouts) measure(std::string(without.name), {.factors = without.factors, .linear = without.linear});
        context.report("people" + after, n, "people");
    }
}

}  // namespace kindling::bench
