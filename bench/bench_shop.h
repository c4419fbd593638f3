// bench/bench_shop.h -- a whole shop in a folder of its own, asked by its operations: the demo shop as it comes, or the year of UCI Online Retail.
#pragma once
#include <boost/json.hpp>
#include <filesystem>
#include <functional>

#include "bench.h"
#include "core/operation.h"
#include "shop/context.h"
#include "shop/simulator/world.h"

namespace kindling::bench {

class BenchShop {
public:
    // The demo shop of 2,000 products and two years; visits of a day only (what is measured here does not read them).
    static BenchShop demo();
    // Another of the kind, asked on the day `today`.
    static BenchShop demo(shop::simulator::Options const&, Day today);
    // Nothing without the data. Stock, costs and lead times are unknown in it.
    static std::optional<BenchShop> online_retail(BenchContext&);
    BenchShop(BenchShop&&) noexcept = default;
    ~BenchShop();

    // Runs an operation as the owner, on the day after the shop's last or on `today`, and keeps what it did; ends the benchmark on an error.
    boost::json::value ask(std::string_view operation, boost::json::object const& request = {}) const;
    shop::Store& store() const { return *services_->store; }

private:
    BenchShop(std::string_view name, Milliseconds now);
    std::filesystem::path folder_;
    Milliseconds now_ = 0;
    std::unique_ptr<shop::Services> services_;
    std::unique_ptr<Registry> registry_;
};

}  // namespace kindling::bench
