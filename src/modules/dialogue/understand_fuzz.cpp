// Whatever a shopper sends: no crash, no endless loop, and every constraint resolves against the vocabulary it came from.
#include "core/fuzz_seeds.h"
#include "modules/dialogue/understand.h"
#include <cstdlib>

using namespace kindling;
using namespace kindling::dialogue;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static auto const view = [] {
        CatalogueView::Source s;
        s.categories = {{"dresses", "", "Dresses", "连衣裙"}, {"shoes", "", "Shoes", "鞋靴"}};
        shop::Product p;
        p.product_id = "a", p.title_en = "Red dress", p.title_zh = "红色连衣裙", p.category_id = "dresses", p.brand = "Aurora";
        p.attributes = {{"material", "linen", "亚麻"}, {"length", "", "", 85.0, "cm"}};
        p.variants = {{"a-1", "Red", "红色", "", 19900}};
        p.variants[0].attributes = {{"colour", "red", "红色"}, {"size", "M", "M"}};
        s.products = {p};
        return CatalogueView::build(std::move(s));
    }();
    static auto const lexicon = Lexicon::build(view->shared_words());
    Situation situation{.shown = size % 4, .focus = size % 2 ? Situation::Focus::product : Situation::Focus::none};
    static char const* const pending[] = {"", "price", "order", "contact", "colour"};
    situation.pending = pending[size % 5];
    auto const reading = understand(std::string_view(reinterpret_cast<char const*>(data), size), *view, *lexicon, situation);
    for (auto const& c : reading.constraints) {
        auto const condition = resolve(c, view->words());
        auto const off = violation(*view, 0, 0, condition);
        if (off < 0 || off > 1 || c.constraint_id.empty()) std::abort();
    }
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "想买裙长85厘米±1的红色连衣裙，两百以内"sv,
    "a red linen dress under $200, not Aurora, size M"sv,
    "the cheaper one"sv,
    "where is my order ord_123? ann@example.com"sv,
    "不要红色的，便宜一点，M码 +86 138 0000 0000"sv,
    "between 100 and 150, the second, yes"sv)
