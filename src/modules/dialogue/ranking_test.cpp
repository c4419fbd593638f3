// A shop whose shoppers click what is cheap: the order that is learned says so, is held to searches that it did not learn from, and explains itself.
#include "core/random.h"
#include "modules/dialogue/ranking_learn.h"
#include "modules/dialogue/test_shop.h"
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace kindling::dialogue {
namespace {

class Ranked : public testing::Test {
protected:
    Ranked() {
        auto source = test::source();
        source.products.clear(), source.standing.clear();
        int n = 0;
        for (auto const* material : {"linen", "cotton", "wool", "silk", "canvas"})
            for (auto const* kind : {"dress", "skirt", "coat", "scarf"})
                for (int k = 0; k < 6; ++k, ++n) source.products.push_back(test::product("p" + std::to_string(n), "dresses", std::string(material) + " " + kind + " " + (k % 2 == 0 ? "fine" : "plain"), "", 10000 + (n * 7919 % 17) * 2500, {}));
        auto const view = CatalogueView::build(source);
        std::shared_ptr<ProductIndex> index = std::move(*ProductIndex::open({}));
        EXPECT_TRUE(index->rebuild(*view));
        live_ = {view, Lexicon::build(view->shared_words()), index};
        Random random(3);
        for (auto const* material : {"linen", "cotton", "wool", "silk", "canvas"})
            for (auto const* kind : {"dress", "skirt", "coat", "scarf"})
                for (bool const turned : {false, true}) {
                    auto const query = turned ? std::string(kind) + " " + material : std::string(material) + " " + kind;
                    std::int64_t place = 0;
                    auto const today = search_catalogue(live_, {.query = query}, Locale::en);
                    for (auto const& card : today->cards) {
                        auto const price = static_cast<double>((*view)[*view->find(card.product_id)].price_from);
                        auto const chance = 0.9 / (1 + 0.2 * static_cast<double>(place)) * (price < 25000 ? 0.5 : 0.1);
                        ShownResult shown{.query = query, .product_id = card.product_id, .place = ++place, .shown = 60};
                        for (int i = 0; i < 60; ++i) shown.clicked += random.chance(chance);
                        if (shown.clicked > 0) behaviour_.clicked[{query, card.product_id}] = shown.clicked;
                        behaviour_.shown.push_back(shown);
                    }
                }
    }
    Live with(LearnedRanking learned, ResultOrder order) {
        auto out = live_;
        out.ranking = *Ranking::make(std::make_shared<LearnedRanking const>(std::move(learned)), *live_.view, live_.index), out.order = order;
        return out;
    }
    Live live_;
    Behaviour behaviour_;
};

TEST_F(Ranked, WhatIsLearnedIsBetterOnSearchesNotLearnedFromAndExplainsItself) {
    auto learned = learn_ranking(live_, behaviour_, 1, {});
    ASSERT_TRUE(learned) << learned.error().message;
    auto const report = learned->report;
    EXPECT_EQ(report.held_out_queries, 40);
    EXPECT_TRUE(report.learned.allowed);
    EXPECT_GT(report.learned.ndcg, report.learned.ndcg_words + 0.05);
    ASSERT_GE(report.places.size(), 5u);
    EXPECT_EQ(report.places[0].examined, 1);
    EXPECT_LT(report.places[4].examined, 0.8);
    ASSERT_FALSE(report.features.empty());
    // Written and read again it is the same.
    auto const again = LearnedRanking::read(learned->write());
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->space->fingerprint(), learned->space->fingerprint());
    EXPECT_EQ(again->report.learned.ndcg, report.learned.ndcg);
    auto const live = with(std::move(*learned), ResultOrder::learned);
    auto const words = search_catalogue(live_, {.query = "linen dress", .page_size = 100}, Locale::en), ordered = search_catalogue(live, {.query = "linen dress", .page_size = 100, .explain = true}, Locale::en);
    ASSERT_TRUE(words && ordered);
    EXPECT_EQ(words->total, ordered->total);
    EXPECT_EQ(ordered->order, ResultOrder::learned);
    EXPECT_LT(ordered->cards[0].price_minor, 25000);
    ASSERT_EQ(ordered->why.size(), ordered->cards.size());
    for (std::size_t i = 0; i < ordered->cards.size(); ++i) {
        EXPECT_EQ(ordered->why[i].product_id, ordered->cards[i].product_id);
        EXPECT_EQ(ordered->why[i].place, static_cast<std::int64_t>(i + 1));
        EXPECT_EQ(words->cards[static_cast<std::size_t>(ordered->why[i].place_by_words) - 1].product_id, ordered->cards[i].product_id);
    }
    auto const sum = [](WhyRank const& w) { double s = 0; for (auto const& r : w.reasons) s += r.part; return s; };
    EXPECT_NEAR(ordered->why[0].score - ordered->why[1].score, sum(ordered->why[0]) - sum(ordered->why[1]), 1e-6);
    // Values are what people would count; what nobody knows has none.
    for (auto const& w : ordered->why)
        for (auto const& r : w.reasons) {
            auto const& goods = (*live_.view)[*live_.view->find(w.product_id)];
            if (r.name == "text_place") { EXPECT_NEAR(r.value.value(), static_cast<double>(w.place_by_words), 1e-3); }
            if (r.name == "sales") { EXPECT_NEAR(r.value.value(), goods.standing.popularity, 1e-3); }
            if (r.name == "rating") { EXPECT_EQ(r.value.has_value(), goods.standing.reviews > 0); }
            if (r.name == "price") { EXPECT_GT(r.value.value(), 0); }
        }
    EXPECT_TRUE(std::ranges::any_of(ordered->why[0].reasons, [](auto const& r) { return r.name == "price" && r.value < 1; })) << "cheaper than the middle one";
    // A page tells of its own.
    auto const page = search_catalogue(live, {.query = "linen dress", .page_size = 2, .page_token = search_catalogue(live, {.query = "linen dress", .page_size = 2}, Locale::en)->next_page_token, .explain = true}, Locale::en);
    ASSERT_EQ(page->why.size(), 2u);
    EXPECT_EQ(page->why[0].place, 3);
    // Another sort is the shopper's own.
    EXPECT_EQ(search_catalogue(live, {.query = "linen dress", .sort = SearchSort::price_down}, Locale::en)->order, ResultOrder::words);
}

TEST_F(Ranked, FewSearchesAllowNoOtherOrder) {
    std::erase_if(behaviour_.shown, [](ShownResult const& s) { return !s.query.ends_with("dress"); });
    auto const learned = learn_ranking(live_, behaviour_, 1, {});
    ASSERT_TRUE(learned) << learned.error().message;
    EXPECT_EQ(learned->report.held_out_queries, 5);
    EXPECT_FALSE(learned->report.learned.allowed);
    EXPECT_FALSE(learned->report.hybrid.allowed);
}

TEST_F(Ranked, WhatPeopleJudgedIsNotOutvotedByClicks) {
    // Two searches in forty, judged the other way round: dear things fit.
    for (auto const* query : {"silk scarf", "canvas coat"}) {
        auto const found = search_catalogue(live_, {.query = query}, Locale::en);
        for (auto const& card : found->cards) behaviour_.judged[query][card.product_id] = (*live_.view)[*live_.view->find(card.product_id)].price_from < 25000 ? 0 : 3;
    }
    auto const learned = learn_ranking(live_, behaviour_, 1, {});
    ASSERT_TRUE(learned) << learned.error().message;
    auto const& f = learned->report.learned;
    EXPECT_GT(f.ndcg, f.ndcg_words) << "over all it is better";
    EXPECT_EQ(f.judged_queries, 2);
    EXPECT_LT(f.judged_ndcg, f.judged_ndcg_words);
    EXPECT_FALSE(f.allowed);
    // Judged alike they tell nothing apart, and the clicks count again.
    for (auto& [query, products] : behaviour_.judged)
        for (auto& [id, grade] : products) grade = 3;
    auto const again = learn_ranking(live_, behaviour_, 1, {});
    EXPECT_EQ(again->report.held_out_queries, 40);
    EXPECT_EQ(again->report.learned.judged_queries, 0);
    EXPECT_TRUE(again->report.learned.allowed);
}

TEST_F(Ranked, WordsThatNoProductHasFindWhatIsNearInMeaningWithinTheLimits) {
    // Whoever said "keepwarm" clicked wool.
    for (std::size_t p = 0; p < live_.view->size(); ++p)
        if ((*live_.view)[p].data.title_en.starts_with("wool")) behaviour_.clicked[{"keepwarm", (*live_.view)[p].data.product_id}] = 60;
    EXPECT_EQ(search_catalogue(live_, {.query = "keepwarm"}, Locale::en)->total, 0);
    auto const live = with(*learn_ranking(live_, behaviour_, 1, {}), ResultOrder::words);
    auto const found = search_catalogue(live, {.query = "keepwarm", .price_max_minor = 30000}, Locale::en);
    ASSERT_GT(found->total, 0);
    EXPECT_TRUE(found->near_in_meaning);
    EXPECT_TRUE((*live_.view)[*live_.view->find(found->cards[0].product_id)].data.title_en.starts_with("wool"));
    for (auto const& card : found->cards) EXPECT_LE(card.price_minor, 30000);
    // Nothing is made of nonsense.
    EXPECT_EQ(search_catalogue(live, {.query = "qqxzzk"}, Locale::en)->total, 0);
    EXPECT_FALSE(search_catalogue(live, {.query = "linen"}, Locale::en)->near_in_meaning);
}

TEST_F(Ranked, FollowsTheCatalogue) {
    auto const learned = std::make_shared<LearnedRanking const>(*learn_ranking(live_, behaviour_, 1, {}));
    auto const ranking = *Ranking::make(learned, *live_.view, live_.index);
    auto const id = (*live_.view)[0].data.product_id;
    auto const has = [&](CatalogueView const& view) { return std::ranges::any_of(ranking->near(view, "linen dress", 200), [&](auto const& n) { return view[n.first].data.product_id == id; }); };
    EXPECT_TRUE(has(*live_.view));
    std::vector<std::string> const gone{id};
    auto const without = live_.view->with({}, gone);
    ranking->apply(*without, gone, gone);
    EXPECT_FALSE(has(*without));
    EXPECT_FALSE(std::ranges::any_of(ranking->near(*live_.view, "linen dress", 200), [&](auto const& n) { return (*live_.view)[n.first].data.product_id == id; }));
}

// The own vectors in a file, as a server that starts again finds them.
class Kept : public Ranked {
protected:
    Kept() {
        std::filesystem::remove_all(folder_);
        for (std::size_t p = 0; p < live_.view->size(); ++p)
            if ((*live_.view)[p].data.title_en.starts_with("wool")) behaviour_.clicked[{"keepwarm", (*live_.view)[p].data.product_id}] = 60;
        learned_ = std::make_shared<LearnedRanking const>(*learn_ranking(live_, behaviour_, 1, {}));
        spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_)));
    }
    ~Kept() override {
        spdlog::set_default_logger(logger_);
        std::filesystem::remove_all(folder_);
    }
    std::shared_ptr<vector::Scan> file() const {
        std::string told;
        auto out = vector::open_or_begin(folder_ / "own", learned_->space->dimensions(), Ranking::space_of(*learned_), told).value();
        if (!told.empty()) spdlog::warn("{}", told);
        return out;
    }
    std::shared_ptr<Ranking> start(CatalogueView const& view) const { return *Ranking::make(learned_, view, live_.index, {}, std::make_shared<KeptVectors>(file())); }
    static std::vector<std::string> near(Ranking const& ranking, CatalogueView const& view) {
        std::vector<std::string> out;
        for (auto const& [p, likeness] : ranking.near(view, "keepwarm", 60)) out.push_back(fmt::format("{} {}", view[p].data.product_id, likeness));
        return out;
    }
    // What a start does not make again stays as somebody else left it.
    void mark(std::string const& id) const {
        auto const scan = file();
        auto const of = scan->vector_of("p48").value();
        ASSERT_TRUE((*live_.view)[*live_.view->find("p48")].data.title_en.starts_with("wool"));
        ASSERT_TRUE(scan->put(id, of, scan->mark_of(id).value()));
    }
    bool marked(Ranking const& ranking, CatalogueView const& view, std::string const& id) const {
        return std::ranges::any_of(ranking.near(view, "keepwarm", 200), [&](auto const& n) { return view[n.first].data.product_id == id; });
    }
    std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("kindling_kept_" + std::to_string(::getpid()));
    std::shared_ptr<LearnedRanking const> learned_;
    std::ostringstream log_;
    std::shared_ptr<spdlog::logger> logger_ = spdlog::default_logger();
};

