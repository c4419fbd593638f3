#include "engines/vector/graph.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <queue>
#include <random>
#include <unordered_map>
#include <unordered_set>

// Without its own vector code (distances are ours) it also fetches nothing ahead: the loops that do read one link past the end of a list.
#define NO_MANUAL_VECTORIZATION
// It copies lists of no links from a null pointer, which is nothing done in a forbidden way.
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("nonnull-attribute"))), apply_to = function)
#endif
#include <hnswlib/hnswlib.h>
#ifdef __clang__
#pragma clang attribute pop
#endif

#include "engines/learning/model_file/model_file.h"

namespace kindling::vector {

namespace {

constexpr std::string_view kind = "KGRF0001";
constexpr std::size_t first_capacity = 1024;
constexpr std::uint32_t no_row = UINT32_MAX, most_levels = 64;

// What stands for a point: a row, or a question.
struct Point {
    std::uint32_t row = no_row;
    const void* query = nullptr;
};

}  // namespace

struct Graph::Space final : hnswlib::SpaceInterface<float> {
    explicit Space(const RowDistances& d) : distances(d) {}
    // Nodes keep the first four bytes of a point.
    size_t get_data_size() override { return sizeof(std::uint32_t); }
    hnswlib::DISTFUNC<float> get_dist_func() override { return &distance; }
    void* get_dist_func_param() override { return this; }
    static float distance(const void* a, const void* b, const void* self) {
        auto const& distances = static_cast<const Space*>(self)->distances;
        std::uint32_t one = 0, other = 0;
        std::memcpy(&one, a, sizeof one), std::memcpy(&other, b, sizeof other);
        return one == no_row ? distances.from(static_cast<const Point*>(a)->query, other) : distances.between(one, other);
    }
    const RowDistances& distances;
};

struct Graph::Nodes : hnswlib::HierarchicalNSW<float> {
    using hnswlib::HierarchicalNSW<float>::HierarchicalNSW;
};

Graph::Graph(const RowDistances& distances) : space_(std::make_unique<Space>(distances)), nodes_(std::make_unique<Nodes>(space_.get(), first_capacity, links, construction, 1)) {}
Graph::~Graph() = default;

void Graph::put(std::uint32_t row) {
    if (nodes_->cur_element_count == nodes_->max_elements_) nodes_->resizeIndex(nodes_->max_elements_ * 2);
    Point const point{.row = row};
    nodes_->addPoint(&point, row);
}

void Graph::erase(std::uint32_t row) {
    if (auto const found = nodes_->label_lookup_.find(row); found != nodes_->label_lookup_.end() && !nodes_->isMarkedDeleted(found->second)) nodes_->markDeletedInternal(found->second);
}

std::vector<std::uint32_t> Graph::nearest(const void* query, std::size_t width) const {
    Point const point{.query = query};
    auto found = nodes_->searchKnn(&point, width);
    std::vector<std::uint32_t> out(found.size());
    for (auto place = out.rbegin(); place != out.rend(); ++place) *place = static_cast<std::uint32_t>(found.top().second), found.pop();
    return out;
}

std::size_t Graph::size() const { return nodes_->cur_element_count - nodes_->num_deleted_; }

std::uint64_t Graph::bytes() const {
    // Upper levels hold one node in `links`.
    return nodes_->max_elements_ * (nodes_->size_data_per_element_ + sizeof(void*) + sizeof(int) + sizeof(std::mutex)) + nodes_->cur_element_count / (links - 1) * nodes_->size_links_per_element_;
}

std::string Graph::write() const {
    model_file::Writer out;
    auto const n = static_cast<std::uint32_t>(nodes_->cur_element_count);
    out.put(n), out.put(static_cast<std::uint32_t>(nodes_->enterpoint_node_));
    for (std::uint32_t node = 0; node < n; ++node) {
        auto const levels = static_cast<std::uint32_t>(nodes_->element_levels_[node]);
        out.put(static_cast<std::uint32_t>(nodes_->getExternalLabel(node))), out.put(static_cast<std::uint8_t>(nodes_->isMarkedDeleted(node))), out.put(levels);
        for (std::uint32_t level = 0; level <= levels; ++level) {
            auto* const list = nodes_->get_linklist_at_level(node, static_cast<int>(level));
            out.list(std::span<const std::uint32_t>(list + 1, nodes_->getListCount(list)));
        }
    }
    return model_file::seal(kind, out.body);
}

Result<std::unique_ptr<Graph>> Graph::read(std::string_view file, const RowDistances& distances, std::size_t rows) {
    model_file::Reader in(TRY(model_file::open(kind, file)));
    auto out = std::make_unique<Graph>(distances);
    auto& nodes = *out->nodes_;
    auto const n = in.length(13);
    auto const entry = in.get<std::uint32_t>();
    in.need(n == 0 || entry < n);
    if (n > nodes.max_elements_) nodes.resizeIndex(n);
    std::vector<std::uint32_t> levels_of(n, 0);
    struct Links { std::uint32_t node, level; std::vector<std::uint32_t> to; };
    std::vector<Links> upper;
    for (std::uint32_t node = 0; node < n && in.good(); ++node) {
        auto const row = in.get<std::uint32_t>();
        auto const deleted = in.get<std::uint8_t>();
        auto const levels = in.get<std::uint32_t>();
        in.need(row < rows && row != no_row && levels < most_levels && deleted <= 1 && nodes.label_lookup_.emplace(row, node).second);
        if (!in.good()) break;
        // Counted at once, so that the destructor frees what is allocated below.
        nodes.cur_element_count = node + 1, nodes.element_levels_[node] = 0;
        std::memset(nodes.data_level0_memory_ + node * nodes.size_data_per_element_, 0, nodes.size_data_per_element_);
        nodes.setExternalLabel(node, row), std::memcpy(nodes.getDataByInternalId(node), &row, sizeof row);
        if (levels > 0) {
            nodes.linkLists_[node] = static_cast<char*>(std::calloc(nodes.size_links_per_element_ * levels + 1, 1));
            if (!nodes.linkLists_[node]) return fail(Errc::unavailable, "no_memory", "There is no memory for the graph of vectors.");
        }
        nodes.element_levels_[node] = static_cast<int>(levels), levels_of[node] = levels;
        for (std::uint32_t level = 0; level <= levels && in.good(); ++level) {
            auto const to = in.list<std::uint32_t>();
            in.need(to.size() <= (level == 0 ? nodes.maxM0_ : nodes.maxM_) && std::ranges::all_of(to, [&](auto other) { return other < n && other != node; }));
            if (!in.good()) break;
            auto* const list = nodes.get_linklist_at_level(node, static_cast<int>(level));
            nodes.setListCount(list, static_cast<unsigned short>(to.size()));
            if (!to.empty()) std::memcpy(list + 1, to.data(), to.size() * sizeof(std::uint32_t));
            if (level > 0) upper.push_back({node, level, to});
        }
        if (deleted != 0) nodes.markDeletedInternal(node);
    }
    // A link of a level leads to a node that stands on it.
    for (auto const& links : upper)
        for (auto const to : links.to) in.need(levels_of[to] >= links.level);
    if (in.good() && n > 0) in.need(levels_of[entry] == std::ranges::max(levels_of));
    if (!in.at_end()) return fail(Errc::invalid_argument, "model_invalid", "The graph of vectors is damaged.");
    if (n > 0) nodes.enterpoint_node_ = entry, nodes.maxlevel_ = static_cast<int>(levels_of[entry]);
    return out;
}

}  // namespace kindling::vector
