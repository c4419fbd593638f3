// guide: at least 300 written dialogues (guide/dialogues/*.test) on the generated demo shop of 2,000 products.
//
// constraints_kept: share of (shown card x written constraint) that hold, cards that are marked as not meeting something left
// out; plus, per turn, whether an unmarked card is shown exactly when one exists, found by brute force over all variants.
// invented_facts: statements in cards, comparisons, baskets and texts that are not in the generated catalogue. empty_ends: turns
// without anything to go on with. p99_ms: processor time of a turn on its one thread, without store or network
// (a turn neither waits nor reads files, and other programs on the machine do not count).
// KINDLING_GUIDE_FAULTS=1 prints every fault on stderr. Another folder of dialogues: --data DIR (DIR/guide-dialogues).
#include "guide.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>

#include "guide_checks.h"
#include "guide_shop.h"
#include "guide_shopper.h"
#include "modules/dialogue/quality.h"
#include "modules/dialogue/product_index.h"

namespace kindling::bench {

void run_guide(BenchContext& context) {
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
    Judge const judge(source);
    Tally tally;
    std::vector<double> times;
    std::vector<std::pair<double, std::string>> slowest;
    auto const categories = std::make_shared<dialogue::CategoryModel>();
    categories->rebuild(*view, *index, {});
    dialogue::Live const live{.view = view, .lexicon = lexicon, .index = std::shared_ptr<dialogue::ProductIndex const>(index.get(), [](auto const*) {}), .categories = categories};
    dialogue::TextScorer const scorer = [&](std::string_view words) { return dialogue::retrieve(live, words); };
    for (auto const& written : dialogues) {
        DemoBasket basket;
        DemoOrders orders(*view);
        DemoKnowledge knowledge;
        DemoWatches watches;
        DemoRecords records(*view);
        dialogue::Ports const ports{.basket = &basket, .orders = &orders, .knowledge = &knowledge, .watches = &watches, .records = &records};
        dialogue::GuideState state;
        std::string basket_id;
        std::vector<dialogue::Card> before, set;
        std::vector<std::string> spoken;
        auto const page = written.page_category.empty() ? std::string() : judge.product_of(written.page_category, written.page_number);
        for (auto const& turn : written.turns) {
            spoken.push_back(turn.text);
            auto const start = thread_seconds();
            auto const answer = dialogue::take_turn(view, *lexicon, scorer, ports, state, {.text = turn.text, .product_id = page, .basket_id = basket_id, .now = demo_now}, {});
            times.push_back((thread_seconds() - start) * 1000);
            slowest.emplace_back(times.back(), turn.text.substr(0, 60));
            judge.judge(written, turn, answer, before, spoken, tally, set);
            state = answer.state, basket_id = answer.basket_id;
            for (auto const& block : answer.blocks)
                if (block.kind == dialogue::BlockKind::cards && answer.topic != "fact") before = block.cards;
                else if (block.kind == dialogue::BlockKind::bundle) set.insert(set.end(), block.cards.begin(), block.cards.end());
        }
    }
    // Scripted shoppers with a hidden need. Of the same shoppers who care for some attributes more than for others, once more with priors learned
    // from what 2,000 other people of the same mind searched for.
    auto const cares = draw_cares(*view, 17);
    auto const priors = dialogue::learn_priors({view, lexicon, nullptr}, draw_searches(*view, cares, 2000, 19));
    auto const shoppers = run_shoppers(view, *lexicon, *index, nullptr, {}, 400, 11);
    auto const untaught = run_shoppers(view, *lexicon, *index, nullptr, cares, 400, 23), taught = run_shoppers(view, *lexicon, *index, &priors, cares, 400, 23);
    // A changed price: from the product in hand to a view and an index that show it.
    std::vector<double> updates;
    auto now = view;
    for (std::size_t i = 0; i < 50; ++i) {
        auto product = (*view)[i * 37 % view->size()].data;
        for (auto& variant : product.variants) variant.price_minor += 100;
        std::string const changed[] = {product.product_id};
        auto const start = thread_seconds();
        now = now->with({std::move(product)}, {});
        need(index->apply(*now, changed, {}));
        updates.push_back((thread_seconds() - start) * 1000);
    }
    if (std::getenv("KINDLING_GUIDE_FAULTS"))
    {
        for (auto const& fault : tally.faults) fmt::print(stderr, "{}\n", fault);
        std::sort(slowest.rbegin(), slowest.rend());
        for (std::size_t i = 0; i < std::min<std::size_t>(8, slowest.size()); ++i) fmt::print(stderr, "slow: {:.1f} ms {}\n", slowest[i].first, slowest[i].second);
    }
    context.report("dialogues", static_cast<double>(dialogues.size()), "dialogues", Reference{"goal", 300});
    context.report("turns", static_cast<double>(tally.turns), "turns");
    context.report("constraints_checked", static_cast<double>(tally.checks), "checks");
    context.report("constraints_kept", static_cast<double>(tally.kept) / static_cast<double>(std::max<std::int64_t>(1, tally.checks)), "share", Reference{"goal", 1});
    context.report("other_expectations_kept", static_cast<double>(tally.other_kept) / static_cast<double>(std::max<std::int64_t>(1, tally.other)), "share");
    context.report("invented_facts", static_cast<double>(tally.invented), "statements", Reference{"goal", 0});
    context.report("empty_ends", static_cast<double>(tally.empty_ends), "turns", Reference{"goal", 0});
    context.report("shoppers", static_cast<double>(shoppers.talks), "talks", Reference{"goal", 40});
    auto const share = [](std::int64_t n, ShopperResult const& r) { return static_cast<double>(n) / static_cast<double>(std::max<std::int64_t>(1, r.talks)); };
    context.report("shoppers_found_within_three", share(shoppers.within_three, shoppers), "share", Reference{"goal", 0.9});
    context.report("shoppers_found_at_once", shoppers.first_turn / static_cast<double>(shoppers.talks), "share");
    context.report("shoppers_mean_questions", share(shoppers.questions, shoppers), "questions");
    context.report("shoppers_empty_ends", static_cast<double>(shoppers.empty_ends), "turns", Reference{"goal", 0});
    context.report("partial_to_some_found_within_three", share(untaught.within_three, untaught), "share");
    context.report("partial_to_some_mean_questions", share(untaught.questions, untaught), "questions");
    context.report("partial_and_learned_found_within_three", share(taught.within_three, taught), "share");
    context.report("partial_and_learned_mean_questions", share(taught.questions, taught), "questions");
    context.report("update_p99_ms", percentile(updates, 0.99), "ms", Reference{"goal", 10});
    context.report("p50_ms", percentile(times, 0.5), "ms");
    context.report("p99_ms", percentile(times, 0.99), "ms", Reference{"goal", 20});
}

}  // namespace kindling::bench