TEST_F(Kept, AStartTakesFromTheFileWhatStillHoldsAndMakesTheRest) {
    auto const& view = *live_.view;
    auto const before = near(*start(view), view);
    ASSERT_FALSE(before.empty());
    EXPECT_EQ(near(*start(view), view), before);
    EXPECT_EQ(near(*Ranking::make(learned_, view, live_.index).value(), view), before) << "in memory they are the same";
    ASSERT_TRUE(view[*view.find("p0")].data.title_en.starts_with("linen"));
    EXPECT_FALSE(marked(*start(view), view, "p0"));
    mark("p0"), mark("p1");
    auto const ranking = start(view);
    EXPECT_TRUE(marked(*ranking, view, "p0") && marked(*ranking, view, "p1"));
    // A reading of everything while it runs makes what is another text, and forgets what is gone.
    auto product = view[*view.find("p0")].data;
    product.title_en += ", mended";
    auto const gone = std::vector<std::string>{"p48"};
    auto const changed = view.with({product}, gone);
    ranking->follow(*changed);
    EXPECT_FALSE(marked(*ranking, *changed, "p0"));
    EXPECT_TRUE(marked(*ranking, *changed, "p1"));
    EXPECT_FALSE(marked(*ranking, view, "p48"));
    EXPECT_TRUE(log_.str().empty()) << log_.str();
}

