// modules/dialogue/title_rows.h -- rows of bits over all titles of one view, made once: which titles hold the words of a wish. One search asks for the same row
// when it selects, when it relaxes and for each of its facets, and the next search asks for "red" again.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace kindling::dialogue {

using TitleRow = std::shared_ptr<std::vector<std::uint64_t> const>;   // a bit per product

class TitleRows {
public:
    // The row that was made for these words; `make` makes it, outside the lock, where there is none. Any thread; two that ask at once may both make it.
    template <class Make> TitleRow of(std::u32string const& words, Make const& make) const {
        {
            std::lock_guard const lock(mutex_);
            if (auto const found = rows_.find(words); found != rows_.end()) return found->second;
        }
        auto row = std::make_shared<std::vector<std::uint64_t> const>(make());
        std::lock_guard const lock(mutex_);
        if (rows_.size() >= most) rows_.clear();
        return rows_.try_emplace(words, std::move(row)).first->second;
    }

private:
    static constexpr std::size_t most = 128;   // 3 KiB each for 24,000 titles
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::u32string, TitleRow> rows_;
};

}  // namespace kindling::dialogue
