// vector-index: the nearest ten of many vectors, by looking at every row and by the graph over them (engines/vector/scan.h).
//
// Vectors are generated, for what matters is their number and length: normal around 2,000 centres that are themselves normal, the spread half of the centres' (seed fixed); questions are
// drawn likewise. recall@10: share of the exact ten that the graph finds. Half and tenth: with a filter that half and a tenth of the rows pass, drawn by their id. Times are
// processor time of one thread over 300 questions (a hundred where a scan takes long); laying the graph is timed on one thread; bytes are what graph and rows take.
// Rows and graph stand in files: seconds_to_open is what a start takes, with every row and link checked; p50_ms of `reopened` must be that of the graph.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/random.h"
#include "core/stable_hash.h"
#include "engines/vector/scan.h"
#include "search.h"

namespace kindling::bench {

namespace {

using vector::Scan;

class Cloud {
public:
    explicit Cloud(std::size_t dimensions) {
        for (int c = 0; c < 2000; ++c) {
            auto& centre = centres_.emplace_back(dimensions);
            for (auto& x : centre) x = static_cast<float>(random_.normal());
        }
    }
    std::vector<float> draw() {
        auto out = random_.one_of(centres_);
        double square = 0;
        for (auto& x : out) x += 0.5f * static_cast<float>(random_.normal()), square += static_cast<double>(x) * x;
        for (auto& x : out) x = static_cast<float>(x / std::sqrt(square));
        return out;
    }

private:
    Random random_{7};
    std::vector<std::vector<float>> centres_;
};

// A filter that this share of ids pass, the same ones every time.
Scan::Filter share_of(unsigned one_in) {
    return [one_in](std::string_view id) { auto const h = stable_hash(id); return (h ^ (h >> 29)) % one_in == 0; };
}

struct Asked {
    std::vector<double> milliseconds;
    std::vector<std::vector<std::string>> ids;
};

Asked ask(Scan const& scan, std::vector<std::vector<float>> const& questions, Scan::Filter const& filter) {
    Asked out;
    for (auto const& q : questions) {
        auto const start = thread_seconds();
        auto const found = scan.nearest(q, 10, filter);
        out.milliseconds.push_back((thread_seconds() - start) * 1000);
        auto& ids = out.ids.emplace_back();
        for (auto const& near : found) ids.push_back(near.id);
    }
    return out;
}

double recall(std::vector<std::vector<std::string>> const& truth, std::vector<std::vector<std::string>> const& found) {
    double all = 0, held = 0;
    for (std::size_t q = 0; q < truth.size(); ++q)
        for (auto const& id : truth[q]) ++all, held += static_cast<double>(std::ranges::count(found[q], id) > 0);
    return all > 0 ? held / all : 0;
}

void measure(BenchContext& context, std::size_t rows, std::uint32_t dimensions) {
    auto const name = fmt::format("{}k_x_{}", rows / 1000, dimensions);
    Cloud cloud(dimensions);
    auto const file = std::filesystem::temp_directory_path() / fmt::format("kindling_vector_index_{}", ::getpid());
    Scan::Options const options{.dimensions = dimensions, .file = file, .linked_from = 1};
    auto scan = need(Scan::open(options));
    for (std::size_t i = 0; i < rows; ++i) need(scan->put(fmt::format("p{}", i), cloud.draw()));
    std::vector<std::vector<float>> questions;
    for (std::size_t q = 0; q < (rows * dimensions > 100'000'000 ? 100u : 300u); ++q) questions.push_back(cloud.draw());
    auto const report = [&](std::string_view how, Asked asked, std::vector<std::vector<std::string>> const* truth) {
        context.report(fmt::format("p50_ms/{}/{}", name, how), percentile(asked.milliseconds, 0.5), "ms");
        context.report(fmt::format("p99_ms/{}/{}", name, how), percentile(asked.milliseconds, 0.99), "ms");
        if (truth) context.report(fmt::format("recall@10/{}/{}", name, how), recall(*truth, asked.ids), "share");
    };
    std::pair<std::string_view, Scan::Filter> const filters[] = {{"", {}}, {"_half", share_of(2)}, {"_tenth", share_of(10)}};
    std::vector<Asked> exact;
    for (auto const& [suffix, filter] : filters) exact.push_back(ask(*scan, questions, filter)), report(fmt::format("scan{}", suffix), exact.back(), nullptr);
    context.report(fmt::format("bytes/{}/scan", name), static_cast<double>(scan->bytes()), "bytes");
    auto const start = thread_seconds();
    scan->link();
    context.report(fmt::format("seconds_to_lay/{}", name), thread_seconds() - start, "s");
    context.report(fmt::format("bytes/{}/graph", name), static_cast<double>(scan->graph_bytes()), "bytes");
    for (std::size_t f = 0; f < std::size(filters); ++f) report(fmt::format("graph{}", filters[f].first), ask(*scan, questions, filters[f].second), &exact[f].ids);
    std::vector<double> changes;
    for (std::size_t i = 0; i < 200; ++i) {
        auto const v = cloud.draw();
        auto const begin = thread_seconds();
        need(scan->put(fmt::format("p{}", i * 7), v));
        changes.push_back((thread_seconds() - begin) * 1000);
    }
    context.report(fmt::format("p50_ms/{}/change_in_graph", name), percentile(changes, 0.5), "ms");
    need(scan->save());
    scan.reset();
    auto const begin = thread_seconds();
    scan = need(Scan::open(options));
    context.report(fmt::format("seconds_to_open/{}", name), thread_seconds() - begin, "s");
    report("reopened", ask(*scan, questions, {}), nullptr);
    scan.reset();
    std::filesystem::remove(file), std::filesystem::remove(file.string() + ".graph");
}

}  // namespace

void run_vector_index(BenchContext& context) {
    measure(context, 100'000, 64);
    measure(context, 300'000, 64);
    measure(context, 1'000'000, 64);
    measure(context, 100'000, 384);
    measure(context, 300'000, 384);
}

}  // namespace kindling::bench
