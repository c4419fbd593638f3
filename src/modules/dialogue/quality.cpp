// modules/dialogue/quality.cpp -- the operations about talks that have been: scores, replay, export. See quality.h.
#include "modules/dialogue/quality.h"
#include "core/json_text.h"
#include "core/time.h"
#include "modules/dialogue/sql.h"
#include "shop/page.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <map>

namespace kindling::dialogue {

using shop::Row, shop::Value;

namespace {

// As SQL lists them.
constexpr std::string_view settling = "'checkout','order_status','return','exchange','cancel','shipping','returns','warranty','payment','invoice','coupon','watch','memory'";

bool fits(TalkScore const& t, std::string const& outcome) {
    if (outcome == "settled") return t.settled;
    if (outcome == "open") return !t.settled;
    if (outcome == "person") return t.person;
    if (outcome == "ordered") return t.ordered;
    if (outcome == "relaxed") return t.relaxed > 0;
    return true;
}

// Latest first. At most 50,000 of them.
Result<std::vector<TalkScore>> talks(Context& context, QualityOf const& in) {
    auto& tx = context.tx();
    std::vector<TalkScore> out;
    std::map<std::string, std::size_t, std::less<>> at;
    Value const values[] = {tx.shop_id(), in.from_ms.value_or(context.now - 30 * milliseconds_per_day), in.to_ms.value_or(context.now + 1)};
    TRY(tx.run(fmt::format("SELECT t.conversation_id, MIN(t.at_ms), MAX(t.at_ms), COUNT(*), SUM(t.asked), SUM(t.relaxed), SUM(t.withheld), MAX(t.microseconds), MAX(t.needs_person), MAX(t.added), MAX(CASE WHEN t.topic IN ({}) AND t.needs_person = 0 AND t.asked = 0 THEN 1 ELSE 0 END), MAX(CASE WHEN b.status = 'ordered' THEN 1 ELSE 0 END), SUM(t.offered), SUM(t.offered_true) "
                           "FROM guide_turns t LEFT JOIN baskets b ON b.shop_id = t.shop_id AND b.basket_id = t.basket_id AND t.basket_id <> '' WHERE t.shop_id = ? AND t.at_ms >= ? AND t.at_ms < ? GROUP BY t.conversation_id ORDER BY MAX(t.at_ms) DESC, t.conversation_id DESC LIMIT 50000", settling), values, [&](Row const& row) -> Result<void> {
        TalkScore t{.conversation_id = std::string(row.text(0)), .started_at_ms = row.integer(1), .last_at_ms = row.integer(2), .turns = row.integer(3), .asked = row.integer(4), .relaxed = row.integer(5), .withheld = row.integer(6), .slowest_microseconds = row.integer(7)};
        t.person = row.integer(8) != 0, t.added = row.integer(9) != 0, t.ordered = row.integer(11) != 0, t.offered = row.integer(12), t.offered_true = row.integer(13);
        t.settled = t.added || t.ordered || row.integer(10) != 0;
        t.score = talk_score(t);
        at.emplace(t.conversation_id, out.size());
        out.push_back(std::move(t));
        return {};
    }));
    TRY(tx.run("SELECT DISTINCT conversation_id, topic FROM guide_turns WHERE shop_id = ? AND at_ms >= ? AND at_ms < ? ORDER BY conversation_id, topic", values, [&](Row const& row) -> Result<void> {
        if (auto const found = at.find(row.text(0)); found != at.end() && !row.text(1).empty()) {
            auto& topics = out[found->second].topics;
            topics += (topics.empty() ? "" : ",") + std::string(row.text(1));
        }
        return {};
    }));
    std::erase_if(out, [&](TalkScore const& t) { return !fits(t, in.outcome) || (!in.topic.empty() && ("," + t.topics + ",").find("," + in.topic + ",") == std::string::npos); });
    return out;
}

}  // namespace

std::int64_t talk_score(TalkScore const& t) {
    std::int64_t const turns = std::max<std::int64_t>(1, t.turns), kept = turns - std::min(turns, t.relaxed);
    return (t.settled ? (t.person ? 20 : 40) : 0) + (t.ordered ? 20 : 0) + (t.withheld ? 0 : 10) + (t.offered > 0 ? 10 * t.offered_true / t.offered : 10) + 10 * kept / turns + (t.turns <= 6 ? 10 : t.turns <= 12 ? 5 : 0);
}
bool settles(std::string_view topic) { return !topic.empty() && settling.find(fmt::format("'{}'", topic)) != settling.npos; }

Result<QualityReport> Quality::report(Context& context, QualityOf const& in) {
    static constexpr std::string_view outcomes[] = {"", "settled", "open", "person", "ordered", "relaxed"};
    if (std::ranges::find(outcomes, std::string_view(in.outcome)) == std::end(outcomes)) return fail(Errc::invalid_argument, "invalid_request", "There is no such outcome.", {{"/outcome", "unknown_value", "expected settled, open, person, ordered or relaxed"}});
    auto const keys = TRY(shop::read_page_token("guide_quality", in.page_token, 2));
    auto all = TRY(talks(context, in));
    QualityReport out{.talks = static_cast<std::int64_t>(all.size())};
    std::int64_t offered = 0, met = 0;
    std::map<std::int64_t, QualityDay> days;
    for (auto const& t : all) {
        out.settled += t.settled, out.ordered += t.ordered, out.person += t.person, out.relaxed += t.relaxed > 0, out.turns += static_cast<double>(t.turns), out.asked += static_cast<double>(t.asked), out.score += static_cast<double>(t.score), out.withheld += t.withheld, offered += t.offered, met += t.offered_true;
        auto& day = days[day_of(t.started_at_ms)];
        ++day.talks, day.settled += t.settled, day.ordered += t.ordered, day.score += static_cast<double>(t.score);
    }
    if (offered > 0) out.constraint_true = static_cast<double>(met) / static_cast<double>(offered);
    if (!all.empty())
        for (auto* value : {&out.settled, &out.ordered, &out.person, &out.relaxed, &out.turns, &out.asked, &out.score}) *value /= static_cast<double>(all.size());
    for (auto& [number, day] : days) {
        day.day = format_date(static_cast<Day>(number));
        for (auto* value : {&day.settled, &day.ordered, &day.score}) *value /= static_cast<double>(day.talks);
        out.days.push_back(std::move(day));
    }
    for (auto& t : all) {
        if (!keys.empty() && std::pair(t.last_at_ms, t.conversation_id) >= std::pair(static_cast<std::int64_t>(std::atoll(keys[0].c_str())), keys[1])) continue;
        if (out.rows.size() == static_cast<std::size_t>(in.page_size)) {
            std::string const last[] = {std::to_string(out.rows.back().last_at_ms), out.rows.back().conversation_id};
            out.next_page_token = shop::page_token("guide_quality", last);
            break;
        }
        out.rows.push_back(std::move(t));
    }
    return out;
}

Result<Replay> Quality::replay(Context& context, WhichTalk const& in) {
    auto& tx = context.tx();
    Replay out;
    Value const values[] = {tx.shop_id(), in.conversation_id};
    TRY(tx.run("SELECT turn, at_ms, microseconds, withheld, topic, trace_sealed FROM guide_turns WHERE shop_id = ? AND conversation_id = ? ORDER BY turn", values, [&](Row const& row) -> Result<void> {
        ReplayedTurn turn{.turn = row.integer(0), .at_ms = row.integer(1), .microseconds = row.integer(2), .withheld = row.integer(3), .topic = std::string(row.text(4))};
        if (!row.is_null(5) && !row.text(5).empty()) turn.trace = TRY(read_json<TurnTrace>(TRY(parse_json(TRY(context.services.vault->open(tx.shop_id(), "guide_trace", row.text(5)))))));
        out.turns.push_back(std::move(turn));
        return {};
    }));
    if (out.turns.empty()) return fail(Errc::not_found, "conversation_not_found", "There is no such talk with the guide.", {{"/conversation_id", "conversation_not_found", "is not a talk of this shop"}});
    // Each turn began with what the shopper said; people of the shop may have spoken in between.
    std::size_t at = 0;
    bool any = false;
    TRY(tx.run("SELECT role, body_sealed FROM messages WHERE shop_id = ? AND conversation_id = ? ORDER BY position", values, [&](Row const& row) -> Result<void> {
        auto const body = TRY(context.services.vault->open(tx.shop_id(), "message", row.text(1)));
        if (row.text(0) == "shopper") {
            if (std::exchange(any, true)) ++at;
            if (at < out.turns.size()) out.turns[at].shopper = body;
        } else if (row.text(0) == "guide" && any && at < out.turns.size()) out.turns[at].guide = body;
        return {};
    }));
    return out;
}

Result<QualityExport> Quality::export_csv(Context& context, ExportQuality const& in) {
    QualityExport out{.csv = "conversation_id,started_at,last_at,turns,questions,relaxed,withheld,offered,offered_true,settled,ordered,person,added,slowest_ms,score,topics\n"};
    auto const truth = [](bool b) { return b ? "1" : "0"; };
    for (auto const& t : TRY(talks(context, {.from_ms = in.from_ms, .to_ms = in.to_ms, .topic = in.topic, .outcome = in.outcome})))
        out.csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{:.1f},{},\"{}\"\n", t.conversation_id, format_date(day_of(t.started_at_ms)), format_date(day_of(t.last_at_ms)), t.turns, t.asked, t.relaxed, t.withheld, t.offered, t.offered_true, truth(t.settled), truth(t.ordered), truth(t.person), truth(t.added), static_cast<double>(t.slowest_microseconds) / 1000, t.score, t.topics);
    return out;
}

