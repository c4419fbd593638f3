#include "bench.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>

namespace kindling::bench {

namespace {

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

std::optional<std::string> BenchContext::find(std::string_view path) const {
    auto const full = data_ + "/" + std::string(path);
    std::error_code error;
    if (!data_.empty() && (std::filesystem::exists(full, error) || (path.empty() && std::filesystem::exists(data_, error)))) return full;
    fmt::print(stderr, "{}: skipped, there is no {} (give the folder of the data with --data)\n", bench_, data_.empty() ? std::string(path) : full);
    return std::nullopt;
}

void BenchContext::report(std::string_view metric, double value, std::string_view unit, std::optional<Reference> reference) const {
    auto line = fmt::format("{{\"bench\":{},\"metric\":{},\"value\":{:.6g},\"unit\":{}", json_string(bench_), json_string(metric), value, json_string(unit));
    if (reference) line += fmt::format(",\"reference\":{},\"reference_value\":{:.6g}", json_string(reference->name), reference->value);
    fmt::print("{}}}\n", line);
    std::fflush(stdout);
}

void give_up(const Error& error) {
    fmt::print(stderr, "{} ({})\n", error.message, error.reason);
    std::exit(1);
}

std::string read_file(const std::string& path) {
    std::string out;
    // gzread gives plain files back as they are.
    auto* const file = gzopen(path.c_str(), "rb");
    if (file == nullptr) return out;
    char buffer[1 << 16];
    for (int n; (n = gzread(file, buffer, sizeof buffer)) > 0;) out.append(buffer, static_cast<std::size_t>(n));
    gzclose(file);
    return out;
}

double thread_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double percentile(std::vector<double>& values, double share) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    auto const rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

}  // namespace kindling::bench
