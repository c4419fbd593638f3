#include "modules/dialogue/category_guard.h"
#include "engines/learning/ranking/fusion.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_places = 300;

double gain_in(Live const& live, std::string const& query, std::map<std::string, double> const& grades) {
    auto const places = places_in_search(live, query, most_places);
    ranking::JudgedQuery pool;
    std::vector<double> scores;
    for (auto const& [product, grade] : grades) {
        if (!live.view->find(product)) continue;
        auto const at = places.find(product);
        scores.push_back(at == places.end() ? 0 : standing_score(at->second));
        pool.candidates.push_back({static_cast<float>(scores.back()), 0, static_cast<float>(grade)});
    }
    return ranking::gain_of(pool, scores);
}

}  // namespace

std::optional<JudgedGain> judged_gain(Live const& live, std::string const& query, std::map<std::string, double> const& grades) {
    std::vector<double> known;
    for (auto const& [product, grade] : grades)
        if (live.view->find(product)) known.push_back(grade);
    if (known.size() < 2 || std::ranges::min(known) == std::ranges::max(known)) return {};
    auto other = live;
    other.category_boost = true;
    JudgedGain out{.with_boost = gain_in(other, query, grades)};
    other.category_boost = false;
    out.without_boost = gain_in(other, query, grades);
    return out;
}

Result<CategoryBoost> category_boost(shop::Transaction& tx) {
    CategoryBoost out;
    shop::Value const one[] = {tx.shop_id()};
    TRY(tx.run("SELECT COUNT(*), COALESCE(SUM(with_boost), 0), COALESCE(SUM(without_boost), 0) FROM search_category_gains WHERE shop_id = ?", one, [&](shop::Row const& row) -> Result<void> {
        out.judged_queries = row.integer(0);
        if (out.judged_queries > 0) out.ndcg_with = row.number(1) / static_cast<double>(out.judged_queries), out.ndcg_without = row.number(2) / static_cast<double>(out.judged_queries);
        return {};
    }));
    out.in_use = out.ndcg_with >= out.ndcg_without - 1e-9;
    return out;
}

Result<void> keep_gain(shop::Transaction& tx, std::string const& query, std::optional<JudgedGain> const& gain) {
    auto const before = TRY(category_boost(tx)).in_use;
    TRY(tx.execute("DELETE FROM search_category_gains WHERE shop_id = ? AND query = ?", tx.shop_id(), query));
    if (gain) TRY(tx.execute("INSERT INTO search_category_gains (shop_id, query, with_boost, without_boost) VALUES (?,?,?,?)", tx.shop_id(), query, gain->with_boost, gain->without_boost));
    if (TRY(category_boost(tx)).in_use != before) tx.changed("category_boost");
    return {};
}

Result<void> keep_gains(shop::Transaction& tx, std::map<std::string, JudgedGain> const& gains) {
    auto const before = TRY(category_boost(tx)).in_use;
    TRY(tx.execute("DELETE FROM search_category_gains WHERE shop_id = ?", tx.shop_id()));
    for (auto const& [query, gain] : gains) TRY(tx.execute("INSERT INTO search_category_gains (shop_id, query, with_boost, without_boost) VALUES (?,?,?,?)", tx.shop_id(), query, gain.with_boost, gain.without_boost));
    if (TRY(category_boost(tx)).in_use != before) tx.changed("category_boost");
    return {};
}

}  // namespace kindling::dialogue
