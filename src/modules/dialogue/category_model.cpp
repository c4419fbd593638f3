#include "modules/dialogue/category_model.h"
#include "core/stable_hash.h"
#include "core/utf8.h"
#include <algorithm>
#include <cmath>
#include <mutex>
#include <unordered_set>

namespace kindling::dialogue {

namespace {

constexpr double least_shown = 0.1, least_naming = 0.3, least_head = 0.1;
constexpr double least_titles = 5, most_odd = 0.05;
constexpr std::uint32_t least_heads = 3;   // names that end so, before a word counts as the name of a thing
constexpr std::size_t longest_name = 40, longest_rest = 60;

// The last word of a title's first phrase: up to "for", "with", a comma, a bracket or a dash between blanks; an amount at its end is none ("… Cover 61 Keys"), nor is a word for many of them.
std::string head_of(std::string_view title) {
    static std::unordered_set<std::string_view> const ends{"for", "with", "by", "w", "compatible", "fits", "featuring", "include", "includes", "including", "in", "from", "that", "to", "great", "ideal", "perfect", "of"};
    std::vector<std::string> words;
    auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\''; };
    for (std::size_t i = 0; i < title.size();) {
        auto const lower = [&](std::size_t k) { return title[k] >= 'A' && title[k] <= 'Z' ? static_cast<char>(title[k] + 32) : title[k]; };
        if (!letter(lower(i))) {
            bool const dash = title[i] == '-' && i > 0 && title[i - 1] == ' ' && i + 1 < title.size() && title[i + 1] == ' ';
            if (!words.empty() && (dash || std::string_view(",([|:;/").find(title[i]) != std::string_view::npos || static_cast<unsigned char>(title[i]) >= 0xE2)) break;
            ++i;
            continue;
        }
        std::string word;
        for (; i < title.size() && letter(lower(i)); ++i) word += lower(i);
        if (!words.empty() && ends.contains(word)) break;
        words.push_back(std::move(word));
    }
    auto const amount = [](std::string const& w) { return w.front() >= '0' && w.front() <= '9'; };
    // A set of blocks is blocks.
    static std::unordered_set<std::string_view> const sorts{"set", "sets", "kit", "kits", "pack", "packs", "bundle", "lot", "collection", "series", "toy", "toys", "pieces", "pair", "gift", "gifts", "edition"};
    while (words.size() > 1 && (amount(words.back()) || amount(words[words.size() - 2]) || sorts.contains(words.back()))) words.pop_back();
    return words.empty() || amount(words.back()) || words.back().size() < 3 ? std::string() : std::move(words.back());
}

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
    leave_head(d.product_id);
    if (auto const head = head_of(d.title_en); !head.empty())
        if (auto cut = index.words(head, 1); !cut.empty()) ++head_counts_.try_emplace(cut.front(), 0u).first->second, heads_.insert_or_assign(d.product_id, std::move(cut.front()));
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
        words_.erase(mark.first), leave_head(std::string(mark.first));
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
    auto const leave = [&](std::string const& id) { words_.erase(id), marks_.erase(id), leave_head(id); };
    for (auto const& id : changed)
        if (auto const p = view.find(id)) put(view, index, *p);
        else leave(id);
    for (auto const& id : gone) leave(id);
}

std::vector<std::vector<std::string>> CategoryModel::held_alternatives(ProductIndex const& index, std::string_view text) const {
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
    for (auto const& likely : words_.predict(held_alternatives(index, query))) {
        if (likely.probability < least_shown || out.size() >= most) break;
        if (auto const found = view.words().category_ids.find(category_ids_[likely.class_]); found != view.words().category_ids.end()) out.push_back({found->second, likely.probability});
    }
    return out;
}

