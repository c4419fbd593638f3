// modules/dialogue/reader.h -- the working state of one reading, shared by understand.cpp (goods), understand_amounts.cpp (numbers),
// understand_leaning.cpp (preferences) and understand_requests.cpp (what is to be done). Internal to the module.
#pragma once
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "engines/text/analysis/synonyms.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/occasions.h"
#include "modules/dialogue/order_number.h"
#include "modules/dialogue/small_talk.h"
#include "modules/dialogue/understand.h"
#include "modules/dialogue/words_here.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

using cues::has;
using cues::Span;

struct DimensionWord { std::u32string_view said, label; };
inline constexpr DimensionWord dimension_words[] = {
    {U"裙长 衣长 长度 长 long length", U"长 length"}, {U"宽 宽度 wide width", U"宽 width"}, {U"跟高 鞋跟 heel heels", U"跟高 heel"}, {U"高 高度 tall high height", U"高 height"}, {U"深 深度 deep depth", U"深 depth"},
    {U"直径 口径 diameter across", U"直径 口径 diameter"}, {U"重 重量 重量轻 weigh weighs weight heavy", U"重 weight"}, {U"容量 容积 装 capacity volume holds hold", U"容量 capacity volume"}, {U"功率 power", U"功率 power"},
    {U"续航 播放 电池 battery playtime play playback", U"续航 播放 电池 battery play"}, {U"厚 厚度 thick thickness", U"厚 thick"}, {U"色温 colour_temperature color_temperature", U"色温 temperature"}, {U"亮度 brightness bright", U"亮度 流明 bright lumin"},
};

// A word in either number, and what means the same in the other language (refusals.cpp).
std::vector<std::u32string> spellings(std::u32string const& word);

inline bool label_has(AttributeInfo const& info, std::u32string_view stems) {
    auto const text = surface_of(info.label.en) + U" " + surface_of(info.label.zh) + U" " + surface_of(info.name);
    for (std::size_t i = 0; i < stems.size();) {
        auto const end = std::min(stems.find(U' ', i), stems.size());
        if (text.find(stems.substr(i, end - i)) != text.npos) return true;
        i = end + 1;
    }
    return false;
}

// Goods as everybody calls them, whether they are sold here or not (not_sold.cpp).
text::SynonymTable const& everyday_goods();

// "SPF 50" is SPF50 where goods here have a value that is called so (understand_asides.cpp).
void join_codes(std::u32string& text, Lexicon const&);
// 15.6" is 15.6 inch, where the mark closes no quotation (understand_remarks.cpp).
void inches_in(std::u32string& text);
// A category that is called after books (understand_reading_matter.cpp).
bool named_for_books(Label const&);

// Whether a text has one of the cues: Chinese anywhere, English by itself.
inline bool names_one(std::u32string const& text, std::u32string_view list) {
    return std::ranges::any_of(cues::words_of(list), [&](std::u32string const& w) { return is_han(w.front()) ? text.find(w) != text.npos : cues::has_word(text, w); });
}

inline bool names_kind(Match const& m) { return std::ranges::any_of(m.meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::category; }); }

// `span`: as it was said, "son's teacher"; `head`: who of them it is, the teacher; `of`: whose, with what is said of that one ("my 8 year old son's", 我儿子的);
// `works`: where or what somebody teaches, heals or trains ("kindergarten", 小学), in which nobody is a child.
struct PersonSaid { Span span, head; Reading::Whom whom = Reading::Whom::unknown; Span of, works; };
// Somebody whom goods may be for (understand_persons.cpp).
std::optional<PersonSaid> person_in(std::u32string_view text);

class Reader {
public:
    Reader(std::string_view text, CatalogueView const& view, Lexicon const& lexicon, Situation const& situation) : view_(view), words_(view.words()), situation_(situation) {
        auto const bounded = utf8_prefix(text, 6000);
        text::Normalised normalised;
        text::normalise(cues::written_out(bounded), normalised);
        for (std::u32string_view half : {U"half a liter", U"half a litre", U"half liter", U"half litre", U"半升"})
            if (auto const at = normalised.text.find(half); at != normalised.text.npos) normalised.text.replace(at, half.size(), half.back() == U'升' ? U"0.5升" : U"0.5 litre");
        inches_in(normalised.text);
        join_codes(normalised.text, lexicon);
        if (normalised.text.size() > 2000) normalised.text.resize(2000);
        numbers_ = quantities(normalised.text);
        t_ = surface_of(to_utf8(normalised.text));
        if (out_.order_number = take_order_number(t_, normalised.text, situation.pending == "order"); !out_.order_number.empty())
            std::erase_if(numbers_, [&](Quantity const& n) { return slice(std::min(n.begin, t_.size()), std::min(n.end, t_.size())).find(order_mark) != std::u32string_view::npos; });
        matches_ = lexicon.scan(t_);
        lexicon_ = &lexicon;
        if (auto const mended = lexicon.mend_homophones(t_, matches_); !mended.empty()) {
            for (auto const& [from, to] : mended) out_.corrections.emplace_back(to_utf8(from), to_utf8(to));
            matches_ = lexicon.scan(t_);
        }
        whole_ = words_here(t_, lexicon, view);
        bool const han = std::any_of(t_.begin(), t_.end(), is_han), latin = speaks_latin();
        out_.locale = han ? Locale::zh : latin ? Locale::en : situation.locale;
    }

