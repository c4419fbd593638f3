// guide-texts: the guide on a catalogue that has texts and hardly anything else, amazon-products-24k (24,576 products in three categories, no attributes).
//
// Written wishes (guide/text_rich/*.test, zh and en), judged by guide_checks: limits that were said must hold on every card; statements must be in
// the catalogue. "about" and "shelf" are shares: how many cards speak of what was wished for, and lie in the category that was meant though nobody
// named it. A share counts a wish that was answered with no card as one miss. p99_ms: processor time of a turn on its one thread.
// KINDLING_GUIDE_FAULTS=1 prints every fault and the slowest turns on stderr.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/json_text.h"
#include "guide.h"
#include "guide_checks.h"
#include "guide_shop.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/product_index.h"
#include "text_rich_shop.h"

namespace kindling::bench {

void run_guide_texts(BenchContext& context) {
    auto const folder = std::filesystem::path(__FILE__).parent_path() / "guide" / "text_rich";
    auto const source = text_rich_shop(context);
    if (source.products.empty() || !std::filesystem::exists(folder)) return;
    auto const dialogues = need(read_dialogues(folder));
    auto const view = dialogue::CatalogueView::build(source);
    auto const lexicon = dialogue::Lexicon::build(view->shared_words());
    auto const index = need(dialogue::ProductIndex::open({}));
    need(index->rebuild(*view));
    Judge const judge(source);
    Tally tally;
    std::vector<double> times;
    std::vector<std::pair<double, std::string>> slowest;
    // As the running shop has them, before anybody has searched.
    std::shared_ptr<dialogue::ProductIndex const> const shared(index.get(), [](auto const*) {});
    auto const categories = std::make_shared<dialogue::CategoryModel>();
    auto const start = thread_seconds();
    categories->rebuild(*view, *index, {});
    context.report("category_model_seconds", thread_seconds() - start, "s");
    dialogue::Live const live{.view = view, .lexicon = lexicon, .index = shared, .categories = categories};
    dialogue::TextScorer const scorer = [&](std::string_view words) { return dialogue::retrieve(live, words); };
    for (auto const& written : dialogues) {
        DemoBasket basket;
        dialogue::Ports const ports{.basket = &basket};
        dialogue::GuideState state;
        std::string basket_id;
        std::vector<dialogue::Card> before;
        std::vector<std::string> spoken;
        for (auto const& turn : written.turns) {
            spoken.push_back(turn.text);
            auto const start = thread_seconds();
            auto const answer = dialogue::take_turn(view, *lexicon, scorer, ports, state, {.text = turn.text, .basket_id = basket_id, .now = demo_now}, {});
            times.push_back((thread_seconds() - start) * 1000);
            slowest.emplace_back(times.back(), turn.text);
            judge.judge(written, turn, answer, before, spoken, tally);
            state = answer.state, basket_id = answer.basket_id;
            for (auto const& block : answer.blocks)
                if (block.kind == dialogue::BlockKind::cards && answer.topic != "fact") before = block.cards;
        }
    }
    if (std::getenv("KINDLING_GUIDE_FAULTS")) {
        for (auto const& fault : tally.faults) fmt::print(stderr, "{}\n", fault);
        std::sort(slowest.rbegin(), slowest.rend());
        for (std::size_t i = 0; i < std::min<std::size_t>(8, slowest.size()); ++i) fmt::print(stderr, "slow: {:.1f} ms {}\n", slowest[i].first, slowest[i].second);
    }
    auto const share = [](std::int64_t part, std::int64_t whole) { return static_cast<double>(part) / static_cast<double>(std::max<std::int64_t>(1, whole)); };
    context.report("dialogues", static_cast<double>(dialogues.size()), "dialogues");
    context.report("turns", static_cast<double>(tally.turns), "turns");
    context.report("constraints_checked", static_cast<double>(tally.checks), "checks");
    context.report("constraints_kept", share(tally.kept, tally.checks), "share", Reference{"goal", 1});
    context.report("invented_facts", static_cast<double>(tally.invented), "statements", Reference{"goal", 0});
    context.report("empty_ends", static_cast<double>(tally.empty_ends), "turns", Reference{"goal", 0});
    context.report("other_expectations_kept", share(tally.other_kept, tally.other), "share");
    context.report("cards_about_the_wish", share(tally.topical_kept, tally.topical), "share");
    context.report("cards_of_the_meant_category", share(tally.shelved_kept, tally.shelved), "share");
    context.report("p50_ms", percentile(times, 0.5), "ms");
    context.report("p99_ms", percentile(times, 0.99), "ms", Reference{"goal", 20});
}

}  // namespace kindling::bench
