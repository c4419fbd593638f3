// engines/vector/scan_graph.cpp -- the graph over a scan's rows: laid beside changes, followed by them, kept in a file of its own, asked where a filter lets enough pass. See scan.h.
#include <algorithm>
#include <cmath>
#include <mutex>

#include "engines/learning/model_file/model_file.h"
#include "engines/vector/scan_parts.h"

namespace kindling::vector {

namespace {

constexpr std::string_view graph_kind = "KSCG0001";

}  // namespace

float Scan::length_of(std::size_t row) const {
    auto const square = row_product()(vector(row), vector(row), stride_);
    return square > 0 ? static_cast<float>(1 / std::sqrt(static_cast<double>(square))) : 0;
}

// A row was put or freed.
void Scan::note(std::uint32_t row) {
    if (!distances_) return;
    distances_->lengths.resize(used_, 0);
    distances_->lengths[row] = length_of(row);
    if (linking_ == Linking::yes) changed_.push_back(row);
    if (!graph_) return;
    id_of(row).empty() ? graph_->erase(row) : graph_->put(row);
}

bool Scan::link(std::stop_token stop) {
    {
        std::unique_lock lock(mutex_);
        if (graph_) return true;
        if (linking_ == Linking::yes || rows_.size() * stride_ < linked_from_) return false;
        linking_ = Linking::yes, changed_.clear();
        if (!distances_) distances_ = std::make_unique<Distances>(*this);
        distances_->lengths.resize(used_, 0);
        for (std::size_t row = 0; row < used_; ++row) distances_->lengths[row] = length_of(row);
    }
    auto graph = std::make_unique<Graph>(*distances_);
    constexpr std::size_t at_once = 64;
    std::size_t rows = SIZE_MAX;
    for (std::size_t from = 0; from < rows && !stop.stop_requested(); from += at_once) {
        std::shared_lock lock(mutex_);
        rows = used_;
        for (auto row = from; row < std::min(from + at_once, rows); ++row)
            if (!id_of(row).empty()) graph->put(static_cast<std::uint32_t>(row));
    }
    std::unique_lock lock(mutex_);
    linking_ = Linking::no;
    if (stop.stop_requested()) return false;
    for (auto const row : changed_) id_of(row).empty() ? graph->erase(row) : graph->put(row);
    changed_.clear(), changed_.shrink_to_fit();
    graph_ = std::move(graph);
    return true;
}

bool Scan::linked() const {
    std::shared_lock lock(mutex_);
    return graph_ != nullptr;
}

bool Scan::wants_graph() const {
    std::shared_lock lock(mutex_);
    return !graph_ && rows_.size() * stride_ >= linked_from_;
}

std::uint64_t Scan::graph_bytes() const {
    std::shared_lock lock(mutex_);
    return graph_ ? graph_->bytes() + distances_->lengths.size() * sizeof(float) : 0;
}

// The graph, and each row's checksum then: what changed since is put again when it is read.
Result<void> Scan::write_graph() const {
    model_file::Writer out;
    std::vector<std::uint32_t> checks(used_, 0);
    for (std::size_t row = 0; row < used_; ++row)
        if (!id_of(row).empty()) checks[row] = check(row);
    out.list(std::span<const std::uint32_t>(checks));
    out.text(graph_->write());
    if (!model_file::save(graph_file_.string(), model_file::seal(graph_kind, out.body))) return fail(Errc::unavailable, "vectors_not_written", "The graph of the vectors cannot be written.");
    return {};
}

// A graph that is missing, damaged or of other rows is laid again by link().
void Scan::read_graph() {
    auto const file = model_file::load(graph_file_.string());
    auto const body = file ? model_file::open(graph_kind, *file) : std::unexpected(file.error());
    if (!body) return;
    model_file::Reader in(*body);
    auto const checks = in.list<std::uint32_t>();
    auto const graph = in.text(SIZE_MAX);
    if (!in.at_end() || checks.size() > used_) return;
    distances_ = std::make_unique<Distances>(*this);
    distances_->lengths.resize(used_, 0);
    for (std::size_t row = 0; row < used_; ++row) distances_->lengths[row] = length_of(row);
    auto read = Graph::read(graph, *distances_, checks.size());
    if (!read) return distances_.reset();
    for (std::uint32_t row = 0; row < used_; ++row) {
        bool const there = !id_of(row).empty();
        if (there && (row >= checks.size() || checks[row] != check(row))) (*read)->put(row);
        if (!there && row < checks.size()) (*read)->erase(row);
    }
    graph_ = std::move(*read);
}

std::optional<std::vector<Scan::Near>> Scan::by_graph(const Query& q, std::size_t limit, const Filter& allowed) const {
    constexpr std::size_t asked = 64, narrowest = 128, widest = 2'048;
    constexpr double least_share = 0.2;
    if (used_ == 0) return std::nullopt;
    double share = 1;
    if (allowed) {
        std::size_t held = 0, pass = 0;
        for (std::size_t i = 0; i < asked; ++i)
            if (auto const name = id_of(i * used_ / asked); !name.empty()) ++held, pass += allowed(name);
        share = held > 0 ? static_cast<double>(pass) / static_cast<double>(held) : 0;
    }
    auto const width = std::max(narrowest, static_cast<std::size_t>(static_cast<double>(4 * limit) / std::max(share, least_share)));
    if (share < least_share || width > widest) return std::nullopt;
    std::vector<Held> best;
    for (auto const row : graph_->nearest(&q, width))
        if (auto const name = id_of(row); !name.empty() && scale(row) != 0) best.push_back({score(q, row), name});
    std::sort(best.begin(), best.end());
    std::vector<Near> out;
    for (auto const& b : best)
        if (out.size() < limit && (!allowed || allowed(b.id))) out.push_back({std::string(b.id), b.score});
    return out.size() == limit ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace kindling::vector
