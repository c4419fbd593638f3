#include "engines/text/index/query_text.h"

#include <cctype>

namespace kindling::text {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr std::string_view wide_space = "\xE3\x80\x80", left_quote = "\xE2\x80\x9C", right_quote = "\xE2\x80\x9D";  // U+3000, U+201C, U+201D

// The length of the quote at `at`: straight or typographic; 0 when there is none.
std::size_t quote(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    if (text[at] == '"') return 1;
    auto const rest = text.substr(at, 3);
    return rest == left_quote || rest == right_quote ? 3 : 0;
}

std::size_t closing(std::string_view text, std::size_t from) {
    for (auto at = from; at < text.size(); ++at)
        if (quote(text, at) > 0) return at;
    return std::string_view::npos;
}

}  // namespace

QueryText parse_query(std::string_view text) {
    QueryText out;
    bool start = true;
    for (std::size_t at = 0; at < text.size();) {
        auto const minus = start && text[at] == '-' ? 1u : 0u;
        if (auto const mark = start ? quote(text, at + minus) : 0; mark > 0) {
            auto const from = at + minus + mark;
            if (auto const end = closing(text, from); end != std::string_view::npos && end > from) {
                (minus ? out.excluded_phrases : out.phrases).emplace_back(text.substr(from, end - from));
                at = end + quote(text, end);
                out.plain += ' ';
                start = true;
                continue;
            }
        } else if (minus && at + 1 < text.size() && (std::isalpha(static_cast<unsigned char>(text[at + 1])) || (text[at + 1] & 0x80) != 0)) {
            auto end = at + 1;
            while (end < text.size() && !is_space(text[end]) && text.substr(end, 3) != wide_space) ++end;
            out.excluded.emplace_back(text.substr(at + 1, end - at - 1));
            at = end;
            out.plain += ' ';
            continue;
        }
        start = is_space(text[at]) || (at >= 2 && text.substr(at - 2, 3) == wide_space);
        out.plain += text[at++];
    }
    return out;
}

}  // namespace kindling::text
