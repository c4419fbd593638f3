#include "engines/optimise/assortment/estimate.h"
#include <algorithm>
#include <map>

namespace kindling::assortment {

std::vector<std::vector<Neighbour>> neighbours(std::vector<std::vector<std::uint32_t>> const& attributes, std::size_t most) {
    std::map<std::uint32_t, double> weight;
    for (auto const& own : attributes)
        for (auto const a : own) weight[a] += 1;
    for (auto& [attribute, w] : weight) w = std::log(1 + static_cast<double>(attributes.size()) / w);
    std::vector<double> total(attributes.size());
    for (std::size_t i = 0; i < attributes.size(); ++i)
        for (auto const a : attributes[i]) total[i] += weight[a];
    std::vector<std::vector<Neighbour>> out(attributes.size());
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        std::vector<Neighbour> found;
        for (std::size_t j = 0; j < attributes.size(); ++j) {
            if (i == j) continue;
            double both = 0;
            auto a = attributes[i].begin(), b = attributes[j].begin();
            while (a != attributes[i].end() && b != attributes[j].end()) {
                if (*a == *b) both += weight[*a], ++a, ++b;
                else if (*a < *b) ++a;
                else ++b;
            }
            if (both > 0) found.push_back({static_cast<std::uint32_t>(j), static_cast<float>(both / (total[i] + total[j] - both))});
        }
        std::ranges::sort(found, [](auto const& a, auto const& b) { return a.likeness != b.likeness ? a.likeness > b.likeness : a.item < b.item; });
        if (found.size() > most) found.resize(most);
        out[i] = std::move(found);
    }
    return out;
}

}  // namespace kindling::assortment
