// app/folder.h -- what must be true of a data folder before it is worked with: one server in it, and the key that fits its store.
#pragma once
#include "core/result.h"
#include "shop/services.h"
#include <filesystem>

namespace kindling::app {

// Held by the server (and by restore) as long as it lives; commands beside a running server do not need it. The lock is the
// kernel's (flock), so that it ends with the process, however that ends.
class FolderLock {
public:
    // Fails with folder_in_use, naming the process that holds it, or store_unavailable when the folder cannot be written.
    static Result<FolderLock> take(std::filesystem::path const& folder);
    FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

enum class KeyFit { nothing_sealed, fits, does_not_fit };
// Opens a few sealed fields of the store: one that opens is enough, since a single damaged row is no reason to refuse a shop.
Result<KeyFit> key_fit(shop::Store&, shop::Vault const&);
// Whether anything sealed stands in the store, so that a key that is missing must not be made anew.
Result<bool> holds_sealed(shop::Store&);

}  // namespace kindling::app
