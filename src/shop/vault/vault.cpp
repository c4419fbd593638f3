#include "shop/vault/vault.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kindling::shop {

namespace {

using Key = std::array<unsigned char, 32>;

bool ready() {
    static bool const ok = sodium_init() >= 0;
    return ok;
}

unsigned char const* bytes(std::string_view s) { return reinterpret_cast<unsigned char const*>(s.data()); }

// One key per shop and use; cheap enough (0.3 us) to be derived at each call, so no cache has to be guarded.
Key derive(unsigned char const (&master)[32], std::int64_t shop_id, std::string_view use) {
    Key key;
    auto const info = fmt::format("{}/{}", shop_id, use);
    crypto_generichash(key.data(), key.size(), bytes(info), info.size(), master, sizeof master);
    return key;
}

std::string hex(std::span<unsigned char const> in) {
    std::string out(in.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), in.data(), in.size());
    out.pop_back();
    return out;
}

// A new key appears whole under its name or not at all: a full disk or a killed process must not leave half of one, and of two
// processes that start at once both go on with the key of the first.
Result<void> make_key(std::filesystem::path const& file) {
    Key key;
    randombytes_buf(key.data(), key.size());
    auto const partial = fmt::format("{}.{}.part", file.string(), ::getpid());
    ::unlink(partial.c_str());
    int const descriptor = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = descriptor >= 0 && ::write(descriptor, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && ::fsync(descriptor) == 0;
    auto problem = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (ok && ::link(partial.c_str(), file.c_str()) != 0) {
        problem = errno, ok = problem == EEXIST;
        // A file system without links.
        if (problem == EPERM || problem == EOPNOTSUPP) ok = ::rename(partial.c_str(), file.c_str()) == 0, problem = errno;
    }
    ::unlink(partial.c_str());
    sodium_memzero(key.data(), key.size());
    if (!ok) return fail(Errc::unavailable, problem == ENOSPC ? "disk_full" : "store_unavailable", fmt::format("The key file {} cannot be written: {}.", file.string(), std::strerror(problem)));
    if (int const folder = ::open(file.parent_path().empty() ? "." : file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); folder >= 0) ::fsync(folder), ::close(folder);
    return {};
}

}  // namespace

Result<std::unique_ptr<Vault>> Vault::open(std::filesystem::path const& file) {
    if (!ready()) return fail(Errc::internal, "internal", "libsodium did not start");
    std::unique_ptr<Vault> vault(new Vault);
    int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT) {
        TRY(make_key(file));
        descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    }
    if (descriptor < 0) return fail(Errc::unavailable, "store_unavailable", fmt::format("The key file {} cannot be read: {}.", file.string(), std::strerror(errno)));
    struct stat status{};
    ::fstat(descriptor, &status);
    auto const got = ::read(descriptor, vault->master_, sizeof vault->master_);
    ::close(descriptor);
    if (status.st_mode & 077) return fail(Errc::failed_precondition, "key_file_readable", fmt::format("Others can read the key file {0}; run: chmod 600 {0}", file.string()));
    if (got != sizeof vault->master_) return fail(Errc::failed_precondition, "key_file_damaged", fmt::format("The key file {} is not 32 bytes long; restore it from a backup.", file.string()));
    return vault;
}

Vault::~Vault() { sodium_memzero(master_, sizeof master_); }

std::string Vault::seal(std::int64_t shop_id, std::string_view purpose, std::string_view plain) const {
    auto const key = derive(master_, shop_id, "seal");
    constexpr auto nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    std::string out(nonce_size + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
    auto* const raw = reinterpret_cast<unsigned char*>(out.data());
    randombytes_buf(raw, nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw + nonce_size, nullptr, bytes(plain), plain.size(), bytes(purpose), purpose.size(), nullptr, raw, key.data());
    return out;
}

Result<std::string> Vault::open(std::int64_t shop_id, std::string_view purpose, std::string_view sealed) const {
    constexpr auto nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    auto const key = derive(master_, shop_id, "seal");
    std::string out(sealed.size() < nonce_size + tag_size ? 0 : sealed.size() - nonce_size - tag_size, '\0');
    if (sealed.size() < nonce_size + tag_size ||
        crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(out.data()), nullptr, nullptr, bytes(sealed) + nonce_size, sealed.size() - nonce_size,
                                                   bytes(purpose), purpose.size(), bytes(sealed), key.data()) != 0)
        return fail(Errc::internal, "cannot_open_sealed", "A sealed field cannot be opened: the key file does not belong to this store, or the store is damaged.");
    return out;
}

std::string Vault::lookup(std::int64_t shop_id, std::string_view kind, std::string_view value) const {
    auto const key = derive(master_, shop_id, fmt::format("lookup/{}", kind));
    unsigned char digest[24];
    crypto_generichash(digest, sizeof digest, bytes(value), value.size(), key.data(), key.size());
    return hex(digest);
}

std::string hash_password(std::string_view password) {
    ready();
    std::string out(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str(out.data(), password.data(), password.size(), 2, 19u << 20) != 0) throw std::bad_alloc();
    out.resize(std::strlen(out.c_str()));
    return out;
}

bool verify_password(std::string_view password, std::string const& hash) {
    ready();
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string token_hash(std::string_view token) {
    unsigned char digest[32];
    crypto_generichash(digest, sizeof digest, bytes(token), token.size(), nullptr, 0);
    return hex(digest);
}

bool same_secret(std::string_view a, std::string_view b) { return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

}  // namespace kindling::shop
