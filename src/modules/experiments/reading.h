// modules/experiments/reading.h -- internal: what is read of an experiment, as answers.
#pragma once
#include "modules/experiments/subjects.h"

namespace kindling::experiments {

struct ArmReading {
    std::string arm_id, title;
    std::int64_t visitors = 0, with_event = 0;
    double share = 0, mean = 0;
    std::optional<double> difference, low, high, p;
    static constexpr Field fields[] = {field("arm_id", "Arm; the first is the control.", "分组；第一组为对照。"), field("title", "What it shows.", "展示内容。"), field("visitors", "Subjects in it.", "受试访客数。"), field("with_event", "Of these with a value above 0.", "其中指标大于 0 的人数。"), field("share", "Its share of visitors now, 0..1.", "当前份额，0..1。"), field("mean", "Mean of the metric a visitor: a share, or minor units.", "每访客指标均值：占比或最小货币单位。"),
                                       field("difference", "Mean less the control's; absent for the control.", "与对照之差；对照组缺省。"), field("low", "The difference is at least this; absent while there are too few visitors.", "差异下限；样本不足时缺省。"), field("high", "And at most this.", "差异上限。"), field("p", "Always-valid p value.", "随时有效的 p 值。")};
};
BOOST_DESCRIBE_STRUCT(ArmReading, (), (arm_id, title, visitors, with_event, share, mean, difference, low, high, p))

struct CoursePoint {
    std::int64_t at_ms = 0, visitors = 0;
    double difference = 0;
    std::optional<double> low, high;
    static constexpr Field fields[] = {field("at_ms", "When the last of these visitors came.", "末位访客到达时间。"), field("visitors", "Subjects until then, all arms.", "截至当时的受试总数。"), field("difference", "Of the first arm after the control.", "首个实验组与对照之差。"), field("low", "At least.", "下限。"), field("high", "At most.", "上限。")};
};
BOOST_DESCRIBE_STRUCT(CoursePoint, (), (at_ms, visitors, difference, low, high))

struct ExperimentReading {
    Experiment experiment;
    ExperimentState state = ExperimentState::running;
    std::int64_t started_at_ms = 0, visitors = 0;
    std::string currency;
    std::vector<ArmReading> arms;
    double sample_ratio_p = 1;
    bool broken = false;
    std::vector<CoursePoint> course;
    static constexpr Field fields[] = {field("experiment", "What is tried.", "实验内容。"), field("state", "running or stopped.", "状态。"), field("started_at_ms", "Since.", "开始时间。"), field("visitors", "Subjects in all.", "受试总数。"), field("currency", "ISO 4217 code of money metrics.", "金额指标的货币代码。"), field("arms", "Each arm, the control first.", "各组结果，对照在前。"), field("sample_ratio_p", "Always-valid p value that visitors fall into arms as planned; of a split.", "分组比例符合计划的 p 值（固定份额实验）。"), field("broken", "Visitors do not fall into arms as planned (p below .001): do not read the rest.", "分组比例异常（p 小于 .001）：结果不可信。"), field("course", "How the first comparison narrowed, at up to 40 moments.", "首个比较随访客增长的变化，最多 40 个时点。")};
};
BOOST_DESCRIBE_STRUCT(ExperimentReading, (), (experiment, state, started_at_ms, visitors, currency, arms, sample_ratio_p, broken, course))

struct BanditShares {
    std::vector<double> shares;
    static constexpr Field fields[] = {field("shares", "Of the arms in their order, adding up to 1.", "各组份额，按顺序，合计为 1。")};
};
BOOST_DESCRIBE_STRUCT(BanditShares, (), (shares))

struct AskSwitch {
    std::string experiment_id;
    std::vector<double> shares;
    static constexpr Field fields[] = {field("experiment_id", "Which experiment.", "哪个实验。").longest(64), field("shares", "Shares to try, of the arms in their order, on any scale; 0 leaves an arm out.", "要评估的份额，按分组顺序，任意比例；0 表示不用该组。").longest(10)};
};
BOOST_DESCRIBE_STRUCT(AskSwitch, (), (experiment_id, shares))

struct SwitchValue {
    std::int64_t visitors = 0;
    double now = 0, value = 0, standard_error = 0, ips = 0, snips = 0, effective_visitors = 0;
    bool readable = false;
    static constexpr Field fields[] = {field("visitors", "Visitors in the log.", "日志中的访客数。"), field("now", "Mean of the metric as it was.", "实际均值。"), field("value", "Mean it would have been: doubly robust; with shrunk weights while too few visitors speak of it.", "若切换的均值：双稳健估计；样本不足时用收缩权重。"), field("standard_error", "Of the doubly robust estimate.", "双稳健估计的标准误。"), field("ips", "By importance weights alone.", "仅按重要性加权。"), field("snips", "By normalised importance weights.", "归一化重要性加权。"), field("effective_visitors", "How many visitors of the log speak of these shares.", "日志中能说明该份额的有效访客数。"), field("readable", "Whether they are enough (100).", "是否足够（100）。")};
};
BOOST_DESCRIBE_STRUCT(SwitchValue, (), (visitors, now, value, standard_error, ips, snips, effective_visitors, readable))

ExperimentReading reading_of(Running const&, std::vector<Subject> const&, std::string currency);
SwitchValue value_of_switch(Running const&, std::vector<Subject> const&, std::span<double const> shares);

}  // namespace kindling::experiments
