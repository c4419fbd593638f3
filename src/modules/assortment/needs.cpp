#include "modules/assortment/needs.h"
#include "core/json_text.h"
#include <algorithm>
#include <cstdlib>

namespace kindling::assortment_module {

Result<std::vector<NeededGood>> needed_goods(shop::Transaction& tx, Milliseconds now) {
    std::vector<NeededGood> out;
    shop::Value const values[] = {tx.shop_id(), now};
    TRY(tx.run("SELECT decision_id, title_en, evidence, state, created_at_ms FROM decisions WHERE shop_id = ? AND kind = 'unmet_need' AND (state IN ('approved', 'executed', 'measured') OR (state = 'proposed' AND (expires_at_ms IS NULL OR expires_at_ms > ?))) ORDER BY created_at_ms DESC LIMIT 200", values, [&](shop::Row const& row) -> Result<void> {
        NeededGood n{.decision_id = std::string(row.text(0)), .words = std::string(row.text(1)), .category_id = {}, .examples = {}, .agreed = row.text(3) != "proposed", .handed_on_at_ms = row.integer(4)};
        auto const evidence = TRY(parse_json(row.text(2)));
        if (auto const* list = evidence.if_array())
            for (auto const& item : *list) {
                auto const* o = item.if_object();
                auto const *label = o ? o->if_contains("label") : nullptr, *value = o ? o->if_contains("value") : nullptr;
                if (!label || !label->is_string() || !value || !value->is_string()) continue;
                std::string_view const name = label->get_string();
                std::string const text(value->get_string());
                if (name == "words") n.words = text;
                if (name == "sessions") n.sessions = std::atoll(text.c_str());
                if (name == "growth") n.growth = std::strtod(text.c_str(), nullptr);
                if (name == "orders_28") n.orders_28 = std::strtod(text.c_str(), nullptr);
                if (name == "category") n.category_id = text;
                if (name == "example") n.examples.push_back(text);
            }
        out.push_back(std::move(n));
        return {};
    }));
    std::ranges::stable_sort(out, std::greater(), [](NeededGood const& n) { return std::pair(n.orders_28, n.sessions); });
    return out;
}

}  // namespace kindling::assortment_module
