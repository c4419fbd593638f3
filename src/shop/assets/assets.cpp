#include "shop/assets/assets.h"
#include "core/id.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>
#include <fstream>
#include <list>

namespace kindling::shop {

namespace {

constexpr std::pair<std::string_view, std::string_view> types[] = {
    {"svg", "image/svg+xml"}, {"png", "image/png"}, {"jpg", "image/jpeg"}, {"webp", "image/webp"}, {"gif", "image/gif"}, {"mp4", "video/mp4"}, {"mp3", "audio/mpeg"}, {"wav", "audio/wav"}, {"glb", "model/gltf-binary"}, {"gltf", "model/gltf+json"}, {"pdf", "application/pdf"}};

// The most recently used files, up to 16 MB: a shop window shows the same pictures again and again.
class Cache {
public:
    std::shared_ptr<std::string const> find(std::string const& key) {
        std::lock_guard lock(mutex_);
        auto const i = at_.find(key);
        if (i == at_.end()) return {};
        order_.splice(order_.begin(), order_, i->second);
        return i->second->second;
    }
    void keep(std::string const& key, std::shared_ptr<std::string const> bytes) {
        constexpr std::size_t most = 16 << 20;
        if (bytes->size() > most / 8) return;
        std::lock_guard lock(mutex_);
        if (at_.contains(key)) return;
        size_ += bytes->size();
        order_.emplace_front(key, std::move(bytes));
        at_[key] = order_.begin();
        while (size_ > most) {
            size_ -= order_.back().second->size();
            at_.erase(order_.back().first);
            order_.pop_back();
        }
    }

private:
    using Entry = std::pair<std::string, std::shared_ptr<std::string const>>;
    std::mutex mutex_;
    std::list<Entry> order_;
    std::unordered_map<std::string, std::list<Entry>::iterator> at_;
    std::size_t size_ = 0;
};

}  // namespace

Result<std::string> asset_name(std::string_view bytes, std::string_view media_type) {
    auto const type = std::ranges::find(types, media_type, [](auto const& t) { return t.second; });
    if (type == std::end(types)) return fail(Errc::invalid_argument, "unknown_media_type", fmt::format("Files of type {} are not kept.", media_type));
    return fmt::format("{}.{}", token_hash(bytes).substr(0, 40), type->first);
}

Result<std::string> store_asset(Transaction& tx, std::filesystem::path const& folder, std::string_view bytes, std::string_view media_type, std::int64_t now) {
    auto const name = TRY(asset_name(bytes, media_type));
    auto const directory = folder / "assets" / name.substr(0, 2);
    auto const path = directory / name;
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) {
        std::filesystem::create_directories(directory, failed);
        auto const partial = directory / new_id("part");
        std::ofstream out(partial, std::ios::binary);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        out.close();
        if (out) std::filesystem::rename(partial, path, failed);
        if (!out || failed) {
            std::filesystem::remove(partial, failed);
            return fail(Errc::unavailable, "disk_full", fmt::format("A file could not be stored in {}; is the disk full?", directory.string()));
        }
    }
    TRY(tx.execute("INSERT INTO assets (shop_id, asset, media_type, bytes, created_at_ms) VALUES (?,?,?,?,?) ON CONFLICT (shop_id, asset) DO NOTHING", tx.shop_id(), name, media_type, bytes.size(), now));
    return name;
}

Result<StoredAsset> read_asset(std::filesystem::path const& folder, std::string_view name) {
    static Cache cache;  // of immutable bytes under their hash: the same for every shop and folder
    auto const missing = fail(Errc::not_found, "asset_not_found", "There is no such file.");
    auto const dot = name.find('.');
    if (dot != 40 || name.find_first_not_of("0123456789abcdef") != dot) return missing;
    auto const type = std::ranges::find(types, name.substr(dot + 1), [](auto const& t) { return t.first; });
    if (type == std::end(types)) return missing;
    std::string const key(name);
    if (auto known = cache.find(key)) return StoredAsset{known, std::string(type->second)};
    std::ifstream in(folder / "assets" / key.substr(0, 2) / key, std::ios::binary);
    if (!in) return missing;
    auto bytes = std::make_shared<std::string const>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    cache.keep(key, bytes);
    return StoredAsset{bytes, std::string(type->second)};
}

}  // namespace kindling::shop
