// pictures.index: looks of pictures that have none, gone ones removed, and when enough has changed, what counts learned anew.
//
// Repeatable: each batch of 40 is committed by itself, and a run begins with what is missing, so one that was broken off goes on. A picture is its content, so a look
// never grows old; it is made again when the way of looking has another version, or when a drawing could not be read and now can.
#include <fmt/format.h>

#include <algorithm>

#include "core/stable_hash.h"
#include "engines/media/alike/drawing.h"
#include "engines/media/alike/projection.h"
#include "modules/pictures/api.h"
#include "modules/pictures/picture_model.h"
#include "shop/assets/assets.h"
#include "shop/jobs/jobs.h"
#include "shop/people/people.h"

namespace kindling::pictures {

using shop::Bytes, shop::Row, shop::Value;

namespace {

constexpr std::string_view version = "KD1";
constexpr std::size_t batch = 40, most_taught = 600, fewest_taught = 8;

constexpr std::string_view of_products = "FROM media m JOIN products p ON p.shop_id = m.shop_id AND p.product_id = m.product_id LEFT JOIN picture_copies c ON c.shop_id = m.shop_id AND c.url = m.asset WHERE m.shop_id = ? AND m.kind = 'image' AND p.status <> 'archived'";

struct Seen {
    std::string problem;
    bool current = false;
};

struct Work {
    std::map<std::string, std::string> wanted;  // asset -> a category of it
    std::map<std::string, Seen> seen;
};

Result<Work> work(shop::Transaction& tx) {
    Work out;
    Value const one[] = {tx.shop_id()};
    TRY(tx.run(fmt::format("SELECT COALESCE(NULLIF(c.asset, ''), m.asset), MIN(p.category_id) {} AND (m.asset NOT LIKE 'https:%' OR c.asset <> '') GROUP BY 1", of_products), one, [&](Row const& row) -> Result<void> { out.wanted.emplace(row.text(0), row.is_null(1) ? "" : row.text(1)); return {}; }));
    TRY(tx.run("SELECT asset, problem, version FROM picture_looks WHERE shop_id = ?", one, [&](Row const& row) -> Result<void> { out.seen[std::string(row.text(0))] = {std::string(row.text(1)), row.text(2) == version}; return {}; }));
    return out;
}

std::vector<std::string> missing(Work const& w) {
    std::vector<std::string> out;
    for (auto const& [asset, category] : w.wanted) {
        auto const i = w.seen.find(asset);
        if (i == w.seen.end() || !i->second.current || (i->second.problem == "drawing_unavailable" && media::can_draw())) out.push_back(asset);
    }
    return out;
}

std::int64_t gone(Work const& w) {
    return std::ranges::count_if(w.seen, [&](auto const& s) { return !w.wanted.contains(s.first); });
}

// What a model can be sent: those that could be read here.
std::vector<std::string> describable(Work const& w) {
    std::vector<std::string> out;
    for (auto const& [asset, category] : w.wanted)
        if (auto const seen = w.seen.find(asset); seen != w.seen.end() && seen->second.problem.empty()) out.push_back(asset);
    return out;
}

Result<media::Picture> picture_of(std::filesystem::path const& folder, std::string const& asset, int side) {
    auto const file = TRY(shop::read_asset(folder, asset));
    return file.media_type == "image/svg+xml" ? media::draw_svg(*file.bytes, side) : media::read_picture(*file.bytes, side);
}

Result<media::Look> look_of(std::filesystem::path const& folder, std::string const& asset) { return media::look_at(TRY(picture_of(folder, asset, 256))); }

Result<std::optional<media::Projection>> projection_of(shop::Transaction& tx) {
    std::optional<media::Projection> out;
    Value const one[] = {tx.shop_id()};
    TRY(tx.run("SELECT projection FROM picture_projections WHERE shop_id = ?", one, [&](Row const& row) -> Result<void> {
        if (auto read = media::Projection::read(row.text(0))) out = std::move(*read);
        return {};
    }));
    return out;
}

std::string packed(std::span<const float> vector) { return {reinterpret_cast<const char*>(vector.data()), vector.size_bytes()}; }

// Looks in the order of their content's hash, which is by chance: every n-th is a fair sample.
Result<void> each_look(shop::Transaction& tx, std::function<void(std::string_view asset, media::Look const&)> const& each) {
    Value const one[] = {tx.shop_id()};
    TRY(tx.run("SELECT asset, look FROM picture_looks WHERE shop_id = ? AND problem = '' ORDER BY asset", one, [&](Row const& row) -> Result<void> {
        if (auto const look = media::unpack(row.text(1))) each(row.text(0), *look);
        return {};
    }));
    return {};
}

Result<void> learn(shop::Services& services, Context& context, Work const& w, std::int64_t described) {
    std::vector<std::vector<float>> taught;
    std::vector<int> kinds;
    std::map<std::string, int, std::less<>> numbers;
    std::vector<std::pair<std::string, std::vector<float>>> vectors;
    std::optional<media::Projection> projection;
    {
        auto const tx = TRY(services.store->read(context.shop_id));
        auto const step = std::max<std::int64_t>(1, (described + static_cast<std::int64_t>(most_taught) - 1) / static_cast<std::int64_t>(most_taught));
        std::int64_t i = 0;
        TRY(each_look(*tx, [&](std::string_view asset, media::Look const& look) {
            if (i++ % step != 0) return;
            auto const category = w.wanted.find(std::string(asset));
            taught.push_back(look.joined());
            kinds.push_back(category == w.wanted.end() || category->second.empty() ? -1 : numbers.try_emplace(category->second, static_cast<int>(numbers.size())).first->second);
        }));
        if (taught.size() < fewest_taught) return {};
        auto learned = media::Projection::learn(taught, kinds, {});
        if (!learned) return context.note("nothing was learned: " + learned.error().message), Result<void>();  // all the same: compared as they are
        projection = std::move(*learned);
        TRY(each_look(*tx, [&](std::string_view asset, media::Look const& look) { vectors.emplace_back(asset, projection->project(look.joined())); }));
    }
    auto const tx = TRY(services.store->write(context.shop_id));
    TRY(tx->execute("DELETE FROM picture_projections WHERE shop_id = ?", tx->shop_id()));
    auto const file = projection->write();
    TRY(tx->execute("INSERT INTO picture_projections (shop_id, projection, pictures, kinds, learned_at_ms) VALUES (?,?,?,?,?)", tx->shop_id(), Bytes{file}, static_cast<std::int64_t>(taught.size()), static_cast<std::int64_t>(numbers.size()), context.now));
    TRY(tx->execute("UPDATE picture_looks SET vector = NULL WHERE shop_id = ?", tx->shop_id()));  // what came in meanwhile gets its vector with the next run
    TRY(tx->run_many("UPDATE picture_looks SET vector = ? WHERE shop_id = ? AND asset = ?", vectors.size(), [&](std::size_t i, std::vector<Value>& values) {
        auto const& [asset, vector] = vectors[i];
        values = {Value(Bytes{{reinterpret_cast<const char*>(vector.data()), vector.size() * sizeof(float)}}), Value(context.shop_id), Value(asset)};
    }));
    tx->changed("pictures");
    return tx->commit();
}

}  // namespace

Result<IndexState> Module::index(Context& context, Index const& in) {
    Work w;
    std::optional<media::Projection> projection;
    {
        auto const tx = TRY(services_.store->read(context.shop_id));
        w = TRY(work(*tx)), projection = TRY(projection_of(*tx));
    }
    auto const to_see = missing(w);
    if (context.dry()) {
        auto const tx = TRY(services_.store->read(context.shop_id));
        context.open = tx.get();
        auto state = status(context, {});
        context.open = nullptr;
        return state;
    }
    if (gone(w) > 0) {
        auto const tx = TRY(services_.store->write(context.shop_id));
        for (auto const& [asset, seen] : w.seen)
            if (!w.wanted.contains(asset)) TRY(tx->execute("DELETE FROM picture_looks WHERE shop_id = ? AND asset = ?", tx->shop_id(), asset));
        tx->changed("pictures");
        TRY(tx->commit());
    }
    for (std::size_t from = 0; from < to_see.size(); from += batch) {
        if (context.progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "The work was stopped; what was described stays.");
        context.progress(static_cast<std::int64_t>(from), static_cast<std::int64_t>(to_see.size()), "looking at pictures");
        struct Made { std::string look, vector, problem; };
        std::vector<Made> made;
        auto const size = std::min(batch, to_see.size() - from);
        for (std::size_t i = 0; i < size; ++i) {
            auto const look = look_of(services_.folder, to_see[from + i]);
            if (!look && look.error().code == Errc::internal) return std::unexpected(look.error());
            made.push_back(look ? Made{media::pack(*look), projection ? packed(projection->project(look->joined())) : "", ""} : Made{"", "", look.error().reason});
        }
        auto const tx = TRY(services_.store->write(context.shop_id));
        for (std::size_t i = 0; i < size; ++i) {
            auto const& m = made[i];
            TRY(tx->execute("DELETE FROM picture_looks WHERE shop_id = ? AND asset = ?", tx->shop_id(), to_see[from + i]));
            TRY(tx->execute("INSERT INTO picture_looks (shop_id, asset, version, look, vector, problem, seen_at_ms) VALUES (?,?,?,?,?,?,?)", tx->shop_id(), to_see[from + i], version, m.look.empty() ? Value() : Value(Bytes{m.look}), m.vector.empty() ? Value() : Value(Bytes{m.vector}), m.problem, context.now));
        }
        tx->changed("pictures");
        TRY(tx->commit());
    }
    std::int64_t described = 0, learned_from = 0, without = 0;
    {
        auto const tx = TRY(services_.store->read(context.shop_id));
        described = TRY(tx->integer("SELECT COUNT(*) FROM picture_looks WHERE shop_id = ? AND problem = ''", tx->shop_id()));
        without = TRY(tx->integer("SELECT COUNT(*) FROM picture_looks WHERE shop_id = ? AND problem = '' AND vector IS NULL", tx->shop_id()));
        learned_from = TRY(tx->integer("SELECT pictures FROM picture_projections WHERE shop_id = ?", tx->shop_id()));
    }
    // Anew when a fifth of the pictures came in with this run, or some of them have no vector.
    bool const learned_anew = described >= static_cast<std::int64_t>(fewest_taught) && (in.learn || learned_from == 0 || without > 0 || static_cast<std::int64_t>(to_see.size()) * 5 > described);
    if (learned_anew) {
        context.progress(static_cast<std::int64_t>(to_see.size()), static_cast<std::int64_t>(to_see.size()), "learning what counts");
        TRY(learn(services_, context, w, described));
    }
    context.note(fmt::format("{} pictures looked at, {} described, {} of products no longer there", to_see.size(), described, gone(w)));
    {
        auto const tx = TRY(services_.store->read(context.shop_id));
        w = TRY(work(*tx));
    }
    TRY(ask_model(context, describable(w), w.wanted, learned_anew));
    auto const tx = TRY(services_.store->read(context.shop_id));
    context.open = tx.get();
    auto state = status(context, {});
    context.open = nullptr;
    return state;
}

// The plugged model, where there is one: what it has not seen is sent, and the ways are compared anew when something changed. What fails is told and holds nothing up.
Result<void> Module::ask_model(Context& context, std::vector<std::string> const& assets, std::map<std::string, std::string> const& categories, bool learned) {
    auto const current = [&]() -> Result<std::shared_ptr<PictureModel const>> { return models_->current(*TRY(services_.store->read(context.shop_id))); };
    auto model = current();
    if (!model) return models_->note(context.shop_id, model.error()), context.note("the picture model: " + model.error().message), Result<void>();
    if (!*model) return {};
    auto const before = (*model)->vectors ? (*model)->vectors->size() : 0;
    auto const filled = models_->fill(context.shop_id, **model, assets, [&](std::string const& asset) -> Result<std::string> { return media::jpeg_bytes(TRY(picture_of(services_.folder, asset, model_side))); }, context.progress);
    if (!filled && filled.error().reason == "cancelled") return std::unexpected(filled.error());
    if (!filled) return models_->note(context.shop_id, filled.error()), context.note("the picture model: " + filled.error().message), Result<void>();
    context.note(fmt::format("{} pictures sent to the model, {} have its vectors{}", filled->sent, filled->held, filled->problem ? "; ended early: " + filled->problem->message : ""));
    model = current();
    if (!model || !*model || !(*model)->vectors) return {};
    if ((*model)->judged && !learned && filled->sent == 0 && before == static_cast<std::size_t>(filled->held)) return {};
    context.progress(0, 1, "comparing ways of finding pictures");
    std::vector<media::Look> looks;
    std::vector<media::Judged> judged;
    {
        auto const tx = TRY(services_.store->read(context.shop_id));
        std::map<std::string, std::uint64_t, std::less<>> products;
        Value const one[] = {tx->shop_id()};
        TRY(tx->run(fmt::format("SELECT COALESCE(NULLIF(c.asset, ''), m.asset), MIN(p.product_id) {} GROUP BY 1", of_products), one, [&](Row const& row) -> Result<void> { products.emplace(row.text(0), stable_hash(row.text(1))); return {}; }));
        std::map<std::string, int, std::less<>> numbers;
        auto const step = std::max<std::size_t>(1, (assets.size() + most_taught - 1) / most_taught);
        std::size_t i = 0;
        TRY(each_look(*tx, [&](std::string_view asset, media::Look const& look) {
            if (i++ % step != 0) return;
            auto const category = categories.find(std::string(asset));
            auto vector = (*model)->vectors->vector_of(asset);
            if (!vector || category == categories.end() || category->second.empty()) return;
            looks.push_back(look);
            judged.push_back({nullptr, std::move(*vector), numbers.try_emplace(category->second, static_cast<int>(numbers.size())).first->second, products[std::string(asset)]});
        }));
        for (std::size_t j = 0; j < judged.size(); ++j) judged[j].look = &looks[j];
    }
    TRY(models_->judge(context.shop_id, **model, judged, context.now));
    auto const tx = TRY(services_.store->write(context.shop_id));
    tx->changed("pictures");
    return tx->commit();
}

Result<IndexState> Module::status(Context& context, Nothing const&) {
    auto& tx = context.tx();
    auto const w = TRY(work(tx));
    IndexState out{.pictures = static_cast<std::int64_t>(w.wanted.size()), .waiting = static_cast<std::int64_t>(missing(w).size()), .drawings = media::can_draw()};
    for (auto const& [asset, seen] : w.seen) {
        if (!w.wanted.contains(asset) || !seen.current) continue;
        if (seen.problem.empty()) ++out.described;
        else if (++out.unread, out.problems.size() < 50) out.problems.push_back({asset, seen.problem});
    }
    out.elsewhere = TRY(tx.integer(fmt::format("SELECT COUNT(DISTINCT m.asset) {} AND m.asset LIKE 'https:%' AND COALESCE(c.asset, '') = ''", of_products), tx.shop_id()));
    out.copied = TRY(tx.integer(fmt::format("SELECT COUNT(DISTINCT m.asset) {} AND c.asset <> ''", of_products), tx.shop_id()));
    Value const one[] = {tx.shop_id()};
    TRY(tx.run(fmt::format("SELECT DISTINCT c.url, c.problem, c.tries {} AND c.problem <> '' ORDER BY 1 LIMIT 50", of_products), one, [&](Row const& row) -> Result<void> { out.unfetched.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2)}); return {}; }));
    TRY(tx.run("SELECT pictures, kinds, learned_at_ms FROM picture_projections WHERE shop_id = ?", one, [&](Row const& row) -> Result<void> { out.learned_from = row.integer(0), out.kinds = row.integer(1), out.learned_at_ms = row.integer(2); return {}; }));
    auto const model = models_->current(tx);
    if (!model) out.model = ModelState{.name = TRY(shop::read_setting(tx, "picture_model_name")), .problem = model.error().reason + ": " + model.error().message};
    else if (*model) {
        auto const& m = **model;
        auto const known = describable(w);
        auto& state = out.model.emplace(ModelState{.name = m.settings.name, .used = m.way(), .problem = models_->problem(context.shop_id)});
        for (auto const& asset : known) ++(m.vectors && m.vectors->vector_of(asset) ? state.described : state.waiting);
        if (m.judged) state.judged = m.judged->pictures, state.kinds = m.judged->kinds, state.precision_own = m.judged->own, state.precision_model = m.judged->model, state.precision_both = m.judged->both, state.judged_at_ms = m.judged_at;
    }
    return out;
}

