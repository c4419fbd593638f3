#include "engines/learning/tagging/crf.h"

#include <algorithm>
#include <cmath>

#include "engines/learning/tagging/lattice.h"

namespace kindling::tagging {

void Crf::index() {
    unsigned bits = 4;
    while ((std::size_t{1} << bits) < keys_.size() * 2) ++bits;
    shift_ = 32 - bits;
    slots_.assign(std::size_t{1} << bits, 0);
    for (std::uint32_t i = 0; i < keys_.size(); ++i) {
        auto at = (keys_[i] * 0x9E3779B1u) >> shift_;
        while (slots_[at]) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = i + 1;
    }
}

// The row of a feature + 1, or 0.
std::uint32_t Crf::find(std::uint32_t key) const {
    for (auto at = (key * 0x9E3779B1u) >> shift_; slots_[at]; at = (at + 1) & (slots_.size() - 1))
        if (keys_[slots_[at] - 1] == key) return slots_[at];
    return 0;
}

void Crf::emissions(const Rows& rows, std::vector<float>& score) const {
    auto const L = shape_.labels;
    score.assign(rows.size() * L, 0);
    std::int32_t sum[most_labels];
    for (std::size_t t = 0; t < rows.size(); ++t) {
        std::fill_n(sum, L, 0);
        for (auto const key : rows.at(t))
            if (auto const row = find(key))
                for (std::size_t y = 0; y < L; ++y) sum[y] += weights_[(row - 1) * L + y];
        for (std::size_t y = 0; y < L; ++y) score[t * L + y] = scale_ * static_cast<float>(sum[y]);
    }
}

void Crf::decode(const Rows& rows, std::vector<Label>& out, Scratch& s) const {
    auto const L = shape_.labels, n = rows.size();
    out.assign(n, 0);
    if (n == 0) return;
    emissions(rows, s.score);
    s.from.assign(n * L, 0);
    for (std::size_t y = 0; y < L; ++y)
        if (!shape_.starts[y]) s.score[y] += never;
    for (std::size_t t = 1; t < n; ++t)
        for (std::size_t y = 0; y < L; ++y) {
            float best = -INFINITY;
            Label from = 0;
            for (std::size_t a = 0; a < L; ++a)
                if (auto const value = s.score[(t - 1) * L + a] + transition_[a * L + y]; value > best) best = value, from = static_cast<Label>(a);
            s.score[t * L + y] += best, s.from[t * L + y] = from;
        }
    std::size_t last = 0;
    for (std::size_t y = 0; y < L; ++y) {
        auto& value = s.score[(n - 1) * L + y];
        if (!shape_.stops[y]) value += never;
        if (value > s.score[(n - 1) * L + last]) last = y;
    }
    for (auto t = n; t-- > 0; last = s.from[t * L + last]) out[t] = static_cast<Label>(last);
}

void Crf::marginals(const Rows& rows, std::vector<float>& out, Scratch& s) const {
    auto const L = shape_.labels;
    emissions(rows, s.score);
    Lattice lattice(shape_, transition_);
    lattice.run(s.score, rows.size());
    out.assign(rows.size() * L, 0);
    for (std::size_t t = 0; t < rows.size(); ++t) lattice.marginal(t, {out.data() + t * L, L});
}

void Crf::write(model_file::Writer& w) const {
    w.put(static_cast<std::uint8_t>(shape_.labels));
    w.list<std::uint8_t>(shape_.follows), w.list<std::uint8_t>(shape_.starts), w.list<std::uint8_t>(shape_.stops);
    w.put(scale_), w.list<float>(transition_), w.list<std::uint32_t>(keys_), w.list<std::int16_t>(weights_);
}

Crf Crf::read(model_file::Reader& r) {
    Crf made;
    auto const L = std::size_t{r.get<std::uint8_t>()};
    r.need(L >= 2 && L <= most_labels);
    made.shape_ = {L, r.list<std::uint8_t>(), r.list<std::uint8_t>(), r.list<std::uint8_t>()};
    r.need(made.shape_.follows.size() == L * L && made.shape_.starts.size() == L && made.shape_.stops.size() == L);
    made.scale_ = r.get<float>();
    r.need(made.scale_ > 0 && made.scale_ < 1);
    made.transition_ = r.list<float>();
    r.need(made.transition_.size() == L * L);
    for (auto const value : made.transition_) r.need(value >= never && value < 50);
    made.keys_ = r.list<std::uint32_t>(), made.weights_ = r.list<std::int16_t>();
    r.need(made.weights_.size() == made.keys_.size() * L);
    for (std::size_t i = 1; i < made.keys_.size(); ++i) r.need(made.keys_[i - 1] < made.keys_[i]);
    if (!r.good()) return {};
    made.index();
    return made;
}

}  // namespace kindling::tagging
