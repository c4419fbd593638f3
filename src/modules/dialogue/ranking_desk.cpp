// modules/dialogue/ranking_desk.cpp -- see ranking_desk.h.
#include "modules/dialogue/ranking_desk.h"
#include "core/utf8.h"
#include "engines/learning/model_file/model_file.h"
#include "modules/dialogue/lexicon.h"
#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <spdlog/spdlog.h>

namespace kindling::dialogue {

using shop::Row, shop::Value;

namespace {

constexpr Milliseconds looked_back = 180LL * 86'400'000;

// What was shown for which words, what of it was clicked, what went together. Visits in memory: those of the last 180 days that searched or looked.
Result<Behaviour> read_behaviour(shop::Transaction& tx, Milliseconds now) {
    struct Visit {
        std::map<std::pair<std::string, std::string>, std::int64_t> shown;   // (query, product) -> place
        std::set<std::pair<std::string, std::string>> clicked;
        std::string query;
        std::set<std::string> looked;
    };
    Behaviour out;
    std::map<std::string, Visit, std::less<>> visits;
    Value const period[] = {tx.shop_id(), now - looked_back};
    TRY(tx.run("SELECT kind, session_id, product_id, query, position FROM events WHERE shop_id = ? AND at_ms >= ? AND kind IN ('search', 'impression', 'click', 'view', 'cart') AND session_id <> '' ORDER BY seq", period, [&](Row const& row) -> Result<void> {
        auto& visit = visits[std::string(row.text(1))];
        auto const kind = row.text(0);
        auto query = to_utf8(surface_of(row.text(3)));
        std::string const product(row.text(2));
        if (kind == "search") visit.query = query;
        if (product.empty()) return {};
        if (kind == "impression" && !query.empty()) visit.shown.try_emplace({query, product}, row.is_null(4) ? 0 : row.integer(4));
        // A click of the storefront may not repeat the words: it answers the visit's latest search.
        if (kind == "click" && !row.is_null(4)) visit.clicked.insert({query.empty() ? visit.query : query, product});
        if (kind != "impression" && visit.looked.size() < 12) visit.looked.insert(product);
        return {};
    }));
    std::map<std::tuple<std::string, std::string, std::int64_t>, std::pair<double, double>> cells;
    for (auto const& [session, visit] : visits) {
        for (auto const& [pair, place] : visit.shown)
            if (place > 0) {
                auto& cell = cells[{pair.first, pair.second, place}];
                ++cell.first, cell.second += visit.clicked.contains(pair);
            }
        for (auto const& pair : visit.clicked)
            if (!pair.first.empty()) ++out.clicked[pair];
        for (auto a = visit.looked.begin(); a != visit.looked.end(); ++a)
            for (auto b = std::next(a); b != visit.looked.end(); ++b) ++out.together[{*a, *b}];
    }
    for (auto const& [key, cell] : cells) out.shown.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), cell.first, cell.second});
    Value const orders[] = {tx.shop_id(), now - looked_back};
    std::string order;
    std::set<std::string> held;
    auto const close = [&] {
        if (held.size() <= 12)
            for (auto a = held.begin(); a != held.end(); ++a)
                for (auto b = std::next(a); b != held.end(); ++b) out.together[{*a, *b}] += 2;
        held.clear();
    };
    TRY(tx.run("SELECT l.order_id, l.product_id FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id WHERE o.shop_id = ? AND o.placed_at_ms >= ? ORDER BY l.order_id", orders, [&](Row const& row) -> Result<void> {
        if (row.text(0) != order) close(), order = row.text(0);
        held.insert(std::string(row.text(1)));
        return {};
    }));
    close();
    Value const one[] = {tx.shop_id()};
    TRY(tx.run("SELECT query, product_id, grade FROM search_judgements WHERE shop_id = ? ORDER BY query, product_id", one, [&](Row const& row) -> Result<void> {
        out.judged[std::string(row.text(0))][std::string(row.text(1))] = static_cast<double>(row.integer(2));
        return {};
    }));
    return out;
}

Result<ResultOrder> order_in_use(shop::Transaction& tx) {
    auto out = ResultOrder::words;
    Value const one[] = {tx.shop_id()};
    TRY(tx.run("SELECT value FROM settings WHERE shop_id = ? AND name = 'search_order'", one, [&](Row const& row) -> Result<void> {
        out = row.text(0) == "hybrid" ? ResultOrder::hybrid : row.text(0) == "learned" ? ResultOrder::learned : ResultOrder::words;
        return {};
    }));
    return out;
}

