#include "shop/imports/undo_uses.h"
#include "core/json_text.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::shop::imports {

namespace {

struct Cause { std::string_view reason, sentence; };
constexpr Cause causes[] = {
    {"changed_since", "changed since"}, {"imported_since", "changed by a later import, which must be taken back first"}, {"sold_since", "sold, or in a basket, since"}, {"reviewed_since", "reviewed since"},
    {"supplied_since", "in a purchase order or a supplier's list"}, {"ordered_since", "with orders from elsewhere"}, {"active_since", "with reviews, conversations, baskets or an account"}, {"returned_since", "with returns"},
    {"paid_since", "with payments from elsewhere"}, {"used_since", "used by products or categories from elsewhere"},
};
constexpr std::string_view nouns[thing_count] = {"settings", "categories", "products", "variants", "customers", "identities", "orders", "orders", "reviews", "payments"};

std::string id_of(Thing thing, std::string const& key) { return fmt::format("{} {}", name_of(thing), key); }

}  // namespace

bool ImportChanges::is_blocked(Thing thing, std::string const& key) const { return !blocked_.empty() && blocked_.contains(id_of(thing, key)); }

void ImportChanges::block(Thing thing, std::string const& key, std::string_view reason) {
    if (blocked_.insert(id_of(thing, key)).second) ++counts_[{reason, thing}];
}

Result<void> ImportChanges::load() {
    Value const values[] = {shop_, import_id_};
    // How things were before may be long, and is read when it is written back; of appended lines it is short.
    TRY(tx_.run("SELECT kind, key, CASE WHEN before = '' THEN 1 ELSE 0 END, digest, CASE WHEN kind = 'appended' THEN before ELSE '' END FROM import_changes WHERE shop_id = ? AND import_id = ? ORDER BY kind, key", values, [&](Row const& row) -> Result<void> {
        ImportChange change{thing_named(row.text(0)), std::string(row.text(1)), row.integer(2) != 0, row.integer(3)};
        (change.made ? of(change.thing).made : of(change.thing).changed).insert(change.key);
        if (change.thing == Thing::appended) appended_from_[change.key] = std::atoll(std::string(row.text(4)).c_str());
        all_.push_back(std::move(change));
        return {};
    }));
    return {};
}

Result<std::string> ImportChanges::before(ImportChange const& c) {
    std::string text;
    Value const values[] = {shop_, import_id_, name_of(c.thing), c.key};
    TRY(tx_.run("SELECT before FROM import_changes WHERE shop_id = ? AND import_id = ? AND kind = ? AND key = ?", values, [&](Row const& row) -> Result<void> { text = row.text(0); return {}; }));
    return text;
}

std::vector<ImportChange> ImportChanges::changed_things() const {
    std::vector<ImportChange> out;
    for (auto const& c : all_)
        if (!c.made && !is_blocked(c.thing, c.key)) out.push_back(c);
    return out;
}

Result<void> ImportChanges::forget_blocked() {
    std::vector<ImportChange const*> stay;
    for (auto const& c : all_)
        if (is_blocked(c.thing, c.key)) stay.push_back(&c);
    TRY(tx_.run_many("DELETE FROM import_changes WHERE shop_id = ? AND import_id = ? AND kind = ? AND key = ?", stay.size(), [&](std::size_t i, std::vector<Value>& values) { values = {shop_, import_id_, name_of(stay[i]->thing), stay[i]->key}; }));
    return {};
}

Result<void> ImportChanges::find_blocked(bool spread) {
    TRY(find_later_imports());
    TRY(find_changed());
    for (std::size_t before = 0;;) {
        TRY(find_uses_of_products());
        TRY(find_other_uses());
        if (!spread || blocked_.size() == before) return {};
        before = blocked_.size();
    }
}

