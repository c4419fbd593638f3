#include "shop/imports/goods.h"
#include "core/utf8.h"
#include "shop/catalogue/operations.h"
#include <fmt/format.h>

namespace kindling::shop::imports {

namespace {

// Most particular first: a Christmas lantern is Christmas, a lunch bag is a bag, a cake tin is for the kitchen.
constexpr KeywordCategory categories[] = {
    {"christmas", "Christmas", "圣诞", " christmas xmas santa reindeer advent nativity snowman snowflake bauble wreath stocking noel festive "},
    {"jewellery", "Jewellery", "饰品", " necklace earring bracelet ring brooch jewellery bangle pendant anklet hairslide hairclip hairband hairgrip tiara beads cufflink diamante trinket "},
    {"bags", "Bags & purses", "包袋", " bag handbag shopper purse rucksack tote wallet suitcase holdall backpack satchel washbag "},
    {"lighting", "Candles & lighting", "灯具与香薰", " t-light tlight candle candlestick candleholder lantern lamp light lights lampshade chandelier votive incense oil burner torch nightlight "},
    {"garden", "Garden", "园艺", " garden planter plant seed watering trowel gardener gardening birdhouse bird feeder windmill parasol hammock greenhouse flowerpot pot secateurs thermometer "},
    {"toys", "Toys & games", "玩具", " toy game puzzle doll dolly dominoes soldier teddy jigsaw playing skittles bingo snap spinning top yo-yo kite whistle harmonica marbles ludo tattoo robot skipping puppet "},
    {"stationery", "Stationery & cards", "文具与贺卡", " card notebook pencil pen paper wrap sticker stationery book ruler eraser sharpener envelope journal diary tissue ribbon stamp tape notepad gift-wrap letter postcard calendar crayon chalk "},
    {"kitchen", "Kitchen & table", "厨房与餐桌", " mug cup bowl plate cake cakestand kitchen cutlery teapot tea jug jar tin lunch spoon fork knife apron baking cookie recipe coaster placemat napkin tray saucer glass glasses bottle popcorn egg pantry jam bread pan oven chopping corkscrew colander whisk spatula measuring doily butter milk sugar snack straw bottles "},
    {"bath", "Bath & body", "沐浴与护理", " soap bath sponge towel toothbrush shower bathroom toilet plasters plaster cosmetic mirror compact hairbrush lip balm "},
    {"children", "Children", "儿童", " children childrens baby kids girl girls boy boys nursery childs spaceboy "},
    {"party", "Party", "派对", " party bunting balloon birthday garland streamer confetti disco cocktail "},
    {"textiles", "Textiles", "家纺", " cushion quilt blanket throw doormat rug curtain pillow hot water warmer slippers scarf glove umbrella socks tablecloth mat "},
    {"storage", "Boxes & storage", "收纳", " box basket crate drawer storage cabinet hook hanger rack shelf chest tidy bin holder hangers boxes "},
    {"decoration", "Decoration", "装饰", " decoration frame sign clock heart ornament hanging wall vase picture photo flower mobile knob door butterfly star bell block letters wreaths feather rose wicker bird angel cat dog owl figurine stand "},
    {"other", "Other", "其他", ""},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool has_word(std::string_view words, std::string_view word) {
    for (auto at = words.find(word); at != words.npos; at = words.find(word, at + 1))
        if (words[at - 1] == ' ' && words[at + word.size()] == ' ') return true;  // the list begins and ends with a blank
    return false;
}

}  // namespace

std::string title_case(std::string_view in) {
    std::string out;
    for (char c : trimmed(in))
        if (c != ' ' || !out.ends_with(' ')) out += c;
    if (std::ranges::any_of(out, [](char c) { return c >= 'a' && c <= 'z'; })) return out;
    bool begins = true;
    for (auto& c : out) {
        bool const letter = (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80, digit = c >= '0' && c <= '9';
        if (letter && !begins) c = lower(c);
        begins = !letter && !digit && c != '\'';
    }
    return out;
}

bool is_no_good(std::string_view code) {
    for (auto c : {"POST", "D", "M", "m", "DOT", "BANK CHARGES", "AMAZONFEE", "CRUK", "S", "PADS", "B", "C2", "C3", "ADJUST", "ADJUST2", "SP1002", "TEST001", "TEST002"})
        if (code == c) return true;
    return code.starts_with("gift_") || code.starts_with("GIFT_");
}

std::span<KeywordCategory const> keyword_categories() { return categories; }

KeywordCategory const& category_by_keyword(std::string_view title) {
    std::vector<std::string> words;
    for (char c : title) {
        c = lower(c);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') {
            if (words.empty()) words.emplace_back();
            words.back() += c;
        } else if (!words.empty() && !words.back().empty()) words.emplace_back();
    }
    for (auto const& category : categories)
        for (auto const& word : words) {
            if (word.size() < 2) continue;
            if (has_word(category.words, word)) return category;
            if (word.ends_with('s') && word.size() > 3 && (has_word(category.words, std::string_view(word).substr(0, word.size() - 1)) || (word.ends_with("es") && has_word(category.words, std::string_view(word).substr(0, word.size() - 2))))) return category;
        }
    return categories[std::size(categories) - 1];
}

void Goods::see(std::string_view sku, std::string_view title, std::int64_t price_minor, std::int64_t at_ms, bool sale) {
    auto& good = goods_[std::string(sku)];
    if (sale && price_minor > 0 && at_ms >= good.priced_at_ms) good.price_minor = price_minor, good.priced_at_ms = at_ms;
    if (!sale || title.empty()) return;
    for (auto& [known, count] : good.titles)
        if (known == title) { ++count; return; }
    if (good.titles.size() < 8) good.titles.emplace_back(utf8_prefix(title, 1000), 1);
}

Result<void> Goods::save_categories_of(Work& w, std::set<std::string_view>& used) {
    SaveCategories save;
    for (std::size_t i = 0; i < std::size(categories); ++i)
        if (used.contains(categories[i].id) && !TRY(w.context.tx().integer("SELECT COUNT(*) FROM categories WHERE shop_id = ? AND category_id = ?", w.context.tx().shop_id(), categories[i].id)))
            save.categories.push_back({std::string(categories[i].id), "", std::string(categories[i].en), std::string(categories[i].zh), static_cast<std::int64_t>(i)});
    used.clear();
    if (save.categories.empty()) return {};
    w.outcome.created.categories += static_cast<std::int64_t>(save.categories.size());
    TRY(save_categories(w.context, save));
    for (auto const& c : save.categories) TRY(w.journal.made(Thing::category, c.category_id));
    return {};
}

Result<void> Goods::save(Work& w) {
    auto& tx = w.context.tx();
    std::vector<std::string> skus;
    for (auto const& [sku, good] : goods_) skus.push_back(sku);
    std::ranges::sort(skus);  // the same file makes the same shop
    std::set<std::string_view> used;
    SaveProducts batch;
    auto const flush = [&]() -> Result<void> {
        if (batch.products.empty()) return {};
        TRY(save_categories_of(w, used));
        w.outcome.created.products += TRY(save_products(w.context, batch)).created;
        for (auto const& p : batch.products) TRY(w.journal.made(Thing::product, p.product_id));
        batch.products.clear();
        return {};
    };
    for (auto const& sku : skus) {
        // What the shop knows stays as its people wrote it.
        if (TRY(tx.integer("SELECT COUNT(*) FROM variants WHERE shop_id = ? AND sku = ?", tx.shop_id(), sku)) || TRY(tx.integer("SELECT COUNT(*) FROM products WHERE shop_id = ? AND product_id = ?", tx.shop_id(), sku))) continue;
        auto const& good = goods_[sku];
        auto best = std::ranges::max_element(good.titles, {}, &std::pair<std::string, std::int64_t>::second);
        auto title = best == good.titles.end() ? std::string() : style_ == Style::online_retail ? title_case(best->first) : best->first;
        bool const no_good = style_ == Style::online_retail && is_no_good(sku);
        Product p{.product_id = sku};
        if (has_han(title)) p.title_zh = title;
        else p.title_en = title.empty() ? sku : title;
        if (no_good) p.status = ProductStatus::archived;
        else if (title.empty() || good.price_minor == 0) p.status = ProductStatus::draft;  // never sold at a price: nothing to put on a shelf
        if (style_ == Style::online_retail && !no_good) {
            auto const& category = category_by_keyword(title);
            p.category_id = category.id;
            used.insert(category.id);
        }
        p.variants.push_back({.sku = sku, .price_minor = good.price_minor});
        batch.products.push_back(std::move(p));
        if (batch.products.size() == 500) TRY(flush());
    }
    return flush();
}

}  // namespace kindling::shop::imports
