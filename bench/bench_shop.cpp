#include "bench_shop.h"

#include <fmt/format.h>
#include <unistd.h>

#include "modules/assortment/api.h"
#include "modules/forecast/api.h"
#include "modules/supply/api.h"
#include "shop/catalogue/api.h"
#include "shop/demo/demo.h"
#include "shop/imports/api.h"
#include "shop/promotions/api.h"
#include "shop/simulator/time_line.h"
#include "shop/vault/vault.h"

namespace kindling::bench {

BenchShop::BenchShop(std::string_view name, Milliseconds now) : folder_(std::filesystem::temp_directory_path() / fmt::format("kindling-bench-{}-{}", name, ::getpid())), now_(now), services_(std::make_unique<shop::Services>()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    services_->folder = folder_;
    services_->vault = need(shop::Vault::open(folder_ / "secret.key"));
    services_->store = need(shop::Store::open({.address = (folder_ / "kindling.db").string(), .durability = shop::StoreOptions::Durability::normal}));
    std::vector<Operation> all = forecast::operations();
    for (auto list : {assortment_module::assortment_operations(), shop::promotions::operations(), supply_module::operations(), shop::catalogue_operations()}) std::move(list.begin(), list.end(), std::back_inserter(all));
    registry_ = std::make_unique<Registry>(std::move(all));
    services_->registry = registry_.get();
}

BenchShop::~BenchShop() {
    if (!services_) return;  // moved from
    services_->store.reset();
    std::filesystem::remove_all(folder_);
}

BenchShop BenchShop::demo() {
    shop::simulator::Options const options{.log_days = 1};
    return demo(options, options.last_day + 1);
}

BenchShop BenchShop::demo(shop::simulator::Options const& options, Day today) {
    BenchShop out("demo", start_of(today, shop::simulator::shop_zone));
    need(shop::make_demo(*out.services_, options, {}));
    return out;
}

std::optional<BenchShop> BenchShop::online_retail(BenchContext& context) {
    auto const path = context.find("online-retail-uci/online_retail.csv.gz");
    if (!path) return {};
    BenchShop out("online-retail", day_from_civil(2011, 12, 10) * milliseconds_per_day);
    {
        auto const tx = need(out.services_->store->write(1));
        need(tx->execute("INSERT INTO shops (shop_id, name, name_zh, currency, locale, time_zone, created_at_ms) VALUES (1,'My shop','','GBP','en','Etc/UTC',0)"));
        need(tx->commit());
    }
    Context asked{.services = *out.services_, .caller = {.kind = Caller::Kind::system, .id = "bench", .role = "system", .permissions = {"*"}}, .now = out.now_, .effect = Effect::act};
    need(shop::imports::run_import(asked, {.path = *path, .preset = "online-retail"}));
    return out;
}

boost::json::value BenchShop::ask(std::string_view operation, boost::json::object const& request) const {
    Context context{.services = *services_, .caller = {.kind = Caller::Kind::user, .id = "usr_1", .role = "owner", .permissions = {"*"}}, .now = now_, .effect = Effect::act};
    auto const* const found = registry_->find(operation);
    std::unique_ptr<shop::Transaction> tx;
    if (found->length != Length::long_) tx = need(found->effect == Effect::read ? services_->store->read(1) : services_->store->write(1)), context.open = tx.get();
    boost::json::value answer;
    need(found->run(context, request, answer));
    if (tx && found->effect != Effect::read) need(tx->commit());
    return answer;
}

}  // namespace kindling::bench
