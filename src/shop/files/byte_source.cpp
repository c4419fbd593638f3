#include "shop/files/byte_source.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>
#include <zlib.h>

namespace kindling::shop::files {
namespace {

class FileBytes final : public ByteSource {
public:
    FileBytes(int descriptor, std::int64_t size) : descriptor_(descriptor), size_(size) {}
    ~FileBytes() override { ::close(descriptor_); }
    FileBytes(FileBytes const&) = delete;
    FileBytes& operator=(FileBytes const&) = delete;

    Result<std::size_t> read(std::span<char> into) override {
        for (;;) {
            auto const n = ::read(descriptor_, into.data(), into.size());
            if (n >= 0) {
                consumed_ += n;
                return static_cast<std::size_t>(n);
            }
            if (errno != EINTR) return fail(Errc::unavailable, "read_failed", fmt::format("The file cannot be read: {}.", std::strerror(errno)));
        }
    }
    std::int64_t consumed() const override { return consumed_; }
    std::int64_t total() const override { return size_; }

private:
    int descriptor_;
    std::int64_t size_, consumed_ = 0;
};

class MemoryBytes final : public ByteSource {
public:
    explicit MemoryBytes(std::string bytes) : bytes_(std::move(bytes)) {}
    Result<std::size_t> read(std::span<char> into) override {
        auto const n = std::min(into.size(), bytes_.size() - at_);
        std::memcpy(into.data(), bytes_.data() + at_, n);
        at_ += n;
        return n;
    }
    std::int64_t consumed() const override { return static_cast<std::int64_t>(at_); }
    std::int64_t total() const override { return static_cast<std::int64_t>(bytes_.size()); }

private:
    std::string bytes_;
    std::size_t at_ = 0;
};

// Gives back the bytes that were read to look at the content, then goes on.
class Replayed final : public ByteSource {
public:
    Replayed(std::string head, std::unique_ptr<ByteSource> rest) : head_(std::move(head)), rest_(std::move(rest)) {}
    Result<std::size_t> read(std::span<char> into) override {
        if (at_ == head_.size()) return rest_->read(into);
        auto const n = std::min(into.size(), head_.size() - at_);
        std::memcpy(into.data(), head_.data() + at_, n);
        at_ += n;
        return n;
    }
    std::int64_t consumed() const override { return rest_->consumed(); }
    std::int64_t total() const override { return rest_->total(); }

private:
    std::string head_;
    std::size_t at_ = 0;
    std::unique_ptr<ByteSource> rest_;
};

class GzipBytes final : public ByteSource {
public:
    GzipBytes(std::unique_ptr<ByteSource> packed, SourceOptions options) : packed_(std::move(packed)), options_(options), input_(1 << 16) {
        ready_ = inflateInit2(&stream_, 15 + 16) == Z_OK;  // 15 bits of window, + 16: a gzip header is required
    }
    ~GzipBytes() override {
        if (ready_) inflateEnd(&stream_);
    }
    GzipBytes(GzipBytes const&) = delete;
    GzipBytes& operator=(GzipBytes const&) = delete;

    Result<std::size_t> read(std::span<char> into) override {
        if (!ready_) return fail(Errc::internal, "read_failed", "The decompressor could not be started: out of memory.");
        stream_.next_out = reinterpret_cast<Bytef*>(into.data());
        stream_.avail_out = static_cast<uInt>(std::min(into.size(), std::size_t(1) << 30));
        auto const room = stream_.avail_out;
        while (stream_.avail_out == room && !ended_) {
            if (auto step = unpack(); !step) {
                ended_ = true;
                return std::unexpected(std::move(step).error());
            }
        }
        auto const n = static_cast<std::size_t>(room - stream_.avail_out);
        produced_ += static_cast<std::int64_t>(n);
        if (produced_ > options_.max_bytes) return refuse(fmt::format("it unpacks to more than {} bytes", options_.max_bytes));
        if (produced_ > options_.ratio_free_bytes && static_cast<double>(produced_) > options_.max_ratio * static_cast<double>(taken_))
            return refuse(fmt::format("it unpacks to more than {} times its size", options_.max_ratio));
        return n;
    }
    std::int64_t consumed() const override { return packed_->consumed(); }
    std::int64_t total() const override { return packed_->total(); }

private:
    Result<std::size_t> refuse(std::string const& why) {
        ended_ = true;
        return fail(Errc::invalid_argument, "archive_too_large", fmt::format("The compressed file is refused because {}. Unpack it and send it in parts if it is genuine.", why));
    }

