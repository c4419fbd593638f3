// modules/dialogue/guide.h -- one turn of the shopping guide: an utterance and what is remembered in, verified blocks out.
//
// The policy in short: obey what was said, always show the best picks, ask at most three questions in a conversation (the ones
// that tell most), never end with nothing: name the smallest relaxation and mark what it misses; state nothing that is not in the
// snapshot. Every block passes the verifier before `emit` sees it; a block that fails is written again from the newest snapshot
// or left out, and the breach is reported in `Turn::withheld`.
//
// Deterministic for equal inputs; a Guide holds no state; any thread. A turn over 2,000 products takes a few milliseconds.
#pragma once
#include "modules/dialogue/memory.h"
#include "modules/dialogue/ports.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/select.h"
#include "modules/dialogue/verify.h"
#include "modules/dialogue/wording.h"

namespace kindling::dialogue {

// Which goods some words speak of (retrieval.h).
using TextScorer = std::function<Retrieved(std::string_view words)>;

struct TurnInput {
    std::string text;
    std::optional<Locale> locale;         // of the answer; left out: that of the text
    std::string product_id;               // of the page the shopper is on
    std::string basket_id;
    std::string picture_id = {};          // a photo that came with the text
    std::vector<std::string> remove;      // constraint ids
    Milliseconds now = 0;
};

// How an answer came about, for the shop's people: what was read, how many fitted, what was given up, why this question.
struct TurnTrace {
    std::vector<std::string> requests, intents, understood, given_up, shown, remembered;
    std::string free_text, question;
    double question_bits = 0;
    std::int64_t candidates = 0;
    bool relaxed = false;
    static constexpr Field fields[] = {
        field("requests", "Requests that the words were taken for, in order.", "识别出的各项请求。").defaulted(), field("intents", "What each wanted.", "各请求的意图。").defaulted(), field("understood", "Limits in force, in the shopper's language.", "生效的条件。").defaulted(), field("given_up", "Limits that nothing met.", "无商品满足而放宽的条件。").defaulted(),
        field("shown", "SKUs that were shown.", "展示的 SKU。").defaulted(), field("remembered", "Limits that came from what was remembered.", "来自记忆的条件。").defaulted(), field("free_text", "Words that only ranked.", "仅用于排序的文字。").defaulted(), field("question", "What was asked back.", "追问的内容。").defaulted(), field("question_bits", "Information expected of the answer, bits.", "预期信息量（比特）。").defaulted(),
        field("candidates", "Products that met everything.", "完全符合的商品数。").defaulted(), field("relaxed", "Whether something had to give.", "是否放宽过条件。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(TurnTrace, (), (requests, intents, understood, given_up, shown, remembered, free_text, question, question_bits, candidates, relaxed))


struct Turn {
    std::vector<Block> blocks;
    GuideState state;
    std::string basket_id;
    Locale locale = Locale::zh;
    std::string topic;                    // for the shop's statistics: find, compare, order_status, shipping …
    bool needs_person = false;
    std::vector<std::string> withheld;    // breaches that the verifier stopped
    Grounds grounds;
    TurnTrace trace;
};

struct GuideOptions {
    std::int64_t most_questions = 3;
    std::size_t picks = 4;
    Priors const* priors = nullptr;       // learned of this shop (select.h); none: all questions are as easy to answer
};

// Whoever follows a turn while it is made; both may be empty, and must not wait (the turn's transaction is open).
struct Emit {
    std::function<void(Block const&)> block = {};                                          // when it is verified
    std::function<void(Locale, std::span<Constraint const> in_force)> understood = {};     // before anything is looked for
};
Turn take_turn(std::shared_ptr<CatalogueView const> const&, Lexicon const&, TextScorer const&, Ports const&, GuideState const&, TurnInput const&, Emit const&, GuideOptions const& = {});

// A pick as a card, with its reasons; `constraints` are those in force.
struct CardContext {
    std::span<Constraint const> constraints;
    std::int64_t cheapest_minor = -1;     // among all full picks, -1: unknown
    double popular = infinity;            // popularity from which a product is a best seller here
};
Card make_card(CatalogueView const&, Pick const&, Locale, CardContext const&);
BasketView make_basket_view(CatalogueView const&, std::string const& basket_id, std::span<Basket::Line const>, Locale);

}  // namespace kindling::dialogue
