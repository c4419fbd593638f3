// modules/dialogue/synonym_desk.h -- synonyms proposed from what shoppers did, decided by people of the shop, used by search and guide, taken back.
//
// Finding them (synonym_mining.h) changes nothing. What is accepted joins the shop's setting `synonyms`, which search and guide read, both ways; what is
// reopened leaves it again, and nothing else of the setting is touched. What was rejected is not proposed again until it is reopened.
#pragma once
#include "modules/dialogue/api.h"

namespace kindling::dialogue {

enum class SynonymState { proposed, accepted, rejected };
BOOST_DESCRIBE_ENUM(SynonymState, proposed, accepted, rejected)

struct SynonymProposal {
    std::string proposal_id, first, second;
    SynonymState state = SynonymState::proposed;
    double agreement = 0;
    std::int64_t shared_products = 0, clicks_first = 0, clicks_second = 0, reformulations = 0, contexts = 0, found_at_ms = 0, decided_at_ms = 0;
    std::vector<std::string> examples;
    static constexpr Field fields[] = {
        field("proposal_id", "Proposal.", "建议编号。"), field("first", "One word, or several.", "其中一个词（或词组）。"), field("second", "The other.", "另一个词。"), field("state", "proposed, accepted (in use) or rejected.", "proposed 待定、accepted 已启用或 rejected 已拒绝。"),
        field("agreement", "How alike what was clicked for both is, 0..1.", "两者被点击商品的一致程度，0..1。"), field("shared_products", "Products that were clicked for both.", "两者都被点击的商品数。"), field("clicks_first", "Clicks of searches with the first.", "含前一个词的搜索的点击数。"), field("clicks_second", "Clicks of searches with the second.", "含后一个词的搜索的点击数。"),
        field("reformulations", "Visits that clicked nothing for one of them, searched the other and clicked.", "搜索其一未点击、改搜另一个后点击的访问数。"), field("contexts", "Pairs of searches that differ in these words alone.", "仅在这两个词上不同的搜索对数。"), field("found_at_ms", "When it was found last.", "最近发现时间。"), field("decided_at_ms", "When it was decided; 0: not yet.", "决定时间；0 为未决定。"), field("examples", "Searches it stands on.", "依据的搜索词。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(SynonymProposal, (), (proposal_id, first, second, state, agreement, shared_products, clicks_first, clicks_second, reformulations, contexts, found_at_ms, decided_at_ms, examples))

struct SynonymProposals {
    std::vector<SynonymProposal> proposals;
    std::int64_t searches = 0;
    static constexpr Field fields[] = {field("proposals", "Undecided first, then by strength; at most 500.", "未决定的在前，其后按强度；最多 500 条。"), field("searches", "Searches that were read to find them; 0 when they were only listed.", "本次读取的搜索数；仅列出时为 0。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(SynonymProposals, (), (proposals, searches))

enum class SynonymDecision { accept, reject, reopen };
BOOST_DESCRIBE_ENUM(SynonymDecision, accept, reject, reopen)

struct DecideSynonym {
    std::string proposal_id;
    SynonymDecision decision = SynonymDecision::accept;
    static constexpr Field fields[] = {field("proposal_id", "Which proposal.", "哪条建议。").longest(64), field("decision", "accept: used by search and guide at once, both ways; reject: not proposed again; reopen: takes either back.", "accept 立即双向用于搜索与导购；reject 不再建议；reopen 撤回决定。")};
};
BOOST_DESCRIBE_STRUCT(DecideSynonym, (), (proposal_id, decision))

class SynonymDesk {
public:
    explicit SynonymDesk(Module& module) : module_(module) {}
    std::vector<Operation> operations();

private:
    Result<SynonymProposals> list(Context&, Nothing const&);
    Result<SynonymProposals> find(Context&, Nothing const&);
    Result<SynonymProposals> decide(Context&, DecideSynonym const&);
    Module& module_;
};

}  // namespace kindling::dialogue
