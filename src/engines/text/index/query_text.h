// engines/text/index/query_text.h -- the syntax of a shopper's query: words, "phrases", -excluded.
//
// A quote opens a phrase only at the start of a word and when it is closed later, so 24" monitor stays text. A minus
// excludes only at the start of a word and before a letter or a quote, so wh-1000xm4, "a - b" and -5 stay text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kindling::text {

struct QueryText {
    std::string plain;  // everything else, with spaces where the pieces were
    std::vector<std::string> phrases, excluded, excluded_phrases;
};

QueryText parse_query(std::string_view);

}  // namespace kindling::text
