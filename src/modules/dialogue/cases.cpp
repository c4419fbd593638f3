// modules/dialogue/cases.cpp -- the regression set and the learning that is held to it. See quality.h.
#include "core/id.h"
#include "core/json_text.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/quality.h"
#include "modules/dialogue/sql.h"
#include "shop/vault/vault.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <set>

namespace kindling::dialogue {

using shop::Row, shop::Value;

namespace {

// The talk again, as its shopper spoke, over the shop of now.
std::vector<CaseTurn> rehearsed(Live const& live, std::span<std::string const> texts, Milliseconds now) {
    std::vector<CaseTurn> out;
    GuideState state;
    for (auto const& text : texts) {
        auto const turn = Module::rehearse(live, state, {.text = text, .now = now});
        state = turn.state;
        CaseTurn kept{.text = text, .topic = turn.topic, .questions = turn.state.questions};
        for (auto const& c : turn.state.constraints) kept.constraints.push_back(c.constraint_id);
        std::sort(kept.constraints.begin(), kept.constraints.end());
        out.push_back(std::move(kept));
    }
    return out;
}

json::value priors_json(Priors const& p) {
    json::object answerable;
    for (auto const& [name, share] : p.answerable) answerable[name] = share;
    return json::object{{"answerable", std::move(answerable)}, {"needs", p.needs}};
}

}  // namespace

Turn Module::rehearse(Live const& live, GuideState const& state, TurnInput const& input) {
    return take_turn(live.view, *live.lexicon, [&](std::string_view words) { return retrieve(live, words); }, {}, state, input, {}, {.priors = live.priors.get()});
}

Result<CaseLine> Quality::keep_case(Context& context, KeepCase const& in) {
    auto& tx = context.tx();
    std::vector<std::string> texts;
    Value const values[] = {tx.shop_id(), in.conversation_id};
    TRY(tx.run("SELECT body_sealed FROM messages WHERE shop_id = ? AND conversation_id = ? AND role = 'shopper' ORDER BY position LIMIT 60", values, [&](Row const& row) -> Result<void> { texts.push_back(TRY(context.services.vault->open(tx.shop_id(), "message", row.text(0)))); return {}; }));
    if (texts.empty()) return fail(Errc::not_found, "conversation_not_found", "There is no such talk.", {{"/conversation_id", "conversation_not_found", "is not a talk of this shop"}});
    auto const turns = rehearsed(TRY(module_.live(context.shop_id, context.now)), texts, context.now);
    CaseLine line{.case_id = new_id("cas"), .name = in.name, .turns = static_cast<std::int64_t>(turns.size()), .created_at_ms = context.now, .kept = true};
    auto const sealed = context.services.vault->seal(tx.shop_id(), "guide_case", to_text(write_json(turns)));
    TRY(tx.execute("INSERT INTO guide_cases (shop_id, case_id, name, turns_sealed, created_at_ms, created_by) VALUES (?,?,?,?,?,?)", tx.shop_id(), line.case_id, in.name, shop::Bytes{sealed}, context.now, context.caller.id));
    return line;
}

Result<CaseReport> Quality::check(Context& context, Live const& live) {
    auto& tx = context.tx();
    CaseReport out;
    Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT case_id, name, turns_sealed, created_at_ms FROM guide_cases WHERE shop_id = ? ORDER BY created_at_ms, case_id", values, [&](Row const& row) -> Result<void> {
        auto const then = TRY(read_json<std::vector<CaseTurn>>(TRY(parse_json(TRY(context.services.vault->open(tx.shop_id(), "guide_case", row.text(2)))))));
        CaseLine line{.case_id = std::string(row.text(0)), .name = std::string(row.text(1)), .turns = static_cast<std::int64_t>(then.size()), .created_at_ms = row.integer(3), .kept = true};
        std::vector<std::string> texts;
        for (auto const& t : then) texts.push_back(t.text);
        auto const now = rehearsed(live, texts, context.now);
        for (std::size_t i = 0; i < then.size() && line.kept; ++i) {
            if (now[i].topic != then[i].topic) line.kept = false, line.fault = fmt::format("turn {}: the topic is {}, it was {}", i, now[i].topic, then[i].topic);
            else if (now[i].questions > then[i].questions) line.kept = false, line.fault = fmt::format("turn {}: {} questions were asked, it was {}", i, now[i].questions, then[i].questions);
            else if (now[i].constraints != then[i].constraints) line.kept = false, line.fault = fmt::format("turn {}: understood [{}], it was [{}]", i, fmt::join(now[i].constraints, "; "), fmt::join(then[i].constraints, "; "));
        }
        out.kept += line.kept;
        out.cases.push_back(std::move(line));
        return {};
    }));
    return out;
}

