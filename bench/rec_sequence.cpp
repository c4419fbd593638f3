// rec-sequence: the next purchase of a person, among all goods.
//
// Data in S3-Rec's format: NAME.txt, "user item item ..." in the order of time, and NAME_item2attributes.json, {"item": [attribute ...]}
// (optional). Leave-one-out, strict: of each person the last event is the answer; the one before it is held back from counting, and knobs
// and blend are chosen on it; the rest is counted. The question is everything but the last event, whose items are masked. Ranked among all
// goods of the set; ties never by number (numbers follow the order of appearance). `_added` is the same model after the held-back events were
// observed one by one, without training. `_without_factors`, `_without_linear`: trained without that signal, to see what it gives.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json.hpp>
#include <cmath>
#include <filesystem>
#include <sstream>

#include "peer.h"
#include "recommend.h"

namespace kindling::bench {

namespace {

using recommend::Item;

struct Sequences {
    std::vector<std::vector<Item>> people;
    recommend::Goods goods;
};

Sequences load(const std::string& path) {
    Sequences out;
    Numbers items;
    std::istringstream lines(read_file(path));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string word;
        if (!(words >> word)) continue;
        std::vector<Item> sequence;
        while (words >> word) sequence.push_back(items.of(word));
        if (sequence.size() >= 3) out.people.push_back(std::move(sequence));
    }
    auto attributes = path.substr(0, path.rfind(".txt")) + "_item2attributes.json";
    if (!std::filesystem::exists(attributes)) attributes += ".gz";
    if (std::filesystem::exists(attributes)) {
        boost::system::error_code error;
        auto const json = boost::json::parse(read_file(attributes), error);
        if (error || !json.is_object()) give_up({Errc::invalid_argument, "bad_attributes", fmt::format("{} is not a JSON object of lists.", attributes)});
        Numbers names;
        for (auto const& [item, list] : json.get_object()) {
            auto const number = items.of(std::string_view(item));
            if (out.goods.attributes.size() <= number) out.goods.attributes.resize(number + 1);
            if (auto const* const array = list.if_array())
                for (auto const& a : *array) out.goods.attributes[number].push_back(names.of(boost::json::serialize(a)));
        }
        out.goods.attributes.resize(items.size());
    }
    out.goods.items = items.size();
    return out;
}

struct Published {
    std::string_view set, source;
    double ndcg10, hr10;
};
// Decayed item-item co-occurrence, strict, the best that is known to us under this protocol; SASRec has .0318 and .0374 NDCG@10.
constexpr Published published[] = {{"beauty", "decayed co-occurrence", 0.0504, 0.0797}, {"toys", "decayed co-occurrence", 0.0612, 0.0948}, {"sports", "decayed co-occurrence", 0.0241, 0.0396}};

struct Ours {
    double ndcg10 = 0, p50_ms = 0, train_cpu_s = 0;
};

Ours measure(BenchContext& context, const recommend::Model& model, const Sequences& data, std::span<const recommend::History> histories, const std::string& kind, const std::string& name) {
    std::vector<Asked> questions;
    for (std::size_t u = 0; u < histories.size(); ++u) questions.push_back({u, histories[u]});
    double ndcg10 = 0, hr10 = 0, ndcg5 = 0, hr5 = 0, hr20 = 0;
    auto const p50_ms = ask_all(context, kind + "/" + name, model, questions, 20, [&](std::size_t u, auto const& list) {
        for (std::size_t rank = 0; rank < list.size(); ++rank)
            if (list[rank].item == data.people[u].back()) {
                auto const gain = 1 / std::log2(static_cast<double>(rank) + 2);
                hr20 += 1;
                if (rank < 10) hr10 += 1, ndcg10 += gain;
                if (rank < 5) hr5 += 1, ndcg5 += gain;
            }
    });
    auto const n = static_cast<double>(histories.size());
    std::optional<Reference> ndcg, hr;
    for (auto const& p : published)
        if (p.set == name && kind.empty()) ndcg = {std::string(p.source), p.ndcg10}, hr = {std::string(p.source), p.hr10};
    context.report("ndcg@10" + kind + "/" + name, ndcg10 / n, "share", ndcg);
    context.report("hr@10" + kind + "/" + name, hr10 / n, "share", hr);
    Ours const ours{.ndcg10 = ndcg10 / n, .p50_ms = p50_ms};
    if (!kind.empty()) return ours;
    context.report("ndcg@5/" + name, ndcg5 / n, "share");
    context.report("hr@5/" + name, hr5 / n, "share");
    context.report("hr@20/" + name, hr20 / n, "share");
    return ours;
}

// implicit's (PyPI) two best known models on the same strict question, one thread as theirs is fastest on small sets; the factorisation with its defaults.
constexpr std::string_view implicit_program = R"(import sys, json, time, math, numpy, scipy.sparse as sp
from implicit.als import AlternatingLeastSquares
from implicit.nearest_neighbours import CosineRecommender
people = [list(map(int, line.split())) for line in open(sys.argv[1])]
seen = sp.csr_matrix((numpy.ones(sum(len(p) - 1 for p in people), numpy.float32), ([u for u, p in enumerate(people) for _ in p[:-1]], [i for p in people for i in p[:-1]])),
                     shape=(len(people), 1 + max(map(max, people))))
out = {}
for name, model in (('als', AlternatingLeastSquares(factors=64, random_state=1, num_threads=1)), ('cosine', CosineRecommender(num_threads=1))):
    start = time.process_time()
    model.fit(seen, show_progress=False)
    out[name + '_train_cpu_s'] = time.process_time() - start
    ndcg, times = 0., []
    for u, p in enumerate(people):
        t = time.process_time()
        items, _ = model.recommend(u, seen[u], N=20)
        times.append((time.process_time() - t) * 1e3)
        rank = numpy.nonzero(items[:10] == p[-1])[0]
        if len(rank): ndcg += 1 / math.log2(rank[0] + 2)
    out[name + '_ndcg'] = ndcg / len(people)
    out[name + '_p50_ms'] = sorted(times)[len(times) // 2]
print(json.dumps(out))
)";

void beside_implicit(BenchContext& context, const Sequences& data, const std::string& name, const Ours& ours) {
    std::string people;
    for (auto const& person : data.people) people += fmt::format("{}\n", fmt::join(person, " "));
    auto const theirs = run_peer("implicit", implicit_program, people);
    if (!theirs) return;
    for (std::string const model : {"als", "cosine"}) {
        auto const peer = fmt::format("implicit {} in the same run", model == "als" ? "ALS, 64 factors" : "item-item cosine");
        context.report(fmt::format("ndcg@10_beside_{}/{}", model, name), ours.ndcg10, "share", Reference{peer, theirs->at(model + "_ndcg")});
        context.report(fmt::format("train_cpu_s_beside_{}/{}", model, name), ours.train_cpu_s, "s", Reference{peer, theirs->at(model + "_train_cpu_s")});
        context.report(fmt::format("p50_ms_beside_{}/{}", model, name), ours.p50_ms, "ms", Reference{peer, theirs->at(model + "_p50_ms")});
    }
}

}  // namespace

