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
    // use(ordinal) for each value of the document.
    template <class Use> void each(std::uint32_t document, Use&& use) const {
        if (width_ == 1) {
            std::uint8_t ordinal;
            std::memcpy(&ordinal, rows_ + document * stride_, 1);
            if (ordinal != Rows::none(1)) use(std::uint32_t{ordinal});
        } else if (width_ == 2) {
            std::uint16_t ordinal;
            std::memcpy(&ordinal, rows_ + document * stride_, 2);
            if (ordinal != Rows::none(2)) use(std::uint32_t{ordinal});
        } else {
            for (auto const ordinal : column_->of(document)) use(ordinal);
        }
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
    double operator[](std::uint32_t document) const {
        if (rows_ == nullptr) return numbers_[document];
        std::uint32_t x;
        std::memcpy(&x, rows_ + document * stride_, 4);
        return x == Rows::none(4) ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(x);
    }

private:
    const char* rows_ = nullptr;
    std::size_t stride_ = 0;
    const double* numbers_ = nullptr;
};

}  // namespace kindling::text
