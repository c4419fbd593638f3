#include "providers/speech/offline_voice.h"
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <poll.h>

#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kindling::providers {

namespace {

std::string program() {
    std::string_view folders = std::getenv("PATH") ? std::getenv("PATH") : "/usr/bin";
    while (!folders.empty()) {
        auto const end = std::min(folders.find(':'), folders.size());
        auto const file = std::string(folders.substr(0, end)) + "/espeak-ng";
        if (file.front() == '/' && ::access(file.c_str(), X_OK) == 0) return file;
        folders.remove_prefix(std::min(end + 1, folders.size()));
    }
    return {};
}

class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() { close(); }
    void close() { if (fd_ >= 0) ::close(std::exchange(fd_, -1)); }
    int get() const { return fd_; }

private:
    int fd_;
};

std::unexpected<Error> failed(std::string_view why) { return fail(Errc::unavailable, "offline_voice_failed", "espeak-ng " + std::string(why)); }

struct Run { std::string file; std::vector<std::string> arguments; std::string_view input; std::size_t most_output = 0; std::chrono::steady_clock::time_point until; std::stop_token stop; };

// What the program writes when it is given `input`. It is killed when it takes too long, writes too much or nobody waits any more.
Result<std::string> output_of(Run const& run) {
    int in[2], out[2];
    // A socket and no pipe: writing to a program that ended is an error there and no signal.
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0) return failed("could not be started: " + std::string(std::strerror(errno)));
    Descriptor const its_input(in[0]);
    Descriptor our_end(in[1]);
    if (::pipe2(out, O_CLOEXEC) != 0) return failed("could not be started: " + std::string(std::strerror(errno)));
    Descriptor const output(out[0]);
    Descriptor its_output(out[1]);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, its_input.get(), 0);
    ::posix_spawn_file_actions_adddup2(&actions, its_output.get(), 1);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    std::vector<char*> arguments{const_cast<char*>("espeak-ng")};
    for (auto const& a : run.arguments) arguments.push_back(const_cast<char*>(a.c_str()));
    arguments.push_back(nullptr);
    char language[] = "LANG=C.UTF-8";
    char* environment[] = {language, nullptr};
    pid_t child = 0;
    int const error = ::posix_spawn(&child, run.file.c_str(), &actions, nullptr, arguments.data(), environment);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) return failed("could not be started: " + std::string(std::strerror(error)));
    its_output.close();
    std::string said;
    auto const read = [&]() -> Result<void> {
        for (auto left = run.input; !left.empty();) {  // a few kilobytes: they fit into the socket
            auto const n = ::send(our_end.get(), left.data(), left.size(), MSG_NOSIGNAL);
            if (n <= 0) return failed("does not read what it is to say.");
            left.remove_prefix(static_cast<std::size_t>(n));
        }
        our_end.close();
        for (char buffer[65'536];;) {
            if (run.stop.stop_requested()) return fail(Errc::unavailable, "cancelled", "The voice was not waited for.");
            if (std::chrono::steady_clock::now() >= run.until) return fail(Errc::unavailable, "deadline_exceeded", "espeak-ng did not finish in time.");
            pollfd ready{.fd = output.get(), .events = POLLIN, .revents = 0};
            if (::poll(&ready, 1, 100) <= 0) continue;
            auto const n = ::read(output.get(), buffer, sizeof buffer);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) return failed("cannot be heard: " + std::string(std::strerror(errno)));
            if (n == 0) return {};
            if (said.size() + static_cast<std::size_t>(n) > run.most_output) return failed("says more than it was asked to.");
            said.append(buffer, static_cast<std::size_t>(n));
        }
    }();
    if (!read) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (!read) return std::unexpected(read.error());
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return failed("ended with an error.");
    return said;
}

// Which voice reads Chinese depends on the version; asked once for each place of the program.
std::string chinese_voice(std::string const& file) {
    static std::mutex mutex;
    static std::string asked_of, voice;
    std::lock_guard const lock(mutex);
    if (asked_of == file) return voice;
    int minor = 0;
    if (auto const said = output_of({.file = file, .arguments = {"--version"}, .input = {}, .most_output = 4'096, .until = std::chrono::steady_clock::now() + std::chrono::seconds(3), .stop = {}}))
        if (auto const at = said->find(": 1."); at != said->npos) std::from_chars(said->data() + at + 4, said->data() + said->size(), minor);
    asked_of = file;
    return voice = minor >= 52 ? "cmn" : "cmn-latn-pinyin";
}

}  // namespace

bool has_offline_voice() { return !program().empty(); }

Result<Pcm> say_offline(std::string_view text, Locale locale, OfflineVoiceLimits const& limits) {
    auto const file = program();
    if (file.empty()) return fail(Errc::failed_precondition, "offline_voice_missing", "No offline voice is installed here (Debian: espeak-ng).");
    auto const until = std::chrono::steady_clock::now() + limits.deadline;
    Pcm out{.rate = 22'050, .samples = {}};
    for (auto const& run : spoken_runs(text, locale)) {
        auto const wav = TRY(output_of({.file = file, .arguments = {"-b", "1", "-v", run.language == Locale::zh ? chinese_voice(file) : "en-us", "--stdin", "--stdout"}, .input = run.text, .most_output = (limits.most_samples - out.samples.size()) * 2 + 1'024, .until = until, .stop = limits.stop}));
        auto const pcm = read_wav(wav);
        if (!pcm || pcm->rate != out.rate) return failed("answers something else than sound.");
        out.samples.insert(out.samples.end(), pcm->samples.begin(), pcm->samples.end());
    }
    return out;
}

}  // namespace kindling::providers
