#include "gateway/http/multipart.h"
#include "core/utf8.h"
#include "gateway/http/url.h"
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace kindling::gateway {

namespace {

constexpr std::size_t max_head_bytes = 8 * 1024;

auto malformed(char const* why) { return fail(Errc::invalid_argument, "malformed_multipart", why); }

// The parameter of a field such as `form-data; name="a b"; filename="x.png"`. Quoted text may escape with a backslash.
std::optional<std::string> parameter_of(std::string_view field, std::string_view wanted) {
    auto at = field.find(';');
    while (at < field.size()) {
        ++at;
        auto const equals = field.find_first_of("=;", at);
        if (equals == field.npos) return {};
        auto const name = trim(field.substr(at, equals - at));
        at = equals;
        if (field[at] == ';') continue;
        std::string value;
        ++at;
        while (at < field.size() && (field[at] == ' ' || field[at] == '\t')) ++at;
        if (at < field.size() && field[at] == '"') {
            for (++at; at < field.size() && field[at] != '"'; ++at) {
                if (field[at] == '\\' && at + 1 < field.size() && (field[at + 1] == '"' || field[at + 1] == '\\')) ++at;
                value += field[at];
            }
            if (at == field.size()) return {};  // no closing quote
            at = field.find(';', at);
        } else {
            auto const end = std::min(field.find(';', at), field.size());
            value = trim(field.substr(at, end - at));
            at = end;
        }
        if (equal_ignoring_case(name, wanted)) return value;
    }
    return {};
}

std::string harmless_file_name(std::string_view name) {
    if (auto const slash = name.find_last_of("/\\"); slash != name.npos) name.remove_prefix(slash + 1);
    std::string out;
    for (unsigned char c : repair_utf8(name))
        if (c >= 0x20 && c != 0x7F) out += static_cast<char>(c);
    if (out == "." || out == "..") out.clear();
    return std::string(utf8_prefix(out, 255));
}

}  // namespace

TemporaryFile::~TemporaryFile() { ::unlink(path_.c_str()); }

Result<std::string> boundary_of(std::string_view content_type) {
    auto const type = trim(content_type.substr(0, content_type.find(';')));
    auto boundary = equal_ignoring_case(type, "multipart/form-data") ? parameter_of(content_type, "boundary") : std::nullopt;
    if (!boundary || boundary->empty() || boundary->size() > 70) return fail(Errc::invalid_argument, "not_multipart", "Send the form as multipart/form-data with a boundary of 1 to 70 characters.");
    return std::move(*boundary);
}

MultipartReader::MultipartReader(std::string_view boundary, Sink sink) : delimiter_("\r\n--" + std::string(boundary)), sink_(std::move(sink)) {}

Result<void> MultipartReader::feed(std::string_view bytes) {
    held_ += bytes;
    std::size_t at = 0;  // what is before it has been dealt with
    auto const keep = [&] { held_.erase(0, at); };
    for (;;) {
        std::string_view const rest = std::string_view(held_).substr(at);
        switch (state_) {
            case State::preamble:
            case State::body: {
                auto const found = rest.find(delimiter_);
                auto const safe = found != rest.npos ? found : rest.size() - std::min(rest.size(), delimiter_.size() - 1);
                if (state_ == State::body && safe > 0) TRY(sink_.data(rest.substr(0, safe)));
                at += safe;
                if (found == rest.npos) return keep(), Result<void>();
                at += delimiter_.size();
                if (state_ == State::body) TRY(sink_.end());
                state_ = State::after_delimiter;
                break;
            }
            case State::after_delimiter: {
                if (rest.size() < 2) return keep(), Result<void>();
                if (rest.starts_with("--")) {
                    state_ = State::epilogue;
                    break;
                }
                auto const blanks = std::min(rest.find_first_not_of(" \t"), rest.size());
                if (blanks > 128) return malformed("A boundary line is too long.");
                if (rest.size() < blanks + 2) return keep(), Result<void>();
                if (rest.substr(blanks, 2) != "\r\n") return malformed("A boundary is followed by something else on its line.");
                at += blanks;  // the line break stays, so that an empty header block looks like any other
                state_ = State::head;
                break;
            }
            case State::head: {
                auto const end = rest.find("\r\n\r\n");
                if (end == rest.npos) {
                    if (rest.size() > max_head_bytes) return malformed("The header of a part is too long.");
                    return keep(), Result<void>();
                }
                if (end > max_head_bytes) return malformed("The header of a part is too long.");
                PartHead head;
                bool named = false;
                for (auto lines = rest.substr(2, end == 0 ? 0 : end - 2); !lines.empty();) {
                    auto const stop = std::min(lines.find("\r\n"), lines.size());
                    auto const line = lines.substr(0, stop);
                    lines.remove_prefix(std::min(stop + 2, lines.size()));
                    auto const colon = line.find(':');
                    if (colon == line.npos) return malformed("A header line of a part has no colon.");
                    auto const value = trim(line.substr(colon + 1));
                    if (equal_ignoring_case(line.substr(0, colon), "content-type")) head.content_type = value;
                    if (!equal_ignoring_case(line.substr(0, colon), "content-disposition")) continue;
                    auto name = parameter_of(value, "name");
                    if (!equal_ignoring_case(trim(value.substr(0, value.find(';'))), "form-data") || !name || !is_utf8(*name)) return malformed("A part needs Content-Disposition: form-data with a name in UTF-8.");
                    head.name = std::move(*name), named = true;
                    if (auto file_name = parameter_of(value, "filename")) head.is_file = true, head.file_name = harmless_file_name(*file_name);
                }
                if (!named) return malformed("A part needs Content-Disposition: form-data with a name in UTF-8.");
                TRY(sink_.begin(head));
                at += end + 4;
                state_ = State::body;
                break;
            }
            case State::epilogue: return held_.clear(), Result<void>();
        }
    }
}

Result<void> MultipartReader::finish() {
    if (state_ != State::epilogue) return malformed("The closing boundary is missing: the upload was cut off.");
    return {};
}

namespace {

// Gathers parts, texts in memory and files on disk, within the limits.
class Collector {
public:
    explicit Collector(MultipartLimits const& limits) : limits_(limits) {
        if (!limits_.temporary_directory.empty()) return;
        std::error_code ec;
        limits_.temporary_directory = std::filesystem::temp_directory_path(ec).string();
    }
    ~Collector() { if (fd_ >= 0) ::close(fd_); }
    std::vector<Part> parts;

    Result<void> begin(MultipartReader::PartHead const& head) {
        if (parts.size() == limits_.max_parts) return fail(Errc::invalid_argument, "too_many_parts", "The form has too many parts.");
        parts.push_back({.name = head.name, .file_name = head.file_name, .content_type = head.content_type});
        if (!head.is_file) return {};
        auto path = limits_.temporary_directory + "/kindling-part-XXXXXX";
        fd_ = ::mkostemp(path.data(), O_CLOEXEC);
        if (fd_ < 0) return disk_full();
        parts.back().file = std::make_unique<TemporaryFile>(std::move(path));
        return {};
    }
    Result<void> data(std::string_view piece) {
        auto& part = parts.back();
        part.bytes += piece.size();
        auto const limit = part.file ? limits_.max_file_bytes : limits_.max_text_bytes;
        if (part.bytes > limit) {
            auto const message = "The part is larger than " + std::to_string(limit) + " bytes.";
            return fail(Errc::invalid_argument, "body_too_large", message, {{"/" + part.name, "too_long", message}});
        }
        if (!part.file) return part.text += piece, Result<void>();
        while (!piece.empty()) {
            auto const n = ::write(fd_, piece.data(), piece.size());
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) return disk_full();
            piece.remove_prefix(static_cast<std::size_t>(n));
        }
        return {};
    }
    Result<void> end() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
        return {};
    }

private:
    static Result<void> disk_full() { return fail(Errc::unavailable, "disk_full", "The upload could not be written to the disk of the server."); }
    MultipartLimits limits_;
    int fd_ = -1;
};

}  // namespace

Result<std::vector<Part>> parse_multipart(Request const& request, MultipartLimits const& limits) {
    auto const boundary = TRY(boundary_of(request.headers.get("content-type")));
    Collector collector(limits);
    MultipartReader reader(boundary, {.begin = [&](auto const& head) { return collector.begin(head); },
                                      .data = [&](std::string_view piece) { return collector.data(piece); },
                                      .end = [&] { return collector.end(); }});
    if (request.body_file.empty()) {
        TRY(reader.feed(request.body));
    } else {
        auto const file = std::unique_ptr<std::FILE, int (*)(std::FILE*)>(std::fopen(request.body_file.c_str(), "rbe"), std::fclose);
        if (!file) return fail(Errc::internal, "internal", "The spooled body is gone.");
        std::vector<char> piece(64 * 1024);
        while (auto const n = std::fread(piece.data(), 1, piece.size(), file.get())) TRY(reader.feed({piece.data(), n}));
        if (std::ferror(file.get())) return fail(Errc::internal, "internal", "The spooled body cannot be read.");
    }
    TRY(reader.finish());
    return std::move(collector.parts);
}

}  // namespace kindling::gateway
