#include "modules/dialogue/spelling.h"
#include "core/utf8.h"
#include "engines/text/analysis/pinyin.h"
#include "engines/text/analysis/synonyms.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/completions.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/title_search.h"
#include <algorithm>
#include <map>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_words = 12, most_titles = 2000;
constexpr std::size_t most_looks = most_looks_at_titles;
constexpr std::size_t enough = 3;   // titles, before they vouch for a word or a pair

bool latin(char32_t c) { return c >= U'a' && c <= U'z'; }

enum class Slip { none, doubled, swapped, other };
// What would have to be undone in `typed` to get `right`: one letter, or with `two` a second one.
Slip slip_of(std::u32string_view typed, std::u32string_view right, bool two) {
    if (typed == right || typed.size() > right.size() + 2 || right.size() > typed.size() + 2) return Slip::none;
    std::size_t head = 0, tail = 0;
    while (head < std::min(typed.size(), right.size()) && typed[head] == right[head]) ++head;
    while (tail < std::min(typed.size(), right.size()) - head && typed[typed.size() - 1 - tail] == right[right.size() - 1 - tail]) ++tail;
    auto const a = typed.substr(head, typed.size() - head - tail), b = right.substr(head, right.size() - head - tail);
    auto const& longer = a.size() > b.size() ? a : b;
    if (a.size() + b.size() == 1) return head > 0 && longer[0] == (a.size() > b.size() ? typed : right)[head - 1] ? Slip::doubled : Slip::other;
    if (a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0]) return Slip::swapped;
    if (a.size() == 1 && b.size() == 1) return Slip::other;
    return two && std::max(a.size(), b.size()) <= 2 ? Slip::other : Slip::none;
}

// "yoga mat", "hair dryer".
std::vector<std::pair<std::u32string, std::u32string>> const& names_of_two() {
    static auto const all = [] {
        std::vector<std::pair<std::u32string, std::u32string>> out;
        for (auto const& group : text::commerce_goods())
            for (auto const& name : group)
                if (auto const s = surface_of(name); !s.empty() && latin(s.front()))
                    if (auto const blank = s.find(U' '); blank != s.npos && s.find(U' ', blank + 1) == s.npos) out.emplace_back(s.substr(0, blank), s.substr(blank + 1));
        return out;
    }();
    return all;
}

class Mender {
public:
    // `names`: for initials; null: these are not read. `looks`: at titles, so far.
    Mender(CatalogueView const& view, Lexicon const& lexicon, Live const* names, std::string_view query, std::size_t& looks) : view_(view), lexicon_(lexicon), names_(names), looks_(looks), text_(surface_of(query)) { cut(); }

    Spelling run() {
        if (words_.empty() || words_.size() > most_words) return {};
        from_pinyin();
        initials();
        join_parted();
        part_joined();
        by_neighbours();
        Spelling out;
        if (corrections_.empty() || looks_ > most_looks) return out;
        for (auto const& w : words_) out.text += (out.text.empty() ? "" : " ") + to_utf8(w.text);
        out.corrections = std::move(corrections_), out.places = std::move(places_);
        return out;
    }

private:
    // `plain`: letters and nothing else; only those are mended.
    struct Word { std::u32string text; bool plain = false; std::size_t first = 0; };   // first: which word of the query it was, or began with

