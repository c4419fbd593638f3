#include "app/serve.h"
#include "app/console_files.h"
#include "app/outside.h"
#include "gateway/agents/agents.h"
#include "gateway/front/front.h"
#include "gateway/http/server.h"
#include "shop/analysis/keeper.h"
#include "shop/nightly/nightly.h"
#include "shop/people/people.h"
#include "shop/people/retention.h"
#include "storefront/storefront.h"
#include <charconv>
#include <condition_variable>
#include <fmt/format.h>
#include <fstream>
#include <ostream>
#include <spdlog/spdlog.h>

namespace kindling::app {

namespace {

Result<std::pair<std::string, std::uint16_t>> address_of(std::string const& listen) {
    auto const colon = listen.rfind(':');
    std::uint16_t port = 0;
    auto const digits = std::string_view(listen).substr(colon == listen.npos ? 0 : colon + 1);
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size()) return fail(Errc::invalid_argument, "malformed_address", fmt::format("\"{}\" is not an address and port; write 127.0.0.1:8080.", listen));
    return std::pair(colon == listen.npos ? std::string("127.0.0.1") : listen.substr(0, colon), port);
}

struct Origin {
    std::string scheme, host;  // "https", "shop.example:8443"
    std::string name() const { return host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':')); }
};
Result<Origin> origin_of(std::string_view text) {
    for (std::string_view scheme : {"https", "http"}) {
        auto const begin = std::string(scheme) + "://";
        if (!text.starts_with(begin)) continue;
        auto host = text.substr(begin.size());
        if (host.ends_with('/')) host.remove_suffix(1);
        if (!host.empty() && host.size() < 256 && std::ranges::all_of(host, [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']'; })) return Origin{std::string(scheme), std::string(host)};
    }
    return fail(Errc::invalid_argument, "malformed_address", fmt::format("\"{}\" is not an origin; write https://shop.example.", text.substr(0, 200)));
}

void wait_for(std::stop_token stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait(lock, stop, [] { return false; });
}

// In this order, for each stands on those before: how goods answer to prices (promotions ahead move the forecast by it), demand, what to buy, what to move between places.
constexpr shop::NightlyWork nightly[] = {{"assortment.propose", "assortment_hour", R"({"as_before":true})"}, {"market.watch", "assortment_hour"}, {"forecast.run", "forecast_hour"}, {"supply.plan", "supply_hour", "{}", "supply_plans"}, {"supply.allocate", "supply_hour"}, {"supply.book_backtest", "supply_hour", R"({"as_due":true})"}, {"dialogue.train_ranking", "search_learning_hour"}};
// A shop that never did such work begins when the server has run for so long and nothing else is under way, whatever the hour.
constexpr Milliseconds first_nightly_after = 10 * 60'000;

Result<void> tidy_up(shop::Services& services) {
    auto const done = TRY(shop::tidy(services, now_ms()));
    auto tx = TRY(services.store->write(0));
    auto const answers = TRY(gateway::forget_old_answers(*tx, now_ms()));
    TRY(tx->commit());
    if (done.events + done.uploads + answers > 0) spdlog::info("tidied: {} events without their session, {} old uploads, {} old answers", done.events, done.uploads, answers);
    return {};
}

}  // namespace

