#include "engines/media/alike/descriptor.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numbers>

namespace kindling::media {

namespace {

constexpr int side = 96, shape_side = 64;

struct Lab {
    float l, a, b;
};

float linear(std::uint8_t v) {
    static auto const table = [] {
        std::array<float, 256> out{};
        for (std::size_t i = 0; i < out.size(); ++i) {
            auto const x = static_cast<double>(i) / 255;
            out[i] = static_cast<float>(x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4));
        }
        return out;
    }();
    return table[v];
}

Lab lab_of(const std::uint8_t* rgb) {
    auto const r = linear(rgb[0]), g = linear(rgb[1]), b = linear(rgb[2]);
    auto const f = [](float t) { return t > 0.008856f ? std::cbrt(t) : 7.787f * t + 16.0f / 116; };
    auto const x = f((0.4124f * r + 0.3576f * g + 0.1805f * b) / 0.95047f), y = f(0.2126f * r + 0.7152f * g + 0.0722f * b), z = f((0.0193f * r + 0.1192f * g + 0.9505f * b) / 1.08883f);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

void normalise(std::vector<float>& v) {
    double sum = 0;
    for (auto const x : v) sum += static_cast<double>(x) * x;
    if (sum > 0) for (auto& x : v) x = static_cast<float>(x / std::sqrt(sum));
}
void root(std::vector<float>& v) {
    for (auto& x : v) x = std::sqrt(std::max(0.0f, x));
    normalise(v);
}

std::vector<Lab> lab_of_all(const Picture& square) {
    std::vector<Lab> lab;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) lab.push_back(lab_of(square.at(x, y)));
    return lab;
}

// How much each pixel of a side x side picture belongs to the thing, 0..1; with `centred`, the middle more.
std::vector<float> weights_of(const std::vector<Lab>& lab, bool centred = true) {
    constexpr int rim = side / 12;
    // The rim's colours, in eight groups by direction: floors have patterns.
    static auto const group_of = [] {
        std::vector<std::int8_t> out;
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                bool const inside = x >= rim && x < side - rim && y >= rim && y < side - rim;
                auto const angle = std::atan2(y - side / 2.0, x - side / 2.0) + std::numbers::pi;
                out.push_back(static_cast<std::int8_t>(inside ? -1 : std::min(7, static_cast<int>(angle / (2 * std::numbers::pi) * 8))));
            }
        return out;
    }();
    std::array<Lab, 8> means{};
    std::array<float, 8> counts{};
    for (std::size_t i = 0; i < lab.size(); ++i)
        if (auto const group = group_of[i]; group >= 0) {
            auto& sum = means[static_cast<std::size_t>(group)];
            sum.l += lab[i].l, sum.a += lab[i].a, sum.b += lab[i].b, ++counts[static_cast<std::size_t>(group)];
        }
    for (std::size_t k = 0; k < means.size(); ++k) means[k].l /= counts[k], means[k].a /= counts[k], means[k].b /= counts[k];
    std::vector<float> out(lab.size());
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            auto const& c = lab[static_cast<std::size_t>(y * side + x)];
            float nearest = 1e9f;
            for (auto const& m : means) nearest = std::min(nearest, 0.5f * (c.l - m.l) * (c.l - m.l) + (c.a - m.a) * (c.a - m.a) + (c.b - m.b) * (c.b - m.b));
            auto const unlike = 1 - std::exp(-nearest / (2 * 14.0f * 14.0f));
            auto const dx = (x - side / 2.0f) / (side / 2.0f), dy = (y - side / 2.0f) / (side / 2.0f);
            out[static_cast<std::size_t>(y * side + x)] = centred ? unlike * std::exp(-(dx * dx + dy * dy) * 0.8f) : unlike;
        }
    return out;
}

