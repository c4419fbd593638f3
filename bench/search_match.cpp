// search-match: real queries for real products, without judges.
//
// product-matching (Ditto's ER-Magellan copies): a record of the left shop is a query by its title, the records of the right
// shop are the catalogue (all fields), and the answers are the right records that any of the three splits marks as the same
// product. The same protocol with plain BM25 (k1 1.2, b 0.75, all fields in one, [a-z0-9]+) gives Hit@1 0.7553 on
// Amazon-Google and 0.7500 on Abt-Buy. Sets are whatever folders are there (product_pairs.h); same_item.cpp says which pairs are
// the same item. The right side is the blocked candidate table, so it is easier than a full catalogue.
//
// Settings are the same for every set and are those of a shop: title 1, every other text field 0.3, the defaults of Query.
// Damaged queries: one letter of one word of four letters or more is dropped, doubled, replaced or swapped with the next.
#include <fmt/format.h>

#include <map>
#include <set>

#include "core/random.h"
#include "engines/text/analysis/analyzer.h"
#include "engines/text/analysis/pinyin.h"
#include "same_item.h"
#include "search.h"

namespace kindling::bench {

text::Language english() {
    auto const analyzer = need(text::Analyzer::create({}));
    return {[analyzer](std::string_view t, text::Mode mode, std::vector<text::Token>& out) { analyzer->analyze(t, mode, out); }, [](std::string_view t) { return text::pinyin(t); }};
}

namespace {

struct Set {
    std::map<std::string, std::set<std::size_t>> answers;  // left record -> numbers of right records
    std::vector<std::string> records;
};

Set answers_of(const ProductPairs& pairs) {
    Set set;
    set.records = pairs.right;
    for (auto const& p : pairs.pairs)
        if (p.same) set.answers[pairs.left[p.left]].insert(p.right);
    return set;
}

std::string damage(std::string query, Random& random) {
    std::vector<std::pair<std::size_t, std::size_t>> words;
    for (std::size_t at = 0; at < query.size();) {
        auto const end = std::min(query.find(' ', at), query.size());
        bool letters = end - at >= 4;
        for (auto i = at; i < end; ++i) letters &= std::isalpha(static_cast<unsigned char>(query[i])) != 0;
        if (letters) words.emplace_back(at, end);
        at = end + 1;
    }
    if (words.empty()) return query;
    auto const [from, to] = random.one_of(words);
    auto const at = from + random.below(to - from);
    switch (random.below(4)) {
        case 0: query.erase(at, 1); break;
        case 1: query.insert(at, 1, query[at]); break;
        case 2: query[at] = static_cast<char>('a' + (query[at] - 'a' + 1 + static_cast<int>(random.below(25))) % 26); break;
        default: std::swap(query[std::min(at, to - 2)], query[std::min(at, to - 2) + 1]);
    }
    return query;
}

struct Quality {
    double hit1 = 0, hit10 = 0, mrr10 = 0;
};

template <class Change> Quality measure(const Set& set, const text::Snapshot& snapshot, Change change) {
    Quality q;
    for (auto const& [left, answers] : set.answers) {
        auto const fields = product_fields(left);
        auto const answer = snapshot.search({.text = change(fields.empty() ? std::string() : fields[0].second)});
        if (!answer) continue;
        for (std::size_t rank = 0; rank < answer->hits.size(); ++rank)
            if (answers.contains(std::stoul(answer->hits[rank].id))) {
                q.hit1 += rank == 0 ? 1 : 0;
                q.hit10 += 1;
                q.mrr10 += 1.0 / static_cast<double>(rank + 1);
                break;
            }
    }
    auto const n = static_cast<double>(set.answers.size());
    return {q.hit1 / n, q.hit10 / n, q.mrr10 / n};
}

// Plain BM25 by the same protocol, where it was measured.
std::optional<Reference> plain_bm25(std::string_view name) {
    if (name == "amazon-google") return Reference{"plain BM25", 0.7553};
    if (name == "abt-buy") return Reference{"plain BM25", 0.75};
    if (name == "walmart-amazon") return Reference{"plain BM25", 0.831};
    return std::nullopt;
}

void run(BenchContext& context, const ProductPairs& pairs) {
    auto const set = answers_of(pairs);
    auto const& name = pairs.name;
    if (set.answers.empty()) return;
    text::Schema schema;
    for (auto const& [field, value] : product_fields(set.records[0])) schema.texts.push_back({field, schema.texts.empty() ? 1.0f : 0.3f});
    auto index = need(text::Index::open({.schema = schema, .language = english()}));
    std::vector<text::Document> documents;
    for (std::size_t i = 0; i < set.records.size(); ++i) {
        text::Document d{.id = std::to_string(i)};
        for (auto& [field, value] : product_fields(set.records[i])) d.texts.push_back(std::move(value));
        d.texts.resize(schema.texts.size());
        documents.push_back(std::move(d));
    }
    need(index->upsert(documents));
    need(index->commit());
    auto const snapshot = index->snapshot();
    auto const clean = measure(set, snapshot, [](std::string query) { return query; });
    context.report(fmt::format("hit@1/{}", name), clean.hit1, "share", plain_bm25(name));
    context.report(fmt::format("hit@10/{}", name), clean.hit10, "share");
    context.report(fmt::format("mrr@10/{}", name), clean.mrr10, "share");
    // Ten damages of every query, so that the figure does not hang on one draw.
    Random random(20'260'101);
    Quality damaged;
    constexpr int rounds = 10;
    for (int round = 0; round < rounds; ++round) damaged.hit1 += measure(set, snapshot, [&](std::string query) { return damage(std::move(query), random); }).hit1 / rounds;
    context.report(fmt::format("hit@1_typos/{}", name), damaged.hit1, "share", Reference{"the same without typing errors", clean.hit1});
}

}  // namespace

void run_search_match(BenchContext& context) {
    auto const folder = context.find("product-matching");
    if (!folder) return;
    for (auto const& pairs : load_product_pairs(*folder)) {
        if (pairs.passed_over > 0) fmt::print(stderr, "{}: {} lines are no pair and were passed over\n", pairs.name, pairs.passed_over);
        run(context, pairs);
        measure_same_item(context, pairs);
    }
}

}  // namespace kindling::bench