Result<std::int64_t> Module::queue_due(Milliseconds now) {
    std::vector<std::int64_t> shops;
    {
        auto const tx = TRY(services_.store->read(0));
        TRY(tx->run("SELECT shop_id FROM shops ORDER BY shop_id", {}, [&](Row const& row) -> Result<void> { shops.push_back(row.integer(0)); return {}; }));
    }
    std::int64_t queued = 0;
    for (auto const shop : shops) {
        {
            std::lock_guard const lock(mutex_);
            if (!std::exchange(shops_[shop].to_check, false)) continue;
        }
        auto const due = [&](shop::Transaction& tx) -> Result<bool> {
            auto const w = TRY(work(tx));
            auto const unseen = [&] {
                auto const model = models_->current(tx);
                if (!model || !*model) return false;
                auto const known = describable(w);
                return !known.empty() && (!(*model)->vectors || std::ranges::any_of(known, [&](auto const& asset) { return !(*model)->vectors->vector_of(asset); }));
            };
            return (!missing(w).empty() || gone(w) > 0 || unseen()) && TRY(tx.integer("SELECT COUNT(*) FROM jobs WHERE shop_id = ? AND operation = 'pictures.index' AND (state = 'queued' OR state = 'running')", tx.shop_id())) == 0;
        };
        auto const queue = [&]() -> Result<bool> {
            if (!TRY(due(*TRY(services_.store->read(shop))))) return false;
            auto const tx = TRY(services_.store->write(shop));
            if (!TRY(due(*tx))) return false;  // another server was faster
            TRY(shop::queue_job(*tx, "pictures.index", json::object{}, {.kind = Caller::Kind::system, .id = "pictures", .role = std::string(Caller::background), .permissions = {"*"}}, now));
            TRY(tx->commit());
            return true;
        };
        auto const done = queue();
        if (!done) {
            std::lock_guard const lock(mutex_);
            shops_[shop].to_check = true;  // the next minute tries again
            return std::unexpected(done.error());
        }
        queued += *done;
    }
    return queued;
}

}  // namespace kindling::pictures
