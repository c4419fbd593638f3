// modules/dialogue/model_port.h -- the owner's language model behind the guide's seam: it words what the guide has found.
//
// The guide finds, picks, asks and checks; the model only says it more gracefully. It is given the drafted blocks as data and the
// shopper's words as data, holds no tools, and its answer is used only when it is plain text of the right language and length
// and every number, brand, value and promise in it is borne out (verify.h). Quoted policies, baskets and orders are never reworded.
//
// A call takes seconds: never make it while a write transaction of the shop is open, for others would wait. Take the turn, commit, answer with
// the built-in words, then reword and send the model's words as they pass; a failure changes nothing.
#pragma once
#include "modules/dialogue/guide.h"
#include "shop/services.h"

namespace kindling::dialogue {

struct ModelPortOptions {
    std::chrono::milliseconds deadline{8'000};
    std::size_t longest_answer = 1'500;  // bytes
};

// One for each shop, kept as long as the module (it knows what was spent, and whether the endpoint is resting). Reads the settings
// language_model_* at each call, so a change counts at once and wiring it needs no listener; without an address and a name every call
// fails with model_not_configured in about the time of a read transaction. The address is the owner's own: local networks are allowed.
// What was spent stands in <data folder>/language/spent-<shop>.json, by UTC day. Any thread.
// Fails with the reasons of providers::LanguageModel, nothing_to_reword, model_answer_unfit, and the store's.
std::unique_ptr<LanguageModel> model_for(shop::Services&, std::int64_t shop_id, ModelPortOptions = {});

// The model's words for a whole turn, read by the verifier with the turn's own products and grounds; fails as `reword` does, or with
// model_answer_untrue naming the first breach.
Result<std::string> reworded(LanguageModel&, CatalogueView const&, Lexicon const&, Turn const&, std::string const& shopper_text);

// Promises a shop makes (discounts, free shipping, guarantees …) that the draft does not hold but the text does; empty: none.
std::vector<std::string> unbacked_promises(std::string_view text, std::span<Block const> draft);

}  // namespace kindling::dialogue
