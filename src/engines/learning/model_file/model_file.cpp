#include "engines/learning/model_file/model_file.h"
#include "core/stable_hash.h"

#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

namespace kindling::model_file {

namespace {
constexpr std::size_t kind_size = 8, head = kind_size + sizeof(std::uint64_t);

}  // namespace

std::string seal(std::string_view kind, std::string_view body) {
    std::string out(kind.substr(0, kind_size));
    out.resize(kind_size, ' ');
    auto const sum = stable_hash(body);
    out.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    return out.append(body);
}

Result<std::string_view> open(std::string_view kind, std::string_view file) {
    std::uint64_t sum = 0;
    if (file.size() >= head && file.starts_with(kind)) {
        std::memcpy(&sum, file.data() + kind_size, sizeof sum);
        if (auto const body = file.substr(head); sum == stable_hash(body)) return body;
    }
    return fail(Errc::invalid_argument, "model_invalid", fmt::format("This is not a model of kind {}, or it is damaged; train it again.", kind));
}

Result<std::string> load(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return fail(Errc::not_found, "model_not_found", fmt::format("There is no model at {}.", path));
    auto const size = file.tellg();
    std::string bytes(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    file.seekg(0);
    if (size < 0 || !file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return fail(Errc::unavailable, "model_unreadable", fmt::format("The model {} cannot be read.", path));
    return bytes;
}

Result<void> save(const std::string& path, std::string_view bytes) {
    auto const fresh = path + ".new";
    std::error_code error;
    {
        std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        file.close();
        if (!file) return fail(Errc::unavailable, "model_not_written", fmt::format("The model {} cannot be written.", path));
    }
    std::filesystem::rename(fresh, path, error);
    if (error) return fail(Errc::unavailable, "model_not_written", fmt::format("The model {} cannot be written: {}.", path, error.message()));
    return {};
}

}  // namespace kindling::model_file
