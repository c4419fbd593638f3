// The photo in a talk: see by_picture.h and TurnMaker's part of it.
#include "modules/dialogue/by_picture.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

AlikeGoods alike_goods(CatalogueView const& view, std::span<pictures::Alike const> found) {
    AlikeGoods out;
    for (auto const& a : found)
        if (auto const p = view.find(a.product_id)) out.likeness.emplace(*p, a.likeness), out.in.emplace(*p, a.in), out.best = std::max(out.best, a.likeness);
    return out;
}

TextScores with_words(AlikeGoods const& goods, TextScores const& words) {
    auto out = goods.likeness;
    for (auto& [product, score] : out)
        if (auto const found = words.find(product); found != words.end()) score += 0.25 * std::min(1.0, found->second);
    return out;
}

std::string why_alike(AlikeGoods const& goods, std::size_t product, Locale locale) {
    bool const zh = locale == Locale::zh;
    static constexpr std::pair<std::string_view, std::string_view> names[] = {{"colour", "颜色"}, {"shape", "形状"}, {"texture", "纹理"}};
    std::string list;
    auto const found = goods.in.find(product);
    if (found == goods.in.end()) return {};
    for (std::size_t i = 0; i < found->second.size(); ++i) {
        auto const& [en, chinese] = names[static_cast<std::size_t>(found->second[i])];
        list += i == 0 ? "" : zh ? "、" : i + 1 == found->second.size() ? " and " : ", ";
        list += zh ? chinese : en;
    }
    if (list.empty()) return zh ? "与照片相似" : "looks like your photo";
    return zh ? "与照片相似：" + list : "looks like your photo in " + list;
}

Constraint picture_in_force() { return {.constraint_id = std::string(picture_constraint), .kind = ConstraintKind::picture, .label_en = "Like your photo", .label_zh = "与照片相似"}; }

std::vector<Constraint> in_force(GuideState const& state) {
    auto out = state.constraints;
    // Beside a kind of goods, or a photo, the words only order.
    if (state.picture_id.empty() && !state.free_text.empty() && std::ranges::none_of(state.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; })) out.insert(out.begin(), {.constraint_id = std::string(words_constraint), .said = state.free_text, .label_en = state.free_text, .label_zh = state.free_text});
    if (!state.picture_id.empty()) out.insert(out.begin(), picture_in_force());
    return out;
}

void TurnMaker::forget_picture() {
    if (ports_.pictures && !state().picture_id.empty()) ports_.pictures->forget(state().picture_id);
    state().picture_id.clear();
    alike_.reset();
}

// A photo with this turn: it is looked for whatever the words would have been without it, unless they ask for something else than goods.
bool TurnMaker::shows_picture() {
    if (input_.picture_id.empty() || picture_seen_) return false;
    picture_seen_ = true;
    switch (reading_.intent) {
        case Intent::empty: case Intent::find: case Intent::more: case Intent::ask_fact: case Intent::compare: case Intent::advise: case Intent::no_preference:
        case Intent::greet: case Intent::help: case Intent::why: case Intent::out_of_scope: case Intent::gift: case Intent::size_help: break;
        default: return false;
    }
    out_.topic = "picture";
    remember(state(), reading_, view_);
    find();
    return true;
}

void TurnMaker::keep_alike(Selection& found, bool by_rank) {
    auto& s = state();
    if (s.picture_id.empty()) return;
    if (!alike_) {
        auto const near = ports_.pictures ? ports_.pictures->alike(s.picture_id) : Result<std::vector<pictures::Alike>>(fail(Errc::failed_precondition, "pictures_not_indexed", "Pictures are not looked at here."));
        if (!near) {
            picture_problem_ = near.error().reason == "picture_gone" ? Phrase::picture_gone : Phrase::picture_unread;
            s.picture_id.clear();
            return;
        }
        alike_ = alike_goods(view_, *near);
    }
    std::vector<Pick> kept;
    for (auto const& pick : found.full)
        if (alike_->likeness.contains(pick.product)) kept.push_back(pick);
    if (kept.empty()) return;
    scores_ = with_words(*alike_, scores_);
    for (auto& pick : kept) pick.score = scores_.at(pick.product);
    auto const likest = [](Pick const& a, Pick const& b) { return a.score > b.score; };
    if (by_rank) std::stable_sort(kept.begin(), kept.end(), likest);
    else if (constexpr std::size_t near_enough = 40; kept.size() > near_enough) {
        // The cheapest of what looks alike, not of what hardly does.
        auto scores = kept;
        std::nth_element(scores.begin(), scores.begin() + near_enough, scores.end(), likest);
        std::erase_if(kept, [least = scores[near_enough].score](Pick const& pick) { return pick.score <= least; });
    }
    found.full = std::move(kept);
}

// What a find with a photo begins with; false when that leaves something to be said.
bool TurnMaker::say_alike(Selection const& found) {
    if (auto const problem = std::exchange(picture_problem_, {})) say(*problem);
    if (state().picture_id.empty() || !alike_) return false;
    auto const needs = labels(state().constraints);
    bool const any = std::any_of(found.full.begin(), found.full.end(), [&](Pick const& pick) { return alike_->likeness.contains(pick.product); });
    if (alike_->likeness.empty()) say(Phrase::picture_unlike);
    else if (!any && !found.full.empty()) say(Phrase::picture_none_within, {echo("needs", needs)});
    else if (!any) return false;
    else if (alike_->best < AlikeGoods::sure) say(Phrase::picture_far);
    else if (needs.empty()) say(Phrase::picture_found);
    else say(Phrase::picture_found_within, {echo("needs", needs)});
    // Another kind of thing is wanted now: the photo was of something else.
    if (!any && std::any_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; })) forget_picture();
    return any || !needs.empty();
}

}  // namespace kindling::dialogue
