// forecast.unmet_needs: what visitors asked for and did not find, gathered into needs with size and trend.
//
// A search without a result, or a talk with the guide after which its visit opened nothing, is one request. Requests of the same words are one; then, most asked first, each joins the need
// whose words it shares most (cosine over pairs of Han characters and stemmed Latin words, weighed by how rare they are) from .45 on, or begins its own. Only words of several visits are shown.
#include "core/utf8.h"
#include "engines/text/analysis/analyzer.h"
#include "modules/forecast/understand.h"
#include "shop/people/time_zones.h"
#include "shop/decisions/decisions.h"
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace kindling::forecast {

namespace {

using shop::Row, shop::Transaction, shop::Value;

struct Asked { std::unordered_set<std::string> sessions; std::int64_t searches = 0, talks = 0; Milliseconds last = 0; std::int64_t newer = 0, older = 0; };
struct Request { std::string session, query; Milliseconds at = 0; bool talk = false; };

struct Visits {
    std::vector<Request> requests;                                       // that found nothing
    std::unordered_set<std::string> searched, failed, opened, ordered;   // sessions
};

Result<Visits> read_visits(Transaction& tx, Milliseconds from, Milliseconds until) {
    Visits v;
    std::vector<Request> talks;
    Value const span[] = {tx.shop_id(), from, until};
    TRY(tx.run("SELECT kind, session_id, query, results, at_ms FROM events WHERE shop_id = ? AND at_ms >= ? AND at_ms < ? AND session_id <> '' AND (kind = 'search' OR kind = 'dialogue' OR kind = 'view' OR kind = 'cart' OR kind = 'purchase')", span, [&](Row const& row) -> Result<void> {
        auto const kind = row.text(0);
        std::string session(row.text(1));
        if (kind == "search" || kind == "dialogue") {
            if (row.text(2).empty()) return {};
            v.searched.insert(session);
            if (kind == "search" && !row.is_null(3) && row.integer(3) == 0) v.failed.insert(session), v.requests.push_back({session, std::string(row.text(2)), row.integer(4), false});
            if (kind == "dialogue") talks.push_back({session, std::string(row.text(2)), row.integer(4), true});
        } else if (kind == "purchase") v.ordered.insert(session);
        else v.opened.insert(std::move(session));
        return {};
    }));
    for (auto& t : talks)
        if (!v.opened.contains(t.session) && !v.ordered.contains(t.session)) v.failed.insert(t.session), v.requests.push_back(std::move(t));
    return v;
}

using Words = std::map<std::string, double>;

double cosine(Words const& a, Words const& b) {
    double both = 0, one = 0, two = 0;
    for (auto const& [w, x] : a) { one += x * x; if (auto const f = b.find(w); f != b.end()) both += x * f->second; }
    for (auto const& [_, x] : b) two += x * x;
    return one > 0 && two > 0 ? both / std::sqrt(one * two) : 0;
}

struct Cluster { std::vector<std::string> queries; Words words; Asked asked; };

Result<std::vector<Cluster>> cluster(std::map<std::string, Asked> const& asked) {
    auto const analyzer = TRY(text::Analyzer::create({.dictionary_path = {}}));
    std::vector<std::pair<std::string, Words>> all;
    std::map<std::string, double> documents;
    for (auto const& [query, _] : asked) {
        Words words;
        std::vector<std::vector<std::string>> at;
        for (auto const& t : analyzer->analyze(query, text::Mode::query)) { if (at.size() <= t.position) at.resize(t.position + 1); at[t.position].push_back(t.term); }
        // The stem, the last of a place's alternatives, stands for all of them.
        for (auto const& terms : at) if (!terms.empty()) words[terms.back()] = 1;
        for (auto const& [w, x] : words) documents[w] += x;
        all.emplace_back(query, std::move(words));
    }
    auto const n = static_cast<double>(all.size());
    for (auto& [_, words] : all) for (auto& [w, x] : words) x = std::log(1 + n / documents[w]);
    std::ranges::stable_sort(all, [&](auto const& a, auto const& b) { return asked.at(a.first).sessions.size() > asked.at(b.first).sessions.size(); });
    std::vector<Cluster> out;
    std::unordered_map<std::string, std::vector<std::size_t>> by_word;
    for (auto const& [query, words] : all) {
        std::set<std::size_t> near;
        for (auto const& [w, _] : words) if (auto const f = by_word.find(w); f != by_word.end()) near.insert(f->second.begin(), f->second.end());
        std::optional<std::size_t> best;
        double most = 0.45;
        for (auto const c : near) if (auto const s = cosine(words, out[c].words); s >= most) most = s, best = c;
        if (!best) {
            best = out.size(), out.push_back({.queries = {}, .words = words, .asked = {}});
            for (auto const& [w, _] : words) by_word[w].push_back(*best);
        }
        auto& c = out[*best];
        auto const& own = asked.at(query);
        c.queries.push_back(query), c.asked.sessions.insert(own.sessions.begin(), own.sessions.end());
        c.asked.searches += own.searches, c.asked.talks += own.talks, c.asked.last = std::max(c.asked.last, own.last), c.asked.newer += own.newer, c.asked.older += own.older;
    }
    return out;
}

Result<UnmetNeeds> find(Transaction& tx, AskUnmet const& in) {
    auto const last = TRY(tx.integer("SELECT MAX(at_ms) FROM events WHERE shop_id = ?", tx.shop_id()));
    UnmetNeeds out{.needs = {}, .days = in.days, .sessions = 0, .sessions_unmet = 0, .conversion = 0};
    if (last == 0) return out;
    auto days = TRY(shop::WallClock::of(tx));
    auto const until = last + 1, from = until - in.days * milliseconds_per_day, middle = until - in.days * milliseconds_per_day / 2;
    auto const visits = TRY(read_visits(tx, from, until));
    std::map<std::string, Asked> asked;
    Milliseconds first = until;
    for (auto const& r : visits.requests) {
        auto& a = asked[std::string(utf8_prefix(r.query, 200))];
        ++(r.talk ? a.talks : a.searches), a.last = std::max(a.last, r.at), first = std::min(first, r.at);
        if (a.sessions.insert(r.session).second) ++(r.at >= middle ? a.newer : a.older);
    }
    std::int64_t fine = 0, bought = 0;
    for (auto const& s : visits.searched) if (!visits.failed.contains(s)) ++fine, bought += visits.ordered.contains(s);
    out.sessions = static_cast<std::int64_t>(visits.searched.size()), out.sessions_unmet = static_cast<std::int64_t>(visits.failed.size());
    out.conversion = fine > 0 ? static_cast<double>(bought) / static_cast<double>(fine) : 0;
    // Where the same visits looked.
    std::unordered_map<std::string, std::map<std::string, std::int64_t>> looked;
    Value const span[] = {tx.shop_id(), from, until};
    TRY(tx.run("SELECT e.session_id, p.category_id FROM events e JOIN products p ON p.shop_id = e.shop_id AND p.product_id = e.product_id WHERE e.shop_id = ? AND e.at_ms >= ? AND e.at_ms < ? AND e.kind = 'view' AND e.session_id <> ''", span, [&](Row const& row) -> Result<void> {
        std::string session(row.text(0));
        if (visits.failed.contains(session)) ++looked[session][std::string(row.text(1))];
        return {};
    }));
    // A log that is younger than the span: its own length is what paces are counted by.
    auto const logged = std::clamp<double>(static_cast<double>(until - first) / static_cast<double>(milliseconds_per_day), 1, static_cast<double>(in.days));
    for (auto& c : TRY(cluster(asked))) {
        auto const sessions = static_cast<std::int64_t>(c.asked.sessions.size());
        if (sessions < in.least_sessions) continue;
        UnmetNeed n{.words = c.queries.front(), .examples = {}, .sessions = sessions, .searches = c.asked.searches, .talks = c.asked.talks, .sessions_28 = static_cast<double>(sessions) * 28 / logged, .growth = 1, .category_id = {}, .last_day = format_date(days.day(c.asked.last)), .orders_28 = 0};
        for (std::size_t i = 1; i < c.queries.size() && n.examples.size() < 5; ++i) if (asked.at(c.queries[i]).sessions.size() >= 2) n.examples.push_back(c.queries[i]);
        if (asked.at(n.words).sessions.size() < 2) continue;  // nobody's own words stand for others
        auto const newer = static_cast<double>(c.asked.newer), older = static_cast<double>(c.asked.older);
        if (logged > static_cast<double>(in.days) * 0.9) {
            n.growth = (newer + 0.5) / (older + 0.5);
            n.growing = newer - older > 2 * std::sqrt(newer + older), n.fading = older - newer > 2 * std::sqrt(newer + older);
        }
        std::map<std::string, std::int64_t> categories;
        for (auto const& s : c.asked.sessions) if (auto const f = looked.find(s); f != looked.end()) for (auto const& [id, times] : f->second) categories[id] += times;
        if (!categories.empty()) n.category_id = std::ranges::max_element(categories, {}, [](auto const& x) { return x.second; })->first;
        n.orders_28 = n.sessions_28 * out.conversion;
        out.needs.push_back(std::move(n));
    }
    std::ranges::stable_sort(out.needs, std::greater<>{}, &UnmetNeed::sessions);
    if (out.needs.size() > static_cast<std::size_t>(in.most)) out.needs.resize(static_cast<std::size_t>(in.most));
    return out;
}

// Of the decision that hands a need on, and by which it is known again.
std::string title_of(std::string const& words) { return std::string(utf8_prefix("Find or make: " + words, 300)); }

}  // namespace

Result<UnmetNeeds> unmet_needs(Context& context, AskUnmet const& in) {
    auto const tx = TRY(context.services.store->read(context.shop_id));
    auto out = TRY(find(*tx, in));
    std::set<std::string, std::less<>> open;
    Value const shop[] = {tx->shop_id()};
    TRY(tx->run("SELECT title_en FROM decisions WHERE shop_id = ? AND kind = 'unmet_need' AND state = 'proposed'", shop, [&](Row const& row) -> Result<void> { open.emplace(row.text(0)); return {}; }));
    for (auto& n : out.needs) n.handed_on = open.contains(title_of(n.words));
    return out;
}

Result<HandedOn> hand_on_need(Context& context, HandOn const& in) {
    auto& tx = context.tx();
    auto const all = TRY(find(tx, {.days = 56, .least_sessions = 3, .most = 200}));
    auto const need = std::ranges::find(all.needs, in.words, &UnmetNeed::words);
    if (need == all.needs.end()) return fail(Errc::not_found, "need_not_found", "Nobody asked for that of late; forecast.unmet_needs lists what was asked for.", {{"/words", "need_not_found", "is not among the unmet needs"}});
    if (TRY(tx.integer("SELECT COUNT(*) FROM decisions WHERE shop_id = ? AND kind = 'unmet_need' AND state = 'proposed' AND title_en = ?", tx.shop_id(), title_of(in.words))) > 0)
        return fail(Errc::conflict, "handed_on_already", "This need was handed on already and nobody decided yet.");
    json::array evidence;
    auto const add = [&](std::string_view label, std::string_view en, std::string_view zh, std::string value) { evidence.push_back(json::object{{"label", label}, {"text_en", en}, {"text_zh", zh}, {"value", std::move(value)}, {"link", "/forecast"}}); };
    add("words", "What was asked for", "顾客所求", in.words);
    add("sessions", "Visits that found nothing", "未得到满足的访问", std::to_string(need->sessions)), add("growth", "Newer half beside the older", "后半段与前半段之比", fmt::format("{:.2f}", need->growth)), add("orders_28", "Orders in 28 days, were it to convert as other searches", "按其他搜索转化估算的 28 天订单", fmt::format("{:.1f}", need->orders_28));
    for (auto const& e : need->examples) add("example", "Also asked as", "其他说法", e);
    if (!need->category_id.empty()) add("category", "Looked at most beside it", "同时浏览最多的类目", need->category_id);
    shop::Decision d{.scenario = "10", .kind = "unmet_need", .title_en = title_of(in.words), .title_zh = std::string(utf8_prefix("补充或开发：" + in.words, 300)), .reason_en = fmt::format("{} visits of {} days asked for it and found nothing{}.", need->sessions, all.days, need->growing ? ", more and more" : need->fading ? ", fewer and fewer" : ""), .reason_zh = fmt::format("{} 天内有 {} 次访问提出该需求而无结果{}。", all.days, need->sessions, need->growing ? "，且在增长" : need->fading ? "，且在减少" : ""), .evidence = std::move(evidence), .measure = "Visits that ask for it and find something afterwards, and what they buy.", .expires_at_ms = context.now + 60 * milliseconds_per_day};
    return HandedOn{TRY(shop::propose_decision(context, std::move(d)))};
}

}  // namespace kindling::forecast
