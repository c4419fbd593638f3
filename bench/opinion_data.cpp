#include "opinion_data.h"
#include "bench.h"

#include "core/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <numeric>

namespace kindling::bench {

namespace {

// Fields of comma-separated lines with quotes (RFC 4180); every line.
std::vector<std::vector<std::string>> read_csv(const std::string& path) {
    auto const file = read_file(path);
    std::vector<std::vector<std::string>> out(1);
    std::string field;
    bool quoted = false;
    for (std::size_t i = file.starts_with("\xEF\xBB\xBF") ? 3 : 0; i < file.size(); ++i) {
        char const c = file[i];
        if (quoted) {
            if (c == '"' && i + 1 < file.size() && file[i + 1] == '"') field += '"', ++i;
            else if (c == '"') quoted = false;
            else field += c;
        } else if (c == '"' && field.empty()) quoted = true;
        else if (c == ',') out.back().push_back(std::exchange(field, {}));
        else if (c == '\n') out.back().push_back(std::exchange(field, {})), out.emplace_back();
        else if (c != '\r') field += c;
    }
    if (!field.empty()) out.back().push_back(field);
    std::erase_if(out, [](auto const& row) { return row.size() < 2; });
    return out;
}

std::uint32_t position(std::vector<std::string>& names, const std::string& name) {
    auto at = std::ranges::find(names, name);
    if (at == names.end()) at = names.insert(names.end(), name);
    return static_cast<std::uint32_t>(at - names.begin());
}

// Mersenne Twister as Python seeds it (init_by_array), Matsumoto & Nishimura 1998.
class PythonRandom {
public:
    explicit PythonRandom(std::uint32_t seed) {
        state_[0] = 19650218;
        for (std::uint32_t i = 1; i < 624; ++i) state_[i] = 1812433253u * (state_[i - 1] ^ state_[i - 1] >> 30) + i;
        std::uint32_t i = 1;
        auto const around = [&] { if (++i == 624) state_[0] = state_[623], i = 1; };
        for (int k = 0; k < 624; ++k) state_[i] = (state_[i] ^ (state_[i - 1] ^ state_[i - 1] >> 30) * 1664525u) + seed, around();
        for (int k = 0; k < 623; ++k) state_[i] = (state_[i] ^ (state_[i - 1] ^ state_[i - 1] >> 30) * 1566083941u) - i, around();
        state_[0] = 0x80000000u;
    }
    std::uint32_t below(std::uint32_t n) {
        auto const bits = static_cast<unsigned>(std::bit_width(n));
        for (;;)
            if (auto const r = next() >> (32 - bits); r < n) return r;
    }

private:
    std::uint32_t next() {
        if (at_ == 624) {
            for (std::uint32_t i = 0; i < 624; ++i) {
                auto const y = (state_[i] & 0x80000000u) | (state_[(i + 1) % 624] & 0x7FFFFFFFu);
                state_[i] = state_[(i + 397) % 624] ^ y >> 1 ^ (y & 1 ? 0x9908B0DFu : 0);
            }
            at_ = 0;
        }
        auto y = state_[at_++];
        y ^= y >> 11, y ^= y << 7 & 0x9D2C5680u, y ^= y << 15 & 0xEFC60000u;
        return y ^ y >> 18;
    }
    std::array<std::uint32_t, 624> state_{};
    std::uint32_t at_ = 624;
};

}  // namespace

std::vector<std::size_t> python_shuffle(std::size_t n, std::uint32_t seed) {
    std::vector<std::size_t> out(n);
    std::iota(out.begin(), out.end(), 0);
    PythonRandom random(seed);
    for (auto i = n; i-- > 1;) std::swap(out[i], out[random.below(static_cast<std::uint32_t>(i + 1))]);
    return out;
}

OpinionData read_zhijiang(const std::string& reviews_path, const std::string& labels_path) {
    OpinionData out;
    std::map<int, opinion::MarkedReview> by_id;
    auto const number = [](std::string_view text) { int n = -1; std::from_chars(text.data(), text.data() + text.size(), n); return n; };
    for (auto const& row : read_csv(reviews_path))
        if (auto const id = number(row[0]); id >= 0) by_id[id].text = to_utf32(row[1]);
    for (auto const& row : read_csv(labels_path)) {
        auto const found = by_id.find(number(row[0]));
        if (row.size() < 9 || found == by_id.end()) continue;
        auto const stretch = [&](std::size_t at) {
            auto const from = number(row[at]), to = number(row[at + 1]);
            return from < 0 || to < from ? opinion::Stretch{} : opinion::Stretch{static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)};
        };
        found->second.opinions.push_back({stretch(2), stretch(5), position(out.categories, row[7]), position(out.polarities, row[8])});
    }
    for (auto& [id, review] : by_id) out.reviews.push_back(std::move(review));
    return out;
}

std::vector<TermItem> read_semeval(const std::string& path) {
    std::vector<std::string> lines(1);
    for (char const c : read_file(path))
        if (c == '\n') lines.emplace_back();
        else if (c != '\r') lines.back() += c;
    std::vector<TermItem> out;
    auto const words = [](std::string_view line) {
        std::vector<std::string> found;
        for (std::size_t i = 0; i < line.size();) {
            auto const to = std::min(line.find(' ', i), line.size());
            if (to > i) found.emplace_back(line.substr(i, to - i));
            i = to + 1;
        }
        return found;
    };
    for (std::size_t i = 0; i + 2 < lines.size(); i += 3) {
        TermItem item;
        auto const term = words(lines[i + 1]);
        for (auto const& w : words(lines[i])) {
            if (w.find("$T$") == std::string::npos) { item.words.push_back(w); continue; }
            item.begin = item.words.size();
            item.words.insert(item.words.end(), term.begin(), term.end());
            item.end = item.words.size();
        }
        int polarity = 0;
        std::from_chars(lines[i + 2].data(), lines[i + 2].data() + lines[i + 2].size(), polarity);
        item.polarity = static_cast<std::uint32_t>(std::clamp(polarity, -1, 1) + 1);
        if (item.end > item.begin) out.push_back(std::move(item));
    }
    return out;
}

}  // namespace kindling::bench
