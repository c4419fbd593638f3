// modules/market/module.cpp -- matching items with products, products with products; and the declarations.
#include "engines/learning/matching/simulate.h"
#include "engines/text/analysis/normalise.h"
#include "modules/market/rows.h"
#include "shop/catalogue/operations.h"
#include <filesystem>
#include <fmt/format.h>
#include <map>

namespace kindling::market {

namespace {

constexpr std::string_view dictionary = "/usr/lib/python3/dist-packages/jieba/dict.txt";  // of Debian's python3-jieba; missing: pairs of characters

struct Judgement {
    std::vector<float> probability;  // of the field's pairs
    Basis basis = Basis::listings;
};

// By what is there: labels of people, else the listings themselves, else rules.
Result<Judgement> judge_field(matching::Pool const& pool, matching::Field const& field, std::span<matching::Record const> left, std::span<matching::Record const> right, std::span<matching::Label const> labels, matching::Analyse const& analyse, Progress const& progress) {
    progress(0, 3, "learning what makes two listings the same item");
    matching::TrainOptions options;
    options.trees.bags = 2;
    if (auto const learned = matching::Matcher::train(pool, field, labels, options)) {
        progress(2, 3, "judging");
        return Judgement{learned->judge(pool, field, matching::Listings::learned_from), Basis::labels};
    }
    if (progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "Matching was stopped.");
    if (auto const learned = matching::train_without_labels(left, right, analyse, options)) {
        progress(2, 3, "judging");
        return Judgement{learned->judge(pool, field), Basis::listings};
    }
    Judgement out{{}, Basis::rules};
    for (std::size_t p = 0; p < field.pairs.size(); ++p) out.probability.push_back(matching::plain_probability(field.features[p], field.plain_rivals[p]));
    return out;
}

}  // namespace

Result<matching::Analyse> Module::analyse() {
    std::lock_guard const lock(mutex_);
    if (!analyzer_) {
        std::error_code none;
        analyzer_ = TRY(text::Analyzer::create({.dictionary_path = std::filesystem::exists(dictionary, none) ? std::string(dictionary) : std::string()}));
    }
    return matching::Analyse([analyzer = analyzer_](std::string_view t, text::Mode mode, std::vector<text::Token>& out) { analyzer->analyze(t, mode, out); });
}

Result<Matched> Module::match(Context& context, Match const& in) {
    OwnListings own;
    std::vector<ItemRow> items;
    std::vector<MatchRow> said;
    {
        auto const tx = TRY(services_.store->read(context.shop_id));
        items = TRY((tx->select<ItemRow>(fmt::format("SELECT {} FROM market_items WHERE shop_id = ? ORDER BY source, item_id", item_columns), tx->shop_id())));
        std::set<std::string> codes;
        for (auto const& item : items)
            if (auto code = matching::compact(item.code); !code.empty()) codes.insert(std::move(code));
        own = TRY(own_listings(*tx, TRY(shop::shop_currency(*tx)), Languages::each, codes));
        said = TRY((tx->select<MatchRow>("SELECT source, item_id, product_id, state, probability, reasons FROM market_matches WHERE shop_id = ? AND state <> 'proposed'", tx->shop_id())));
    }
    Matched out{.items = static_cast<std::int64_t>(items.size()), .products = own.products};
    std::vector<matching::Record> right;
    std::map<std::pair<std::string, std::string>, std::uint32_t> item_of;
    for (auto const& i : items) {
        item_of.emplace(std::pair(i.source, i.item_id), static_cast<std::uint32_t>(right.size()));
        right.push_back({.title = i.title, .description = i.description, .brand = i.brand, .codes = i.code.empty() ? std::vector<std::string>() : std::vector{i.code}, .price_minor = i.price_minor, .currency = i.currency});
    }
    if (own.records.empty() || right.empty()) return out;
    auto const analyse = TRY(this->analyse());
    matching::Pool const pool(own.records, right, analyse);
    // What people said, on the listing of the product that is written in the item's language.
    std::multimap<std::string, std::uint32_t> listing_of;
    for (std::uint32_t l = 0; l < own.records.size(); ++l) listing_of.emplace(own.product_ids[l], l);
    std::vector<matching::Label> labels;
    std::vector<matching::Pair> asked;
    std::map<std::uint32_t, std::string> confirmed;
    std::map<std::pair<std::uint32_t, std::string>, bool> rejected;
    for (auto const& s : said) {
        auto const item = item_of.find({s.source, s.item_id});
        if (item == item_of.end()) continue;
        if (s.state == "confirmed") confirmed.emplace(item->second, s.product_id);
        else rejected[{item->second, s.product_id}] = true;
        bool const zh = text::detect(right[item->second].title) == text::WrittenLanguage::zh;
        auto const [from, to] = listing_of.equal_range(s.product_id);
        for (auto l = from; l != to; ++l)
            if (own.chinese[l->second] == zh || std::next(from) == to) labels.push_back({{l->second, item->second}, s.state == "confirmed"}), asked.push_back(labels.back().pair);
    }
    auto const field = matching::make_field(pool, asked, {});
    auto const judged = TRY(judge_field(pool, field, own.records, right, labels, analyse, context.progress));
    out.compared = static_cast<std::int64_t>(field.pairs.size()), out.basis = judged.basis;
    struct Best {
        float probability = 0, second = 0;
        std::uint32_t left = 0;
    };
    std::map<std::uint32_t, Best> best;
    for (std::size_t p = 0; p < field.pairs.size(); ++p) {
        auto const [l, r] = field.pairs[p];
        if (confirmed.contains(r) || rejected.contains({r, own.product_ids[l]})) continue;
        auto& b = best[r];
        auto const probability = judged.probability[p];
        if (probability > b.probability) {
            if (b.probability > 0 && own.product_ids[b.left] != own.product_ids[l]) b.second = b.probability;
            b.probability = probability, b.left = l;
        } else if (own.product_ids[b.left] != own.product_ids[l]) b.second = std::max(b.second, probability);
    }
    context.progress(3, 3, "keeping the proposals");
    auto tx = TRY(services_.store->write(context.shop_id));
    if (in.source.empty()) TRY(tx->execute("DELETE FROM market_matches WHERE shop_id = ? AND state = 'proposed'", tx->shop_id()));
    else TRY(tx->execute("DELETE FROM market_matches WHERE shop_id = ? AND state = 'proposed' AND source = ?", tx->shop_id(), in.source));
    std::vector<MatchRow> proposed;
    for (auto const& [r, b] : best) {
        if (static_cast<double>(b.probability) < in.floor || (!in.source.empty() && items[r].source != in.source)) continue;
        proposed.push_back({items[r].source, items[r].item_id, own.product_ids[b.left], "proposed", static_cast<double>(b.probability), reasons_of(pool, b.left, r, b.second > 0.5f * b.probability)});
    }
    // Somebody may have judged meanwhile: what people said stays.
    TRY(tx->run_many("INSERT INTO market_matches (shop_id, source, item_id, product_id, state, probability, reasons, judged_at_ms) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, source, item_id, product_id) DO NOTHING", proposed.size(), [&](std::size_t i, std::vector<shop::Value>& values) {
        auto const& m = proposed[i];
        values = {tx->shop_id(), m.source, m.item_id, m.product_id, m.state, m.probability, m.reasons, context.now};
    }));
    TRY(tx->execute("DELETE FROM market_matches WHERE shop_id = ? AND state = 'proposed' AND EXISTS (SELECT 1 FROM market_matches c WHERE c.shop_id = market_matches.shop_id AND c.source = market_matches.source AND c.item_id = market_matches.item_id AND c.state = 'confirmed')", tx->shop_id()));
    tx->changed("market_match");
    if (!context.dry()) TRY(tx->commit());
    out.proposed = static_cast<std::int64_t>(proposed.size()), out.confirmed = static_cast<std::int64_t>(confirmed.size());
    tx.reset();  // a shop has one writer, and the watch is the next
    if (!context.dry()) out.watched = TRY(watch(context, {}));
    return out;
}

Result<Watched> Module::watch(Context& context, Nothing const&) {
    return market::watch(context);
}

Result<Duplicates> Module::duplicates(Context& context, FindDuplicates const& in) {
    OwnListings own;
    {
        auto const tx = TRY(services_.store->read(context.shop_id));
        own = TRY(own_listings(*tx, TRY(shop::shop_currency(*tx)), Languages::one));
    }
    Duplicates out{.products = own.products};
    if (own.records.size() < 2) return out;
    auto const analyse = TRY(this->analyse());
    matching::Pool const pool(own.records, {}, analyse);
    auto const field = matching::make_field(pool, {}, {});
    auto const judged = TRY(judge_field(pool, field, own.records, {}, {}, analyse, context.progress));
    out.compared = static_cast<std::int64_t>(field.pairs.size()), out.basis = judged.basis;
    std::vector<std::size_t> order;
    for (std::size_t p = 0; p < field.pairs.size(); ++p)
        if (static_cast<double>(judged.probability[p]) >= in.floor) order.push_back(p);
    std::ranges::stable_sort(order, std::greater<>(), [&](auto p) { return judged.probability[p]; });
    if (static_cast<std::int64_t>(order.size()) > in.count) order.resize(static_cast<std::size_t>(in.count));
    for (auto const p : order) {
        auto const [l, r] = field.pairs[p];
        auto const& rivals = field.plain_rivals[p];
        auto const kept = reasons_of(pool, l, r, rivals[matching::rivals_near_left] + rivals[matching::rivals_near_right] > 0);
        out.pairs.push_back({own.product_ids[l], own.titles[l], own.product_ids[r], own.titles[r], static_cast<double>(judged.probability[p]), told(kept, MatchState::proposed, context.locale)});
    }
    return out;
}

std::vector<Operation> Module::operations() {
    std::vector<std::string_view> const file_reasons{"file_not_found", "file_unreadable", "path_not_allowed", "unsupported_file", "read_failed", "corrupt_archive", "truncated_archive", "archive_too_large", "empty_file", "too_many_columns", "title_column_missing", "too_many_rows", "unknown_currency", "source_missing"};
    return {
        operation({.name = "market.import", .scenario = "5", .summary = {"Take in what another shop lists, with prices and ranks, from a file; a later file of the same source updates it.", "从文件导入其他店铺的商品、价格与排名；同一来源的后续文件会更新。"}, .effect = Effect::act, .permission = "market.write", .reasons = file_reasons}, &import_items),
        operation({.name = "market.match", .scenario = "5", .summary = {"Find which items of other shops are the same as own products, with probability and reasons.", "找出其他店铺中与自有商品相同的条目，给出概率与依据。"}, .effect = Effect::propose, .permission = "market.write", .length = Length::long_}, *this, &Module::match),
        operation({.name = "market.list", .scenario = "5", .summary = {"Items of other shops with their price, rank and the own product that they match.", "其他店铺的条目，及其价格、排名与匹配的自有商品。"}, .permission = "market.read"}, &list_items),
        operation({.name = "market.judge", .scenario = "5", .summary = {"Confirm or reject that an item and a product are the same; what was said is learned from.", "确认或否定条目与商品是否相同；系统会从中学习。"}, .effect = Effect::act, .permission = "market.write", .reasons = {"item_not_found", "product_not_found"}}, &judge),
        operation({.name = "market.signals", .scenario = "5", .summary = {"What the market says: own products that are cheaper elsewhere, best sellers that are not sold here, prices that moved.", "市场信号：别处更便宜的商品、本店未售的畅销品、变动的价格。"}, .permission = "market.read"}, &signals),
        operation({.name = "market.watch", .scenario = "5", .summary = {"Tell what moved on the market since it was last told, as decisions: own products undercut, sold out elsewhere, items whose rank climbs; every night, and after matching.", "提示市场上新近的变动并形成决策：自有商品被低价竞争、别处缺货、排名上升；每晚及匹配之后进行。"}, .effect = Effect::propose, .permission = "market.write", .length = Length::long_}, *this, &Module::watch),
        operation({.name = "market.duplicates", .scenario = "5", .summary = {"Own products that are likely listed twice, with probability and reasons.", "找出可能重复上架的自有商品，给出概率与依据。"}, .permission = "market.read", .length = Length::long_}, *this, &Module::duplicates),
    };
}

}  // namespace kindling::market
