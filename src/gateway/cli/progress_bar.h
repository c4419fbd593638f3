// gateway/cli/progress_bar.h -- how far long work is, on standard error: a bar that redraws on a terminal, few lines in a file.
#pragma once
#include "core/progress.h"
#include "gateway/cli/terminal.h"
#include <chrono>
#include <functional>
#include <mutex>

namespace kindling::gateway {

struct ProgressBarOptions {
    Screen screen = Screen::file;
    std::size_t columns = 80;
    std::function<std::chrono::steady_clock::time_point()> clock = [] { return std::chrono::steady_clock::now(); };
};

// Draws at most ten times a second on a terminal, and in a file once for every tenth of the way (every 5 s when the end is not
// known). Nothing is drawn in the first 0.3 s, so that quick work stays silent. report() may be called from any thread.
class ProgressBar {
public:
    ProgressBar(std::ostream& out, ProgressBarOptions options);
    ~ProgressBar();  // clears the bar, so that the next line starts clean
    ProgressBar(ProgressBar const&) = delete;

    void report(std::int64_t done, std::int64_t total, std::string_view what);
    Progress progress(std::stop_token stop = {});  // that reports here; the bar must outlive it

    // "[#######-------------]  37 %  74/200  reading lines"; total 0: "74  reading lines".
    static std::string text(std::int64_t done, std::int64_t total, std::string_view what, std::size_t columns);

private:
    std::ostream& out_;
    ProgressBarOptions options_;
    std::mutex mutex_;
    std::chrono::steady_clock::time_point began_, drawn_;
    std::int64_t tenth_ = -1;
    bool on_screen_ = false;
};

}  // namespace kindling::gateway
