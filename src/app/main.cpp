// kindling: serves a shop, and every operation as a command.
#include "app/app.h"
#include "app/commands.h"
#include "gateway/cli/command_line.h"
#include "shop/people/people.h"
#include <csignal>
#include <iostream>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace {

using namespace kindling;

// Signals are waited for by a thread of their own, so that nothing has to be safe inside a handler.
class Signals {
public:
    Signals() {
        sigemptyset(&set_);
        for (int s : {SIGINT, SIGTERM}) sigaddset(&set_, s);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
        std::thread([this] {
            int which;
            sigwait(&set_, &which);
            source_.request_stop();
            sigwait(&set_, &which);
            _exit(130);  // asked twice: do not wait
        }).detach();
    }
    std::stop_token token() { return source_.get_token(); }

private:
    sigset_t set_;
    std::stop_source source_;
};

std::size_t terminal_columns() {
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 100;
}

}  // namespace

int main(int argc, char** argv) {
    static Signals signals;
    auto logger = std::make_shared<spdlog::logger>("kindling", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
    spdlog::set_default_logger(logger);
    spdlog::set_level(std::getenv("KINDLING_LOG") && std::string_view(std::getenv("KINDLING_LOG")) == "debug" ? spdlog::level::debug : spdlog::level::warn);

    auto const screen = [](int descriptor) { return isatty(descriptor) ? gateway::Screen::terminal : gateway::Screen::file; };
    gateway::Streams const streams{std::cin, std::cout, std::cerr, screen(STDOUT_FILENO), screen(STDERR_FILENO), terminal_columns()};
    auto const* language = std::getenv("LC_ALL") ? std::getenv("LC_ALL") : std::getenv("LANG");
    auto const commands = app::commands(signals.token());
    gateway::CommandLine const line(app::registry_for_documents(), {.version = std::string(app::version), .commands = commands, .locale = locale_of(language ? language : ""), .stop = signals.token()});
    std::vector<std::string> const words(argv + 1, argv + argc);
    std::unique_ptr<app::App> opened;
    return line.run(words, streams, [&](gateway::GlobalOptions const& global) { return app::connect(global, opened); });
}
