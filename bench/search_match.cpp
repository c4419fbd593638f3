// search-match: real queries for real products, without judges.
//
// product-matching (Ditto's ER-Magellan copies): a record of the left shop is a query by its title, the records of the right
// shop are the catalogue (all fields), and the answers are the right records that any of the three splits marks as the same
// product. The same protocol with plain BM25 (k1 1.2, b 0.75, all fields in one, [a-z0-9]+) gives Hit@1 0.7553 on
// Amazon-Google and 0.7500 on Abt-Buy. The right side is the blocked candidate table, so it is easier than a full catalogue.
//
// Settings are the same for every set and are those of a shop: title 1, every other text field 0.3, the defaults of Query.
// Damaged queries: one letter of one word of four letters or more is dropped, doubled, replaced or swapped with the next.
#include <fmt/format.h>

#include <map>
#include <set>
#include <sstream>

#include "core/random.h"
#include "engines/text/analysis/analyzer.h"
#include "engines/text/analysis/pinyin.h"
#include "search.h"

namespace kindling::bench {

text::Language english() {
    auto const analyzer = need(text::Analyzer::create({}));
    return {[analyzer](std::string_view t, text::Mode mode, std::vector<text::Token>& out) { analyzer->analyze(t, mode, out); }, [](std::string_view t) { return text::pinyin(t); }};
}

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

// "COL title VAL a b c COL price VAL 3 "
Fields fields_of(std::string_view record) {
    Fields out;
    for (std::size_t at = record.find("COL "); at != std::string_view::npos;) {
        auto const value = record.find(" VAL ", at);
        if (value == std::string_view::npos) break;
        auto const next = record.find(" COL ", value);
        auto const end = next == std::string_view::npos ? record.size() : next;
        auto const from = std::min(value + 5, end);
        out.emplace_back(record.substr(at + 4, value - at - 4), record.substr(from, end - from));
        at = next == std::string_view::npos ? next : next + 1;
    }
    return out;
}

struct Set {
    std::map<std::string, std::size_t> right;             // record -> number
    std::map<std::string, std::set<std::size_t>> answers; // left record -> right numbers
    std::vector<std::string> records;
};

Set load(const std::string& folder) {
    Set set;
    for (auto const* split : {"train", "valid", "test"}) {
        std::istringstream lines(read_file(fmt::format("{}/{}.txt.gz", folder, split)));
        for (std::string line; std::getline(lines, line);) {
            auto const first = line.find('\t'), second = line.find('\t', first + 1);
            if (first == std::string::npos || second == std::string::npos) continue;
            auto const left = line.substr(0, first), right = line.substr(first + 1, second - first - 1);
            auto const [at, added] = set.right.try_emplace(right, set.records.size());
            if (added) set.records.push_back(right);
            if (line.substr(second + 1, 1) == "1") set.answers[left].insert(at->second);
        }
    }
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
        auto const fields = fields_of(left);
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

void run(BenchContext& context, std::string_view folder, std::string_view name, double bm25) {
    auto const path = context.find(fmt::format("product-matching/{}", folder));
    if (!path) return;
    auto const set = load(*path);
    if (set.records.empty()) return;
    text::Schema schema;
    for (auto const& [field, value] : fields_of(set.records[0])) schema.texts.push_back({field, schema.texts.empty() ? 1.0f : 0.3f});
    auto index = need(text::Index::open({.schema = schema, .language = english()}));
    std::vector<text::Document> documents;
    for (std::size_t i = 0; i < set.records.size(); ++i) {
        text::Document d{.id = std::to_string(i)};
        for (auto& [field, value] : fields_of(set.records[i])) d.texts.push_back(std::move(value));
        d.texts.resize(schema.texts.size());
        documents.push_back(std::move(d));
    }
    need(index->upsert(documents));
    need(index->commit());
    auto const snapshot = index->snapshot();
    auto const clean = measure(set, snapshot, [](std::string query) { return query; });
    context.report(fmt::format("hit@1/{}", name), clean.hit1, "share", Reference{"plain BM25", bm25});
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
    run(context, "Amazon-Google", "amazon-google", 0.7553);
    run(context, "Abt-Buy", "abt-buy", 0.75);
    run(context, "Walmart-Amazon", "walmart-amazon", 0.831);
}

}  // namespace kindling::bench
