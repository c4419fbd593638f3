#include "crash_load.h"

#include <fmt/format.h>

#include <thread>

#include "core/json_text.h"

namespace kindling::bench {

namespace {

template <class T> void append(std::vector<T>& to, std::vector<T>&& from) { std::ranges::move(from, std::back_inserter(to)); }

std::string field_of(HttpAnswer const& answer, std::string_view name) {
    if (answer.status != 200) return {};
    auto const parsed = parse_json(answer.body);
    auto const* const object = parsed ? parsed->if_object() : nullptr;
    auto const* const value = object ? object->if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

class Client {
public:
    Client(std::uint16_t port, std::string const& key, std::string name, Random random) : http_(port, key), name_(std::move(name)), random_(random) {}

    AskedUnderLoad work(std::atomic<bool> const& enough) {
        while (!enough && !broken_) {
            auto const kind = random_.below(10);
            if (kind < 5) place_lines();
            else if (kind < 8) place_basket();
            else if (kind < 9) record_batch();
            else move_stock();
        }
        return std::move(asked_);
    }

private:
    HttpAnswer call(std::string_view operation, std::string const& body, std::string const& key = {}) {
        auto answer = http_.call(operation, body, key);
        if (answer.status == 0) broken_ = true;
        // The database is away for a moment: the server answers, so it need not be flooded.
        if (answer.status == 503) std::this_thread::sleep_for(std::chrono::milliseconds(25));
        return answer;
    }
    std::string next_name(char kind) { return fmt::format("{}-{}{}", name_, kind, ++count_); }
    std::map<std::string, std::int64_t> some_lines() {
        std::map<std::string, std::int64_t> lines;
        for (auto n = random_.between(1, 4); n > 0; --n) lines[crash_sku(static_cast<int>(random_.below(crash_skus)))] = random_.between(1, 5);
        return lines;
    }
    void place(std::map<std::string, std::int64_t> lines, std::string const& what) {
        PlacedByKey p{.key = next_name('k'), .body = fmt::format(R"({{{},"contact":{{"name":"Ada","address":"1 Road","email":"ada@example.com"}}}})", what), .lines = std::move(lines)};
        p.order_id = order_id_of(call("orders.place", p.body, p.key));
        asked_.orders.push_back(std::move(p));
    }
    void place_lines() {
        auto lines = some_lines();
        std::string list;
        for (auto const& [sku, units] : lines) list += fmt::format(R"({}{{"sku":"{}","quantity":{}}})", list.empty() ? "" : ",", sku, units);
        place(std::move(lines), fmt::format(R"("lines":[{}])", list));
    }
    void place_basket() {
        auto lines = some_lines();
        std::string basket;
        for (auto const& [sku, units] : lines) {
            basket = field_of(call("basket.add", fmt::format(R"({{"basket_id":"{}","sku":"{}","quantity":{}}})", basket, sku, units)), "basket_id");
            if (basket.empty()) return;
        }
        place(std::move(lines), fmt::format(R"("basket_id":"{}")", basket));
    }
    void record_batch() {
        auto const batch = next_name('b');
        std::string orders;
        for (int i = 0; i < batch_orders; ++i) {
            std::string lines;
            for (int l = 0; l < batch_lines; ++l) lines += fmt::format(R"({}{{"sku":"{}","quantity":{},"unit_price_minor":{}}})", l ? "," : "", crash_sku((i + l) % crash_skus), l + 1, crash_price_minor);
            orders += fmt::format(R"({}{{"order_id":"{}-{}","placed_at_ms":1700000000000,"channel":"{}","lines":[{}]}})", i ? "," : "", batch, i, batch, lines);
        }
        auto const answer = call("orders.record", fmt::format(R"({{"source":"bulk","orders":[{}]}})", orders));
        asked_.batches.push_back({batch, answer.status == 200});
    }
    void move_stock() {
        auto const name = next_name('m');
        auto const sku = crash_sku(static_cast<int>(random_.below(crash_skus)));
        auto const answer = call("stock.record_moves", fmt::format(R"({{"moves":[{{"sku":"{0}","quantity":-1,"kind":"moved","reference":"{1}"}},{{"sku":"{0}","place_id":"other","quantity":1,"kind":"moved","reference":"{1}"}}]}})", sku, name), name);
        asked_.transfers.push_back({name, answer.status == 200});
    }

    LoopbackClient http_;
    std::string name_;
    Random random_;
    AskedUnderLoad asked_;
    int count_ = 0;
    bool broken_ = false;
};

}  // namespace

void AskedUnderLoad::add(AskedUnderLoad&& other) {
    append(orders, std::move(other.orders));
    append(batches, std::move(other.batches));
    append(transfers, std::move(other.transfers));
}

AskedUnderLoad ask_until_broken(std::uint16_t port, std::string const& key, std::string const& name, Random random, std::atomic<bool> const& enough) { return Client(port, key, name, random).work(enough); }

std::string order_id_of(HttpAnswer const& answer) { return field_of(answer, "order_id"); }

}  // namespace kindling::bench