std::vector<float> colour_of(const std::vector<Lab>& lab, const std::vector<float>& weights) {
    constexpr int nl = 4, nc = 7;
    std::vector<float> out(nl * nc * nc, 0);
    auto const place = [](float value, float low, float high, int n) { return std::clamp((value - low) / (high - low) * static_cast<float>(n) - 0.5f, 0.0f, static_cast<float>(n - 1)); };
    for (std::size_t i = 0; i < lab.size(); ++i) {
        std::array<float, 3> const at{place(lab[i].l, 0, 100, nl), place(lab[i].a, -50, 60, nc), place(lab[i].b, -50, 70, nc)};
        for (int corner = 0; corner < 8; ++corner) {
            float share = weights[i];
            std::array<int, 3> bin{};
            for (std::size_t d = 0; d < 3; ++d) {
                auto const low = static_cast<int>(at[d]);
                auto const part = at[d] - static_cast<float>(low);
                bool const up = (corner >> d & 1) != 0;
                share *= up ? part : 1 - part;
                bin[d] = std::min(low + (up ? 1 : 0), (d == 0 ? nl : nc) - 1);
            }
            out[static_cast<std::size_t>((bin[0] * nc + bin[1]) * nc + bin[2])] += share;
        }
    }
    root(out);
    return out;
}

std::vector<float> shape_of(const Picture& picture, const std::vector<float>& weights) {
    constexpr int cells = 8, directions = 9, cell = shape_side / cells;
    auto const small = resized(picture, shape_side, shape_side);
    auto const grey = [&](int x, int y) {
        auto const* p = small.at(std::clamp(x, 0, shape_side - 1), std::clamp(y, 0, shape_side - 1));
        return std::sqrt(0.299f * p[0] + 0.587f * p[1] + 0.114f * p[2]);
    };
    std::vector<float> bins(cells * cells * directions, 0);
    for (int y = 0; y < shape_side; ++y)
        for (int x = 0; x < shape_side; ++x) {
            auto const dx = grey(x + 1, y) - grey(x - 1, y), dy = grey(x, y + 1) - grey(x, y - 1);
            auto const strength = std::sqrt(dx * dx + dy * dy);
            auto const turn = std::fmod(std::atan2(dy, dx) + static_cast<float>(std::numbers::pi), static_cast<float>(std::numbers::pi)) / static_cast<float>(std::numbers::pi) * directions;
            auto const low = static_cast<int>(turn) % directions;
            auto const part = turn - std::floor(turn);
            auto* const at = bins.data() + ((y / cell) * cells + x / cell) * directions;
            at[low] += strength * (1 - part), at[(low + 1) % directions] += strength * part;
        }
    std::vector<float> out;
    for (int y = 0; y + 1 < cells; ++y)
        for (int x = 0; x + 1 < cells; ++x) {
            std::vector<float> block;
            for (auto const& [u, v] : {std::pair(0, 0), std::pair(1, 0), std::pair(0, 1), std::pair(1, 1)}) {
                auto const* const from = bins.data() + ((y + v) * cells + x + u) * directions;
                block.insert(block.end(), from, from + directions);
            }
            double sum = 0.5;
            for (auto const b : block) sum += static_cast<double>(b) * b;
            for (auto const b : block) out.push_back(std::min(0.25f, static_cast<float>(b / std::sqrt(sum))));
        }
    normalise(out);
    // Where the thing is.
    constexpr int grid = 12, step = side / grid;
    std::vector<float> where(grid * grid, 0);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) where[static_cast<std::size_t>((y / step) * grid + x / step)] += weights[static_cast<std::size_t>(y * side + x)];
    normalise(where);
    // Its proportions are lost when the picture is made square.
    where.push_back(0.5f * std::log(static_cast<float>(picture.width) / static_cast<float>(picture.height)));
    for (auto const w : where) out.push_back(0.7f * w);
    normalise(out);
    return out;
}