    void cut() {
        for (std::size_t i = 0; i < text_.size();) {
            auto const end = std::min(text_.find(U' ', i), text_.size());
            if (end > i) words_.push_back({text_.substr(i, end - i), std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(i), text_.begin() + static_cast<std::ptrdiff_t>(end), latin), words_.size()});
            i = end + 1;
        }
    }

    // Titles with all of these words, counted up to `most`. Only those that may hold both are looked at: "guitar" alone stands in thousands.
    std::size_t titles(std::u32string_view word, std::u32string_view also = {}, std::size_t most = enough) const {
        looks_ += 1 + view_.size() / 4096;   // the rows themselves
        if (looks_ > most_looks) return 0;
        auto rows = view_.titles_that_may_hold(PairFilter::standing(word));
        if (!also.empty()) {
            auto const others = view_.titles_that_may_hold(PairFilter::standing(also));
            for (std::size_t w = 0; w < rows.size(); ++w) rows[w] &= others[w];
        }
        std::size_t n = 0;
        for (std::size_t w = 0; w < rows.size(); ++w)
            for (auto bits = rows[w]; bits != 0 && n < most; bits &= bits - 1) {
                auto const p = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
                if (p >= view_.size() || ++looks_ > most_looks) break;
                auto const& title = view_[p].title;
                n += cues::has_word(title, word) && (also.empty() || cues::has_word(title, also));
            }
        return n;
    }
    // In either number.
    std::size_t titles_of(std::u32string const& word) const {
        auto const n = titles(word);
        return n >= enough ? n : n + (word.back() == U's' ? titles(word.substr(0, word.size() - 1)) : titles(word + U"s"));
    }
    bool in_lexicon(std::u32string_view word) const {
        for (auto const& m : lexicon_.scan(word))
            if (m.begin == 0 && m.end == word.size() && !m.meanings.empty() && m.corrected_from.empty()) return true;
        return false;
    }
    bool known(std::u32string const& word) const { return is_common_word(word) || is_english_word(word) || in_lexicon(word) || titles_of(word) > 0; }

    void replace(std::size_t at, std::size_t n, std::u32string by) {
        std::u32string from;
        for (std::size_t i = at; i < at + n; ++i) from += (from.empty() ? U"" : U" ") + words_[i].text;
        corrections_.emplace_back(to_utf8(from), to_utf8(by)), places_.push_back(words_[at].first);
        bool const plain = std::ranges::all_of(by, latin);
        words_[at] = {std::move(by), plain, words_[at].first};
        words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(at + 1), words_.begin() + static_cast<std::ptrdiff_t>(at + n));
    }

    // Pinyin in one piece, in several, or behind or before Han characters. What the lexicon reads by itself is its own.
    void from_pinyin() {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            std::string joined;
            bool foreign = false;
            std::size_t pieces = 0;
            std::u32string const* longest = nullptr;   // 蓝牙耳机 of "lanya erji", and no 蓝牙 beside an "erji"
            for (std::size_t n = 1; n <= 4 && i + n <= words_.size(); ++n) {
                auto const& word = words_[i + n - 1];
                bool const mixed = n == 1 && !word.plain && std::ranges::any_of(word.text, latin) && std::ranges::any_of(word.text, is_han) && std::ranges::all_of(word.text, [](char32_t c) { return latin(c) || is_han(c); });
                if (!mixed && (!word.plain || text::cut_pinyin(to_utf8(word.text)).empty() || is_common_word(word.text))) break;
                foreign = foreign || mixed || !is_english_word(word.text);
                joined += mixed ? text::pinyin(to_utf8(word.text)) : to_utf8(word.text);
                if (!foreign || joined.size() < 4) continue;
                auto const* read = lexicon_.read_as(joined);
                if (read && (mixed || n > 1 || !known(word.text))) longest = read, pieces = n;
            }
            if (longest) replace(i, pieces, *longest);
        }
    }

    // "lyq": of a whole query, which is then no word.
    void initials() {
        auto const word = words_.front();
        if (words_.size() != 1 || !word.plain || word.text.size() < 3 || word.text.size() > 5 || !names_ || !names_->completions || !names_->index || known(word.text)) return;
        for (auto const& name : names_->completions->complete(view_, *names_->index, to_utf8(word.text), 3))
            if (text::pinyin_initials(name) == to_utf8(word.text)) return replace(0, 1, surface_of(name));
    }

    // "in to", "all in one": small words that stand beside any other.
    static bool joins(std::u32string_view word) { return word.size() < 4 && is_common_word(word); }

    // "back pack": titles write it in one word, and none has the two beside each other.
    void join_parted() {
        for (std::size_t i = 0; i + 1 < words_.size(); ++i) {
            auto const &a = words_[i], &b = words_[i + 1];
            if (!a.plain || !b.plain || a.text.size() < 2 || b.text.size() < 2 || a.text.size() + b.text.size() < 6 || joins(a.text) || joins(b.text)) continue;
            auto const whole = a.text + b.text;
            if (titles_of(whole) < enough || titles(a.text + U" " + b.text, {}, 1) > 0) continue;
            replace(i, 2, whole);
        }
    }

    // "headphonesnoise": of all ways to cut what nobody knows, the one with a title that has both words beside each other, or both known well.
    void part_joined() {
        for (std::size_t i = 0; i < words_.size() && looks_ <= most_looks; ++i) {
            auto const word = words_[i];
            if (!word.plain || word.text.size() < 7 || word.text.size() > 30 || known(word.text)) continue;
            std::u32string best;
            std::size_t most = 0;
            for (std::size_t k = 3; k + 3 <= word.text.size(); ++k) {
                auto const left = word.text.substr(0, k), right = word.text.substr(k);
                // The longer half first: it has many pairs of letters, so few titles are looked at, and most cuts end there.
                auto const &longer = left.size() < right.size() ? right : left, &shorter = left.size() < right.size() ? left : right;
                auto less = titles(longer);
                if (less > 0) less = std::min(less, titles(shorter));
                if (less == 0) continue;
                auto const beside = titles(left + U" " + right);
                // One that stands in no title beside the other has to be a word of many.
                if (beside == 0 && (less < enough || std::min(left.size(), right.size()) < 4)) continue;
                if (auto const worth = 1 + less + 10 * beside; worth > most) most = worth, best = left + U" " + right;
            }
            if (best.empty()) continue;
            replace(i, 1, best);
        }
    }

    // What titles have at this side of a word, as often as they do; a name of everyday goods speaks for itself, sold here or not.
    std::map<std::u32string, std::size_t> beside(std::u32string_view word, bool behind) const {
        std::map<std::u32string, std::size_t> out;
        std::size_t looked = 0;
        looks_ += 1 + view_.size() / 4096;
        any_title(view_, PairFilter::standing(word), [&](std::size_t p) {
            if (++looks_ > most_looks) return true;
            std::u32string_view const title = view_[p].title;
            auto const at = cues::find_word(title, word);
            if (!at) return false;
            auto const begin = behind ? at->end + 1 : title.rfind(U' ', at->begin >= 2 ? at->begin - 2 : 0);
            std::u32string_view next;
            if (behind && begin < title.size() && title[begin - 1] == U' ') next = title.substr(begin, title.find_first_not_of(U"abcdefghijklmnopqrstuvwxyz", begin) - begin);
            if (!behind && at->begin >= 2 && title[at->begin - 1] == U' ') next = title.substr(begin == title.npos ? 0 : begin + 1, at->begin - 1 - (begin == title.npos ? 0 : begin + 1));
            if (!next.empty() && std::ranges::all_of(next, latin)) ++out[std::u32string(next)];
            return ++looked >= most_titles;
        });
        for (auto const& [first, second] : names_of_two())
            if ((behind ? first : second) == word) out[behind ? second : first] += enough;
        return out;
    }

    // Whether a letter taken from a pair, doubled, or changed with its neighbour makes another word of English: "matt", "trial", and not "gift".
    static bool may_be_a_slip(std::u32string const& word) {
        for (std::size_t i = 0; i < word.size(); ++i) {
            auto other = word;
            if (i + 1 < word.size() && word[i] == word[i + 1]) other.erase(i, 1);
            else if (i + 1 < word.size()) std::swap(other[i], other[i + 1]);
            if (other != word && is_english_word(other)) return true;
            other = word, other.insert(i, 1, word[i]);
            if (is_english_word(other)) return true;
        }
        return false;
    }

    void by_neighbours() {
        for (std::size_t i = 0; i < words_.size() && looks_ <= most_looks; ++i) {
            auto const word = words_[i];
            if (!word.plain || word.text.size() < 4 || is_common_word(word.text)) continue;
            if (!names_ && is_english_word(word.text) && !may_be_a_slip(word.text)) continue;   // a sentence has many words that are right, and titles are looked at for each
            for (auto const side : {i + 1, i == 0 ? words_.size() : i - 1}) {
                if (side >= words_.size() || !words_[side].plain || words_[side].text.size() < 3 || joins(words_[side].text)) continue;
                auto const& neighbour = words_[side].text;
                // A few titles are misspelt themselves ("accoustic guitar"): a word of no dictionary has to give way to what twenty times as many have.
                auto const have = titles(neighbour, word.text, enough + 2) + titles(neighbour, word.text + U"s", enough + 2);
                if (have > enough || (have > 0 && (is_english_word(word.text) || in_lexicon(word.text)))) continue;
                bool const right = known(word.text);   // by a dictionary, or by titles
                if (right && is_common_word(neighbour)) continue;
                std::u32string best;
                std::size_t most = 0;
                auto const least = right || have > 0 ? enough : 1;   // of what no dictionary and no title knows a single title tells enough
                for (auto const& [other, n] : beside(neighbour, side < i)) {
                    auto const slip = slip_of(word.text, other, word.text.size() >= 8 && !right);
                    if (slip == Slip::none || n < least || n <= most || n < 20 * have || (right && slip == Slip::other) || (slip == Slip::other && other.front() != word.text.front())) continue;
                    if (other == word.text + U"s" || word.text == other + U"s") continue;   // the other number is no slip
                    best = other, most = n;
                }
                if (best.empty()) continue;
                replace(i, 1, best);
                break;
            }
        }
    }

    CatalogueView const& view_;
    Lexicon const& lexicon_;
    Live const* names_;
    std::size_t& looks_;
    std::u32string text_;
    std::vector<Word> words_;
    std::vector<std::pair<std::string, std::string>> corrections_;
    std::vector<std::size_t> places_;
};

}  // namespace

Spelling mend_spelling(Live const& live, std::string_view query) {
    auto const has = [&](std::string_view mark) { return query.find(mark) != query.npos; };
    if (query.empty() || query.size() > 200 || has("\"") || has("\u201C") || has("\u201D") || query.starts_with('-') || has(" -") || live.view->find_sku(query)) return {};
    std::size_t looks = 0;
    return Mender(*live.view, *live.lexicon, &live, query, looks).run();
}

Spelling mend_words(CatalogueView const& view, Lexicon const& lexicon, std::string_view words, std::size_t& looks) { return looks > most_looks ? Spelling() : Mender(view, lexicon, nullptr, words, looks).run(); }

}  // namespace kindling::dialogue