Result<int> serve(App& app, ServeOptions const& options, std::ostream& out, std::stop_token stop) {
    auto const [address, port] = TRY(address_of(options.listen));
    gateway::Front front(app.executor(), app.metrics(), {.console = console_files(), .mcp_instructions = "A shop: search it, ask its guide, fill a basket and order. Prices are in minor units of the currency beside them.", .other_tools = gateway::AgentCommerce::tools()});
    gateway::Router router;
    front.add_to(router);
    gateway::AgentCommerce agents(front, send_outside());
    agents.add_to(router);
    storefront::Storefront pages(front);
    pages.add_to(router);

    gateway::ServerOptions server_options{.address = address, .port = port, .metrics = &app.metrics()};
    Origin origin;
    if (!options.origin.empty()) {
        origin = TRY(origin_of(options.origin));
        server_options.trusted_proxies = {"127.0.0.1", "::1"};
        server_options.allowed_hosts = {origin.name(), "localhost", "127.0.0.1", "[::1]", address};
        if (origin.scheme == "https") server_options.https_host = origin.host;
    }
    if (options.threads) server_options.io_threads = static_cast<unsigned>(options.threads);
    server_options.temporary_directory = (app.services().folder / "uploads").string();
    std::error_code ignored;
    std::filesystem::create_directories(server_options.temporary_directory, ignored);
    server_options.access_log = [](gateway::AccessEntry const& e) {
        // Paths only: queries may hold what a shopper typed.
        if (e.status >= 500 || spdlog::should_log(spdlog::level::debug))
            spdlog::log(e.status >= 500 ? spdlog::level::err : spdlog::level::debug, "request={} {} {} status={} in={} out={} us={}", e.request_id, e.method, e.path, e.status, e.bytes_in, e.bytes_out, e.duration_us);
    };
    server_options.on_exception = [](std::string_view id, std::string_view what) { spdlog::error("request={} threw: {}", id, what); };
    auto server = TRY(gateway::Server::create(std::move(server_options), std::move(router)));

    std::string set_up;
    {
        auto tx = TRY(app.services().store->write(0));
        if (TRY(shop::needs_set_up(*tx))) set_up = TRY(shop::make_set_up_token(*tx, now_ms()));
        TRY(tx->commit());
    }
    std::unique_ptr<shop::JobRunner> jobs;
    if (options.worker == ServeOptions::Worker::here) jobs = std::make_unique<shop::JobRunner>(*app.services().store, app.job_run(), 1);
    server->start();

    auto const url = origin.host.empty() ? server->url() : origin.scheme + "://" + origin.host;
    std::string links = fmt::format("\n  Storefront   {0}/\n  Console      {0}/console/{1}\n  API          {0}/openapi.json\n  Agents (UCP) {0}/.well-known/ucp\n  Agents (ACP) {0}/.well-known/acp.json\n  Agents (MCP) {0}/mcp\n", url, set_up.empty() ? "" : "setup#" + set_up);
    if (!set_up.empty()) links += "\n  The console link makes you the owner; it works once and for 30 minutes.\n";
    out << links << std::endl;
    if (!options.links_file.empty()) std::ofstream(options.links_file) << links;
    spdlog::info("serving at {}", server->url());

    // The first shopper should not wait for the search index: it is opened (or made) while the links are read, and before the work that goes on beside
    // requests (facts by column, models of recommendations) asks for the same cores and disk.
    std::jthread warm([&] { app.warm_up(), app.start(); });
    std::jthread const minute([&](std::stop_token ended) {
        std::mutex mutex;
        std::condition_variable_any tick;
        std::chrono::steady_clock::time_point tidied{};
        auto const first_time_from = now_ms() + first_nightly_after;
        while (!ended.stop_requested()) {
            std::unique_lock lock(mutex);
            tick.wait_for(lock, ended, std::chrono::minutes(1), [] { return false; });
            app.executor().flush_meter();
            if (ended.stop_requested()) break;
            if (auto const queued = shop::queue_nightly(*app.services().store, nightly, now_ms(), first_time_from); !queued) spdlog::warn("nightly work: {}", queued.error().message);
            if (auto const queued = app.queue_due(now_ms()); !queued) spdlog::warn("work that is due: {}", queued.error().message);
            if (ended.stop_requested() || (tidied.time_since_epoch().count() && std::chrono::steady_clock::now() - tidied < std::chrono::hours(24))) continue;
            if (auto const done = tidy_up(app.services()); !done) spdlog::warn("tidying: {}", done.error().message);  // the next minute tries again
            else tidied = std::chrono::steady_clock::now();
        }
    });
    wait_for(stop);
    spdlog::info("stopping");
    server->stop();
    front.end();
    server->wait();
    jobs.reset();
    warm.join();
    app.stop();
    return 0;
}

Result<int> work(App& app, int count, std::stop_token stop) {
    app.start();
    shop::JobRunner jobs(*app.services().store, app.job_run(), count);
    spdlog::info("carrying out jobs");
    wait_for(stop);
    return 0;
}

}  // namespace kindling::app
