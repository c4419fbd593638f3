// A small language for the tests: words are runs of ASCII letters and digits, lower case, with a plural s as an alternative;
// every Han character is a word. Readings know a few characters.
#pragma once
#include <cctype>
#include <map>

#include "core/utf8.h"
#include "engines/text/index/index.h"

namespace kindling::text::testing {

inline void split(std::string_view text, Mode, std::vector<Token>& out) {
    std::uint32_t position = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const begin = at;
        auto const point = next_code_point(text, at);
        if (is_han(point)) {
            out.push_back({std::string(text.substr(begin, at - begin)), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at), position++, 1});
            continue;
        }
        if (point >= 0x80 || !std::isalnum(static_cast<int>(point))) continue;
        while (at < text.size() && std::isalnum(static_cast<unsigned char>(text[at]))) ++at;
        std::string term(text.substr(begin, at - begin));
        for (auto& c : term) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        auto const b = static_cast<std::uint32_t>(begin), e = static_cast<std::uint32_t>(at);
        out.push_back({term, b, e, position, 1});
        if (term.size() > 3 && term.ends_with('s')) out.push_back({term.substr(0, term.size() - 1), b, e, position, 1});
        ++position;
    }
}

// 得 and 德 sound alike, so do 鲜 and 先.
inline std::string sound(std::string_view text) {
    static const std::map<char32_t, std::string> readings{{U'肯', "ken"}, {U'德', "de"}, {U'得', "de"}, {U'基', "ji"}, {U'鲜', "xian"}, {U'先', "xian"}, {U'花', "hua"}};
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        auto const found = readings.find(next_code_point(text, at));
        if (found == readings.end()) return {};
        out += found->second;
    }
    return out;
}

inline Language language() { return {split, sound}; }

inline Schema schema() { return {.texts = {{"title", 2.0f, 0.75f}, {"description", 0.5f, 0.5f}}, .keywords = {"brand", "tag", "spu"}, .numbers = {"price", "sales"}}; }

inline Document document(std::string id, std::string title, std::string description = {}, std::string brand = {}, double price = std::numeric_limits<double>::quiet_NaN()) {
    Document d{.id = std::move(id), .texts = {std::move(title), std::move(description)}, .keywords = {{}, {}, {}}, .numbers = {price, std::numeric_limits<double>::quiet_NaN()}};
    if (!brand.empty()) d.keywords[0].push_back(std::move(brand));
    return d;
}

inline std::unique_ptr<Index> memory_index(Schema s = schema(), Language l = language()) {
    auto opened = Index::open({.schema = std::move(s), .language = std::move(l)});
    return opened ? std::move(*opened) : nullptr;
}

inline std::vector<std::string> ids(const Answer& answer) {
    std::vector<std::string> out;
    for (auto const& hit : answer.hits) out.push_back(hit.id);
    return out;
}

}  // namespace kindling::text::testing