TEST_F(Kept, WhatChangedWhileItWasDownIsSeen) {
    auto const& view = *live_.view;
    start(view);
    mark("p0"), mark("p1");
    auto product = view[*view.find("p0")].data;
    product.title_en += ", mended";
    auto const gone = std::vector<std::string>{"p48"};
    auto const changed = view.with({product}, gone);
    auto const ranking = start(*changed);
    EXPECT_FALSE(marked(*ranking, *changed, "p0"));
    EXPECT_TRUE(marked(*ranking, *changed, "p1"));
    EXPECT_FALSE(marked(*ranking, view, "p48"));
}

TEST_F(Kept, ADamagedFileIsMadeAgainAndSaid) {
    auto const& view = *live_.view;
    auto const before = near(*start(view), view);
    auto const path = folder_ / fmt::format("own.{}", learned_->space->dimensions());
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(64 + 48 * 64 + 3);
        file.put(99);  // a component of one row
    }
    EXPECT_EQ(near(*start(view), view), before);
    EXPECT_THAT(log_.str(), testing::HasSubstr("1 damaged vectors"));
    log_.str("");
    std::filesystem::resize_file(path, 5000);
    EXPECT_EQ(near(*start(view), view), before);
    EXPECT_THAT(log_.str(), testing::AllOf(testing::HasSubstr(path.filename().string()), testing::HasSubstr("made anew")));
    log_.str("");
    EXPECT_EQ(near(*start(view), view), before);
    EXPECT_TRUE(log_.str().empty()) << log_.str();
}

