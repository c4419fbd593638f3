#include "app/folder.h"
#include "shop/vault/vault.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace kindling::app {

namespace {

// What is sealed where, with the purpose that it was sealed for.
struct Sealed {
    std::string_view purpose, sql;
};
constexpr Sealed samples[] = {
    {"name", "SELECT shop_id, name_sealed FROM customers WHERE name_sealed IS NOT NULL LIMIT 3"},
    {"contact", "SELECT shop_id, contact_sealed FROM orders WHERE contact_sealed IS NOT NULL LIMIT 3"},
    {"message", "SELECT shop_id, body_sealed FROM messages LIMIT 3"},
};

}  // namespace

Result<FolderLock> FolderLock::take(std::filesystem::path const& folder) {
    auto const path = folder / "server.lock";
    int const descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return fail(Errc::unavailable, "store_unavailable", fmt::format("The data folder {} cannot be written: {}. Make it writable, or give another with --data.", folder.string(), std::strerror(errno)));
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        char text[32] = {};
        auto const got = ::pread(descriptor, text, sizeof text - 1, 0);
        std::string_view const holder(text, got > 0 ? static_cast<std::size_t>(got) : 0);
        return fail(Errc::conflict, "folder_in_use", fmt::format("A server already works in {}{}. Stop it first, or give this one a folder of its own with --data.", folder.string(), holder.empty() ? "" : fmt::format(" (process {})", holder)));
    }
    auto const own = std::to_string(::getpid());
    // The number is for people; a full disk must not keep a server from starting.
    if (::ftruncate(descriptor, 0) == 0 && ::pwrite(descriptor, own.data(), own.size(), 0) < 0) (void)::ftruncate(descriptor, 0);
    return lock;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<KeyFit> key_fit(shop::Store& store, shop::Vault const& vault) {
    auto tx = TRY(store.read(0));
    auto fit = KeyFit::nothing_sealed;
    for (auto const& [purpose, sql] : samples)
        TRY(tx->run(sql, {}, [&](shop::Row const& row) -> Result<void> {
            if (vault.open(row.integer(0), purpose, row.text(1))) fit = KeyFit::fits;
            else if (fit == KeyFit::nothing_sealed) fit = KeyFit::does_not_fit;
            return {};
        }));
    return fit;
}

Result<bool> holds_sealed(shop::Store& store) {
    auto tx = TRY(store.read(0));
    bool any = false;
    for (auto const& sample : samples)
        TRY(tx->run(sample.sql, {}, [&](shop::Row const&) -> Result<void> { any = true; return {}; }));
    return any;
}

}  // namespace kindling::app
