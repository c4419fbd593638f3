#include "engines/text/index/manifest.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <set>

namespace kindling::text {

namespace {

constexpr char magic[8] = {'K', 'T', 'M', 'A', 'N', 0, 0, 1};

template <class T> void append(std::string& out, T value) { out.append(reinterpret_cast<const char*>(&value), sizeof value); }

class Source {
public:
    explicit Source(std::string_view bytes) : left_(bytes) {}
    template <class T> T read() {
        T value{};
        if (left_.size() < sizeof value) good_ = false, left_ = {};
        else std::memcpy(&value, left_.data(), sizeof value), left_.remove_prefix(sizeof value);
        return value;
    }
    std::string_view read_bytes(std::uint64_t n) {
        if (n > left_.size()) {
            good_ = false;
            return left_ = {};
        }
        auto const bytes = left_.substr(0, n);
        left_.remove_prefix(n);
        return bytes;
    }
    bool good() const { return good_; }
    bool at_end() const { return left_.empty(); }

private:
    std::string_view left_;
    bool good_ = true;
};

}  // namespace

std::string encode(const Manifest& manifest) {
    std::string body;
    append(body, manifest.schema);
    append(body, manifest.next_file);
    append(body, static_cast<std::uint32_t>(manifest.bookmark.size()));
    body += manifest.bookmark;
    append(body, static_cast<std::uint32_t>(manifest.segments.size()));
    for (auto const& entry : manifest.segments) {
        append(body, entry.file);
        append(body, static_cast<std::uint32_t>(entry.deleted.size()));
        body.append(reinterpret_cast<const char*>(entry.deleted.data()), entry.deleted.size() * 8);
    }
    std::string out(magic, sizeof magic);
    append(out, crc32c(body));
    return out + body;
}

Result<Manifest> decode_manifest(std::string_view bytes) {
    auto const damaged = [](std::string_view why) { return fail(Errc::invalid_argument, "index_damaged", fmt::format("The manifest of the index is damaged: {}. Delete the index and build it again.", why)); };
    if (bytes.size() < 12 || std::memcmp(bytes.data(), magic, sizeof magic) != 0) return damaged("it does not begin like a manifest of this version");
    Source source(bytes.substr(8));
    auto const crc = source.read<std::uint32_t>();
    if (crc != crc32c(bytes.substr(12))) return damaged("its checksum is not right");
    Manifest manifest;
    manifest.schema = source.read<std::uint64_t>();
    manifest.next_file = source.read<std::uint64_t>();
    manifest.bookmark = source.read_bytes(source.read<std::uint32_t>());
    auto const segments = source.read<std::uint32_t>();
    for (std::uint32_t i = 0; i < segments && source.good(); ++i) {
        Manifest::Entry entry;
        entry.file = source.read<std::uint64_t>();
        auto const words = source.read_bytes(std::uint64_t{source.read<std::uint32_t>()} * 8);
        entry.deleted.resize(words.size() / 8);
        if (!words.empty()) std::memcpy(entry.deleted.data(), words.data(), words.size());
        manifest.segments.push_back(std::move(entry));
    }
    if (!source.good() || !source.at_end()) return damaged("its length is not right");
    return manifest;
}

std::string segment_file(std::uint64_t number) { return fmt::format("segment-{}.kts", number); }

Result<void> write_file(const std::string& path, std::string_view bytes) {
    auto const failed = [&](int error) { return fail(Errc::unavailable, "file_unwritable", fmt::format("{} cannot be written: {}.", path, std::strerror(error))); };
    int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return failed(errno);
    for (std::size_t at = 0; at < bytes.size();) {
        auto const n = ::write(file, bytes.data() + at, bytes.size() - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            auto const error = n < 0 ? errno : ENOSPC;
            ::close(file);
            return failed(error);
        }
        at += static_cast<std::size_t>(n);
    }
    auto const synced = ::fsync(file);
    auto const error = errno;
    if (::close(file) != 0 || synced != 0) return failed(synced != 0 ? error : errno);
    return {};
}

Result<void> write_manifest(const std::string& folder, const Manifest& manifest) {
    auto const path = folder + "/manifest", fresh = path + ".new";
    TRY(write_file(fresh, encode(manifest)));
    if (std::rename(fresh.c_str(), path.c_str()) != 0) return fail(Errc::unavailable, "file_unwritable", fmt::format("{} cannot be replaced: {}.", path, std::strerror(errno)));
    // The rename itself must reach the disk before old files go.
    if (int const directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); directory >= 0) {
        ::fsync(directory);
        ::close(directory);
    }
    return {};
}

void remove_strays(const std::string& folder, const Manifest& manifest) {
    std::set<std::string> wanted;
    for (auto const& entry : manifest.segments) wanted.insert(segment_file(entry.file));
    std::error_code error;
    for (auto at = std::filesystem::directory_iterator(folder, error); !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
        auto const name = at->path().filename().string();
        if (name.starts_with("segment-") && name.ends_with(".kts") && !wanted.contains(name)) {
            std::error_code ignored;
            std::filesystem::remove(at->path(), ignored);
        }
    }
}

}  // namespace kindling::text