// Materials are asked for by words that no product has and no other search repeats; who was plugged in knows what they mean.
class Encoded : public Ranked {
protected:
    Encoded() {
        behaviour_ = {};
        encoding_->settings = {.url = "u", .name = "knows"};
        std::shared_ptr<vector::Scan> texts = std::move(*vector::Scan::open({.dimensions = 8, .space = encoding_->settings.fingerprint()}));
        auto const& view = *live_.view;
        for (std::size_t p = 0; p < view.size(); ++p) EXPECT_TRUE(texts->put(text_key(encoding_->product_text(*live_.index, view, p)), meaning(material_of(view[p].data.title_en))));
        for (int occasion = 0; occasion < 40; ++occasion) {
            static constexpr char const* kinds[] = {"dress", "skirt", "coat", "scarf"};
            auto const query = std::string(kinds[occasion % 4]) + " occasion" + std::string(1, static_cast<char>('a' + occasion / 2)) + (occasion % 2 ? "x" : "y");
            EXPECT_TRUE(texts->put(text_key(encoding_->query_text(query)), meaning(occasion / 4 % 5)));
            std::int64_t place = 0;
            auto const today = search_catalogue(live_, {.query = query, .page_size = 100}, Locale::en);
            for (auto const& card : today->cards) {
                auto const fits = material_of((*live_.view)[*live_.view->find(card.product_id)].data.title_en) == occasion / 4 % 5;
                behaviour_.shown.push_back({.query = query, .product_id = card.product_id, .place = ++place, .shown = 60, .clicked = fits ? 30.0 : 2.0});
            }
        }
        encoding_->texts = texts;
    }
    static int material_of(std::string_view title) {
        static constexpr std::string_view materials[] = {"linen", "cotton", "wool", "silk", "canvas"};
        for (int m = 0; m < 5; ++m)
            if (title.starts_with(materials[m])) return m;
        return -1;
    }
    // As encoders do: everything is somewhat like everything.
    static std::vector<float> meaning(int material) {
        std::vector<float> out(8, 0.7f);
        out[static_cast<std::size_t>(material)] += 1;
        return out;
    }
    std::shared_ptr<TextEncoding> encoding_ = std::make_shared<TextEncoding>();
};

