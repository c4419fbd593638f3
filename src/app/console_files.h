// app/console_files.h -- the built web console inside the binary; empty in a build without Node.
#pragma once
#include "gateway/front/front.h"

namespace kindling::app {

std::span<gateway::EmbeddedFile const> console_files();

}  // namespace kindling::app
