// bench/crash_load.h -- what the crash test's clients ask for, and what they were answered: the model that the store is held to.
#pragma once
#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "core/random.h"
#include "shop_server.h"

namespace kindling::bench {

constexpr int crash_skus = 20, batch_orders = 20, batch_lines = 3;
constexpr std::int64_t crash_price_minor = 1250;
inline std::string crash_sku(int i) { return "SKU-" + std::to_string(i); }

// One orders.place with its Idempotency-Key. Acknowledged: the answer arrived and said 200.
struct PlacedByKey {
    std::string key, body;
    std::map<std::string, std::int64_t> lines;  // units by SKU
    std::string order_id;                       // empty: never acknowledged
};
// One orders.record of batch_orders orders, or one stock.record_moves of two moves.
struct Acknowledged {
    std::string name;
    bool acknowledged = false;
};

struct AskedUnderLoad {
    std::vector<PlacedByKey> orders;
    std::vector<Acknowledged> batches, transfers;
    void add(AskedUnderLoad&&);
};

// One client's work until the line breaks or `enough`. `name` makes its keys its own.
AskedUnderLoad ask_until_broken(std::uint16_t port, std::string const& key, std::string const& name, Random random, std::atomic<bool> const& enough);
// Reads an answer of orders.place; the order's number, or empty.
std::string order_id_of(HttpAnswer const&);

}  // namespace kindling::bench
