#include "modules/dialogue/model_trial.h"
#include "core/id.h"
#include "core/json_text.h"
#include "core/money.h"
#include "modules/dialogue/model_port.h"
#include "modules/dialogue/quality.h"
#include "shop/people/people.h"
#include "shop/vault/vault.h"
#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <fmt/format.h>

namespace kindling::dialogue {

using shop::Row, shop::Value;

namespace {

constexpr std::size_t most_kept = 40, most_made = 3;
constexpr std::int64_t most_worded = 60;

struct Case { std::string name; std::vector<CaseTurn> turns; };

Result<std::vector<Case>> kept_cases(shop::Services& services, shop::Transaction& tx) {
    std::vector<Case> out;
    Value const values[] = {tx.shop_id(), static_cast<std::int64_t>(most_kept)};
    TRY(tx.run("SELECT name, turns_sealed FROM guide_cases WHERE shop_id = ? ORDER BY created_at_ms DESC, case_id LIMIT ?", values, [&](Row const& row) -> Result<void> {
        out.push_back({std::string(row.text(0)), TRY(read_json<std::vector<CaseTurn>>(TRY(parse_json(TRY(services.vault->open(tx.shop_id(), "guide_case", row.text(1)))))))});
        return {};
    }));
    return out;
}

// Of the shop's own goods; what the guide of now understands of them is what is expected.
std::vector<Case> made_cases(CatalogueView const& view) {
    std::map<int, std::vector<std::int64_t>> prices;
    for (std::size_t p = 0; p < view.size(); ++p)
        if (view[p].category >= 0 && view[p].stock > 0) prices[view[p].category].push_back(view[p].price_from);
    std::vector<int> categories;
    for (auto const& [c, list] : prices) categories.push_back(c);
    std::ranges::stable_sort(categories, [&](int a, int b) { return prices[a].size() > prices[b].size(); });
    if (categories.size() > most_made) categories.resize(most_made);
    std::vector<Case> out;
    for (int const c : categories) {
        auto& list = prices[c];
        std::ranges::nth_element(list, list.begin() + static_cast<std::ptrdiff_t>(list.size() / 2));
        auto minor = std::int64_t{1};
        for (int i = currency_decimals(view.currency()); i > 0; --i) minor *= 10;
        auto const limit = std::to_string(list[list.size() / 2] / minor + 1);
        auto const& label = view.words().categories[static_cast<std::size_t>(c)].label;
        if (!label.en.empty()) out.push_back({label.en, {{label.en}, {"under " + limit}}});
        if (!label.zh.empty()) out.push_back({label.zh, {{"想买" + label.zh}, {"预算" + limit + "以内"}}});
    }
    return out;
}

// What is read in the end: the sentences of a turn, or the model's in their place; a question stands under either.
std::string words_of(Turn const& turn, std::string const* of_model = nullptr) {
    std::string out = of_model ? *of_model + "\n" : "";
    for (auto const& block : turn.blocks)
        if (block.kind == BlockKind::question || (block.kind == BlockKind::text && !of_model)) out += block.text + "\n";
    return out;
}

std::vector<Turn> by_guide(Live const& live, Case& talk, bool kept, Milliseconds now) {
    std::vector<Turn> out;
    GuideState state;
    for (auto& expected : talk.turns) {
        auto turn = Module::rehearse(live, state, {.text = expected.text, .now = now});
        if (!kept) expected.constraints = limits_of(turn), expected.topic = turn.topic;
        state = turn.state;
        out.push_back(std::move(turn));
    }
    return out;
}

void count_refused(ModelTrial& trial, Error const& error) {
    auto at = std::ranges::find(trial.refused, error.reason, &RefusedWords::reason);
    if (at == trial.refused.end()) at = trial.refused.insert(at, RefusedWords{.reason = error.reason});
    ++at->turns, at->example = error.message;
}

}  // namespace

Result<bool> model_in_use(shop::Transaction& tx, std::string const& url, std::string const& name) {
    return TRY(tx.integer("SELECT COUNT(*) FROM guide_model_trials WHERE shop_id = ? AND in_use = 1 AND passed = 1 AND model_url = ? AND model_name = ?", tx.shop_id(), url, name)) > 0;
}

Result<ModelTrial> ModelDesk::try_model(Context& context, LanguageModel& model) {
    auto const live = TRY(module_.live(context.shop_id, context.now));
    std::vector<Case> cases;
    {
        auto const tx = TRY(services_.store->read(context.shop_id));
        cases = TRY(kept_cases(services_, *tx));
    }
    auto const kept = cases.size();
    for (auto& made : made_cases(*live.view)) cases.push_back(std::move(made));
    std::int64_t all_turns = 0, done = 0;
    for (auto const& talk : cases) all_turns += static_cast<std::int64_t>(talk.turns.size());
    auto const most = std::min(most_worded, all_turns);
    ModelTrial out{.tried_at_ms = context.now};
    bool hopeless = false;   // too many of its words could not be used, whatever comes
    for (std::size_t n = 0; n < cases.size() && !hopeless; ++n) {
        auto& talk = cases[n];
        auto const guide = by_guide(live, talk, n < kept, context.now);
        std::vector<Turn> with_model;
        GuideState state;
        for (std::size_t i = 0; i < talk.turns.size() && !hopeless; ++i) {
            if (context.progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "The trial was stopped.");
            context.progress(done++, all_turns, talk.name);
            auto const& text = talk.turns[i].text;
            auto turn = Module::rehearse(live, state, {.text = text, .now = context.now});
            if (out.worded < most_worded) {
                Partaking part{.scorer = [&](std::string_view words) { return retrieve(live, words); }, .fresh = true, .stop = context.progress.stop};
                part.look = context.look ? context.look : [](std::string_view, json::value const&, std::stop_token) -> Result<json::value> { return fail(Errc::failed_precondition, "no_such_tool", "Nothing can be looked at here."); };
                if (context.look && services_.registry) part.lookups = what_a_model_may_look_at(*services_.registry);
                part.adopted = [&](Turn const&) -> Result<void> { ++out.proposals_adopted; return {}; };
                auto const began = std::chrono::steady_clock::now();
                auto const words = reworded(model, live.view, *live.lexicon, turn, text, part);
                if (words || words.error().reason != "nothing_to_reword") {
                    out.slowest_ms = std::max<std::int64_t>(out.slowest_ms, std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count());
                    ++out.worded, out.words_used += words.has_value();
                    if (!words) count_refused(out, words.error()), context.note(fmt::format("\"{}\": {}", talk.name, words.error().message));
                    out.told_by_guide += static_cast<std::int64_t>(told(*live.view, guide[i], words_of(guide[i])).size());
                    out.told_by_model += static_cast<std::int64_t>(told(*live.view, turn, words_of(turn, words ? &*words : nullptr)).size());
                    hopeless = static_cast<double>(out.worded - out.words_used) > (1 - least_used) * static_cast<double>(most);
                }
            }
            state = turn.state;
            with_model.push_back(std::move(turn));
        }
        if (with_model.size() != guide.size()) break;
        TriedTalk row{.name = talk.name, .kept_by_people = n < kept, .turns = static_cast<std::int64_t>(guide.size())};
        auto const& goal = guide.back().state.constraints;
        row.guide = judge_talk(*live.view, guide, talk.turns, goal), row.model = judge_talk(*live.view, with_model, talk.turns, goal);
        compare(row);
        out.rows.push_back(std::move(row));
    }
    if (out.worded == 0) return fail(Errc::failed_precondition, "nothing_to_try", "The regression set has no turn that a model may word; keep a talk as a case, or add goods with categories.");
    decide(out);
    return out;
}

Result<ModelTrial> ModelDesk::switch_model(Context& context, SwitchModel const& in) {
    ModelTrial out;
    std::string url, name;
    if (in.on) {
        {
            auto const tx = TRY(services_.store->read(context.shop_id));
            url = TRY(shop::read_setting(*tx, "language_model_url")), name = TRY(shop::read_setting(*tx, "language_model_name"));
        }
        if (url.empty() || name.empty()) return fail(Errc::failed_precondition, "model_not_configured", "No language model is set; see language_model_url and language_model_name.");
        out = TRY(try_model(context, *module_.model(context.shop_id)));
        out.trial_id = new_id("trl"), out.model = name, out.in_use = out.passed;
    }
    if (!context.dry()) {
        auto const tx = TRY(services_.store->write(context.shop_id));
        // A refused trial leaves what is in use as it is, but for a model that has just failed itself.
        if (!in.on || out.passed) TRY(tx->execute("UPDATE guide_model_trials SET in_use = 0 WHERE shop_id = ?", context.shop_id));
        else TRY(tx->execute("UPDATE guide_model_trials SET in_use = 0 WHERE shop_id = ? AND model_url = ? AND model_name = ?", context.shop_id, url, name));
        if (in.on) TRY(tx->execute("INSERT INTO guide_model_trials (shop_id, trial_id, model_url, model_name, passed, in_use, content_sealed, tried_at_ms, tried_by) VALUES (?,?,?,?,?,?,?,?,?)", context.shop_id, out.trial_id, url, name, std::int64_t{out.passed}, std::int64_t{out.in_use}, shop::Bytes{services_.vault->seal(context.shop_id, "guide_trial", to_text(write_json(out)))}, context.now, context.caller.id));
        TRY(tx->commit());
    }
    if (in.on && !out.passed) {
        std::vector<std::string> why;
        for (auto const& fault : out.faults) why.push_back(fault.text);
        return fail(Errc::failed_precondition, "model_is_worse", fmt::format("The model is not switched on, it does not beat the built-in guide: {}.", fmt::join(why, ". ")));
    }
    return out;
}

Result<ModelTrials> ModelDesk::trials(Context& context, Nothing const&) {
    auto& tx = context.tx();
    auto const url = TRY(shop::read_setting(tx, "language_model_url"));
    ModelTrials out{.model = TRY(shop::read_setting(tx, "language_model_name"))};
    out.configured = !url.empty() && !out.model.empty();
    out.in_use = out.configured && TRY(model_in_use(tx, url, out.model));
    Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT content_sealed, in_use FROM guide_model_trials WHERE shop_id = ? ORDER BY tried_at_ms DESC, trial_id DESC LIMIT 10", values, [&](Row const& row) -> Result<void> {
        auto trial = TRY(read_json<ModelTrial>(TRY(parse_json(TRY(services_.vault->open(tx.shop_id(), "guide_trial", row.text(0)))))));
        trial.in_use = row.integer(1) != 0;
        out.trials.push_back(std::move(trial));
        return {};
    }));
    return out;
}

std::vector<Operation> ModelDesk::operations() {
    return {
        operation({.name = "dialogue.switch_model", .scenario = "25", .summary = {"Let the plugged language model speak for the guide, once it has beaten the built-in guide on the regression set; or switch it off.", "让接入的语言模型参与导购（须先在回归集上优于内置导购），或将其关闭。"}, .effect = Effect::act, .permission = "conversations.write", .reasons = {"model_is_worse", "model_not_configured", "nothing_to_try", "cannot_open_sealed"}, .length = Length::long_}, *this, &ModelDesk::switch_model),
        operation({.name = "dialogue.model_trials", .scenario = "25", .summary = {"How plugged models did on the regression set, talk by talk beside the built-in guide, and why one was refused.", "接入模型在回归集上的表现：逐对话与内置导购对比，以及未通过的原因。"}, .permission = "conversations.read", .reasons = {"cannot_open_sealed"}}, *this, &ModelDesk::trials),
    };
}

}  // namespace kindling::dialogue
