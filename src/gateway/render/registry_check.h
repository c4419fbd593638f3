// gateway/render/registry_check.h -- is every declaration fit for every surface? A test of the program asks this of all of them.
#pragma once
#include "core/operation.h"
#include <string>
#include <vector>

namespace kindling::gateway {

// One sentence for each breach of the rules that declarations follow, sorted by operation; empty: all is well.
//   names of lower-case letters, digits and _; tool names of at most 64 bytes, none of them twice
//   both languages for every sentence and field; sentences end in a full stop
//   bounds that hold something, defaults within them; an example that fits the schema
//   …_minor and …_at_ms are whole numbers; no secret in an answer
//   page_size, page_token and next_page_token only together
//   reasons of lower-case words, none that every operation has anyway
std::vector<std::string> registry_problems(Registry const&);

}  // namespace kindling::gateway
