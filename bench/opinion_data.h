// bench/opinion_data.h -- marked reviews as they are published, and the split that figures are compared on.
#pragma once
#include <string>
#include <vector>

#include "engines/learning/opinion/extractor.h"

namespace kindling::bench {

// Zhijiang Cup 2019: marked reviews in the order of their numbers, with the names that positions mean.
struct OpinionData {
    std::vector<opinion::MarkedReview> reviews;
    std::vector<std::string> categories, polarities;
};
OpinionData read_zhijiang(const std::string& reviews_path, const std::string& labels_path);

// 0 .. n-1 as Python's random.seed(seed); random.shuffle(list) leaves them.
std::vector<std::size_t> python_shuffle(std::size_t n, std::uint32_t seed);

// SemEval-2014 task 4 as three lines an item: a sentence in words with $T$ for the term, the term, -1, 0 or 1. Sentences without a term are not in it.
struct TermItem {
    std::vector<std::string> words;    // with the term put back
    std::size_t begin = 0, end = 0;    // the term's words
    std::uint32_t polarity = 0;        // 0 negative, 1 neutral, 2 positive
};
std::vector<TermItem> read_semeval(const std::string& path);

}  // namespace kindling::bench
