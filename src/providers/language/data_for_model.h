// providers/language/data_for_model.h -- texts of shoppers, products and tools go to a model as data, marked as such.
//
// No mark makes a model immune to "ignore your instructions" in a product text (Greshake et al. 2023, arXiv:2302.12173); therefore
// the house's posture is: a model that reads such texts holds read operations only, its words pass a verifier, and the marks make
// attacks harder. A wrapped text cannot close its own mark: every '<' in it is escaped.
#pragma once
#include "core/text.h"
#include <string>
#include <string_view>

namespace kindling::providers {

// <data name="product">…</data>; at most `most_bytes` of the text, cut between code points and said so. `name`: [a-z_.]+, ours.
std::string as_data(std::string_view name, std::string_view text, std::size_t most_bytes = 8'000);

// The sentence for the system message that says what the marks mean.
std::string_view data_rule(Locale);

}  // namespace kindling::providers
