// What is learned is held to texts whose meaning is known, the scan to brute force in floating point, the file to damage.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include "core/random.h"
#include "engines/vector/graph.h"
#include "engines/vector/kernels.h"
#include "engines/vector/scan.h"
#include "engines/vector/svd.h"
#include "engines/vector/train.h"

namespace kindling::vector {
namespace {

std::vector<float> random_vector(Random& random, std::size_t n) {
    std::vector<float> v(n);
    for (auto& x : v) x = static_cast<float>(random.normal());
    return v;
}

double cosine(std::span<const float> a, std::span<const float> b) {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) ab += static_cast<double>(a[i]) * b[i], aa += static_cast<double>(a[i]) * a[i], bb += static_cast<double>(b[i]) * b[i];
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

TEST(Kernels, BothGiveTheSame) {
    auto const fast = inner_product_avx2();
    if (!fast) GTEST_SKIP() << "no AVX2 here";
    Random random(1);
    for (int round = 0; round < 200; ++round) {
        alignas(32) std::int16_t query[most_dimensions];
        std::vector<std::int8_t> row(most_dimensions);
        bool const extreme = round % 4 == 0;
        for (auto& q : query) q = static_cast<std::int16_t>(extreme ? (random.chance(0.5) ? query_limit : -query_limit) : random.between(-query_limit, query_limit));
        for (auto& r : row) r = static_cast<std::int8_t>(extreme ? (random.chance(0.5) ? row_limit : -row_limit) : random.between(-row_limit, row_limit));
        auto const stride = lane * (1 + random.below(most_dimensions / lane));
        EXPECT_EQ(fast(row.data(), query, stride), inner_product_plain(row.data(), query, stride));
        std::vector<std::int8_t> other(row.rbegin(), row.rend());
        EXPECT_EQ(row_product_avx2()(row.data(), other.data(), stride), row_product_plain(row.data(), other.data(), stride));
    }
}

TEST(Svd, FindsTheEigenvectorsOfAMatrixThatIsKnown) {
    // Sum of two orthogonal directions with values 5 and -3, and noise of 0.01.
    std::size_t const n = 60;
    Random random(2);
    std::vector<double> a(n), b(n);
    for (std::size_t i = 0; i < n; ++i) a[i] = i % 2 == 0 ? std::sqrt(2.0 / n) : 0, b[i] = i % 2 == 1 ? std::sqrt(2.0 / n) : 0;
    SparseSymmetric m;
    m.starts.push_back(0);
    std::map<std::pair<std::size_t, std::size_t>, double> noise;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            if (!noise.contains({j, i})) noise[{i, j}] = 0.01 * random.normal();
            else noise[{i, j}] = noise[{j, i}];
            m.columns.push_back(static_cast<std::uint32_t>(j)), m.values.push_back(static_cast<float>(5 * a[i] * a[j] - 3 * b[i] * b[j] + noise[{i, j}]));
        }
        m.starts.push_back(m.columns.size());
    }
    auto const found = leading_eigenvectors(m, 2, 7);
    ASSERT_EQ(found.values.size(), 2u);
    EXPECT_NEAR(found.values[0], 5, 0.05);
    EXPECT_NEAR(found.values[1], -3, 0.05);
    double with_a = 0;
    for (std::size_t i = 0; i < n; ++i) with_a += found.vectors[i * 2] * a[i];
    EXPECT_NEAR(std::abs(with_a), 1, 0.01);
}

class ScanFile : public testing::Test {
protected:
    void SetUp() override { TearDown(); }
    void TearDown() override { std::filesystem::remove(file_), std::filesystem::remove(file_.string() + ".graph"); }
    std::filesystem::path file_ = std::filesystem::temp_directory_path() / ("kindling_scan_" + std::to_string(::getpid()));
};