    Result<void> fill() {
        auto const n = TRY(packed_->read(input_));
        stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_.avail_in = static_cast<uInt>(n);
        taken_ += static_cast<std::int64_t>(n);
        return {};
    }

    Result<void> unpack() {
        if (stream_.avail_in == 0) TRY(fill());
        if (between_members_) {
            // Tapes and some tools pad with zeros; anything else after a member must be the next member.
            while (stream_.avail_in > 0 && *stream_.next_in == 0) ++stream_.next_in, --stream_.avail_in;
            if (stream_.avail_in == 0) {
                TRY(fill());
                ended_ = stream_.avail_in == 0;
                return {};
            }
            inflateReset(&stream_);
            between_members_ = false;
        }
        if (stream_.avail_in == 0) return fail(Errc::invalid_argument, "truncated_archive", "The compressed file ends too early: it was not copied completely. Send it again.");
        switch (inflate(&stream_, Z_NO_FLUSH)) {
            case Z_STREAM_END: between_members_ = true; return {};
            case Z_OK:
            case Z_BUF_ERROR: return {};
            default:
                return fail(Errc::invalid_argument, "corrupt_archive",
                            fmt::format("The compressed file is damaged ({}). Send it again, or send it unpacked.", stream_.msg ? stream_.msg : "bad data"));
        }
    }

    std::unique_ptr<ByteSource> packed_;
    SourceOptions options_;
    std::vector<char> input_;
    z_stream stream_{};
    bool ready_ = false, ended_ = false, between_members_ = false;
    std::int64_t taken_ = 0, produced_ = 0;
};

struct Signature {
    std::string_view bytes, what, advice;
};
constexpr Signature no_tables[] = {
    {"PK\x03\x04", "an Excel workbook or a zip archive", "Save it as CSV, or unpack it first."},
    {"\xD0\xCF\x11\xE0", "an old Excel workbook", "Save it as CSV."},
    {"%PDF", "a PDF document", "Export the table as CSV."},
    {"PAR1", "a Parquet file", "Use the Parquet import."},
    {"\x7F" "ELF", "a program", "Choose the exported table."},
    {"\x89PNG", "a picture", "Choose the exported table."},
    {"\xFF\xD8\xFF", "a picture", "Choose the exported table."},
    {"SQLite format 3", "a database", "Export its tables as CSV."},
};

Result<std::unique_ptr<ByteSource>> recognise(std::unique_ptr<ByteSource> source, SourceOptions options) {
    std::string head(64, '\0');
    std::size_t have = 0;
    while (have < 16) {  // a pipe may give one byte at a time
        std::string part(64, '\0');
        auto const n = TRY(source->read(part));
        if (n == 0) break;
        head.replace(have, n, part, 0, n);
        have += n;
    }
    head.resize(have);
    for (auto const& signature : no_tables)
        if (head.starts_with(signature.bytes))
            return fail(Errc::invalid_argument, "unsupported_file", fmt::format("This is {}, not a table in text form. {}", signature.what, signature.advice));
    auto const gzip = head.starts_with("\x1F\x8B");
    std::unique_ptr<ByteSource> whole = std::make_unique<Replayed>(std::move(head), std::move(source));
    if (gzip) whole = std::make_unique<GzipBytes>(std::move(whole), options);
    return whole;
}

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file(std::filesystem::path const& path, SourceOptions options) {
    auto const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT) return fail(Errc::not_found, "file_not_found", fmt::format("There is no file {}.", path.string()));
        return fail(Errc::failed_precondition, "file_unreadable", fmt::format("The file {} cannot be opened: {}.", path.string(), std::strerror(errno)));
    }
    struct stat status{};
    ::fstat(descriptor, &status);
    if (S_ISDIR(status.st_mode)) {
        ::close(descriptor);
        return fail(Errc::failed_precondition, "file_unreadable", fmt::format("{} is a folder; name the file in it.", path.string()));
    }
    return recognise(std::make_unique<FileBytes>(descriptor, S_ISREG(status.st_mode) ? status.st_size : 0), options);
}

Result<std::unique_ptr<ByteSource>> open_bytes(std::string bytes, SourceOptions options) {
    return recognise(std::make_unique<MemoryBytes>(std::move(bytes)), options);
}

}  // namespace kindling::shop::files
