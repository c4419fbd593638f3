// plain_text: descriptions from shop systems are HTML that a merchant's editor made. They are kept as text, so that no page ever shows
// somebody else's markup; one pass, no tree, nothing is executed or fetched.
#include "core/utf8.h"
#include "shop/imports/values.h"
#include <charconv>

namespace kindling::shop::imports {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_block(std::string_view tag) {
    for (auto b : {"p", "br", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "blockquote", "pre", "hr", "dt", "dd"})
        if (tag == b) return true;
    return false;
}

// "&amp;" at `at`: appends what it stands for and gives its length; 0: an ordinary ampersand.
std::size_t entity(std::string_view s, std::size_t at, std::string& out) {
    auto const end = s.substr(at, 12).find(';');
    if (end == s.npos || end < 2) return 0;
    auto const name = s.substr(at + 1, end - 1);
    if (name[0] == '#') {
        std::uint32_t code = 0;
        bool const hex = name.size() > 1 && lower(name[1]) == 'x';
        auto const digits = name.substr(hex ? 2 : 1);
        auto const [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
        if (digits.empty() || error != std::errc() || last != digits.data() + digits.size()) return 0;
        if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
        if (code == 0xA0) code = ' ';
        if (code >= 32 || code == '\n' || code == '\t') append_utf8(code, out);
        return end + 1;
    }
    struct Named { std::string_view name, text; };
    static constexpr Named known[] = {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}, {"hellip", "…"}, {"mdash", "—"}, {"ndash", "–"}, {"lsquo", "‘"}, {"rsquo", "’"}, {"ldquo", "“"}, {"rdquo", "”"},
                                      {"bull", "•"}, {"middot", "·"}, {"copy", "©"}, {"reg", "®"}, {"trade", "™"}, {"deg", "°"}, {"times", "×"}, {"pound", "£"}, {"euro", "€"}, {"yen", "¥"}, {"eacute", "é"}, {"frac12", "½"}};
    for (auto const& k : known)
        if (k.name == name) return out += k.text, end + 1;
    return 0;
}

}  // namespace

std::string plain_text(std::string_view html) {
    std::string out;
    out.reserve(html.size());
    bool blank = false;
    std::size_t lines = 0;
    auto const put_space = [&] { blank = true; };
    auto const put_line = [&] { lines = std::min<std::size_t>(lines + 1, 2); };
    auto const before_text = [&] {
        if (!out.empty() && lines) out.append(lines, '\n');
        else if (!out.empty() && blank) out += ' ';
        blank = false, lines = 0;
    };
    std::string closing;  // of a script or style that never ends the search must not be repeated
    for (std::size_t i = 0; i < html.size();) {
        char const c = html[i];
        if (c == '<' && i + 1 < html.size() && (html[i + 1] == '/' || html[i + 1] == '!' || (lower(html[i + 1]) >= 'a' && lower(html[i + 1]) <= 'z'))) {
            if (html.substr(i, 4) == "<!--") {
                auto const end = html.find("-->", i + 4);
                i = end == html.npos ? html.size() : end + 3;
                continue;
            }
            std::string tag;
            std::size_t j = i + 1;
            bool const close = html[j] == '/';
            if (close) ++j;
            while (j < html.size() && tag.size() < 16 && ((lower(html[j]) >= 'a' && lower(html[j]) <= 'z') || (html[j] >= '0' && html[j] <= '9'))) tag += lower(html[j++]);
            char quote = 0;
            while (j < html.size() && (quote || html[j] != '>')) {
                if (quote) { if (html[j] == quote) quote = 0; }
                else if (html[j] == '"' || html[j] == '\'') quote = html[j];
                ++j;
            }
            i = std::min(j + 1, html.size());
            if (!close && (tag == "script" || tag == "style")) {
                closing = "</" + tag;
                for (; i < html.size(); ++i)
                    if (html[i] == '<' && std::ranges::equal(html.substr(i, closing.size()), closing, {}, lower)) break;
                continue;
            }
            if (is_block(tag)) put_line();
            if (!close && tag == "li") { before_text(); out += "• "; }
            continue;
        }
        if (c == ' ' || c == '\t' || c == '\r') { put_space(), ++i; continue; }
        if (c == '\n') { put_line(), ++i; continue; }
        before_text();
        if (c == '&')
            if (auto const n = entity(html, i, out)) { i += n; continue; }
        out += c, ++i;
    }
    return out;
}

}  // namespace kindling::shop::imports
