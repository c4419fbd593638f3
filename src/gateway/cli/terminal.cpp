#include "gateway/cli/terminal.h"
#include "core/utf8.h"
#include <algorithm>
#include <vector>

namespace kindling::gateway {

namespace {

// Unicode Standard Annex 11, the ranges that occur in shops: CJK, kana, Hangul, full-width forms, pictographs.
std::size_t width(char32_t c) {
    if ((c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) || c == 0xfeff || (c >= 0xfe00 && c <= 0xfe0f)) return 0;
    bool const wide = (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) ||
                      (c >= 0xff00 && c <= 0xff60) || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) columns += width(next_code_point(text, at));
    return columns;
}

std::string printable(std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        auto const c = next_code_point(text, at);
        // C0, DEL, C1, and the marks that reorder what is read (U+202A.., U+2066..).
        bool const control = c < 0x20 || (c >= 0x7f && c < 0xa0);
        bool const reorders = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        if (c == '\n') out += "\\n";
        else if (c == '\t') out += "\\t";
        else if (control) out += "\\x", out += hex[c >> 4 & 15], out += hex[c & 15];
        else if (reorders) out += "\\u20", out += hex[c >> 4 & 15], out += hex[c & 15];
        else append_utf8(c, out);
    }
    return out;
}

std::string cut(std::string_view text, std::size_t columns) {
    if (columns_of(text) <= columns) return std::string(text);
    std::size_t used = 0, end = 0;
    for (std::size_t at = 0; at < text.size();) {
        used += width(next_code_point(text, at));
        if (used + 1 > columns) break;  // one column is for the mark
        end = at;
    }
    return std::string(text.substr(0, end)) + "…";
}

std::string padded(std::string_view text, std::size_t columns, Align align) {
    auto const have = columns_of(text);
    std::string const blanks(columns > have ? columns - have : 0, ' ');
    return align == Align::left ? std::string(text) + blanks : blanks + std::string(text);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) { d[i][j] = i + j; continue; }
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

}  // namespace kindling::gateway
