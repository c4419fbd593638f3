// gateway/http/multipart.h -- file uploads from browsers: multipart/form-data (RFC 7578), in bounded memory.
//
// The reader is fed pieces of any size and hands on parts as they come; it keeps at most one header block or one delimiter's
// length of text. Files go to temporary files that are removed with their Part. The name a client gives a file is only a label:
// directories are cut off, and nothing is ever opened by it.
#pragma once
#include "core/result.h"
#include "gateway/http/request.h"
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::gateway {

struct MultipartLimits {
    std::size_t max_parts = 100;
    std::size_t max_text_bytes = 64 * 1024;         // of a part without a file name
    std::uint64_t max_file_bytes = 64 << 20;        // of each file
    std::string temporary_directory = {};           // empty: the system's
};

class TemporaryFile {
public:
    explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    ~TemporaryFile();
    std::string const& path() const { return path_; }

private:
    std::string path_;
};

struct Part {
    std::string name;
    std::string file_name = {};                     // UTF-8, at most 255 bytes, no directory, no control characters
    std::string content_type = {};                  // as the client says, so never to be believed
    std::string text = {};                          // when it is no file
    std::unique_ptr<TemporaryFile> file = {};       // when it has a file name, even an empty one
    std::uint64_t bytes = 0;
};

// The whole body, from memory or from request.body_file. Fails with not_multipart, malformed_multipart, too_many_parts,
// body_too_large (naming the part) or disk_full.
Result<std::vector<Part>> parse_multipart(Request const&, MultipartLimits const& = {});

// The framing alone: no files, no limits but its own.
class MultipartReader {
public:
    struct PartHead { std::string name, file_name, content_type; bool is_file = false; };
    struct Sink {
        std::function<Result<void>(PartHead const&)> begin;
        std::function<Result<void>(std::string_view)> data;
        std::function<Result<void>()> end;
    };
    MultipartReader(std::string_view boundary, Sink);  // boundary: 1..70 characters, as from boundary_of
    Result<void> feed(std::string_view bytes);
    Result<void> finish();                             // fails when the closing delimiter is missing

private:
    enum class State { preamble, after_delimiter, head, body, epilogue };
    std::string delimiter_, held_ = "\r\n";            // so that the first delimiter looks like all others
    Sink sink_;
    State state_ = State::preamble;
};

// From "multipart/form-data; boundary=..."; fails with not_multipart.
Result<std::string> boundary_of(std::string_view content_type);

}  // namespace kindling::gateway
