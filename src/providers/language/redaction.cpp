#include "providers/language/redaction.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::providers {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_local(char c) { return is_digit(c) || is_letter(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-'; }

constexpr std::size_t longest_placeholder = 24;

struct Found { std::string_view kind; std::size_t length = 0; };

// All matchers look at the text from `at`, which does not continue a word; length 0: not here.
std::size_t email_at(std::string_view text, std::size_t at) {
    auto i = at;
    while (i < text.size() && is_local(text[i]) && i - at <= 64) ++i;
    if (i == at || i >= text.size() || text[i] != '@') return 0;
    auto const domain = ++i;
    std::size_t dot = 0;
    while (i < text.size() && (is_digit(text[i]) || is_letter(text[i]) || text[i] == '-' || text[i] == '.') && i - domain <= 255) {
        if (text[i] == '.') dot = i;
        ++i;
    }
    while (i > domain && (text[i - 1] == '.' || text[i - 1] == '-')) --i;  // the end of a sentence
    if (dot >= i) dot = text.substr(0, i).rfind('.');
    return dot != text.npos && dot > domain && i > dot + 2 ? i - at : 0;
}

std::size_t house_id_at(std::string_view text, std::size_t at) {
    auto i = at;
    while (i < text.size() && text[i] >= 'a' && text[i] <= 'z' && i - at <= 5) ++i;
    if (i < at + 2 || i >= text.size() || text[i] != '_') return 0;
    auto const digits = ++i;
    while (i < text.size() && (is_digit(text[i]) || (text[i] >= 'A' && text[i] <= 'Z'))) ++i;
    return i - digits >= 20 ? i - at : 0;
}

// Digits in groups with single separators between (or ") " after an area code).
struct Groups {
    std::vector<std::pair<std::size_t, std::size_t>> spans;  // begin, length of each group
    std::size_t digits = 0;
    std::size_t end() const { return spans.back().first + spans.back().second; }
    bool shaped(std::initializer_list<std::size_t> lengths) const { return std::ranges::equal(spans, lengths, [](auto const& s, std::size_t n) { return s.second == n; }); }
};

Found number_at(std::string_view text, std::size_t at) {
    bool const plus = text[at] == '+', bracket = text[at] == '(';
    auto i = at + (plus || bracket);
    if (i >= text.size() || !is_digit(text[i])) return {};
    char const first = text[i], second = i + 1 < text.size() ? text[i + 1] : ' ';
    Groups g;
    Found best;
    auto const take = [&](std::string_view kind) { best = {kind, g.end() - at}; };
    while (g.spans.size() < 8 && g.digits < 40) {
        auto const begin = i;
        while (i < text.size() && is_digit(text[i])) ++i;
        g.spans.emplace_back(begin, i - begin), g.digits += i - begin;
        bool const check_digit = g.digits == 17 && i < text.size() && (text[i] == 'X' || text[i] == 'x');  // of an identity card
        auto const after = i + check_digit;
        bool const bounded = after >= text.size() || (!is_letter(text[after]) && text[after] != '_');
        if (bounded) {
            bool const mobile = g.digits == 11 && first == '1' && second >= '3' && second <= '9';
            if (plus && g.digits >= 8 && g.digits <= 15) take("PHONE");
            else if (mobile && (g.spans.size() == 1 || g.shaped({3, 4, 4}))) take("PHONE");
            else if (g.shaped({3, 3, 4})) take("PHONE");
            else if (first == '0' && second != '.' && g.digits >= 10 && g.digits <= 12) take("PHONE");
            else if (g.spans.size() == 1 && g.digits >= 12) take("NUMBER"), best.length += check_digit;
            else if (g.digits >= 15 && g.spans.size() >= 3 && std::ranges::all_of(g.spans, [](auto const& s) { return s.second >= 3 && s.second <= 6; })) take("NUMBER");
        }
        if (g.spans.size() == 1 && !plus && g.digits >= 11) break;  // a whole number by itself
        auto j = i;
        if (j < text.size() && text[j] == ')') ++j;
        if (j < text.size() && (text[j] == ' ' || text[j] == '-' || (text[j] == '.' && first != '0'))) ++j;
        if (j < text.size() && text[j] == '(' && plus) ++j;
        if (j == i || j >= text.size() || !is_digit(text[j])) break;
        i = j;
    }
    return best;
}

