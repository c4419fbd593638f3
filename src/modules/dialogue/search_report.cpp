#include "modules/dialogue/search_report.h"
#include "core/by_text.h"
#include "core/time.h"
#include "core/utf8.h"
#include "modules/dialogue/foreseen.h"
#include "modules/dialogue/understand.h"
#include "shop/people/time_zones.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace kindling::dialogue {

namespace {

constexpr Milliseconds attention = 30 * 60'000;  // a click later than this answers no search

constexpr std::string_view channels[] = {"page", "api", "agents", "guide"};
// Events of pages name the way by which their visit came to the shop, or web.
std::size_t channel_of(std::string_view written) {
    for (std::size_t i = 1; i < std::size(channels); ++i)
        if (written == channels[i]) return i;
    return 0;
}

struct Query {
    std::string written;
    std::array<std::int64_t, std::size(channels)> by_channel{};
    std::int64_t of_visits = 0;
    std::int64_t searches = 0, clicked = 0, visits = 0, visits_with_order = 0, positions = 0;
    double position_sum = 0;
    std::optional<std::int64_t> results;
};

struct Visit {
    std::vector<std::uint32_t> queries;  // each once
    Milliseconds searched_at = 0;
    std::uint32_t latest = 0;
    std::size_t day = 0;                 // of the latest search
    bool clicked = false, bought = false;
};

class Reader {
public:
    Reader(shop::WallClock local, Milliseconds now, std::int64_t days, std::string_view only) : local_(std::move(local)), only_(only) {
        for (auto const name : channels) report.channels.push_back({.channel = std::string(name)});
        first_ = local_.day(now) - days + 1;
        report.days.resize(static_cast<std::size_t>(days));
        for (std::int64_t d = 0; d < days; ++d) report.days[static_cast<std::size_t>(d)].day = first_ + d;
    }
    void event(Milliseconds at, std::string_view kind, std::string_view session, std::string_view query, std::optional<std::int64_t> results, std::optional<std::int64_t> position, std::string_view channel) {
        if (kind == "search") return search(at, session, query, results, channel_of(channel));
        auto const found = session.empty() ? visits_.end() : visits_.find(session);
        if (found == visits_.end()) return;
        if (kind == "purchase") found->second.bought = true;
        else if (position && at - found->second.searched_at <= attention) click(found->second, *position);
    }
    SearchReport finish(std::size_t limit);
    SearchReport report;

private:
    void search(Milliseconds at, std::string_view session, std::string_view written, std::optional<std::int64_t> results, std::size_t channel) {
        auto const day = local_.day(at) - first_;
        auto surface = to_utf8(surface_of(written));
        if (surface.empty() || day < 0 || day >= static_cast<std::int64_t>(report.days.size())) return;
        ++report.channels[channel].searches, report.channels[channel].without_results += results == 0;
        if (!only_.empty() && only_ != channels[channel]) return;
        auto const [place, fresh] = ids_.try_emplace(std::move(surface), static_cast<std::uint32_t>(queries_.size()));
        if (fresh) queries_.push_back({.written = std::string(written)});
        auto& q = queries_[place->second];
        ++q.searches, ++q.by_channel[channel], ++report.searches, ++report.days[static_cast<std::size_t>(day)].searches;
        if (results) q.results = results;
        if (results == 0) ++report.without_results, ++report.days[static_cast<std::size_t>(day)].without_results;
        if (session.empty()) return;
        ++q.of_visits, ++report.of_visits;
        auto& visit = visits_[std::string(session)];
        if (std::ranges::find(visit.queries, place->second) == visit.queries.end()) visit.queries.push_back(place->second);
        visit.latest = place->second, visit.searched_at = at, visit.day = static_cast<std::size_t>(day), visit.clicked = false;
    }
    void click(Visit& visit, std::int64_t position) {
        auto& q = queries_[visit.latest];
        ++q.positions, q.position_sum += static_cast<double>(position);
        if (std::exchange(visit.clicked, true)) return;
        ++q.clicked, ++report.clicked, ++report.days[visit.day].clicked;
    }

