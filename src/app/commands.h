// app/commands.h -- what the built-in commands do.
#pragma once
#include "app/app.h"
#include "gateway/cli/command.h"
#include "gateway/render/call.h"

namespace kindling::app {

std::vector<gateway::Command> commands(std::stop_token stop);

// Opens the shop that --data and --store name (or KINDLING_DATA_FOLDER, or ./data) and gives the way to run operations on it.
Result<gateway::Execute> connect(gateway::GlobalOptions const&, std::unique_ptr<App>& opened);
// The shop that --shop names, 1 for none; shop_not_found for what is no number of a shop of this store.
Result<std::int64_t> shop_of(App&, std::string const& text);
AppOptions options_of(gateway::GlobalOptions const&);

}  // namespace kindling::app