Result<void> ImportChanges::find_later_imports() {
    Value const values[] = {shop_, import_id_, shop_, import_id_, import_id_};
    TRY(tx_.run("SELECT c.kind, c.key FROM import_changes c JOIN imports i ON i.shop_id = c.shop_id AND i.import_id = c.import_id WHERE c.shop_id = ? AND c.import_id <> ? AND i.state = 'done' "
                "AND (i.created_at_ms, i.import_id) > ((SELECT m.created_at_ms FROM imports m WHERE m.shop_id = ? AND m.import_id = ?), ?)", values, [&](Row const& row) -> Result<void> {
                    auto const thing = thing_named(row.text(0));
                    std::string const key(row.text(1));
                    for (auto mine : {thing, thing == Thing::appended ? Thing::order : thing})
                        if (mine != Thing::shop && (of(mine).made.contains(key) || of(mine).changed.contains(key))) block(mine, key, "imported_since");
                    return {};
                }));
    return {};
}

Result<void> ImportChanges::find_changed() {
    for (std::size_t i = 0; i < thing_count; ++i) {
        auto const thing = static_cast<Thing>(i);
        if (thing == Thing::shop) continue;
        std::vector<std::string> keys;
        for (auto const& c : all_) if (c.thing == thing) keys.push_back(c.key);
        auto const now = TRY(read_rows(tx_, thing, keys));
        for (auto const& c : all_) {
            if (c.thing != thing) continue;
            auto const found = now.find(c.key);
            // What was made and removed since is gone already.
            if (found == now.end() ? !c.made : digest_of(found->second) != c.digest) block(thing, c.key, "changed_since");
        }
    }
    return {};
}

Result<void> ImportChanges::each(std::string_view sql, std::function<void(Row const&)> const& use) {
    Value const values[] = {shop_};
    TRY(tx_.run(sql, values, [&](Row const& row) -> Result<void> { use(row); return {}; }));
    return {};
}

Result<void> ImportChanges::find_uses_of_products() {
    auto& products = of(Thing::product);
    if (products.made.empty() && products.changed.empty()) return {};
    std::unordered_map<std::string, std::string> product_of;
    TRY(each("SELECT sku, product_id FROM variants WHERE shop_id = ?", [&](Row const& row) {
        if (std::string id(row.text(1)); products.made.contains(id) || products.changed.contains(id)) product_of.emplace(row.text(0), std::move(id));
    }));
    std::map<std::string, std::unordered_set<std::string>> used;  // of products that were there before: SKUs that somebody used
    auto const sku_used = [&](Row const& row, std::string_view reason) {
        auto const found = product_of.find(std::string(row.text(0)));
        if (found == product_of.end()) return;
        if (products.made.contains(found->second)) block(Thing::product, found->second, reason);
        else used[found->second].insert(found->first);
    };
    TRY(each("SELECT sku, order_id, line FROM order_lines WHERE shop_id = ?", [&](Row const& row) {
        std::string const order(row.text(1));
        if (goes(Thing::order, order)) return;
        if (auto const from = appended_from_.find(order); from != appended_from_.end() && row.integer(2) >= from->second && !is_blocked(Thing::appended, order)) return;
        sku_used(row, "sold_since");
    }));
    TRY(each("SELECT sku FROM basket_lines WHERE shop_id = ?", [&](Row const& row) { sku_used(row, "sold_since"); }));
    TRY(each("SELECT sku FROM purchase_order_lines WHERE shop_id = ?", [&](Row const& row) { sku_used(row, "supplied_since"); }));
    TRY(each("SELECT sku FROM supplies WHERE shop_id = ?", [&](Row const& row) { sku_used(row, "supplied_since"); }));
    TRY(each("SELECT product_id, review_id FROM reviews WHERE shop_id = ?", [&](Row const& row) {
        if (std::string const id(row.text(0)); products.made.contains(id) && !goes(Thing::review, std::string(row.text(1)))) block(Thing::product, id, "reviewed_since");
    }));
    // A product that was there before keeps its sales; only a variant that the import added may not be taken from under them.
    for (auto const& [id, skus] : used) {
        if (is_blocked(Thing::product, id)) continue;
        auto const rows = TRY(parse_json(TRY(before({Thing::product, id}))));
        std::unordered_set<std::string> old;
        if (auto const* list = rows.get_object().if_contains("variants"))
            for (auto const& row : list->get_array()) old.emplace(row.at(0).get_string());
        for (auto const& sku : skus)
            if (!old.contains(sku)) block(Thing::product, id, "sold_since");
    }
    return {};
}

