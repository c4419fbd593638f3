// One transaction. What depends on the import is found by a scan of each table that can point at what it made; a thing that stays counts as
// somebody else's from then on, so that what it points at stays too. Then what was made is deleted by kind, and what was changed is written
// back thing by thing. Cost: the scans (half a second for half a million order lines) and the deletes.
#include "shop/imports/undo.h"
#include "core/json_text.h"
#include "shop/catalogue/operations.h"
#include "shop/imports/kept_rows.h"
#include "shop/imports/undo_uses.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <set>

namespace kindling::shop::imports {

namespace {

constexpr std::string_view ours = "SELECT c.key FROM import_changes c WHERE c.shop_id = ? AND c.import_id = ? AND c.kind = '{}' AND c.before = ''";
constexpr std::string_view our_skus = "SELECT v.sku FROM variants v JOIN import_changes c ON c.shop_id = v.shop_id AND c.key = v.product_id WHERE c.shop_id = ? AND c.import_id = ? AND c.kind = 'product' AND c.before = ''";

class Undo {
public:
    Undo(Context& context, UndoImport const& in) : context_(context), tx_(context.tx()), shop_(tx_.shop_id()), in_(in), changes_(tx_, in.import_id) {}

    Result<UndoneImport> run() {
        UndoneImport out{.import_id = in_.import_id};
        if (TRY(undone_already())) return out.already = true, out;
        TRY(changes_.load());
        TRY(changes_.find_blocked(in_.leave_depended));
        if (changes_.blocked() > 0 && !in_.leave_depended) return changes_.refusal();
        out.left = changes_.blocked();
        TRY(changes_.forget_blocked());
        TRY(write_back(out));
        TRY(remove_made(out.removed));
        TRY(give_shop_back());
        TRY(tx_.execute("DELETE FROM import_changes WHERE shop_id = ? AND import_id = ?", shop_, in_.import_id));
        TRY(tx_.execute("UPDATE imports SET state = 'undone', undone_at_ms = ? WHERE shop_id = ? AND import_id = ?", context_.now, shop_, in_.import_id));
        for (auto what : {"product", "order", "customer", "review", "category", "setting", "stock", "removed"}) tx_.changed(what);
        tx_.changed("import", in_.import_id);
        return out;
    }

private:
    Result<bool> undone_already() {
        std::string state;
        std::int64_t at = 0;
        Value const values[] = {shop_, in_.import_id};
        TRY(tx_.run("SELECT state, created_at_ms FROM imports WHERE shop_id = ? AND import_id = ?", values, [&](Row const& row) -> Result<void> { state = row.text(0), at = row.integer(1); return {}; }));
        auto const refuse = [](Errc code, std::string_view reason, std::string message, std::string_view field) { return fail(code, std::string(reason), std::move(message), {{"/import_id", std::string(reason), std::string(field)}}); };
        if (state.empty()) return refuse(Errc::not_found, "import_not_found", fmt::format("There is no import \"{}\".", in_.import_id), "is not an import of this shop");
        if (state == "undone") return true;
        if (state != "done") return refuse(Errc::failed_precondition, "nothing_to_undo", "This import was refused and left nothing in the shop.", "left nothing that could be taken back");
        if (context_.now - at > undo_days * milliseconds_per_day) return refuse(Errc::failed_precondition, "undo_expired", fmt::format("An import can be taken back for {} days; this one is older.", undo_days), "is too old to be taken back");
        if (TRY(tx_.integer("SELECT COUNT(*) FROM import_changes WHERE shop_id = ? AND import_id = ?", shop_, in_.import_id)) == 0)
            return refuse(Errc::failed_precondition, "nothing_to_undo", "This import brought nothing new, or no record of its changes was kept.", "left nothing that could be taken back");
        return false;
    }

    Result<std::int64_t> remove(std::string_view table, std::string_view column, std::string_view which) { return tx_.execute(fmt::format("DELETE FROM {} WHERE shop_id = ? AND {} IN ({})", table, column, which), shop_, shop_, in_.import_id); }
    static std::string made(Thing thing) { return fmt::format(fmt::runtime(ours), name_of(thing)); }

    Result<void> remove_made(UndoneCounts& removed) {
        auto const products = made(Thing::product), orders = made(Thing::order), customers = made(Thing::customer);
        removed.order_lines += TRY(remove("order_lines", "order_id", orders));
        removed.orders = TRY(remove("orders", "order_id", orders));
        removed.payments = TRY(remove("payments", "payment_id", made(Thing::payment)));
        removed.reviews = TRY(remove("reviews", "review_id", made(Thing::review)));
        for (auto table : {"stock_moves", "stock", "price_history"}) TRY(remove(table, "sku", our_skus));
        for (auto table : {"variants", "attributes", "media"}) TRY(remove(table, "product_id", products));
        removed.products = TRY(remove("products", "product_id", products));
        for (auto table : {"consents", "customer_identities"}) TRY(remove(table, "customer_id", customers));
        removed.customers = TRY(remove("customers", "customer_id", customers));
        TRY(tx_.execute(fmt::format("DELETE FROM customer_identities WHERE shop_id = ? AND kind = 'imported_id' AND lookup IN ({})", made(Thing::identity)), shop_, shop_, in_.import_id));
        removed.categories = TRY(remove("categories", "category_id", made(Thing::category)));
        return {};
    }

