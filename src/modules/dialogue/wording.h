// modules/dialogue/wording.h -- what the guide says, in both languages, with typed slots for everything that is a fact.
//
// A phrase is a template without a single digit; numbers, prices, titles and values can only come in through slots, and each
// slot leaves a Fact behind that the verifier reads again. Several templates of one phrase take turns.
#pragma once
#include "modules/dialogue/blocks.h"

namespace kindling::dialogue {

enum class Phrase {
    hello, hello_again, thanks, bye, abuse, sorry_first, all_right, help, out_of_scope, refuse_command, empty_message, not_understood,
    found_many, found_few, found_one, all_goods, sorted_cheapest, sorted_best_rated, more, no_more, corrected, corrected_more,
    relaxed_nearest, relaxed_without, relaxed_unknown, not_exact, none_category, comparative_limit, foreign_money,
    ask_category, ask_price, ask_attribute, ask_variant, ask_which, ask_order_number, ask_contact, ask_reset_done, enough_questions,
    compare_intro, compare_cheaper, compare_same_price, compare_rating, compare_need_two, compare_one, unrated, rated_by,
    added, not_in_stock, basket_is, basket_empty, basket_now_empty, removed, checkout, checkout_empty, variant_gone,
    fact_price, fact_price_range, fact_in_stock, fact_out_of_stock, fact_value, fact_values, fact_has, fact_has_not, fact_has_not_but, fact_quote, fact_unknown, fact_which,
    policy_is, policy_unknown, person, person_waits, person_not_asked, order_found, refund_done, refund_due, refund_not_charged, request_waits, request_accepted, request_refused, nothing_asked, order_not_here, order_none, order_mine_none, why_intro, why_one, reset_done, suggested, words_unknown, near_in_meaning, found_very_many, found_some_words, found_few_words, no_more_nearest, refusal_unknown, refusal_unread, forgotten_some, allergy_noted, ask_kind, nothing_on_sale,
    bundle_found, bundle_within, bundle_above, trade_off_intro, trade_off_asked, trade_off_one, trade_off_named, trade_off_dearer, trade_off_offer,
    opinion_none, opinion_rated, opinion_aspect, opinion_blame, opinion_no_blame, opinion_said, opinion_said_too, opinion_silent, opinion_basis, opinion_aspect_of, opinion_aspect_none, opinion_others,
    returned_share, returned_none, returned_few, returned_unsold, returned_reasons, returned_usual,
    basket_corrected, this_one, facts_unknown, arrival_alike, sum_is, sum_of, sum_goods, sum_off, sum_off_code, sum_no_code, sum_first_order, sum_shipping, sum_pay, sum_pay_free, sum_too_many, sum_of_what, price_per, price_per_best, price_per_unknown, price_per_other, lasts, lasts_cost, lasts_need, shipping_at, shipping_free_at, address_later, none_so_valued, count_noted, basket_nothing, nothing_to_take_out, not_in_basket, none_fits, elsewhere, contradiction,
    errand_which, errand_reason, errand_confirm, errand_of, errand_again, errand_stuck, exchange_same, exchange_to, exchange_not, exchange_none, errand_nothing, errand_requested, exchange_requested, exchange_which, return_not_sent, change_not_sent, cancel_confirm, cancelled, cannot_cancel, errand_refused, errand_dropped, with_person, back_to_guide,
    remember_sign_in, remember_nothing, remember_consent, remembered, recall, recall_nothing, recall_off, forgotten, from_memory, not_remembered,
    watch_which, watching_price, watching_stock, watch_in_stock, watch_no, watch_list, watch_none, watch_stopped, watch_price_came, watch_stock_came,
    preferred_first, preferred_nearest, preferred_none, occasion_kinds, occasion_kind, occasion_gift, occasion_none, currency_confirm, currency_unsaid,
    not_sold, not_sold_nearest, not_sold_popular, size_converted, superlative_unknown, superlative_tied, superlative_untold, comparison_unknown, no_order_number,
    history_now, history_lowest, history_is_lowest, history_short, history_none, history_future, size_from_foot, size_no_such, size_returns, size_from_body, size_by_each, size_beyond, size_by_kind, size_no_chart, size_said, size_few, size_available, size_unknown,
    left_out, set_without, set_brands_differ, shown_only, watch_already, ask_variant_of, relaxation_opens, relaxation_over, none_may_give, waiting_for_wish, wish_came, who_i_am, promotion_none, goes_with, goes_with_kind, goes_with_unknown,
    gift_intro, gift_for, gift_intro_some, gift_for_some, ask_recipient,
    promotion_runs, promotion_code, code_told, promotion_now, promotion_more, promotion_more_units, promotion_add_on, promotion_add_on_same, promotion_add_on_less, promotion_first, promotion_no_more,
    size_up, size_down, size_is_largest, size_is_smallest, no_size_up, no_size_down, ask_which_size,
    fact_title, fact_silent, facts_silent, others_unknown, fact_post_weight, fact_comes_in, told_by_these, only_one, named_missing, none_called, which_is_more, by_buyers, by_returns, policy_unknown_on, money_back_way, you_said, you_said_not,
    picture_found, picture_found_within, picture_far, picture_unlike, picture_none_within, picture_gone, picture_unread,
    small_talk, found_without, works_without,
};

struct Slot {
    std::string_view name;   // {name} in the template
    std::string text;
    FactKind kind = FactKind::echo;
    std::string product_id = {}, sku = {}, attribute = {};
};

struct Spoken {
    std::string text;
    std::vector<Fact> facts;
    // Adds the phrase as one more sentence. `turn` chooses among its templates.
    void say(Phrase, Locale, std::int64_t turn, std::vector<Slot> const& slots = {});
};

// A label inside a sentence: "Sound" as "sound", "USB" as it is.
std::string small_first(std::string label);
std::string_view status_word(std::string_view order_status, Locale);

}  // namespace kindling::dialogue
