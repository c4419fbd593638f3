// modules/dialogue/model_port.h -- the owner's language model behind the guide's seam: it words what the guide has found.
//
// The guide finds, picks, asks and checks; the model says it more gracefully, and may plan: look around with read operations that any shopper
// has, and propose what to show (plan.h), within limits of rounds, calls and time. It is given the drafted blocks and the shopper's words as
// data. Its words are used only when they are plain text of the right language and length and every number, brand, value and promise in
// them is borne out (verify.h); they are told sentence by sentence as they pass. Quoted policies, baskets and orders are never reworded.
//
// A call takes seconds: never make it while a write transaction of the shop is open, for others would wait. Take the turn, commit, show
// it, then reword; a failure leaves the built-in words.
#pragma once
#include "modules/dialogue/guide.h"
#include "modules/dialogue/pieces.h"
#include "providers/language/budget.h"
#include "shop/services.h"

namespace kindling::dialogue {

struct ModelPortOptions {
    std::chrono::milliseconds deadline{12'000};                       // for everything, looking around included
    std::chrono::milliseconds first_token{6'000}, between_tokens{4'000};
    int rounds = 5, calls = 8;                                        // of a model that plans
};

// One for each shop, kept as long as the module (it knows what was spent, and whether the endpoint is resting). Reads the settings
// language_model_* at each call, so a change counts at once and wiring it needs no listener; without an address and a name every call
// fails with model_not_configured in about the time of a read transaction. The address is the owner's own: local networks are allowed.
// What was spent stands in <data folder>/language/spent-<shop>.json, by UTC day. Any thread.
// Fails with the reasons of providers::LanguageModel, nothing_to_reword, model_answer_unfit, and the store's.
std::unique_ptr<LanguageModel> model_for(shop::Services&, std::int64_t shop_id, ModelPortOptions = {});

// A setting as a whole number from 0 on, or `otherwise`.
std::int64_t number_or(std::string_view setting, std::int64_t otherwise);
using providers::assumed_price_minor_per_million;

// What a model may do beside wording, and who hears of it; everything may be empty.
struct Partaking {
    std::string basket_id = {};
    std::vector<Operation const*> lookups = {};  // read operations, run by `look`
    std::function<Result<json::value>(std::string_view operation, json::value const& request, std::stop_token)> look = {};
    TextScorer scorer = {};
    bool fresh = false;                          // see LanguageModel::Task
    std::stop_token stop = {};
    VerifiedPieces::Tell tell = {};                          // verified words as they come
    std::function<Result<void>(Turn const&)> adopted = {};   // a plan passed: to be kept and shown; an error refuses it
    std::function<void(std::string_view line)> note = {};
};

// What a model may look things up with: reading what any shopper may read.
std::vector<Operation const*> what_a_model_may_look_at(Registry const&);

// The model's words for a whole turn, every sentence read by the verifier with the turn's own products and grounds. `turn` becomes the one
// that the model planned when its plan passes. Fails as `reword` does, or with model_answer_untrue naming the first breach.
Result<std::string> reworded(LanguageModel&, std::shared_ptr<CatalogueView const> const&, Lexicon const&, Turn& turn, std::string const& shopper_text, Partaking const& = {});

// The draft as a model reads it.
json::array draft_of(std::span<Block const>);

// Promises a shop makes (discounts, free shipping, guarantees …) that the draft does not hold but the text does; empty: none.
std::vector<std::string> unbacked_promises(std::string_view text, std::span<Block const> draft, std::string_view topic = {});

}  // namespace kindling::dialogue
