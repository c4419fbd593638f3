#include "gateway/cli/command_line.h"
#include "core/json_text.h"
#include "gateway/cli/completion.h"
#include "gateway/cli/help.h"
#include "gateway/cli/output.h"
#include "gateway/cli/progress_bar.h"
#include "gateway/render/names.h"
#include <boost/json.hpp>
#include <iostream>
#include <stdexcept>

namespace kindling::gateway {

namespace {

std::unexpected<Error> refuse(std::string reason, std::string message) { return fail(Errc::invalid_argument, std::move(reason), std::move(message)); }

int print(Streams const& streams, std::string_view text) {
    streams.out << text;
    return 0;
}

std::string underscored(std::string_view word) {
    std::string out(word);
    std::ranges::replace(out, '-', '_');
    return out;
}

}  // namespace

CommandLine::CommandLine(Registry const& registry, CommandLineSettings settings) : registry_(registry), settings_(std::move(settings)) {
    for (auto module : modules_of(registry_))
        if (module == "help" || module == "completion" || std::ranges::find(settings_.commands, module, &Command::name) != settings_.commands.end())
            throw std::logic_error("the module " + std::string(module) + " has the name of a command");
}

int CommandLine::run(std::span<std::string const> words, Streams const& streams, Connect const& connect) const {
    GlobalOptions options{.locale = settings_.locale};
    auto const code = run_words(words, options, streams, connect);
    streams.out.flush();
    if (code) return *code;
    streams.err << (options.output == Output::json ? to_text(error_document(code.error())) + "\n" : error_text(code.error(), options.locale)) << std::flush;
    return exit_code(code.error().code);
}

Result<int> CommandLine::run_words(std::span<std::string const> words, GlobalOptions& options, Streams const& streams, Connect const& connect) const {
    std::size_t at = 0;
    while (at < words.size() && words[at].starts_with("-"))
        if (!TRY(take_global(words, at, options))) return refuse("unknown_flag", "There is no flag " + printable(words[at]) + " before a command; see " + settings_.program + " help.");
    if (options.version) return print(streams, settings_.program + " " + settings_.version + "\n");
    if (at == words.size() || options.help) {
        // Without a word there is nothing to do; help is the answer, and asking for it is no mistake.
        return print(streams, overview_text(registry_, settings_.commands, settings_.program, options.locale));
    }
    auto const& first = words[at];
    auto const rest = words.subspan(at + 1);
    if (first == "help") return show_help(rest, options, streams);
    if (first == "completion") {
        auto const shell = rest.size() == 1 ? shell_of(rest[0]) : std::nullopt;
        if (!shell) return refuse("unknown_value", "Write " + settings_.program + " completion bash, zsh or fish.");
        return print(streams, completion_script(*shell, registry_, settings_.commands, settings_.program));
    }
    if (auto const c = std::ranges::find(settings_.commands, first, &Command::name); c != settings_.commands.end()) {
        auto const call = read_command(*c, rest, options);
        if (!call) return std::unexpected(call.error());
        options = call->global;
        if (call->global.help) return print(streams, command_text(*c, settings_.program, options.locale));
        return c->run(*call, streams);
    }
    auto const module = underscored(first);
    auto const modules = modules_of(registry_);
    if (std::ranges::find(modules, module) == modules.end()) {
        // `kindling orders.place` is what the API calls it.
        if (auto const* op = registry_.find(module)) return run_operation(*op, rest, options, streams, connect);
        return unknown_command(first);
    }
    if (rest.empty() || rest[0] == "--help" || rest[0] == "-h") return print(streams, module_text(registry_, module, settings_.program, options.locale));
    if (auto const* op = registry_.find(module + "." + underscored(rest[0]))) return run_operation(*op, rest.subspan(1), options, streams, connect);
    std::vector<std::string_view> verbs;
    for (auto const& op : registry_.all())
        if (module_of(op.name) == module) verbs.push_back(verb_of(op.name));
    auto const near = nearest(underscored(rest[0]), verbs);
    return refuse("unknown_operation", "There is no operation " + module + " " + printable(rest[0]) + (near.empty() ? "; see " + settings_.program + " help " + module + "." : "; did you mean " + module + " " + near + "?"));
}

Result<int> CommandLine::run_operation(Operation const& op, std::span<std::string const> words, GlobalOptions& options, Streams const& streams, Connect const& connect) const {
    auto request = TRY(read_request(op, words, streams.in, options));
    if (options.help) return print(streams, operation_text(op, settings_.program, options.locale));
    auto const execute = TRY(connect(options));
    Result<json::value> answer;
    {
        ProgressBar bar(streams.err, {.screen = streams.err_is, .columns = streams.columns});
        Progress progress{.stop = settings_.stop};
        if (!options.quiet && op.length == Length::long_) progress = bar.progress(settings_.stop);
        answer = execute(op.name, std::move(request), {.idempotency_key = options.idempotency_key, .shop = options.shop, .mode = options.mode, .locale = options.locale, .progress = progress});
    }
    if (!answer) return std::unexpected(answer.error());
    if (options.output == Output::json) streams.out << to_pretty_text(*answer);
    else streams.out << answer_text(*answer, {.locale = options.locale, .columns = streams.out_is == Screen::terminal ? streams.columns : 10'000});
    if (options.mode == CallMode::dry_run && options.output == Output::people) streams.err << (options.locale == Locale::zh ? "试运行：没有任何更改。\n" : "Dry run: nothing was changed.\n");
    return 0;
}

Result<int> CommandLine::show_help(std::span<std::string const> words, GlobalOptions const& options, Streams const& streams) const {
    auto const& program = settings_.program;
    if (words.empty()) return print(streams, overview_text(registry_, settings_.commands, program, options.locale));
    if (auto const c = std::ranges::find(settings_.commands, words[0], &Command::name); c != settings_.commands.end()) return print(streams, command_text(*c, program, options.locale));
    auto const name = underscored(words[0]) + (words.size() > 1 ? "." + underscored(words[1]) : "");
    if (auto const* op = registry_.find(name)) return print(streams, operation_text(*op, program, options.locale));
    auto const modules = modules_of(registry_);
    if (words.size() == 1 && std::ranges::find(modules, name) != modules.end()) return print(streams, module_text(registry_, name, program, options.locale));
    return unknown_command(words.size() > 1 ? words[0] + " " + words[1] : words[0]);
}

std::unexpected<Error> CommandLine::unknown_command(std::string_view word) const {
    std::vector<std::string> known{"help", "completion"};
    for (auto const& c : settings_.commands) known.emplace_back(c.name);
    for (auto m : modules_of(registry_)) known.emplace_back(m);
    for (auto const& op : registry_.all()) known.push_back(std::string(module_of(op.name)) + " " + std::string(verb_of(op.name)));
    auto const near = nearest(word, known);
    return refuse("unknown_operation", "There is no command " + printable(word) + (near.empty() ? "; see " + settings_.program + " help." : "; did you mean " + near + "?"));
}

}  // namespace kindling::gateway