TEST_F(ScanFile, EqualsBruteForceThroughUpdatesDeletionsFiltersAndReopening) {
    constexpr std::size_t n = 48;
    Random random(3);
    std::map<std::string, std::vector<float>> truth;
    auto scan = Scan::open({.dimensions = n, .file = file_, .space = 9}).value();
    auto const compare = [&] {
        ASSERT_EQ(scan->size(), truth.size());
        auto const query = random_vector(random, n);
        for (bool const odd : {false, true}) {
            Scan::Filter const filter = [](std::string_view id) { return id.back() % 2 == 1; };
            auto const near = scan->nearest(query, 10, odd ? filter : Scan::Filter());
            std::vector<double> best;
            for (auto const& [id, v] : truth)
                if (!odd || id.back() % 2 == 1) best.push_back(cosine(query, v));
            std::ranges::sort(best, std::greater<>());
            ASSERT_EQ(near.size(), std::min<std::size_t>(10, best.size()));
            for (std::size_t i = 0; i < near.size(); ++i) {
                EXPECT_NEAR(near[i].score, best[i], 0.01);
                EXPECT_NEAR(near[i].score, cosine(query, truth.at(near[i].id)), 0.01);
                EXPECT_NEAR(scan->similarity(query, near[i].id).value(), near[i].score, 1e-6);
                EXPECT_TRUE(!odd || near[i].id.back() % 2 == 1);
            }
        }
    };
    for (int round = 0; round < 3000; ++round) {
        auto const id = "p" + std::to_string(random.below(900));
        if (random.chance(0.3)) EXPECT_EQ(scan->erase(id), truth.erase(id) == 1);
        else ASSERT_TRUE(scan->put(id, truth[id] = random_vector(random, n)).has_value());
        if (round % 250 == 0) compare();
    }
    ASSERT_TRUE(scan->save().has_value());
    scan.reset();
    scan = Scan::open({.dimensions = n, .file = file_, .space = 9}).value();
    EXPECT_EQ(scan->damaged(), 0u);
    compare();
    EXPECT_EQ(Scan::open({.dimensions = n, .file = file_, .space = 9}).error().reason, "vectors_in_use");
    scan.reset();
    EXPECT_EQ(Scan::open({.dimensions = n, .file = file_, .space = 8}).error().reason, "vectors_of_another_space");
    EXPECT_EQ(Scan::open({.dimensions = n * 2, .file = file_, .space = 9}).error().reason, "vectors_of_another_space");
}

