#include "engines/text/index/highlight.h"

#include <algorithm>
#include <unordered_set>

namespace kindling::text {

std::vector<Span> highlight(std::string_view text, std::span<const std::string> terms, const Analyse& analyse) {
    std::unordered_set<std::string_view> const wanted(terms.begin(), terms.end());
    std::vector<Token> tokens;
    if (!text.empty() && !wanted.empty()) analyse(text, Mode::index, tokens);
    std::vector<Span> found, out;
    for (auto const& token : tokens)
        if (wanted.contains(token.term) && token.begin < token.end && token.end <= text.size()) found.push_back({token.begin, token.end});
    std::ranges::sort(found, [](auto const& a, auto const& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
    for (auto const& span : found) {
        if (!out.empty() && span.begin <= out.back().end) out.back().end = std::max(out.back().end, span.end);
        else out.push_back(span);
    }
    return out;
}

}  // namespace kindling::text
