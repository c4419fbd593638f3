#include "modules/dialogue/synonym_desk.h"
#include "core/id.h"
#include "core/json_codec.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include "engines/text/analysis/synonyms.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/synonym_mining.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::dialogue {

using shop::Row, shop::Value;

namespace {

constexpr Milliseconds looked_back = 180LL * 86'400'000, searched_again = 5 * 60'000;

// A product counts once for a query in a visit: whoever clicks it ten times says it once.
Result<SearchLog> read_log(shop::Transaction& tx, Milliseconds now, std::int64_t& searches) {
    struct Visit {
        std::string query, before;
        Milliseconds at = 0, before_at = 0;
        bool clicked = false;
        std::set<std::pair<std::string, std::string>> counted;
    };
    SearchLog out;
    ByText<Visit> visits;
    Value const period[] = {tx.shop_id(), now - looked_back};
    TRY(tx.run("SELECT at_ms, kind, session_id, product_id, query, position FROM events WHERE shop_id = ? AND at_ms >= ? AND kind IN ('search', 'click') AND session_id <> '' ORDER BY seq", period, [&](Row const& row) -> Result<void> {
        auto& visit = visits[std::string(row.text(2))];
        auto const at = row.integer(0);
        auto query = to_utf8(surface_of(row.text(4)));
        if (row.text(1) == "search") {
            if (query.empty() || query.size() > 200) return {};
            ++searches, ++out.queries[query].searches;
            if (query == visit.query) return {};
            if (visit.clicked) visit.before.clear();
            else visit.before = visit.query, visit.before_at = visit.at;
            visit.query = std::move(query), visit.at = at, visit.clicked = false;
            return {};
        }
        if (row.is_null(5) || row.text(3).empty()) return {};  // not from a list
        if (query.empty()) query = visit.query;
        if (query.empty() || query.size() > 200) return {};
        std::string const product(row.text(3));
        if (visit.counted.insert({query, product}).second) ++out.queries[query].clicks[product];
        if (query == visit.query && !std::exchange(visit.clicked, true) && !visit.before.empty() && visit.at - visit.before_at <= searched_again) ++out.reformulated[{visit.before, query}];
        return {};
    }));
    return out;
}

// Latin words as they are typed, Chinese as the dictionary cuts it.
std::vector<std::string> words_of(ProductIndex const& index, std::string_view query) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < query.size();) {
        auto const end = std::min(query.find(' ', i), query.size());
        auto const piece = query.substr(i, end - i);
        i = end + 1;
        if (piece.empty()) continue;
        if (std::ranges::none_of(to_utf32(piece), is_han)) out.emplace_back(piece);
        else
            for (auto& word : index.words(piece, 16)) out.push_back(std::move(word));
    }
    return out;
}

std::vector<Meaning> meanings(Lexicon const& lexicon, std::string const& word) {
    auto const surface = surface_of(word);
    auto const found = lexicon.scan(surface);
    if (found.size() != 1 || found[0].begin != 0 || found[0].end != surface.size() || !found[0].corrected_from.empty()) return {};
    auto out = found[0].meanings;
    std::erase_if(out, [](Meaning const& m) { return m.strength == Meaning::Strength::part; });
    return out;
}

// Whatever the words of a phrase mean here: 无谷猫 speaks of cats.
std::vector<Meaning> senses(Lexicon const& lexicon, std::string const& phrase) {
    std::vector<Meaning> out;
    for (auto const& match : lexicon.scan(surface_of(phrase)))
        if (match.corrected_from.empty()) std::ranges::copy_if(match.meanings, std::back_inserter(out), [](Meaning const& m) { return m.strength != Meaning::Strength::part; });
    return out;
}

bool is_value(Meaning const& m) { return m.kind == Meaning::Kind::value && m.id >= 0 && m.value >= 0; }

// Cats and dogs: both speak of one attribute, and of no value together.
bool of_other_values(std::vector<Meaning> const& a, std::vector<Meaning> const& b) {
    bool one_attribute = false;
    for (auto const& x : a)
        for (auto const& y : b) {
            if (!is_value(x) || !is_value(y) || x.id != y.id) continue;
            if (x.value == y.value) return false;
            one_attribute = true;
        }
    return one_attribute;
}

