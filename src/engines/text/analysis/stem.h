// engines/text/analysis/stem.h -- English stems: "running", "runs" -> "run".
//
// Porter's second algorithm ("English" of Snowball, https://snowballstem.org, BSD), through Debian's libstemmer; but -iment and -ument stay.
#pragma once
#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace kindling::text {

// One per thread: the library keeps its answer inside. Use Stemmer::of_this_thread() unless you hold your own.
class Stemmer {
public:
    Stemmer();
    static Stemmer& of_this_thread();

    // `word`: lower-case; anything but a-z and the apostrophe comes back as it is. The answer lives until the next call, and no longer than `word`.
    std::string_view stem(std::string_view word);

private:
    struct Delete { void operator()(sb_stemmer*) const; };
    std::unique_ptr<sb_stemmer, Delete> stemmer_;
};

}  // namespace kindling::text
