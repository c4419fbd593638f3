// The live index of each shop, made from the store's looks when they have changed, and the search in it.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "engines/media/alike/nearness.h"
#include "engines/media/alike/projection.h"
#include "engines/vector/scan.h"
#include "modules/pictures/api.h"
#include "modules/pictures/picture_model.h"

namespace kindling::pictures {

using shop::Row, shop::Value;

namespace {

constexpr std::size_t candidates = 300, sample_size = 160;
constexpr double rare = 0.05;

std::vector<float> floats(std::string_view bytes) {
    std::vector<float> out(bytes.size() / sizeof(float));
    std::memcpy(out.data(), bytes.data(), out.size() * sizeof(float));
    return out;
}

// A picture that may be shown: in which order, whether it may be meant at all, and how like it is in each respect.
struct Scored {
    double likeness, kinship;
    std::string_view asset;
    media::Likeness const* plain;
};

// The model's order, or both joined by their places; how like is then said in its eyes too, and never more of what stands further down.
std::vector<Scored> as_the_model_sees(std::vector<Scored> own, std::vector<vector::Scan::Near> const& near, media::WaysCompared const& ways, ByText<media::Likeness> const& plain) {
    struct Joined { Scored as; double place = 0; };
    std::map<std::string_view, Joined> all;
    if (ways.best == media::Way::both)
        for (std::size_t i = 0; i < own.size(); ++i) all[own[i].asset] = {own[i], media::reciprocal_place(i)};
    for (std::size_t i = 0; i < near.size(); ++i) {
        auto const likeness = ways.likeness(static_cast<double>(near[i].score));
        auto const found = plain.find(near[i].id);
        auto& one = all.try_emplace(near[i].id, Joined{{-1, -1, near[i].id, found == plain.end() ? nullptr : &found->second}}).first->second;
        one.as.likeness = one.as.kinship = std::max(one.as.kinship, likeness);
        one.place += media::reciprocal_place(i);
    }
    std::vector<Joined> order;
    for (auto& [asset, one] : all) order.push_back(one);
    std::stable_sort(order.begin(), order.end(), [](Joined const& a, Joined const& b) { return a.place > b.place; });
    std::vector<Scored> out;
    double lowest = 1;
    for (auto& one : order) out.push_back(one.as), out.back().likeness = lowest = std::min(lowest, one.as.likeness);
    return out;
}

}  // namespace

// Immutable. Vectors and a sample of looks in memory (about 110 bytes a picture and 3 MB); all looks stay in the store.
struct Module::Live {
    std::optional<media::Projection> projection;
    std::unique_ptr<vector::Scan> scan;                                  // none without a projection
    std::vector<std::string> assets;                                     // without one: all that can be compared
    ByText<std::vector<std::string>> products;                           // of an asset
    std::vector<media::Look> sample;                                     // what is usual here
    std::size_t described = 0;
    std::shared_ptr<PictureModel const> model;                           // null: none is plugged in, or it cannot be opened
};

Module::Module(shop::Services& services, FetchRules rules) : services_(services), models_(std::make_unique<PictureModels>(services)), rules_(std::move(rules)) {
    if (!services_.store) return;
    listener_ = services_.store->listen([this](std::span<shop::Change const> changes) {
        for (auto const& change : changes)
            if (change.kind == "product" || change.kind == "import" || change.kind == "pictures" || change.kind == "picture_copies" || change.kind == "shop" || change.kind == "setting") {
                std::lock_guard const lock(mutex_);
                auto& shop = shops_[change.shop_id];
                shop.stale = true;
                if (change.kind != "pictures") shop.to_check = true;
            }
    });
}

Module::~Module() {
    if (listener_) services_.store->forget(listener_);
}

Result<std::shared_ptr<Module::Live const>> Module::live(shop::Transaction& tx) {
    std::shared_ptr<Live const> before;
    {
        std::lock_guard const lock(mutex_);
        auto& shop = shops_[tx.shop_id()];
        if (!shop.stale) return shop.live;
        shop.stale = false, before = shop.live;
    }
    auto const make = [&]() -> Result<std::shared_ptr<Live const>> {
        // The transaction of the caller may be older than the change that was told: one of its own is not.
        auto const own = TRY(services_.store->read(tx.shop_id()));
        auto out = std::make_shared<Live>();
        Value const one[] = {tx.shop_id()};
        TRY(own->run("SELECT projection FROM picture_projections WHERE shop_id = ?", one, [&](Row const& row) -> Result<void> {
            if (auto read = media::Projection::read(row.text(0))) out->projection = std::move(*read);
            return {};
        }));
        if (out->projection) out->scan = TRY(vector::Scan::open({.dimensions = static_cast<std::uint32_t>(out->projection->outputs())}));
        TRY(own->run("SELECT asset, vector FROM picture_looks WHERE shop_id = ? AND problem = ''", one, [&](Row const& row) -> Result<void> {
            ++out->described;
            if (!out->scan) out->assets.emplace_back(row.text(0));
            else if (auto const v = row.is_null(1) ? std::vector<float>() : floats(row.text(1)); v.size() == out->projection->outputs()) TRY(out->scan->put(row.text(0), v));
            return {};
        }));
        if (out->assets.size() > candidates) out->assets.resize(candidates);  // between the first looks and what is learned of them, for a moment
        Value const some[] = {tx.shop_id(), static_cast<std::int64_t>(sample_size)};
        TRY(own->run("SELECT look FROM picture_looks WHERE shop_id = ? AND problem = '' ORDER BY asset LIMIT ?", some, [&](Row const& row) -> Result<void> {
            if (auto look = media::unpack(row.text(0))) out->sample.push_back(std::move(*look));
            return {};
        }));
        TRY(own->run("SELECT COALESCE(NULLIF(c.asset, ''), m.asset), m.product_id FROM media m JOIN products p ON p.shop_id = m.shop_id AND p.product_id = m.product_id LEFT JOIN picture_copies c ON c.shop_id = m.shop_id AND c.url = m.asset WHERE m.shop_id = ? AND m.kind = 'image' AND p.status = 'active' ORDER BY 1, 2", one, [&](Row const& row) -> Result<void> {
            out->products[std::string(row.text(0))].emplace_back(row.text(1));
            return {};
        }));
        if (auto model = models_->current(*own)) out->model = std::move(*model);
        return out;
    };
    auto made = make();
    std::lock_guard const lock(mutex_);
    if (!made) return shops_[tx.shop_id()].stale = true, made;
    return shops_[tx.shop_id()].live = *made;
}

Result<std::vector<Alike>> Module::alike(shop::Transaction& tx, std::string const& picture_id, Milliseconds now, Within const& within, std::size_t most) {
    auto const photo = held(tx.shop_id(), picture_id, now);
    if (!photo) return fail(Errc::failed_precondition, "picture_gone", "The photo is no longer held; send it again.", {{"/picture_id", "picture_gone", "send the photo again with pictures.upload"}});
    auto const now_live = TRY(live(tx));
    if (!now_live || now_live->described == 0) return fail(Errc::failed_precondition, "pictures_not_indexed", "No picture of this shop can be found yet; pictures.index makes them so, pictures.status says why not.");
    auto const& index = *now_live;
    std::vector<vector::Scan::Near> near;
    auto const of_products = [&](std::string_view id) {
        auto const found = index.products.find(id);
        return found != index.products.end() && (!within || std::ranges::any_of(found->second, within));
    };
    if (index.scan) near = index.scan->nearest(index.projection->project(photo->look->joined()), most * 2, of_products);
    else
        for (auto const& asset : index.assets)
            if (of_products(asset)) near.push_back({asset, 0});
    // The plugged model's nearest, where it has seen the photo and is better on this shop's pictures.
    bool const by_model = index.model && index.model->way() != media::Way::own && photo->model == index.model->settings.fingerprint();
    auto const in_its_eyes = by_model ? index.model->vectors->nearest(photo->vector, most * 2, of_products) : std::vector<vector::Scan::Near>();
    // How like the candidates are in each respect, as they are.
    ByText<media::Likeness> plain;
    std::vector<Value> values{Value(tx.shop_id())};
    std::string marks;
    auto const want = [&](std::vector<vector::Scan::Near> const& list, std::size_t most_of_it) { for (std::size_t i = 0; i < std::min(list.size(), most_of_it); ++i) values.emplace_back(list[i].id), marks += marks.empty() ? "?" : ",?"; };
    want(near, candidates), want(in_its_eyes, candidates / 3);
    if (!marks.empty())
        TRY(tx.run("SELECT asset, look FROM picture_looks WHERE shop_id = ? AND asset IN (" + marks + ")", values, [&](Row const& row) -> Result<void> {
            if (auto const look = media::unpack(row.text(1))) plain.emplace(row.text(0), media::likeness(*photo->look, *look));
            return {};
        }));
    std::vector<Scored> scored;
    media::ShownOrder order(static_cast<std::size_t>(index.described));
    for (std::size_t i = 0; i < near.size(); ++i) {
        auto const found = plain.find(near[i].id);
        auto const learned = static_cast<double>(near[i].score);
        if (i >= candidates) scored.push_back({std::min(order.lowest(), learned), std::min(order.lowest(), learned), near[i].id, found == plain.end() ? nullptr : &found->second});
        else if (found == plain.end()) continue;  // went away meanwhile
        else if (index.scan) scored.push_back({order.next(learned, found->second), media::kinship(learned, found->second), near[i].id, &found->second});
        else scored.push_back({media::nearness(found->second), static_cast<double>(found->second.all), near[i].id, &found->second});
    }
    std::stable_sort(scored.begin(), scored.end(), [](Scored const& a, Scored const& b) { return a.likeness > b.likeness; });
    if (by_model) scored = as_the_model_sees(std::move(scored), in_its_eyes, *index.model->judged, plain);
    double closest = 0;
    for (auto const& s : scored) closest = std::max(closest, s.kinship);
    std::vector<float> usual[3];
    for (auto const& look : index.sample) {
        auto const l = media::likeness(*photo->look, look);
        usual[0].push_back(l.colour), usual[1].push_back(l.shape), usual[2].push_back(l.texture);
    }
    auto const unusual = [&](std::size_t aspect, float value) {
        auto const better = std::ranges::count_if(usual[aspect], [&](float u) { return u >= value; });
        return usual[aspect].size() >= 20 && static_cast<double>(better) <= rare * static_cast<double>(usual[aspect].size());
    };
    std::vector<Alike> out;
    std::set<std::string_view> told;
    // Where something is much alike, what is only a little is left out.
    auto const least = within ? 0 : std::clamp(closest - 0.3, least_likeness, 0.5);
    for (auto const& s : scored) {
        if (out.size() >= most) break;
        if (s.kinship < least) continue;
        for (auto const& product : index.products.find(s.asset)->second) {
            if ((within && !within(product)) || !told.insert(product).second) continue;
            auto& a = out.emplace_back(Alike{product, s.likeness, {}});
            if (!s.plain) continue;
            if (unusual(0, s.plain->colour)) a.in.push_back(Aspect::colour);
            if (unusual(1, s.plain->shape)) a.in.push_back(Aspect::shape);
            if (unusual(2, s.plain->texture)) a.in.push_back(Aspect::texture);
        }
    }
    return out;
}

std::vector<Operation> Module::operations() {
    return {
        operation({.name = "pictures.upload", .scenario = "25", .summary = {"Hand in a photo to search with; it is described in numbers and not kept, the numbers are forgotten after two hours.", "上传照片用于找相似商品；只保留数值描述，不保存照片，两小时后遗忘。"}, .permission = "public", .reasons = {"picture_unknown", "picture_too_large", "picture_damaged", "pictures_busy"}}, *this, &Module::upload),
        operation({.name = "pictures.forget", .scenario = "25", .summary = {"Forget a photo that was handed in.", "立即遗忘已上传的照片。"}, .permission = "public"}, *this, &Module::forget_picture),
        operation({.name = "pictures.store", .scenario = "0", .summary = {"Keep a picture for products; its kind is told from its content.", "存放商品图片，按内容识别类型。"}, .effect = Effect::act, .permission = "catalog.write", .reasons = {"picture_unknown", "picture_too_large", "picture_damaged", "file_not_found", "unknown_media_type"}}, *this, &Module::store),
        operation({.name = "pictures.index", .scenario = "25", .summary = {"Make the catalogue's pictures findable by a photo; done by itself when pictures change.", "为商品图片建立以图搜图索引；图片变动时会自动进行。"}, .effect = Effect::act, .permission = "catalog.write", .length = Length::long_}, *this, &Module::index),
        operation({.name = "pictures.fetch", .scenario = "25", .summary = {"Fetch the pictures that products name at other addresses, so that they can be found by a photo; only https on the public internet, and each failure is told.", "抓取商品引用的外部图片，使其可被以图搜图；仅限公网 https 地址，并逐一说明失败原因。"}, .effect = Effect::act, .permission = "catalog.write", .length = Length::long_}, *this, &Module::fetch),
        operation({.name = "pictures.status", .scenario = "25", .summary = {"How many pictures can be found by a photo, and which cannot be read and why.", "可被以图搜图的图片数，以及无法读取的图片与原因。"}, .permission = "catalog.read"}, *this, &Module::status),
    };
}

}  // namespace kindling::pictures
