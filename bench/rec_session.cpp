// rec-session: the next click of a visit, at every position of every test visit.
//
// Data in session-rec's format: PREFIXtrain_full.txt and PREFIXtest.txt, tab separated with a head line, columns SessionId, ItemId and
// Time (seconds) in any order. Everything is chosen on the last days of the training file; then all of it is counted. Repeats are allowed
// and count, as in session-rec's own evaluation; the answer is ranked among all goods. Beside it in the same run, asked the same: implicit's (PyPI) item-item cosine
// of the visit's goods, and VS-kNN (Ludewig & Jannach, UMUAI 2018) written down in Python with session-rec's parameters for this set.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "peer.h"
#include "recommend.h"

namespace kindling::bench {

namespace {

struct Click {
    double time = 0;
    recommend::Item item = 0;
};

std::vector<std::vector<Click>> load(const std::string& path, Numbers& items) {
    std::vector<std::vector<Click>> out;
    Numbers sessions;
    std::istringstream lines(read_file(path));
    std::string line;
    auto const cells = [](const std::string& text) {
        std::vector<std::string> row;
        std::istringstream in(text);
        for (std::string cell; std::getline(in, cell, '\t');) row.push_back(cell);
        if (!row.empty() && row.back().ends_with('\r')) row.back().pop_back();
        return row;
    };
    std::getline(lines, line);
    auto const head = cells(line);
    auto const column = [&](std::string_view name) {
        auto const at = std::ranges::find(head, name);
        if (at == head.end()) give_up({Errc::invalid_argument, "bad_sessions", fmt::format("{} has no column {} in its first line.", path, name)});
        return static_cast<std::size_t>(at - head.begin());
    };
    auto const session = column("SessionId"), item = column("ItemId"), time = column("Time");
    for (std::size_t number = 2; std::getline(lines, line); ++number) {
        auto const row = cells(line);
        if (row.empty()) continue;
        if (row.size() <= std::max({session, item, time})) give_up({Errc::invalid_argument, "bad_sessions", fmt::format("{}, line {}: a column is missing.", path, number)});
        auto const at = sessions.of(row[session]);
        if (at >= out.size()) out.resize(at + 1);
        out[at].push_back({std::strtod(row[time].c_str(), nullptr), items.of(row[item])});
    }
    for (auto& clicks : out) std::ranges::stable_sort(clicks, {}, &Click::time);
    return out;
}

std::vector<recommend::History> histories_of(const std::vector<std::vector<Click>>& sessions, double origin) {
    std::vector<recommend::History> out(sessions.size());
    for (std::size_t u = 0; u < sessions.size(); ++u)
        for (auto const& click : sessions[u]) out[u].push_back({click.item, static_cast<std::uint32_t>(out[u].size()), static_cast<float>((click.time - origin) / 86'400)});
    return out;
}

// Prints what session-rec prints for VS-kNN on its 100k set (.680 and .3488) to a hundredth: the same method.
constexpr std::string_view peers_program = R"(import sys, json, time, collections, warnings, numpy, scipy.sparse as sp
from implicit.nearest_neighbours import CosineRecommender
warnings.simplefilter('ignore')
# Lines: training visits by the time of their last click, then an empty line, then test visits.
past, asked = [[list(map(int, line.split())) for line in part.splitlines()] for part in open(sys.argv[1]).read().split('\n\n')]
width = 1 + max(i for visits in (past, asked) for v in visits for i in v)
def vsknn():  # Ludewig & Jannach, UMUAI 2018: 500 newest candidates, 100 nearest, weights of position 1/step from the end, linear
    with_item = collections.defaultdict(list)
    for s, visit in enumerate(past):
        for item in set(visit): with_item[item].append(s)
    sets = [set(v) for v in past]
    def answer(session):
        weight, n = {}, len(session)
        for at, item in enumerate(session): weight[item] = (at + 1) / n
        candidates = sorted({s for item in weight for s in with_item[item]}, reverse=True)[:500]
        near = sorted(((sum(w for i, w in weight.items() if i in sets[s]) / n, s) for s in candidates), reverse=True)[:100]
        scores = collections.defaultdict(float)
        for likeness, s in near:
            last = next(at for at, item in enumerate(reversed(session)) if item in sets[s])
            decay = 1 - 0.1 * last
            for item in sets[s]: scores[item] += likeness * max(decay, 0)
        return [i for i, _ in sorted(scores.items(), key=lambda x: -x[1])[:20]]
    return answer
def cosine():
    matrix = sp.csr_matrix((numpy.ones(sum(map(len, past)), numpy.float32), ([s for s, v in enumerate(past) for _ in v], [i for v in past for i in v])), shape=(len(past), width))
    model = CosineRecommender(K=100, num_threads=1)
    model.fit(matrix, show_progress=False)
    def answer(session):
        items = sorted(set(session))
        row = sp.csr_matrix((numpy.ones(len(items), numpy.float32), ([0] * len(items), items)), shape=(1, width))
        return list(model.recommend(0, row, N=20, filter_already_liked_items=False)[0])
    return answer
out = {}
for name, make in (('vsknn', vsknn), ('cosine', cosine)):
    start = time.process_time()
    answer = make()
    out[name + '_train_cpu_s'] = time.process_time() - start
    hits = rank = n = 0
    times = []
    for visit in asked:
        for at in range(1, len(visit)):
            t = time.process_time()
            told = answer(visit[:at])
            times.append((time.process_time() - t) * 1e3)
            n += 1
            if visit[at] in told: hits += 1; rank += 1 / (1 + told.index(visit[at]))
    out[name + '_hr'], out[name + '_mrr'], out[name + '_p50_ms'] = hits / n, rank / n, sorted(times)[n // 2]
print(json.dumps(out))
)";

struct Ours { double hr = 0, mrr = 0, p50_ms = 0; };

void beside_peers(BenchContext& context, const std::string& after, std::vector<std::vector<Click>> training, const std::vector<std::vector<Click>>& asked, const Ours& ours) {
    std::ranges::stable_sort(training, {}, [](auto const& visit) { return visit.back().time; });
    std::string input;
    auto const write = [&](const std::vector<std::vector<Click>>& visits) {
        for (auto const& visit : visits) {
            std::vector<recommend::Item> items;
            for (auto const& click : visit) items.push_back(click.item);
            input += fmt::format("{}\n", fmt::join(items, " "));
        }
    };
    write(training), input += '\n', write(asked);
    auto const theirs = run_peer("implicit", peers_program, input);
    if (!theirs) return;
    for (std::string const peer : {"vsknn", "cosine"}) {
        auto const name = std::string(peer == "vsknn" ? "VS-kNN (Python) in the same run" : "implicit item-item cosine in the same run");
        context.report(fmt::format("hr@20_beside_{}", peer) + after, ours.hr, "share", Reference{name, theirs->at(peer + "_hr")});
        context.report(fmt::format("mrr@20_beside_{}", peer) + after, ours.mrr, "share", Reference{name, theirs->at(peer + "_mrr")});
        context.report(fmt::format("p50_ms_beside_{}", peer) + after, ours.p50_ms, "ms", Reference{name, theirs->at(peer + "_p50_ms")});
    }
}

}  // namespace

void run_rec_session(BenchContext& context) {
    auto const sets = files_ending(context, "yoochoose-100k", "train_full.txt");
    auto const tests = files_ending(context, "yoochoose-100k", "test.txt");
    for (auto const& [prefix, path] : sets) {
        auto const test = std::ranges::find(tests, prefix, &std::pair<std::string, std::string>::first);
        if (test == tests.end()) continue;
        auto const after = suffix(sets.size(), prefix.substr(0, prefix.find_last_not_of("-_.") + 1));
        Numbers items;
        auto const training = load(path, items), asked = load(test->second, items);
        double origin = 0;
        for (auto const& session : training)
            for (auto const& click : session) origin = origin == 0 ? click.time : std::min(origin, click.time);
        auto const model = timed_training(context, after, histories_of(training, origin), {items.size()}, {.hold_back = recommend::HoldBack::newest_histories});
        auto const visits = histories_of(asked, origin);
        std::vector<Asked> questions;
        std::vector<recommend::Item> answers;
        for (auto const& visit : visits)
            for (std::size_t at = 1; at < visit.size(); ++at) {
                questions.push_back({recommend::Scratch::no_history, std::span(visit).first(at)});
                answers.push_back(visit[at].item);
            }
        if (questions.empty()) continue;
        double hr = 0, mrr = 0;
        auto const p50_ms = ask_all(context, after, model, questions, 20, [&](std::size_t i, auto const& list) {
            for (std::size_t rank = 0; rank < list.size(); ++rank)
                if (list[rank].item == answers[i]) hr += 1, mrr += 1 / static_cast<double>(rank + 1);
        });
        auto const n = static_cast<double>(questions.size());
        auto const reference = [&](double value) { return prefix == "yoochoose-clicks-100k_" ? std::optional(Reference{"VS-kNN", value}) : std::nullopt; };
        context.report("hr@20" + after, hr / n, "share", reference(0.68));
        context.report("mrr@20" + after, mrr / n, "share", reference(0.3488));
        context.report("positions" + after, n, "questions");
        beside_peers(context, after, training, asked, {hr / n, mrr / n, p50_ms});
    }
}

}  // namespace kindling::bench
