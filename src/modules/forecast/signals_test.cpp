// A signal that foretells is found and followed; one that is chance is left alone.
#include "core/random.h"
#include "modules/forecast/requests.h"
#include "modules/forecast/signals.h"
#include "shop/shop_for_test.h"
#include <cmath>
#include <gmock/gmock.h>

namespace kindling::forecast {
namespace {

// Twelve categories with one good each whose weekly pace wanders; views of a week follow the pace of the next, searches are chance.
struct Made { History history; SignalLog log; };
Made make(bool foretells) {
    Random random(11);
    constexpr std::size_t days = 119, categories = 12;
    Made m{{.first = 20000, .end = 20000 + static_cast<Day>(days), .categories = {}, .places = {}, .goods = {}}, {.first = 14, .counts = {}}};
    for (auto& s : m.log.counts) s.assign(categories, std::vector<float>(days));
    for (std::size_t c = 0; c < categories; ++c) {
        m.history.categories.push_back({"c" + std::to_string(c), -1});
        GoodHistory g{.sku = "s" + std::to_string(10 + c), .product_id = "p" + std::to_string(c), .category = static_cast<std::int32_t>(c), .on_sale = true, .begun = 0, .sold = {}, .empty = {}, .by_place = {}, .attributes = {}};
        double pace[18];
        for (auto& p : pace) p = 20 * std::exp(0.3 * (2 * random.uniform() - 1));
        for (std::size_t t = 0; t < days; ++t) {
            auto const week = t / 7;
            g.sold.push_back({static_cast<std::int32_t>(t), static_cast<std::int32_t>(std::lround(pace[week]))});
            m.log.counts[0][c][t] = static_cast<float>(10 * (foretells ? pace[week + 1] : 20 * std::exp(0.3 * (2 * random.uniform() - 1))));
            m.log.counts[static_cast<std::size_t>(Signal::opened)][c][t] = static_cast<float>(100 + random.below(60));
        }
        m.history.goods.push_back(std::move(g));
    }
    return m;
}

TEST(Signals, OneThatForetellsIsFoundAndFollowed) {
    auto const m = make(true);
    Ground const ground(m.history);
    auto const help = try_signals(ground, m.log);
    ASSERT_EQ(help.size(), 2u) << "what nobody did is no signal";
    EXPECT_GT(help[0].gain, 0.5);
    EXPECT_LT(help[1].gain, 0.1);
    EXPECT_TRUE(help[0].used);
    EXPECT_FALSE(help[1].used) << "one is followed";
    auto const moves = signal_moves(ground, m.log, help);
    // The views of the last week against those of the last four, and the shop's total left alone.
    double both = 0, total = 0;
    for (std::size_t c = 0; c < moves.size(); ++c) {
        double last = 0, month = 0, units = 0;
        for (std::size_t t = 91; t < 119; ++t) month += static_cast<double>(m.log.counts[0][c][t]), units += static_cast<double>(ground.demand[c][t]), last += t >= 112 ? static_cast<double>(m.log.counts[0][c][t]) : 0;
        both += moves[c] * std::log(last / month * 4), total += units * moves[c];
    }
    EXPECT_GT(both, 0);
    EXPECT_NEAR(total, 0, 1e-6);
}

TEST(Signals, ChanceIsLeftAlone) {
    auto const m = make(false);
    Ground const ground(m.history);
    auto const help = try_signals(ground, m.log);
    for (auto const& h : help) {
        EXPECT_LT(h.gain, 0.1) << name(h.signal);
        EXPECT_FALSE(h.used) << name(h.signal);
    }
    for (auto const m : signal_moves(ground, m.log, help)) EXPECT_EQ(m, 0);
    EXPECT_EQ(signal_share(0), 1);
    EXPECT_EQ(signal_share(14), 0.5);
    EXPECT_EQ(signal_share(30), 0);
}

TEST(Signals, MustHelpInMostWeeksToBeUsed) {
    SignalHelp help{.weeks = 8, .weeks_better = 5, .gain = 0.02, .weight = 0.2};
    EXPECT_TRUE(help.helps());
    for (auto const& not_so : {SignalHelp{.weeks = 8, .weeks_better = 4, .gain = 0.02, .weight = 0.2}, SignalHelp{.weeks = 8, .weeks_better = 5, .gain = 0.005, .weight = 0.2}, SignalHelp{.weeks = 8, .weeks_better = 5, .gain = 0.02, .weight = -0.2}}) EXPECT_FALSE(not_so.helps());
}

double part_of(Requests::Parts const& parts, std::uint32_t category) {
    for (auto const& [c, part] : parts) if (c == category) return static_cast<double>(part);
    return 0;
}

TEST(Requests, CountTowardWhatAnsweredThemOrWhatTheirWordsAskFor) {
    auto requests = std::move(*Requests::create(3));
    requests.names("Cups", 0), requests.names("Stoneware cup", 0), requests.names("Lamps", 1), requests.names("Oak lamp", 1), requests.names("Oak stool", 2), requests.names("台灯", 1);
    auto const shown = requests.number("something warm");
    for (std::int64_t rank = 1; rank <= 6; ++rank) requests.answered(shown, rank == 1 ? 1 : rank == 2 ? 0 : 2, rank_weight(rank));
    auto const by_words = requests.number("a cup for tea"), in_chinese = requests.number("买台灯"), warm = requests.number("warm"), telephone = requests.number("13800138000"), unknown = requests.number("unicorn");
    auto const parts = requests.parts();
    EXPECT_EQ(requests.number("something warm"), shown);
    double const all = 1 + rank_weight(2) + rank_weight(3) + rank_weight(4) + rank_weight(5) + rank_weight(6);
    EXPECT_NEAR(part_of(parts[shown], 1), 1 / all, 1e-5) << "the first rank counts most";
    EXPECT_NEAR(part_of(parts[shown], 0), rank_weight(2) / all, 1e-5);
    EXPECT_NEAR(part_of(parts[by_words], 0), 1, 1e-5);
    EXPECT_NEAR(part_of(parts[in_chinese], 1), 1, 1e-5);
    EXPECT_TRUE(parts[telephone].empty());
    EXPECT_TRUE(parts[unknown].empty()) << "what nobody sells is an unmet need, no category's demand";
    EXPECT_TRUE(parts[warm].empty()) << "known from one query, whose goods are of three categories";
}

// Searches, turns and answers of a shop as they are stored; one day's requests are counted once.
TEST(Signals, SearchesAndRequestsToTheGuideAreCountedByCategoryAndDay) {
    shop::test::ShopOnDisk shop("signals");
    Day const first = 20000;
    auto tx = std::move(*shop.services.store->write(1));
    for (auto const& [category, en, zh] : {std::tuple{"cups", "Cups", "杯子"}, std::tuple{"lamps", "Lamps", "台灯"}, std::tuple{"stools", "Stools", "凳子"}}) {
        ASSERT_TRUE(tx->execute("INSERT INTO categories (shop_id, category_id, name_en, name_zh) VALUES (1, ?, ?, ?)", category, en, zh));
        ASSERT_TRUE(tx->execute("INSERT INTO products (shop_id, product_id, category_id, title_en, title_zh, created_at_ms, updated_at_ms) VALUES (1, ?, ?, ?, ?, 0, 0)", category, category, en, zh));
    }
    std::int64_t seq = 0;
    auto const event = [&](Day day, std::string_view kind, std::string_view product, std::string_view query, std::string_view channel, std::int64_t position) {
        ASSERT_TRUE(tx->execute("INSERT INTO events (shop_id, seq, at_ms, kind, session_id, product_id, query, position, channel) VALUES (1, ?, ?, ?, 's', ?, ?, ?, ?)", ++seq, start_of(day) + 43'200'000, kind, product, query, position > 0 ? shop::Value(position) : shop::Value(), channel));
    };
    event(first, "view", "cups", "", "web", 0);
    for (int i = 0; i < 4; ++i) event(first + 20, "impression", "lamps", "bedside", "web", 1);
    for (int i = 0; i < 3; ++i) event(first + 30, "search", "", "bedside", "web", 0);
    event(first + 30, "search", "", "small cup", "agents", 0), event(first + 30, "search", "", "unicorn", "web", 0);
    event(first + 30, "click", "lamps", "bedside", "web", 2), event(first + 30, "cart", "lamps", "", "web", 0);
    // Two turns of a talk, of which one looked for goods and was answered with a stool, then a cup.
    event(first + 40, "dialogue", "", "I want a stool, my number is 13800138000", "web", 0), event(first + 40, "dialogue", "", "thank you", "web", 0), event(first + 40, "search", "", "stool", "guide", 0);
    ASSERT_TRUE(tx->execute("INSERT INTO messages (shop_id, conversation_id, position, role, body_sealed, data, at_ms) VALUES (1, 'c', 1, 'guide', ?, ?, ?)", "sealed", R"({"products":[{"id":"stools"},{"id":"cups"},{"id":7}]})", start_of(first + 41) + 1000));
    History h{.first = first, .end = first + 60, .categories = {{"cups", -1}, {"lamps", -1}, {"stools", -1}}, .places = {}, .goods = {}};
    auto const log = read_signals(*tx, h).value();
    ASSERT_TRUE(log);
    auto const count = [&](Signal s, std::size_t category, std::size_t day) { return static_cast<double>(log->counts[static_cast<std::size_t>(s)][category][day]); };
    EXPECT_NEAR(count(Signal::searches, 1, 30), 3, 1e-5) << "of goods shown for these words";
    EXPECT_NEAR(count(Signal::searches, 0, 30), 1, 1e-5) << "an agent's, by its words";
    EXPECT_EQ(count(Signal::searches, 2, 40), 0) << "a wish of a talk is the guide's";
    EXPECT_EQ(count(Signal::opened, 1, 30), 1);
    EXPECT_EQ(count(Signal::baskets, 1, 30), 1);
    EXPECT_NEAR(count(Signal::guide, 2, 40), 1, 1e-5) << "a turn and its wish are one request";
    EXPECT_NEAR(count(Signal::guide, 2, 41), 1 / (1 + rank_weight(2)), 1e-5);
    EXPECT_NEAR(count(Signal::guide, 0, 41), rank_weight(2) / (1 + rank_weight(2)), 1e-5);
    // A forecast that looks back sees nothing of later days.
    h.end = first + 35;
    EXPECT_FALSE(read_signals(*tx, h).value()) << "five weeks are too few";
}

}  // namespace
}  // namespace kindling::forecast