Result<void> ImportChanges::find_other_uses() {
    auto const some = [&](Thing thing) { return !of(thing).made.empty(); };
    if (some(Thing::customer)) {
        TRY(each("SELECT customer_id, order_id FROM orders WHERE shop_id = ? AND customer_id <> ''", [&](Row const& row) {
            if (std::string const id(row.text(0)); of(Thing::customer).made.contains(id) && !goes(Thing::order, std::string(row.text(1)))) block(Thing::customer, id, "ordered_since");
        }));
        TRY(each("SELECT customer_id, review_id FROM reviews WHERE shop_id = ? AND customer_id <> ''", [&](Row const& row) {
            if (std::string const id(row.text(0)); of(Thing::customer).made.contains(id) && !goes(Thing::review, std::string(row.text(1)))) block(Thing::customer, id, "active_since");
        }));
        for (auto sql : {"SELECT customer_id FROM conversations WHERE shop_id = ? AND customer_id <> ''", "SELECT customer_id FROM baskets WHERE shop_id = ? AND customer_id <> ''", "SELECT customer_id FROM accounts WHERE shop_id = ?", "SELECT customer_id FROM customer_addresses WHERE shop_id = ?"})
            TRY(each(sql, [&](Row const& row) { if (std::string const id(row.text(0)); of(Thing::customer).made.contains(id)) block(Thing::customer, id, "active_since"); }));
    }
    if (some(Thing::order) || !appended_from_.empty()) {
        TRY(each("SELECT order_id, line FROM returns WHERE shop_id = ?", [&](Row const& row) {
            std::string const id(row.text(0));
            if (of(Thing::order).made.contains(id)) block(Thing::order, id, "returned_since");
            if (auto const from = appended_from_.find(id); from != appended_from_.end() && row.integer(1) >= from->second) block(Thing::appended, id, "returned_since");
        }));
        TRY(each("SELECT order_id, payment_id FROM payments WHERE shop_id = ?", [&](Row const& row) {
            if (std::string const id(row.text(0)); of(Thing::order).made.contains(id) && !goes(Thing::payment, std::string(row.text(1)))) block(Thing::order, id, "paid_since");
        }));
    }
    if (some(Thing::category)) {
        TRY(each("SELECT category_id, product_id FROM products WHERE shop_id = ? AND category_id <> ''", [&](Row const& row) {
            std::string const id(row.text(0)), product(row.text(1));
            // A product that is written back leaves the category with that.
            if (of(Thing::category).made.contains(id) && !goes(Thing::product, product) && (!of(Thing::product).changed.contains(product) || is_blocked(Thing::product, product))) block(Thing::category, id, "used_since");
        }));
        TRY(each("SELECT parent_id, category_id FROM categories WHERE shop_id = ? AND parent_id <> ''", [&](Row const& row) {
            if (std::string const id(row.text(0)); of(Thing::category).made.contains(id) && !goes(Thing::category, std::string(row.text(1)))) block(Thing::category, id, "used_since");
        }));
    }
    return {};
}

std::unexpected<Error> ImportChanges::refusal() const {
    std::vector<FieldError> fields;
    std::string sentence;
    for (auto const& cause : causes)
        for (auto const& [what, n] : counts_)
            if (what.first == cause.reason) {
                auto const text = fmt::format("{}: {} {}", nouns[static_cast<std::size_t>(what.second)], n, cause.sentence);
                sentence += (sentence.empty() ? "" : "; ") + text;
                fields.push_back({"/import_id", std::string(cause.reason), text});
            }
    return fail(Errc::failed_precondition, "import_depended_on", fmt::format("The import cannot be taken back as a whole: {}. Ask for leave_depended to take back the rest and leave these as they are.", sentence), std::move(fields));
}

}  // namespace kindling::shop::imports
