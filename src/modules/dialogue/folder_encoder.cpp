#include "modules/dialogue/folder_encoder.h"
#include "core/stable_hash.h"
#include <fmt/format.h>

namespace kindling::dialogue {

Result<std::vector<std::vector<float>>> FolderEncoder::encode(std::span<std::string const> texts, providers::ChatOptions const& options) {
    encoder::Encoder const* ready = nullptr;
    {
        std::lock_guard const lock(opening_);
        if (!encoder_) encoder_ = encoder::Encoder::open(folder_);
        if (!*encoder_) return std::unexpected(encoder_->error());
        ready = encoder_->value().get();
    }
    return ready->encode(texts, {.stop = options.stop, .until = std::chrono::steady_clock::now() + options.deadline});
}

std::uint64_t FolderEncoder::stamp(std::filesystem::path const& folder) {
    auto out = stable_hash_start;
    for (auto const* name : {"model.onnx", "onnx/model.onnx", "vocab.txt", "tokenizer.json", "tokenizer_config.json", "config.json", "sentence_bert_config.json", "1_Pooling/config.json", "modules.json"}) {
        std::error_code size_unknown, time_unknown;
        auto const size = std::filesystem::file_size(folder / name, size_unknown);
        auto const written = std::filesystem::last_write_time(folder / name, time_unknown);
        if (!size_unknown && !time_unknown) out = stable_hash_of_part(fmt::format("{} {} {}", name, size, written.time_since_epoch().count()), out);
    }
    return out;
}

}  // namespace kindling::dialogue
