// shop/services.h -- what every operation of one process shares. `App` owns it; nothing here is a singleton.
#pragma once
#include "shop/store/store.h"
#include <filesystem>
#include <memory>
#include <string>

namespace kindling { class Registry; }

namespace kindling::shop {

class Vault;  // shop/vault/vault.h: seals and opens personal fields

// Thread-safe as a whole: the members are set at start and not changed afterwards.
struct Services {
    std::unique_ptr<Store> store;
    std::unique_ptr<Vault> vault;
    std::filesystem::path folder;          // the data folder: kindling.db, assets/, facts/, uploads/, truth/
    Registry const* registry = nullptr;    // the operations of this process, for those that call or describe others
    std::string version;
    Services();
    ~Services();
};

}  // namespace kindling::shop
