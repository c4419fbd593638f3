#include "modules/dialogue/category_model.h"
#include "core/stable_hash.h"
#include "core/utf8.h"
#include <algorithm>
#include <cmath>
#include <mutex>
#include <unordered_set>

namespace kindling::dialogue {

namespace {

constexpr double least_shown = 0.1, least_naming = 0.3;
constexpr std::size_t longest_name = 40, longest_rest = 60;

std::uint64_t mark_of(shop::Product const& p) {
    auto h = stable_hash_start;
    for (auto const* s : {&p.category_id, &p.title_en, &p.title_zh, &p.description_en, &p.description_zh}) h = stable_hash_of_part(*s, h);
    return h;
}

}  // namespace

std::uint32_t CategoryModel::class_of(std::string const& category_id) {
    auto const [at, fresh] = classes_.try_emplace(category_id, static_cast<std::uint32_t>(category_ids_.size()));
    if (fresh) category_ids_.push_back(category_id);
    return at->second;
}

void CategoryModel::put(CatalogueView const& view, ProductIndex const& index, std::size_t p) {
    auto const& entry = view[p];
    auto const& d = entry.data;
    auto const mark = mark_of(d);
    if (auto const found = marks_.find(d.product_id); found != marks_.end() && found->second == mark) return;
    marks_.insert_or_assign(d.product_id, mark);
    if (entry.category < 0) return words_.erase(d.product_id);
    auto const name = index.words(d.title_en + "\n" + d.title_zh, longest_name);
    // The beginning of a description says what else is spoken of with such goods.
    auto const rest = index.words(std::string(utf8_prefix(d.description_en, 400)) + "\n" + std::string(utf8_prefix(d.description_zh, 300)), longest_rest);
    words_.put(d.product_id, class_of(d.category_id), name, rest);
}

void CategoryModel::rebuild(CatalogueView const& view, ProductIndex const& index, std::span<ClickedCategory const> clicked) {
    std::unique_lock const lock(changing_);
    auto groups = text::commerce_synonyms();
    for (auto const& group : view.words().synonyms) groups.push_back(group);
    synonyms_.emplace(groups);
    std::unordered_set<std::string_view> living;
    for (std::size_t p = 0; p < view.size(); ++p) living.insert(view[p].data.product_id), put(view, index, p);
    std::erase_if(marks_, [&](auto const& mark) {
        if (living.contains(mark.first)) return false;
        words_.erase(mark.first);
        return true;
    });
    for (auto const& id : clicked_) words_.erase(id);
    clicked_.clear();
    for (auto const& c : clicked) {
        if (!view.words().category_ids.contains(c.category_id) || !(c.clicks > 0)) continue;
        clicked_.push_back("click\n" + c.query + "\n" + c.category_id);
        words_.put(clicked_.back(), class_of(c.category_id), index.words(c.query, 16), {}, static_cast<float>(std::sqrt(c.clicks)));
    }
    // On what shoppers might type, again when the catalogue is another one.
    if (auto const n = view.size(); n > calibrated_at_ * 5 / 4 || n < calibrated_at_ * 4 / 5) words_.calibrate(), calibrated_at_ = n;
}

void CategoryModel::apply(CatalogueView const& view, ProductIndex const& index, std::span<std::string const> changed, std::span<std::string const> gone) {
    std::unique_lock const lock(changing_);
    auto const leave = [&](std::string const& id) { words_.erase(id), marks_.erase(id); };
    for (auto const& id : changed)
        if (auto const p = view.find(id)) put(view, index, *p);
        else leave(id);
    for (auto const& id : gone) leave(id);
}

std::vector<std::vector<std::string>> CategoryModel::alternatives(ProductIndex const& index, std::string_view text) const {
    std::vector<std::vector<std::string>> out;
    auto const shorter = utf8_prefix(text, 600);
    for (auto& word : index.words(shorter, 32)) out.push_back({std::move(word)});
    if (!synonyms_) return out;
    // What means the same joins as words of its own where the titles do not know the word itself.
    for (auto const& match : synonyms_->find(shorter)) {
        auto const own = index.words(shorter.substr(match.begin, match.end - match.begin), 8);
        if (std::ranges::any_of(own, [&](auto const& w) { return words_.named(w) > 0; })) continue;
        std::vector<std::string> best;
        double most = 0;
        for (auto const& other : match.alternatives) {
            auto cut = index.words(other, 8);
            double least = cut.empty() ? 0 : words_.named(cut.front());
            for (auto const& w : cut) least = std::min(least, words_.named(w));
            if (least > most) most = least, best = std::move(cut);
        }
        for (auto& w : best) out.push_back({std::move(w)});
    }
    return out;
}

std::vector<PredictedCategory> CategoryModel::predict(CatalogueView const& view, ProductIndex const& index, std::string_view query, std::size_t most) const {
    std::shared_lock const lock(changing_);
    std::vector<PredictedCategory> out;
    if (category_ids_.size() < 2) return out;
    for (auto const& likely : words_.predict(alternatives(index, query))) {
        if (likely.probability < least_shown || out.size() >= most) break;
        if (auto const found = view.words().category_ids.find(category_ids_[likely.class_]); found != view.words().category_ids.end()) out.push_back({found->second, likely.probability});
    }
    return out;
}

std::string CategoryModel::naming_words(ProductIndex const& index, std::string_view text) const {
    std::shared_lock const lock(changing_);
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        while (i < text.size() && text[i] == ' ') ++i;
        auto const end = std::min(text.find(' ', i), text.size());
        auto const piece = text.substr(i, end - i);
        i = end;
        if (piece.empty()) continue;
        bool names = false;
        for (auto const& word : alternatives(index, piece)) names = names || words_.naming(word.front()) >= least_naming;
        if (names) out += (out.empty() ? "" : " ") + std::string(piece);
    }
    return out.empty() ? std::string(text) : out;
}

double category_factor(Vocabulary const& words, int category, std::span<PredictedCategory const> likely) {
    if (likely.empty()) return 1;
    double mine = 0;
    for (auto const& l : likely)
        if (words.within(category, l.category) || words.within(l.category, category)) mine = std::max(mine, l.probability);
    return 0.6 + 0.4 * mine / likely.front().probability;
}

}  // namespace kindling::dialogue
