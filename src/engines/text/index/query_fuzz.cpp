// Any bytes as a shopper's query, against a small index, with every way of asking switched by the first byte.
#include "core/fuzz_seeds.h"
#include "engines/text/index/highlight.h"
#include "engines/text/index/test_language.h"

using namespace kindling::text;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static auto const index = [] {
        auto made = kindling::text::testing::memory_index();
        std::vector<Document> documents;
        for (int i = 0; i < 100; ++i) documents.push_back(kindling::text::testing::document("d" + std::to_string(i), "red running shoes 鲜花 肯德基 " + std::to_string(i), "earphones w" + std::to_string(i), "b" + std::to_string(i % 4), i));
        if (!made->upsert(documents) || !made->commit()) std::abort();
        made->set_synonyms({{"shoes", "running trainers"}, {"kfc", "肯德基"}});
        return made;
    }();
    if (size == 0) return 0;
    std::string const text(reinterpret_cast<const char*>(data + 1), size - 1);
    Query query{.text = text};
    query.matching = static_cast<Matching>(data[0] % 3);
    query.prefix = (data[0] & 8) != 0 ? Prefix::last_word : Prefix::none;
    query.typos = (data[0] & 16) != 0 ? Typos::off : Typos::automatic;
    if ((data[0] & 32) != 0) query.distinct_by = "brand";
    query.facets = {{.field = "brand"}};
    auto const answer = index->snapshot().search(query);
    if (answer && answer->hits.size() > answer->total) std::abort();
    if (answer) (void)highlight(text, answer->terms, kindling::text::testing::split);
    (void)index->snapshot().complete(text, 5);
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\0red running shoes"sv,
    "\11鲜花 肯德"sv,
    "\42shose w1 \"running shoes\" -earphones"sv,
    "\31kfc eraphones 99"sv)
