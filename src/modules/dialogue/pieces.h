// modules/dialogue/pieces.h -- a model's words as they come, cut into sentences, each read before anybody sees it.
//
// A sentence is read together with all before it, so that what was told stands as a whole. The first one that does not pass ends it: nothing
// more is told, and `end` gives the breach. Nothing that was not read is ever told.
//
// Not for two threads at once. Cost: what `check` costs, once for each sentence.
#pragma once
#include "core/result.h"
#include <functional>
#include <string>
#include <string_view>

namespace kindling::dialogue {

enum class Extent { so_far, whole };
enum class Verdict { true_, not_yet };  // not_yet: can only be told with more of it (which language it is in)
using CheckWords = std::function<Result<Verdict>(std::string_view text, Extent)>;

class VerifiedPieces {
public:
    // `anew`: the piece takes the place of all that was told.
    using Tell = std::function<void(std::string_view piece, bool anew)>;
    VerifiedPieces(CheckWords check, Tell tell) : check_(std::move(check)), tell_(std::move(tell)) {}

    // False: it does not stand, more of it is not needed.
    bool feed(std::string_view text);
    // What follows is another text: what was told before is replaced by its first piece.
    void anew();
    bool fed() const { return fed_; }
    Result<void> const& state() const { return state_; }
    // The whole text, read as a whole; the rest of it is told.
    Result<std::string> end();

private:
    void offer(Extent);
    CheckWords check_;
    Tell tell_;
    std::string coming_, held_, told_;  // not a sentence yet; sentences not told yet; told
    Result<void> state_ = {};
    bool fed_ = false, anew_ = false, anything_ = false;
};

}  // namespace kindling::dialogue
