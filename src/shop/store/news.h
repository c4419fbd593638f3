// shop/store/news.h -- what one process tells others of its commit: the text of it, the same on both databases.
//
// The text is JSON, [process, [[shop, kind, id], …]]. A process drops its own: its listeners were told at the commit. Where too much changed
// to be named, it says "many of this kind" (an empty id); who may have missed news counts every kind as changed.
#pragma once
#include "shop/store/store.h"

namespace kindling::shop {

std::string news_of(std::string_view process, std::span<Change const> changes, std::size_t most_bytes);
// Nothing for news of `process` itself, and for what is none.
std::vector<Change> changes_of(std::string_view news, std::string_view process);
std::vector<Change> everything_of(std::span<std::int64_t const> shops);

}  // namespace kindling::shop
