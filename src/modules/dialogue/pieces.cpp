#include "modules/dialogue/pieces.h"
#include "modules/dialogue/sentences.h"

namespace kindling::dialogue {

bool VerifiedPieces::feed(std::string_view text) {
    fed_ = fed_ || !text.empty();
    if (state_) coming_ += text;
    for (std::size_t end; state_ && (end = sentence_end(coming_)) != std::string::npos;) {
        held_ += coming_.substr(0, end);
        coming_.erase(0, end);
        offer(Extent::so_far);
    }
    return state_.has_value();
}

void VerifiedPieces::offer(Extent extent) {
    auto const verdict = check_(told_ + held_, extent);
    if (!verdict) return void(state_ = std::unexpected(verdict.error()));
    if (*verdict == Verdict::not_yet || held_.empty()) return;
    if (told_.empty()) held_.erase(0, std::min(held_.find_first_not_of(" \t\r\n"), held_.size()));
    if (tell_ && !held_.empty()) tell_(held_, std::exchange(anew_, false)), anything_ = true;
    told_ += std::exchange(held_, {});
}

void VerifiedPieces::anew() {
    coming_.clear(), held_.clear(), told_.clear();
    state_ = {}, fed_ = false, anew_ = anything_;
}

Result<std::string> VerifiedPieces::end() {
    if (state_) {
        held_ += std::exchange(coming_, {});
        while (!held_.empty() && (held_.back() == ' ' || held_.back() == '\n' || held_.back() == '\r' || held_.back() == '\t')) held_.pop_back();
        offer(Extent::whole);
    }
    TRY(state_);
    auto out = told_;
    while (!out.empty() && (out.back() == ' ' || out.back() == '\n' || out.back() == '\r' || out.back() == '\t')) out.pop_back();
    return out;
}

}  // namespace kindling::dialogue
