// bench/language.h -- benches of what is understood in words: attributes in titles, intents in dialogues, opinions in reviews.
#pragma once
#include "bench.h"
#include "engines/learning/tagging/spans.h"
#include "engines/text/analysis/segment.h"

namespace kindling::bench {

void run_guide_acts(BenchContext&);
void run_query_attributes(BenchContext&);
void run_review_opinion(BenchContext&);

// A text with its true spans, in characters.
struct MarkedText {
    std::u32string text;
    std::vector<tagging::Span> spans;
};

// One character and its BIO label a line, sentences parted by empty lines. Types are numbered in order of appearance in `types`.
std::vector<MarkedText> read_columns(const std::string& path, std::vector<std::string>& types);

// jieba's dictionary of Debian's python3-jieba, or DATA/jieba/dict.txt; null and a line on stderr when there is none.
std::shared_ptr<const text::Dictionary> jieba_dictionary(BenchContext&);

// CRFsuite 0.12 (python-crfsuite), a conditional random field fitted by L-BFGS, as the peer: spans of `test` after training on `train` with the
// customary templates (characters two to each side, their pairs), regularised by c2. Nothing, and a line on stderr, when python3 has no pycrfsuite.
// (The field's other standard program, wapiti, is not in Debian: the package of that name is a web scanner.)
struct PeerTags {
    std::vector<std::vector<tagging::Span>> spans;
    double cpu_s = 0;
};
std::optional<PeerTags> crfsuite(std::span<const MarkedText> train, std::span<const MarkedText> test, double c2);

}  // namespace kindling::bench