Result<CaseReport> Quality::check_cases(Context& context, Nothing const&) { return check(context, TRY(module_.live(context.shop_id, context.now))); }

Result<Nothing> Quality::remove_case(Context& context, WhichCase const& in) {
    auto& tx = context.tx();
    if (!TRY(tx.execute("DELETE FROM guide_cases WHERE shop_id = ? AND case_id = ?", tx.shop_id(), in.case_id))) return fail(Errc::not_found, "case_not_found", "There is no such case.", {{"/case_id", "case_not_found", "is not a case of this shop"}});
    return Nothing{};
}

Priors learn_priors(Live const& live, std::span<std::pair<std::string, std::int64_t> const> searches) {
    Priors out;
    std::map<std::string, std::int64_t, std::less<>> spoken;
    for (auto const& [query, times] : searches) {
        auto const reading = understand(query, *live.view, *live.lexicon, {});
        std::set<std::string> about;
        for (auto const& c : reading.constraints) {
            if (c.kind == ConstraintKind::price) about.insert("price");
            else if (c.kind == ConstraintKind::category) about.insert("category");
            else if (c.kind == ConstraintKind::number) about.insert(c.attribute);
            else if (c.kind == ConstraintKind::value) for (auto const& v : c.values) about.insert(v.attribute);
        }
        about.erase("");
        for (auto const& name : about) spoken[name] += times;
        out.needs += times;
    }
    // One more need that speaks of nothing: a share of few is drawn towards none.
    for (auto const& [name, times] : spoken) out.answerable[name] = static_cast<double>(times) / static_cast<double>(out.needs + 1);
    return out;
}

Result<std::shared_ptr<Priors const>> load_priors(shop::Transaction& tx) {
    std::shared_ptr<Priors const> out;
    Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT content FROM guide_models WHERE shop_id = ? AND in_use = 1 ORDER BY version DESC LIMIT 1", values, [&](Row const& row) -> Result<void> {
        auto const parsed = parse_json(row.text(0));
        if (!parsed || !parsed->is_object()) return {};
        auto priors = std::make_shared<Priors>();
        if (auto const* shares = parsed->as_object().if_contains("answerable"); shares && shares->is_object())
            for (auto const& [name, share] : shares->as_object())
                if (share.is_number()) priors->answerable[std::string(name)] = share.to_number<double>();
        if (auto const* needs = parsed->as_object().if_contains("needs"); needs && needs->is_int64()) priors->needs = needs->as_int64();
        out = std::move(priors);
        return {};
    }));
    return out;
}

Result<Learned> Quality::learn(Context& context, Nothing const&) {
    auto& tx = context.tx();
    auto live = TRY(module_.live(context.shop_id, context.now));
    std::vector<std::pair<std::string, std::int64_t>> searches;
    Value const values[] = {tx.shop_id()};
    // The most frequent words; a rare one says little about which questions people can answer.
    TRY(tx.run("SELECT query, COUNT(*) FROM events WHERE shop_id = ? AND kind = 'search' AND channel <> 'guide' AND query <> '' GROUP BY query ORDER BY COUNT(*) DESC, query LIMIT 4000", values, [&](Row const& row) -> Result<void> { searches.emplace_back(row.text(0), row.integer(1)); return {}; }));
    auto const before = TRY(check(context, live));
    auto const priors = std::make_shared<Priors const>(learn_priors(live, searches));
    live.priors = priors;
    auto const after = TRY(check(context, live));
    auto const version = TRY(tx.integer("SELECT COALESCE(MAX(version), 0) + 1 FROM guide_models WHERE shop_id = ?", tx.shop_id()));
    // A case that was kept until now and would be lost blocks the newer one.
    for (std::size_t i = 0; i < before.cases.size() && i < after.cases.size(); ++i)
        if (before.cases[i].kept && !after.cases[i].kept) return fail(Errc::failed_precondition, "model_is_worse", fmt::format("What was learned would lose the case \"{}\" ({}); the one in use stays.", after.cases[i].name, after.cases[i].fault));
    TRY(tx.execute("UPDATE guide_models SET in_use = 0 WHERE shop_id = ?", tx.shop_id()));
    TRY(tx.execute("INSERT INTO guide_models (shop_id, version, content, cases, kept, in_use, created_at_ms) VALUES (?,?,?,?,?,1,?)", tx.shop_id(), version, to_text(priors_json(*priors)), static_cast<std::int64_t>(after.cases.size()), after.kept, context.now));
    tx.changed("setting", "guide_model");  // the live shop reads it again
    return Learned{.version = version, .needs = priors->needs, .attributes = static_cast<std::int64_t>(priors->answerable.size()), .cases = static_cast<std::int64_t>(after.cases.size()), .kept = after.kept};
}

}  // namespace kindling::dialogue
