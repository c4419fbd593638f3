// Photos in: a shopper's, which is described and let go, and the shop's own, which is kept as an asset.
#include <fmt/format.h>

#include <fstream>

#include "core/base64.h"
#include "core/id.h"
#include "modules/pictures/api.h"
#include "modules/pictures/picture_model.h"
#include "shop/assets/assets.h"

namespace kindling::pictures {

namespace {

constexpr Milliseconds kept_for = 2 * 3'600'000;
constexpr int photos_to_the_model_a_minute = 20;
constexpr std::size_t most_photos = 4000, most_bytes = 8u << 20;

std::unexpected<Error> at(std::string path, Error error) {
    error.fields = {{std::move(path), error.reason, "choose another picture"}};
    return std::unexpected(std::move(error));
}

}  // namespace

Result<std::string> bytes_of(std::string const& base64, std::string path) {
    auto out = from_base64(base64);
    if (!out) return fail(Errc::invalid_argument, "invalid_request", "The request has 1 wrong field.", {{std::move(path), "wrong_format", "must be base64 with padding, without a data: prefix"}});
    if (out->size() > most_bytes) return fail(Errc::invalid_argument, "picture_too_large", "A picture may have 8 MB at most.", {{std::move(path), "picture_too_large", "make it smaller: 1,024 pixels are enough"}});
    return std::move(*out);
}

Result<Uploaded> Module::upload(Context& context, Upload const& in) {
    auto const bytes = TRY(bytes_of(in.data, "/data"));
    // Before the photo is unpacked: whether the shop has a model that is used.
    std::shared_ptr<PictureModel const> model;
    // Models cost money: whoever sends more photos than people do is answered by the own descriptors.
    if (!context.dry() && to_model_.take(fmt::format("{} {}", context.shop_id, context.caller.id), {photos_to_the_model_a_minute, 60'000}, context.now))
        if (auto const tx = services_.store->read(context.shop_id))
            if (auto const current = models_->current(**tx); current && *current && (*current)->way() != media::Way::own) model = *current;
    Seen seen;
    std::string jpeg;
    {
        // Unpacking takes memory: two at a time, and whoever waits longer than a moment is told so.
        if (!decoding_.try_acquire_for(std::chrono::seconds(3))) return fail(Errc::unavailable, "pictures_busy", "Many photos are being read; try again in a moment.");
        auto const picture = media::read_picture(bytes, 256);
        if (picture) seen.look = std::make_shared<media::Look const>(media::look_at(*picture));
        if (picture && model)
            if (auto const larger = media::read_picture(bytes, model_side)) jpeg = media::jpeg_bytes(*larger);
        decoding_.release();
        if (!picture) return at("/data", picture.error());
    }
    Uploaded out{.picture_id = "pic_" + new_secret(18), .expires_at_ms = context.now + kept_for};
    if (context.dry()) return out;
    if (!jpeg.empty())
        if (auto vector = models_->vector_of(context.shop_id, *model, jpeg, context.progress.stop)) seen.vector = std::move(*vector), seen.model = model->settings.fingerprint(), out.by_model = true;
    std::lock_guard const lock(photos_mutex_);
    photos_.push_front({{context.shop_id, out.picture_id}, std::move(seen), context.now});
    by_name_[photos_.front().name] = photos_.begin();
    while (photos_.size() > most_photos || photos_.back().used_at + kept_for < context.now) by_name_.erase(photos_.back().name), photos_.pop_back();
    return out;
}

std::optional<Module::Seen> Module::held(std::int64_t shop_id, std::string const& picture_id, Milliseconds now) {
    std::lock_guard const lock(photos_mutex_);
    auto const found = by_name_.find({shop_id, picture_id});
    if (found == by_name_.end() || found->second->used_at + kept_for < now) return {};
    found->second->used_at = std::max(found->second->used_at, now);
    photos_.splice(photos_.begin(), photos_, found->second);
    return found->second->seen;
}

bool Module::forget(std::int64_t shop_id, std::string const& picture_id) {
    std::lock_guard const lock(photos_mutex_);
    auto const found = by_name_.find({shop_id, picture_id});
    if (found == by_name_.end()) return false;
    photos_.erase(found->second);
    by_name_.erase(found);
    return true;
}

Result<Forgotten> Module::forget_picture(Context& context, Forget const& in) { return Forgotten{!context.dry() && forget(context.shop_id, in.picture_id)}; }

Result<StoredPicture> Module::store(Context& context, StorePicture const& in) {
    std::string bytes;
    std::string const path = in.data.empty() ? "/file_id" : "/data";
    if (!in.data.empty()) bytes = TRY(bytes_of(in.data, path));
    else {
        // new_id's form and nothing else: an identifier that could walk the folders is never made into a path.
        bool const plain = in.file_id.size() >= 8 && in.file_id.starts_with("fil_") && std::ranges::all_of(in.file_id.substr(4), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
        auto const file = context.services.folder / "uploads" / std::to_string(context.shop_id) / in.file_id;
        std::error_code none;
        if (!plain || !std::filesystem::is_regular_file(file, none)) return fail(Errc::not_found, "file_not_found", "There is no such upload; upload the file again.", {{path, "file_not_found", "is not an upload of this shop"}});
        if (std::filesystem::file_size(file, none) > most_bytes) return fail(Errc::invalid_argument, "picture_too_large", "A picture may have 8 MB at most.", {{path, "picture_too_large", "make it smaller"}});
        std::ifstream from(file, std::ios::binary);
        bytes.assign(std::istreambuf_iterator<char>(from), std::istreambuf_iterator<char>());
    }
    if (auto const read = media::read_picture(bytes, 64); !read) return at(path, read.error());
    StoredPicture out{.asset = {}, .url = {}, .media_type = bytes.starts_with('\xFF') ? "image/jpeg" : bytes.starts_with('R') ? "image/webp" : "image/png"};
    out.asset = context.dry() ? TRY(shop::asset_name(bytes, out.media_type)) : TRY(shop::store_asset(context.tx(), context.services.folder, bytes, out.media_type, context.now));
    out.url = "/assets/" + out.asset;
    return out;
}

}  // namespace kindling::pictures
