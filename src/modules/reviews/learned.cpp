#include "modules/reviews/learned.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include "engines/learning/model_file/model_file.h"
#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <mutex>

namespace kindling::reviews {

namespace {

constexpr std::string_view kind = "KREV0001";

}  // namespace

bool in_chinese(std::string_view text) {
    for (std::size_t at = 0; at < text.size();)
        if (is_han(next_code_point(text, at))) return true;
    return false;
}

std::string LearnedReader::write(opinion::Extractor const& model, ReaderState const& state) {
    model_file::Writer out;
    out.text(to_text(write_json(state)));
    out.text(model.write());
    return model_file::seal(kind, out.body);
}

Result<LearnedReader> LearnedReader::read(std::string_view file) {
    model_file::Reader in(TRY(model_file::open(kind, file)));
    constexpr std::size_t any = std::size_t(1) << 32;
    auto const state = in.text(any), model = in.text(any);
    if (!in.at_end()) return fail(Errc::invalid_argument, "model_invalid", "The reader of reviews is damaged; teach it again.");
    LearnedReader out(TRY(opinion::Extractor::read_file(model)));
    out.state_ = TRY(read_json<ReaderState>(TRY(parse_json(state))));
    return out;
}

std::vector<opinion::Remark> LearnedReader::remarks(std::string_view text) const {
    std::vector<opinion::Remark> out;
    std::u32string letters;
    std::vector<std::uint32_t> bytes;  // where each character begins
    for (std::size_t at = 0; at < text.size();) bytes.push_back(static_cast<std::uint32_t>(at)), letters.push_back(next_code_point(text, at));
    bytes.push_back(static_cast<std::uint32_t>(text.size()));
    auto const clauses = opinion::clauses(text);
    tagging::Tagger::Scratch scratch;
    for (auto const& q : model_.read(letters, scratch)) {
        auto const& stretch = q.opinion.empty() ? q.aspect : q.opinion;
        if (stretch.empty() || stretch.begin >= letters.size()) continue;
        auto const at = bytes[stretch.begin];
        auto const clause = std::ranges::find_if(clauses, [&](opinion::Clause const& c) { return c.begin <= at && at < c.end; });
        if (clause == clauses.end()) continue;
        auto const& name = model_.categories()[q.category];
        auto const aspect = opinion::aspect_called(name);
        // One remark for each aspect of a clause, as the word list gives them.
        if (aspect && std::ranges::none_of(out, [&](opinion::Remark const& r) { return r.begin == clause->begin && r.aspect == *aspect; })) out.push_back({clause->begin, clause->end, *aspect, model_.polarities()[q.polarity] == "praise"});
    }
    std::ranges::stable_sort(out, {}, &opinion::Remark::begin);
    return out;
}

std::filesystem::path reader_file(std::filesystem::path const& folder, std::int64_t shop_id) { return folder / "models" / ("reviews-" + std::to_string(shop_id)); }

std::shared_ptr<LearnedReader const> learned_reader(std::filesystem::path const& folder, std::int64_t shop_id) {
    struct Kept {
        std::filesystem::file_time_type written;
        std::shared_ptr<LearnedReader const> reader;
    };
    static std::mutex mutex;
    static std::map<std::string, Kept> all;  // of immutable files, by their path
    if (folder.empty()) return {};
    auto const path = reader_file(folder, shop_id).string();
    std::error_code none;
    auto const written = std::filesystem::last_write_time(path, none);
    std::lock_guard const lock(mutex);
    if (none) return all.erase(path), std::shared_ptr<LearnedReader const>();
    auto& kept = all[path];
    if (!kept.reader || kept.written != written) {
        kept = {written, nullptr};
        if (auto const file = model_file::load(path))
            if (auto read = LearnedReader::read(*file)) kept.reader = std::make_shared<LearnedReader const>(std::move(*read));
    }
    return kept.reader;
}

}  // namespace kindling::reviews
