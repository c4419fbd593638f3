// app/restore_command.h -- kindling restore: a backup takes the place of a folder's store.
#pragma once
#include "gateway/cli/command.h"
#include <stop_token>

namespace kindling::app {

// The backup is copied, checked page by page, brought to this version's schema and tried with its key beside the store that is
// there; only then the two change places. Whatever is wrong with it leaves the folder as it was.
Result<int> run_restore_command(gateway::CommandCall const&, gateway::Streams const&, std::stop_token);

}  // namespace kindling::app