void run_rec_sequence(BenchContext& context) {
    for (auto const& [file, path] : files_ending(context, "amazon-s3rec", ".txt")) {
        if (file == "SOURCE") continue;
        auto name = file.substr(0, file.find('_'));  // Toys_and_Games
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        auto const data = load(path);
        std::vector<recommend::History> histories;
        for (auto const& person : data.people) histories.push_back(recommend::sequence(std::span(person).first(person.size() - 1)));
        if (histories.empty()) continue;
        auto const used = process_seconds();
        auto model = timed_training(context, "/" + name, histories, data.goods, {.repeats = false, .refit = false});
        auto const train_cpu_s = process_seconds() - used;
        auto ours = measure(context, model, data, histories, "", name);
        ours.train_cpu_s = train_cpu_s;
        beside_implicit(context, data, name, ours);
        for (auto const& without : withouts) {
            auto const other = timed_training(context, std::string(without.name) + "/" + name, histories, data.goods, {.repeats = false, .refit = false, .factors = without.factors, .linear = without.linear});
            measure(context, other, data, histories, std::string(without.name), name);
        }
        std::vector<double> times;
        for (std::uint32_t u = 0; u < histories.size(); ++u) {
            auto const start = thread_milliseconds();
            need(model.observe(u, std::array{histories[u].back().item}, 0));
            times.push_back(thread_milliseconds() - start);
        }
        context.report("observe_p99_ms/" + name, percentile(times, 0.99), "ms");
        measure(context, model, data, histories, "_added", name);
    }
}

}  // namespace kindling::bench