    shop::WallClock local_;
    std::string_view only_;
    Day first_ = 0;
    ByText<std::uint32_t> ids_;
    std::vector<Query> queries_;
    ByText<Visit> visits_;
};

double share(std::int64_t part, std::int64_t whole) { return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0; }

SearchReport Reader::finish(std::size_t limit) {
    for (auto const& [session, visit] : visits_) {
        if (visit.bought) ++report.visits_with_order;
        for (auto const q : visit.queries) ++queries_[q].visits, queries_[q].visits_with_order += visit.bought;
    }
    report.visits = static_cast<std::int64_t>(visits_.size()), report.queries = static_cast<std::int64_t>(queries_.size());
    std::int64_t positions = 0;
    double position_sum = 0;
    for (auto const& q : queries_) positions += q.positions, position_sum += q.position_sum;
    if (positions > 0) report.mean_position = position_sum / static_cast<double>(positions);
    auto const from = [](Query const& q) {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < std::size(channels); ++i)
            if (q.by_channel[i] > 0) order.push_back(i);
        std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return q.by_channel[i]; });
        std::vector<std::string> names;
        for (auto const i : order) names.emplace_back(channels[i]);
        return names;
    };
    auto const list = [&](auto const& wanted, auto const& weight) {
        std::vector<Query const*> chosen;
        for (auto const& q : queries_)
            if (wanted(q)) chosen.push_back(&q);
        std::ranges::sort(chosen, [&](Query const* a, Query const* b) { return weight(*a) != weight(*b) ? weight(*a) > weight(*b) : a->written < b->written; });
        if (chosen.size() > limit) chosen.resize(limit);
        std::vector<SearchedQuery> out;
        for (auto const* q : chosen)
            out.push_back({q->written, q->searches, q->visits, q->results, share(q->clicked, q->of_visits), share(q->visits_with_order, q->visits), q->positions ? std::optional(q->position_sum / static_cast<double>(q->positions)) : std::nullopt, from(*q)});
        return out;
    };
    auto const often = [](Query const& q) { return static_cast<double>(q.searches); };
    report.most_searched = list([](Query const&) { return true; }, often);
    report.nothing_found = list([](Query const& q) { return q.results == 0; }, often);
    // How far below the shop's own rate, in standard errors: two clicks fewer of ten are chance, two hundred fewer of a thousand are not.
    double const usual = share(report.clicked, report.of_visits - std::min(report.of_visits, report.without_results));
    auto const lacking = [&](Query const& q) { return (usual - share(q.clicked, q.of_visits)) * std::sqrt(static_cast<double>(q.of_visits)); };
    report.seldom_clicked = list([&](Query const& q) { return q.results != 0 && q.of_visits >= 10 && lacking(q) > std::sqrt(usual * (1 - usual)); }, lacking);
    return std::move(report);
}

}  // namespace

Result<SearchReport> search_report(Context& context, AskSearchReport const& in) {
    if (!in.channel.empty() && std::ranges::find(channels, in.channel) == std::end(channels)) return fail(Errc::invalid_argument, "invalid_request", "There is no such channel.", {{"/channel", "unknown_value", "expected page, api, agents or guide"}});
    auto& tx = context.tx();
    Reader reader(TRY(shop::WallClock::of(tx)), context.now, in.days, in.channel);
    // A day more than asked for: the first day begins where the shop is. The reader leaves out what lies before it.
    shop::Value const period[] = {tx.shop_id(), context.now - (in.days + 1) * 86'400'000};
    TRY(tx.run("SELECT at_ms, kind, session_id, query, results, position, channel FROM events WHERE shop_id = ? AND at_ms >= ? AND kind IN ('search', 'click', 'purchase') ORDER BY seq", period, [&](shop::Row const& row) -> Result<void> {
        auto const optional = [&](int c) { return row.is_null(c) ? std::nullopt : std::optional(row.integer(c)); };
        reader.event(row.integer(0), row.text(1), row.text(2), row.text(3), optional(4), optional(5), row.text(6));
        return {};
    }));
    return reader.finish(static_cast<std::size_t>(in.limit));
}

void foresee_queries(Live const& live, SearchReport& report) {
    struct Known { std::vector<LikelyCategory> categories; std::vector<ForeseenValue> values; SearchIntent intent = SearchIntent::buy; };
    ByText<Known> known;   // a query may be in several lists
    for (auto* list : {&report.most_searched, &report.nothing_found, &report.seldom_clicked})
        for (auto& q : *list) {
            auto const [at, fresh] = known.try_emplace(q.query);
            if (fresh) {
                auto const reading = understand(q.query, *live.view, *live.lexicon, {});
                at->second.intent = search_intent(*live.view, reading, q.query);
                auto const& words = reading.needs.empty() ? q.query : reading.needs;
                at->second.values = told_of(*live.view, foresee(live, q.query, reading), {});
                bool const names_kind = std::ranges::any_of(reading.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category; });
                if (live.categories && live.index && !names_kind)
                    for (auto const& likely : live.categories->predict(*live.view, *live.index, words)) {
                        auto const& c = live.view->words().categories[static_cast<std::size_t>(likely.category)];
                        at->second.categories.push_back({c.id, c.label.en, c.label.zh, likely.probability, 0});
                    }
            }
            q.likely_categories = at->second.categories, q.foreseen = at->second.values, q.intent = at->second.intent;
        }
}

}  // namespace kindling::dialogue
