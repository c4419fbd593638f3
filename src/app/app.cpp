#include "app/app.h"
#include "app/folder.h"
#include "app/modules.h"
#include "modules/payments/api.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>
#include <sys/stat.h>

namespace kindling::app {

App::~App() { executor_.reset(); }

shop::FactsKeeper& App::facts() { return modules_->facts; }

void App::start() { modules_->facts.start(), modules_->selection.start(), modules_->experiments.start(); }
void App::stop() { modules_->experiments.stop(), modules_->selection.stop(), modules_->facts.stop(); }

Result<std::int64_t> App::queue_due(Milliseconds now) { return TRY(modules_->pictures.queue_due(now)) + TRY(payments::queue_due(*services_.store, now)); }
void App::warm_up() { (void)modules_->dialogue.live(1, now_ms()); }

Caller App::system_caller() { return {.kind = Caller::Kind::system, .id = "system", .role = "system", .permissions = {"*"}}; }

Result<std::unique_ptr<App>> App::open(AppOptions options) {
    std::unique_ptr<App> app(new App);
    std::error_code failed;
    std::filesystem::create_directories(options.folder, failed);
    if (failed) return fail(Errc::unavailable, "store_unavailable", fmt::format("The data folder {} cannot be made: {}.", options.folder.string(), failed.message()));
    ::chmod(options.folder.c_str(), 0700);  // personal data lives here
    auto& s = app->services_;
    s.folder = options.folder;
    s.version = version;
    auto const key = options.folder / "secret.key";
    s.store = TRY(shop::Store::open({.address = options.store.empty() ? (options.folder / "kindling.db").string() : options.store}));
    // A new key beside an old store would make everything personal in it unreadable for good, bit by bit: whatever is written
    // from then on would be sealed with the wrong one.
    if (!std::filesystem::exists(key, failed) && TRY(holds_sealed(*s.store)))
        return fail(Errc::failed_precondition, "key_missing", fmt::format("The store holds sealed fields, and its key is not at {}. Put back the secret.key that it was written with.", key.string()));
    s.vault = TRY(shop::Vault::open(key));
    if (options.key == AppOptions::Key::must_fit && TRY(key_fit(*s.store, *s.vault)) == KeyFit::does_not_fit)
        return fail(Errc::failed_precondition, "key_does_not_fit", fmt::format("{} does not open what is sealed in the store. Put back the secret.key that the store was written with; nothing was changed.", key.string()));
    app->modules_ = std::make_unique<Modules>(s);
    app->registry_ = Registry(app->modules_->operations());
    s.registry = &app->registry_;
    app->executor_ = std::make_unique<gateway::Executor>(s, app->registry_, app->metrics_, options.executor);
    return app;
}

Result<void> App::make_shop(std::string_view name, std::string_view name_zh, std::string_view currency, std::string_view locale, std::string_view time_zone) {
    auto tx = TRY(services_.store->write(1));
    if (TRY(tx->integer("SELECT COUNT(*) FROM shops WHERE shop_id = 1")) == 0) {
        TRY(tx->execute("INSERT INTO shops (shop_id, name, name_zh, currency, locale, time_zone, created_at_ms) VALUES (1,?,?,?,?,?,?)", name, name_zh, currency, locale, time_zone, now_ms()));
        TRY(tx->execute("INSERT INTO places (shop_id, place_id, kind, name_en, name_zh) VALUES (1,'main','warehouse','Main warehouse','主仓') ON CONFLICT (shop_id, place_id) DO NOTHING"));
    }
    return tx->commit();
}

Result<bool> App::is_new() {
    auto tx = TRY(services_.store->read(1));
    return TRY(tx->integer("SELECT COUNT(*) FROM shops WHERE shop_id = 1")) == 0;
}

Result<bool> App::is_empty() {
    auto tx = TRY(services_.store->read(1));
    return TRY(tx->integer("SELECT COUNT(*) FROM products WHERE shop_id = 1")) == 0 && TRY(tx->integer("SELECT COUNT(*) FROM orders WHERE shop_id = 1")) == 0;
}

shop::JobRunner::Run App::job_run() {
    return [this](std::string_view operation, json::value const& request, std::int64_t shop_id, Caller const& caller, Progress const& progress, std::function<void(std::string_view)> log) {
        return executor_->call(operation, request, {.shop_id = shop_id, .caller = caller, .request_id = "job", .progress = progress, .log = std::move(log)});
    };
}

Registry const& registry_for_documents() {
    static shop::Services services;
    static Modules modules(services);
    static Registry const registry(modules.operations());
    return registry;
}

}  // namespace kindling::app
