// engines/text/index/slot_cursor.h -- internal: the documents of one slot in one segment, with their scores.
//
// A term is walked in place; a phrase is found beforehand (its rarest word bounds the cost) and walked as a list.
#pragma once
#include <utility>
#include <vector>

#include "engines/text/index/plan.h"
#include "engines/text/index/postings.h"

namespace kindling::text {

// Documents of a phrase with tf~ / (k1 + tf~), ascending.
std::vector<std::pair<std::uint32_t, float>> find_phrase(const View&, std::size_t segment, const Alternative&);

class AlternativeCursor {
public:
    AlternativeCursor(const View& view, std::size_t segment, const Alternative& alternative)
        : view_(&view), segment_(view.segments[segment].segment.get()), weight_(alternative.weight()), sufficient_(alternative.sufficient), is_list_(alternative.terms.size() > 1) {
        if (is_list_) {
            list_ = find_phrase(view, segment, alternative);
            document_ = list_.empty() ? no_document : list_[0].first;
        } else if (auto const number = alternative.terms[0].numbers[segment]; number != no_document) {
            cursor_ = PostingCursor(*segment_, number);
            document_ = cursor_.document();
        }
    }
    std::uint32_t document() const { return document_; }
    bool sufficient() const { return sufficient_; }
    float weight() const { return weight_; }
    std::size_t cost() const { return is_list_ ? list_.size() : cursor_.document_frequency(); }

    void next() {
        if (is_list_) document_ = ++at_ < list_.size() ? list_[at_].first : no_document;
        else cursor_.next(), document_ = cursor_.document();
    }
    void advance(std::uint32_t target) {
        if (document_ >= target) return;
        if (is_list_) {
            at_ = static_cast<std::size_t>(std::lower_bound(list_.begin() + static_cast<std::ptrdiff_t>(at_), list_.end(), target, [](auto const& entry, auto t) { return entry.first < t; }) - list_.begin());
            document_ = at_ < list_.size() ? list_[at_].first : no_document;
        } else cursor_.advance(target), document_ = cursor_.document();
    }
    std::uint32_t soon() const { return is_list_ || document_ == no_document ? document_ : cursor_.soon(); }
    // In 0..1; the score is weight() times this.
    float saturation() {
        if (is_list_) return list_[at_].second;
        return view_->saturation(segment_->frequencies()[cursor_.code()].levels, segment_->lengths(document_));
    }

private:
    const View* view_;
    const Segment* segment_;
    float weight_;
    bool sufficient_, is_list_;
    std::uint32_t document_ = no_document;
    PostingCursor cursor_;
    std::vector<std::pair<std::uint32_t, float>> list_;
    std::size_t at_ = 0;
};

class SlotCursor {
public:
    struct Match {
        float score = 0, mass = 0;  // mass: the weight of the heaviest alternative that is there
        bool sufficient = false;
    };
    SlotCursor(const View& view, std::size_t segment, const Slot& slot) : slot_(&slot) {
        alternatives_.reserve(slot.alternatives.size());
        for (auto const& alternative : slot.alternatives) {
            alternatives_.emplace_back(view, segment, alternative);
            if (alternatives_.back().document() == no_document) alternatives_.pop_back();
            else cost_ += alternatives_.back().cost();
        }
        // Those that have the word come first: advance_sufficient looks at them alone.
        std::ranges::stable_partition(alternatives_, [](auto const& a) { return a.sufficient(); });
        while (sufficient_ < alternatives_.size() && alternatives_[sufficient_].sufficient()) ++sufficient_;
        find();
    }
    const Slot& slot() const { return *slot_; }
    std::size_t cost() const { return cost_; }
    std::uint32_t document() const { return document_; }

    std::uint32_t soon() const { return alternatives_.empty() ? no_document : alternatives_[0].soon(); }

    // To the first document >= target with any alternative.
    std::uint32_t advance(std::uint32_t target) {
        if (document_ >= target) return document_;
        for (auto& a : alternatives_) a.advance(target);
        find();
        return document_;
    }
    std::uint32_t advance_sufficient(std::uint32_t target) {
        auto first = no_document;
        for (std::size_t i = 0; i < sufficient_; ++i) {
            alternatives_[i].advance(target);
            first = std::min(first, alternatives_[i].document());
        }
        return first;
    }
    void next() {
        for (auto& a : alternatives_)
            if (a.document() == document_) a.next();
        find();
    }
    // What the slot gives this document; alternatives behind it are brought up first. Scores cost most, so they are optional.
    enum class Scores { skip, wanted };
    Match match(std::uint32_t document, Scores scores) {
        Match m;
        for (auto& a : alternatives_) {
            a.advance(document);
            if (a.document() != document) continue;
            m.mass = std::max(m.mass, a.weight());
            if (scores == Scores::wanted) m.score = std::max(m.score, a.weight() * a.saturation());
            m.sufficient |= a.sufficient();
        }
        m.score *= slot_->boost;
        return m;
    }

private:
    void find() {
        document_ = no_document;
        for (auto const& a : alternatives_) document_ = std::min(document_, a.document());
    }
    const Slot* slot_;
    std::vector<AlternativeCursor> alternatives_;
    std::size_t sufficient_ = 0, cost_ = 0;
    std::uint32_t document_ = no_document;
};

}  // namespace kindling::text
