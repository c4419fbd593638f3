// The program, its input and what it answers are files of a folder that only this user can read. Caches of compiled code are kept in that folder
// (NUMBA_CACHE_DIR), so that a tool that compiles itself does so in every run and the time of it can be measured.
#include "peer.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "bench.h"
#include "core/json_text.h"

namespace kindling::bench {

std::optional<std::map<std::string, double>> run_peer(std::string_view module, std::string_view program, std::string_view input) {
    auto const* const chosen = std::getenv("KINDLING_PYTHON");
    std::string const python = chosen != nullptr ? chosen : "python3";
    if (std::system(fmt::format("'{}' -c 'import {}' > /dev/null 2>&1", python, module).c_str()) != 0) {
        fmt::print(stderr, "{} has no {} (from PyPI): that peer is not in this run\n", python, module);
        return std::nullopt;
    }
    auto name = (std::filesystem::temp_directory_path() / "kindling-peer-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) give_up({Errc::unavailable, "no_folder", "There is no temporary folder to write in."});
    struct Folder {
        std::filesystem::path path;
        ~Folder() { std::error_code error; std::filesystem::remove_all(path, error); }
    } const folder{name};
    std::ofstream(folder.path / "peer.py") << program;
    std::ofstream(folder.path / "input") << input;
    auto const failed = std::system(fmt::format("cd '{}' && NUMBA_CACHE_DIR=. OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 '{}' peer.py input > answer 2> log", name, python).c_str()) != 0;
    auto const text = read_file((folder.path / "answer").string());
    auto const end = text.find_last_not_of('\n');
    auto const start = end == std::string::npos ? std::string::npos : text.rfind('\n', end);
    auto const answer = parse_json(std::string_view(text).substr(start == std::string::npos ? 0 : start + 1));
    if (failed || !answer || !answer->is_object()) give_up({Errc::internal, "peer_failed", fmt::format("{} failed: {}", module, read_file((folder.path / "log").string()))});
    std::map<std::string, double> out;
    for (auto const& [key, value] : answer->get_object()) out[std::string(key)] = value.to_number<double>();
    return out;
}

}  // namespace kindling::bench
