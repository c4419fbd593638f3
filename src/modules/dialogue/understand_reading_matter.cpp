// modules/dialogue/understand_reading_matter.cpp -- books among other goods: "a novel for kindle", "a good space opera", 言情小说 are looked for where the shop keeps its
// books and not among toys with the same words; and a title that was begun ("pride and prej") is finished by the titles here. See understand.h.
//
// Only where one category is called after books. What belongs to a reader ("a kindle case") and books to colour in or to play from are no reading matter.
#include "modules/dialogue/reader.h"
#include "modules/dialogue/title_search.h"

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view shelves = U"book books ebook ebooks kindle 图书 书籍 电子书 小说";
constexpr std::u32string_view forms = U"kindle ebook ebooks e_book e_books novel novels novella novellas audiobook audiobooks paperback hardback hardcover 电子书 小说";
constexpr std::u32string_view wishes = U"book_by books_by book_about books_about book_called books_from good_book good_books good_read something_to_read anything_to_read";
constexpr std::u32string_view genres = U"space_opera space_operas science_fiction sci_fi cozy_mystery cozy_mysteries cosy_mystery cosy_mysteries murder_mystery_novel whodunit whodunits thriller thrillers memoir memoirs biography biographies autobiography historical_fiction romance_novel romance_novels epic_fantasy short_stories 言情小说 科幻小说 推理小说 悬疑小说 传记";
// Behind "kindle" they are another thing; before "book" it is one to do something with.
constexpr std::u32string_view belongings = U"case cases cover covers sleeve sleeves charger chargers cable stand stands holder screen skin skins fire paperwhite oasis bag pouch";
constexpr std::u32string_view plastered = U"coloring colouring activity sticker song music cloth bath sound picture comic note sketch chord lesson method puzzle board flip fake";
// Of the language that the texts are in anyway.
constexpr std::u32string_view in_english = U"in_english english_language 英文的 英文版 英文原版 英文 英语的 英语";


// Whether `typed` is the beginning of `whole`, one letter at least being left out.
bool begins(std::u32string_view whole, std::u32string_view typed) { return whole.size() > typed.size() + 1 && whole.starts_with(typed); }

}  // namespace

bool named_for_books(Label const& label) { return has(surface_of(label.en), shelves) || has(surface_of(label.zh), shelves); }

void Reader::reading_matter() {
    if (out_.intent != Intent::find && out_.intent != Intent::no_preference) return;
    auto const before = [&](Span const& s) { auto const words = cues::latin_words_in(t_, {0, s.begin}); return words.empty() || words.back().end + 1 != s.begin ? std::u32string_view() : slice(words.back().begin, words.back().end); };
    auto const behind = [&](Span const& s) { auto const words = cues::latin_words_in(t_, {s.end, t_.size()}); return words.empty() || words.front().begin != s.end + 1 ? std::u32string_view() : slice(words.front().begin, words.front().end); };
    std::vector<Span> said;
    for (auto const list : {forms, wishes, genres})
        for (auto const& span : cues::find_all(t_, list))
            if (!cues::one_of(behind(span), belongings) && !cues::one_of(before(span), plastered) && !cues::negated(t_, span, mentions_)) said.push_back(span);
    // "Anything by Stephen King": who writes, where no title here knows the name; "anything by Fender" is of its maker.
    for (auto const& by : cues::find_all(t_, U"anything_by something_by stuff_by 写的书")) {
        auto const name = cues::latin_words_in(t_, {by.end, t_.size()});
        if (name.size() < 2 || name[0].begin != by.end + 1 || name[1].begin != name[0].end + 1 || is_common_word(slice(name[1].begin, name[1].end))) continue;
        if (!in_a_title({std::u32string(slice(name[0].begin, name[1].end))}) && std::ranges::none_of(matches_, [&](Match const& m) { return m.begin < name[1].end && name[0].begin < m.end; })) said.push_back(by);
    }
    if (said.empty() || std::ranges::any_of(matches_, names_kind)) return;
    std::vector<int> kept;
    for (std::size_t c = 0; c < words_.categories.size(); ++c)
        if (named_for_books(words_.categories[c].label)) kept.push_back(static_cast<int>(c));
    std::erase_if(kept, [&](int c) { return std::ranges::any_of(kept, [&](int other) { return other != c && words_.within(c, other); }); });
    if (kept.size() != 1) return;
    auto const& c = words_.categories[static_cast<std::size_t>(kept.front())];
    out_.constraints.push_back({.kind = ConstraintKind::category, .values = {{c.id, c.label.en, c.label.zh}}, .said = to_utf8(slice(said.front().begin, said.front().end))});
    scope_ = kept;
    // Read before as goods that no title is called by ("romance novel"): its genre is looked for.
    for (auto const& span : said) {
        std::erase_if(out_.not_sold, [&](std::string const& name) { return surface_of(name) == slice(span.begin, span.end) || surface_of(name).find(slice(span.begin, span.end)) != std::u32string::npos; });
        std::erase_if(used_, [&](Span const& u) { return u.begin <= span.begin && span.end <= u.end && std::ranges::none_of(chat_, [&](Span const& s) { return s.begin == u.begin; }); });
    }
    // Only the form says no more than the shelf does; a genre stays a word to look for.
    auto const of_genres = cues::find_all(t_, genres);
    for (auto const& span : cues::find_all(t_, forms))
        if (!is_han(t_[span.begin]) || std::ranges::none_of(of_genres, [&](Span const& g) { return g.begin <= span.begin && span.end <= g.end; })) used_.push_back(span);
    for (auto const& span : cues::find_all(t_, U"book books kindle")) used_.push_back(span);
    if (!has_title_in(Locale::zh))
        for (auto const& span : cues::find_all(t_, in_english)) used_.push_back(span);
}

// "Pride and prej": a word that nobody says and no title here has, behind or before one of a title with a word that begins so.
void Reader::finish_titles() {
    auto const words = to_utf32(out_.free_text);
    auto const all = cues::latin_words_in(words, {0, words.size()});
    if (all.size() < 2 || out_.intent != Intent::find) return;
    for (auto const& at : all) {
        auto const typed = std::u32string_view(words).substr(at.begin, at.end - at.begin);
        if (typed.size() < 4 || is_common_word(typed) || is_english_word(typed) || in_a_title({std::u32string(typed)})) continue;
        std::u32string whole;
        for (auto const& other : all) {
            auto const beside = std::u32string_view(words).substr(other.begin, other.end - other.begin);
            if (other.begin == at.begin || beside.size() < 4) continue;
            any_title(view_, PairFilter::standing(beside), [&](std::size_t p) {
                auto const& title = view_[p].title;
                if (!cues::has_word(title, beside)) return false;
                for (auto const& word : cues::latin_words_in(title, {0, title.size()}))
                    if (auto const one = std::u32string_view(title).substr(word.begin, word.end - word.begin); begins(one, typed)) { whole = one; return true; }
                return false;
            });
            if (!whole.empty()) break;
        }
        if (whole.empty()) continue;
        out_.corrections.emplace_back(to_utf8(typed), to_utf8(whole));
        auto const place = out_.free_text.find(to_utf8(typed));
        if (place != out_.free_text.npos) out_.free_text.replace(place, to_utf8(typed).size(), to_utf8(whole));
        return;
    }
}

}  // namespace kindling::dialogue