TEST_F(Encoded, IsUsedWhereItIsBetterAndMissedWithoutHarm) {
    auto learned = learn_ranking(live_, behaviour_, 1, {}, encoding_.get());
    ASSERT_TRUE(learned) << learned.error().message;
    auto const report = learned->report;
    EXPECT_EQ(report.encoder.dimensions, 8);
    EXPECT_TRUE(report.encoder.hybrid.allowed);
    EXPECT_GT(report.encoder.hybrid.ndcg, report.hybrid.ndcg + 0.1);
    EXPECT_EQ(&figures_of(report, ResultOrder::hybrid, false), &report.hybrid);
    auto const again = LearnedRanking::read(learned->write());
    ASSERT_TRUE(again) << again.error().message;
    ASSERT_TRUE(again->joined);
    EXPECT_EQ(again->joined->encoder, encoding_->settings.fingerprint());
    EXPECT_EQ(again->joined->unrelated, learned->joined->unrelated);
    EXPECT_EQ(again->report.encoder.hybrid.ndcg, report.encoder.hybrid.ndcg);
    auto const kept = std::make_shared<LearnedRanking const>(std::move(*learned));
    auto const first = [&](std::shared_ptr<TextEncoding const> encoding, std::string query) {
        auto live = live_;
        live.ranking = *Ranking::make(kept, *live_.view, live_.index, std::move(encoding)), live.order = ResultOrder::hybrid;
        auto const found = search_catalogue(live, {.query = std::move(query)}, Locale::en);
        return std::pair((*live_.view)[*live_.view->find(found->cards[0].product_id)].data.title_en, found->order);
    };
    EXPECT_THAT(first(encoding_, "skirt occasionkx").first, testing::StartsWith("linen"));
    EXPECT_THAT(first(encoding_, "scarf occasionhx").first, testing::StartsWith("silk"));
    EXPECT_EQ(first(encoding_, "scarf occasionhx").second, ResultOrder::hybrid);
    // A query that it has no vector of, and a shop whose encoder was taken away, are ordered by what is left.
    auto const own = report.hybrid.allowed ? ResultOrder::hybrid : ResultOrder::words;
    EXPECT_EQ(first(encoding_, "scarf nobodysaid").second, own);
    EXPECT_EQ(first(nullptr, "scarf occasionhx").second, own);
    EXPECT_THAT(first(nullptr, "scarf occasionhx").first, testing::Not(testing::StartsWith("silk")));
}

TEST_F(Encoded, WordsThatNobodyKnowsFindWhatIsNearInItsEyes) {
    ASSERT_TRUE(encoding_->texts->put(text_key(encoding_->query_text("hyggeligt")), meaning(2)));
    ASSERT_TRUE(encoding_->texts->put(text_key(encoding_->query_text("qqxzzk")), meaning(7)));
    auto live = live_;
    live.ranking = *Ranking::make(std::make_shared<LearnedRanking const>(*learn_ranking(live_, behaviour_, 1, {}, encoding_.get())), *live_.view, live_.index, encoding_);
    auto const found = search_catalogue(live, {.query = "hyggeligt"}, Locale::en);
    ASSERT_GT(found->total, 0);
    EXPECT_TRUE(found->near_in_meaning);
    for (auto const& card : found->cards) EXPECT_THAT((*live_.view)[*live_.view->find(card.product_id)].data.title_en, testing::StartsWith("wool"));
    EXPECT_EQ(search_catalogue(live, {.query = "qqxzzk"}, Locale::en)->total, 0);
}

TEST_F(Encoded, AChangedTextHasTheOwnVectorsUntilItIsSent) {
    auto const ranking = *Ranking::make(std::make_shared<LearnedRanking const>(*learn_ranking(live_, behaviour_, 1, {}, encoding_.get())), *live_.view, live_.index, encoding_);
    ASSERT_TRUE(encoding_->texts->put(text_key(encoding_->query_text("hyggeligt")), meaning(2)));
    auto const has = [&](CatalogueView const& view, std::string const& id) { return std::ranges::any_of(ranking->near(view, "hyggeligt", 200), [&](auto const& n) { return view[n.first].data.product_id == id; }); };
    auto product = (*live_.view)[*live_.view->find("p48")].data;
    ASSERT_TRUE(product.title_en.starts_with("wool"));
    EXPECT_TRUE(has(*live_.view, "p48"));
    std::vector<std::string> const changed{"p48"};
    product.variants[0].price_minor += 100;
    auto view = live_.view->with({product}, {});
    ranking->apply(*view, changed, {});
    EXPECT_TRUE(has(*view, "p48")) << "another price is no other text";
    product.title_en = "wool dress, mended";
    view = live_.view->with({product}, {});
    ranking->apply(*view, changed, {});
    EXPECT_FALSE(has(*view, "p48"));
    ranking->apply(*live_.view, changed, {});
    EXPECT_TRUE(has(*live_.view, "p48"));
}

}  // namespace
}  // namespace kindling::dialogue
