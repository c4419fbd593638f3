#include "shop/analysis/work.h"
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <sstream>

namespace kindling::shop::analysis {

std::string Watermark::text() const { return fmt::format("{} {} {} {} {}", version, zone, rows, returns, changes); }

std::optional<Watermark> Watermark::parse(std::string const& text) {
    std::istringstream in(text);
    Watermark w;
    if (in >> w.version >> w.zone >> w.rows >> w.returns >> w.changes) return w;
    return {};
}

ShopFacts::ShopFacts(Store& store, std::filesystem::path folder, std::int64_t shop_id) : store_(store), folder_(std::move(folder)), shop_id_(shop_id) {}

void ShopFacts::note(Change const& change) {
    std::lock_guard const lock(notes_mutex_);
    if (change.kind == "order" && !change.id.empty()) notes_.orders.insert(change.id);
    else if (change.kind == "product" && !change.id.empty()) notes_.products.insert(change.id);
    else if (change.kind == "product") notes_.all_products = true;
    else if (change.kind == "forgotten" && !change.id.empty()) notes_.forgotten.insert(change.id);
    else if (change.kind == "removed" || change.kind == "forgotten") notes_.removed = true;  // compared anew, which asks who was forgotten
    else if (change.kind != "order" && change.kind != "return" && change.kind != "event" && change.kind != "stock" && change.kind != "setting") return;
    noted_ = true;
}

std::string ShopFacts::stored_watermark(Table t) const {
    auto const table = facts::Table::open(folder_of(t));
    return table && table->schema() == schema_of(t) ? table->watermark() : "";
}

Result<facts::Table> ShopFacts::open(Table t) const {
    auto table = TRY(facts::Table::open(folder_of(t)));
    std::lock_guard const lock(snapshots_mutex_);
    auto& known = snapshots_[static_cast<std::size_t>(t)];
    if (!known || known->commits() != table.commits() || known->watermark() != table.watermark()) known = std::move(table);
    return *known;
}

std::string ShopFacts::last_error() const {
    std::lock_guard const lock(notes_mutex_);
    return last_error_;
}

Result<ShopFacts::Heads> ShopFacts::heads(Transaction& tx) const {
    Heads h;
    Value const values[] = {shop_id_};
    h.zone = TRY(shop_time_zone(tx));
    if (h.zone.empty() || h.zone.find(' ') != std::string::npos) h.zone = "Etc/UTC";
    TRY(tx.run("SELECT name, value FROM counters WHERE shop_id = ?", values, [&](Row const& row) -> Result<void> {
        auto const name = row.text(0);
        for (auto const& [counter, head] : {std::pair("order_lines", &h.lines), std::pair("returns", &h.returns), std::pair("events", &h.events), std::pair("stock_moves", &h.moves)})
            if (name == counter) *head = row.integer(1);
        return {};
    }));
    return h;
}

Result<facts::Appender*> ShopFacts::appender(Table t, facts::Start start) {
    auto& held = appenders_[static_cast<std::size_t>(t)];
    if (start == facts::Start::from_nothing) held.reset();
    if (!held) held = TRY(facts::Appender::open(folder_of(t), schema_of(t), {.start = start}));
    return held.get();
}

Result<CaughtUp> ShopFacts::catch_up(Progress const& progress) {
    std::lock_guard const lock(work_mutex_);
    return work_or_heal(progress);
}

Result<CaughtUp> ShopFacts::work_or_heal(Progress const& progress) {
    auto done = work(progress, {});
    // Damage shows only where a column is read; which one it was does not matter, the store has everything.
    if (!done && done.error().reason == "facts_corrupt") {
        {
            std::lock_guard const snapshots(snapshots_mutex_);
            snapshots_ = {};
        }
        done = work(progress, all_tables);
    }
    return done;
}

Result<bool> ShopFacts::catch_up_within(std::chrono::milliseconds time, Progress const& progress) {
    std::unique_lock const lock(work_mutex_, time);
    if (!lock) return false;
    return TRY(work_or_heal(progress)) == CaughtUp::yes;
}

Result<void> ShopFacts::rebuild(std::span<Table const> tables, Progress const& progress) {
    std::lock_guard const lock(work_mutex_);
    compared_ = false;
    {
        std::lock_guard const snapshots(snapshots_mutex_);
        snapshots_ = {};  // they may be the damaged ones
    }
    if (TRY(work(progress, tables)) == CaughtUp::elsewhere) return fail(Errc::conflict, "facts_locked", "Another process is writing these facts; ask it, or stop it first.");
    return {};
}

void ShopFacts::rest() {
    std::lock_guard const lock(work_mutex_);
    for (auto& a : appenders_) a.reset();
    std::lock_guard const snapshots(snapshots_mutex_);
    snapshots_ = {};
}

Result<CaughtUp> ShopFacts::work(Progress const& progress, std::span<Table const> rebuild) {
    Notes notes;
    {
        std::lock_guard const lock(notes_mutex_);
        notes = std::exchange(notes_, {});
        noted_ = false;
    }
    auto const done = [&]() -> Result<CaughtUp> {
        std::array<std::string, table_count> marks;
        for (auto t : all_tables) marks[static_cast<std::size_t>(t)] = stored_watermark(t);
        auto const tx = TRY(store_.read(shop_id_));
        auto const now = TRY(heads(*tx));
        if (zone_ != now.zone || !days_) days_.emplace(now.zone), zone_ = now.zone;
        Work w{.tx = *tx, .heads = now, .reader = {*tx, *days_, forgotten_, progress}, .notes = std::move(notes), .marks = std::move(marks)};
        for (auto t : rebuild) w.fresh(t) = true;
        // Sequences do not tell of rows that were taken away: the counts do.
        if (w.notes.removed) compared_ = false;
        TRY(find_forgotten(w));
        TRY(find_moved_products(w));
        w.changed_orders.insert(w.notes.orders.begin(), w.notes.orders.end());
        auto const pass = [&]() -> Result<void> {
            w.lines_before = w.mark(Table::order_lines), w.moves_before = w.mark(Table::stock_moves);
            for (auto t : {Table::order_lines, Table::events, Table::stock_moves}) {
                auto read = read_table(w, t, w.fresh(t));
                if (!read && read.error().reason == "facts_corrupt" && !w.fresh(t)) read = read_table(w, t, true);
                if (!read && read.error().reason == "facts_locked") w.elsewhere = true;
                else TRY(read);
            }
            if (w.elsewhere) return {};
            auto derived = derive(w, w.fresh(Table::daily_sales) || w.fresh(Table::order_lines));
            if (!derived && derived.error().reason == "facts_corrupt") derived = derive(w, true);
            if (!derived && derived.error().reason == "facts_locked") return w.elsewhere = true, Result<void>();
            return derived;
        };
        TRY(pass());
        if (!compared_ && !w.elsewhere) {
            w.changed_orders.clear(), w.afresh = {}, w.touched = {};
            TRY(compare_with_store(w));
            if (!w.changed_orders.empty() || std::ranges::find(w.afresh, true) != w.afresh.end()) TRY(pass());
            compared_ = true;
        }
        return w.elsewhere ? CaughtUp::elsewhere : CaughtUp::yes;
    }();
    {
        std::lock_guard const lock(notes_mutex_);
        last_error_ = done ? "" : done.error().message;
    }
    // The notes are used up: what they said is found again by comparing.
    if (!done) compared_ = false, state_of_.clear(), category_of_.clear();
    return done;
}

Result<void> ShopFacts::read_table(Work& w, Table t, bool afresh) {
    auto const before = Watermark::parse(w.mark(t));
    auto const& h = w.heads;
    auto const until = t == Table::order_lines ? h.lines : t == Table::events ? h.events : h.moves;
    auto const returns = t == Table::order_lines ? h.returns : 0;
    // A head below the watermark: the store is another one, such as a backup that was restored.
    if (!before || before->version != facts_version || before->zone != h.zone || before->rows > until || before->returns > returns) afresh = true;
    auto changed = std::vector<std::string>();
    if (t == Table::order_lines && !afresh)
        for (auto const& id : w.changed_orders) {
            std::string state;
            Value const values[] = {shop_id_, id};
            TRY(w.tx.run("SELECT status, customer_id FROM orders WHERE shop_id = ? AND order_id = ?", values, [&](Row const& row) -> Result<void> { state = fmt::format("{} {}", row.text(0), row.text(1)); return {}; }));
            if (state_of_[id] == state) continue;
            state_of_[id] = state;
            changed.push_back(id);
        }
    if (state_of_.size() > 100'000) state_of_.clear();
    if (!afresh && before->rows == until && before->returns == returns && changed.empty()) return {};
    if (changed.size() > 20'000) afresh = true;

    w.fresh(t) = afresh;
    auto* const to = TRY(appender(t, afresh ? facts::Start::from_nothing : facts::Start::existing));
    // What was committed may have moved on, in another process, since we looked.
    auto const at = afresh ? Watermark{} : Watermark::parse(to->watermark()).value_or(Watermark{});
    if (at.rows > until || at.returns > returns) return {};
    auto const mark = Watermark{.zone = h.zone, .rows = until, .returns = returns, .changes = std::max(at.changes, before ? before->changes : 0) + 1}.text();
    auto const read = [&]() -> Result<void> {
        SequenceRange const rows{at.rows, until}, back{at.returns, returns};
        if (t == Table::events) return w.reader.events(*to, rows, w.touched);
        if (t == Table::stock_moves) return w.reader.stock_moves(*to, rows, w.touched);
        if (!changed.empty()) {
            std::vector<facts::Value> ids(changed.begin(), changed.end());
            TRY(to->erase(facts::one_of("order_id", std::move(ids))));
            TRY(w.reader.lines_of_orders(*to, changed, {0, at.rows}, {0, at.returns}, w.touched));
        }
        return w.reader.order_lines(*to, rows, back, w.touched);
    };
    auto done = read();
    if (done) done = to->commit(mark);
    if (done) w.mark(t) = mark, ++commits_;
    else appenders_[static_cast<std::size_t>(t)].reset();  // with the rows that were not committed
    if (done && t == Table::order_lines) category_of_.clear();
    return done;
}

Result<void> ShopFacts::derive(Work& w, bool afresh) {
    auto const lines = TRY(open(Table::order_lines)), moves = TRY(open(Table::stock_moves));
    auto const source = lines.watermark() + " | " + moves.watermark(), expected = w.lines_before + " | " + w.moves_before;
    auto const stored = stored_watermark(Table::daily_sales);
    if (!afresh && stored == source) return {};
    if (stored != expected) afresh = true;
    std::vector<DaySpan> spans;
    if (!afresh) {
        auto days = w.touched.lines;
        if (w.touched.moves_since) {
            // Every day from there on may close differently; days without rows need no deriving.
            for (auto const& s : TRY(all_days(lines, moves)))
                for (auto d = std::max(s.first, *w.touched.moves_since); d <= s.last; ++d) days.insert(d);
        }
        for (auto d : days) {
            if (!spans.empty() && spans.back().last + 1 == d) spans.back().last = d;
            else spans.push_back({d, d});
        }
        if (spans.size() > 100) afresh = true;
    }
    if (afresh) spans = TRY(all_days(lines, moves));
    auto* const to = TRY(appender(Table::daily_sales, afresh ? facts::Start::from_nothing : facts::Start::existing));
    auto const write = [&]() -> Result<void> {
        if (!afresh && !spans.empty()) {
            auto those = facts::between("day", std::int64_t(spans[0].first), std::int64_t(spans[0].last));
            for (auto const& s : std::span(spans).subspan(1)) those = those || facts::between("day", std::int64_t(s.first), std::int64_t(s.last));
            TRY(to->erase(those));
        }
        TRY(derive_daily(*to, lines, moves, spans, w.reader.progress));
        return to->commit(source);
    };
    auto done = write();
    if (!done) appenders_[static_cast<std::size_t>(Table::daily_sales)].reset();
    return done;
}

}  // namespace kindling::shop::analysis
