// storefront/html.h -- the only way in which pages are written: markup is a literal, everything else is escaped.
//
//   Html page;
//   page.add("<a href=\"{}\" class=\"card\"{}>{}</a>", url, Mark{" aria-current=\"page\"", current}, product.title_en);
//
// The template must be a literal that is checked while compiling: as many {} as arguments, and a {} inside a tag must stand
// between double quotes, where an escaped text cannot end the attribute. Text arguments are escaped for both places at once.
// Html arguments are markup already and may not stand inside a tag; Mark arguments are literals and may stand anywhere.
// So a product title with <script> in it cannot become markup, whoever forgets what.
#pragma once
#include <boost/json/value.hpp>
#include <concepts>
#include <string>
#include <string_view>

namespace kindling::storefront {

// Appends `text` with & < > " ' as entities. Control characters, and the invisible marks that turn the reading direction of
// what follows (U+202A-202E, U+2066-2069), are left out: a title may not rearrange the page around it.
void append_escaped(std::string_view text, std::string& out);

// A link that a browser may follow: relative, http or https; anything else (javascript:, data:) becomes empty.
std::string_view safe_url(std::string_view);

class Html;

// A literal that is written when `shown` says so: boolean attributes, classes.
struct Mark {
    template <std::size_t N> consteval Mark(char const (&literal)[N]) : text(literal, N - 1) {}
    template <std::size_t N> constexpr Mark(char const (&literal)[N], std::same_as<bool> auto shown) : text(shown ? std::string_view(literal, N - 1) : std::string_view()) {}
    std::string_view text;
};

namespace detail {

template <class T> concept Markup = std::same_as<std::remove_cvref_t<T>, Html>;
template <class T> concept Literal = std::same_as<std::remove_cvref_t<T>, Mark>;

struct Argument {
    enum class Kind { text, number, markup } kind;
    std::string_view text = {};
    std::int64_t number = 0;
};

void malformed_template();  // not constexpr: reaching it while compiling is the error message

// Counts {} and sees where each stands. `inside_tag_allowed[i]`: argument i may stand in a tag outside quotes.
template <class... A> consteval void check(std::string_view s) {
    constexpr bool markup[] = {Markup<A>..., false}, literal[] = {Literal<A>..., false};
    std::size_t n = 0;
    bool tag = false, quoted = false;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s[i] == '{') {
            if (i + 1 == s.size() || s[i + 1] != '}' || n == sizeof...(A)) malformed_template();
            if (tag && !quoted && !literal[n]) malformed_template();
            if (tag && markup[n]) malformed_template();
            ++n, ++i;
        } else if (quoted) {
            if (s[i] == '"') quoted = false;
        } else if (tag) {
            if (s[i] == '"') quoted = true;
            if (s[i] == '>') tag = false;
        } else if (s[i] == '<') {
            tag = true;
        }
    }
    if (n != sizeof...(A) || tag || quoted) malformed_template();
}

template <class... A> struct Template {
    template <std::size_t N> consteval Template(char const (&literal)[N]) : text(literal, N - 1) { check<A...>(text); }
    std::string_view text;
};

}  // namespace detail

class Html {
public:
    template <class... A> Html& add(detail::Template<std::type_identity_t<A>...> markup, A const&... arguments) {
        detail::Argument const list[] = {argument(arguments)..., {}};
        write(markup.text, list);
        return *this;
    }
    // <script type="application/ld+json">: data, not a program; characters that could end the element are escaped as JSON allows.
    Html& add_json_ld(boost::json::value const&);
    Html& add(Html const& other) { out_ += other.out_; return *this; }

    std::string const& text() const { return out_; }
    std::string take() && { return std::move(out_); }
    bool empty() const { return out_.empty(); }

private:
    static detail::Argument argument(std::string_view s) { return {detail::Argument::Kind::text, s}; }
    static detail::Argument argument(std::string const& s) { return {detail::Argument::Kind::text, s}; }
    static detail::Argument argument(char const* s) { return {detail::Argument::Kind::text, s}; }
    static detail::Argument argument(Html const& h) { return {detail::Argument::Kind::markup, h.out_}; }
    static detail::Argument argument(Mark const& m) { return {detail::Argument::Kind::markup, m.text}; }
    template <std::integral T> static detail::Argument argument(T n) { return {detail::Argument::Kind::number, {}, static_cast<std::int64_t>(n)}; }
    void write(std::string_view markup, detail::Argument const* arguments);

    std::string out_;
};

template <class... A> Html html(detail::Template<std::type_identity_t<A>...> markup, A const&... arguments) {
    Html h;
    h.add(markup, arguments...);
    return h;
}

}  // namespace kindling::storefront
