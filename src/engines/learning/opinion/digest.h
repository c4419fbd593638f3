// engines/learning/opinion/digest.h -- many reviews of one thing in a screenful: each aspect with its share of praise, its count, its quotes.
//
// A review counts once for an aspect: praise, blame, or both when its remarks disagree. Quotes are stretches of reviews as they were written (bytes of the body, never
// reworded, never joined): the sentence of a remark when all its remarks point the same way, else the clause. Of each side the most typical one
// is quoted: the highest mean similarity (character pairs, cosine) to the other candidates of that side, as a centroid does it, less for texts of under nine characters; of equals the newest.
//
// Sources: Hu & Liu 2004 (counts by feature and side); Radev et al. 2004 (centroids). Deterministic. Linear in the text, quadratic in at most 60 candidates a side.
#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "engines/learning/opinion/lexicon.h"

namespace kindling::opinion {

struct ReviewText {
    std::string_view body;
    bool preferred = true;  // quoted before others: the reader's language
};

struct Quote {
    std::uint32_t review = 0;          // position in the reviews given
    std::uint32_t begin = 0, end = 0;  // bytes of its body
    bool praise = true;
};

struct AspectDigest {
    Aspect aspect = Aspect::overall;
    std::uint32_t praise = 0, blame = 0, both = 0;  // reviews
    std::vector<Quote> quotes;                      // the larger side first
    std::uint32_t count() const { return praise + blame + both; }
    // Of the reviews that took a side; a review of both counts half on each. 0..1; count() is at least 1.
    double share() const { return (praise + 0.5 * both) / (praise + blame + both); }
};

struct DigestOptions {
    std::uint32_t quotes_a_side = 1;
    std::uint32_t least_count = 1;
    std::size_t longest_quote = 240;  // bytes; longer sentences give way to the clause, longer clauses are not quoted
};

struct Digest {
    std::vector<AspectDigest> aspects;  // the most spoken of first, "overall" last
    std::uint32_t reviews_with_remarks = 0;
};

// What a review judges, clause by clause: the word list, unless somebody has a better reader.
using ReadRemarks = std::function<std::vector<Remark>(std::string_view body)>;

// Newest first; which order only decides between equals.
Digest digest(std::span<const ReviewText>, const DigestOptions& = {}, const ReadRemarks& read = remarks);

}  // namespace kindling::opinion
