// shop/assets/assets.h -- files by content: pictures and other bytes, stored once under their hash.
//
// folder/assets/ab/abcdef….svg; the name is the first 40 hex digits of BLAKE2b and the ending of a known type. Never changed, so
// they may be cached for ever; a half-written file never gets its name.
#pragma once
#include "core/result.h"
#include "shop/store/store.h"
#include <filesystem>
#include <memory>

namespace kindling::shop {

struct StoredAsset {
    std::shared_ptr<std::string const> bytes;  // shared with the cache
    std::string media_type;
};

// Types we serve: svg, png, jpeg, webp, gif, mp4, mp3, wav, glb, gltf, pdf. Fails with unknown_media_type.
// An SVG is served with a policy under which its scripts cannot run.
Result<std::string> asset_name(std::string_view bytes, std::string_view media_type);  // what store_asset would answer; nothing is written
Result<std::string> store_asset(Transaction&, std::filesystem::path const& folder, std::string_view bytes, std::string_view media_type, std::int64_t now_ms);
Result<StoredAsset> read_asset(std::filesystem::path const& folder, std::string_view name);

}  // namespace kindling::shop
