#include "engines/text/analysis/perceptron.h"

#include <algorithm>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "engines/text/analysis/characters.h"

namespace kindling::text {

namespace {

constexpr std::string_view magic{"KSEG1\0\0\0", 8};
constexpr std::uint32_t least_log_rows = 8, most_log_rows = 24;
constexpr std::int32_t never = -(1 << 28);
constexpr std::size_t longest_block = 4096;

// May a character labelled `a` be followed by one labelled `b`?
bool follows(std::size_t a, std::size_t b) {
    bool const inside = a == Perceptron::begin || a == Perceptron::middle;
    return inside == (b == Perceptron::middle || b == Perceptron::end);
}
bool starts(std::size_t label) { return label == Perceptron::begin || label == Perceptron::single; }
bool stops(std::size_t label) { return label == Perceptron::end || label == Perceptron::single; }

std::uint32_t kind(char32_t c) {
    auto const of = class_of(c);
    if (of == CharacterClass::han) {
        constexpr std::u32string_view numerals = U"零〇一二三四五六七八九十百千万亿两";
        return numerals.find(c) != std::u32string_view::npos ? 3 : 0;
    }
    return of == CharacterClass::digit ? 1 : 2;
}

}  // namespace

void SegmentFeatures::compute(std::u32string_view text, Dictionary const& dictionary, std::uint32_t log_rows) {
    auto const n = text.size();
    begin_.assign(n, 0), end_.assign(n, 0), middle_.assign(n, 0), plain_.assign(n, Perceptron::single), forced.assign(n, 0);
    rows.resize(n);
    constexpr std::size_t cap = 6;
    std::size_t free_from = 0;  // user words do not overlap
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t user = 0;
        dictionary.each_word(text, i, [&](std::size_t length, bool mine) {
            auto const l = static_cast<std::uint8_t>(std::min(length, cap));
            begin_[i] = std::max(begin_[i], l);
            end_[i + length - 1] = std::max(end_[i + length - 1], l);
            for (auto k = i + 1; k + 1 < i + length; ++k) middle_[k] = std::max(middle_[k], l);
            if (mine) user = length;
        });
        if (user == 0 || i < free_from) continue;
        free_from = i + user;
        for (auto k = i; k < free_from; ++k) forced[k] = static_cast<std::uint8_t>(1 + (user == 1 ? Perceptron::single : k == i ? Perceptron::begin : k + 1 == free_from ? Perceptron::end : Perceptron::middle));
    }
    dictionary.cut(text, ends_, scratch_);
    for (std::uint32_t from = 0; auto const to : ends_) {
        if (to - from > 1) {
            std::fill(plain_.begin() + from, plain_.begin() + to, static_cast<std::uint8_t>(Perceptron::middle));
            plain_[from] = Perceptron::begin, plain_[to - 1] = Perceptron::end;
        }
        from = to;
    }

    auto const shift = 64 - log_rows;
    auto const character = [&](std::ptrdiff_t i) -> std::uint64_t { return i < 0 ? 1 : static_cast<std::size_t>(i) >= n ? 2 : text[static_cast<std::size_t>(i)]; };
    auto const label = [&](std::ptrdiff_t i) -> std::uint64_t { return i < 0 || static_cast<std::size_t>(i) >= n ? 4 : plain_[static_cast<std::size_t>(i)]; };
    auto const type = [&](std::ptrdiff_t i) -> std::uint64_t { return i < 0 || static_cast<std::size_t>(i) >= n ? 4 : kind(text[static_cast<std::size_t>(i)]); };
    for (std::size_t at = 0; at < n; ++at) {
        auto const i = static_cast<std::ptrdiff_t>(at);
        std::uint64_t feature = 0;
        auto& row = rows[at];
        auto const add = [&](std::uint64_t value) {
            auto key = (value * 32 + feature + 1) * 0x9E3779B97F4A7C15ull;
            key ^= key >> 29;
            row[feature++] = static_cast<std::uint32_t>((key * 0xBF58476D1CE4E5B9ull) >> shift);
        };
        std::uint64_t c[5];
        for (int k = 0; k < 5; ++k) c[k] = character(i + k - 2);
        for (auto const one : c) add(one);
        for (int k = 0; k < 4; ++k) add(c[k] << 21 | c[k + 1]);
        add(c[1] << 21 | c[3]);
        add(c[1] << 42 | c[2] << 21 | c[3]);
        auto const types = type(i - 1) * 25 + type(i) * 5 + type(i + 1);
        add(types);
        add(type(i - 2) * 625 + types * 5 + type(i + 2));
        std::uint64_t const b = begin_[at], m = middle_[at], e = end_[at];
        add(b * 64 + m * 8 + e);
        add(b << 21 | c[2]), add(e << 21 | c[2]), add(m << 21 | c[2]);
        auto const path = label(i - 1) * 25 + label(i) * 5 + label(i + 1);
        add(path);
        add(path << 21 | c[2]);
        add(path * 512 + b * 64 + m * 8 + e);
        add((at > 0 ? begin_[at - 1] : 7u) * 4096ull + b * 512 + e * 64 + (at + 1 < n ? end_[at + 1] * 8u + begin_[at + 1] : 63u));
    }
}

