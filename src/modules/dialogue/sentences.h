// modules/dialogue/sentences.h -- where a sentence ends, in Chinese and English, also in a text that is still coming.
#pragma once
#include <cstddef>
#include <string_view>

namespace kindling::dialogue {

// One past the last byte of the first sentence: behind 。！？；! ? a line break, or a full stop that a blank follows ("3.5" goes on), closing
// quotes and brackets included. npos while the text may still go on with it. Bytes of UTF-8; pure.
std::size_t sentence_end(std::string_view text);

}  // namespace kindling::dialogue
