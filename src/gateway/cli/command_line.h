// gateway/cli/command_line.h -- the whole command line: `kindling orders place --sku A1`, `kindling serve`, help, completion.
//
// Nothing global is touched: words, streams and the way to carry an operation out are given, the exit code is returned. The
// shop is opened only when an operation is really to be run, so that help works anywhere.
#pragma once
#include "gateway/cli/command.h"
#include "gateway/render/call.h"

namespace kindling::gateway {

// Opens what --data and --store name and gives the function that carries operations out on it.
using Connect = std::function<Result<Execute>(GlobalOptions const&)>;

struct CommandLineSettings {
    std::string program = "kindling", version = "0.0.0";
    std::vector<Command> commands = {};  // built_in_commands()
    Locale locale = Locale::en;          // until --locale says otherwise; the application reads LANG
    std::stop_token stop = {};           // Ctrl-C, for long operations
};

class CommandLine {
public:
    // Keeps a reference to the registry. std::logic_error when a command has the name of a module: a bug of ours.
    CommandLine(Registry const&, CommandLineSettings);

    // `words` without the program's name. Answers go to streams.out, everything else to streams.err. Exit codes: output.h.
    int run(std::span<std::string const> words, Streams const&, Connect const&) const;

private:
    Result<int> run_words(std::span<std::string const> words, GlobalOptions&, Streams const&, Connect const&) const;
    Result<int> run_operation(Operation const&, std::span<std::string const> words, GlobalOptions&, Streams const&, Connect const&) const;
    Result<int> show_help(std::span<std::string const> words, GlobalOptions const&, Streams const&) const;
    std::unexpected<Error> unknown_command(std::string_view word) const;

    Registry const& registry_;
    CommandLineSettings settings_;
};

}  // namespace kindling::gateway
