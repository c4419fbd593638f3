// modules/dialogue/turn.h -- the working state of one turn, shared by guide.cpp (finding), details.cpp (facts, comparison),
// errands.cpp (basket, orders, policies) and plan.cpp (what a model proposes). Internal to the module.
#pragma once
#include "modules/dialogue/by_picture.h"
#include "modules/dialogue/goods_question.h"
#include "modules/dialogue/guide.h"
#include "modules/dialogue/occasions.h"
#include "modules/dialogue/one_unit.h"
#include "modules/dialogue/plan.h"
#include "modules/dialogue/title_search.h"
#include "modules/dialogue/wishes.h"

namespace kindling::dialogue {

inline constexpr std::string_view watched = "watched";           // GuideState::pending after a watch: "and the second below 60" is another
inline constexpr std::string_view shows_order = "order_shown";   // GuideState::pending after an order: "then send it back" is about it

struct Relaxation;   // relax.h

class TurnMaker {
public:
    TurnMaker(std::shared_ptr<CatalogueView const> const& view, Lexicon const& lexicon, TextScorer const& scorer, Ports const& ports, GuideState const& state, TurnInput const& input, Emit const& emit, GuideOptions const& options)
        : snapshot_(view), view_(*view), lexicon_(lexicon), scorer_(scorer), ports_(ports), input_(input), emit_(emit), options_(options) {
        out_.state = state, out_.basket_id = input.basket_id;
    }
    Turn make();
    // wishes.cpp: what the guide would choose for a wish that names no goods; nothing when it is none.
    std::optional<Wish> wished(Reading const&, std::span<Constraint const> given, std::size_t most);
    // plan.cpp: the turn again with what a model proposes, or why not.
    Result<Turn> adopt(Turn const& before, Proposal const&);

private:
    using P = std::size_t;
    struct Target { std::size_t product, variant; };

    void respond();                       // to one request of the utterance, in text_
    Situation situation() const;

    // bundles.cpp: several things at once; choosing.cpp: which of what fits; pointing.cpp: which one is meant; options.cpp: what may give
    void bundle();
    bool bundle_goes_on(Intent);
    GuideState slot_wishes(std::string const& said) const;        // bundle_talk.cpp
    std::string limit_from_shown(std::size_t slot) const;
    bool change_bundle();
    bool outfit();
    bool goes_with();
    bool keep_set();
    void advise();
    void answer_superlative(Target);
    std::vector<Constraint> asked_of_it() const;   // asked_of_one.cpp
    bool answer_of_extreme();
    bool tell_sum();                      // sums.cpp
    // sums_shown.cpp, price_per.cpp: of goods that are pointed at, what they come to
    struct Bought { Target of; std::int64_t units = 1; };
    bool tell_total();
    void tell_total_of(std::vector<Bought> const&);
    bool tell_shipping_of_amount();
    bool tell_price_per();
    bool tell_consumption();
    std::optional<double> content_of(Target, std::string_view base) const;   // how much is in it
    std::vector<Target> asked_about(std::size_t most) const;
    void show_again(std::vector<Target> const&);
    void trade_off(std::vector<Pick> const& among);
    std::optional<Chip> choosing_chip(std::span<Pick const> fitting) const;
    std::vector<Target> described();
    void ask_which_of_equals();
    bool names_extreme() const;          // "the cheaper", 最轻的
    int told_by_most(Comparative::What, std::vector<Target>& of);
    std::vector<Target> described_each() const;
    std::vector<Target> described_apart();
    bool correct_basket();
    bool take_out(std::string const& sku, std::int64_t quantity);
    bool undo_basket();                   // "put the old one back"
    // basket_lines.cpp
    struct HeldLine { std::string sku; std::int64_t quantity = 1; Target of; };
    bool change_lines();
    std::vector<HeldLine> held_lines() const;
    // basket_named.cpp
    bool count_while_choosing(std::string const& pending);
    bool take_named_out();
    bool change_named();
    std::vector<HeldLine> lines_called(std::vector<HeldLine> const&, std::u32string_view noun) const;
    bool names_goods_here(std::u32string_view noun) const;
    std::vector<HeldLine> lines_named(std::vector<HeldLine> const&, bool& names) const;
    bool take_lines_out(std::vector<HeldLine> const&, std::vector<HeldLine> const& among, bool all_of_them);
    bool set_line(HeldLine const&, std::int64_t quantity);   // whether there are so many
    void tell_removed(std::span<PutIn const> gone);
    std::vector<Constraint> variants_named(std::size_t product) const;
    // corrections.cpp
    std::string settle_correction(std::string said);
    std::optional<std::string> put_right(std::string const& said, std::string const& right) const;
    void ask_rightly();
    void note_said(std::vector<std::string> const& list_before);
    bool leave_out();                     // "not the first one"
    bool point();
    std::vector<Relaxation> openings(std::size_t most);
    void offer_relaxations();
    bool answer_relaxation();             // what is said to "which may give?"
    void wait_for_wish();