// "Pets" for cats: a category with others below it, and a value that tells goods within it apart. Whoever clicks the same goods for both means less by one.
bool is_wider(Vocabulary const& words, std::vector<Meaning> const& wide, std::vector<Meaning> const& narrow) {
    auto const category = [](Meaning const& m) { return m.kind == Meaning::Kind::category; };
    auto const has_kinds = [&](Meaning const& m) { return category(m) && std::ranges::any_of(words.categories, [&](CategoryInfo const& c) { return c.parent_index == m.id; }); };
    return std::ranges::any_of(wide, has_kinds) && std::ranges::none_of(narrow, category) && std::ranges::any_of(narrow, is_value);
}

// Two values of one attribute, two categories, two brands: the catalogue says that they are two things. One thing already: nothing to add.
bool kept_apart(Live const& live, text::SynonymTable const& known, std::string const& a, std::string const& b) {
    auto const alternatives = known.alternatives(a);
    if (std::ranges::find(alternatives, b) != alternatives.end()) return true;
    for (auto const& x : meanings(*live.lexicon, a))
        for (auto const& y : meanings(*live.lexicon, b)) {
            if (x.kind != y.kind) continue;
            if (x.kind == Meaning::Kind::category || x.kind == Meaning::Kind::brand) return true;
            if (x.kind == Meaning::Kind::value && x.id == y.id) return true;
        }
    auto const of_a = senses(*live.lexicon, a), of_b = senses(*live.lexicon, b);
    return of_other_values(of_a, of_b) || is_wider(live.view->words(), of_a, of_b) || is_wider(live.view->words(), of_b, of_a);
}

json::value evidence_json(SynonymEvidence const& e) {
    json::array examples;
    for (auto const& s : e.examples) examples.emplace_back(s);
    return json::object{{"agreement", e.agreement}, {"shared_products", e.shared_products}, {"clicks_first", e.clicks_first}, {"clicks_second", e.clicks_second}, {"reformulations", e.reformulations}, {"contexts", e.contexts}, {"examples", std::move(examples)}};
}

struct Evidence {
    double agreement = 0;
    std::int64_t shared_products = 0, clicks_first = 0, clicks_second = 0, reformulations = 0, contexts = 0;
    std::vector<std::string> examples;
    static constexpr Field fields[] = {field("agreement"), field("shared_products"), field("clicks_first"), field("clicks_second"), field("reformulations"), field("contexts"), field("examples").defaulted()};
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (agreement, shared_products, clicks_first, clicks_second, reformulations, contexts, examples))

Result<std::vector<SynonymProposal>> stored(shop::Transaction& tx) {
    std::vector<SynonymProposal> out;
    Value const one[] = {tx.shop_id()};
    TRY(tx.run("SELECT proposal_id, first_words, second_words, state, evidence, found_at_ms, decided_at_ms FROM synonym_proposals WHERE shop_id = ? ORDER BY CASE state WHEN 'proposed' THEN 0 WHEN 'accepted' THEN 1 ELSE 2 END, position, first_words, second_words LIMIT 500", one, [&](Row const& row) -> Result<void> {
        auto const e = TRY(read_json<Evidence>(TRY(parse_json(row.text(4)))));
        out.push_back({.proposal_id = std::string(row.text(0)), .first = std::string(row.text(1)), .second = std::string(row.text(2)), .state = row.text(3) == "accepted" ? SynonymState::accepted : row.text(3) == "rejected" ? SynonymState::rejected : SynonymState::proposed, .agreement = e.agreement, .shared_products = e.shared_products, .clicks_first = e.clicks_first, .clicks_second = e.clicks_second, .reformulations = e.reformulations, .contexts = e.contexts, .found_at_ms = row.integer(5), .decided_at_ms = row.integer(6), .examples = e.examples});
        return {};
    }));
    return out;
}

// The setting as it is, with this pair in it or not; other groups stay as they were written.
Result<void> set_pair(Context& context, std::string const& first, std::string const& second, bool in_use) {
    auto& tx = context.tx();
    json::array groups;
    Value const one[] = {tx.shop_id()};
    TRY(tx.run("SELECT value FROM settings WHERE shop_id = ? AND name = 'synonyms'", one, [&](Row const& row) -> Result<void> {
        if (auto parsed = parse_json(row.text(0)); parsed && parsed->is_array()) groups = std::move(parsed->as_array());
        return {};
    }));
    json::value const pair = json::array{json::string(first), json::string(second)};
    auto const at = std::ranges::find(groups, pair);
    if (in_use == (at != groups.end())) return {};
    if (in_use) groups.push_back(pair);
    else groups.erase(at);
    TRY(tx.execute("DELETE FROM settings WHERE shop_id = ? AND name = 'synonyms'", tx.shop_id()));
    if (!groups.empty()) TRY(tx.execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (?, 'synonyms', ?, ?)", tx.shop_id(), to_text(json::value(groups)), context.now));
    tx.changed("setting", "synonyms");
    return {};
}

}  // namespace

