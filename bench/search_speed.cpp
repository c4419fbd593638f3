// search-speed: how long a search takes, on one thread.
//
// Times are processor time of that thread (a search neither waits nor reads a file outside the page cache), so that other
// programs on the machine do not count; on an idle machine it is what the shopper waits.
// amazon-products-24k: 24,576 real products; the queries are 5,000 of their titles (long: about 17 words), each with the filters
// "this category" and "at most three times this price" and three facets (category, rating, price histogram). Tantivy (PyPI) is asked the same
// in the same run when it is there, from Python: its times hold the making of the query and of the answer's objects, a few hundredths of a millisecond.
// 1,000,000 generated products (about 90 words each, words drawn by Zipf's law, seed fixed): queries of two or three words of
// a product's title, two filters, three facets; opening is timed with the file in the page cache; memory is what the process
// grew by from before opening to after all queries, mapped pages included, over the bytes of the texts.
#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "amazon_products.h"
#include "core/random.h"
#include "peer.h"
#include "search.h"

#include <boost/json.hpp>

namespace kindling::bench {

namespace {

using text::FacetRequest;
using text::Query;

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double size = 0, resident = 0;
    statm >> size >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

text::Schema shop_schema() {
    return {.texts = {{"title", 1}, {"category", 0.3f}, {"description", 0.3f}}, .keywords = {"category", "rating", "brand"}, .numbers = {"price"}};
}

Query shop_query(std::string words, std::string category, double most) {
    Query query{.text = std::move(words)};
    query.filters = {{{{.field = "category", .values = {std::move(category)}}}}, {{{.field = "price", .kind = text::Filter::Kind::range, .maximum = most}}}};
    query.facets = {{.field = "category"}, {.field = "rating"}, {.field = "price", .kind = FacetRequest::Kind::histogram, .bounds = {1000, 2500, 5000, 10'000}}};
    return query;
}

double processor_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Milliseconds per query, after one warming round over a tenth of them.
std::vector<double> time_queries(const text::Snapshot& snapshot, const std::vector<Query>& queries) {
    for (std::size_t i = 0; i < queries.size(); i += 10) (void)snapshot.search(queries[i]);
    std::vector<double> times;
    for (auto const& query : queries) {
        auto const start = processor_seconds();
        auto const answer = snapshot.search(query);
        times.push_back((processor_seconds() - start) * 1e3);
        if (!answer) fmt::print(stderr, "search-speed: {}\n", answer.error().message);
    }
    return times;
}

double sum(const std::vector<double>& values) {
    double total = 0;
    for (auto const x : values) total += x;
    return total;
}

// The same documents, words, filters and facets; answers are counted as right when the first product has the title that was asked for.
constexpr std::string_view tantivy_program = R"(import sys, re, json, time, tantivy
data = json.load(open(sys.argv[1], encoding='utf8'))
b = tantivy.SchemaBuilder()
for name in ('title', 'words', 'description'): b.add_text_field(name, tokenizer_name='en_stem')
for name in ('category', 'rating'): b.add_text_field(name, tokenizer_name='raw', index_option='basic', fast=True)
b.add_float_field('price', indexed=True, fast=True)
b.add_unsigned_field('id', stored=True)
schema = b.build()
index = tantivy.Index(schema)
start = time.process_time()
writer = index.writer(heap_size=200_000_000, num_threads=1)
for i, (title, category, description, rating, price) in enumerate(data['documents']):
    writer.add_document(tantivy.Document(id=i, title=title, words=category, description=description, category=category, rating=rating, price=price))
writer.commit(); writer.wait_merging_threads(); index.reload()
per_second = len(data['documents']) / (time.process_time() - start)
searcher = index.searcher()
Q, O = tantivy.Query, tantivy.Occur
facets = {'category': {'terms': {'field': 'category', 'size': 50}}, 'rating': {'terms': {'field': 'rating', 'size': 50}},
          'price': {'range': {'field': 'price', 'ranges': [{'to': 1000.}, {'from': 1000., 'to': 2500.}, {'from': 2500., 'to': 5000.}, {'from': 5000., 'to': 10000.}, {'from': 10000.}]}}}
def ask(words, category, most):
    text, _ = index.parse_query_lenient(re.sub(r'[^\w]+', ' ', words), ['title', 'words', 'description'], field_boosts={'title': 1., 'words': .3, 'description': .3})
    query = Q.boolean_query([(O.Must, text), (O.Must, Q.term_query(schema, 'category', category)), (O.Must, Q.range_query(schema, 'price', tantivy.FieldType.Float, None, most))])
    hits = searcher.search(query, 10).hits
    searcher.aggregate(query, facets)
    return hits
for q in data['queries'][::10]: ask(*q)
times, right = [], 0
for q in data['queries']:
    t = time.process_time()
    hits = ask(*q)
    times.append((time.process_time() - t) * 1e3)
    right += bool(hits) and data['documents'][searcher.doc(hits[0][1])['id'][0]][0] == q[0]
times.sort()
print(json.dumps({'p50_ms': times[len(times) // 2], 'p99_ms': times[len(times) * 99 // 100], 'documents_per_second': per_second, 'own_title_first': right / len(times)}))
)";

std::optional<std::map<std::string, double>> tantivy(const std::vector<text::Document>& documents, const std::vector<Query>& queries) {
    boost::json::array rows, asked;
    for (auto const& d : documents) rows.push_back({d.texts[0], d.texts[1], d.texts[2], d.keywords[1][0], std::isfinite(d.numbers[0]) ? d.numbers[0] : 1e9});
    for (auto const& q : queries) {
        auto const most = q.filters[1].any[0].maximum;
        asked.push_back({q.text, q.filters[0].any[0].values[0], std::isfinite(most) ? most : 1e9});
    }
    return run_peer("tantivy", tantivy_program, boost::json::serialize(boost::json::object{{"documents", std::move(rows)}, {"queries", std::move(asked)}}));
}

double own_title_first(const text::Snapshot& snapshot, const std::vector<text::Document>& documents, const std::vector<Query>& queries) {
    double right = 0;
    for (auto const& query : queries)
        if (auto const answer = need(snapshot.search(query)); !answer.hits.empty()) right += documents[std::stoul(answer.hits[0].id)].texts[0] == query.text;
    return right / static_cast<double>(queries.size());
}

void amazon(BenchContext& context) {
    std::vector<text::Document> documents;
    for (auto const& p : amazon_products(context))
        documents.push_back({.id = std::to_string(documents.size()), .texts = {p.title, p.category, p.description},
                             .keywords = {{p.category}, {fmt::format("{:.1f}", p.average_rating)}, {}}, .numbers = {p.price}});
    if (documents.empty()) return;
    auto index = need(text::Index::open({.schema = shop_schema(), .language = english()}));
    auto const start = processor_seconds();
    need(index->upsert(documents));
    need(index->commit());
    auto const per_second = static_cast<double>(documents.size()) / (processor_seconds() - start);
    context.report("documents_per_second/24k", per_second, "1/s");
    Random random(1);
    std::vector<Query> queries;
    for (int i = 0; i < 5000; ++i) {
        auto const& d = random.one_of(documents);
        queries.push_back(shop_query(d.texts[0], d.keywords[0][0], 3 * d.numbers[0]));
    }
    auto times = time_queries(index->snapshot(), queries);
    context.report("p50_ms", percentile(times, 0.5), "ms", Reference{"goal", 0.5});
    context.report("p99_ms", percentile(times, 0.99), "ms", Reference{"goal", 3});
    if (auto const theirs = tantivy(documents, queries)) {
        auto const name = "tantivy (Rust, PyPI) in the same run";
        context.report("p50_ms_beside_peer", percentile(times, 0.5), "ms", Reference{name, theirs->at("p50_ms")});
        context.report("p99_ms_beside_peer", percentile(times, 0.99), "ms", Reference{name, theirs->at("p99_ms")});
        context.report("documents_per_second_beside_peer", per_second, "1/s", Reference{name, theirs->at("documents_per_second")});
        context.report("own_title_first_beside_peer", own_title_first(index->snapshot(), documents, queries), "share", Reference{name, theirs->at("own_title_first")});
    }

    std::vector<double> updates;
    for (int i = 0; i < 2000; ++i) {
        auto d = random.one_of(documents);
        d.numbers[0] = static_cast<double>(i);
        auto const began = processor_seconds();
        need(index->upsert(std::span(&d, 1)));
        need(index->commit());
        (void)index->snapshot();
        updates.push_back((processor_seconds() - began) * 1e3);
    }
    context.report("update_visible_p99_ms", percentile(updates, 0.99), "ms", Reference{"goal", 10});
    context.report("update_visible_max_ms", percentile(updates, 1), "ms", Reference{"goal", 10});
}

class Generator {
public:
    Generator() : random_(2) {
        for (int i = 0; i < 60'000; ++i) words_.push_back(make_word());
        for (int i = 0; i < 3000; ++i) brands_.push_back(make_word() + make_word().substr(0, 2));
    }
    text::Document product(std::size_t i) {
        auto const kind = random_.below(200);  // the kind of thing fixes its category and its noun
        auto const& brand = brands_[static_cast<std::size_t>(std::pow(random_.uniform(), 2.0) * static_cast<double>(brands_.size()))];
        auto title = brand + " " + words_[1000 + kind];
        for (auto n = 5 + random_.below(8); n > 0; --n) title += " " + word();
        if (random_.chance(0.5)) title += fmt::format(" {}{}", words_[random_.below(500)].substr(0, 2), 100 + random_.below(900));
        std::string description;
        for (auto n = 50 + random_.below(60); n > 0; --n) description += word() + " ";
        auto const category = fmt::format("category {}", kind / 5);
        return {.id = fmt::format("p{}", i), .texts = {std::move(title), category, std::move(description)},
                .keywords = {{category}, {fmt::format("{}.{}", 1 + random_.below(4), random_.below(10))}, {brand}}, .numbers = {std::floor(std::exp(random_.normal(8, 1)))}};
    }

private:
    const std::string& word() {  // Zipf with exponent 1: rank = N^u
        return words_[static_cast<std::size_t>(std::pow(static_cast<double>(words_.size()), random_.uniform())) - 1];
    }
    std::string make_word() {
        static constexpr std::string_view consonants = "bcdfghjklmnprstvwz", vowels = "aeiou";
        std::string out;
        for (auto n = 2 + random_.below(3); n > 0; --n) {
            out += consonants[random_.below(consonants.size())];
            out += vowels[random_.below(vowels.size())];
            if (random_.chance(0.3)) out += consonants[random_.below(consonants.size())];
        }
        return out;
    }
    Random random_;
    std::vector<std::string> words_, brands_;
};

void million(BenchContext& context) {
    auto const folder = std::filesystem::temp_directory_path() / fmt::format("kindling_search_speed_{}", ::getpid());
    std::filesystem::remove_all(folder);
    double text_bytes = 0;
    std::vector<Query> queries;
    {
        auto index = need(text::Index::open({.folder = folder, .schema = shop_schema(), .language = english()}));
        Generator generator;
        Random random(3);
        double indexing = 0;
        constexpr std::size_t products = 1'000'000, batch = 50'000;
        for (std::size_t from = 0; from < products; from += batch) {
            std::vector<text::Document> documents;
            for (auto i = from; i < from + batch; ++i) documents.push_back(generator.product(i));
            for (auto const& d : documents) {
                for (auto const& t : d.texts) text_bytes += static_cast<double>(t.size());
                if (!random.chance(0.005)) continue;
                // Two or three words of the title, one of them the noun that names the kind.
                std::vector<std::string> words;
                for (std::size_t at = 0; at < d.texts[0].size();) {
                    auto const end = std::min(d.texts[0].find(' ', at), d.texts[0].size());
                    words.push_back(d.texts[0].substr(at, end - at));
                    at = end + 1;
                }
                auto query = words[1];
                for (auto n = 1 + random.below(2); n > 0; --n) query += " " + random.one_of(words);
                queries.push_back(shop_query(query, d.keywords[0][0], 3 * d.numbers[0]));
            }
            auto const start = processor_seconds();
            need(index->upsert(documents));
            need(index->save());
            indexing += processor_seconds() - start;
        }
        context.report("documents_per_second/1m", static_cast<double>(products) / indexing, "1/s");
        auto const start = processor_seconds();
        need(index->merge());
        need(index->save());
        context.report("merge_s/1m", processor_seconds() - start, "s");
    }
    ::malloc_trim(0);
    auto const before = resident_bytes();
    auto const start = std::chrono::steady_clock::now();
    auto const index = need(text::Index::open({.folder = folder, .schema = shop_schema(), .language = english()}));
    context.report("reopen_s/1m", seconds_since(start), "s", Reference{"goal", 1});
    auto const snapshot = index->snapshot();
    Random(4).shuffle(queries);
    auto times = time_queries(snapshot, queries);
    context.report("queries_per_second/1m", static_cast<double>(times.size()) / (sum(times) / 1e3), "1/s", Reference{"goal", 2000});
    context.report("p50_ms/1m", percentile(times, 0.5), "ms");
    context.report("p99_ms/1m", percentile(times, 0.99), "ms", Reference{"goal", 5});
    context.report("memory_per_text/1m", (resident_bytes() - before) / text_bytes, "ratio", Reference{"goal", 1});
    context.report("index_bytes_per_text/1m", static_cast<double>(snapshot.bytes()) / text_bytes, "ratio");
    std::filesystem::remove_all(folder);
}

}  // namespace

void run_search_speed(BenchContext& context) {
    amazon(context);
    million(context);
}

}  // namespace kindling::bench
