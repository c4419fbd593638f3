// shop/facts/dictionary.h -- from a text to its code: open addressing over codes; the texts themselves lie elsewhere, once.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace kindling::shop::facts {

// 64 bits, multiplication and folding a word at a time; not for secrets.
std::uint64_t text_hash(std::string_view);

// Codes are 0, 1, 2 ... in order of adding. `text_of(code)` gives the text of a code. Not thread-safe while adding.
class TextIndex {
public:
    std::int64_t size() const { return size_; }

    // Makes room for the first `texts` texts at once; before the first add().
    void reserve(std::int64_t texts) {
        std::size_t slots = 16;
        while (static_cast<std::size_t>(texts) * 3 > slots * 2) slots *= 2;
        slots_.assign(slots, {});
    }

    // The code of `text`, or -1.
    template <class TextOf> std::int64_t find(std::string_view text, TextOf const& text_of) const {
        if (slots_.empty()) return -1;
        auto const hash = text_hash(text);
        for (auto i = hash & mask();; i = (i + 1) & mask()) {
            auto const& slot = slots_[i];
            if (slot.code_plus_one == 0) return -1;
            if (slot.tag == static_cast<std::uint32_t>(hash >> 32) && text_of(std::int64_t(slot.code_plus_one) - 1) == text) return std::int64_t(slot.code_plus_one) - 1;
        }
    }

    // Adds the next code; `text` must not be there yet.
    template <class TextOf> std::int64_t add(std::string_view text, TextOf const& text_of) {
        if (static_cast<std::size_t>(size_ + 1) * 3 > slots_.size() * 2) grow(text_of);
        place(text_hash(text), static_cast<std::uint32_t>(++size_));
        return size_ - 1;
    }

private:
    struct Slot {
        std::uint32_t code_plus_one = 0, tag = 0;
    };
    std::uint64_t mask() const { return slots_.size() - 1; }
    void place(std::uint64_t hash, std::uint32_t code_plus_one) {
        auto i = hash & mask();
        while (slots_[i].code_plus_one != 0) i = (i + 1) & mask();
        slots_[i] = {code_plus_one, static_cast<std::uint32_t>(hash >> 32)};
    }
    template <class TextOf> void grow(TextOf const& text_of) {
        slots_.assign(slots_.empty() ? 16 : slots_.size() * 2, {});
        for (std::int64_t code = 0; code < size_; ++code) place(text_hash(text_of(code)), static_cast<std::uint32_t>(code + 1));
    }
    std::vector<Slot> slots_;
    std::int64_t size_ = 0;
};

}  // namespace kindling::shop::facts
