// modules/dialogue/answer.cpp -- dialogue.ask: the turn in one transaction, then, when the owner has plugged in a model, its words.
//
// A model takes seconds, and other writers of the shop must not wait for it: the turn is committed first and told as it was made. What the
// model proposes or says afterwards is kept by a small transaction of its own, and only if the talk has not gone on meanwhile.
#include "core/id.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include <boost/json.hpp>
#include <chrono>
#include "modules/dialogue/api.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/model_port.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/sql.h"
#include "modules/dialogue/telling.h"
#include "providers/language/redaction.h"
#include "shop/activity/api.h"

namespace kindling::dialogue {

namespace {

// The model's words take the place of the built-in sentences; cards, tables and chips stay as they are.
std::vector<Block> said_instead(std::vector<Block> const& shown, std::string const& words) {
    std::vector<Block> out;
    bool said = false;
    for (auto const& block : shown) {
        if (block.kind != BlockKind::text) { out.push_back(block); continue; }
        if (std::exchange(said, true)) continue;
        auto spoken = block;
        spoken.text = words, spoken.facts.clear();
        out.push_back(std::move(spoken));
    }
    return out;
}

// The answer as a conversation's log keeps it.
std::string log_text(std::span<Block const> blocks) {
    std::string said;
    for (auto const& block : blocks) {
        if (!block.text.empty()) said += (said.empty() ? "" : "\n") + block.text;
        for (auto const& card : block.cards) said += "\n- " + card.title + " " + card.price_text;
    }
    return std::string(utf8_prefix(said, 18000));
}

// The products of an answer as the console's conversation page shows them; what was said stands in the sealed body.
json::value shown_data(std::span<Block const> blocks) {
    json::array products;
    for (auto const& block : blocks)
        for (auto const& card : block.cards) products.push_back(json::object{{"id", card.product_id}, {"sku", card.sku}, {"title_en", card.title}, {"title_zh", card.title}, {"price_minor", card.price_minor}, {"currency", card.currency}, {"picture_url", card.picture}});
    return products.empty() ? json::value(nullptr) : json::value(json::object{{"products", std::move(products)}});
}

bool wants_the_guide_back(std::string_view text) { return cues::has(surface_of(text), U"回到导购 继续问导购 找导购 导购回来 back_to_the_guide back_to_guide the_guide_again"); }

// A person of the shop is answering: what the shopper says is kept for them, and the guide says nothing else.
Turn beside_a_person(GuideState const& state, TurnInput const& input, bool back, Telling& telling) {
    Turn turn{.state = state, .basket_id = input.basket_id, .locale = input.locale.value_or(state.locale.empty() ? Locale::zh : locale_of(state.locale)), .topic = "person"};
    Spoken spoken;
    spoken.say(back ? Phrase::back_to_guide : Phrase::with_person, turn.locale, state.turn);
    turn.blocks.push_back({.kind = BlockKind::text, .text = std::move(spoken.text)});
    ++turn.state.turn;
    if (auto const emit = telling.emit(); emit.block) emit.block(turn.blocks.front());
    return turn;
}

// What was looked for in a talk, beside the searches of pages (search_report.h). Of no visit: the talk's own events tell what became of it.
Result<void> note_searches(Context& context, TurnTrace const& trace) {
    shop::RecordEvents searches;
    providers::Redactor redactor;
    for (std::size_t i = 0; i < trace.requests.size() && i < trace.intents.size(); ++i)
        if (trace.intents[i] == "find") searches.events.push_back({.kind = "search", .at_ms = context.now, .session_id = {}, .customer_id = {}, .product_id = {}, .query = std::string(utf8_prefix(redactor.hide(trace.requests[i]), 300)), .channel = "guide", .results = {}, .position = {}});
    // How many fitted is known of the last wish of a turn.
    if (searches.events.empty()) return {};
    searches.events.back().results = trace.relaxed ? 0 : trace.candidates;
    auto server = context;
    server.caller = {.kind = Caller::Kind::system, .id = "guide", .role = "system", .customer_id = {}, .session_id = {}, .permissions = {"events.write"}};
    TRY(shop::record_events(server, searches));
    return {};
}

// What a turn offered, held once more against every limit in force: whatever showed it, an offer is true when it meets all, or misses only what the
// answer says it gave up. Of turns that look for goods; a comparison or a basket offers nothing new.
struct Offers { std::int64_t all = 0, met = 0; };
Offers offers_of(CatalogueView const& view, Turn const& turn) {
    Offers out;
    if (turn.topic != "find" && turn.topic != "gift") return out;
    std::vector<std::pair<Condition, bool>> limits;   // and whether the answer gave it up
    for (auto const& c : turn.state.constraints)
        if (!c.soft) limits.emplace_back(resolve(c, view.words()), std::ranges::find(turn.trace.given_up, c.label(turn.locale)) != turn.trace.given_up.end());
    for (auto const& sku : turn.trace.shown) {
        auto const good = view.find_sku(sku);
        if (!good) continue;
        ++out.all, out.met += std::ranges::all_of(limits, [&](auto const& limit) { return limit.second || holds(view, good->first, good->second, limit.first); });
    }
    return out;
}

TextScorer scorer_of(Live const& now) {
    return [&now](std::string_view words) { return retrieve(now, words); };
}

}  // namespace

Result<Answer> Module::ask(Context& context, Ask const& in) {
    auto const now = TRY(live(context.shop_id, context.now));
    LanguageModel* model = nullptr;
    if (!context.open) {
        auto* const plugged = this->model(context.shop_id);
        auto const ready = plugged->ready();
        if (ready && *ready) model = plugged;
        else if (!ready) context.note("the language model's settings cannot be read: " + ready.error().message);
    }
    Telling telling(context, model ? Telling::Texts::for_the_model : Telling::Texts::told);
    auto taken = [&]() -> Result<Taken> {
        if (context.open) return take(context, in, telling, now);
        auto const own = TRY(services_.store->write(context.shop_id));  // holds the shop's writers up until it goes, committed or not
        context.open = own.get();
        auto out = take(context, in, telling, now);
        context.open = nullptr;
        if (out && !context.dry()) TRY(own->commit());
        return out;
    }();
    if (!taken) return std::unexpected(taken.error());
    telling.kept(taken->answer.conversation_id, taken->answer.basket_id);
    if (model) word(context, in, *model, *taken, telling, now);
    return std::move(taken->answer);
}

LanguageModel* Module::model(std::int64_t shop_id) {
    std::lock_guard lock(mutex_);
    auto& model = models_[shop_id];
    if (!model) model = make_model_(services_, shop_id);
    return model.get();
}

Result<Module::Taken> Module::take(Context& context, Ask const& in, Telling& telling, Live const& now) {
    auto const store = sql::conversations(context);
    auto const basket = sql::basket(context);
    ToldBasket told_basket(*basket, telling);
    auto const knowledge = sql::knowledge(context);
    auto const heard = sql::reviews(context);
    Answer out{.conversation_id = in.conversation_id};
    GuideState state;
    TurnInput input{.text = in.text, .product_id = in.product_id, .basket_id = in.basket_id, .picture_id = in.picture_id, .remove = in.remove, .now = context.now};
    if (!in.locale.empty()) input.locale = locale_of(in.locale);
    auto const stored = TRY(store->load(in.conversation_id));
    if (stored) {
        if (!stored->state.empty())
            if (auto const parsed = parse_json(stored->state))
                if (auto remembered = read_json<GuideState>(*parsed)) state = std::move(*remembered);  // of an older version: start afresh
        if (input.basket_id.empty()) input.basket_id = stored->basket_id;
    } else out.conversation_id = "con_" + new_secret(18);
    auto const orders = sql::orders(context, guesses_, out.conversation_id);
    auto const preferences = sql::preferences(context);
    auto const watches = sql::watches(context, out.conversation_id);
    auto const records = sql::records(context);
    auto const promotions = sql::promotions(context);
    auto const merchandising = sql::merchandising_rules(context);
    struct PicturesHere final : Pictures {
        PicturesHere(Context& c, pictures::Module* m) : context(c), module(m) {}
        Context& context;
        pictures::Module* module;
        Result<std::vector<pictures::Alike>> alike(std::string const& id) override { return module->alike(context.tx(), id, context.now); }
        void forget(std::string const& id) override { if (!context.dry()) module->forget(context.shop_id, id); }
    } pictures(context, pictures_);
    bool const back = stored && stored->with_person && wants_the_guide_back(in.text);
    auto const started = std::chrono::steady_clock::now();
    auto turn = stored && stored->with_person ? beside_a_person(state, input, back, telling)
                                              : take_turn(now.view, *now.lexicon, scorer_of(now), {.basket = &told_basket, .orders = orders.get(), .knowledge = knowledge.get(), .reviews = heard.get(), .preferences = preferences.get(), .watches = watches.get(), .records = records.get(), .promotions = promotions.get(), .merchandising = merchandising.get(), .pictures = pictures_ ? &pictures : nullptr}, state, input, telling.emit(), {.priors = now.priors.get()});
    auto const took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started).count();
    for (auto const& breach : turn.withheld) context.note("withheld: " + breach);
    auto kept = to_text(write_json(turn.state));
    if (!context.dry()) {
        TRY(store->save({.conversation_id = out.conversation_id, .shopper_text = (in.picture_id.empty() ? "" : turn.locale == Locale::zh ? "（照片）" : "(photo) ") + std::string(utf8_prefix(repair_utf8(in.text), 6000)), .guide_text = log_text(turn.blocks), .state = kept, .basket_id = turn.basket_id, .topic = turn.topic, .locale = turn.locale, .needs_person = turn.needs_person, .data = shown_data(turn.blocks), .person = back ? ConversationStore::Turn::Person::given_back : ConversationStore::Turn::Person::as_before}));
        auto const offers = offers_of(*now.view, turn);
        TRY(sql::keep_turn(context, {.conversation_id = out.conversation_id, .topic = turn.topic, .basket_id = turn.basket_id, .locale = turn.locale, .trace = turn.trace, .withheld = static_cast<std::int64_t>(turn.withheld.size()), .microseconds = took, .offered = offers.all, .offered_true = offers.met, .needs_person = turn.needs_person, .added = turn.state.added_turn == turn.state.turn - 1 && !turn.state.added.empty()}));
        TRY(note_searches(context, turn.trace));
    }
    out.locale = name_of(turn.locale), out.messages = turn.blocks, out.understood = in_force(turn.state), out.basket_id = turn.basket_id, out.topic = turn.topic, out.needs_person = turn.needs_person;
    return Taken{std::move(out), std::move(turn), std::move(kept)};
}