Result<void> use(shop::Transaction& tx, ResultOrder order, Milliseconds now, std::string_view changed) {
    auto const name = order == ResultOrder::hybrid ? "hybrid" : order == ResultOrder::learned ? "learned" : "words";
    TRY(tx.execute("DELETE FROM settings WHERE shop_id = ? AND name = 'search_order'", tx.shop_id()));
    TRY(tx.execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (?, 'search_order', ?, ?)", tx.shop_id(), name, now));
    tx.changed(changed, "search_order");
    return {};
}

RankingState state_of(ResultOrder order, RankingReport const& report, bool encoder, CategoryBoost boost) {
    auto const with = [&](ResultOrder o) { return &figures_of(report, o, encoder) != &figures_of(report, o, false); };
    return {.order = order, .report = report, .hybrid_with_encoder = with(ResultOrder::hybrid), .learned_with_encoder = with(ResultOrder::learned), .category_boost = std::move(boost)};
}

}  // namespace

Result<std::shared_ptr<LearnedRanking const>> RankingDesk::learned(std::int64_t shop_id) {
    if (services_.folder.empty()) return std::shared_ptr<LearnedRanking const>();
    std::lock_guard const lock(mutex_);
    std::error_code none;
    auto const written = std::filesystem::last_write_time(file(shop_id), none);
    if (none) return std::shared_ptr<LearnedRanking const>();
    auto& kept = kept_[shop_id];
    if (!kept.learned || kept.written != written) {
        auto const bytes = TRY(model_file::load(file(shop_id).string()));
        kept.learned = std::make_shared<LearnedRanking const>(TRY(LearnedRanking::read(bytes))), kept.written = written;
    }
    return kept.learned;
}

std::shared_ptr<KeptVectors> RankingDesk::vectors(std::int64_t shop_id, LearnedRanking const& learned) {
    if (services_.folder.empty()) return nullptr;
    auto const space = Ranking::space_of(learned);
    std::lock_guard const lock(mutex_);
    auto& kept = kept_[shop_id];
    if (auto held = kept.space == space ? kept.vectors.lock() : nullptr) return held;
    auto const own = fmt::format("own-{}-", shop_id);
    auto const name = services_.folder / "models" / fmt::format("{}{:016x}", own, space);
    std::string told;
    auto scan = vector::open_or_begin(name, learned.space->dimensions(), space, told);
    if (!told.empty()) spdlog::warn("{}", told);
    if (!scan) {
        if (scan.error().reason != "vectors_in_use") spdlog::warn("shop {}: vectors are made in memory: {}", shop_id, scan.error().message);
        return nullptr;
    }
    vector::remove_others(name, own);
    auto out = std::make_shared<KeptVectors>(std::move(*scan));
    kept.space = space, kept.vectors = out;
    return out;
}

Result<RankingDesk::InUse> RankingDesk::in_use(shop::Transaction& tx) {
    InUse out{.order = TRY(order_in_use(tx)), .learned = nullptr, .encoding = nullptr};
    // A file that cannot be read is as good as none: the words need no model. dialogue.ranking says that nothing is trained.
    if (auto found = learned(tx.shop_id())) out.learned = std::move(*found);
    // So is an encoder whose key or file cannot be opened.
    if (auto encoding = encoders_.current(tx); out.learned && out.learned->joined && encoding && *encoding && (*encoding)->texts && out.learned->joined->encoder == (*encoding)->settings.fingerprint()) out.encoding = std::move(*encoding);
    if (!out.learned || (out.order != ResultOrder::words && !figures_of(out.learned->report, out.order, out.encoding != nullptr).allowed)) out.order = ResultOrder::words;
    return out;
}

Result<RankingState> RankingDesk::state(Context& context, Nothing const&) {
    auto const used = TRY(in_use(context.tx()));
    return state_of(used.order, used.learned ? used.learned->report : RankingReport{}, used.encoding != nullptr, TRY(category_boost(context.tx())));
}

// Every product's text and the queries that are learned from, to the encoder that the owner plugged in.
Result<vector::Filled> RankingDesk::send_texts(Context& context, Live const& live, Behaviour const& behaviour, TextEncoding const& encoding) {
    std::vector<std::string> products, queries;
    for (std::size_t p = 0; p < live.view->size(); ++p) products.push_back(encoding.product_text(*live.index, *live.view, p));
    for (auto const& query : queries_to_learn(behaviour)) queries.push_back(encoding.query_text(query));
    auto out = TRY(encoders_.encode(context.shop_id, encoding, products, queries, context.progress));
    context.note(fmt::format("{} texts sent to the encoder, {} have vectors{}", out.sent, out.held, out.problem ? "; ended early: " + out.problem->message : ""));
    return out;
}

