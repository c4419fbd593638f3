#include "engines/media/alike/look.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace kindling::media {

namespace {

constexpr std::string_view packed_as = "KD1";
constexpr std::array<std::size_t, 3> lengths{196, 1764 + 145, 531};
constexpr std::size_t packed_size = packed_as.size() + 2 * (3 * sizeof(float) + lengths[0] + lengths[1] + lengths[2]);

std::array<std::vector<float> Descriptor::*, 3> constexpr blocks{&Descriptor::colour, &Descriptor::shape, &Descriptor::texture};

double dot(const std::vector<float>& a, const std::vector<float>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) sum += static_cast<double>(a[i]) * b[i];
    return sum;
}

}  // namespace

std::vector<float> Look::joined() const {
    auto out = whole.joined();
    auto const more = thing.joined();
    out.insert(out.end(), more.begin(), more.end());
    for (auto& x : out) x *= 0.70710678f;
    return out;
}

Look look_at(const Picture& picture) { return {describe(picture), describe(focused(picture))}; }

std::string pack(const Look& look) {
    std::string out(packed_as);
    for (auto const* descriptor : {&look.whole, &look.thing})
        for (auto const block : blocks) {
            auto const& numbers = descriptor->*block;
            float most = 0;
            for (auto const x : numbers) most = std::max(most, std::abs(x));
            auto const unit = most / 127;
            char bytes[sizeof unit];
            std::memcpy(bytes, &unit, sizeof unit);
            out.append(bytes, sizeof unit);
            for (auto const x : numbers) out += static_cast<char>(static_cast<std::int8_t>(unit > 0 ? std::lround(x / unit) : 0));
        }
    return out;
}

std::optional<Look> unpack(std::string_view packed) {
    if (packed.size() != packed_size || !packed.starts_with(packed_as)) return {};
    Look out;
    auto at = packed_as.size();
    for (auto* const descriptor : {&out.whole, &out.thing})
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            float unit = 0;
            std::memcpy(&unit, packed.data() + at, sizeof unit);
            at += sizeof unit;
            if (!std::isfinite(unit)) return {};
            auto& numbers = descriptor->*blocks[b];
            for (std::size_t i = 0; i < lengths[b]; ++i) numbers.push_back(unit * static_cast<float>(static_cast<std::int8_t>(packed[at++])));
        }
    return out;
}

Likeness likeness(const Look& a, const Look& b) {
    double of[3] = {};
    for (std::size_t i = 0; i < blocks.size(); ++i) of[i] = 0.5 * (dot(a.whole.*blocks[i], b.whole.*blocks[i]) + dot(a.thing.*blocks[i], b.thing.*blocks[i]));
    // Each block is of length 1, so the joined numbers' cosine is their mean.
    return {static_cast<float>(of[0]), static_cast<float>(of[1]), static_cast<float>(of[2]), static_cast<float>((of[0] + of[1] + of[2]) / 3)};
}

}  // namespace kindling::media
