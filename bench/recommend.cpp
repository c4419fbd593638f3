#include "recommend.h"

#include <algorithm>
#include <ctime>
#include <filesystem>

namespace kindling::bench {

std::vector<std::pair<std::string, std::string>> files_ending(const BenchContext& context, std::string_view folder, std::string_view ending) {
    std::vector<std::pair<std::string, std::string>> out;
    auto const data = context.find("");
    if (!data) return out;
    std::filesystem::path path = std::filesystem::path(*data) / folder;
    if (!std::filesystem::is_directory(path)) path = *data;
    for (auto const& entry : std::filesystem::directory_iterator(path)) {
        auto name = entry.path().filename().string();
        if (name.ends_with(".gz")) name.resize(name.size() - 3);
        if (name.ends_with(ending)) out.emplace_back(name.substr(0, name.size() - ending.size()), entry.path().string());
    }
    std::ranges::sort(out);
    if (out.empty()) (void)context.find(std::string(folder) + "/*" + std::string(ending));  // says that it is skipped
    return out;
}

std::string suffix(std::size_t sets, std::string_view name) { return sets == 1 ? std::string() : "/" + std::string(name); }

namespace {
double seconds_of(clockid_t clock) {
    timespec t{};
    ::clock_gettime(clock, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}
}  // namespace

double thread_milliseconds() { return 1e3 * seconds_of(CLOCK_THREAD_CPUTIME_ID); }
double process_seconds() { return seconds_of(CLOCK_PROCESS_CPUTIME_ID); }

recommend::Model timed_training(const BenchContext& context, const std::string& suffix, std::span<const recommend::History> histories, recommend::Goods goods, const recommend::Plan& plan) {
    auto const start = std::chrono::steady_clock::now();
    auto const used = process_seconds();
    auto model = need(recommend::Model::create(histories, std::move(goods), plan));
    context.report("train_s" + suffix, seconds_since(start), "s");
    context.report("train_cpu_s" + suffix, process_seconds() - used, "s");
    return model;
}

double ask_all(const BenchContext& context, const std::string& suffix, const recommend::Model& model, std::span<const Asked> questions, std::size_t count, const std::function<void(std::size_t, const std::vector<recommend::Recommendation>&)>& f) {
    recommend::Asking asking;
    std::vector<double> times;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        recommend::Request const request{.placement = recommend::Placement::product, .history = questions[i].events, .self = static_cast<std::uint32_t>(questions[i].history), .count = count};
        auto const start = thread_milliseconds();
        auto const list = model.recommend(request, asking);
        times.push_back(thread_milliseconds() - start);
        f(i, list);
    }
    auto const p50 = percentile(times, 0.5);
    context.report("p50_ms" + suffix, p50, "ms");
    context.report("p99_ms" + suffix, percentile(times, 0.99), "ms");
    return p50;
}

}  // namespace kindling::bench