bool CategoryModel::names(ProductIndex const& index, std::string_view word) const {
    // Whom it is for is no name of goods, whatever toys are called after them ("teenage mutant ninja turtles").
    static std::unordered_set<std::string_view> const people{"teen", "teens", "teenager", "teenagers", "teenage", "adult", "adults", "grownup", "grownups", "kid", "kids", "child", "children", "toddler", "toddlers", "infant", "infants", "newborn", "boy", "boys", "girl", "girls", "man", "men", "woman", "women", "lady", "ladies", "beginner", "beginners", "handed", "preschool", "preschooler", "preschoolers", "学龄前", "幼儿", "婴儿", "宝宝", "女童", "男童", "青少年", "成人", "孩子", "儿童", "男孩", "女孩", "初学者", "新手"};
    if (people.contains(word)) return false;
    return std::ranges::any_of(held_alternatives(index, word), [&](auto const& same) { return words_.naming(same.front()) >= least_naming; });
}

std::vector<std::vector<std::string>> CategoryModel::alternatives(ProductIndex const& index, std::string_view text) const {
    std::shared_lock const lock(changing_);
    return held_alternatives(index, text);
}

bool CategoryModel::names_goods(ProductIndex const& index, std::string_view word) const {
    std::shared_lock const lock(changing_);
    return names(index, word);
}

bool CategoryModel::never_the_thing(ProductIndex const& index, std::string_view word) const {
    std::shared_lock const lock(changing_);
    if (index.words(word, 2).size() != 1) return false;
    double named = 0, heads = 0;
    for (auto const& same : held_alternatives(index, word)) {
        if (same.size() != 1) continue;
        named += words_.named(same.front());
        if (auto const count = head_counts_.find(same.front()); count != head_counts_.end()) heads += count->second;
    }
    return named >= least_titles && heads < least_heads && heads < most_odd * named;
}

std::vector<std::string> CategoryModel::held_names(ProductIndex const& index, std::string_view word) const {
    std::vector<std::string> out;
    for (auto& same : held_alternatives(index, word)) out.push_back(std::move(same.front()));
    return out;
}

std::uint32_t CategoryModel::called(ProductIndex const& index, std::string_view word) const {
    std::shared_lock const lock(changing_);
    std::uint32_t out = 0;
    for (auto const& name : held_names(index, word))
        if (auto const count = head_counts_.find(name); count != head_counts_.end()) out += count->second;
    return out;
}

std::vector<std::size_t> CategoryModel::called_by(CatalogueView const& view, ProductIndex const& index, std::string_view word, std::span<std::pair<std::size_t, double> const> among) const {
    std::shared_lock const lock(changing_);
    std::vector<std::size_t> out;
    auto const all = held_names(index, word);
    for (auto const& [p, score] : among)
        if (auto const head = heads_.find(view[p].data.product_id); head != heads_.end() && std::ranges::find(all, head->second) != all.end()) out.push_back(p);
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
        if (!piece.empty() && names(index, piece)) out += (out.empty() ? "" : " ") + std::string(piece);
    }
    return out.empty() ? std::string(text) : out;
}

void CategoryModel::leave_head(std::string const& product_id) {
    auto const found = heads_.find(product_id);
    if (found == heads_.end()) return;
    if (auto const count = head_counts_.find(found->second); count != head_counts_.end() && count->second > 0) --count->second;
    heads_.erase(found);
}

std::unordered_set<std::size_t> CategoryModel::named_otherwise(CatalogueView const& view, ProductIndex const& index, std::string_view text, std::span<std::pair<std::size_t, double> const> found) const {
    std::shared_lock const lock(changing_);
    std::unordered_set<std::size_t> out;
    // The last word of a name says what it is; what stands behind a comma comes with it.
    std::string wished;
    for (auto const& same : held_alternatives(index, text.substr(0, text.find(','))))
        for (auto const& word : same)
            if (auto const count = head_counts_.find(word); count != head_counts_.end() && count->second >= least_heads && count->second > least_head * std::max(1.0, words_.named(word))) wished = word;
    if (wished.empty()) return out;
    for (auto const& [p, score] : found)
        if (auto const head = heads_.find(view[p].data.product_id); head != heads_.end() && head->second != wished) out.insert(p);
    return out;
}

double category_factor(Vocabulary const& words, int category, std::span<PredictedCategory const> likely) {
    if (likely.empty()) return 1;
    double mine = 0;
    for (auto const& l : likely)
        if (words.within(category, l.category) || words.within(l.category, category)) mine = std::max(mine, l.probability);
    return 0.6 + 0.4 * mine / likely.front().probability;
}

}  // namespace kindling::dialogue
