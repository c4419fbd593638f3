#include "engines/learning/ranking/lambda_trees.h"

#include <cmath>

#include "engines/learning/model_file/model_file.h"

namespace kindling::ranking {

namespace {

constexpr std::string_view kind = "KLTR0001";

}  // namespace

const LambdaTrees::Node& LambdaTrees::step(const Node& n, std::span<const float> row) const {
    auto const x = row[static_cast<std::size_t>(n.feature)];
    bool const first = std::isnan(x) ? n.missing_next != 0 : x <= n.threshold;
    return nodes_[n.next + (first ? 0 : 1)];
}

double LambdaTrees::score(std::span<const float> row) const {
    double sum = 0;
    for (auto const root : roots_) {
        auto const* n = &nodes_[root];
        while (n->feature >= 0) n = &step(*n, row);
        sum += n->value;
    }
    return sum;
}

LambdaTrees::Explained LambdaTrees::explain(std::span<const float> row) const {
    Explained out{.parts = std::vector<double>(features_, 0)};
    for (auto const root : roots_) {
        auto const* n = &nodes_[root];
        out.base += n->value;
        while (n->feature >= 0) {
            auto const* const there = &step(*n, row);
            out.parts[static_cast<std::size_t>(n->feature)] += static_cast<double>(there->value) - n->value;
            n = there;
        }
        out.score += n->value;
    }
    return out;
}

std::string LambdaTrees::write() const {
    model_file::Writer out;
    out.put(static_cast<std::uint32_t>(features_));
    out.put(static_cast<std::uint32_t>(nodes_.size()));
    for (auto const& n : nodes_) out.put(n.threshold), out.put(n.value), out.put(n.feature), out.put(n.next), out.put(n.missing_next);
    out.list(std::span<const std::uint32_t>(roots_));
    out.list(std::span<const double>(gains_));
    return model_file::seal(kind, out.body);
}

Result<LambdaTrees> LambdaTrees::read(std::string_view file) {
    model_file::Reader in(TRY(model_file::open(kind, file)));
    LambdaTrees out;
    out.features_ = in.get<std::uint32_t>();
    in.need(out.features_ >= 1 && out.features_ <= 4096);
    auto const nodes = in.length(17);
    for (std::size_t i = 0; i < nodes && in.good(); ++i) {
        Node n;
        n.threshold = in.get<float>(), n.value = in.get<float>(), n.feature = in.get<std::int32_t>(), n.next = in.get<std::uint32_t>(), n.missing_next = in.get<std::uint8_t>();
        // Children come later, so that every walk ends.
        in.need(n.feature >= -1 && n.feature < static_cast<std::int64_t>(out.features_) && (n.feature < 0 || (n.next > i && n.next + std::size_t{1} < nodes)));
        out.nodes_.push_back(n);
    }
    out.roots_ = in.list<std::uint32_t>();
    for (auto const r : out.roots_) in.need(r < out.nodes_.size());
    out.gains_ = in.list<double>();
    in.need(out.gains_.size() == out.features_);
    if (!in.at_end()) return fail(Errc::invalid_argument, "model_invalid", "The file is no ranking model, or is damaged.");
    return out;
}

}  // namespace kindling::ranking
