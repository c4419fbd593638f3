// shop/store/store_test_support.h -- a place of its own for each test's store: a folder, or an emptied scratch database.
#pragma once
#include "shop/store/store.h"
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <future>
#include <gtest/gtest.h>
#include <iterator>
#include <libpq-fe.h>
#include <unistd.h>

namespace kindling::shop {

template <class T> T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().reason + ": " + result.error().message);
    return std::move(*result);
}

inline std::string read_whole(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class TestPlace {
public:
    // Nothing for "postgres" where there is none.
    static std::unique_ptr<TestPlace> make(std::string const& kind) {
        auto const* const url = std::getenv("KINDLING_TEST_POSTGRES");
        if (kind == "postgres" && (!url || !*url)) return nullptr;
        auto place = std::make_unique<TestPlace>();
        place->folder_ = std::filesystem::temp_directory_path() / fmt::format("kindling-store-{}-{}", ::getpid(), counter_++);
        std::filesystem::create_directories(place->folder_);
        place->address_ = kind == "postgres" ? url : place->file("shop.db");
        place->clear(nullptr);
        return place;
    }
    ~TestPlace() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::string file(std::string const& name) const { return (folder_ / name).string(); }
    std::string const& address() const { return address_; }
    // Back to nothing; whoever holds the store gives it up first.
    void clear(std::unique_ptr<Store> store) {
        store.reset();
        if (!address_.starts_with("postgres")) {
            for (auto const* tail : {"", "-wal", "-shm"}) std::filesystem::remove(address_ + tail);
            return;
        }
        auto* const c = PQconnectdb(address_.c_str());
        auto* const done = PQexec(c, "SET client_min_messages = error; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kindling' AND datname = current_database(); DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        auto const problem = PQresultStatus(done) == PGRES_COMMAND_OK ? std::string() : std::string(PQerrorMessage(c));
        PQclear(done), PQfinish(c);
        if (!problem.empty()) throw std::runtime_error("the scratch database cannot be emptied: " + problem);
    }
    Result<std::unique_ptr<Store>> try_open(StoreOptions options) const {
        options.address = address_;
        options.durability = StoreOptions::Durability::normal;  // tests wait for no disk
        return Store::open(std::move(options));
    }
    std::unique_ptr<Store> open(StoreOptions options = {}) const { return must(try_open(std::move(options))); }

private:
    inline static int counter_ = 0;
    std::filesystem::path folder_;
    std::string address_;
};

}  // namespace kindling::shop