    Reading read();

private:
    std::u32string_view slice(std::size_t begin, std::size_t end) const { return std::u32string_view(t_).substr(begin, end - begin); }

    // Latin letters, but for those of an address: an e-mail given as proof is of no language.
    bool speaks_latin() const {
        for (std::size_t i = 0; i < t_.size();) {
            auto end = i;
            while (end < t_.size() && t_[end] != U' ' && t_[end] != U',') ++end;
            auto const word = slice(i, end);
            if (word.find(U'@') == word.npos && std::ranges::any_of(word, [](char32_t c) { return c >= U'a' && c <= U'z'; })) return true;
            i = end + 1;
        }
        return false;
    }

    // What hurts or is wrong: words that speak of it only together.
    bool trouble() const { return occasion_ && !occasion_->occasion->together.empty(); }
    bool of_a_name(Quantity const&) const;
    void drop_doubtful_matches();

    bool had_already(Span) const;   // understand_remarks.cpp: 杯子够多了, "he has mugs already"
    bool refused(Match const& m) const { return refused(Span{m.begin, m.end}); }
    bool refused(Span) const;       // refusals.cpp

    bool doubted(Match const&);     // a refusal beside it that nothing read: noted, and no wish

    void merge_words();
    void remarks();         // understand_remarks.cpp
    void settle_owned();
    void refused_fields();

    void categories();

    void several();         // understand_sets.cpp
    void listed();
    bool one_of_each();     // understand_apart.cpp
    bool to_be_matched(std::size_t from, Match const&) const;

    void impossible();
    void presents();
    void preferences();     // understand_leaning.cpp
    void adjectives();
    void leanings();
    void soften();
    void lean(Comparative::What, int direction, Span);
    bool soft(std::size_t at) const;
    void refused_words();   // refusals.cpp
    std::vector<Span> limits() const;
    std::string needs() const;
    std::string as_said(std::string const& words) const;
    bool of_their_own() const;
    bool names_anew() const;
    bool in_a_title(std::vector<std::u32string> const& words) const;
    std::size_t refused_name(std::size_t begin) const;
    bool has_title_in(Locale) const;
    void goods_not_sold();  // not_sold.cpp
    void makers_not_sold();
    void machines_not_sold();
    void allergies();       // understand_allergy.cpp
    std::vector<Span> allergen_stretches(std::vector<Span>& cues_found) const;
    void refuse_family(std::u32string_view found, std::u32string_view scales, std::string said, bool of_the_person = true);
    bool refuse_families_in(std::u32string_view word);
    void refuse_plainly();
    void refuse_unheard(std::size_t begin, std::size_t end, std::vector<Span>& named);
    void accessories();     // understand_compounds.cpp
    Match const* kind_behind(std::size_t from) const;
    bool nothing_shown() const;
    void quality_alone();
    void things_of_animals();
    void stages();          // understand_stages.cpp
    std::optional<int> what_animals_eat();
    void receiver();        // understand_receiver.cpp
    void somebodys();
    void small_talk();      // understand_small_talk.cpp
    bool in_a_named_phrase(Span) const;
    bool only_chats(bool company) const;
    void tell_small_talk();
    void reading_matter();  // understand_reading_matter.cpp
    void finish_titles();
    std::vector<Span> told_of(Span person) const;
    Span interest_in(Span clause) const;
    bool unborne(std::string const& words) const;
    void commanded();       // understand_words.cpp
    void circumstances();   // understand_circumstances.cpp
    void heads_not_sold();
    bool ends_a_name(std::u32string_view word) const;
    bool known_in_parts(Span name) const;   // not_sold.cpp
    std::vector<Span> in_other_words() const;   // understand_elsewhere.cpp
    bool part_of_another_word(Match const&, std::span<Span const> english, std::span<Span const> others) const;
    void places();
    void of_somebody();
    void refused_children();   // understand_children.cpp
    void small_parts();
    void no_noise();
    void must_not_break();
    void meant_for_children();
    bool not_too(Comparative::What, int direction, Span);   // understand_leaning.cpp
    void ages();            // understand_people.cpp
    void ages_told();       // understand_ages.cpp
    bool one_budget(Quantity const&) const;      // understand_budget.cpp: what there is to spend in all
    bool budget_of_several() const;
    bool stands_for_goods(Quantity const&) const;
    void ages_without_years();
    void included();        // understand_asides.cpp
    void numbers_beside();
    void height_and_weight();
    void sizes_asked(Scope const&);
    void self_told();
    void animals_told();    // understand_stages.cpp
    void goods_of_the_animal(Scope const&);
    void lay_claims();      // understand_lay_words.cpp
    void lay_words(Scope const&);
    void liked();           // understand_receiver.cpp
    void any_of_what_is_liked();   // understand_words.cpp
    bool has_age_values() const;
    void body();
    bool size_of_another_country(Quantity const&, Scope const&);

