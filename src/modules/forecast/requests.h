// modules/forecast/requests.h -- which categories words ask for: what a search or a turn of the guide counts toward.
//
// Words are known by what they were answered with: goods shown for them count 1 / log2(1 + rank) (the discount of DCG, Järvelin & Kekäläinen 2002), goods opened from them as the first rank.
// Words that nothing was shown for in the log (an agent's, a talk's) count by their terms: as terms of known words, of titles and of names of categories lie over the categories,
// each by how much it tells (1 - entropy / its greatest); what no term tells of counts nowhere. One request counts 1, over all categories it asks for.
// Personal data: neither visits nor customers are read, terms with four digits or more are nothing, and no words leave this object: only counts by category and day do.
#pragma once
#include "core/by_text.h"
#include "core/result.h"
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace kindling::text {
class Analyzer;
}

namespace kindling::forecast {

class Requests {
public:
    // How a request lies over categories: their numbers, and parts that add up to 1.
    using Parts = std::vector<std::pair<std::uint32_t, float>>;

    static Result<Requests> create(std::size_t categories);
    Requests(Requests&&) noexcept;
    ~Requests();

    std::uint32_t number(std::string_view words);             // the same words have the same number
    void answered(std::uint32_t number, std::uint32_t category, double weight);
    void names(std::string_view text, std::uint32_t category);  // a title, a category's name
    // Of each number; empty: nobody knows. Call after all of the above.
    std::vector<Parts> parts() const;

private:
    explicit Requests(std::size_t categories, std::shared_ptr<text::Analyzer const>);
    std::vector<std::string> terms(std::string_view) const;
    std::size_t categories_;
    std::shared_ptr<text::Analyzer const> analyzer_;
    ByText<std::uint32_t> numbers_;
    std::vector<std::string> words_;
    std::vector<std::map<std::uint32_t, double>> shown_;      // of each number
    ByText<std::map<std::uint32_t, double>> named_;           // of each term
};

// What a good at this rank (from 1) of an answer counts.
double rank_weight(std::int64_t rank);

}  // namespace kindling::forecast
