// Against brute force: scores against a naive BM25F, totals and facets against counting, a long random life of the index
// against a map, deletions and merges and reopening included.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "core/random.h"
#include "engines/text/index/segment_format.h"
#include "engines/text/index/test_language.h"

namespace kindling::text {
namespace {

using namespace testing;

using Model = std::map<std::string, Document>;

Document random_document(Random& random, std::string id) {
    auto const word = [&] {  // few words that come often, many that are rare; never within one edit of each other
        auto const n = static_cast<int>(std::pow(random.uniform(), 3.0) * 60);
        return std::string(3, static_cast<char>('a' + n % 26)) + std::string(2, static_cast<char>('a' + n / 26 * 7));
    };
    auto const text = [&](std::uint64_t most) {
        std::string out;
        for (auto n = random.below(most + 1); n > 0; --n) out += word() + " ";
        return out;
    };
    auto d = document(std::move(id), text(6), text(30));
    for (auto n = random.below(3); n > 0; --n) d.keywords[0].push_back("brand" + std::to_string(random.below(5)));
    for (auto n = random.below(4); n > 0; --n) d.keywords[1].push_back("tag" + std::to_string(random.below(12)));
    if (random.chance(0.8)) d.keywords[2].push_back("spu" + std::to_string(random.below(20)));
    if (random.chance(0.9)) d.numbers[0] = static_cast<double>(random.below(50)) * 100;
    if (random.chance(0.5)) d.numbers[1] = static_cast<double>(random.below(1000));
    return d;
}

bool holds(const Document& d, const Filter& filter) {
    auto const s = schema();
    if (filter.kind == Filter::Kind::range) {
        auto const x = d.numbers[static_cast<std::size_t>(std::ranges::find(s.numbers, filter.field) - s.numbers.begin())];
        return x >= filter.minimum && x <= filter.maximum;
    }
    auto const& values = d.keywords[static_cast<std::size_t>(std::ranges::find(s.keywords, filter.field) - s.keywords.begin())];
    bool any = false;
    for (auto const& wanted : filter.values) any |= std::ranges::find(values, wanted) != values.end();
    return any == (filter.kind == Filter::Kind::any_of);
}

// The groups a facet counts under: all but those that speak of its field alone, when it asks for that.
bool passes(const Document& d, const Query& query, const FacetRequest* facet) {
    for (auto const& group : query.filters) {
        bool const own = facet != nullptr && facet->scope == FacetRequest::Scope::without_own_filter && std::ranges::all_of(group.any, [&](auto const& f) { return f.field == facet->field; });
        if (!own && std::ranges::none_of(group.any, [&](auto const& f) { return holds(d, f); })) return false;
    }
    return true;
}

Query random_query(Random& random) {
    Query query;
    auto const filter = [&]() -> Filter {
        switch (random.below(4)) {
            case 0: return {.field = "brand", .values = {"brand" + std::to_string(random.below(5)), "brand" + std::to_string(random.below(7))}};
            case 1: return {.field = "tag", .kind = Filter::Kind::none_of, .values = {"tag" + std::to_string(random.below(12))}};
            case 2: return {.field = "price", .kind = Filter::Kind::range, .minimum = static_cast<double>(random.below(3000)), .maximum = 4000};
            default: return {.field = "tag", .values = {"tag" + std::to_string(random.below(12))}};
        }
    };
    for (auto n = random.below(4); n > 0; --n) {
        query.filters.emplace_back();
        for (auto m = 1 + random.below(2); m > 0; --m) query.filters.back().any.push_back(filter());
    }
    auto const scope = [&] { return random.chance(0.5) ? FacetRequest::Scope::without_own_filter : FacetRequest::Scope::with_all_filters; };
    query.facets = {{.field = "brand", .scope = scope(), .limit = 1000},
                    {.field = "tag", .scope = scope(), .order = FacetRequest::Order::by_value, .limit = 1000},
                    {.field = "price", .kind = FacetRequest::Kind::histogram, .scope = scope(), .bounds = {500, 1000, 2500}},
                    {.field = "sales", .kind = FacetRequest::Kind::range, .scope = scope()}};
    query.limit = static_cast<std::uint32_t>(random.below(30));
    query.offset = static_cast<std::uint32_t>(random.below(5));
    if (random.chance(0.4)) query.distinct_by = "spu";
    if (random.chance(0.3)) query.sort = {{"price", random.chance(0.5) ? Sort::Direction::ascending : Sort::Direction::descending}};
    return query;
}

// Groups: a document's spu, or itself.
std::string group_of(const Document& d, const Query& query) { return query.distinct_by.empty() || d.keywords[2].empty() ? "document " + d.id : "spu " + d.keywords[2][0]; }

void expect_facets(const Model& matching, const Query& query, const Answer& answer) {
    std::set<std::string> total;
    for (auto const& [id, d] : matching)
        if (passes(d, query, nullptr)) total.insert(group_of(d, query));
    EXPECT_EQ(answer.total, total.size());
    auto const last = std::min<std::size_t>(total.size(), query.offset + query.limit);
    EXPECT_EQ(answer.hits.size(), last > query.offset ? last - query.offset : 0);
    ASSERT_EQ(answer.facets.size(), query.facets.size());
    for (std::size_t i = 0; i < query.facets.size(); ++i) {
        auto const& request = query.facets[i];
        auto const& facet = answer.facets[i];
        std::map<std::string, std::set<std::string>> counts;
        std::set<std::string> with_number;
        std::vector<std::set<std::string>> buckets(request.bounds.size() + 1);
        double minimum = INFINITY, maximum = -INFINITY;
        for (auto const& [id, d] : matching) {
            if (!passes(d, query, &request)) continue;
            auto const group = group_of(d, query);
            if (request.kind == FacetRequest::Kind::counts) {
                for (auto const& value : d.keywords[request.field == "brand" ? 0 : 1]) counts[value].insert(group);
                continue;
            }
            auto const x = d.numbers[request.field == "price" ? 0 : 1];
            if (std::isnan(x)) continue;
            with_number.insert(group);
            minimum = std::min(minimum, x), maximum = std::max(maximum, x);
            std::size_t bucket = 0;
            while (bucket < request.bounds.size() && x >= request.bounds[bucket]) ++bucket;
            buckets[bucket].insert(group);
        }
        EXPECT_EQ(facet.value_count, counts.size());
        std::map<std::string, std::size_t> expected, given;
        for (auto const& [value, groups] : counts) expected[value] = groups.size();
        for (auto const& value : facet.values) given[value.value] = value.count;
        EXPECT_EQ(given, expected) << request.field;
        if (request.kind == FacetRequest::Kind::counts) continue;
        EXPECT_EQ(facet.documents, with_number.size());
        if (!with_number.empty()) {
            EXPECT_EQ(facet.minimum, minimum);
            EXPECT_EQ(facet.maximum, maximum);
        }
        for (std::size_t b = 0; b < facet.buckets.size(); ++b) EXPECT_EQ(facet.buckets[b], buckets[b].size());
    }
}

std::vector<std::string> words(const std::string& text) {
    std::vector<Token> tokens;
    split(text, Mode::index, tokens);
    std::vector<std::string> out;
    for (auto const& token : tokens) out.push_back(token.term);
    return out;
}

// BM25F as the paper writes it, over documents as they are.
double naive_score(const Model& all, const Document& d, const std::vector<std::string>& query) {
    auto const s = schema();
    double score = 0;
    for (auto const& term : query) {
        double df = 0;
        for (auto const& [id, other] : all) {
            bool has = false;
            for (auto const& text : other.texts) has |= std::ranges::count(words(text), term) > 0;
            df += has ? 1 : 0;
        }
        double frequency = 0;
        for (std::size_t f = 0; f < s.texts.size(); ++f) {
            double total = 0;
            for (auto const& [id, other] : all) total += static_cast<double>(words(other.texts[f]).size());
            auto const own = words(d.texts[f]);
            auto const tf = frequency_levels[frequency_level(static_cast<float>(std::ranges::count(own, term)))];
            frequency += s.texts[f].boost * tf / (1 - s.texts[f].b + s.texts[f].b * static_cast<double>(own.size()) * static_cast<double>(all.size()) / total);
        }
        score += std::log(1 + (static_cast<double>(all.size()) - df + 0.5) / (df + 0.5)) * frequency / (s.k1 + frequency);
    }
    return score;
}

TEST(Oracle, ScoresAreNaiveBm25f) {
    Random random(7);
    Model model;
    auto const index = memory_index();
    for (int i = 0; i < 60; ++i) {
        auto d = random_document(random, "d" + std::to_string(i));
        model[d.id] = d;
        ASSERT_TRUE(index->upsert(std::vector{d}));
        if (i % 20 == 0) { ASSERT_TRUE(index->commit()); }  // the statistics span segments
    }
    ASSERT_TRUE(index->commit());
    for (auto const* text : {"aaaaa", "bbbaa ccchh", "aaaaa bbbaa cccaa dddaa", "zzzaa eeeaa"}) {
        Query const query{.text = text, .limit = 100, .matching = Matching::any, .typos = Typos::off};
        auto const answer = *index->snapshot().search(query);
        std::size_t expected = 0;
        for (auto const& [id, d] : model) expected += naive_score(model, d, words(text)) > 0 ? 1 : 0;
        EXPECT_EQ(answer.total, expected);
        for (auto const& hit : answer.hits) {
            auto const why = *index->snapshot().explain(query, hit.id);
            EXPECT_NEAR(why.text, naive_score(model, model.at(hit.id), words(text)), 1e-4) << text << " " << hit.id;
            EXPECT_NEAR(why.score, hit.score, 1e-4);
        }
    }
}

// Documents that must match at a level, by definition.
Model matching(const Model& all, const std::vector<std::string>& query, std::size_t at_least) {
    Model out;
    for (auto const& [id, d] : all) {
        std::size_t n = 0;
        for (auto const& term : query) {
            bool has = false;
            for (auto const& text : d.texts) has |= std::ranges::count(words(text), term) > 0;
            n += has ? 1 : 0;
        }
        if (n >= at_least) out[id] = d;
    }
    return out;
}

TEST(Oracle, ARandomLifeKeepsTotalsFacetsAndOrder) {
    auto const folder = std::filesystem::temp_directory_path() / ("kindling_oracle_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    Random random(11);
    Model model;
    auto index = *Index::open({.folder = folder, .schema = schema(), .language = language()});
    for (int step = 0; step < 1500; ++step) {
        auto const action = random.below(100);
        auto const id = "d" + std::to_string(random.below(400));
        if (action < 62) {
            auto d = random_document(random, id);
            model[id] = d;
            ASSERT_TRUE(index->upsert(std::vector{d}));
        } else if (action < 72) {
            model.erase(id);
            index->erase(id);
        } else if (action < 74) {
            ASSERT_TRUE(index->commit());
            ASSERT_TRUE(index->merge(random.chance(0.5) ? 100 : 1'000'000));
        } else if (action < 76) {
            ASSERT_TRUE(index->save());
            auto reopened = Index::open({.folder = folder, .schema = schema(), .language = language()});
            ASSERT_TRUE(reopened) << reopened.error().message;
            index = std::move(*reopened);
        } else {
            ASSERT_TRUE(index->commit());
            auto const snapshot = index->snapshot();
            ASSERT_EQ(snapshot.document_count(), model.size());
            auto query = random_query(random);
            expect_facets(model, query, *snapshot.search(query));
            std::vector<std::string> const terms{"aaaaa", random.chance(0.5) ? "bbbaa" : "ccchh"};
            query.text = terms[0] + " " + terms[1];
            query.typos = Typos::off;
            query.matching = Matching::all;
            expect_facets(matching(model, terms, 2), query, *snapshot.search(query));
            query.matching = Matching::any;
            auto const answer = *snapshot.search(query);
            expect_facets(matching(model, terms, 1), query, answer);
            for (std::size_t i = 1; i < answer.hits.size(); ++i)
                if (query.sort.empty()) { EXPECT_GE(answer.hits[i - 1].score, answer.hits[i].score); }
        }
        if (HasFailure()) FAIL() << "at step " << step;
    }
    index.reset();
    std::filesystem::remove_all(folder);
}

TEST(Oracle, MergingAndReopeningChangeNoAnswer) {
    auto const folder = std::filesystem::temp_directory_path() / ("kindling_same_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    Random random(3);
    auto index = *Index::open({.folder = folder, .schema = schema(), .language = language()});
    for (int i = 0; i < 900; ++i) {
        ASSERT_TRUE(index->upsert(std::vector{random_document(random, "d" + std::to_string(i))}));
        if (i % 97 == 0) { ASSERT_TRUE(index->commit()); }
    }
    ASSERT_TRUE(index->commit());
    std::vector<Query> queries;
    for (int i = 0; i < 40; ++i) {
        auto query = random_query(random);
        query.text = i % 2 == 0 ? "aaaaa bbbaa" : "\"aaaaa bbbaa\" ccchh";
        query.offset = 0, query.limit = 200;
        queries.push_back(query);
    }
    auto const answers = [&] {
        std::vector<std::string> out;
        for (auto const& query : queries) {
            auto const answer = *index->snapshot().search(query);
            auto& text = out.emplace_back(std::to_string(answer.total));
            for (auto const& hit : answer.hits) text += " " + hit.id + ":" + std::to_string(std::lround(hit.score * 1e4));
        }
        return out;
    };
    ASSERT_GT(index->snapshot().segment_count(), 2u);
    auto const before = answers();
    ASSERT_TRUE(index->merge());
    EXPECT_EQ(index->snapshot().segment_count(), 1u);
    EXPECT_EQ(answers(), before);
    index->set_bookmark("change 42");
    ASSERT_TRUE(index->save());
    index = *Index::open({.folder = folder, .schema = schema(), .language = language()});
    EXPECT_EQ(index->bookmark(), "change 42");
    EXPECT_EQ(answers(), before);
    index.reset();
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace kindling::text
