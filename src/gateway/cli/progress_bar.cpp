#include "gateway/cli/progress_bar.h"
#include "core/grouped.h"
#include <algorithm>
#include <iostream>

namespace kindling::gateway {

namespace {

using namespace std::chrono_literals;

}  // namespace

ProgressBar::ProgressBar(std::ostream& out, ProgressBarOptions options) : out_(out), options_(std::move(options)), began_(options_.clock()), drawn_(began_) {}

ProgressBar::~ProgressBar() {
    if (on_screen_) out_ << '\r' << std::string(options_.columns - 1, ' ') << '\r' << std::flush;
}

void ProgressBar::report(std::int64_t done, std::int64_t total, std::string_view what) {
    std::lock_guard const lock(mutex_);
    auto const now = options_.clock();
    if (now - began_ < 300ms) return;
    if (options_.screen == Screen::terminal) {
        if (on_screen_ && now - drawn_ < 100ms && done != total) return;
        out_ << '\r' << padded(text(done, total, what, options_.columns - 1), options_.columns - 1) << std::flush;
        on_screen_ = true;
    } else {
        auto const tenth = total > 0 ? done * 10 / total : -1;
        if (total > 0 ? tenth <= tenth_ : now - drawn_ < 5s && tenth_ != -1) return;
        tenth_ = total > 0 ? tenth : 0;
        out_ << text(done, total, what, options_.columns) << '\n' << std::flush;
    }
    drawn_ = now;
}

Progress ProgressBar::progress(std::stop_token stop) {
    return {.stop = std::move(stop), .report = [this](std::int64_t done, std::int64_t total, std::string_view what) { report(done, total, what); }};
}

std::string ProgressBar::text(std::int64_t done, std::int64_t total, std::string_view what, std::size_t columns) {
    if (total <= 0) return cut(grouped(done) + "  " + printable(what), columns);
    constexpr int cells = 20;
    auto const share = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
    auto const full = static_cast<std::size_t>(share * cells);
    auto const percent = std::to_string(static_cast<int>(share * 100));
    return cut("[" + std::string(full, '#') + std::string(cells - full, '-') + "] " + padded(percent, 3, Align::right) + " %  " + grouped(done) + "/" + grouped(total) + "  " + printable(what), columns);
}

}  // namespace kindling::gateway
