// core/random.h -- randomness as a value: the same seed gives the same numbers on every machine and compiler.
//
// xoshiro256** (Blackman & Vigna, 2021, doi:10.1145/3460772), seeded by splitmix64. std:: distributions are not used because
// their results differ between libraries. Not for secrets: those come from core/id.h.
#pragma once
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace kindling {

__extension__ using Wide = unsigned __int128;

class Random {
public:
    explicit Random(std::uint64_t seed) {
        for (auto& s : state_) s = split_mix(seed);
    }
    // An independent stream for a named part, so that adding draws in one place moves no other place.
    Random stream(std::string_view part, std::uint64_t index = 0) const {
        std::uint64_t h = state_[0] ^ 0x9E3779B97F4A7C15ull;
        for (unsigned char c : part) h = (h ^ c) * 0x100000001B3ull;
        h ^= index * 0xD1342543DE82EF95ull;
        return Random(split_mix(h));
    }

    std::uint64_t bits() {
        auto const result = rotate(state_[1] * 5, 7) * 9;
        auto const t = state_[1] << 17;
        state_[2] ^= state_[0], state_[3] ^= state_[1], state_[1] ^= state_[2], state_[0] ^= state_[3];
        state_[2] ^= t, state_[3] = rotate(state_[3], 45);
        return result;
    }
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }  // [0, 1)
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    // 0 .. n-1, n >= 1, by multiplication; the bias is below n / 2^64.
    std::uint64_t below(std::uint64_t n) { return static_cast<std::uint64_t>((static_cast<Wide>(bits()) * n) >> 64); }
    std::int64_t between(std::int64_t low, std::int64_t high) { return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1))); }
    bool chance(double p) { return uniform() < p; }
    double normal() {  // Box-Muller, one of the pair, so that the state is only the four words
        auto const u = 1.0 - uniform(), v = uniform();
        return std::sqrt(-2.0 * std::log(u)) * std::cos(6.283185307179586 * v);
    }
    double normal(double mean, double deviation) { return mean + deviation * normal(); }
    double exponential(double rate) { return -std::log(1.0 - uniform()) / rate; }
    double gamma(double shape, double scale) {  // Marsaglia & Tsang 2000
        if (shape < 1) return gamma(shape + 1, scale) * std::pow(1.0 - uniform(), 1.0 / shape);
        auto const d = shape - 1.0 / 3.0, c = 1.0 / std::sqrt(9.0 * d);
        for (;;) {
            double x, v;
            do { x = normal(), v = 1.0 + c * x; } while (v <= 0);
            v = v * v * v;
            if (std::log(1.0 - uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v * scale;
        }
    }
    std::int64_t poisson(double mean) {
        if (mean <= 0) return 0;
        if (mean > 60) { auto const n = std::llround(normal(mean, std::sqrt(mean))); return n < 0 ? 0 : n; }
        auto const limit = std::exp(-mean);
        std::int64_t n = 0;
        auto product = uniform();
        while (product > limit) product *= uniform(), ++n;
        return n;
    }
    // An index drawn by weight; weights >= 0, at least one positive.
    std::size_t pick(std::span<double const> weights) {
        double total = 0;
        for (double w : weights) total += w;
        double x = uniform() * total;
        for (std::size_t i = 0; i + 1 < weights.size(); ++i)
            if ((x -= weights[i]) < 0) return i;
        return weights.size() - 1;
    }
    template <class Range> auto const& one_of(Range const& range) { return range[below(std::size(range))]; }
    template <class Range> void shuffle(Range& range) {
        for (auto i = std::size(range); i > 1; --i) std::swap(range[i - 1], range[below(i)]);
    }

private:
    static std::uint64_t split_mix(std::uint64_t& x) {
        auto z = (x += 0x9E3779B97F4A7C15ull);
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ z >> 27) * 0x94D049BB133111EBull;
        return z ^ z >> 31;
    }
    static std::uint64_t rotate(std::uint64_t x, int k) { return x << k | x >> (64 - k); }
    std::uint64_t state_[4];
};

}  // namespace kindling
