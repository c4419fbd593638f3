#include "gateway/render/generated.h"
#include "core/json_text.h"
#include "gateway/render/openapi.h"
#include "gateway/render/reference.h"
#include "gateway/render/typescript.h"
#include <boost/json.hpp>
#include <fstream>
#include <sstream>

namespace kindling::gateway {

namespace {

constexpr std::string_view reference_folder = "docs/reference";

std::optional<std::string> read(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return {};
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

// Only pages that we made: other files may stand beside them.
std::vector<std::string> orphans(std::vector<GeneratedFile> const& files, std::filesystem::path const& repository) {
    std::vector<std::string> out;
    std::error_code failed;
    for (std::filesystem::recursive_directory_iterator i(repository / reference_folder, failed), end; !failed && i != end; i.increment(failed)) {
        if (!i->is_regular_file() || i->path().extension() != ".md") continue;
        auto const path = std::filesystem::relative(i->path(), repository, failed).generic_string();
        auto const text = read(i->path());
        bool const ours = text && (text->starts_with("<!-- Generated") || text->starts_with("<!-- 由操作注册表生成"));
        if (ours && std::ranges::find(files, path, &GeneratedFile::path) == files.end()) out.push_back(path);
    }
    return out;
}

}  // namespace

std::vector<GeneratedFile> generated_files(Registry const& registry) {
    std::vector<GeneratedFile> files{{"docs/openapi.json", to_pretty_text(openapi_document(registry), 240)}, {"web/console/src/api/operations.ts", typescript_module(registry)}};
    for (auto& page : reference_pages(registry)) files.push_back({std::string(reference_folder) + "/" + page.path, std::move(page.text)});
    std::ranges::sort(files, {}, &GeneratedFile::path);
    return files;
}

std::vector<std::string> stale_files(std::vector<GeneratedFile> const& files, std::filesystem::path const& repository) {
    auto stale = orphans(files, repository);
    for (auto const& f : files)
        if (read(repository / f.path) != f.text) stale.push_back(f.path);
    std::ranges::sort(stale);
    return stale;
}

Result<std::vector<std::string>> write_files(std::vector<GeneratedFile> const& files, std::filesystem::path const& repository) {
    auto const stale = stale_files(files, repository);
    for (auto const& path : stale) {
        std::error_code failed;
        auto const f = std::ranges::find(files, path, &GeneratedFile::path);
        if (f == files.end()) {
            std::filesystem::remove(repository / path, failed);
        } else {
            std::filesystem::create_directories((repository / path).parent_path(), failed);
            std::ofstream out(repository / path, std::ios::binary);
            out << f->text << std::flush;
            if (!out) failed = std::make_error_code(std::errc::io_error);
        }
        if (failed) return fail(Errc::unavailable, "file_not_written", "The file " + path + " could not be written; is the folder there and the disk not full?");
    }
    return stale;
}

}  // namespace kindling::gateway
