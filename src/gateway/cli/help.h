// gateway/cli/help.h -- help from the declarations: of the program, a command, a module, an operation.
#pragma once
#include "gateway/cli/command.h"
#include "core/operation.h"

namespace kindling::gateway {

std::string overview_text(Registry const&, std::span<Command const>, std::string_view program, Locale);
std::string command_text(Command const&, std::string_view program, Locale);
std::string module_text(Registry const&, std::string_view module, std::string_view program, Locale);
std::string operation_text(Operation const&, std::string_view program, Locale);

}  // namespace kindling::gateway
