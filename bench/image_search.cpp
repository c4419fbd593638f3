// image-search: a photo finds photos of the same kind of thing (clothing_cc0, or any folder with a folder of pictures for each class).
//
// Five parts by a hash of the file's name. Each part's pictures are the questions, the other four are the catalogue and all that is learned from: the descriptors
// know nothing of classes, the projection learns from the catalogue's classes, as a shop's pictures come with their categories. precision@5: share of the five
// nearest that are of the question's class, mean over all pictures; by class too. Beside it a plain RGB histogram (8 x 8 x 8) under the same parts.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/parallel.h"
#include "core/stable_hash.h"
#include "engines/media/alike/nearness.h"
#include "engines/media/alike/projection.h"
#include "recommend.h"
#include "search.h"

namespace kindling::bench {

namespace {

struct Shot {
    int label = 0;
    std::size_t part = 0;
    std::vector<float> joined, histogram;
    media::Look look;
};

double similarity(std::span<const float> a, std::span<const float> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
    return sum;
}

// precision@5 of every picture, when `vector_of(i, part)` is its vector as the part's catalogue sees it.
template <class VectorOf> std::vector<double> precision(std::span<const Shot> shots, VectorOf vector_of) {
    std::vector<double> out(shots.size());
    for (std::size_t i = 0; i < shots.size(); ++i) {
        std::vector<std::pair<double, std::size_t>> near;
        for (std::size_t j = 0; j < shots.size(); ++j)
            if (shots[j].part != shots[i].part) near.emplace_back(-similarity(vector_of(i, shots[i].part), vector_of(j, shots[i].part)), j);
        std::partial_sort(near.begin(), near.begin() + 5, near.end());
        for (int k = 0; k < 5; ++k) out[i] += shots[near[static_cast<std::size_t>(k)].second].label == shots[i].label ? 0.2 : 0;
    }
    return out;
}

// The same of the order that shoppers see, as modules/pictures makes it.
std::vector<double> precision_as_shown(std::span<const Shot> shots, std::vector<std::vector<std::vector<float>>> const& learned) {
    std::vector<double> out(shots.size());
    for (std::size_t i = 0; i < shots.size(); ++i) {
        std::vector<std::pair<double, std::size_t>> order;
        for (std::size_t j = 0; j < shots.size(); ++j)
            if (shots[j].part != shots[i].part) order.emplace_back(similarity(learned[shots[i].part][i], learned[shots[i].part][j]), j);
        std::sort(order.begin(), order.end(), std::greater<>());
        media::ShownOrder shown(order.size());
        for (auto& [score, j] : order) score = shown.next(score, media::likeness(shots[i].look, shots[j].look));
        std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) { return a.first > b.first; });
        for (int k = 0; k < 5; ++k) out[i] += shots[order[static_cast<std::size_t>(k)].second].label == shots[i].label ? 0.2 : 0;
    }
    return out;
}

double mean(std::span<const double> values) {
    double sum = 0;
    for (auto const v : values) sum += v;
    return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

}  // namespace

