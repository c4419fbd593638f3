// usage.list: what the meter counted, by operation and day: the raw material of every "what is it worth".
#include "shop/people/people.h"

namespace kindling::shop {

namespace {

struct AskUsage {
    std::int64_t days = 30;
    static constexpr Field fields[] = {field("days", "How many days back.", "回看天数。").defaulted().range(1, 730)};
};
BOOST_DESCRIBE_STRUCT(AskUsage, (), (days))

struct UsageLine {
    std::string operation;
    std::int64_t day = 0, calls = 0, failures = 0, microseconds = 0;
    static constexpr Field fields[] = {field("operation", "Operation.", "操作。"), field("day", "Days since 1970 (UTC).", "日期（1970 年起的天数，UTC）。"), field("calls", "Calls.", "调用次数。"), field("failures", "Of these, refused or failed.", "其中失败或被拒绝的次数。"), field("microseconds", "Time spent inside, in all.", "累计耗时（微秒）。")};
};
BOOST_DESCRIBE_STRUCT(UsageLine, (), (operation, day, calls, failures, microseconds))

struct Usage {
    std::vector<UsageLine> lines;
    static constexpr Field fields[] = {field("lines", "By day, then by calls; written once a minute.", "按日期与次数排列；每分钟写入一次。")};
};
BOOST_DESCRIBE_STRUCT(Usage, (), (lines))

Result<Usage> list_usage(Context& context, AskUsage const& in) {
    // Days are UTC here: what counts calls does not know the shop's clock.
    return Usage{TRY((context.tx().select<UsageLine>("SELECT operation, day, calls, failures, microseconds FROM meter WHERE shop_id = ? AND day > ? ORDER BY day DESC, calls DESC, operation", context.shop_id, day_of(context.now) - in.days)))};
}

}  // namespace

std::vector<Operation> usage_operations() {
    return {operation({.name = "usage.list", .scenario = "0", .summary = {"How often and how long each operation ran, by day.", "各操作每日的调用次数与耗时。"}, .permission = "usage.read"}, &list_usage)};
}

}  // namespace kindling::shop
