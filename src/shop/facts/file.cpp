#include "shop/facts/file.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kindling::shop::facts {
namespace {

std::unexpected<Error> failed(std::string_view doing, int error) {
    if (error == ENOENT) return fail(Errc::not_found, "file_not_found", fmt::format("{}: the file does not exist.", doing));
    if (error == ENOSPC || error == EDQUOT) return fail(Errc::unavailable, "disk_full", fmt::format("{}: the disk is full. Make room and try again; nothing was lost.", doing));
    return fail(Errc::unavailable, "file_failed", fmt::format("{}: {}.", doing, error ? std::strerror(error) : "the file is shorter than it should be"));
}

}  // namespace

Result<File> File::open(std::filesystem::path const& path, Mode mode) {
    File file;
    file.descriptor_ = ::open(path.c_str(), (mode == Mode::write ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0640);
    if (file.descriptor_ < 0) return failed(fmt::format("Opening {}", path.filename().string()), errno);
    return file;
}

File::~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> File::write_at(std::int64_t offset, std::string_view bytes) const {
    while (!bytes.empty()) {
        auto const n = ::pwrite(descriptor_, bytes.data(), bytes.size(), offset);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return failed("Writing facts", errno);
        bytes.remove_prefix(static_cast<std::size_t>(n)), offset += n;
    }
    return {};
}

Result<void> File::read_at(std::int64_t offset, char* into, std::size_t size) const {
    while (size > 0) {
        auto const n = ::pread(descriptor_, into, size, offset);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return failed("Reading facts", n < 0 ? errno : 0);
        into += n, size -= static_cast<std::size_t>(n), offset += n;
    }
    return {};
}

Result<void> File::wait_for_disk() const {
    if (::fdatasync(descriptor_) != 0) return failed("Writing facts to disk", errno);
    return {};
}

Result<std::int64_t> File::size() const {
    struct stat status{};
    if (::fstat(descriptor_, &status) != 0) return failed("Reading facts", errno);
    return static_cast<std::int64_t>(status.st_size);
}

Result<std::string> read_whole_file(std::filesystem::path const& path) {
    auto const file = TRY(File::open(path, File::Mode::read));
    std::string text(static_cast<std::size_t>(TRY(file.size())), '\0');
    TRY(file.read_at(0, text.data(), text.size()));
    return text;
}

Result<void> replace_file(std::filesystem::path const& path, std::string_view content, Sync sync) {
    auto beside = path;
    beside += ".new";
    {
        auto const file = TRY(File::open(beside, File::Mode::write));
        if (::ftruncate(file.descriptor(), 0) != 0) return failed("Writing facts", errno);
        TRY(file.write_at(0, content));
        if (sync == Sync::disk) TRY(file.wait_for_disk());
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) return failed("Writing facts", errno);
    if (sync == Sync::disk) {
        auto const folder = TRY(File::open(path.parent_path(), File::Mode::read));
        if (::fsync(folder.descriptor()) != 0) return failed("Writing facts to disk", errno);
    }
    return {};
}

Result<Mapping> Mapping::map(std::filesystem::path const& path, std::int64_t bytes) {
    Mapping mapping;
    if (bytes == 0) return mapping;
    auto const file = TRY(File::open(path, File::Mode::read));
    if (TRY(file.size()) < bytes) return failed(fmt::format("Reading {}", path.filename().string()), 0);
    auto* const data = ::mmap(nullptr, static_cast<std::size_t>(bytes), PROT_READ, MAP_SHARED, file.descriptor(), 0);
    if (data == MAP_FAILED) return failed(fmt::format("Mapping {}", path.filename().string()), errno);
    mapping.data_ = static_cast<char const*>(data);
    mapping.size_ = static_cast<std::size_t>(bytes);
    return mapping;
}

Mapping::~Mapping() {
    if (data_) ::munmap(const_cast<char*>(data_), size_);
}

}  // namespace kindling::shop::facts