TEST_F(ScanFile, ATornRowIsLeftOutAndTheRestStands) {
    Random random(4);
    {
        auto scan = Scan::open({.dimensions = 32, .file = file_}).value();
        for (int i = 0; i < 20; ++i) ASSERT_TRUE(scan->put("p" + std::to_string(i), random_vector(random, 32)).has_value());
    }
    auto const flip = [&](std::streamoff at) {
        std::fstream file(file_, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(at);
        auto const c = static_cast<char>(file.get() ^ 0x10);
        file.seekp(at);
        file.put(c);
    };
    flip(64 + 3 * 32 + 5);  // a component of the fourth row
    auto scan = Scan::open({.dimensions = 32, .file = file_}).value();
    EXPECT_EQ(scan->damaged(), 1u);
    EXPECT_EQ(scan->size(), 19u);
    EXPECT_FALSE(scan->similarity(random_vector(random, 32), "p3").has_value());
    ASSERT_TRUE(scan->put("p3", random_vector(random, 32)).has_value());
    scan.reset();
    flip(17);
    EXPECT_EQ(Scan::open({.dimensions = 32, .file = file_}).error().reason, "vectors_damaged");
    std::filesystem::resize_file(file_, 5000);
    EXPECT_EQ(Scan::open({.dimensions = 32, .file = file_}).error().reason, "vectors_damaged");
}

TEST_F(ScanFile, AMarkStaysWithItsRow) {
    std::vector<float> const v{1, 2, 3, 4};
    auto const longest = std::string(Scan::longest_id, 'x');
    {
        auto scan = Scan::open({.dimensions = 4, .file = file_}).value();
        ASSERT_TRUE(scan->put("a", v, 0xFEDCBA9876543210ull) && scan->put(longest, v, 7) && scan->put("none", v));
        ASSERT_TRUE(scan->put("b", v, 1) && scan->put("b", v, 2) && scan->erase("a") && scan->put("c", v));
        EXPECT_EQ(scan->put(longest + "x", v, 7).error().reason, "vector_invalid");
    }
    auto const scan = Scan::open({.dimensions = 4, .file = file_}).value();
    EXPECT_EQ(scan->damaged(), 0u);
    EXPECT_EQ(scan->mark_of("a"), std::nullopt);
    EXPECT_EQ(scan->mark_of("c"), 0u) << "in the row that was a's";
    EXPECT_EQ(scan->mark_of("b"), 2u);
    EXPECT_EQ(scan->mark_of("none"), 0u);
    EXPECT_EQ(scan->mark_of(longest), 7u);
}

// Another process writes and is killed in the middle, again and again: what is opened afterwards is whole rows of what it wrote.
TEST_F(ScanFile, KilledWhileItWritesItHoldsOnlyWholeRows) {
    constexpr std::size_t n = 32, ids = 700;
    auto const written = [](std::size_t id, std::uint64_t mark) {
        std::vector<float> v(n);
        for (std::size_t i = 0; i < n; ++i) v[i] = static_cast<float>((id * 31 + mark * 17 + i * i) % 101) - 50;
        return v;
    };
    std::size_t held = 0;
    for (int round = 0; round < 12; ++round) {
        auto const child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto scan = Scan::open({.dimensions = n, .file = file_});
            for (std::uint64_t mark = 1; scan; ++mark)
                for (std::size_t id = 0; id < ids; ++id)
                    if ((id + mark) % 7 == 0) (*scan)->erase("p" + std::to_string(id));
                    else (void)(*scan)->put("p" + std::to_string(id), written(id, mark), mark);
            ::_exit(1);
        }
        // Once it has written something: in the first round the file is not there yet.
        while (!std::filesystem::exists(file_) || std::filesystem::file_size(file_) < 30'000) std::this_thread::yield();
        for (int i = 0; i < round * 500; ++i) std::this_thread::yield();
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
        auto const scan = Scan::open({.dimensions = n, .file = file_}).value();
        EXPECT_LE(scan->damaged(), 1u) << "it writes one at a time";
        held = std::max(held, scan->size());
        for (auto const& id : scan->ids()) {
            auto const mark = scan->mark_of(id).value();
            EXPECT_GT(mark, 0u);
            EXPECT_GT(scan->similarity(written(std::stoul(id.substr(1)), mark), id).value(), 0.999) << id << " of " << mark;
        }
    }
    EXPECT_GT(held, 100u);
}

TEST_F(ScanFile, LinkedItFindsNearlyAllAndFollowsEveryChange) {
    constexpr std::size_t n = 24;
    Random random(6);
    // Around 40 centres, as products are.
    std::vector<std::vector<float>> centres;
    for (int c = 0; c < 40; ++c) centres.push_back(random_vector(random, n));
    auto const drawn = [&] {
        auto v = random_vector(random, n);
        auto const& c = random.one_of(centres);
        for (std::size_t i = 0; i < n; ++i) v[i] = c[i] + 0.5f * v[i];
        return v;
    };
    Scan::Options const options{.dimensions = n, .file = file_, .space = 3, .linked_from = 1};
    auto scan = Scan::open(options).value();
    auto const exact = Scan::open({.dimensions = n, .linked_from = UINT64_MAX}).value();
    auto const put = [&](std::string const& id) {
        auto const v = drawn();
        ASSERT_TRUE(scan->put(id, v).has_value());
        ASSERT_TRUE(exact->put(id, v).has_value());
    };
    auto const recall = [&](Scan::Filter const& filter) {
        int found = 0, all = 0;
        for (int q = 0; q < 60; ++q) {
            auto const query = drawn();
            std::vector<std::string> ids;
            for (auto const& near : scan->nearest(query, 10, filter)) {
                EXPECT_TRUE(!filter || filter(near.id));
                EXPECT_EQ(near.score, exact->similarity(query, near.id).value_or(-9)) << "what is found has its own score";
                ids.push_back(near.id);
            }
            for (auto const& near : exact->nearest(query, 10, filter)) ++all, found += std::ranges::count(ids, near.id) > 0;
        }
        return static_cast<double>(found) / all;
    };
    for (int i = 0; i < 3000; ++i) put("p" + std::to_string(i));
    EXPECT_FALSE(exact->link());
    EXPECT_FALSE(scan->linked());
    ASSERT_TRUE(scan->link());
    EXPECT_GE(recall({}), 0.95);
    EXPECT_GE(recall([](std::string_view id) { return id.back() % 2 == 0; }), 0.95);
    EXPECT_EQ(recall([](std::string_view id) { return id.ends_with("77"); }), 1) << "few rows are left: all are looked at";
    for (int i = 0; i < 3000; i += 3) EXPECT_TRUE(scan->erase("p" + std::to_string(i)) && exact->erase("p" + std::to_string(i)));
    for (int i = 1; i < 3000; i += 3) put("p" + std::to_string(i));
    for (int i = 0; i < 1500; ++i) put("q" + std::to_string(i));
    EXPECT_GE(recall({}), 0.95);
    ASSERT_TRUE(scan->save().has_value());
    // What changes after the graph was written is put right when it is read.
    for (int i = 0; i < 200; ++i) put("q" + std::to_string(i)), put("r" + std::to_string(i));
    EXPECT_TRUE(scan->erase("q300") && exact->erase("q300"));
    scan.reset();
    scan = Scan::open(options).value();
    ASSERT_TRUE(scan->linked());
    EXPECT_GE(recall({}), 0.95);
    put("q301");
    EXPECT_GE(recall({}), 0.95);
    scan.reset();
    std::filesystem::resize_file(file_.string() + ".graph", 1000);
    scan = Scan::open(options).value();
    EXPECT_FALSE(scan->linked());
    EXPECT_EQ(recall({}), 1);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(scan->link(stop.get_token()));
    EXPECT_TRUE(scan->link());
}

TEST_F(ScanFile, AGraphIsLaidBesideQuestionsAndWrites) {
    Random random(7);
    auto scan = Scan::open({.dimensions = 8, .linked_from = 1}).value();
    for (int i = 0; i < 2000; ++i) ASSERT_TRUE(scan->put("p" + std::to_string(i), random_vector(random, 8)).has_value());
    std::jthread const laying([&] { EXPECT_TRUE(scan->link()); });
    std::jthread const asking([&] {
        Random own(8);
        while (!scan->linked()) EXPECT_EQ(scan->nearest(random_vector(own, 8), 5).size(), 5u);
    });
    for (int i = 0; i < 500; ++i) {
        ASSERT_TRUE(scan->put("n" + std::to_string(i), random_vector(random, 8)).has_value());
        EXPECT_TRUE(scan->erase("p" + std::to_string(i)));
    }
    while (!scan->linked()) std::this_thread::yield();
    // Each is nearest to itself.
    int itself = 0;
    for (int i = 0; i < 500; ++i) itself += scan->nearest(scan->vector_of("n" + std::to_string(i)).value(), 1)[0].id == "n" + std::to_string(i);
    EXPECT_GE(itself, 490);
    for (auto const& near : scan->nearest(random_vector(random, 8), 50)) EXPECT_FALSE(near.id.front() == 'p' && std::stoi(near.id.substr(1)) < 500) << near.id << " was erased";
}

TEST(Scan, RefusesWhatIsNoVector) {
    auto scan = Scan::open({.dimensions = 4}).value();
    for (auto const& [id, v] : std::vector<std::pair<std::string, std::vector<float>>>{{"", {1, 0, 0, 0}}, {std::string(200, 'a'), {1, 0, 0, 0}}, {"a", {1, 0}}, {"a", {1, 0, NAN, 0}}, {std::string("a\0b", 3), {1, 0, 0, 0}}}) EXPECT_EQ(scan->put(id, v).error().reason, "vector_invalid");
    ASSERT_TRUE(scan->put("zero", std::vector<float>(4, 0)).has_value());
    EXPECT_EQ(scan->size(), 1u);
    EXPECT_TRUE(scan->nearest(std::vector<float>{1, 0, 0, 0}, 5).empty());
    EXPECT_TRUE(scan->nearest(std::vector<float>{0, 0, 0, 0}, 5).empty());
}

// Shoes and lamps in two vocabularies each: sellers say "trainers" and "luminaire", half of them "sneakers" and "lamp"; both kinds share their company.
std::vector<ItemText> two_worlds() {
    std::vector<ItemText> items;
    Random random(5);
    std::vector<std::string> const shoes{"running", "sole", "lace", "cushion", "marathon", "mesh", "grip"}, lamps{"bulb", "shade", "dimmer", "glow", "socket", "cable", "reading"};
    for (int i = 0; i < 400; ++i) {
        bool const shoe = i % 2 == 0;
        auto const& company = shoe ? shoes : lamps;
        Bag bag;
        bag.push_back({shoe ? (i % 4 == 0 ? "sneakers" : "trainers") : (i % 4 == 1 ? "lamp" : "luminaire"), 1});
        for (int k = 0; k < 5; ++k) bag.push_back({random.one_of(company), k < 2 ? 1.0f : 0.3f});
        bag.push_back({"quality", 0.3f});
        items.push_back({"i" + std::to_string(i), std::move(bag)});
    }
    return items;
}

TEST(Train, WordsOfOneUseAreNearWithoutEverStandingTogether) {
    auto const space = train(two_worlds(), {}, {}, {.dimensions = 8}).value();
    auto const of = [&](std::string word) { return space->embed({{std::move(word)}}); };
    EXPECT_GT(cosine(of("sneakers"), of("trainers")), 0.6);
    EXPECT_LT(cosine(of("sneakers"), of("luminaire")), 0.2);
    // Misspelt, it still is a shoe.
    EXPECT_GT(cosine(of("sneekers"), of("trainers")), 0.5);
    EXPECT_EQ(space->known({{"sneekers"}}), 0);
    EXPECT_EQ(cosine(of("xyzzy"), of("xyzzy")), 0);
    auto const alike = space->alike("lamp", 3);
    ASSERT_FALSE(alike.empty());
    EXPECT_TRUE(std::ranges::any_of(alike, [](auto const& a) { return a.word == "luminaire"; }));
}

TEST(Train, BehaviourTeachesWhatTextsDoNotSay) {
    auto const items = two_worlds();
    // "gift" stands in no text; who says it clicks lamps. Item 0, a shoe, is bought with lamps.
    std::vector<Answered> answered;
    for (std::uint32_t i = 1; i < 200; i += 2) answered.push_back({{{"gift"}}, i, 1});
    std::vector<Together> together;
    for (std::uint32_t i = 1; i < 60; i += 2) together.push_back({0, i, 1});
    auto const before = train(items, {}, {}, {.dimensions = 8}).value();
    auto const space = train(items, answered, together, {.dimensions = 8}).value();
    auto const gift = space->embed({{"gift"}});
    auto const lamp = space->embed(items[301].words, items[301].id), shoe = space->embed(items[300].words, items[300].id);
    EXPECT_GT(cosine(gift, lamp), cosine(gift, shoe) + 0.3);
    auto const moved = cosine(space->embed(items[0].words, items[0].id), lamp), was = cosine(before->embed(items[0].words, items[0].id), before->embed(items[301].words));
    EXPECT_GT(moved, was + 0.2);
    // The same on top of what the texts have taught before.
    auto const gone_on = train(items, answered, together, {.start = before}).value();
    EXPECT_EQ(gone_on->dimensions(), 8u);
    EXPECT_GT(cosine(gone_on->embed({{"gift"}}), gone_on->embed(items[301].words)), cosine(gone_on->embed({{"gift"}}), gone_on->embed(items[300].words)) + 0.3);
}

TEST(Train, IsDeterministicWritesAndReadsAgain) {
    auto const items = two_worlds();
    std::vector<Answered> const answered{{{{"gift"}}, 1, 1}, {{{"gift"}}, 3, 2}, {{{"run"}}, 0, 1}};
    auto const one = train(items, answered, {}, {.dimensions = 8}).value(), two = train(items, answered, {}, {.dimensions = 8}).value();
    EXPECT_EQ(one->fingerprint(), two->fingerprint());
    auto const file = one->write();
    auto const again = Space::read(file).value();
    EXPECT_EQ(again->fingerprint(), one->fingerprint());
    EXPECT_EQ(again->embed(items[1].words, "i1"), one->embed(items[1].words, "i1"));
    auto damaged = file;
    damaged[damaged.size() / 2] ^= 1;
    EXPECT_EQ(Space::read(damaged).error().reason, "model_invalid");
    EXPECT_EQ(train({}, {}, {}, {}).error().reason, "nothing_to_learn");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(train(items, answered, {}, {.stop = stop.get_token()}).error().reason, "cancelled");
}

}  // namespace
}  // namespace kindling::vector
