#include "amazon_products.h"

#include <cmath>

#include "core/json_text.h"

namespace kindling::bench {

std::vector<AmazonProduct> amazon_products(BenchContext const& context) {
    std::vector<AmazonProduct> out;
    auto const path = context.find("amazon-products-24k/products.vespa.jsonl.gz");
    if (!path) return out;
    auto const lines = read_file(*path);
    for (std::size_t at = 0; at < lines.size();) {
        auto const end = std::min(lines.find('\n', at), lines.size());
        auto const line = parse_json(std::string_view(lines).substr(at, end - at));
        at = end + 1;
        if (!line) continue;
        auto const& f = line->at("fields").as_object();
        auto const text = [&](const char* name) { return f.contains(name) && f.at(name).is_string() ? std::string(f.at(name).as_string()) : std::string(); };
        auto const number = [&](const char* name) { return f.contains(name) && f.at(name).is_number() ? f.at(name).to_number<double>() : std::nan(""); };
        out.push_back({text("title"), text("category"), text("description"), number("price"), number("average_rating"), number("quantity")});
    }
    return out;
}

}  // namespace kindling::bench
