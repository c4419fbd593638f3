// gateway/cli/completion.h -- shell completion, generated from the registry: commands, modules, operations, fields, enum values.
//
//     source <(kindling completion bash)
//     kindling completion zsh > ~/.zfunc/_kindling
//     kindling completion fish > ~/.config/fish/completions/kindling.fish
#pragma once
#include "gateway/cli/command.h"
#include "core/operation.h"
#include <optional>

namespace kindling::gateway {

enum class Shell { bash, zsh, fish };
std::optional<Shell> shell_of(std::string_view name);

std::string completion_script(Shell, Registry const&, std::span<Command const>, std::string_view program);

}  // namespace kindling::gateway