Result<RankingState> RankingDesk::train(Context& context, Nothing const&) {
    auto const live = TRY(module_.live(context.shop_id, context.now));
    Behaviour behaviour;
    std::shared_ptr<TextEncoding const> encoding;
    {
        auto const tx = TRY(services_.store->read(context.shop_id));
        behaviour = TRY(read_behaviour(*tx, context.now));
        auto current = encoders_.current(*tx);
        if (!current && current.error().reason == "vectors_in_use") return fail(Errc::failed_precondition, "vectors_in_use", "The running server holds the encoder's vectors of this shop: let search learn there, on the console's page Search or by its HTTP interface.");
        encoding = TRY(std::move(current));
    }
    context.note(fmt::format("{} results shown, {} pairs clicked, {} searches judged", behaviour.shown.size(), behaviour.clicked.size(), behaviour.judged.size()));
    vector::Filled encoded;
    if (encoding) {
        if (!context.dry()) encoded = TRY(send_texts(context, live, behaviour, *encoding));
        auto const tx = TRY(services_.store->read(context.shop_id));
        encoding = TRY(encoders_.current(*tx));
    }
    auto learned = TRY(learn_ranking(live, behaviour, context.now, context.progress, encoding.get()));
    if (encoding) learned.report.encoder.name = encoding->settings.label(), learned.report.encoder.sent = encoded.sent;
    if (encoded.problem) learned.report.encoder.problem = encoded.problem->reason + ": " + encoded.problem->message;
    std::map<std::string, JudgedGain> gains;
    for (auto const& [query, grades] : behaviour.judged) {
        if (context.progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "Learning was stopped.");
        if (auto const gain = judged_gain(live, query, grades)) gains.emplace(query, *gain);
    }
    auto out = state_of(ResultOrder::words, learned.report, learned.joined.has_value(), {});
    // The best order that the guard allows; the hybrid one, which is simpler, when they are equal.
    for (auto const order : {ResultOrder::hybrid, ResultOrder::learned})
        if (auto const& f = figures_of(out.report, order, learned.joined.has_value()); f.allowed && f.ndcg > (out.order == ResultOrder::words ? f.ndcg_words : figures_of(out.report, out.order, learned.joined.has_value()).ndcg) + 1e-6) out.order = order;
    if (context.dry()) {
        auto const tx = TRY(services_.store->read(context.shop_id));
        return out.category_boost = TRY(category_boost(*tx)), out;
    }
    std::error_code none;
    std::filesystem::create_directories(services_.folder / "models", none);
    TRY(model_file::save(file(context.shop_id).string(), learned.write()));
    auto const tx = TRY(services_.store->write(context.shop_id));
    TRY(use(*tx, out.order, context.now, "ranking"));
    TRY(keep_gains(*tx, gains));
    out.category_boost = TRY(category_boost(*tx));
    TRY(tx->commit());
    TRY(module_.live(context.shop_id, context.now, Module::Lag::none));  // seconds, in which shoppers are answered in the order before
    return out;
}

Result<RankingState> RankingDesk::switch_order(Context& context, SwitchRanking const& in) {
    auto const used = TRY(in_use(context.tx()));
    if (in.order != ResultOrder::words) {
        if (!used.learned) return fail(Errc::failed_precondition, "not_trained", "Nothing was learned yet; train the order of results first.");
        if (auto const& f = figures_of(used.learned->report, in.order, used.encoding != nullptr); !f.allowed) return fail(Errc::failed_precondition, "below_words", fmt::format("On {} held-out searches this order has an NDCG of {:.4f}, the words alone {:.4f}; on the {} of them that people judged {:.4f} and {:.4f}. It may be used when it is below in neither, on at least {} searches.", used.learned->report.held_out_queries, f.ndcg, f.ndcg_words, f.judged_queries, f.judged_ndcg, f.judged_ndcg_words, fewest_queries));
    }
    TRY(use(context.tx(), in.order, context.now, "setting"));
    return state_of(in.order, used.learned ? used.learned->report : RankingReport{}, used.encoding != nullptr, TRY(category_boost(context.tx())));
}

