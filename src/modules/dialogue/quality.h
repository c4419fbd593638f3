// modules/dialogue/quality.h -- how good the guide's talks are: every talk scored, replayed with how each answer came about, kept as a measure.
//
// The score of a talk, 0 to 100, is a sum that can be read off: 40 when its matter was settled (something went into the basket, or an errand was done; asking
// for a number or a proof does not settle it), half of it when a person was needed too; 20 when its basket was ordered; 10 when the verifier had to withhold
// nothing; 10 times the share of its offers that met every limit stated until then, or missed only what the answer named; 10 times the share of its
// turns in which no limit had to give; 10 up to six turns, 5 up to twelve. A kept talk (a case) holds what was said and what was understood of it; newly learned priors are put in use only
// when all cases that were kept before are kept again.
#pragma once
#include "modules/dialogue/api.h"

namespace kindling::dialogue {

struct QualityOf {
    std::optional<std::int64_t> from_ms, to_ms;
    std::string topic, outcome;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {
        field("from_ms", "Talks that were active at or after, milliseconds; left out: the last 30 days.", "不早于（毫秒）；默认近 30 天。"), field("to_ms", "Before, milliseconds.", "早于（毫秒）。"), field("topic", "Only talks with a turn about it.", "仅包含该主题的对话。").defaulted().longest(64),
        field("outcome", "settled, open, person, ordered or relaxed; empty: all.", "settled 已解决、open 未解决、person 转人工、ordered 已成交、relaxed 放宽过；留空为全部。").defaulted().longest(32), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 200), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(QualityOf, (), (from_ms, to_ms, topic, outcome, page_size, page_token))

struct TalkScore {
    std::string conversation_id, topics;
    std::int64_t started_at_ms = 0, last_at_ms = 0, turns = 0, asked = 0, relaxed = 0, withheld = 0, slowest_microseconds = 0, score = 0, offered = 0, offered_true = 0;
    bool settled = false, ordered = false, person = false, added = false;
    static constexpr Field fields[] = {
        field("conversation_id", "Talk.", "对话编号。"), field("topics", "What its turns were about.", "各轮主题。"), field("started_at_ms", "First turn.", "首轮时间。"), field("last_at_ms", "Last turn.", "末轮时间。"), field("turns", "Turns.", "轮数。"), field("asked", "Questions asked back.", "追问次数。"), field("relaxed", "Turns in which something had to give.", "放宽条件的轮数。"),
        field("withheld", "Statements that the verifier stopped; all others were checked and true.", "被校验拦下的陈述；其余均经核对为真。"), field("slowest_microseconds", "Slowest turn.", "最慢一轮（微秒）。"), field("score", "0 to 100.", "0 至 100 分。"), field("offered", "Goods that it offered.", "推荐的商品数。"), field("offered_true", "Of these: met every limit stated until then, or missed only what the answer named.", "其中符合当时全部条件，或仅缺回答中已说明放宽的条件。"), field("settled", "Something went into the basket, or an errand was done without a person.", "加购，或无人工完成事务。"), field("ordered", "Its basket was ordered.", "购物车已下单。"), field("person", "A person was needed.", "需要人工。"), field("added", "Something went into the basket.", "有加购。")};
};
BOOST_DESCRIBE_STRUCT(TalkScore, (), (conversation_id, topics, started_at_ms, last_at_ms, turns, asked, relaxed, withheld, slowest_microseconds, score, offered, offered_true, settled, ordered, person, added))

struct QualityDay {
    std::string day;
    std::int64_t talks = 0;
    double settled = 0, ordered = 0, score = 0;
    static constexpr Field fields[] = {field("day", "Day, UTC.", "日期（UTC）。"), field("talks", "Talks that began.", "开始的对话数。"), field("settled", "Share settled.", "解决率。"), field("ordered", "Share ordered.", "成交率。"), field("score", "Mean score.", "平均分。")};
};
BOOST_DESCRIBE_STRUCT(QualityDay, (), (day, talks, settled, ordered, score))

struct QualityReport {
    std::int64_t talks = 0;
    double settled = 0, ordered = 0, person = 0, relaxed = 0, turns = 0, asked = 0, score = 0;
    std::int64_t withheld = 0;
    std::optional<double> constraint_true;
    std::vector<QualityDay> days;
    std::vector<TalkScore> rows;
    std::string next_page_token;
    static constexpr Field fields[] = {
        field("talks", "Talks in the span.", "对话总数。"), field("settled", "Share settled.", "解决率。"), field("ordered", "Share ordered.", "成交率。"), field("person", "Share that needed a person.", "转人工率。"), field("relaxed", "Share in which something had to give.", "放宽条件的占比。"), field("turns", "Mean turns.", "平均轮数。"), field("asked", "Mean questions.", "平均追问数。"), field("score", "Mean score.", "平均分。"), field("withheld", "Statements that the verifier stopped.", "校验拦下的陈述数。"), field("constraint_true", "Share of all offers that met every limit stated until then, or missed only what the answer named; absent without offers.", "推荐中符合当时全部条件（或仅缺已说明放宽的条件）的占比；无推荐时缺省。"),
        field("days", "Day by day.", "按日统计。"), field("rows", "Talks, latest first.", "对话，最近在前。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(QualityReport, (), (talks, settled, ordered, person, relaxed, turns, asked, score, withheld, constraint_true, days, rows, next_page_token))

struct WhichTalk {
    std::string conversation_id;
    static constexpr Field fields[] = {field("conversation_id", "Which talk.", "哪个对话。").longest(128)};
};
BOOST_DESCRIBE_STRUCT(WhichTalk, (), (conversation_id))

struct ReplayedTurn {
    std::int64_t turn = 0, at_ms = 0, microseconds = 0, withheld = 0;
    std::string topic, shopper, guide;
    TurnTrace trace;
    static constexpr Field fields[] = {field("turn", "From 0.", "从 0 起。"), field("at_ms", "When.", "时间。"), field("microseconds", "How long the answer took to make.", "生成用时（微秒）。"), field("withheld", "Statements that were stopped.", "拦下的陈述数。"), field("topic", "What it was about.", "主题。"), field("shopper", "What was said.", "顾客所说。"), field("guide", "What was answered.", "导购所答。"), field("trace", "How the answer came about.", "该回答的由来。")};
};
BOOST_DESCRIBE_STRUCT(ReplayedTurn, (), (turn, at_ms, microseconds, withheld, topic, shopper, guide, trace))

struct Replay {
    std::vector<ReplayedTurn> turns;
    static constexpr Field fields[] = {field("turns", "In order.", "按顺序。")};
};
BOOST_DESCRIBE_STRUCT(Replay, (), (turns))

struct ExportQuality {
    std::optional<std::int64_t> from_ms, to_ms;
    std::string topic, outcome;
    static constexpr Field fields[] = {QualityOf::fields[0], QualityOf::fields[1], QualityOf::fields[2], QualityOf::fields[3]};
};
BOOST_DESCRIBE_STRUCT(ExportQuality, (), (from_ms, to_ms, topic, outcome))

struct QualityExport {
    std::string csv;
    static constexpr Field fields[] = {field("csv", "One line a talk, without anybody's words.", "每个对话一行，不含对话内容。")};
};
BOOST_DESCRIBE_STRUCT(QualityExport, (), (csv))

struct KeepCase {
    std::string conversation_id, name;
    static constexpr Field fields[] = {field("conversation_id", "The talk to keep; take care that nothing personal was said in it.", "要保留的对话；请确认其中没有个人信息。").longest(128), field("name", "What it is a case of.", "用例名称。").longest(200)};
};
BOOST_DESCRIBE_STRUCT(KeepCase, (), (conversation_id, name))

struct CaseTurn {
    std::string text;
    std::vector<std::string> constraints;   // identifiers of those in force afterwards
    std::string topic;
    std::int64_t questions = 0;             // asked back until then; more of them is worse
    static constexpr Field fields[] = {field("text"), field("constraints"), field("topic"), field("questions").defaulted()};
};
BOOST_DESCRIBE_STRUCT(CaseTurn, (), (text, constraints, topic, questions))

struct CaseLine {
    std::string case_id, name;
    std::int64_t turns = 0, created_at_ms = 0;
    bool kept = false;
    std::string fault;
    static constexpr Field fields[] = {field("case_id", "Case.", "用例编号。"), field("name", "What it is a case of.", "名称。"), field("turns", "Turns.", "轮数。"), field("created_at_ms", "When it was kept.", "保留时间。"), field("kept", "Whether the guide of now understands it as then.", "当前导购是否仍如当时理解。"), field("fault", "The first difference.", "首个差异。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(CaseLine, (), (case_id, name, turns, created_at_ms, kept, fault))

struct CaseReport {
    std::vector<CaseLine> cases;
    std::int64_t kept = 0;
    static constexpr Field fields[] = {field("cases", "All cases, oldest first.", "全部用例，最早在前。"), field("kept", "How many are kept.", "通过数量。")};
};
BOOST_DESCRIBE_STRUCT(CaseReport, (), (cases, kept))

struct WhichCase {
    std::string case_id;
    static constexpr Field fields[] = {field("case_id", "Which case.", "用例编号。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(WhichCase, (), (case_id))

struct Learned {
    std::int64_t version = 0, needs = 0, attributes = 0, cases = 0, kept = 0;
    static constexpr Field fields[] = {field("version", "Of what is in use now.", "当前使用的版本。"), field("needs", "Searches and talks it was learned from.", "学习所用的搜索与对话数。"), field("attributes", "Attributes that people speak of.", "被提到的属性数。"), field("cases", "Cases that it was held to.", "回归用例数。"), field("kept", "Of them kept.", "通过数。")};
};
BOOST_DESCRIBE_STRUCT(Learned, (), (version, needs, attributes, cases, kept))

class Quality {
public:
    explicit Quality(Module& module) : module_(module) {}
    Result<QualityReport> report(Context&, QualityOf const&);
    Result<Replay> replay(Context&, WhichTalk const&);
    Result<QualityExport> export_csv(Context&, ExportQuality const&);
    Result<CaseLine> keep_case(Context&, KeepCase const&);
    Result<CaseReport> check_cases(Context&, Nothing const&);
    Result<Nothing> remove_case(Context&, WhichCase const&);
    Result<Learned> learn(Context&, Nothing const&);
    std::vector<Operation> operations();

private:
    Result<CaseReport> check(Context&, Live const&);
    Module& module_;
};

// The score of one talk, 0 to 100, by what stands in it. Whether a turn about this topic settles a matter by itself; looking and talking does not.
std::int64_t talk_score(TalkScore const&);
bool settles(std::string_view topic);

// The priors in use; none before the first learning.
Result<std::shared_ptr<Priors const>> load_priors(shop::Transaction&);
// From what people searched for (query, how often) and what was bought. Pure.
Priors learn_priors(Live const&, std::span<std::pair<std::string, std::int64_t> const> searches);

}  // namespace kindling::dialogue