Found found_at(std::string_view text, std::size_t at) {
    char const c = text[at], before = at ? text[at - 1] : ' ';
    if (is_local(c) && !is_local(before)) {
        if (auto const n = email_at(text, at)) return {"EMAIL", n};
        if (auto const n = house_id_at(text, at)) return {"ID", n};
    }
    bool const decimals = before == '.' && at >= 2 && is_digit(text[at - 2]);
    bool const opens = c == '+' || c == '(';
    if ((opens || is_digit(c)) && !is_digit(before) && !is_letter(before) && before != '_' && !decimals) return number_at(text, at);
    return {};
}

// "[KIND_12]" at `at`, or 0.
std::size_t placeholder_at(std::string_view text, std::size_t at) {
    auto i = at;
    if (i >= text.size() || text[i++] != '[') return 0;
    auto const kind = i;
    while (i < text.size() && text[i] >= 'A' && text[i] <= 'Z') ++i;
    if (i == kind || i >= text.size() || text[i++] != '_') return 0;
    auto const number = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i > number && i < text.size() && text[i] == ']' && i + 1 - at <= longest_placeholder ? i + 1 - at : 0;
}

bool may_become_placeholder(std::string_view tail) {
    if (tail.size() >= longest_placeholder) return false;
    enum { kind, number } part = kind;
    for (char c : tail.substr(1)) {
        if (part == kind && c == '_') part = number;
        else if (part == kind ? c < 'A' || c > 'Z' : !is_digit(c)) return false;
    }
    return true;
}

}  // namespace

void Redactor::avoid(std::string_view text) {
    for (auto at = text.find('['); at != text.npos; at = text.find('[', at + 1))
        if (auto const n = placeholder_at(text, at)) spelled_ += text.substr(at, n);
}

std::string const& Redactor::placeholder(std::string_view kind, std::string_view value) {
    if (auto const known = names_.find(value); known != names_.end()) return known->second;
    auto& number = last_[std::string(kind)];
    std::string name;
    do name = fmt::format("[{}_{}]", kind, ++number);
    while (spelled_.find(name) != spelled_.npos);
    values_.emplace(name, value);
    return names_.emplace(value, std::move(name)).first->second;
}

std::string Redactor::hide(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        if (auto const found = found_at(text, i); found.length) out += placeholder(found.kind, text.substr(i, found.length)), i += found.length;
        else out += text[i++];
    }
    return out;
}

std::string Redactor::restore(std::string_view text) const {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        auto const n = placeholder_at(text, i);
        auto const known = n ? values_.find(text.substr(i, n)) : values_.end();
        if (known != values_.end()) out += known->second, i += n;
        else out += text[i++];
    }
    return out;
}

std::string StreamRestorer::feed(std::string_view piece) {
    held_ += piece;
    auto const open = held_.rfind('[');
    auto const keep = open != held_.npos && may_become_placeholder(std::string_view(held_).substr(open)) ? open : held_.size();
    auto out = redactor_.restore(std::string_view(held_).substr(0, keep));
    held_.erase(0, keep);
    return out;
}

std::string StreamRestorer::end() { return redactor_.restore(std::exchange(held_, {})); }

Result<ChatAnswer> RedactingModel::chat(ChatRequest const& request, ChatOptions const& options) {
    Redactor redactor;
    auto hidden = request;
    for (auto const& m : request.messages) redactor.avoid(m.text);
    for (auto& m : hidden.messages) {
        m.text = redactor.hide(m.text);
        for (auto& call : m.tool_calls) call.arguments = redactor.hide(call.arguments);
    }
    StreamRestorer restorer(redactor);
    Flow flow = Flow::go_on;
    auto inner = options;
    if (options.on_text)
        inner.on_text = [&](std::string_view text) {
            auto const restored = restorer.feed(text);
            return flow = restored.empty() ? Flow::go_on : options.on_text(restored);
        };
    auto answer = TRY(inner_.chat(hidden, inner));
    if (options.on_text && flow == Flow::go_on)
        if (auto const rest = restorer.end(); !rest.empty()) options.on_text(rest);
    answer.text = redactor.restore(answer.text);
    for (auto& call : answer.tool_calls) call.arguments = redactor.restore(call.arguments);
    return answer;
}

}  // namespace kindling::providers
