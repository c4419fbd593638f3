// promotions.save: checked whole, kept whole. What has been used stays counted.
#include "core/id.h"
#include "core/json_text.h"
#include "shop/promotions/period.h"
#include "shop/promotions/requests.h"
#include "shop/promotions/rows.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::shop::promotions {

std::vector<FieldError> wrong_fields(Promotion const& p, std::string const& at) {
    std::vector<FieldError> errors;
    auto const wrong = [&](std::string_view field, std::string_view reason, std::string message) { errors.push_back({fmt::format("{}/{}", at, field), std::string(reason), std::move(message)}); };
    if (p.title_en.empty() && p.title_zh.empty()) wrong("title_en", "required", "a name is needed in one language");
    switch (p.kind) {
        case PromotionKind::amount_off:
            if (p.off_minor <= 0) wrong("off_minor", "required", "say what is taken off");
            if (p.repeats && p.threshold_minor <= 0 && p.minimum_units <= 0) wrong("threshold_minor", "required", "what repeats needs a threshold or a number of units");
            break;
        case PromotionKind::percent_off:
            if (p.percent_off_hundredths <= 0) wrong("percent_off_hundredths", "required", "say how much is taken off, in hundredths of a percent");
            if (p.repeats) wrong("repeats", "not_with_kind", "a percentage counts once");
            break;
        case PromotionKind::buy_get:
            if (p.buy_units <= 0) wrong("buy_units", "required", "say how many are to be bought");
            if (p.get_units <= 0) wrong("get_units", "required", "say how many are reduced");
            if (p.percent_off_hundredths <= 0) wrong("percent_off_hundredths", "required", "say by how much they are reduced; 10000 makes them free");
            break;
        case PromotionKind::set_price:
            if (p.parts.empty()) wrong("parts", "required", "say what a set is made of");
            break;
        case PromotionKind::free_shipping:
            if (p.repeats) wrong("repeats", "not_with_kind", "shipping is free once");
            break;
    }
    for (auto day : p.weekdays)
        if (day < 1 || day > 7) wrong("weekdays", "out_of_range", "days are 1, Monday, to 7, Sunday");
    if (p.most_uses_per_code > 0 && p.codes.empty()) wrong("most_uses_per_code", "not_without_codes", "there are no codes");
    for (std::size_t i = 0; i < p.codes.size(); ++i) {
        auto const& code = p.codes[i];
        bool const fine = code.size() >= 3 && code.size() <= 40 && std::ranges::all_of(code, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
        if (!fine) wrong(fmt::format("codes/{}", i), "malformed_code", "must be 3 to 40 letters, digits, - or _");
        if (errors.size() > 100) break;
    }
    if (normal_codes(p.codes).size() < std::min<std::size_t>(10, p.codes.size()) && errors.empty()) wrong("codes", "taken", "holds a code twice");
    return errors;
}

Result<SavedPromotion> save_promotion(Context& context, SavePromotion const& in) {
    auto& tx = context.tx();
    auto const shop = tx.shop_id();
    auto p = in.promotion;
    auto errors = wrong_fields(p, "/promotion");
    auto const clock = TRY(ShopClock::of(tx));
    std::int64_t starts = context.now;
    std::optional<std::int64_t> ends;
    for (bool const end : {false, true}) {
        auto const& text = end ? p.ends : p.starts;
        if (text.empty()) continue;
        auto const at = clock.moment(text, end);
        if (!at) errors.push_back({end ? "/promotion/ends" : "/promotion/starts", at.error().reason, at.error().message});
        else if (end) ends = *at;
        else starts = *at;
    }
    if (ends && *ends <= starts) errors.push_back({"/promotion/ends", "out_of_range", p.starts.empty() ? "is over already" : "must be after its start"});
    std::vector<std::string> codes;
    for (auto& code : p.codes) {
        auto const normal = normal_codes(std::span(&code, 1));
        if (!normal.empty()) codes.push_back(normal.front());
    }
    if (p.promotion_id.empty()) p.promotion_id = new_id("promo");
    for (std::size_t i = 0; i < codes.size() && errors.empty(); ++i) {
        if (std::ranges::count(codes, codes[i]) > 1) errors.push_back({fmt::format("/promotion/codes/{}", i), "taken", "stands here twice"});
        if (TRY(tx.integer("SELECT COUNT(*) FROM promotion_codes WHERE shop_id = ? AND code = ? AND promotion_id <> ?", shop, codes[i], p.promotion_id)) > 0) errors.push_back({fmt::format("/promotion/codes/{}", i), "taken", "belongs to another promotion"});
    }
    for (std::size_t i = 0; i < p.customer_groups.size(); ++i)
        if (TRY(tx.integer("SELECT COUNT(*) FROM customer_groups WHERE shop_id = ? AND group_id = ?", shop, p.customer_groups[i])) == 0) errors.push_back({fmt::format("/promotion/customer_groups/{}", i), "group_not_found", "is no group; make it with customers.save_group"});
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The promotion was not saved.", std::move(errors));
    auto const before = TRY(find_promotion(tx, p.promotion_id));
    if (p.starts.empty() && before) starts = before->starts_at_ms;
    auto const automatic = static_cast<std::int64_t>(codes.empty());
    p.codes.clear();  // they stand in a table of their own
    TRY(tx.execute("INSERT INTO promotions (shop_id, promotion_id, rule, automatic, starts_at_ms, ends_at_ms, most_uses, created_at_ms, updated_at_ms) VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, promotion_id) DO UPDATE SET rule = excluded.rule, automatic = excluded.automatic, starts_at_ms = excluded.starts_at_ms, ends_at_ms = excluded.ends_at_ms, stopped_at_ms = NULL, most_uses = excluded.most_uses, updated_at_ms = excluded.updated_at_ms",
                   shop, p.promotion_id, to_text(write_json(p)), automatic, starts, ends, p.most_uses, context.now, context.now));
    std::vector<std::string> gone;
    Value const values[] = {shop, p.promotion_id};
    TRY(tx.run("SELECT code FROM promotion_codes WHERE shop_id = ? AND promotion_id = ?", values, [&](Row const& row) -> Result<void> {
        if (std::ranges::find(codes, row.text(0)) == codes.end()) gone.emplace_back(row.text(0));
        return {};
    }));
    for (auto const& code : gone) TRY(tx.execute("DELETE FROM promotion_codes WHERE shop_id = ? AND code = ?", shop, code));
    TRY(tx.run_many("INSERT INTO promotion_codes (shop_id, code, promotion_id) VALUES (?,?,?) ON CONFLICT (shop_id, code) DO NOTHING", codes.size(), [&](std::size_t i, std::vector<Value>& row) { row = {shop, codes[i], p.promotion_id}; }));
    tx.changed("promotion", p.promotion_id);
    auto const now = TRY(find_promotion(tx, p.promotion_id));
    return SavedPromotion{p.promotion_id, now ? now->state(context.now) : PromotionState::running};
}

}  // namespace kindling::shop::promotions
