// engines/learning/recommend/factors.h -- people and goods as short vectors whose product says how likely one takes the other (iALS).
//
// Item factors h and person factors w minimise, over people u and items i, n(u) and n(i) being how many the one took of the other,
//   sum over what was taken (1 - w.h)^2  +  unobserved * sum over all pairs (w.h)^2
//     + stiffness * [sum_u (n(u) + unobserved * items) |w|^2 + sum_i (n(i) + unobserved * people) |h|^2]
// by turns: with one side held fast every row of the other is a small linear system, solved exactly (Cholesky). So the loss falls with
// every sweep. Only the item factors are kept; a person's vector is solved from the history when it is asked about (fold_in), so an event
// counts at once, and a person who was never trained on is served as well.
//
// Sources: Hu, Koren and Volinsky 2008 (doi:10.1109/ICDM.2008.22); Rendle et al. 2022 (arXiv 2110.14037), whose weighing of the
// stiffness by frequency and size of the first factors are taken.
// Cost: n^2 d multiplications for a row of n events, d^3/6 + n d^2/2 where n is above d; fold_in is one such row.
// Deterministic by seed whatever the number of threads. Any number of readers, each with its own Person.
#pragma once
#include "core/progress.h"
#include "core/result.h"
#include "engines/learning/recommend/history.h"

namespace kindling::recommend {

struct FactorOptions {
    std::uint32_t dims = 32;  // 1 .. most_dims
    float unobserved = 0.1f;  // above 0
    float stiffness = 0.01f;  // above 0
    int sweeps = 6;
    std::uint64_t seed = 1;
    unsigned threads = 2;
};

class Factors {
public:
    static constexpr std::uint32_t most_dims = 256;
    // Working space of one thread; `vector` is what fold_in found.
    struct Person {
        std::vector<float> vector;
        std::vector<float> space;
        std::vector<Weighted> known;
    };

    Factors() = default;  // knows no item; every score is 0
    // Items of the histories must be below `items`. failed_precondition "cancelled".
    static Result<Factors> fit(std::span<const History>, std::uint32_t items, const FactorOptions&, const Progress& = {});
    // What fit() gave before: values() and options().
    Factors(std::vector<float> values, const FactorOptions&);

    std::uint32_t items() const { return options_.dims > 0 ? static_cast<std::uint32_t>(values_.size() / options_.dims) : 0; }
    const FactorOptions& options() const { return options_; }
    std::span<const float> values() const { return values_; }
    std::span<const float> of(Item item) const { return item < items() ? std::span(values_).subspan(std::size_t{item} * options_.dims, options_.dims) : std::span<const float>(); }

    // Solves for who took these, each event weighing as it says (1: as in training); items that are not known here are passed over.
    void fold_in(std::span<const Weighted> taken, Person&) const;
    // About 1 for what is like what was taken, about 0 for the rest; 0 for items that are not known here.
    float score(const Person&, Item) const;

private:
    FactorOptions options_;
    std::vector<float> values_;
    std::vector<float> spread_;  // unobserved * sum of h h', which is diagonal: the vectors are turned so
};

}  // namespace kindling::recommend
