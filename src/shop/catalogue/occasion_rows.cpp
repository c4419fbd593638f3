#include "shop/catalogue/occasion_rows.h"
#include <fmt/format.h>
#include <optional>

namespace kindling::shop {

namespace {

constexpr std::size_t most_lines = 200, most_words = 30, longest_word = 60;

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t' || s.front() == '\r')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
    return s;
}

// Chinese typing puts Chinese signs between.
std::string with_plain_signs(std::string_view text) {
    std::string out(text);
    for (auto const& [wide, plain] : {std::pair<std::string_view, char>{"：", ':'}, {"，", ','}, {"、", ','}, {"；", ';'}})
        for (auto at = out.find(wide); at != out.npos; at = out.find(wide, at)) out.replace(at, wide.size(), 1, plain);
    return out;
}

std::vector<std::string_view> parts_of(std::string_view text, char sign) {
    std::vector<std::string_view> out;
    for (;;) {
        auto const end = text.find(sign);
        out.push_back(trimmed(text.substr(0, end)));
        if (end == text.npos) return out;
        text.remove_prefix(end + 1);
    }
}

std::unexpected<Error> wrong(std::size_t line, std::string_view what) { return fail(Errc::invalid_argument, "occasions_invalid", fmt::format("Line {} of the occasions: {}, such as: fishing, 钓鱼: backpacks, 保温杯; outdoor", line, what)); }

}  // namespace

Result<std::vector<OccasionRow>> parse_occasions(std::string_view text) {
    std::vector<OccasionRow> out;
    auto const plain = with_plain_signs(text);
    std::size_t line = 0;
    for (auto const whole : parts_of(plain, '\n')) {
        if (++line > most_lines) return wrong(line, "there are more than 200 lines");
        if (whole.empty() || whole.front() == '#') continue;
        auto const colon = whole.find(':');
        if (colon == whole.npos) return wrong(line, "write the words of the occasion, a colon, then kinds of goods");
        auto const parts = parts_of(whole.substr(colon + 1), ';');
        if (parts.size() > 3 || (parts.size() == 3 && parts[2] != "worn")) return wrong(line, "after kinds and qualities only \"worn\" may stand");
        OccasionRow row;
        row.worn = parts.size() > 1 && parts.back() == "worn";
        std::optional<std::string_view> problem;
        auto const words = [&](std::string_view list, std::vector<std::string>& to) {
            for (auto const word : parts_of(list, ',')) {
                if (word.empty()) continue;
                if (word.size() > longest_word) problem = "a word has at most 60 bytes";
                if (word.size() < 2) problem = "a word has at least two letters";
                to.emplace_back(word);
            }
            if (to.size() > most_words) problem = "there are more than 30 words in one part";
        };
        words(whole.substr(0, colon), row.said), words(parts[0], row.kinds);
        if (parts.size() > 1 && parts[1] != "worn") words(parts[1], row.qualities);
        if (row.said.empty()) problem = "the words of the occasion are missing";
        if (row.kinds.empty()) problem = "the kinds of goods are missing";
        if (problem) return wrong(line, *problem);
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace kindling::shop