    Result<void> write_back(UndoneImport& out) {
        for (auto const& c : changes_.changed_things()) {
            auto const before = TRY(changes_.before(c));
            switch (c.thing) {
            case Thing::appended: {
                auto const blank = before.find(' ');
                auto const row = TRY(parse_json(before.substr(blank + 1))).at("orders").at(0);
                auto const cell = [&](std::size_t i) { return row.at(i).to_number<std::int64_t>(); };
                out.removed.order_lines += TRY(tx_.execute("DELETE FROM order_lines WHERE shop_id = ? AND order_id = ? AND line >= ?", shop_, c.key, std::int64_t{std::atoll(before.c_str())}));
                TRY(tx_.execute("UPDATE orders SET subtotal_minor = ?, shipping_minor = ?, total_minor = ? WHERE shop_id = ? AND order_id = ?", cell(0), cell(1), cell(2), shop_, c.key));
                ++out.restored.orders;
                break;
            }
            case Thing::product: TRY(restore_product(c.key, before)), ++out.restored.products; break;
            case Thing::shop: shop_before_ = before; break;
            default:
                TRY(write_rows(tx_, c.thing, c.key, before));
                if (c.thing == Thing::customer) ++out.restored.customers;
                if (c.thing == Thing::category) ++out.restored.categories;
            }
        }
        return {};
    }

    // Stock goes back by a move, so that the moves still add up to it; prices that change are written into their history.
    Result<void> restore_product(std::string const& id, std::string const& before) {
        auto const now = TRY(read_rows(tx_, Thing::product, std::span(&id, 1)));
        auto const old_rows = TRY(parse_json(before)), new_rows = TRY(parse_json(now.at(id)));
        auto const cells = [](json::value const& rows, std::string_view table, std::size_t column, std::size_t minus = 0) {
            std::map<std::string, std::int64_t> out;
            if (auto const* list = rows.get_object().if_contains(table))
                for (auto const& row : list->get_array()) out[std::string(row.at(0).get_string())] += row.at(column).to_number<std::int64_t>() - (minus ? row.at(minus).to_number<std::int64_t>() : 0);
            return out;
        };
        auto const old_stock = cells(old_rows, "stock", 2, 3), new_stock = cells(new_rows, "stock", 2, 3), old_prices = cells(old_rows, "variants", 6), new_prices = cells(new_rows, "variants", 6);
        TRY(write_rows(tx_, Thing::product, id, before));
        for (auto const& [sku, units] : new_stock) {
            auto const was = old_stock.find(sku);
            if (was != old_stock.end()) { if (was->second != units) TRY(set_main_stock(context_, sku, was->second)); }
            else for (auto table : {"stock", "stock_moves"}) TRY(tx_.execute(fmt::format("DELETE FROM {} WHERE shop_id = ? AND sku = ?", table), shop_, sku));
        }
        for (auto const& [sku, price] : new_prices) {
            auto const was = old_prices.find(sku);
            if (was == old_prices.end()) TRY(tx_.execute("DELETE FROM price_history WHERE shop_id = ? AND sku = ?", shop_, sku));
            else if (was->second != price)
                TRY(tx_.execute("INSERT INTO price_history (shop_id, sku, from_ms, price_minor, currency, reason) SELECT shop_id, sku, ?, price_minor, currency, 'import_undone' FROM variants WHERE shop_id = ? AND sku = ? ON CONFLICT (shop_id, sku, from_ms) DO UPDATE SET price_minor = excluded.price_minor, reason = excluded.reason", context_.now, shop_, sku));
        }
        return {};
    }

    // An empty shop had taken the file's currency (and name); it gives them back when it is empty again.
    Result<void> give_shop_back() {
        if (shop_before_.empty() || TRY(tx_.integer("SELECT (SELECT COUNT(*) FROM products WHERE shop_id = ?) + (SELECT COUNT(*) FROM orders WHERE shop_id = ?)", shop_, shop_)) > 0) return {};
        auto const row = TRY(parse_json(shop_before_)).at("shops").at(0);
        auto const cell = [&](std::size_t i) { return std::string_view(row.at(i).get_string()); };
        TRY(tx_.execute("UPDATE shops SET name = ?, name_zh = ?, currency = ?, locale = ? WHERE shop_id = ?", cell(0), cell(1), cell(2), cell(3), shop_));
        return {};
    }

    Context& context_;
    Transaction& tx_;
    std::int64_t shop_;
    UndoImport const& in_;
    ImportChanges changes_;
    std::string shop_before_;
};

}  // namespace

Result<UndoneImport> undo_import(Context& context, UndoImport const& in) { return Undo(context, in).run(); }

}  // namespace kindling::shop::imports
