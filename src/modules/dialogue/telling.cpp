#include "modules/dialogue/telling.h"
#include <boost/json.hpp>

namespace kindling::dialogue {

Emit Telling::emit() {
    if (!context_.tell) return {};
    return {.block = [this](Block const& b) { block(b); },
            .understood = [this](Locale locale, std::span<Constraint const> in_force) {
                json::array list;
                for (auto const& c : in_force) list.push_back(write_json(c));
                context_.tell("understood", json::object{{"locale", name_of(locale)}, {"understood", std::move(list)}});
            }};
}

void Telling::send(std::size_t at, Block const& b) { context_.tell("block", json::object{{"at", at}, {"block", write_json(b)}}); }

void Telling::block(Block const& b) {
    auto const at = next_++;
    if (texts_ == Texts::for_the_model && b.kind == BlockKind::text) {
        texts_kept_.emplace_back(at, b);
        if (!words_at_) words_at_ = at, context_.tell("words", json::object{{"at", at}, {"text", ""}, {"anew", false}});
    } else if (committed_) send(at, b);
    else uncommitted_.emplace_back(at, b);
}

void Telling::kept(std::string const& conversation_id, std::string const& basket_id) {
    if (!context_.tell) return;
    committed_ = true;
    context_.tell("kept", json::object{{"conversation_id", conversation_id}, {"basket_id", basket_id}});
    for (auto const& [at, b] : std::exchange(uncommitted_, {})) send(at, b);
}

void Telling::again(Turn const& turn) {
    if (!context_.tell) return;
    context_.tell("again", json::object());
    next_ = 0, words_at_.reset(), texts_kept_.clear();
    auto const emitter = emit();
    emitter.understood(turn.locale, turn.state.constraints);
    for (auto const& b : turn.blocks) block(b);
}

void Telling::piece(std::string_view text, bool anew) {
    // A job's log and an agent's client see that it goes on.
    context_.progress(++pieces_, 0, text);
    if (context_.tell && words_at_) context_.tell("words", json::object{{"at", *words_at_}, {"text", text}, {"anew", anew}});
}

void Telling::built_in() {
    if (!context_.tell) return;
    for (auto const& [at, b] : texts_kept_) send(at, b);
}

}  // namespace kindling::dialogue
