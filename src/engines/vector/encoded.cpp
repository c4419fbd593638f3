#include "engines/vector/encoded.h"
#include <charconv>
#include <fmt/format.h>
#include <unordered_set>

namespace kindling::vector {

namespace {
constexpr std::size_t saved_after = 2'048;
}  // namespace

Result<std::shared_ptr<Scan>> open_or_begin(std::filesystem::path file, std::size_t dimensions, std::uint64_t space, std::string& told) {
    std::error_code none;
    std::filesystem::create_directories(file.parent_path(), none);
    // Whoever opens it has to know the components, and an encoder's are known from its answers only: the ending tells them.
    file += fmt::format(".{}", dimensions);
    Scan::Options const options{.dimensions = static_cast<std::uint32_t>(std::min<std::size_t>(dimensions, UINT32_MAX)), .file = file, .space = space};
    auto opened = Scan::open(options);
    if (!opened && (opened.error().reason == "vectors_damaged" || opened.error().reason == "vectors_of_another_space")) {
        told = fmt::format("{}: {} Its vectors are made anew.", file.filename().string(), opened.error().message);
        std::filesystem::remove(file, none);
        opened = Scan::open(options);
    }
    if (opened && (*opened)->damaged() > 0) told = fmt::format("{}: {} damaged vectors are left out and made anew.", file.filename().string(), (*opened)->damaged());
    return std::shared_ptr<Scan>(TRY(std::move(opened)));
}

void remove_others(std::filesystem::path const& kept, std::string_view all) {
    std::error_code none;
    auto const own = kept.filename().string() + ".";
    for (auto const& entry : std::filesystem::directory_iterator(kept.parent_path(), none))
        if (auto const name = entry.path().filename().string(); name.starts_with(all) && !name.starts_with(own)) std::filesystem::remove(entry.path(), none);
}

std::filesystem::path EncodedPlace::file() const { return folder / fmt::format("{}-{:016x}", name, encoder); }

Result<std::shared_ptr<Scan>> open_encoded(EncodedPlace const& place, std::size_t dimensions) {
    auto const path = place.file();
    std::error_code none;
    if (dimensions == 0 && !place.folder.empty())
        for (auto const& entry : std::filesystem::directory_iterator(place.folder, none))
            if (auto const ending = entry.path().extension().string(); entry.path().stem() == path.filename() && ending.size() > 1) std::from_chars(ending.data() + 1, ending.data() + ending.size(), dimensions);
    if (dimensions == 0 || place.folder.empty()) return std::shared_ptr<Scan>();
    std::string told;
    auto opened = open_or_begin(path, dimensions, place.encoder, told);
    if (!told.empty() && place.tell) place.tell(told);
    return opened;
}

Result<Filled> fill_encoded(EncodedPlace const& place, std::shared_ptr<Scan>& held, std::span<std::string const> keys, std::size_t batch, EncodeSome const& encode, Progress const& progress, std::string_view doing) {
    Filled out;
    std::unordered_set<std::string_view> wanted;
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (wanted.insert(keys[i]).second && !(held && held->vector_of(keys[i]))) missing.push_back(i);
    for (std::size_t from = 0; from < missing.size() && !out.problem; from += batch) {
        if (progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "The work was stopped; what was encoded stays.");
        progress(static_cast<std::int64_t>(from), static_cast<std::int64_t>(missing.size()), doing);
        auto const part = std::span(missing).subspan(from, std::min(batch, missing.size() - from));
        auto const vectors = encode(part);
        if (!vectors) {
            out.problem = vectors.error();
            break;
        }
        for (std::size_t i = 0; i < part.size(); ++i) {
            auto const& made = (*vectors)[i];
            if (made.empty()) continue;
            if (!held) held = TRY(open_encoded(place, made.size()));
            if (!held) return fail(Errc::failed_precondition, "vectors_not_written", "There is no folder to keep the encoder's vectors in.");
            if (auto const put = held->put(keys[part[i]], made); put) ++out.sent;
            else if (put.error().reason == "vector_invalid") out.problem = Error{Errc::failed_precondition, "wrong_dimension", fmt::format("The encoder now answers {} dimensions where {} are kept; give the other model another name.", made.size(), held->dimensions())};
            else return std::unexpected(put.error());
        }
        if (held && from / saved_after != (from + batch) / saved_after) TRY(held->save());
    }
    if (!held) return out;
    for (auto const& key : held->ids())
        if (!wanted.contains(key)) held->erase(key);
    held->link(progress.stop);
    TRY(held->save());
    out.held = static_cast<std::int64_t>(held->size());
    remove_others(place.file(), place.name + "-");
    return out;
}

}  // namespace kindling::vector
