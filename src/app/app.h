// app/app.h -- the one place that knows everyone: opens a data folder, makes the registry, wires what serves it.
#pragma once
#include "gateway/execute/executor.h"
#include "gateway/http/metrics.h"
#include "shop/jobs/jobs.h"
#include "shop/services.h"
#include <filesystem>

namespace kindling::shop { class FactsKeeper; }

namespace kindling::app {

struct Modules;

constexpr std::string_view version = "0.1.0";

struct AppOptions {
    std::filesystem::path folder = "data";
    std::string store = {};  // empty: SQLite in the folder
    gateway::ExecutorOptions executor = {};
    enum class Key { must_fit, any } key = Key::must_fit;  // any: for the doctor, who tells what is wrong
};

// Everything an open shop needs, in the order in which it must end.
class App {
public:
    // Makes the folder, key and store if they are missing. Fails as Store::open and Vault::open do, and with key_missing or
    // key_does_not_fit before anything is written with a wrong key.
    static Result<std::unique_ptr<App>> open(AppOptions);
    ~App();

    shop::Services& services() { return services_; }
    Registry const& registry() const { return registry_; }
    gateway::Executor& executor() { return *executor_; }
    gateway::Metrics& metrics() { return metrics_; }
    shop::FactsKeeper& facts();
    // Threads that keep facts and models up to date, for processes that stay.
    void start();
    void stop();

    Result<bool> is_new();  // there is no shop yet
    // Makes shop 1 if the store has none; time_zone: an IANA name. Data that exists is left alone.
    Result<void> make_shop(std::string_view name, std::string_view name_zh, std::string_view currency, std::string_view locale, std::string_view time_zone);
    Result<bool> is_empty();  // no product in shop 1

    // Makes what requests would otherwise make on first use: the search index of shop 1. Takes up to a second; any thread.
    void warm_up();
    // Jobs that changes of the shop call for; asked about once a minute.
    Result<std::int64_t> queue_due(Milliseconds now);
    // Runs operations as the owner of this machine: command line, import, demo.
    static Caller system_caller();
    shop::JobRunner::Run job_run();

private:
    App() = default;
    shop::Services services_;
    std::unique_ptr<Modules> modules_;
    Registry registry_;
    gateway::Metrics metrics_;
    std::unique_ptr<gateway::Executor> executor_;
};

// All operations of this build, for generated documents; needs no data folder.
Registry const& registry_for_documents();

}  // namespace kindling::app