std::vector<float> texture_of(const Picture& square, const std::vector<float>& weights) {
    // Patterns with at most two changes around the circle have bins of their own, the others share one.
    static auto const bin_of = [] {
        std::array<std::uint8_t, 256> out{};
        std::uint8_t next = 0;
        for (unsigned p = 0; p < 256; ++p) {
            int changes = 0;
            for (unsigned i = 0; i < 8; ++i) changes += (p >> i & 1) != (p >> ((i + 1) % 8) & 1);
            out[p] = changes <= 2 ? next++ : 58;
        }
        return out;
    }();
    constexpr int grid = 3, bins = 59;
    std::vector<float> out(grid * grid * bins, 0);
    auto const grey = [&](int x, int y) { auto const* p = square.at(x, y); return 77 * p[0] + 150 * p[1] + 29 * p[2]; };
    static constexpr int around[8][2] = {{-1, -1}, {0, -1}, {1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}};
    for (int y = 1; y + 1 < side; ++y)
        for (int x = 1; x + 1 < side; ++x) {
            unsigned pattern = 0;
            for (unsigned i = 0; i < 8; ++i) pattern |= static_cast<unsigned>(grey(x + around[i][0], y + around[i][1]) > grey(x, y) + 512) << i;  // a little more than noise
            out[static_cast<std::size_t>(((y * grid / side) * grid + x * grid / side) * bins + bin_of[pattern])] += 0.1f + weights[static_cast<std::size_t>(y * side + x)];
        }
    root(out);
    return out;
}

}  // namespace

std::vector<float> Descriptor::joined(float of_colour, float of_shape, float of_texture) const {
    std::vector<float> out;
    for (auto const x : colour) out.push_back(x * of_colour);
    for (auto const x : shape) out.push_back(x * of_shape);
    for (auto const x : texture) out.push_back(x * of_texture);
    normalise(out);
    return out;
}

Descriptor describe(const Picture& picture) {
    auto const square = resized(picture, side, side);
    auto const lab = lab_of_all(square);
    auto const weights = weights_of(lab);
    return {colour_of(lab, weights), shape_of(picture, weights), texture_of(square, weights)};
}

Picture focused(const Picture& picture) {
    auto const weights = weights_of(lab_of_all(resized(picture, side, side)), false);
    std::vector<double> columns(side), rows(side);
    double all = 0;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            auto const w = weights[static_cast<std::size_t>(y * side + x)];
            columns[static_cast<std::size_t>(x)] += w, rows[static_cast<std::size_t>(y)] += w, all += w;
        }
    if (all < side) return picture;  // nothing stands out
    // From one side to the other but for a little of it, and a rim around.
    auto const span = [&](const std::vector<double>& sums, int length) {
        constexpr double left_out = 0.02;
        int low = 0, high = side - 1;
        for (double seen = 0; low < high && (seen += sums[static_cast<std::size_t>(low)]) < left_out * all;) ++low;
        for (double seen = 0; high > low && (seen += sums[static_cast<std::size_t>(high)]) < left_out * all;) --high;
        auto const rim = std::max(2, (high - low) / 12);
        low = std::max(0, low - rim), high = std::min(side, high + 1 + rim);
        auto const from = low * length / side, to = std::max(from + 1, high * length / side);
        return std::pair(from, to - from);
    };
    auto const [left, width] = span(columns, picture.width);
    auto const [top, height] = span(rows, picture.height);
    Picture out{width, height, {}};
    for (int y = 0; y < height; ++y) out.pixels.insert(out.pixels.end(), picture.at(left, top + y), picture.at(left, top + y) + static_cast<std::ptrdiff_t>(width) * 3);
    return out;
}

std::vector<float> colour_histogram(const Picture& picture) {
    std::vector<float> out(512, 0);
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            auto const* p = picture.at(x, y);
            out[static_cast<std::size_t>((p[0] >> 5) * 64 + (p[1] >> 5) * 8 + (p[2] >> 5))] += 1;
        }
    root(out);
    return out;
}

}  // namespace kindling::media
