#include "gateway/http/metrics.h"
#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace kindling::gateway {

namespace {

bool is_metric_name(std::string_view s) {
    auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !s.empty() && letter(s.front()) && std::ranges::all_of(s, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == ':'; });
}

std::string escaped(std::string_view s) {
    std::string out;
    for (char c : s) c == '\n' ? out += "\\n" : c == '\\' ? out += "\\\\" : c == '"' ? out += "\\\"" : out += c;
    return out;
}

std::string rendered(Labels const& labels) {
    std::string out;
    for (auto const& [name, value] : labels) {
        if (!is_metric_name(name)) throw std::logic_error("malformed label " + std::string(name));
        out += fmt::format("{}{}=\"{}\"", out.empty() ? "" : ",", name, escaped(value));
    }
    return out;
}

// {fmt} prints 0.005 and 1e+06 in forms that Prometheus reads; whole counts must not become 1e+06.
std::string number(double v) { return v == static_cast<double>(static_cast<std::int64_t>(v)) && v < 1e15 && v > -1e15 ? fmt::format("{}", static_cast<std::int64_t>(v)) : fmt::format("{}", v); }

}  // namespace

std::span<double const> latency_bounds_s() {
    static constexpr double bounds[] = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    return bounds;
}

Histogram::Histogram(std::span<double const> upper_bounds) : bounds_(upper_bounds.begin(), upper_bounds.end()), buckets_(upper_bounds.size() + 1) {}

void Histogram::observe(double v) {
    auto const i = static_cast<std::size_t>(std::ranges::lower_bound(bounds_, v) - bounds_.begin());
    buckets_[i].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(v, std::memory_order_relaxed);
}

std::vector<std::uint64_t> Histogram::cumulative() const {
    std::vector<std::uint64_t> out;
    std::uint64_t total = 0;
    for (auto const& b : buckets_) out.push_back(total += b.load(std::memory_order_relaxed));
    return out;
}

std::uint64_t Histogram::count() const { return cumulative().back(); }

double Histogram::quantile(double p) const {
    auto const counts = cumulative();
    if (counts.back() == 0) return 0;
    auto const rank = p * static_cast<double>(counts.back());
    for (std::size_t i = 0; i < bounds_.size(); ++i)
        if (static_cast<double>(counts[i]) >= rank) {
            auto const low = i == 0 ? 0.0 : bounds_[i - 1], below = i == 0 ? 0.0 : static_cast<double>(counts[i - 1]);
            auto const inside = static_cast<double>(counts[i]) - below;
            return inside == 0 ? bounds_[i] : low + (bounds_[i] - low) * (rank - below) / inside;
        }
    return bounds_.empty() ? 0 : bounds_.back();
}

Metrics::Family& Metrics::family(std::string_view name, std::string_view help, Kind kind) {
    auto i = families_.find(name);
    if (i == families_.end()) {
        if (!is_metric_name(name)) throw std::logic_error("malformed metric name " + std::string(name));
        i = families_.emplace(std::string(name), Family{.kind = kind, .help = std::string(help)}).first;
    }
    if (i->second.kind != kind) throw std::logic_error("metric " + std::string(name) + " is of another kind");
    return i->second;
}

Counter& Metrics::counter(std::string_view name, std::string_view help, Labels const& labels) {
    std::lock_guard lock(mutex_);
    auto& slot = family(name, help, Kind::counter).counters[rendered(labels)];
    return *(slot ? slot : slot = std::make_unique<Counter>());
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, Labels const& labels) {
    std::lock_guard lock(mutex_);
    auto& slot = family(name, help, Kind::gauge).gauges[rendered(labels)];
    return *(slot ? slot : slot = std::make_unique<Gauge>());
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help, Labels const& labels, std::span<double const> bounds) {
    std::lock_guard lock(mutex_);
    auto& slot = family(name, help, Kind::histogram).histograms[rendered(labels)];
    return *(slot ? slot : slot = std::make_unique<Histogram>(bounds));
}

std::string Metrics::render() const {
    std::lock_guard lock(mutex_);
    std::string out;
    auto const line = [&](std::string_view name, std::string_view suffix, std::string_view labels, std::string const& value) {
        out += fmt::format("{}{}{}{}{} {}\n", name, suffix, labels.empty() ? "" : "{", labels, labels.empty() ? "" : "}", value);
    };
    for (auto const& [name, f] : families_) {
        std::string help = f.help;
        std::ranges::replace(help, '\n', ' ');
        out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, f.kind == Kind::counter ? "counter" : f.kind == Kind::gauge ? "gauge" : "histogram");
        for (auto const& [labels, c] : f.counters) line(name, "", labels, std::to_string(c->value()));
        for (auto const& [labels, g] : f.gauges) line(name, "", labels, number(g->value()));
        for (auto const& [labels, h] : f.histograms) {
            auto const counts = h->cumulative();
            auto const prefix = labels.empty() ? std::string() : labels + ",";
            for (std::size_t i = 0; i < h->bounds().size(); ++i) line(name, "_bucket", fmt::format("{}le=\"{}\"", prefix, number(h->bounds()[i])), std::to_string(counts[i]));
            line(name, "_bucket", prefix + "le=\"+Inf\"", std::to_string(counts.back()));
            line(name, "_sum", labels, number(h->sum()));
            line(name, "_count", labels, std::to_string(counts.back()));
        }
    }
    return out;
}

}  // namespace kindling::gateway
