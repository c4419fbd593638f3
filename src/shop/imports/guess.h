// shop/imports/guess.h -- what the columns of an unknown table probably mean, with how sure that is and why.
//
// Names first (the synonyms of target_fields.cpp, English and Chinese), then values: a column called "price" whose cells are no amounts
// loses its claim. Each field is given once, to the surest column. A guess is a proposal: it is shown, and corrected by a person.
#pragma once
#include "shop/imports/mapping.h"

namespace kindling::shop::imports {

struct Guess {
    TargetField const* field = nullptr;  // null: nothing fits
    double confidence = 0;
    std::string why;
};

using Samples = std::vector<std::vector<std::string>>;  // by column

// One for each column.
std::vector<Guess> guess_columns(Rows, std::span<std::string const> columns, Samples const&);
// The kind whose needs are met best; `unsure` when another is as likely or needs stay open.
struct KindGuess {
    Rows rows = Rows::products;
    enum class Sure { yes, no } sure = Sure::no;
};
KindGuess guess_kind(std::span<std::string const> columns, Samples const&);

// Whether the values that do not begin with a year put the day or the month first; both_possible when no value decides,
// contradictory when some can only be one and some only the other.
enum class DatesSeen { none, both_possible, month_first, day_first, contradictory };
class DateWatch {
public:
    void see(std::string_view cell);
    DatesSeen verdict() const;
    std::int64_t seen() const { return seen_; }

private:
    std::int64_t seen_ = 0, month_ = 0, day_ = 0;
};

}  // namespace kindling::shop::imports