std::vector<Operation> Quality::operations() {
    return {
        operation({.name = "dialogue.quality", .scenario = "25", .summary = {"The guide's talks with their scores, and how they did day by day.", "导购对话的评分与逐日表现。"}, .permission = "conversations.read"}, *this, &Quality::report),
        operation({.name = "dialogue.replay", .scenario = "25", .summary = {"A talk turn by turn, with how each answer came about.", "逐轮回放对话，并说明每个回答的由来。"}, .permission = "conversations.read", .reasons = {"conversation_not_found", "cannot_open_sealed"}}, *this, &Quality::replay),
        operation({.name = "dialogue.export_quality", .scenario = "25", .summary = {"The scores of the guide's talks as CSV, without anybody's words.", "导出导购对话评分（CSV，不含对话内容）。"}, .permission = "conversations.read"}, *this, &Quality::export_csv),
        operation({.name = "dialogue.keep_case", .scenario = "25", .summary = {"Keep a talk as a case that every newer model must understand as well.", "将对话保留为回归用例，新模型须同样理解。"}, .effect = Effect::act, .permission = "conversations.write", .reasons = {"conversation_not_found", "cannot_open_sealed"}}, *this, &Quality::keep_case),
        operation({.name = "dialogue.check_cases", .scenario = "25", .summary = {"Whether the guide of now still understands every kept case.", "检查当前导购是否仍通过全部回归用例。"}, .permission = "conversations.read", .reasons = {"cannot_open_sealed"}}, *this, &Quality::check_cases),
        operation({.name = "dialogue.remove_case", .scenario = "25", .summary = {"Remove a kept case.", "移除回归用例。"}, .effect = Effect::act, .permission = "conversations.write", .reasons = {"case_not_found"}}, *this, &Quality::remove_case),
        operation({.name = "dialogue.learn", .scenario = "25", .summary = {"Learn from searches and orders which questions are worth asking; put in use only when no kept case is lost.", "从搜索与订单学习该问什么；仅在不丢失任何回归用例时启用。"}, .effect = Effect::act, .permission = "conversations.write", .reasons = {"model_is_worse", "cannot_open_sealed"}}, *this, &Quality::learn),
    };
}

}  // namespace kindling::dialogue