Result<std::shared_ptr<const Perceptron>> Perceptron::load(std::string const& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return fail(Errc::not_found, "model_not_found", fmt::format("There is no segmentation model at {}.", path));
    auto const size = file.tellg();
    std::string bytes(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    file.seekg(0);
    if (size < 0 || !file.read(bytes.data(), size)) return fail(Errc::unavailable, "model_unreadable", fmt::format("The segmentation model {} cannot be read.", path));
    return parse(bytes);
}

Result<std::shared_ptr<const Perceptron>> Perceptron::parse(std::string_view bytes) {
    constexpr std::size_t head = 8 + 4 + sizeof(transition_);
    auto const bad = [] { return fail(Errc::invalid_argument, "model_invalid", "This is not a segmentation model, or it is cut short."); };
    if (bytes.size() < head || !bytes.starts_with(magic)) return bad();
    auto made = std::make_shared<Perceptron>();
    std::memcpy(&made->log_rows_, bytes.data() + 8, 4);
    if (made->log_rows_ < least_log_rows || made->log_rows_ > most_log_rows) return bad();
    std::memcpy(&made->transition_, bytes.data() + 12, sizeof(transition_));
    auto const rows = std::size_t{1} << made->log_rows_;
    if (bytes.size() != head + rows * 4) return bad();
    made->weights_.resize(rows);
    std::memcpy(made->weights_.data(), bytes.data() + head, rows * 4);
    return made;
}

std::string Perceptron::save() const {
    std::string out(magic);
    out.append(reinterpret_cast<char const*>(&log_rows_), 4);
    out.append(reinterpret_cast<char const*>(&transition_), sizeof(transition_));
    return out.append(reinterpret_cast<char const*>(weights_.data()), weights_.size() * 4);
}

void Perceptron::cut(std::u32string_view text, Dictionary const& dictionary, std::vector<std::uint32_t>& ends, Scratch& s) const {
    ends.clear();
    for (std::size_t start = 0; start < text.size(); start += longest_block) {
        auto const block = text.substr(start, longest_block);
        auto const n = block.size();
        s.features.compute(block, dictionary, log_rows_);
        s.score.resize(n), s.from.resize(n);
        for (std::size_t i = 0; i < n; ++i) {
            std::int32_t emit[4] = {};
            for (auto const row : s.features.rows[i])
                for (std::size_t l = 0; l < 4; ++l) emit[l] += weights_[row][l];
            auto const forced = s.features.forced[i];
            for (std::size_t to = 0; to < 4; ++to) {
                auto best = never;
                std::uint8_t from = 0;
                if (i == 0) best = starts(to) ? 0 : never;
                else
                    for (std::size_t f = 0; f < 4; ++f)
                        if (auto const value = follows(f, to) ? s.score[i - 1][f] + transition_[f][to] : never; value > best) best = value, from = static_cast<std::uint8_t>(f);
                bool const allowed = (!forced || forced == to + 1) && (i + 1 < n || stops(to));
                s.score[i][to] = best <= never / 2 ? never : best + emit[to] + (allowed ? 0 : never / 4096);
                s.from[i][to] = from;
            }
        }
        std::size_t label = s.score[n - 1][end] > s.score[n - 1][single] ? end : single;
        auto const first = ends.size();
        for (std::size_t i = n; i-- > 0; label = s.from[i][label])
            if (stops(label)) ends.push_back(static_cast<std::uint32_t>(start + i + 1));
        std::reverse(ends.begin() + static_cast<std::ptrdiff_t>(first), ends.end());
    }
}

}  // namespace kindling::text