void run_image_search(BenchContext& context) {
    namespace fs = std::filesystem;
    run_image_search_demo(context);
    auto const folder = context.find("clothing_cc0");
    if (!folder) return;
    std::vector<std::string> labels;
    std::vector<std::pair<std::string, int>> files;
    std::error_code none;
    auto const root = fs::is_directory(fs::path(*folder) / "test", none) ? fs::path(*folder) / "test" : fs::path(*folder);
    for (auto const& entry : fs::directory_iterator(root, none))
        if (entry.is_directory()) labels.push_back(entry.path().filename().string());
    std::ranges::sort(labels);
    for (std::size_t label = 0; label < labels.size(); ++label)
        for (auto const& entry : fs::directory_iterator(root / labels[label], none)) files.emplace_back(entry.path().string(), static_cast<int>(label));
    std::ranges::sort(files);
    constexpr std::size_t parts = 5;
    std::vector<Shot> shots(files.size());
    auto used = process_seconds();
    std::vector<char> fine(files.size(), 0);
    parallel_for(files.size(), [&](std::size_t i) {
        auto const picture = media::read_picture(read_file(files[i].first), 256);
        if (!picture) return;
        auto const h = stable_hash(fs::path(files[i].first).filename().string());
        shots[i] = {files[i].second, static_cast<std::size_t>((h ^ (h >> 31)) % parts), {}, media::colour_histogram(*picture), media::look_at(*picture)};
        shots[i].joined = shots[i].look.joined();
        fine[i] = 1;
    });
    auto const describe_cpu = process_seconds() - used;
    std::size_t bad = 0;
    for (std::size_t i = files.size(); i-- > 0;)
        if (!fine[i]) shots.erase(shots.begin() + static_cast<std::ptrdiff_t>(i)), ++bad;
    if (shots.size() < 50) return fmt::print(stderr, "image-search: skipped, there are fewer than 50 pictures in class folders\n");
    used = process_seconds();
    std::vector<std::vector<std::vector<float>>> learned(parts), plain(parts);  // by part, by picture
    for (std::size_t part = 0; part < parts; ++part) {
        std::vector<std::vector<float>> descriptors;
        std::vector<int> kinds;
        for (auto const& s : shots)
            if (s.part != part) descriptors.push_back(s.joined), kinds.push_back(s.label);
        auto const with = need(media::Projection::learn(descriptors, kinds, {})), without = need(media::Projection::learn(descriptors, std::vector<int>(kinds.size(), -1), {}));
        for (auto const& s : shots) learned[part].push_back(with.project(s.joined)), plain[part].push_back(without.project(s.joined));
    }
    auto const learn_cpu = (process_seconds() - used) / parts;
    auto const by_histogram = precision(shots, [&](std::size_t i, std::size_t) -> const std::vector<float>& { return shots[i].histogram; });
    auto const by_descriptor = precision(shots, [&](std::size_t i, std::size_t) -> const std::vector<float>& { return shots[i].joined; });
    auto const by_components = precision(shots, [&](std::size_t i, std::size_t part) -> const std::vector<float>& { return plain[part][i]; });
    auto const by_learned = precision(shots, [&](std::size_t i, std::size_t part) -> const std::vector<float>& { return learned[part][i]; });
    context.report("pictures", static_cast<double>(shots.size()), "pictures");
    if (bad > 0) context.report("unreadable", static_cast<double>(bad), "pictures");
    Reference const beside{"RGB histogram", mean(by_histogram)};
    context.report("precision@5", mean(by_learned), "share", beside);
    context.report("precision@5_as_shown", mean(precision_as_shown(shots, learned)), "share", beside);
    context.report("precision@5_without_classes", mean(by_components), "share", beside);
    context.report("precision@5_descriptor_alone", mean(by_descriptor), "share", beside);
    double classes = 0, chance = 0;
    for (std::size_t label = 0; label < labels.size(); ++label) {
        std::vector<double> own, histogram;
        for (std::size_t i = 0; i < shots.size(); ++i)
            if (shots[i].label == static_cast<int>(label)) own.push_back(by_learned[i]), histogram.push_back(by_histogram[i]);
        context.report("precision@5/" + labels[label], mean(own), "share", Reference{"RGB histogram", mean(histogram)});
        classes += mean(own) / static_cast<double>(labels.size());
        auto const share = static_cast<double>(own.size()) / static_cast<double>(shots.size());
        chance += share * share;
    }
    context.report("precision@5_mean_of_classes", classes, "share");
    context.report("precision@5_by_chance", chance, "share");
    context.report("describe_cpu_ms", describe_cpu * 1000 / static_cast<double>(shots.size()), "ms");
    context.report("learn_cpu_s", learn_cpu, "s");
}

}  // namespace kindling::bench
