// rec-session: the next click of a visit, at every position of every test visit.
//
// Data in session-rec's format: PREFIXtrain_full.txt and PREFIXtest.txt, tab separated with a head line, columns SessionId, ItemId and
// Time (seconds) in any order. Everything is chosen on the last days of the training file; then all of it is counted. Repeats are allowed
// and count, as in session-rec's own evaluation; the answer is ranked among all goods.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

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
        ask_all(context, after, model, questions, 20, [&](std::size_t i, auto const& list) {
            for (std::size_t rank = 0; rank < list.size(); ++rank)
                if (list[rank].item == answers[i]) hr += 1, mrr += 1 / static_cast<double>(rank + 1);
        });
        auto const n = static_cast<double>(questions.size());
        auto const reference = [&](double value) { return prefix == "yoochoose-clicks-100k_" ? std::optional(Reference{"VS-kNN", value}) : std::nullopt; };
        context.report("hr@20" + after, hr / n, "share", reference(0.68));
        context.report("mrr@20" + after, mrr / n, "share", reference(0.3488));
        context.report("positions" + after, n, "questions");
    }
}

}  // namespace kindling::bench
