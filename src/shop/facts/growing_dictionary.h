// shop/facts/growing_dictionary.h -- the writer's side of a text column: codes for new texts, and their way into the files; used by appender.cpp alone.
#pragma once
#include "shop/facts/checksum.h"
#include "shop/facts/dictionary.h"
#include "shop/facts/file.h"
#include "shop/facts/manifest.h"
#include <cstring>
#include <span>

namespace kindling::shop::facts {

// Texts known so far: committed ones mapped, new ones in memory until the appender is opened anew.
class GrowingDictionary {
public:
    Result<void> load(std::filesystem::path const& folder, Manifest const& m, std::size_t column) {
        old_entries_ = m.dictionaries[column].entries;
        texts_ = TRY(Mapping::map(texts_file(folder, m, column), m.dictionaries[column].bytes));
        auto const ends = TRY(Mapping::map(ends_file(folder, m, column), old_entries_ * 8));
        old_ends_.resize(static_cast<std::size_t>(old_entries_));
        if (old_entries_ > 0) std::memcpy(old_ends_.data(), ends.data(), ends.size());
        for (std::uint64_t last = 0; auto const end : old_ends_) {
            if (end < last || end > texts_.size()) return fail(Errc::failed_precondition, "facts_corrupt", "A dictionary of the fact table is damaged. Rebuild the facts from the shop's state.");
            last = end;
        }
        auto const text_of = [this](std::int64_t code) { return text(code); };
        index_.reserve(old_entries_ + 1);
        for (std::int64_t code = 0; code < old_entries_; ++code) index_.add(text(code), text_of);
        return {};
    }
    std::int64_t code_of(std::string_view value) {
        auto const text_of = [this](std::int64_t code) { return text(code); };
        if (auto const known = index_.find(value, text_of); known >= 0) return known;
        new_texts_ += value;
        new_ends_.push_back(new_texts_.size());
        return index_.add(value, text_of);
    }
    std::string_view text(std::int64_t code) const {
        auto const cut = [](char const* texts, std::span<std::uint64_t const> ends, std::size_t i) {
            auto const begin = i == 0 ? 0 : ends[i - 1];
            return std::string_view(texts + begin, static_cast<std::size_t>(ends[i] - begin));
        };
        return code < old_entries_ ? cut(texts_.data(), old_ends_, static_cast<std::size_t>(code)) : cut(new_texts_.data(), new_ends_, static_cast<std::size_t>(code - old_entries_));
    }
    // Writes what the committed state does not have yet.
    Result<DictionaryState> write(DictionaryState state, std::filesystem::path const& texts_path, std::filesystem::path const& ends_path, Durability durability) const {
        auto const entries = old_entries_ + static_cast<std::int64_t>(new_ends_.size());
        if (entries == state.entries) return state;
        auto const texts_file = TRY(File::open(texts_path, File::Mode::write));
        auto const ends_file = TRY(File::open(ends_path, File::Mode::write));
        auto const first = static_cast<std::size_t>(state.entries - old_entries_);
        auto const begin = first == 0 ? 0 : new_ends_[first - 1];
        auto const texts = std::string_view(new_texts_).substr(begin);
        std::vector<std::uint64_t> ends;
        for (auto i = first; i < new_ends_.size(); ++i) ends.push_back(texts_.size() + new_ends_[i]);
        std::string_view const end_bytes(reinterpret_cast<char const*>(ends.data()), ends.size() * 8);
        TRY(texts_file.write_at(state.bytes, texts));
        TRY(ends_file.write_at(state.entries * 8, end_bytes));
        if (durability == Durability::power) {
            TRY(texts_file.wait_for_disk());
            TRY(ends_file.wait_for_disk());
        }
        return DictionaryState{entries, state.bytes + static_cast<std::int64_t>(texts.size()), checksum(texts.data(), texts.size(), state.texts_crc),
                               checksum(end_bytes.data(), end_bytes.size(), state.ends_crc)};
    }

private:
    std::int64_t old_entries_ = 0;
    Mapping texts_;
    std::vector<std::uint64_t> old_ends_, new_ends_;
    std::string new_texts_;
    TextIndex index_;
};

}  // namespace kindling::shop::facts