Result<SynonymProposals> SynonymDesk::list(Context& context, Nothing const&) { return SynonymProposals{.proposals = TRY(stored(context.tx()))}; }

Result<SynonymProposals> SynonymDesk::find(Context& context, Nothing const&) {
    auto& tx = context.tx();
    auto const live = TRY(module_.live(context.shop_id, context.now));
    SynonymProposals out;
    auto const log = TRY(read_log(tx, context.now, out.searches));
    auto groups = text::commerce_synonyms();
    for (auto const& group : live.view->words().synonyms) groups.push_back(group);
    text::SynonymTable const known(groups);
    auto const found = mine_synonyms(log, {.words = [&](std::string_view query) { return words_of(*live.index, query); }, .apart = [&](std::string const& a, std::string const& b) { return kept_apart(live, known, a, b); }});
    // What is no longer borne out and was not decided goes.
    TRY(tx.execute("DELETE FROM synonym_proposals WHERE shop_id = ? AND state = 'proposed'", tx.shop_id()));
    auto const decided = TRY(stored(tx));
    std::int64_t position = 0;
    for (auto const& e : found) {
        ++position;
        auto const same = std::ranges::find_if(decided, [&](SynonymProposal const& p) { return p.first == e.first && p.second == e.second; });
        if (same != decided.end()) TRY(tx.execute("UPDATE synonym_proposals SET evidence = ?, position = ?, found_at_ms = ? WHERE shop_id = ? AND proposal_id = ?", to_text(evidence_json(e)), position, context.now, tx.shop_id(), same->proposal_id));
        else if (position <= 200) TRY(tx.execute("INSERT INTO synonym_proposals (shop_id, proposal_id, first_words, second_words, state, evidence, position, found_at_ms, decided_at_ms, decided_by) VALUES (?,?,?,?,'proposed',?,?,?,0,'')", tx.shop_id(), new_id("syn"), e.first, e.second, to_text(evidence_json(e)), position, context.now));
    }
    out.proposals = TRY(stored(tx));
    return out;
}

Result<SynonymProposals> SynonymDesk::decide(Context& context, DecideSynonym const& in) {
    auto& tx = context.tx();
    auto const all = TRY(stored(tx));
    auto const at = std::ranges::find(all, in.proposal_id, &SynonymProposal::proposal_id);
    if (at == all.end()) return fail(Errc::not_found, "proposal_not_found", "There is no such proposal.", {{"/proposal_id", "proposal_not_found", "is not a proposal of this shop; find them again"}});
    auto const wanted = in.decision == SynonymDecision::accept ? SynonymState::accepted : in.decision == SynonymDecision::reject ? SynonymState::rejected : SynonymState::proposed;
    TRY(set_pair(context, at->first, at->second, wanted == SynonymState::accepted));
    TRY(tx.execute("UPDATE synonym_proposals SET state = ?, decided_at_ms = ?, decided_by = ? WHERE shop_id = ? AND proposal_id = ?", std::string(name(wanted)), wanted == SynonymState::proposed ? 0 : context.now, context.caller.id, tx.shop_id(), in.proposal_id));
    return SynonymProposals{.proposals = TRY(stored(tx))};
}

std::vector<Operation> SynonymDesk::operations() {
    return {
        operation({.name = "dialogue.synonyms", .scenario = "25", .summary = {"Words that were found to mean the same, with what it stands on, and what was decided.", "列出发现的同义词、其依据与处理结果。"}, .permission = "dialogue.read"}, *this, &SynonymDesk::list),
        operation({.name = "dialogue.find_synonyms", .scenario = "25", .summary = {"Look in 180 days of searches and clicks for words that mean the same; proposes, and changes no search.", "从 180 天的搜索与点击中寻找同义词；仅提出建议，不影响搜索。"}, .effect = Effect::act, .permission = "dialogue.write"}, *this, &SynonymDesk::find),
        operation({.name = "dialogue.decide_synonym", .scenario = "25", .summary = {"Accept, reject or reopen a proposed pair; accepted pairs count for search and guide at once, both ways.", "接受、拒绝或撤回一对建议的同义词；接受后立即双向用于搜索与导购。"}, .effect = Effect::act, .permission = "dialogue.write", .reasons = {"proposal_not_found"}}, *this, &SynonymDesk::decide),
    };
}

}  // namespace kindling::dialogue