    void values(Scope const& scope);

    // Whom it is for or where it will stand counts as a condition only where this kind of goods says such things, or where the
    // words tie it to the goods: "床头用的落地灯" does, "客厅想放一盏落地灯" does not.
    bool of_a_person(Match const& m, std::vector<Meaning> const& meanings) const;
    bool kind_says(Match const&) const;   // the name of the goods has the word
    bool wants_to_have(Match const& m) const;  // "with armrests"
    bool for_somebody(Match const& m) const;
    bool only_a_hint(Match const& m, std::vector<Meaning> const& elsewhere) const;

    void brands();

    // "38码", "size 38", "eu 38": a number that is the name of a variant.
    void sizes(Scope const& scope);

    // The attribute that a measure is about: named beside it, else the most natural one of its dimension.
    std::string attribute_of(Quantity const& n, Scope const& scope) const;
    static bool is_stop(char32_t c) { return c == U',' || c == U'，' || c == U'。' || c == U';' || c == U'；' || c == U'!' || c == U'?'; }

    void amounts(Scope const& scope);
    bool amount(Quantity const&, Scope const&, bool only_texts);
    void unheld(Quantity const&);
    bool counted_behind(Quantity const&) const;
    bool counts_something(Quantity const&) const;

    bool buys_something(double amount) const;
    bool of_a_computer(Quantity const&);
    void sizes_by_letters(Scope const&);
    bool pieces(Quantity const&, std::string const& said, Scope const&);
    bool numbered_value(Quantity const&, std::string const& said, Scope const&);
    bool named_number(Quantity const& n, std::u32string_view near, std::string const& said, Scope const& scope);
    bool named_size(Quantity const& n, std::string const& said, Scope const& scope);
    void price(Quantity const& n, std::string const& said, bool budget);

    bool rating(Quantity const& n, std::string const& said);   // false: no number of stars

    void switches();

    void no_preference();

    // An order number is a run of letters and digits with at least five of the latter, or what is asked for right now.
    void order_and_contact();

    void question(Scope const& scope);
    void asked_of_goods();   // understand_asked.cpp
    bool asks_what_it_has();
    bool fits_or_suits(Scope const& scope);

    void social();

    CatalogueView const& view_;
    Vocabulary const& words_;
    Situation const& situation_;
    Lexicon const* lexicon_ = nullptr;
    std::u32string t_;
    std::vector<Span> whole_;    // words of which no part is read as anything else (words_here.h)
    std::vector<Quantity> numbers_;
    std::vector<Match> matches_;
    std::optional<OccasionSaid> occasion_;   // in t_, as is the person; set by read()
    std::optional<PersonSaid> person_;
    std::vector<Span> mentions_, used_, taken_, kinds_, soft_, refused_;  // kinds_: of things that are wanted; soft_: what is only preferred; refused_: with the word that refuses
    std::vector<Span> chat_, told_;                             // words of conversation; clauses that tell of somebody
    std::vector<Span> told_ages_;                               // numbers that are years of a child
    std::vector<Span> interests_, circumstances_;               // of somebody spoken of: what they like; what decides nothing of the goods
    struct Age { Span span; double years; std::string words; };
    std::vector<Age> ages_;                                     // of children, as they were told
    mutable std::optional<std::vector<Span>> owned_;            // "already have", 已经有; looked for once
    double animal_years_ = 0;                                   // and of an animal; 0: not told
    int animal_ = -1;                                           // which animal is spoken of (understand_stages.cpp)
    struct LayClaim { Span span; std::size_t row; };
    std::vector<LayClaim> lay_;                                 // everyday words for what goods are like
    bool stretches_ = false;                                    // the budget may be exceeded
    std::vector<int> scope_;
    std::u32string hints_;
    Reading out_;
};

}  // namespace kindling::dialogue
