// One writer, one merger and readers at once: a commit is seen whole or not at all, and a merge changes no answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <numeric>
#include <thread>

#include "core/random.h"
#include "engines/text/index/test_language.h"

namespace kindling::text {
namespace {

using namespace testing;

// Every commit replaces some documents and swaps some for others, so their number never changes.
class Shop {
public:
    static constexpr std::size_t products = 600;

    Document product(std::size_t number) {
        auto const word = "word" + std::to_string(random_.below(8));
        auto d = document("p" + std::to_string(number), "thing " + word, word + " " + word, "brand" + std::to_string(random_.below(4)), static_cast<double>(random_.below(100)));
        model_[d.id] = d;
        return d;
    }
    std::vector<Document> first() {
        std::vector<Document> out;
        for (; next_ < products; ++next_) out.push_back(product(next_));
        return out;
    }
    void change(Index& index) {
        std::vector<Document> fresh;
        for (auto n = random_.below(120); n > 0; --n) {
            auto const at = std::next(model_.begin(), static_cast<std::ptrdiff_t>(random_.below(products)));
            if (random_.chance(0.5)) {
                fresh.push_back(product(std::stoul(at->first.substr(1))));
            } else {
                index.erase(at->first);
                std::erase_if(fresh, [&](auto const& d) { return d.id == at->first; });
                model_.erase(at);
                fresh.push_back(product(next_++));
            }
        }
        EXPECT_TRUE(index.upsert(fresh));
    }
    const std::map<std::string, Document>& model() const { return model_; }

private:
    Random random_{7};
    std::size_t next_ = 0;
    std::map<std::string, Document> model_;
};

Query everything(std::string text) {
    Query query{.text = std::move(text), .limit = 5};
    query.facets = {{.field = "brand"}, {.field = "price", .kind = FacetRequest::Kind::histogram, .bounds = {50}}};
    return query;
}

void expect_whole(const Answer& answer) {
    EXPECT_EQ(answer.total, Shop::products);
    std::uint64_t sum = 0;
    for (auto const& value : answer.facets[0].values) sum += value.count;
    EXPECT_EQ(sum, Shop::products);
    EXPECT_EQ(std::accumulate(answer.facets[1].buckets.begin(), answer.facets[1].buckets.end(), std::uint64_t{0}), Shop::products);
    EXPECT_EQ(answer.hits.size(), 5u);
}

enum class Saving { never, now_and_then };
void live_together(Index& index, int commits, Saving saving) {
    Shop shop;
    ASSERT_TRUE(index.upsert(shop.first()));
    ASSERT_TRUE(index.commit());
    std::atomic<bool> done = false;
    std::atomic<int> reads = 0;
    std::vector<std::thread> others;
    others.emplace_back([&] {
        for (bool all = false; !done; all = !all) EXPECT_TRUE(all ? index.merge() : index.merge_if_needed(2));
    });
    for (int reader = 0; reader < 2; ++reader)
        others.emplace_back([&] {
            do {
                auto const snapshot = index.snapshot();
                auto const answer = snapshot.search(everything("thing"));
                auto const browsed = snapshot.search(everything(""));
                ASSERT_TRUE(answer && browsed);
                expect_whole(*answer);
                expect_whole(*browsed);
                EXPECT_EQ(snapshot.document_count(), Shop::products);
                for (auto const& hit : answer->hits) EXPECT_TRUE(snapshot.contains(hit.id));
                ++reads;
            } while (!done);
        });
    for (int i = 0; i < commits; ++i) {
        shop.change(index);
        EXPECT_TRUE(saving == Saving::now_and_then && i % 8 == 0 ? index.save() : index.commit());
    }
    done = true;
    for (auto& thread : others) thread.join();
    EXPECT_GE(reads, 2);

    ASSERT_TRUE(index.merge());
    auto const snapshot = index.snapshot();
    EXPECT_EQ(snapshot.segment_count(), 1u);
    ASSERT_EQ(snapshot.document_count(), shop.model().size());
    for (auto const& [id, d] : shop.model()) {
        auto query = everything("\"" + d.texts[0] + "\"");
        query.limit = Shop::products;
        query.filters = {{{{.field = "brand", .values = d.keywords[0]}}}, {{{.field = "price", .kind = Filter::Kind::range, .minimum = d.numbers[0], .maximum = d.numbers[0]}}}};
        auto const found = snapshot.search(query);
        ASSERT_TRUE(found);
        EXPECT_TRUE(std::ranges::count(ids(*found), id) == 1) << id;
    }
}

TEST(Threads, ReadersAndAMergeBesideTheWriter) {
    auto const index = memory_index();
    live_together(*index, 150, Saving::never);
}

TEST(Threads, SavingMeanwhile) {
    auto const folder = std::filesystem::temp_directory_path() / ("kindling_threads_test_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "_" + std::to_string(std::hash<std::thread::id>{}(std::this_thread::get_id())));
    std::filesystem::remove_all(folder);
    auto opened = Index::open({.folder = folder, .schema = schema(), .language = language()});
    ASSERT_TRUE(opened);
    live_together(**opened, 80, Saving::now_and_then);
    ASSERT_TRUE((*opened)->save());
    opened->reset();
    auto const again = Index::open({.folder = folder, .schema = schema(), .language = language()});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ((*again)->snapshot().document_count(), Shop::products);
    std::filesystem::remove_all(folder);
}

TEST(MergeIfNeeded, LeavesFewSegmentsAndTheLargeOneAlone) {
    auto const index = memory_index();
    auto const add = [&](int from, int n) {
        std::vector<Document> documents;
        for (int i = from; i < from + n; ++i) documents.push_back(document("p" + std::to_string(i), "thing"));
        ASSERT_TRUE(index->upsert(documents));
        ASSERT_TRUE(index->commit());
    };
    add(0, 20'000);
    auto const large = index->snapshot().bytes();
    for (int s = 0; s < 3; ++s) add(20'000 + 400 * s, 400);
    ASSERT_EQ(index->snapshot().segment_count(), 4u);
    ASSERT_TRUE(index->merge_if_needed(4));
    EXPECT_EQ(index->snapshot().segment_count(), 4u) << "at the limit: nothing to do";
    index->erase("p5");  // rewriting the large segment for one document would be waste
    add(21'200, 400);
    ASSERT_TRUE(index->merge_if_needed(4));
    EXPECT_EQ(index->snapshot().segment_count(), 2u);
    EXPECT_GE(index->snapshot().bytes(), large) << "the deleted document is still there";
    EXPECT_EQ(index->snapshot().document_count(), 21'599u);
    EXPECT_EQ(index->snapshot().search({.text = "thing"})->total, 21'599u);
    ASSERT_TRUE(index->merge_if_needed(0));
    EXPECT_EQ(index->snapshot().segment_count(), 1u);
}

}  // namespace
}  // namespace kindling::text
