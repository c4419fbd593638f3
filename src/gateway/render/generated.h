// gateway/render/generated.h -- the generated documents as files: written into the repository, and compared with it in CI.
#pragma once
#include "core/operation.h"
#include "core/result.h"
#include <filesystem>
#include <string>
#include <vector>

namespace kindling::gateway {

struct GeneratedFile {
    std::string path;  // below the repository: "docs/openapi.json"
    std::string text;
};

// docs/openapi.json, docs/reference/{en,zh}/*.md and web/console/src/api/operations.ts. The documents carry no version of the
// program, so that a release changes nothing in them. Pure; sorted by path.
std::vector<GeneratedFile> generated_files(Registry const&);

// Paths whose text in `repository` differs or is missing, and pages there that belong to no module any more.
std::vector<std::string> stale_files(std::vector<GeneratedFile> const&, std::filesystem::path const& repository);

// Writes what is stale and removes pages of modules that are gone; gives the paths touched. Fails with file_not_written.
Result<std::vector<std::string>> write_files(std::vector<GeneratedFile> const&, std::filesystem::path const& repository);

}  // namespace kindling::gateway
