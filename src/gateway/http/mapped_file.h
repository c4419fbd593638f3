// gateway/http/mapped_file.h -- a file as bytes that a response can share: mapped, not read, and unmapped with its last user.
#pragma once
#include "gateway/http/response.h"

namespace kindling::gateway {

// A regular file of any size; an empty one gives empty bytes. Fails with file_not_found (also for what is no regular file).
// The caller vouches for the path: nothing from a request may reach it unchecked. The file must not shrink while it is served;
// replace files by renaming.
Result<SharedBytes> map_file(std::string const& path);

}  // namespace kindling::gateway
