// engines/text/index/alternative_places.h -- internal: one alternative of a slot, answering for many documents at a time.
//
// A term answers from its blocks (posting_blocks.h); a phrase is found beforehand (its rarest word bounds the cost) and answers from that list,
// where a place is an index.
#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "engines/text/index/plan.h"
#include "engines/text/index/posting_blocks.h"

namespace kindling::text {

// Documents of a phrase with its frequency levels (FrequencyCode), ascending.
std::vector<std::pair<std::uint32_t, std::uint32_t>> find_phrase(const View&, std::size_t segment, const Alternative&);

class AlternativePlaces {
public:
    AlternativePlaces(const View& view, std::size_t segment, const Alternative& alternative) : weight_(alternative.weight()), sufficient_(alternative.sufficient) {
        if (alternative.terms.size() > 1) list_ = find_phrase(view, segment, alternative);
        else if (auto const number = alternative.terms[0].numbers[segment]; number != no_document) blocks_.emplace(*view.segments[segment].segment, number);
    }
    std::uint32_t documents() const { return blocks_ ? blocks_->documents() : static_cast<std::uint32_t>(list_.size()); }  // 0: of no use
    std::uint32_t last_document() const { return blocks_ ? blocks_->last_document() : list_.empty() ? 0 : list_.back().first; }
    float weight() const { return weight_; }
    bool sufficient() const { return sufficient_; }

    // As PostingBlocks has them.
    void find(std::span<const std::uint32_t> wanted, std::uint32_t* places) {
        if (blocks_) return blocks_->find(wanted, places);
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            skip_to(wanted[i]);
            places[i] = at_ < list_.size() && list_[at_].first == wanted[i] ? static_cast<std::uint32_t>(at_) : no_place;
        }
    }
    std::uint32_t first(std::uint32_t target) {
        if (blocks_) return blocks_->first(target);
        skip_to(target);
        return at_ < list_.size() ? list_[at_].first : no_document;
    }
    void fill(std::uint32_t base, std::span<std::uint64_t> words) {
        if (blocks_) return blocks_->fill(base, words);
        skip_to(base);
        for (auto at = at_; at < list_.size() && list_[at].first - base < words.size() * 64; ++at) words[(list_[at].first - base) / 64] |= 1ull << ((list_[at].first - base) % 64);
    }
    std::uint32_t take_block(std::uint32_t* to, std::uint32_t* places) {
        if (blocks_) return blocks_->take_block(to, places);
        std::uint32_t n = 0;
        for (; n < block_size && at_ < list_.size(); ++n, ++at_) to[n] = list_[at_].first, places[n] = static_cast<std::uint32_t>(at_);
        return n;
    }
    // How often it is in each field of the document at this place (FrequencyCode); the score is weight() times View::saturation of it.
    std::uint32_t levels(std::uint32_t place, std::uint32_t document) const { return blocks_ ? blocks_->levels(place, document) : list_[place].second; }

private:
    void skip_to(std::uint32_t target) {
        while (at_ < list_.size() && list_[at_].first < target) ++at_;
    }
    float weight_;
    bool sufficient_;
    std::optional<PostingBlocks> blocks_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> list_;
    std::size_t at_ = 0;
};

}  // namespace kindling::text
