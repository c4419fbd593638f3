// engines/series/alike.h -- what goods that looked alike sold afterwards: a distribution of counts learned from many short histories.
//
// Three years of a spare part that sells four times a year say next to nothing about its 95th percentile, and what a model adds is its shape's: the
// rarest are said to sell nothing and the busiest of a month too much, for the next year brings both nearer to the middle. A thousand parts that stood
// alike a horizon ago, and what each sold since, say it without a model (analogues: Lorenz 1969; nearest neighbours in demand: Yakowitz 1987).
//
// A good's place: logarithms of its forecast mean, of the mean size of a sale, of what sold in the newest quarter of its history, each divided by its
// deviation over all lessons. The nearest lessons, until about 1,200 values are together, are its distribution.
// add() and finish() by one thread, then near() by any number. A search looks at every lesson: at most 4,000 are kept by learn() (learn.h), 0.1 ms.
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace kindling::series {

class AlikeDemand {
public:
    // A good whose history was known, what was forecast of it a step, and what it sold in steps with that forecast. Whole numbers >= 0; after: not empty.
    void add(std::size_t good, std::span<const double> history, double mean, std::span<const double> after);
    void finish();  // after the last lesson
    // What goods like this one sold, ascending. Empty: fewer than 400 values were taught, or the mean lies beyond all lessons. Lessons of `except` are passed over.
    static constexpr std::size_t nobody = static_cast<std::size_t>(-1);
    std::vector<double> near(std::span<const double> history, double mean, std::size_t except = nobody) const;

private:
    using Place = std::array<double, 3>;
    struct Lesson {
        Place place;
        std::size_t good, first, count;  // of sold_
    };
    static Place place(std::span<const double> history, double mean);

    std::vector<Lesson> lessons_;
    std::vector<double> sold_;
    Place scale_ = {1, 1, 1};
    double largest_mean_ = 0;
};

}  // namespace kindling::series
