#include "app/commands.h"
#include "app/demo_supply.h"
#include "app/folder.h"
#include "app/forecast_series_command.h"
#include "app/import_command.h"
#include "app/restore_command.h"
#include "app/serve.h"
#include "core/json_text.h"
#include "core/parallel.h"
#include "core/utf8.h"
#include "gateway/cli/output.h"
#include "gateway/cli/progress_bar.h"
#include "gateway/mcp/mcp_server.h"
#include "gateway/mcp/stdio.h"
#include "gateway/mcp/tools.h"
#include "gateway/render/generated.h"
#include "modules/experiments/api.h"
#include "modules/selection/replay.h"
#include "shop/analysis/keeper.h"
#include "shop/demo/demo.h"
#include "shop/simulator/time_line.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>
#include <ostream>
#include <spdlog/spdlog.h>
#include <set>
#include <sqlite3.h>

namespace kindling::app {

namespace {

using gateway::CommandCall;
using gateway::Streams;

gateway::ProgressBarOptions bar_on(Streams const& streams) { return {.screen = streams.err_is, .columns = streams.columns}; }

// Half of the demo's simulated visitors whose events are logged do without the guide, as experiments.* assigns them, so that the ledger and the experiments
// page have a difference that was measured. It ends with the simulated past: whoever opens the demo has the guide.
constexpr std::string_view demo_experiment = "demo-guide";

Result<shop::DemoHoldOut> begin_demo_experiment(shop::Transaction& tx, shop::simulator::Options const& options) {
    using namespace experiments;
    Experiment const e{.experiment_id = std::string(demo_experiment), .title_en = "What the guide is worth (simulated visitors of the demo)", .title_zh = "导购的价值（演示店铺的模拟访客）", .arms = {{"without", "", 1}, {"guide", "", 1}}, .metric = Metric::revenue, .holds_out = HeldOut::guide, .planned_visitors = 500'000};
    auto const from = options.last_day + 1 - options.log_days;
    return shop::DemoHoldOut{from, TRY(begin_in_past(tx, e, fmt::format("demo-{}", options.seed), start_of(from, shop::simulator::shop_zone)))};
}

Result<void> end_demo_experiment(App& app, Day last_day) {
    auto const tx = TRY(app.services().store->write(1));
    Context context{.services = app.services(), .open = tx.get(), .shop_id = 1, .caller = App::system_caller(), .now = start_of(last_day + 1, shop::simulator::shop_zone) - 1, .request_id = "demo", .effect = Effect::act};
    TRY(experiments::end_in_past(context, std::string(demo_experiment), "Simulated: the visitors, and that they order more often with the guide, are the demo's own law (truth/behaviour.csv, guide_lift); the arms and the difference are measured. 模拟：访客以及有导购时下单更多，出自演示自身的设定（truth/behaviour.csv 的 guide_lift）；分组与差异为实测。"));
    return tx->commit();
}

// Talks of the demo's own guide, with a scored record of each, and the set of cases that a newer model must understand as well: what simulated shoppers said
// to a guide, said again to this one. The first of each wording, latest first.
constexpr int demo_cases = 12;

Result<void> talk_with_the_guide(App& app, std::stop_token const& stop) {
    gateway::Call const staff{.caller = App::system_caller(), .request_id = "demo"};
    gateway::Call shopper{.caller = {.kind = Caller::Kind::shopper, .id = "demo", .role = "shopper", .customer_id = {}, .session_id = {}, .permissions = {}}, .request_id = "demo"};
    std::set<std::string> said;
    auto const listed = TRY(app.executor().call("conversations.list", json::object{{"kind", "guide"}, {"page_size", 200}}, staff));
    for (auto const& each : listed.at("conversations").as_array()) {
        if (static_cast<int>(said.size()) == demo_cases || stop.stop_requested()) break;
        auto const talk = TRY(app.executor().call("conversations.get", json::object{{"conversation_id", each.at("conversation_id")}}, staff));
        std::vector<std::string> texts;
        for (auto const& m : talk.at("messages").as_array())
            if (m.at("role").as_string() == "shopper") texts.emplace_back(m.at("body").as_string());
        if (texts.empty() || !said.insert(texts.front()).second) continue;
        std::string id;
        for (auto const& text : texts) {
            auto const answer = TRY(app.executor().call("dialogue.ask", json::object{{"text", text}, {"conversation_id", id}, {"locale", each.at("locale")}}, shopper));
            id = answer.at("conversation_id").as_string();
        }
        TRY(app.executor().call("dialogue.keep_case", json::object{{"conversation_id", id}, {"name", utf8_prefix(texts.front(), 80)}}, staff));
    }
    return {};
}

Result<void> make_demo_shop(App& app, shop::simulator::Options options, Streams const& streams, std::stop_token stop) {
    auto const begun = std::chrono::steady_clock::now();
    options.last_day = day_of(now_ms(), 8 * 3'600'000) - 1;
    gateway::ProgressBar bar(streams.err, bar_on(streams));
    auto const made = TRY(shop::make_demo(app.services(), options, bar.progress(stop), [&](shop::Transaction& tx) { return begin_demo_experiment(tx, options); }));
    TRY(end_demo_experiment(app, options.last_day));
    TRY(agree_demo_terms(app));
    TRY(talk_with_the_guide(app, stop));
    // What rows would have been worth before a switch can be estimated from the first day: the simulated visits played again, as modules/selection/replay.h says.
    TRY(selection::replay_visits(*app.services().store, 1, {.seed = options.seed, .threads = default_threads()}, {.stop = stop}));
    // What to recommend is learned here once, so that the server that follows begins with it and stays small.
    TRY(app.executor().call("selection.train", json::object{}, {.caller = App::system_caller(), .request_id = "demo", .progress = bar.progress(stop)}));
    streams.out << fmt::format("Made {} products, {} customers, {} orders with {} lines, {} events, {} reviews, {} conversations in {:.1f} s.\n", made.products, made.customers, made.orders, made.order_lines, made.events, made.reviews, made.conversations,
                               std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
    return {};
}

Result<int> run_demo(CommandCall const& call, Streams const& streams, std::stop_token stop) {
    auto const app = TRY(App::open(options_of(call.global)));
    TRY(make_demo_shop(*app, {.seed = static_cast<std::uint64_t>(call.number("seed")), .products = static_cast<int>(call.number("products")), .customers = static_cast<int>(call.number("customers")), .months = static_cast<int>(call.number("months")), .log_days = static_cast<int>(call.number("log_days"))}, streams, stop));
    return 0;
}

Result<int> run_serve(CommandCall const& call, Streams const& streams, std::stop_token stop) {
    spdlog::set_level(std::min(spdlog::get_level(), spdlog::level::info));
    auto const folder = options_of(call.global).folder;
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return fail(Errc::unavailable, "store_unavailable", fmt::format("The data folder {} cannot be made: {}.", folder.string(), failed.message()));
    auto const lock = TRY(FolderLock::take(folder));  // before the app, so that it outlives it
    auto const app = TRY(App::open(options_of(call.global)));
    if (call.has("demo") && TRY(app->is_empty())) TRY(make_demo_shop(*app, {}, streams, stop));
    TRY(app->make_shop("My shop", "我的店铺", "CNY", "zh", "Asia/Shanghai"));
    ServeOptions options{.listen = std::string(call.text("listen")), .threads = call.number("threads"), .origin = std::string(call.text("origin"))};
    if (call.has("no_worker")) options.worker = ServeOptions::Worker::elsewhere;
    if (auto const* file = std::getenv("KINDLING_LINKS_FILE")) options.links_file = file;
    return serve(*app, options, streams.out, stop);
}

Result<int> run_worker(CommandCall const& call, Streams const&, std::stop_token stop) {
    spdlog::set_level(std::min(spdlog::get_level(), spdlog::level::info));
    auto const app = TRY(App::open(options_of(call.global)));
    return work(*app, static_cast<int>(call.number("jobs")), stop);
}

Result<int> run_mcp(CommandCall const& call, Streams const& streams, std::stop_token) {
    std::unique_ptr<App> app;
    auto const execute = TRY(connect(call.global, app));
    gateway::Tools const tools(app->registry());
    if (auto const set = gateway::ToolSet(call.text("tools"), tools); !set.unknown().empty())
        return fail(Errc::invalid_argument, "unknown_tools", fmt::format("There is no module or tool {}; \"kindling help\" lists the modules.", gateway::printable(set.unknown().front())));
    gateway::McpServer const server(app->registry(), {.version = std::string(version)});
    // Whoever starts us over stdio has this machine's files anyway, so it is asked for no key.
    gateway::run_stdio(server, {.may = [](std::string_view) { return true; }, .execute = execute, .locale = call.global.locale}, streams.in, streams.out, {.tools = std::string(call.text("tools"))});
    return 0;
}

Result<int> run_backup(CommandCall const& call, Streams const& streams, std::stop_token stop) {
    auto const app = TRY(App::open(options_of(call.global)));
    gateway::ProgressBar bar(streams.err, bar_on(streams));
    TRY(app->services().store->backup(call.words[0], bar.progress(stop)));
    std::error_code failed;
    // Without the key a backup cannot be read: it belongs with it, under the same care.
    std::filesystem::copy_file(app->services().folder / "secret.key", call.words[0] + ".key", failed);
    if (failed) return fail(Errc::unavailable, "store_unavailable", "The key could not be copied beside the backup: " + failed.message());
    streams.out << fmt::format("{} and {}.key hold the store and its key; keep them apart from each other. Pictures are in {}.\n", call.words[0], call.words[0], (app->services().folder / "assets").string());
    return 0;
}

Result<int> run_doctor(CommandCall const& call, Streams const& streams, std::stop_token) {
    auto options = options_of(call.global);
    options.key = AppOptions::Key::any;
    std::optional<FolderLock> lock;
    if (call.has("repair")) {  // a running server keeps both open
        lock.emplace(TRY(FolderLock::take(options.folder)));
        std::error_code failed;
        std::filesystem::remove_all(options.folder / "index", failed);  // made anew by whoever searches next
        if (failed) return fail(Errc::unavailable, "store_unavailable", fmt::format("The search index could not be removed: {}.", failed.message()));
    }
    auto const app = App::open(options);
    if (!app) return std::unexpected(app.error());
    auto tx = TRY((*app)->services().store->read(1));
    auto const count = [&](std::string_view table) { return tx->integer(fmt::format("SELECT COUNT(*) FROM {}", table)).value_or(-1); };
    streams.out << fmt::format("version    {}\nfolder     {}\nstore      {}\nproducts   {}\ncustomers  {}\norders     {}\nevents     {}\n", version, options.folder.string(), (*app)->services().store->kind(), count("products"), count("customers"), count("orders"), count("events"));
    bool sound = TRY(key_fit(*(*app)->services().store, *(*app)->services().vault)) != KeyFit::does_not_fit;
    streams.out << (sound ? "key        fits the store\n" : "key        does NOT fit the store: put back the secret.key that was there when it was written\n");
    if (options.store.empty()) {
        std::string verdict;
        TRY(tx->run("PRAGMA quick_check(1)", {}, [&](shop::Row const& row) -> Result<void> { verdict = row.text(0); return {}; }));
        streams.out << "pages      " << verdict << '\n';
        sound = sound && verdict == "ok";
    }
    std::vector<std::int64_t> shops;
    TRY(tx->run("SELECT shop_id FROM shops ORDER BY shop_id", {}, [&](shop::Row const& row) -> Result<void> { shops.push_back(row.integer(0)); return {}; }));
    tx.reset();
    for (auto id : shops) {
        auto& facts = (*app)->facts().of(id);
        if (call.has("repair")) TRY(facts.rebuild(shop::analysis::all_tables, {}));
        std::string state;
        for (auto const& t : TRY(facts.status())) state += fmt::format("{}{} {}", state.empty() ? "" : ", ", name_of(t.table), t.problem.empty() ? fmt::format("{} rows", t.rows) : t.problem);
        streams.out << fmt::format("facts      shop {}: {}\n", id, state);
    }
    return sound ? 0 : 1;
}

// The documents that are made from the registry, in a checkout; --check only says whether they are as they should be.
Result<int> run_generate(CommandCall const& call, Streams const& streams, std::stop_token) {
    auto const files = gateway::generated_files(registry_for_documents());
    if (call.has("list")) {
        json::array names;
        for (auto const& op : registry_for_documents().all()) names.emplace_back(op.name);
        streams.out << to_text(names) << '\n';
        return 0;
    }
    auto const folder = call.words.empty() ? std::string(".") : call.words[0];
    if (!call.has("check")) {
        TRY(gateway::write_files(files, folder));
        streams.out << fmt::format("{} files written.\n", files.size());
        return 0;
    }
    auto const stale = gateway::stale_files(files, folder);
    for (auto const& path : stale) streams.err << path << " is not what the operations say; run: kindling generate\n";
    return stale.empty() ? 0 : 1;
}

Result<int> run_version(CommandCall const&, Streams const& streams, std::stop_token) {
    streams.out << fmt::format("kindling {}\nsqlite {}\n", version, sqlite3_libversion());
    return 0;
}

}  // namespace

AppOptions options_of(gateway::GlobalOptions const& global) {
    AppOptions options;
    auto const* folder = std::getenv("KINDLING_FOLDER");
    options.folder = !global.data.empty() ? global.data : folder ? folder : "data";
    options.store = global.store;
    if (options.store.empty())
        if (auto const* store = std::getenv("KINDLING_STORE")) options.store = store;
    if (auto const* coverage = std::getenv("KINDLING_COVERAGE")) {
        options.executor.self_check = gateway::ExecutorOptions::SelfCheck::on;
        options.executor.coverage_file = coverage;
    }
    return options;
}

Result<std::int64_t> shop_of(App& app, std::string const& text) {
    if (text.empty()) return 1;
    std::int64_t shop = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), shop);
    bool const number = error == std::errc() && end == text.data() + text.size() && shop > 0;
    auto tx = TRY(app.services().store->read(0));
    if (!number || TRY(tx->integer("SELECT COUNT(*) FROM shops WHERE shop_id = ?", shop)) == 0)
        return fail(Errc::not_found, "shop_not_found", fmt::format("There is no shop \"{}\" here; --shop takes a number that \"kindling shops list\" shows.", gateway::printable(text)));
    return shop;
}

Result<gateway::Execute> connect(gateway::GlobalOptions const& global, std::unique_ptr<App>& opened) {
    if (!opened) opened = TRY(App::open(options_of(global)));
    TRY(opened->make_shop("My shop", "我的店铺", "CNY", "zh", "Asia/Shanghai"));
    TRY(shop_of(*opened, global.shop));  // a wrong number is told before anything is read or asked
    return [app = opened.get(), own = global.shop](std::string_view operation, json::value request, gateway::CallOptions const& options) -> Result<json::value> {
        gateway::Call call{.shop_id = TRY(shop_of(*app, options.shop.empty() ? own : options.shop)), .caller = App::system_caller(), .locale = options.locale, .request_id = "cli", .idempotency_key = options.idempotency_key, .progress = options.progress};
        if (options.mode == gateway::CallMode::dry_run) call.mode = Context::Mode::dry_run;
        return app->executor().call(operation, request, call);
    };
}

std::vector<gateway::Command> commands(std::stop_token stop) {
    auto const with = [stop](Result<int> (*run)(CommandCall const&, Streams const&, std::stop_token)) { return [run, stop](CommandCall const& c, Streams const& s) { return run(c, s, stop); }; };
    return gateway::built_in_commands({{"serve", with(&run_serve)}, {"worker", with(&run_worker)}, {"demo", with(&run_demo)}, {"import", with(&run_import_command)}, {"export", with(&run_export_command)}, {"forecast-series", with(&run_forecast_series_command)}, {"mcp", with(&run_mcp)}, {"backup", with(&run_backup)}, {"restore", with(&run_restore_command)}, {"doctor", with(&run_doctor)}, {"generate", with(&run_generate)}, {"version", with(&run_version)}});
}

}  // namespace kindling::app
