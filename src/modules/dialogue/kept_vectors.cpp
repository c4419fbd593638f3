// modules/dialogue/kept_vectors.cpp -- see kept_vectors.h.
#include "modules/dialogue/kept_vectors.h"
#include <spdlog/spdlog.h>
#include <sys/resource.h>

namespace kindling::dialogue {

void KeptVectors::changed(std::size_t rows, std::size_t enough) {
    std::lock_guard const lock(mutex_);
    unsaved_ += rows;
    if (saving_ == Saving::yes || ((unsaved_ == 0 || unsaved_ < enough) && !scan_->wants_graph())) return;
    unsaved_ = 0, saving_ = Saving::yes;
    saver_ = std::jthread([this](std::stop_token stop) {
        ::setpriority(PRIO_PROCESS, 0, 10);  // of this thread alone: a graph over a million rows takes minutes, and shoppers come first
        scan_->link(stop);
        auto const saved = stop.stop_requested() ? Result<void>() : scan_->save();
        if (!saved) spdlog::warn("vectors: {}", saved.error().message);
        std::lock_guard const done(mutex_);
        saving_ = Saving::no;
    });
}

}  // namespace kindling::dialogue
