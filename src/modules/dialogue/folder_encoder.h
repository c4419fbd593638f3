// modules/dialogue/folder_encoder.h -- an encoder of the owner's own, run here, behind the same interface as a server's.
//
// Its files are read when the first text is encoded and not before: a shop that never learns with it pays nothing, and no request waits for the reading (searches are sent by
// QueryEncoder's thread). Nothing leaves the machine, so nothing is hidden from it and no budget is held.
#pragma once
#include "engines/encoder/encoder.h"
#include "providers/language/text_encoder.h"
#include <mutex>

namespace kindling::dialogue {

class FolderEncoder final : public providers::TextEncoder {
public:
    explicit FolderEncoder(std::filesystem::path folder) : folder_(std::move(folder)) {}
    // Reasons: engines/encoder's. What is wrong with the files is said again at each call, without reading them again.
    Result<std::vector<std::vector<float>>> encode(std::span<std::string const> texts, providers::ChatOptions const& = {}) override;
    // Changes when one of its files does; some microseconds.
    static std::uint64_t stamp(std::filesystem::path const& folder);

private:
    std::filesystem::path folder_;
    std::mutex opening_;
    std::optional<Result<std::unique_ptr<encoder::Encoder>>> encoder_;  // null until the first text
};

}  // namespace kindling::dialogue