    // aftersale.cpp: return, exchange, cancel; keeping.cpp: memory and watches; records.cpp: prices, sizes
    void start_errand(std::string kind);
    bool errand_goes_on(std::string const& pending);
    void read_bare_size();
    bool out_of_reach();                     // "the second one" of a single one
    OrderView as_talked(OrderView) const;     // its goods in the language of the talk, where the shop has them in it
    Chip cancel_chip() const;
    void go_on_with_errand(OrderView const&);
    void note_reason();
    void note_line(OrderView const&);
    bool settle_exchange(OrderItem const&, bool not_sent);   // false: asked, or given up for a return that was said
    void ask_of_errand(Phrase, std::string pending, std::vector<Chip>, std::vector<Slot> const& = {}, Spoken before = {});
    void finish_errand(OrderView const&);
    void remember_wishes();
    void keep_wishes(std::vector<Constraint> const&);
    bool answer_consent();
    void recall();
    void forget_wishes();
    void apply_memory();
    void watch();
    void list_watches();
    void stop_watching();
    void tell_watches();
    void tell_price_history();
    void help_with_size();
    std::string size_of_body(int category, bool of_nothing_shown, Spoken&);
    void told_of_size(std::size_t product, Spoken&);
    std::string labels(std::vector<Constraint> const&) const;

    // subject.cpp: what is said of the goods that are talked about, and not of others
    void keep_subject();
    void leave_subject();                 // but for allergies
    std::string subject_called() const;
    bool says_more_of_the_subject(std::u32string_view t, std::string const& joined) const;
    bool back_to_earlier();
    void keep_thing(Selection&);
    void settle_thing(Selection&);        // nothing here is called so for that use

    // presents.cpp
    struct Chosen {
        Selection found;                    // all that fits, best first
        std::vector<Pick> page;             // of it what is shown first, unlike each other
        std::string nothing_for, unknown;   // what was spoken of and decides nothing: a pastime, other words
        bool for_occasion = false, fits = true, one_of_each = true;   // the first only of a present
    };
    void gift();
    bool still_a_present() const;
    void note_receiver();
    Chosen choose_present();
    void keep_fit_to_give(std::vector<Pick>&) const;
    void keep_fit_for_acquaintances(std::vector<Pick>&) const;
    bool first_what_is_said_for(std::vector<Pick>&) const;
    void seldom_the_cheapest(std::vector<Pick>&) const;
    bool label_of_audience(int attribute) const;
    bool made_for_children(std::size_t product) const;
    bool made_for_another(std::size_t product) const;   // than whom the present is for
    std::optional<bool> for_a_girl() const;
    bool made_for_other_children(std::size_t product, bool girl) const;

    // guide.cpp: finding
    void find();
    void tell_allergies(std::span<Constraint const> said);
    bool only_shares_characters() const;
    bool bear_by_titles();                // wishes of fields that these goods have not
    std::string drop_unborne();           // of what was said now: names that no title here bears
    void mend_slips();
    void tell_corrections(std::vector<std::pair<std::string, std::string>>);
    std::string settle_alternative();     // otherwise.cpp: "do you have X? otherwise Y"
    bool looked_for_in_texts(Selection&);
    void show(Selection const&);
    std::vector<Pick> page_of(std::vector<Pick> const&) const;   // the first, then others unlike it
    void explain_relaxation(Selection const&);
    bool spoken_of(Condition const&) const;
    void offer_question(std::span<Pick const>);
    bool tell_not_sold();                 // not_sold.cpp
    int nearest_kind(std::string const& name) const;
    void popular(Phrase, std::vector<Slot> const& = {});
    void apply_comparatives();
    Selection selection();
    Retrieved score_either(std::string const& words) const;   // selection.cpp
    void ease_interests();
    void more();
    std::string needs_text() const;
    void count_by_words(Selection&, std::vector<std::size_t> const& with_all, bool by_rank);
    void hold_to_words(Selection&, bool by_rank);   // words_held.cpp
    void widen_unborne(Retrieved&) const;
    std::string words_to_hold() const;
    bool wants_books() const;             // goods of a category that is called after books
    void fit_circumstances(Selection&);   // circumstance_talk.cpp
    bool soften_circumstances();          // "for the gym", 宿舍用: preferred from now on
    void say_found(Selection const&);
    void say_without();
    bool no_such_work(Selection&);
    bool text_restricts(std::span<Pick const> fitting) const;
    std::optional<Question> kind_question(std::span<Pick const>) const;   // kinds.cpp: what titles call what is left
    std::vector<int> attributes_of(Comparative::What) const;
    int attribute_of(Comparative::What, std::span<Target const>) const;   // that all of them have; -1: none

