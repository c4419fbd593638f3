// shop/agents/rating.h -- how well an agent behaves, from what it did: a plain grade with the findings that led to it.
//
// Each finding is a share (of calls, of checkouts, of orders) against two limits that stand in rating.cpp. A share counts by the lower end of its interval
// (Wilson, one-sided 95 %), so that one refused call of three says nothing yet; the grade is that of the worst finding. It is for the owner to read:
// nothing is refused because of it. Who only names a profile is counted under that name, so a stranger can spoil it; a key or a signature proves who called,
// and the owner's limit and standing are what keeps somebody out.
#pragma once
#include "shop/answers.h"

namespace kindling::shop {

enum class AgentGrade { unrated, good, watch, poor };
BOOST_DESCRIBE_ENUM(AgentGrade, unrated, good, watch, poor)

enum class ConductKind { stood, forged, conflicting, limited, refused, replayed, abandoned, cancelled, returned };
BOOST_DESCRIBE_ENUM(ConductKind, stood, forged, conflicting, limited, refused, replayed, abandoned, cancelled, returned)

// Of one agent. refused: calls answered with an error, the conflicting and forged ones among them; returned: orders of which something came back.
struct Conduct {
    std::int64_t calls = 0, refused = 0, limited = 0, replayed = 0, conflicting = 0, forged = 0, checkouts = 0, orders = 0, cancelled = 0, returned = 0;
};

struct ConductFinding {
    ConductKind kind = ConductKind::stood;
    AgentGrade grade = AgentGrade::good;
    std::int64_t count = 0, of = 0;
    double limit = 0;
    static constexpr Field fields[] = {
        field("kind", "stood: orders neither cancelled nor returned; forged: calls with a signature, key or mandate that is not what it says; conflicting: a used idempotency key with another body or while it still runs; limited: too many calls; refused: other calls answered with an error; replayed: calls repeated with their key; abandoned: checkouts that became no order; cancelled, returned: orders that were.",
              "stood 未取消且无退货的订单；forged 签名、密钥或授权书不实的调用；conflicting 幂等键用于不同内容或仍在处理中；limited 调用过多；refused 其他返回错误的调用；replayed 以同一键重复的调用；abandoned 未成交的结账；cancelled 取消的订单；returned 有退货的订单。"),
        field("grade", "What this alone would be rated.", "仅凭此项的评级。"), field("count", "How many.", "次数。"), field("of", "Of how many.", "总数。"), field("limit", "Share from which it has this grade, 0..1, surely exceeded; 0 for stood.", "达到该评级的占比下限（0 至 1），已确定超过；stood 为 0。")};
};
BOOST_DESCRIBE_STRUCT(ConductFinding, (), (kind, grade, count, of, limit))

struct AgentRating {
    AgentGrade grade = AgentGrade::unrated;
    std::vector<ConductFinding> findings;
    static constexpr Field fields[] = {field("grade", "unrated: too little was seen; good; watch; poor: the worst of the findings.", "unrated 数据太少；good 良好；watch 留意；poor 较差：取各项中最差者。"), field("findings", "What led to it, the worst first.", "依据，最差者在前。")};
};
BOOST_DESCRIBE_STRUCT(AgentRating, (), (grade, findings))

AgentRating rate(Conduct const&);

}  // namespace kindling::shop
