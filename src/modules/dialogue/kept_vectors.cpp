// modules/dialogue/kept_vectors.cpp -- see kept_vectors.h.
#include "modules/dialogue/kept_vectors.h"
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

namespace kindling::dialogue {

Result<std::shared_ptr<vector::Scan>> open_vectors(std::filesystem::path file, std::size_t dimensions, std::uint64_t space) {
    std::error_code none;
    std::filesystem::create_directories(file.parent_path(), none);
    // Whoever opens it has to know the components, and an encoder's are known from its answers only: the ending tells them.
    file += fmt::format(".{}", dimensions);
    vector::Scan::Options const options{.dimensions = static_cast<std::uint32_t>(std::min<std::size_t>(dimensions, UINT32_MAX)), .file = file, .space = space};
    auto opened = vector::Scan::open(options);
    if (!opened && (opened.error().reason == "vectors_damaged" || opened.error().reason == "vectors_of_another_space")) {
        spdlog::warn("{}: {} Its vectors are made anew.", file.filename().string(), opened.error().message);
        std::filesystem::remove(file, none);
        opened = vector::Scan::open(options);
    }
    if (opened && (*opened)->damaged() > 0) spdlog::warn("{}: {} damaged vectors are left out and made anew.", file.filename().string(), (*opened)->damaged());
    return std::shared_ptr<vector::Scan>(TRY(std::move(opened)));
}

void remove_other_vectors(std::filesystem::path const& kept, std::string_view all) {
    std::error_code none;
    auto const own = kept.filename().string() + ".";
    for (auto const& entry : std::filesystem::directory_iterator(kept.parent_path(), none))
        if (auto const name = entry.path().filename().string(); name.starts_with(all) && !name.starts_with(own)) std::filesystem::remove(entry.path(), none);
}

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
