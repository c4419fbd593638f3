// engines/text/index/schema.h -- what one index holds, and one document as it is handed in.
//
// Values are given by position: texts[i] belongs to Schema::texts[i], and so on. A document with the wrong number of values
// is refused with the path of the list.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "engines/text/analysis/analyzer.h"

namespace kindling::text {

struct TextField {
    std::string name;
    float boost = 1;  // > 0: how much a word here counts beside a word in another field
    float b = 0.75f;  // 0..1: how strongly long values are discounted
    bool names = true;  // a word here says what the document is; false: it may only be mentioned (Hit::named)
};

// The first text field is the title: word pairs and coverage are judged on it.
struct Schema {
    std::vector<TextField> texts;           // 1 .. 8
    std::vector<std::string> keywords;      // multi-valued exact strings: filters, facets, distinct_by; at most 64
    std::vector<std::string> numbers;       // one number or none each: filters, facets, sorts, boosts; at most 64
    // BM25's term saturation. 0.3 and not the 1.2 of news: a word said twice in a product text is hardly twice as relevant
    // (Tunkelang measured 0.3 best on ESCI; here it was better than 0.5, 0.8 and 1.2 on both product-matching sets).
    float k1 = 0.3f;
};

struct Document {
    std::string id;                                  // 1 .. 512 bytes; the same id again replaces the document
    std::vector<std::string> texts;                  // each at most 1 MiB; empty is allowed
    std::vector<std::vector<std::string>> keywords;  // each value at most 1,024 bytes
    std::vector<double> numbers;                     // NaN: none
    // Exact codes (SKU, GTIN, manufacturer's number): a query that is one of them ranks this document first, however it is
    // spaced, hyphenated or cased.
    std::vector<std::string> identifiers = {};
};

using Analyse = std::function<void(std::string_view, Mode, std::vector<Token>&)>;
// One spelling of how a Chinese word sounds ("kendeji"); empty when the text has no reading.
using Reading = std::function<std::string(std::string_view)>;

struct Language {
    Analyse analyse;         // required
    Reading reading = {};    // optional: lets 肯得基 find 肯德基
};

// Every problem of the schema at once, with JSON Pointers.
Result<void> validate(const Schema&);
Result<void> validate(const Schema&, const Document&);
// Changes whenever an index built under one schema cannot be read under the other. Boosts, b, k1 and what names are free to change.
std::uint64_t fingerprint(const Schema&);

}  // namespace kindling::text