void Module::word(Context& context, Ask const& in, LanguageModel& model, Taken& taken, Telling& telling, Live const& now) {
    auto const keep = [&](Turn const& turn, std::span<Block const> said) -> Result<void> {
        if (context.dry()) return {};
        auto const tx = TRY(services_.store->write(context.shop_id));
        auto state = to_text(write_json(turn.state));
        context.open = tx.get();
        auto const amended = sql::conversations(context)->amend({.conversation_id = taken.answer.conversation_id, .shopper_text = {}, .guide_text = log_text(said), .state = state, .basket_id = {}, .topic = {}, .locale = turn.locale}, taken.state);
        context.open = nullptr;
        if (!TRY(amended)) return fail(Errc::conflict, "talk_went_on", "The shopper has said something else meanwhile.");
        TRY(tx->commit());
        taken.state = std::move(state);
        return {};
    };
    Partaking part{.basket_id = taken.answer.basket_id, .scorer = scorer_of(now), .stop = context.progress.stop};
    part.tell = [&](std::string_view text, bool anew) { telling.piece(text, anew); };
    part.note = [&](std::string_view line) { context.note(line); };
    if (context.look && services_.registry) {
        part.lookups = what_a_model_may_look_at(*services_.registry);
        part.look = context.look;
    }
    part.adopted = [&](Turn const& turn) -> Result<void> {
        TRY(keep(turn, turn.blocks));
        telling.again(turn);
        return {};
    };
    auto const words = reworded(model, now.view, *now.lexicon, taken.turn, in.text, part);
    auto& answer = taken.answer;
    // The built-in words stand unless the model's are better dressed and just as true.
    answer.messages = words ? said_instead(taken.turn.blocks, *words) : taken.turn.blocks, answer.understood = in_force(taken.turn.state);
    if (!words) {
        telling.built_in();
        if (words.error().reason != "nothing_to_reword") context.note("the built-in words stand: " + words.error().message);
    } else if (auto const kept = keep(taken.turn, answer.messages); !kept) context.note("the log keeps the built-in words: " + kept.error().message);
}

}  // namespace kindling::dialogue
