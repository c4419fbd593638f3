#include "engines/text/analysis/stem.h"

#include <libstemmer.h>

namespace kindling::text {

namespace {
constexpr std::size_t longest_word = 64;  // longer strings are not English words

// Of "experiment", "condiment", "document" the -ment belongs to the word (Latin -imentum, -umentum); Porter's step 4 takes it for the ending of "payment"
// wherever the word is long enough, and experiments become experience.
std::string_view own_ment(std::string_view word) {
    if (word.ends_with('s') && !word.ends_with("ss")) word.remove_suffix(1);
    return word.size() > 6 && (word.ends_with("iment") || word.ends_with("ument")) ? word : std::string_view();
}
}

void Stemmer::Delete::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Stemmer::Stemmer() : stemmer_(sb_stemmer_new("english", nullptr)) {}

Stemmer& Stemmer::of_this_thread() {
    thread_local Stemmer stemmer;
    return stemmer;
}

std::string_view Stemmer::stem(std::string_view word) {
    if (!stemmer_ || word.size() < 3 || word.size() > longest_word) return word;
    for (char const c : word)
        if (!((c >= 'a' && c <= 'z') || c == '\'')) return word;
    if (auto const whole = own_ment(word); !whole.empty()) return whole;
    auto const* const stemmed = sb_stemmer_stem(stemmer_.get(), reinterpret_cast<sb_symbol const*>(word.data()), static_cast<int>(word.size()));
    if (!stemmed) return word;
    return {reinterpret_cast<char const*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
}

}  // namespace kindling::text
