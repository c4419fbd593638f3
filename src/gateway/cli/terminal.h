// gateway/cli/terminal.h -- what the command line writes to and reads from, and text that is safe and straight on a terminal.
#pragma once
#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace kindling::gateway {

enum class Screen { terminal, file };  // a file is anything that is not a terminal: a pipe, a log

struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    Screen out_is = Screen::file, err_is = Screen::file;
    std::size_t columns = 100;  // of the terminal
};

// Columns that the text takes: Chinese and other wide characters two, combining marks none.
std::size_t columns_of(std::string_view text);
// Control characters (of texts from shoppers and files) become visible escapes, so that no text can steer a terminal; a
// newline becomes "\n" too. Broken UTF-8 is repaired.
std::string printable(std::string_view text);
// At most `columns` columns, with "…" at the end when something was cut.
std::string cut(std::string_view text, std::size_t columns);
// Blanks to the given width, on the side that aligns the text to the other; longer text stays as it is.
enum class Align { left, right };
std::string padded(std::string_view text, std::size_t columns, Align = Align::left);

// The candidate that is nearest to a mistyped word (at most a third of its letters differ, with swaps counted once), or "".
template <class Names> std::string nearest(std::string_view word, Names const& candidates);
std::size_t edit_distance(std::string_view, std::string_view);  // optimal string alignment, over bytes

template <class Names> std::string nearest(std::string_view word, Names const& candidates) {
    std::string best;
    auto least = word.size() / 3 + 1;
    for (auto const& c : candidates)
        if (auto const d = edit_distance(word, c); d < least || (d == least && best.empty())) least = d, best = std::string(c);
    return best;
}

}  // namespace kindling::gateway
