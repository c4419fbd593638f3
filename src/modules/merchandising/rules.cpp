#include "core/json_text.h"
#include "engines/text/analysis/normalise.h"
#include "modules/experiments/api.h"
#include "modules/merchandising/api.h"
#include "modules/merchandising/arrange.h"
#include <algorithm>
#include <boost/json.hpp>

namespace kindling::merchandising {

namespace {

bool within(std::vector<std::pair<std::string, std::string>> const& parents, std::string_view category, std::string_view above) {
    for (int depth = 0; depth < 32 && !category.empty(); ++depth) {
        if (category == above) return true;
        auto const i = std::ranges::lower_bound(parents, category, {}, [](auto const& p) { return std::string_view(p.first); });
        if (i == parents.end() || i->first != category) return false;
        category = i->second;
    }
    return false;
}

template <class List> bool names(List const& list, std::string_view one) { return !one.empty() && std::ranges::find(list, one) != list.end(); }

// Blanks at the ends and doubled ones do not count.
std::string folded(std::string_view query) {
    std::string out;
    for (char c : text::normalise(query)) {
        bool const blank = c == ' ' || c == '\t' || c == '\n';
        if (!blank) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

// A talk's wishes one after another, blanks around each.
std::string told(std::vector<std::string> const& wishes) {
    std::string all = " ";
    for (auto const& wish : wishes) all += folded(wish) + " ";
    return all;
}

// Whether what was told() has all words of a rule's query: in any order, each as a whole word where words are apart, anywhere within a text without blanks.
bool said(std::string_view rule_query, std::string_view all) {
    bool some = false;
    for (std::size_t i = 0; i < rule_query.size();) {
        auto const end = std::min(rule_query.find(' ', i), rule_query.size());
        auto const word = std::string(rule_query.substr(i, end - i));
        bool const apart = std::ranges::all_of(word, [](unsigned char c) { return c < 0x80; });
        if (all.find(apart ? " " + word + " " : word) == std::string::npos) return false;
        some = true, i = end + 1;
    }
    return some;
}

}  // namespace

Result<Arrangement> arrangement(shop::Transaction& tx, Situation const& in) {
    Arrangement out;
    std::vector<MerchandisingRule> all;
    shop::Value const values[] = {tx.shop_id(), in.now, in.now};
    TRY(tx.run("SELECT rule FROM merchandising_rules WHERE shop_id = ? AND stopped_at_ms IS NULL AND starts_at_ms <= ? AND (ends_at_ms IS NULL OR ends_at_ms > ?) ORDER BY created_at_ms, rule_id", values, [&](shop::Row const& row) -> Result<void> { all.push_back(TRY(read_json<MerchandisingRule>(TRY(parse_json(row.text(0)))))); return {}; }));
    for (auto const& draft : in.drafts) {
        std::erase_if(all, [&](MerchandisingRule const& r) { return r.rule_id == draft.rule_id; });
        all.push_back(draft);
        all.back().experiment_id.clear();  // a draft is looked at by staff, who are in no arm
    }
    if (all.empty()) return out;
    bool const trees = std::ranges::any_of(all, [](auto const& r) { return !r.category_id.empty() || std::ranges::any_of(r.move, [](auto const& m) { return !m.category_id.empty(); }); });
    if (trees) {
        shop::Value const shop[] = {tx.shop_id()};
        TRY(tx.run("SELECT category_id, parent_id FROM categories WHERE shop_id = ?", shop, [&](shop::Row const& row) -> Result<void> { out.parents_.emplace_back(row.text(0), row.text(1)); return {}; }));
        std::ranges::sort(out.parents_);
    }
    auto const query = folded(in.query), wishes = told(in.said);
    for (auto& r : all) {
        if (!r.places.empty() && std::ranges::find(r.places, in.place) == r.places.end()) continue;
        if (!r.query.empty() && (in.place == Place::guide ? !said(folded(r.query), wishes) : folded(r.query) != query)) continue;
        if (!r.category_id.empty() && !within(out.parents_, in.category_id, r.category_id)) continue;
        if (!r.experiment_id.empty() && (!in.with_experiments || TRY(experiments::arm_of_visitor(tx, r.experiment_id, in.session_id, in.now)) != r.arm_id)) continue;
        if (!r.query.empty() || !r.category_id.empty())
            for (auto const& id : r.pin)
                if (!names(out.pins_, id)) out.pins_.push_back(id);
        // Of several the one for exactly these words speaks; else the newest.
        bool const exact = !r.query.empty();
        if ((!r.banner_en.empty() || !r.banner_zh.empty()) && (exact || !out.banner_ || out.banner_->link.empty())) out.banner_ = {r.banner_en, r.banner_zh, r.banner_link};
        if (exact && !r.redirect.empty()) out.redirect_ = r.redirect;
        out.rules_.push_back(std::move(r));
    }
    return out;
}

std::vector<std::size_t> Arrangement::order(std::span<Good const> goods, bool by_rank) const {
    std::vector<Ranked> ranked(goods.size());
    for (std::size_t i = 0; i < goods.size(); ++i) {
        auto& r = ranked[i];
        auto const& g = goods[i];
        r.item = i;
        for (auto const& rule : rules_) {
            r.hidden = r.hidden || names(rule.hide, g.product_id);
            if (!by_rank) continue;
            for (auto const& m : rule.move)
                if (names(m.product_ids, g.product_id) || names(m.brands, g.brand) || names(m.brands, g.brand_zh) || (!m.category_id.empty() && within(parents_, g.category_id, m.category_id))) r.strength *= m.strength;
            if (r.pin < 0)
                if (auto const at = std::ranges::find(rule.pin, g.product_id); at != rule.pin.end()) r.pin = static_cast<int>(at - rule.pin.begin());
        }
    }
    return arrange(ranked);
}

}  // namespace kindling::merchandising
