// Matching on enough documents for windows, batches and both kinds of blocks, beside the definitions applied to every document.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/random.h"
#include "engines/text/index/test_language.h"

namespace kindling::text {
namespace {

using namespace testing;

constexpr std::size_t documents = 9000;

struct Shop {
    std::vector<std::set<std::string>> terms;  // of each document
    std::vector<std::string> brands;
    std::vector<double> prices;
    std::vector<bool> deleted;
    std::unique_ptr<Index> index = memory_index();

    // In `runs` segments. "halfs" is also "half", so that slots have two alternatives.
    explicit Shop(std::uint64_t seed, std::size_t runs) : terms(documents), brands(documents), prices(documents), deleted(documents) {
        Random random(seed);
        std::map<std::string, double> const shares{{"every", 1}, {"most", 0.8}, {"half", 0.4}, {"halfs", 0.1}, {"third", 0.3}, {"some", 0.05}, {"somes", 0.02}, {"few", 0.005}, {"fews", 0.004}, {"rare", 0.0006}};
        std::vector<Document> batch;
        for (std::size_t d = 0; d < documents; ++d) {
            std::string title;
            for (auto const& [word, share] : shares)
                if (random.chance(d / 700 % 3 == 1 ? share / 3 : share)) title += word + " ";
            std::vector<Token> tokens;
            split(title, Mode::index, tokens);
            for (auto const& token : tokens) terms[d].insert(token.term);
            brands[d] = "brand" + std::to_string(random.below(7));
            prices[d] = random.chance(0.1) ? std::nan("") : static_cast<double>(random.below(1000));
            batch.push_back(document("d" + std::to_string(d), title, {}, brands[d], prices[d]));
            if (batch.size() < documents / runs) continue;
            EXPECT_TRUE(index->upsert(batch));
            EXPECT_TRUE(index->commit());
            batch.clear();
        }
        for (int i = 0; i < 200; ++i) {
            auto const d = random.below(documents);
            deleted[d] = true;
            index->erase("d" + std::to_string(d));
        }
        EXPECT_TRUE(index->commit());
    }
    double idf(const std::string& term) const {
        double n = documents, df = 0;
        for (auto const& t : terms) df += t.contains(term) ? 1 : 0;
        return std::log(1 + (n - df + 0.5) / (df + 0.5));
    }
};

// A word of a query: itself and what it may also be, each with its idf.
using Slots = std::vector<std::vector<std::pair<std::string, double>>>;

std::vector<bool> expected(const Shop& shop, const Slots& slots, double share, const std::vector<std::string>& excluded) {
    std::vector<bool> out(documents);
    double every = 0;
    for (auto const& slot : slots) {
        double weight = 0;
        for (auto const& [term, idf] : slot) weight = std::max(weight, idf);
        every += weight;
    }
    for (std::size_t d = 0; d < documents; ++d) {
        double mass = 0;
        std::size_t there = 0;
        for (auto const& slot : slots) {
            double best = 0;
            for (auto const& [term, idf] : slot)
                if (shop.terms[d].contains(term)) best = std::max(best, idf);
            mass += best, there += best > 0 ? 1 : 0;
        }
        out[d] = !shop.deleted[d] && (share >= 1 ? there == slots.size() : there > 0 && mass >= share * every * 0.9999);
        for (auto const& term : excluded) out[d] = out[d] && !shop.terms[d].contains(term);
    }
    return out;
}

void check(const Shop& shop, const Query& query, const std::vector<bool>& matching) {
    auto const snapshot = shop.index->snapshot();
    auto const answer = *snapshot.search(query);
    auto const most = query.filters[1].any[0].maximum;
    auto const& wanted = query.filters[0].any[0].values[0];
    std::size_t total = 0;
    std::map<std::string, std::uint64_t> brands, given;
    std::vector<std::uint64_t> buckets(3);
    for (std::size_t d = 0; d < documents; ++d) {
        bool const cheap = shop.prices[d] <= most, of_brand = shop.brands[d] == wanted;
        if (!matching[d]) continue;
        total += cheap && of_brand ? 1 : 0;
        if (cheap) ++brands[shop.brands[d]];
        if (of_brand && !std::isnan(shop.prices[d])) ++buckets[shop.prices[d] < 100 ? 0 : shop.prices[d] < 500 ? 1 : 2];
    }
    ASSERT_EQ(answer.total, total) << query.text;
    for (auto const& value : answer.facets[0].values) given[value.value] = value.count;
    ASSERT_EQ(given, brands) << query.text;
    ASSERT_EQ(answer.facets[1].buckets, buckets) << query.text;
    ASSERT_EQ(answer.hits.size(), std::min<std::size_t>(total, query.limit)) << query.text;
    for (std::size_t i = 0; i < answer.hits.size(); ++i) {
        auto const& hit = answer.hits[i];
        ASSERT_TRUE(matching[std::stoul(hit.id.substr(1))]) << query.text << ": " << hit.id;
        if (i % 7 == 0) { ASSERT_NEAR(snapshot.explain(query, hit.id)->score, hit.score, 1e-4) << query.text << ": " << hit.id; }
        if (i > 0) { ASSERT_LE(hit.score, answer.hits[i - 1].score) << query.text; }
    }
}

TEST(Matching, IsTheDefinitionOnEveryDocument) {
    for (std::size_t const runs : {1u, 3u}) {
        Shop const shop(runs, runs);
        std::map<std::string, std::vector<std::string>> const words{{"every", {}}, {"most", {}}, {"half", {}}, {"halfs", {"half"}}, {"third", {}}, {"some", {}}, {"somes", {"some"}}, {"few", {}}, {"fews", {"few"}}, {"rare", {}}};
        std::map<std::string, double> idf;
        for (auto const& [word, also] : words) idf[word] = shop.idf(word);
        Random random(9);
        for (int round = 0; round < 60; ++round) {
            Query query{.limit = 60, .typos = Typos::off};
            query.filters = {{{{.field = "brand", .values = {"brand" + std::to_string(random.below(7))}}}}, {{{.field = "price", .kind = Filter::Kind::range, .maximum = static_cast<double>(100 + random.below(900))}}}};
            query.facets = {{.field = "brand"}, {.field = "price", .kind = FacetRequest::Kind::histogram, .bounds = {100, 500}}};
            std::set<std::string> chosen;
            for (auto n = 1 + random.below(3); n > 0; --n) chosen.insert(std::next(words.begin(), static_cast<std::ptrdiff_t>(random.below(words.size())))->first);
            Slots slots;
            for (auto const& word : chosen) {
                query.text += word + " ";
                auto& slot = slots.emplace_back();
                slot.emplace_back(word, idf.at(word));
                for (auto const& also : words.at(word)) slot.emplace_back(also, idf.at(also));
            }
            std::vector<std::string> excluded;
            if (random.chance(0.2)) excluded = {"third"}, query.text += "-third";
            query.matching = Matching::all;
            check(shop, query, expected(shop, slots, 1, excluded));
            query.matching = Matching::any;
            check(shop, query, expected(shop, slots, 0, excluded));
            // Nothing is ever enough, so that three words or fewer are answered at 60 % of their weight, or at 30 %.
            query.matching = Matching::relaxed, query.enough = 1'000'000;
            auto relaxed = expected(shop, slots, 0.6, excluded);
            if (std::ranges::find(relaxed, true) == relaxed.end()) relaxed = expected(shop, slots, 0.3, excluded);
            check(shop, query, relaxed);
            if (HasFatalFailure()) return;
        }
    }
}

}  // namespace
}  // namespace kindling::text
