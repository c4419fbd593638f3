// app/import_command.h -- kindling import and kindling export: the files of a shop in and out, from the command line.
#pragma once
#include "gateway/cli/command.h"
#include <stop_token>

namespace kindling::app {

// Each file through imports.run, in the order in which a set belongs together. 2 when a file was refused.
Result<int> run_import_command(gateway::CommandCall const&, gateway::Streams const&, std::stop_token);
Result<int> run_export_command(gateway::CommandCall const&, gateway::Streams const&, std::stop_token);

}  // namespace kindling::app
