// guide: at least 120 written dialogues (guide/dialogues/*.test) on the generated demo shop of 2,000 products.
//
// constraints_kept: share of (shown card x written constraint) that hold, cards that are marked as not meeting something left
// out; plus, per turn, whether an unmarked card is shown exactly when one exists, found by brute force over all variants.
// invented_facts: statements in cards, comparisons, baskets and texts that are not in the generated catalogue. empty_ends: turns
// without anything to go on with. p99_ms: wall time of a turn on one thread, without store or network.
// KINDLING_GUIDE_FAULTS=1 prints every fault on stderr. Another folder of dialogues: --data DIR (DIR/guide-dialogues).
#include "guide.h"

#include <fmt/format.h>
#include <cstdlib>

#include "guide_checks.h"
#include "guide_shop.h"
#include "modules/dialogue/product_index.h"

namespace kindling::bench {

void run_guide(BenchContext& context) {
    using Clock = std::chrono::steady_clock;
    auto folder = std::filesystem::path(__FILE__).parent_path() / "guide" / "dialogues";
    if (!std::filesystem::exists(folder)) {
        auto const given = context.find("guide-dialogues");
        if (!given) return;
        folder = *given;
    }
    auto const dialogues = need(read_dialogues(folder));
    auto const world = shop::simulator::generate_catalogue({.seed = 1, .products = 2000, .customers = 1});
    auto const source = demo_shop(world);
    auto const view = dialogue::CatalogueView::build(source);
    auto const lexicon = dialogue::Lexicon::build(view->shared_words());
    auto const index = need(dialogue::ProductIndex::open({}));
    need(index->rebuild(*view));
    Judge const judge(world, source);
    Tally tally;
    std::vector<double> times;
    dialogue::TextScorer const scorer = [&](std::string_view words) { return index->scores(*view, words); };
    for (auto const& written : dialogues) {
        DemoBasket basket;
        DemoOrders orders;
        DemoKnowledge knowledge;
        dialogue::Ports const ports{.basket = &basket, .orders = &orders, .knowledge = &knowledge};
        dialogue::GuideState state;
        std::string basket_id;
        std::vector<dialogue::Card> before;
        std::vector<std::string> spoken;
        auto const page = written.page_category.empty() ? std::string() : judge.product_of(written.page_category, written.page_number);
        for (auto const& turn : written.turns) {
            spoken.push_back(turn.text);
            auto const start = Clock::now();
            auto const answer = dialogue::take_turn(view, *lexicon, scorer, ports, state, {.text = turn.text, .product_id = page, .basket_id = basket_id}, {});
            times.push_back(seconds_since(start) * 1000);
            judge.judge(written, turn, answer, before, spoken, tally);
            state = answer.state, basket_id = answer.basket_id;
            for (auto const& block : answer.blocks)
                if (block.kind == dialogue::BlockKind::cards && answer.topic != "fact") before = block.cards;
        }
    }
    if (std::getenv("KINDLING_GUIDE_FAULTS"))
        for (auto const& fault : tally.faults) fmt::print(stderr, "{}\n", fault);
    context.report("dialogues", static_cast<double>(dialogues.size()), "dialogues", Reference{"goal", 120});
    context.report("turns", static_cast<double>(tally.turns), "turns");
    context.report("constraints_checked", static_cast<double>(tally.checks), "checks");
    context.report("constraints_kept", static_cast<double>(tally.kept) / static_cast<double>(std::max<std::int64_t>(1, tally.checks)), "share", Reference{"goal", 1});
    context.report("other_expectations_kept", static_cast<double>(tally.other_kept) / static_cast<double>(std::max<std::int64_t>(1, tally.other)), "share");
    context.report("invented_facts", static_cast<double>(tally.invented), "statements", Reference{"goal", 0});
    context.report("empty_ends", static_cast<double>(tally.empty_ends), "turns", Reference{"goal", 0});
    context.report("p50_ms", percentile(times, 0.5), "ms");
    context.report("p99_ms", percentile(times, 0.99), "ms", Reference{"goal", 20});
}

}  // namespace kindling::bench
