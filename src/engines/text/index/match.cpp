#include "engines/text/index/match.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

#include "engines/text/index/alternative_places.h"

namespace kindling::text {

namespace {

class Matcher {
public:
    Matcher(const Where& where, const Plan& plan) : where_(where), segment_(*where.view.segments[where.segment].segment), plan_(plan) {
        std::size_t count = 0;
        for (auto const& slot : plan.slots) count += slot.alternatives.size();
        alternatives_.reserve(count);
        for (auto const& slot : plan.slots) {
            SlotState state{&slot, alternatives_.size()};
            for (auto const& alternative : slot.alternatives) {
                alternatives_.emplace_back(where.view, where.segment, alternative);
                if (alternatives_.back().documents() == 0) alternatives_.pop_back();
                else state.cost += alternatives_.back().documents();
            }
            // Those that have the word come first.
            auto const begin = alternatives_.begin() + static_cast<std::ptrdiff_t>(state.begin);
            std::stable_partition(begin, alternatives_.end(), [](auto const& a) { return a.sufficient(); });
            state.end = alternatives_.size();
            state.sufficient = static_cast<std::size_t>(std::find_if(begin, alternatives_.end(), [](auto const& a) { return !a.sufficient(); }) - alternatives_.begin());
            slots_.push_back(state);
        }
        places_ = std::make_unique_for_overwrite<std::uint32_t[]>(alternatives_.size() * capacity);
    }

    Matched all_words() {
        all_words_only_ = true;
        // A slot without any posting here matches nothing; after the last document of one slot nothing can match.
        auto last = no_document;
        for (auto const& slot : slots_) {
            std::uint32_t last_of_slot = 0;
            if (slot.begin == slot.sufficient) return {};
            for (auto a = slot.begin; a < slot.sufficient; ++a) last_of_slot = std::max(last_of_slot, alternatives_[a].last_document());
            last = std::min(last, last_of_slot);
        }
        if (slots_.empty()) return {};
        auto order = sorted([](auto const* a, auto const* b) { return a->cost < b->cost; });
        auto const& lead = *order[0];
        auto const others = [&](std::uint32_t n) {
            for (std::size_t k = 1; k < order.size() && n > 0; ++k) n = keep_slot(*order[k], {order.data(), k}, n);
            accept(n, nullptr);
        };
        if (lead.sufficient == lead.begin + 1) {
            while (auto const n = alternatives_[lead.begin].take_block(documents_.data() + size_, places(lead.begin))) {
                if (documents_[size_] > last) break;
                others(n);
            }
        } else {
            each_union(std::span(alternatives_).subspan(lead.begin, lead.sufficient - lead.begin), last, [&](std::uint32_t n) {
                for (auto a = lead.begin; a < lead.sufficient; ++a) find(a, n);
                others(n);
            });
        }
        flush();
        return std::move(out_);
    }

    Matched share(float share) {
        std::size_t required = 0;
        for (auto const& slot : slots_) {
            if (slot.plan->required && slot.begin == slot.end) return {};
            required += slot.plan->required ? 1 : 0;
        }
        // A little below, so that rounding never loses a document that has exactly the share.
        auto const wanted = share * plan_.weight * 0.9999f;
        auto order = sorted([](auto const* a, auto const* b) { return a->cost > b->cost; });
        std::erase_if(order, [](auto const* slot) { return slot->begin == slot->end; });
        float without = 0;
        std::size_t optional = 0;
        while (optional < order.size() && without + order[optional]->plan->weight < wanted) without += order[optional++]->plan->weight;
        std::rotate(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(optional), order.end());
        std::vector<AlternativePlaces*> essential;
        float every = 0;
        for (std::size_t k = 0; k < order.size(); ++k) {
            every += order[k]->plan->weight;
            for (auto a = order[k]->begin; k < order.size() - optional && a < order[k]->end; ++a) essential.push_back(&alternatives_[a]);
        }
        each_union(essential, no_document, [&](std::uint32_t n) {
            std::fill_n(masses_.begin(), n, 0.0f);
            std::fill_n(sufficient_.begin(), n, std::uint8_t{0});
            std::fill_n(needed_.begin(), n, std::uint8_t{0});
            auto left = every;
            for (std::size_t k = 0; k < order.size() && n > 0; ++k) {
                add_slot(*order[k], n);
                left -= order[k]->plan->weight;
                if (k + 1 < order.size() && left < wanted) n = keep_heavy({order.data(), k + 1}, n, wanted - left * 1.0001f, 0);
            }
            n = keep_heavy(order, n, wanted, required);
            std::array<std::uint8_t, batch> all;
            for (std::uint32_t i = 0; i < n; ++i) all[i] = sufficient_[i] == plan_.slots.size();
            accept(n, all.data());
        });
        flush();
        return std::move(out_);
    }

private:
    static constexpr std::uint32_t batch = block_size, capacity = 4 * batch, window = 4096;
    struct SlotState {
        const Slot* plan;
        std::size_t begin, sufficient = 0, end = 0;  // alternatives_; those before `sufficient` have the word
        std::size_t cost = 0;
    };
    using Order = std::span<SlotState* const>;