    // leaning.cpp: preferences; occasions.cpp: what goes with an occasion or a pastime
    void apply_leanings();
    void tell_preferences(std::vector<Pick> const& full);
    bool meet_occasion();                 // occasion_talk.cpp
    Chosen choose_for_occasion();
    bool show_occasion();
    bool nothing_for_pastime() const;
    bool tell_nothing_for();
    std::vector<int> kinds_for(Occasion const&) const;
    Constraint preference_for(Occasion const&, std::string const& said) const;
    std::vector<TitleWord> const& names_of(Occasion const&) const;
    bool title_names(std::size_t product, Occasion const&) const;
    bool any_title_names(Occasion const&) const;
    bool fits_pastime(std::size_t product, Occasion const&) const;
    static bool is_game(Occasion const&);
    void keep_pastime(Selection&) const;
    bool is_toy(std::size_t product) const;
    bool of_toys(int category) const;
    bool mostly_toys() const;   // this shop
    bool grown_up() const { return state().whom == "man" || state().whom == "woman"; }   // whom the present is for
    int kind_called(std::u32string_view name) const;   // a category that is called exactly so; -1: none
    void ask_for_currency();              // currency_talk.cpp: an amount in another currency than the shop's
    bool answer_currency();

    // details.cpp: facts, comparison, reasons
    void answer_fact();
    void answer_about(std::vector<Target> const&);
    void fact_about(Target, Spoken&, bool& unknown);
    void compare();
    void tell_apart(std::span<Target const> about);   // goods that no field tells apart: by their descriptions
    void why();
    std::vector<Target> targets(std::size_t most) const;
    void or_in_focus(std::vector<Target>&) const;   // the one in focus, where none was named
    std::optional<Target> target_of_sku(std::string const& sku) const;
    std::string distinct_values(std::size_t product, int attribute, WrittenUnit const* unit = nullptr) const;   // unit: of its amounts, those of others beside it

    // goods_asked.cpp: questions of the goods in view
    bool answer_in_view();
    bool answer_size_of_one();
    bool answer_best_told();
    bool tell_fields(Target, std::u32string_view labels, Spoken&);
    bool tell_thing(Target, AskedThing const&, Spoken&);
    bool tell_words(Target, std::span<std::u32string const> words, Spoken&);
    void say_silent(std::optional<Target> of, std::size_t goods, GoodsQuestion const&, Spoken&);

    // comparing_named.cpp: goods set side by side by their makers, by one quality, by what buyers say
    bool compare_in_words();
    bool compare_by_buyers();
    bool none_called_so();
    std::vector<Target> named_apart(std::vector<std::string>& missing) const;
    std::optional<Target> called(std::span<std::u32string const> words, bool in_view) const;
    void tell_which(std::span<Target const> about);

    // talk_memory.cpp: "what was the budget I gave you?"
    bool answer_from_talk();
    void note_words(std::string const& pending_before);

    // returned.cpp: how often it came back
    void tell_returned();
    void returned_of(Target, std::vector<Constraint> const& values, bool of_the_size);

    // opinions.cpp: what buyers say
    void opinions();
    bool opinions_go_on();               // "and the sound?"
    void tell_opinions(std::vector<Target> const& about, bool goes_on);
    void heard_of(Target, bool goes_on);

    // errands.cpp: basket, checkout, orders, policies, a person
    void add_to_basket();
    bool put(Target, std::int64_t quantity);
    bool add_one_of_each(Target);            // "one navy, one black" (basket_apart.cpp)
    std::int64_t wanted_of(Target) const;
    std::vector<std::size_t> buyable(Target) const;
    void add_queued(std::vector<Constraint> said);                    // of a set, one after another: each in the size that is chosen for it
    bool is_size(int attribute) const;       // what is chosen by whoever wears it
    std::string size_to_choose(Target, std::vector<std::size_t> const& variants) const;   // the attribute; empty: nothing to choose
    // size_steps.cpp: "one size up"
    bool another_size(std::string const& pending);
    std::optional<std::size_t> next_size(Target, int step) const;
    int size_beyond(int attribute, int value, int step, std::vector<int> const& among) const;
    void ask_variant(std::size_t product, std::vector<std::size_t> const& variants, std::string const& attribute);
    void show_basket(Phrase full, Phrase empty);
    void remove_from_basket();
    void order_status();
    void tell_aftersale(OrderView const&);  // requests and refunds of an order; nothing when there are none
    void person();

    // policies.cpp: the shop's own rules
    void policy();
    bool policy_on(std::string const& topic, std::string const& asked, std::vector<std::string>& said);
    bool rule_goes_on();                 // "who pays for that?" after returns or the warranty were told

