// engines/text/index/lookup.h -- internal: reading one column of a segment for single documents, from the rows where they have it.
#pragma once
#include <limits>

#include "engines/text/index/segment.h"

namespace kindling::text {

// One keyword field of one segment, wherever its ordinals are.
class KeywordLookup {
public:
    KeywordLookup() = default;
    KeywordLookup(const Segment& segment, std::size_t field) : column_(&segment.keywords(field)) {
        auto const place = segment.rows().keyword(field);
        width_ = place.width, stride_ = segment.rows().stride();
        if (width_ != 0 && segment.documents() > 0) rows_ = segment.rows().row(0) + place.offset;
    }
    // use(i, ordinal) for each value of documents[i]; the kind of column is looked at once and not for each document.
    template <class Use> void each(std::span<const std::uint32_t> documents, Use&& use) const {
        auto const narrow = [&]<class Ordinal>(Ordinal ordinal) {
            for (std::size_t i = 0; i < documents.size(); ++i) {
                std::memcpy(&ordinal, rows_ + documents[i] * stride_, sizeof ordinal);
                if (ordinal != static_cast<Ordinal>(~Ordinal{0})) use(i, std::uint32_t{ordinal});
            }
        };
        if (width_ == 1) narrow(std::uint8_t{});
        else if (width_ == 2) narrow(std::uint16_t{});
        else
            for (std::size_t i = 0; i < documents.size(); ++i)
                for (auto const ordinal : column_->of(documents[i])) use(i, ordinal);
    }
    const StringTable& values() const { return column_->values; }

private:
    const char* rows_ = nullptr;  // at the field of the first document
    std::size_t stride_ = 0;
    unsigned width_ = 0;
    const KeywordColumn* column_ = nullptr;
};

// One number field; NaN where a document has none.
class NumberLookup {
public:
    NumberLookup() = default;
    NumberLookup(const Segment& segment, std::size_t field) : numbers_(segment.numbers(field).data()) {
        auto const place = segment.rows().number(field);
        stride_ = segment.rows().stride();
        if (place.width != 0 && segment.documents() > 0) rows_ = segment.rows().row(0) + place.offset;
    }
    // use(i, number) for each of the documents.
    template <class Use> void each(std::span<const std::uint32_t> documents, Use&& use) const {
        if (rows_ == nullptr)
            for (std::size_t i = 0; i < documents.size(); ++i) use(i, numbers_[documents[i]]);
        else
            for (std::size_t i = 0; i < documents.size(); ++i) use(i, in_row(documents[i]));
    }
    double operator[](std::uint32_t document) const { return rows_ == nullptr ? numbers_[document] : in_row(document); }

private:
    double in_row(std::uint32_t document) const {
        std::uint32_t x;
        std::memcpy(&x, rows_ + document * stride_, 4);
        return x == Rows::none(4) ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(x);
    }
    const char* rows_ = nullptr;
    std::size_t stride_ = 0;
    const double* numbers_ = nullptr;
};

}  // namespace kindling::text
