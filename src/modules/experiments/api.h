// modules/experiments/api.h -- experiments.*: which visitor sees what, and what came of it.
//
// An experiment has arms; the first is what there was before (control). A visitor (session) is always in the same arm: a salted hash decides, nothing is
// stored. Others ask arm_of_visitor() and act on it: rules of lists and of recommendations name an experiment and an arm (modules/merchandising,
// modules/selection). What came of it is read from the events and orders that are kept anyway, so it can be read again at any time.
//
// A visitor is a subject from the first event of the experiment's exposure on; its value is what it did from then until the reading. Readings are always
// valid: looking daily and stopping at the first good moment is allowed (engines/experiment). A bandit's shares are set anew every hour by how
// likely each arm is the best, never below 5 %; each hour's shares are kept, for they are the propensities of what happened under them.
//
// One Module lives as long as the process and adapts bandits on a thread of its own after start(). Thread-safe. The Services must outlive it.
#pragma once
#include "shop/answers.h"
#include "shop/context.h"
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace kindling::experiments {

enum class ExperimentKind { split, bandit };
BOOST_DESCRIBE_ENUM(ExperimentKind, split, bandit)
enum class ExperimentState { running, stopped };
BOOST_DESCRIBE_ENUM(ExperimentState, running, stopped)
enum class Metric { conversion, basket, click, revenue, margin };
BOOST_DESCRIBE_ENUM(Metric, conversion, basket, click, revenue, margin)
enum class Exposure { visit, search, impression, view };
BOOST_DESCRIBE_ENUM(Exposure, visit, search, impression, view)

// What the first arm does without, so that what it is worth is read against those visitors.
enum class HeldOut { nothing, guide, recommendations };
BOOST_DESCRIBE_ENUM(HeldOut, nothing, guide, recommendations)

struct ExperimentArm {
    std::string arm_id, title;
    double share = 1;
    static constexpr Field fields[] = {field("arm_id", "Identifier of the arm, named by rules.", "分组编号，供规则引用。").longest(32), field("title", "What it shows.", "该组展示什么。").defaulted().longest(200), field("share", "Part of visitors, on any scale; a bandit begins with it.", "访客份额，任意比例；bandit 的初始份额。").defaulted().range(0.001, 1e6)};
};
BOOST_DESCRIBE_STRUCT(ExperimentArm, (), (arm_id, title, share))

struct Experiment {
    std::string experiment_id, title_en, title_zh;
    ExperimentKind kind = ExperimentKind::split;
    std::vector<ExperimentArm> arms;
    Metric metric = Metric::conversion;
    Exposure exposure = Exposure::visit;
    HeldOut holds_out = HeldOut::nothing;
    std::string query;
    double error_rate = .05;
    std::int64_t planned_visitors = 10'000;
    static constexpr Field fields[] = {
        field("experiment_id", "The shop's identifier of it; empty: a new one.", "实验编号；留空自动生成。").defaulted().longest(64), field("title_en", "What is tried, in English; at least one of the two is needed.", "英文名称；中英文至少填一个。").defaulted().longest(200), field("title_zh", "What is tried, in Chinese.", "中文名称。").defaulted().longest(200), field("kind", "split: fixed shares; bandit: shares follow what does best.", "split 固定份额；bandit 份额随表现调整。").defaulted(),
        field("arms", "Two to ten; the first is the control: what there was before.", "2 到 10 组；第一组为对照（现状）。").longest(10), field("metric", "conversion, basket or click: share of visitors that do so; revenue, margin: minor units a visitor. A bandit needs one of the first three.", "conversion 下单、basket 加购、click 点击：访客占比；revenue 收入、margin 毛利：每访客金额。bandit 仅支持前三种。").defaulted(),
        field("exposure", "Which event makes a visitor a subject: visit (any), search, impression or view.", "由何事件计为受试：visit 任意、search 搜索、impression 曝光、view 浏览。").defaulted(), field("holds_out", "What the first arm does without: nothing, guide (the storefront shows it no guide) or recommendations (best sellers instead). Its value is booked under that scenario; one at a time.", "首组不使用的功能：nothing 无、guide 店面不显示导购、recommendations 只显示畅销品；价值记入对应场景，同一功能同时只能有一个。").defaulted(), field("query", "With exposure search or impression: only of these words; empty: any.", "exposure 为 search 或 impression 时：仅限此查询词；留空为任意。").defaulted().longest(200),
        field("error_rate", "How often a difference may be claimed where there is none, over all looks together.", "误报率上限（所有查看合计）。").defaulted().range(.0001, .5), field("planned_visitors", "Visitors in all at which the interval shall be narrowest.", "计划受试总数，区间在该规模附近最窄。").defaulted().range(100, 1e9)};
};
BOOST_DESCRIBE_STRUCT(Experiment, (), (experiment_id, title_en, title_zh, kind, arms, metric, exposure, holds_out, query, error_rate, planned_visitors))

// Functions for other modules, within the caller's transaction.

// The arm of a visitor now, "" when the experiment does not run or the visitor is not known. Two statements by key.
Result<std::string> arm_of_visitor(shop::Transaction&, std::string_view experiment_id, std::string_view session_id, Milliseconds now);
// Whether the visitor is in the first arm of a running experiment that holds this out. One statement while none runs.
Result<bool> does_without(shop::Transaction&, HeldOut, std::string_view session_id, Milliseconds now);
// Whether it exists and has this arm.
Result<bool> has_arm(shop::Transaction&, std::string_view experiment_id, std::string_view arm_id);

// A hold-out over a past that is being made up (the demo): begun at `from`, assigned by `salt`. The answer says of a visit whether it does without.
Result<std::function<bool(std::string_view session_id)>> begin_in_past(shop::Transaction&, Experiment const&, std::string const& salt, Milliseconds from);
// As experiments.stop at the context's time: books what is certain, by a method that says that its visitors were simulated.
Result<void> end_in_past(Context&, std::string const& experiment_id, std::string note);

class Module {
public:
    explicit Module(shop::Services&);
    ~Module();
    void start();  // in processes that stay: adapts bandits every hour
    void stop();
    std::vector<Operation> operations();

private:
    void run(std::stop_token const&);
    shop::Services& services_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace kindling::experiments
