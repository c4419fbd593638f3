// own-vectors: the learned vectors of a shop when it starts: made of all its texts, and reopened from their file (modules/dialogue/ranking.h, kept_vectors.h).
//
// The demo shop (2,000 products) and amazon-products-24k (24,575); the space is learned from the texts alone. `made`: in memory, as every start had it; `filled`: into a new
// file; `reopened`: the file holds them all; `changed`: one title in a hundred is another; `same`: a reading of everything without any change, as after a setting was saved.
// Processor ms of the whole start of the order of results (words of products too, which are cut anew at every start).
// alike: the ten nearest to 300 titles are the same as in memory, with the same likeness.
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "engines/vector/encoded.h"
#include "engines/vector/train.h"
#include "guide_shop.h"
#include "modules/dialogue/ranking.h"
#include "recommend.h"
#include "search.h"
#include "shop/simulator/world.h"
#include "text_rich_shop.h"

namespace kindling::bench {

namespace {

using dialogue::CatalogueView, dialogue::KeptVectors, dialogue::LearnedRanking, dialogue::ProductIndex, dialogue::Ranking;

void measure(BenchContext& context, std::string_view name, CatalogueView::Source source) {
    auto const view = CatalogueView::build(source);
    std::shared_ptr<ProductIndex> const index = need(ProductIndex::open({}));
    need(index->rebuild(*view));
    std::vector<vector::ItemText> items;
    for (std::size_t p = 0; p < view->size(); ++p) items.push_back({(*view)[p].data.product_id, bag_of(*index, *view, p)});
    auto const learned = std::make_shared<LearnedRanking const>(LearnedRanking{.space = need(vector::train(items, {}, {}, {.dimensions = 64})), .own = {}, .joined = {}, .report = {}});
    items = {};
    context.report(fmt::format("products/{}", name), static_cast<double>(view->size()), "products");
    auto const folder = std::filesystem::temp_directory_path() / fmt::format("kindling_own_vectors_{}", ::getpid());
    auto const start = [&](std::string_view how, CatalogueView const& catalogue, bool file) {
        auto const used = process_seconds();
        std::string told;
        auto const kept = file ? std::make_shared<KeptVectors>(need(vector::open_or_begin(folder / "own", 64, Ranking::space_of(*learned), told))) : nullptr;
        auto ranking = need(Ranking::make(learned, catalogue, index, {}, kept));
        context.report(fmt::format("ms_to_start/{}/{}", name, how), (process_seconds() - used) * 1000, "ms");
        return ranking;
    };
    auto const made = start("made", *view, false);
    start("filled", *view, true);
    auto reopened = start("reopened", *view, true);
    auto const used = process_seconds();
    reopened->follow(*view);
    context.report(fmt::format("ms_to_start/{}/same", name), (process_seconds() - used) * 1000, "ms");
    double alike = 0, asked = 0;
    for (std::size_t q = 0; q < 300; ++q) {
        auto const& title = (*view)[q * 7919 % view->size()].data.title_en;
        alike += made->near(*view, title, 10) == reopened->near(*view, title, 10), ++asked;
    }
    context.report(fmt::format("alike/{}", name), alike / asked, "share", Reference{"goal", 1});
    reopened.reset();
    for (std::size_t p = 0; p < source.products.size(); p += 100) source.products[p].title_en += ", mended";
    start("changed", *CatalogueView::build(source), true);
    std::error_code none;
    std::filesystem::remove_all(folder, none);
}

}  // namespace

void run_own_vectors(BenchContext& context) {
    measure(context, "demo", demo_shop(shop::simulator::generate_catalogue({.seed = 1, .products = 2000, .customers = 1})));
    if (auto source = text_rich_shop(context); !source.products.empty()) measure(context, "amazon-products-24k", std::move(source));
}

}  // namespace kindling::bench
