#include "engines/text/index/rows.h"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <new>

#include "engines/text/index/segment.h"

namespace kindling::text {

namespace {

// Whether every number is missing or whole and below `none`, so that four bytes give back the same double.
bool is_whole(std::span<const double> numbers) {
    return std::ranges::all_of(numbers, [](double x) { return std::isnan(x) || (x >= 0 && x < 0xFFFFFFFFu && !std::signbit(x) && x == static_cast<double>(static_cast<std::uint32_t>(x))); });
}

}  // namespace

Rows::Rows(std::span<const std::uint16_t> lengths, std::size_t texts, std::span<const KeywordColumn> keywords, std::span<const std::span<const double>> numbers, std::uint32_t documents)
    : keywords_(keywords.size()), numbers_(numbers.size()) {
    // The widest first, so that everything is aligned.
    std::size_t size = 0;
    auto const give = [&](Place& place, std::uint8_t width) {
        if (size + width + texts * 2 > longest) return;
        place = {static_cast<std::uint16_t>(size), width};
        size += width;
    };
    for (std::size_t f = 0; f < numbers.size(); ++f)
        if (is_whole(numbers[f])) give(numbers_[f], 4);
    auto const lengths_at = size;
    size += texts * 2;
    texts = 0;
    for (std::uint8_t const width : {2, 1})
        for (std::size_t f = 0; f < keywords.size(); ++f) {
            auto const needed = keywords[f].values.count() < none(1) ? 1 : keywords[f].values.count() < none(2) ? 2 : 4;
            if (keywords[f].starts.empty() && needed == width) give(keywords_[f], width);
        }
    lengths_ = static_cast<std::uint16_t>(lengths_at);
    stride_ = std::bit_ceil(size);  // no row lies across two cache lines
    if (documents == 0) return;

    constexpr std::size_t huge = std::size_t{2} << 20;
    auto const bytes = stride_ * documents, alignment = bytes >= huge ? huge : std::size_t{64};
    bytes_.reset(static_cast<char*>(std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment)));
    if (!bytes_) throw std::bad_alloc();
    if (bytes >= huge) (void)::madvise(bytes_.get(), (bytes + huge - 1) / huge * huge, MADV_HUGEPAGE);  // only faster, never needed

    auto const fields = lengths.size() / documents;
    auto* row = bytes_.get();
    for (std::uint32_t d = 0; d < documents; ++d, row += stride_) {
        for (std::size_t f = 0; f < numbers.size(); ++f)
            if (numbers_[f].width != 0) {
                auto const x = std::isnan(numbers[f][d]) ? none(4) : static_cast<std::uint32_t>(numbers[f][d]);
                std::memcpy(row + numbers_[f].offset, &x, 4);
            }
        std::memcpy(row + lengths_at, lengths.data() + d * fields, fields * 2);
        for (std::size_t f = 0; f < keywords.size(); ++f)
            if (keywords_[f].width != 0) std::memcpy(row + keywords_[f].offset, &keywords[f].ordinals[d], keywords_[f].width);  // no_document: all ones in any width
    }
}

}  // namespace kindling::text