    // promotions.cpp: coupons and thresholds; false when nothing runs
    bool tell_promotions();
    bool enter_code();                    // codes_entered.cpp
    void offer_promotion();              // unasked, and seldom

    // by_picture.cpp
    bool shows_picture();
    void keep_alike(Selection&, bool by_rank);
    bool say_alike(Selection const&);
    void forget_picture();

    // plan.cpp
    bool join(Constraint);
    Result<Pick> fitting(std::string const& sku) const;

    // Speaking
    void understood() const { if (emit_.understood) emit_.understood(locale_, in_force(state())); }
    void text(Spoken spoken);
    void say(Phrase, std::vector<Slot> const& = {});
    void cards(std::vector<Pick> const&);
    void send(Block);
    Slot title_slot(std::size_t product) const { return {"title", view_.title(product, locale_), FactKind::title, view_[product].data.product_id}; }
    Slot echo(std::string_view name, std::string text) { out_.grounds.echoes.push_back(text); return {name, std::move(text), FactKind::echo}; }
    Slot count(std::size_t n) { out_.grounds.counts.push_back(static_cast<std::int64_t>(n)); return {"count", std::to_string(n), FactKind::count}; }
    Slot variant_slot(Target);                                // "（黑色）"; empty where a product has only one
    Slot name_slot(std::string_view slot, std::string text) { out_.grounds.echoes.push_back(text); return {slot, std::move(text), FactKind::name}; }
    GuideState& state() { return out_.state; }
    GuideState const& state() const { return out_.state; }

    std::shared_ptr<CatalogueView const> snapshot_;
    CatalogueView const& view_;
    Lexicon const& lexicon_;
    TextScorer const& scorer_;
    Ports const& ports_;
    TurnInput const& input_;
    Emit const& emit_;
    GuideOptions const& options_;
    Reading reading_;
    Locale locale_ = Locale::zh;
    std::string no_thing_;   // Retrieved::no_thing
    std::vector<std::string> unknown_codes_;   // Retrieved::unknown_codes
    bool by_code_ = false, nothing_borne_ = false;
    TextScores scores_;
    std::vector<PredictedCategory> likely_;  // of the words, when they name no category
    bool near_in_meaning_ = false, more_found_ = false, whole_ = true;  // whole_: some product has all the words
    std::size_t most_ = SIZE_MAX;                  // of what fits is kept, best first
    bool widen_ = false;                           // also what has only some of the words
    bool by_words_ = false, some_words_ = false;   // the words choose the goods; some of which have not all of them
    std::vector<std::string> missing_words_; // of what the words choose: that none of the nearest has
    bool softened_ = false;                  // circumstances that nothing meets became preferences
    std::size_t with_all_ = 0;               // how many of what fits have all the words; the first of it
    bool no_such_thing_ = false;             // of what the words find nothing is called as the thing that is wanted
    bool corrects_ = false;                  // the words took back what was said before
    bool comparative_ = false, last_request_ = true, unseen_first_ = false;
    std::string words_before_;               // what was looked for before this request
    std::string said_;                       // the words of this turn, slips put right
    std::vector<std::pair<std::string, std::string>> mended_;   // and which those were, until they are told
    std::vector<std::pair<std::string, std::string>> told_;     // corrections, of this turn
    std::optional<Locale> spoken_in_;        // the language they were said in, where what is meant is written in the other
    std::string text_;                       // the request being answered
    std::string answering_;                  // what had been asked before it
    std::optional<AlikeGoods> alike_;        // of the photo in force, when it was asked for
    std::optional<Phrase> picture_problem_;
    bool picture_seen_ = false;
    int size_step_ = 0;                      // of an exchange: by the words it was begun with
    std::size_t untold_ = 0, tied_ = 0;      // of those that were described last: how many the data could not compare, how many were as extreme
    std::vector<std::string> excluded_;      // products that another bundle leaves out
    std::vector<int> occasion_kinds_;        // categories that go with the occasion spoken of, best first
    std::string occasion_said_;
    std::vector<Constraint> said_of_set_;    // of a set as a whole, by this request
    mutable std::unordered_map<int, bool> of_toys_;                                    // by category
    mutable std::optional<ListedTitles> for_children_, for_women_, for_men_, for_girls_, for_boys_;           // by what titles say
    mutable std::unordered_map<Occasion const*, std::vector<TitleWord>> names_of_;     // what titles call it
    Occasion const* pastime_ = nullptr;      // spoken of, and no kinds of this shop go with it
    std::string pastime_said_;
    Turn out_;
};

// The Latin words and Han runs of a normalised title, in order.
std::vector<std::u32string_view> title_words(std::u32string_view title);

}  // namespace kindling::dialogue