Result<JudgementList> RankingDesk::judge(Context& context, JudgeResults const& in) {
    auto& tx = context.tx();
    auto const query = to_utf8(surface_of(in.query));
    if (query.empty()) return fail(Errc::invalid_argument, "invalid_request", "The search has no word.", {{"/query", "empty", "say what is searched for"}});
    std::vector<FieldError> unknown;
    for (std::size_t i = 0; i < in.products.size(); ++i)
        if (TRY(tx.integer("SELECT COUNT(*) FROM products WHERE shop_id = ? AND product_id = ?", tx.shop_id(), in.products[i].product_id)) == 0) unknown.push_back({fmt::format("/products/{}/product_id", i), "product_not_found", "is not a product of this shop"});
    if (!unknown.empty()) return fail(Errc::not_found, "product_not_found", "There are products that this shop does not have.", std::move(unknown));
    for (auto const& p : in.products) {
        TRY(tx.execute("DELETE FROM search_judgements WHERE shop_id = ? AND query = ? AND product_id = ?", tx.shop_id(), query, p.product_id));
        if (p.grade) TRY(tx.execute("INSERT INTO search_judgements (shop_id, query, product_id, grade, judged_at_ms, judged_by) VALUES (?,?,?,?,?,?)", tx.shop_id(), query, p.product_id, *p.grade, context.now, context.caller.id));
    }
    std::map<std::string, double> grades;
    Value const values[] = {tx.shop_id(), query};
    TRY(tx.run("SELECT product_id, grade FROM search_judgements WHERE shop_id = ? AND query = ?", values, [&](Row const& row) -> Result<void> { grades.emplace(row.text(0), static_cast<double>(row.integer(1))); return {}; }));
    TRY(keep_gain(tx, query, judged_gain(TRY(module_.live(context.shop_id, context.now)), query, grades)));
    return judgements(context, Judgements{.query = query});
}

Result<JudgementList> RankingDesk::judgements(Context& context, Judgements const& in) {
    auto& tx = context.tx();
    JudgementList out;
    auto const query = to_utf8(surface_of(in.query));
    Value const values[] = {tx.shop_id(), query, query};
    TRY(tx.run("SELECT query, product_id, grade, judged_at_ms FROM search_judgements WHERE shop_id = ? AND (? = '' OR query = ?) ORDER BY query, product_id LIMIT 5000", values, [&](Row const& row) -> Result<void> {
        out.judgements.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2), row.integer(3)});
        return {};
    }));
    return out;
}

std::vector<Operation> RankingDesk::operations() {
    return {
        operation({.name = "dialogue.ranking", .scenario = "25", .summary = {"How search results are ordered, what was learned for it and how the orders compare on searches not learned from.", "搜索结果如何排序、学到了什么，以及各排序在留出搜索词上的比较。"}, .permission = "dialogue.read"}, *this, &RankingDesk::state),
        operation({.name = "dialogue.train_ranking", .scenario = "25", .summary = {"Learn the meaning of words and the order of results from texts, clicks, orders and judgements, with the plugged encoder where there is one; use the best order that is not below the words.", "从文本、点击、订单与评判学习词义与结果排序（如接入了文本编码器则一并使用）；启用不低于文字排序的最佳方案。"}, .effect = Effect::act, .permission = "dialogue.write", .reasons = {"nothing_to_learn", "model_not_written", "vectors_in_use", "vectors_not_written"}, .length = Length::long_}, *this, &RankingDesk::train),
        operation({.name = "dialogue.switch_ranking", .scenario = "25", .summary = {"Choose the order of search results; one that is below the words is refused.", "选择搜索结果的排序；低于文字排序的会被拒绝。"}, .effect = Effect::act, .permission = "dialogue.write", .reasons = {"not_trained", "below_words"}}, *this, &RankingDesk::switch_order),
        operation({.name = "dialogue.judge_results", .scenario = "25", .summary = {"Say how well products fit a search: what the order is learned from and held to.", "评判商品与搜索词的相符程度：用于学习与检验排序。"}, .effect = Effect::act, .permission = "dialogue.write", .reasons = {"product_not_found"}}, *this, &RankingDesk::judge),
        operation({.name = "dialogue.judgements", .scenario = "25", .summary = {"What people judged.", "查看人工评判。"}, .permission = "dialogue.read"}, *this, &RankingDesk::judgements),
    };
}

}  // namespace kindling::dialogue