    template <class Before> std::vector<SlotState*> sorted(Before before) {
        std::vector<SlotState*> order;
        for (auto& slot : slots_) order.push_back(&slot);
        std::ranges::stable_sort(order, before);
        return order;
    }

    // The batch begins where the documents that were accepted end; so do its places.
    std::uint32_t* places(std::size_t alternative) { return places_.get() + alternative * capacity + size_; }
    std::span<const std::uint32_t> candidates(std::uint32_t n) const { return {documents_.data() + size_, n}; }
    void find(std::size_t alternative, std::uint32_t n) { alternatives_[alternative].find(candidates(n), places(alternative)); }

    // use(n) for batches of the documents up to `last` that have any of the alternatives.
    template <class Alternatives, class Use> void each_union(Alternatives&& alternatives, std::uint32_t last, Use&& use) {
        auto const of = [](auto& a) -> AlternativePlaces& {
            if constexpr (std::is_pointer_v<std::remove_reference_t<decltype(a)>>) return *a;
            else return a;
        };
        std::array<std::uint64_t, window / 64> words{};
        for (std::uint32_t base = 0;; base += window) {
            auto first = no_document;
            for (auto& a : alternatives) first = std::min(first, of(a).first(base));
            if (first == no_document || first > last) return;
            base = first / window * window;
            for (auto& a : alternatives) of(a).fill(base, words);
            std::uint32_t n = 0;
            for (std::size_t w = 0; w < words.size(); ++w) {
                for (auto bits = words[w]; bits != 0; bits &= bits - 1) {
                    documents_[size_ + n++] = base + static_cast<std::uint32_t>(w * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
                    if (n == batch) use(n), n = 0;
                }
                words[w] = 0;
            }
            if (n > 0) use(n);
        }
    }

    // Moves the batch together: kept_ lists which `m` of it stay; `slots` are those whose places are known.
    void compact(Order slots, bool all_alternatives, std::uint32_t m) {
        auto const move = [&](auto* values) {
            for (std::uint32_t i = 0; i < m; ++i) values[i] = values[kept_[i]];
        };
        move(documents_.data() + size_);
        for (auto const* slot : slots)
            for (auto a = slot->begin; a < (all_alternatives ? slot->end : slot->sufficient); ++a) move(places(a));
    }

    // All words: drops what the slot does not have.
    std::uint32_t keep_slot(const SlotState& slot, Order before, std::uint32_t n) {
        auto const* const first = places(slot.begin);
        std::uint32_t m = 0;
        for (auto a = slot.begin; a < slot.sufficient; ++a) find(a, n);
        if (slot.sufficient == slot.begin + 1) {
            for (std::uint32_t i = 0; i < n; ++i) kept_[m] = i, m += first[i] != no_place ? 1 : 0;
        } else {
            for (std::uint32_t i = 0; i < n; ++i) {
                bool any = false;
                for (auto a = slot.begin; a < slot.sufficient; ++a) any |= places(a)[i] != no_place;
                kept_[m] = i, m += any ? 1 : 0;
            }
        }
        if (m == n) return n;
        compact(before, false, m);
        for (auto a = slot.begin; a < slot.sufficient; ++a)
            for (std::uint32_t i = 0; i < m; ++i) places(a)[i] = places(a)[kept_[i]];
        return m;
    }

    // A share: adds what the slot gives.
    void add_slot(const SlotState& slot, std::uint32_t n) {
        std::array<float, batch> mass{};  // the heaviest alternative that is there
        std::array<std::uint8_t, batch> sufficient{}, there{};
        for (auto a = slot.begin; a < slot.end; ++a) {
            find(a, n);
            auto const* const at = places(a);
            auto const weight = alternatives_[a].weight();
            std::uint8_t const has_word = alternatives_[a].sufficient() ? 1 : 0;
            for (std::uint32_t i = 0; i < n; ++i) {
                bool const is_there = at[i] != no_place;
                mass[i] = std::max(mass[i], is_there ? weight : 0.0f);
                there[i] |= is_there ? 1 : 0;
                sufficient[i] |= is_there ? has_word : 0;
            }
        }
        for (std::uint32_t i = 0; i < n; ++i) {
            masses_[i] += mass[i];
            sufficient_[i] = static_cast<std::uint8_t>(sufficient_[i] + sufficient[i]);
            if (slot.plan->required) needed_[i] = static_cast<std::uint8_t>(needed_[i] + there[i]);
        }
    }
    std::uint32_t keep_heavy(Order slots, std::uint32_t n, float at_least, std::size_t required) {
        std::uint32_t m = 0;
        for (std::uint32_t i = 0; i < n; ++i) kept_[m] = i, m += static_cast<std::uint32_t>(masses_[i] >= at_least) & static_cast<std::uint32_t>(needed_[i] >= required);
        if (m == n) return n;
        compact(slots, true, m);
        for (std::uint32_t i = 0; i < m; ++i) masses_[i] = masses_[kept_[i]], sufficient_[i] = sufficient_[kept_[i]], needed_[i] = needed_[kept_[i]];
        return m;
    }

    // The first n of the batch match the text. `all`: whether each has every word; null: all have.
    void accept(std::uint32_t n, const std::uint8_t* all) {
        for (std::uint32_t i = 0; i < n; ++i) {
            where_.columns.prefetch(documents_[size_ + i]);
            all_words_[size_ + i] = all != nullptr ? all[i] : 1;
        }
        size_ += n;
        if (size_ + batch > capacity) flush();
    }

    // Filters and scores what was accepted and hands it out.
    void flush() {
        drop_hidden();
        if (size_ == 0) return;
        auto const n = std::exchange(size_, 0);
        std::span<const std::uint32_t> const documents{documents_.data(), n};
        where_.filters.failing(documents, failing_.data());
        std::uint32_t hits = 0;
        for (std::uint32_t i = 0; i < n; ++i) kept_[hits] = i, hits += failing_[i] == 0 ? 1 : 0;
        std::fill_n(scores_.begin(), n, 0.0f), std::fill_n(named_.begin(), n, 0u);
        if (hits > 0) score(n, hits);
        out_.documents.insert(out_.documents.end(), documents.begin(), documents.end());
        out_.failing.insert(out_.failing.end(), failing_.begin(), failing_.begin() + n);
        out_.scores.insert(out_.scores.end(), scores_.begin(), scores_.begin() + n);
        out_.all_words.insert(out_.all_words.end(), all_words_.begin(), all_words_.begin() + n);
        out_.named.insert(out_.named.end(), named_.begin(), named_.begin() + n);
    }
    void drop_hidden() {
        auto const& segment = where_.view.segments[where_.segment];
        if (where_.excluded.empty() && segment.live == segment_.documents()) return;
        std::uint32_t m = 0;
        for (std::uint32_t i = 0; i < size_; ++i) {
            auto const document = documents_[i];
            kept_[m] = i, m += segment.is_deleted(document) || std::ranges::binary_search(where_.excluded, document) ? 0 : 1;
        }
        if (m == size_) return;
        size_ = 0;
        for (std::uint32_t i = 0; i < m; ++i) documents_[i] = documents_[kept_[i]], all_words_[i] = all_words_[kept_[i]];
        for (std::size_t a = 0; a < alternatives_.size(); ++a)
            for (std::uint32_t i = 0; i < m; ++i) places(a)[i] = places(a)[kept_[i]];
        size_ = m;
    }
    // Scores those of the n documents that kept_ lists.
    void score(std::uint32_t n, std::uint32_t hits) {
        if (all_words_only_)
            for (auto const& slot : slots_)
                for (auto a = slot.sufficient; a < slot.end; ++a) find(a, n);
        std::array<float, View::most_texts> norms;
        for (std::uint32_t h = 0; h < hits; ++h) {
            auto const i = kept_[h], document = documents_[i];
            where_.view.norms_of(segment_.lengths(document), norms.data());
            float sum = 0;
            std::uint64_t named = 0;
            for (std::size_t s = 0; s < slots_.size(); ++s) {
                auto const& slot = slots_[s];
                float best = 0;
                for (auto a = slot.begin; a < slot.end; ++a)
                    if (auto const place = places(a)[i]; place != no_place) {
                        auto const levels = alternatives_[a].levels(place, document);
                        best = std::max(best, alternatives_[a].weight() * where_.view.saturation(levels, norms.data()));
                        if (a < slot.sufficient && (levels & where_.view.naming) != 0) named |= 1ull << s;
                    }
                sum += best * slot.plan->boost;
            }
            scores_[i] = sum, named_[i] = named;
        }
    }

    const Where& where_;
    const Segment& segment_;
    const Plan& plan_;
    std::vector<AlternativePlaces> alternatives_;
    std::vector<SlotState> slots_;  // in the order of the plan
    bool all_words_only_ = false;   // then alternatives that do not have the word are looked up for hits alone
    Matched out_;

    // What was accepted, and behind it the batch.
    std::uint32_t size_ = 0;
    std::array<std::uint32_t, capacity> documents_, kept_;
    std::unique_ptr<std::uint32_t[]> places_;  // of alternative a: from a * capacity on
    std::array<std::uint8_t, capacity> all_words_;
    std::array<std::uint64_t, capacity> failing_, named_;
    std::array<float, capacity> scores_;
    // Of the batch alone.
    std::array<float, batch> masses_;
    std::array<std::uint8_t, batch> sufficient_, needed_;
};

}  // namespace

Matched match_all_words(const Where& where, const Plan& plan) { return Matcher(where, plan).all_words(); }
Matched match_share(const Where& where, const Plan& plan, float share) { return Matcher(where, plan).share(share); }

}  // namespace kindling::text
