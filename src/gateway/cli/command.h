// gateway/cli/command.h -- the program's own commands (serve, import, backup …) as a table: what they take, in both languages.
//
// The table is data; what a command does is supplied by the application, which alone knows everyone.
#pragma once
#include "gateway/cli/arguments.h"
#include "gateway/cli/terminal.h"
#include <functional>
#include <map>

namespace kindling::gateway {

struct CommandFlag {
    enum class Takes { nothing, text, number } takes = Takes::text;
    std::string_view name;      // "listen": --listen
    std::string_view value;     // what stands for the value in help
    std::string_view fallback;  // the value when the flag is not given; empty: none
    Text doc;
};

struct CommandCall {
    GlobalOptions global;
    std::map<std::string, std::string, std::less<>> values = {};  // flags that were given or have a fallback; "true" for those that take nothing
    std::vector<std::string> words = {};                          // the rest: files, folders

    bool has(std::string_view flag) const { return values.contains(flag); }
    std::string_view text(std::string_view flag) const;  // "" when absent
    std::int64_t number(std::string_view flag) const;    // checked before; 0 when absent
};

struct Command {
    std::string_view name;
    Text summary;
    std::string_view words;  // in the usage line: "FILE…"; empty: it takes none
    std::size_t least_words = 0, most_words = 0;
    std::vector<CommandFlag> flags = {};
    // The exit code, or an error that is shown and gives one. The application sets it.
    std::function<Result<int>(CommandCall const&, Streams const&)> run = {};
};

using CommandRuns = std::map<std::string_view, std::function<Result<int>(CommandCall const&, Streams const&)>>;

// serve, worker, mcp, import, export, forecast-series, demo, backup, restore, doctor, generate, version: those that `runs` has a function for.
std::vector<Command> built_in_commands(CommandRuns const& runs);

// Fails with unknown_flag, missing_value, not_a_number or unexpected_word, saying what was meant.
Result<CommandCall> read_command(Command const&, std::span<std::string const> words, GlobalOptions const&);

}  // namespace kindling::gateway
