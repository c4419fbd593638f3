#include "engines/text/index/segment.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>

namespace kindling::text {

Bytes own(std::string text) {
    auto owner = std::make_shared<const std::string>(std::move(text));
    return {std::span<const char>(owner->data(), owner->size()), owner};
}

Result<Bytes> map_file(const std::string& path) {
    auto const unreadable = [&](std::string_view why) {
        return fail(Errc::unavailable, "file_unreadable", fmt::format("{} cannot be read: {}.", path, why));
    };
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return unreadable(std::strerror(errno));
    struct stat status {};
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(file);
        return unreadable("it is not a regular file");
    }
    auto const size = static_cast<std::size_t>(status.st_size);
    if (size == 0) {
        ::close(file);
        return Bytes{};
    }
    void* const at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
    ::close(file);
    if (at == MAP_FAILED) return unreadable(std::strerror(errno));
    return Bytes{{static_cast<const char*>(at), size}, std::shared_ptr<const void>(at, [size](const void* p) { ::munmap(const_cast<void*>(p), size); })};
}

std::uint32_t StringTable::lower_bound(std::string_view text) const {
    std::uint32_t low = 0, high = count();
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        if ((*this)[middle] < text) low = middle + 1;
        else high = middle;
    }
    return low;
}

std::optional<std::uint32_t> StringTable::find(std::string_view text) const {
    auto const at = lower_bound(text);
    if (at < count() && (*this)[at] == text) return at;
    return std::nullopt;
}

std::vector<std::uint32_t> Segment::find_id(std::string_view id) const {
    std::vector<std::uint32_t> found;
    auto const hash = hash_text(id);
    auto at = std::ranges::lower_bound(id_table_, hash, {}, &IdEntry::hash);
    for (; at != id_table_.end() && at->hash == hash; ++at)
        if (ids_[at->value] == id) found.push_back(at->value);
    return found;
}

std::vector<std::uint32_t> Segment::sounds_like(std::uint32_t hash) const {
    std::vector<std::uint32_t> found;
    auto at = std::ranges::lower_bound(readings_, hash, {}, &IdEntry::hash);
    for (; at != readings_.end() && at->hash == hash; ++at) found.push_back(at->value);
    return found;
}

namespace {

// Hands out the sections of one segment as typed spans and remembers the first thing that is wrong.
class Reader {
public:
    explicit Reader(std::span<const char> bytes) : bytes_(bytes) {}

    void read_table(Segment::Check check) {
        SegmentHeader header{};
        if (bytes_.size() < sizeof header) return wrong("it is shorter than a header");
        std::memcpy(&header, bytes_.data(), sizeof header);
        if (std::memcmp(header.magic, segment_magic, sizeof segment_magic) != 0) return wrong("it does not begin like a segment of this version");
        if (header.length != bytes_.size()) return wrong(fmt::format("it has {} bytes and should have {}", bytes_.size(), header.length));
        auto const table = std::uint64_t{header.sections} * sizeof(SectionEntry);
        if (header.sections > 4096 || sizeof header + table > bytes_.size()) return wrong("its table of sections is cut off");
        auto const given = header.check;
        header.check = 0;
        auto crc = crc32c({reinterpret_cast<const char*>(&header), sizeof header});
        crc = crc32c(bytes_.subspan(sizeof header, table), crc);
        if (crc != given) return wrong("the checksum of its table of sections is not right");
        for (std::uint32_t i = 0; i < header.sections; ++i) {
            SectionEntry entry{};
            std::memcpy(&entry, bytes_.data() + sizeof header + i * sizeof entry, sizeof entry);
            if (entry.offset % 8 != 0 || entry.offset > bytes_.size() || entry.length > bytes_.size() - entry.offset) return wrong(fmt::format("section {} lies outside", entry.id));
            if (check == Segment::Check::checksums && crc32c(bytes_.subspan(entry.offset, entry.length)) != entry.crc) return wrong(fmt::format("the checksum of section {} is not right", entry.id));
            sections_[entry.id] = bytes_.subspan(entry.offset, entry.length);
        }
    }

    template <class T> std::span<const T> take(Section section, std::size_t field = 0) {
        auto const found = sections_.find(static_cast<std::uint32_t>(section) + static_cast<std::uint32_t>(field));
        if (found == sections_.end()) {
            wrong(fmt::format("section {} is missing", static_cast<std::uint32_t>(section) + field));
            return {};
        }
        if (found->second.size() % sizeof(T) != 0) wrong(fmt::format("section {} has a length that cannot be", found->first));
        return {reinterpret_cast<const T*>(found->second.data()), found->second.size() / sizeof(T)};
    }
    void expect(bool holds, std::string_view what) {
        if (!holds) wrong(std::string(what));
    }
    StringTable strings(Section offsets, Section bytes, std::size_t field = 0) {
        StringTable table{take<std::uint32_t>(offsets, field), take<char>(bytes, field)};
        bool ascending = !table.offsets.empty() && table.offsets.front() == 0 && table.offsets.back() == table.bytes.size();
        for (std::size_t i = 1; i < table.offsets.size(); ++i) ascending &= table.offsets[i - 1] <= table.offsets[i];
        expect(ascending, "the offsets of a list of strings are not ascending");
        if (!ascending) table = {};
        return table;
    }
    void wrong(std::string what) {
        if (problem_.empty()) problem_ = std::move(what);
    }
    const std::string& problem() const { return problem_; }

private:
    std::span<const char> bytes_;
    std::map<std::uint32_t, std::span<const char>> sections_;
    std::string problem_;
};

Error damaged(const std::string& what) { return {Errc::invalid_argument, "segment_damaged", fmt::format("A segment of the index is damaged: {}. Delete the index and build it again.", what)}; }

}  // namespace

Result<std::shared_ptr<const Segment>> Segment::open(Bytes bytes, const Schema& schema, Check check) {
    Reader reader(bytes.view);
    reader.read_table(check);
    if (!reader.problem().empty()) return std::unexpected(damaged(reader.problem()));

    auto segment = std::make_shared<Segment>();
    auto& s = *segment;
    auto const meta = reader.take<char>(Section::meta);
    auto const meta_bytes = sizeof(SegmentMeta) + schema.texts.size() * 8;
    if (meta.size() < sizeof(SegmentMeta)) return std::unexpected(damaged("its description is cut off"));
    std::memcpy(&s.meta_, meta.data(), sizeof s.meta_);
    if (s.meta_.schema != fingerprint(schema) || meta.size() != meta_bytes)
        return fail(Errc::failed_precondition, "index_schema_changed", "The index was written under another schema. Delete it and index the catalogue again.");
    s.bytes_ = bytes;
    s.fields_ = schema.texts.size();
    s.total_lengths_ = {reinterpret_cast<const std::uint64_t*>(meta.data() + sizeof(SegmentMeta)), s.fields_};
    auto const documents = s.meta_.documents;

    s.terms_ = reader.strings(Section::term_offsets, Section::term_bytes);
    s.ids_ = reader.strings(Section::id_offsets, Section::id_bytes);
    s.infos_ = reader.take<TermInfo>(Section::term_infos);
    s.blocks_ = reader.take<Block>(Section::blocks);
    s.postings_ = reader.take<char>(Section::postings);
    s.positions_ = reader.take<char>(Section::positions);
    s.frequencies_ = reader.take<FrequencyCode>(Section::frequencies);
    auto const lengths = reader.take<std::uint16_t>(Section::lengths);
    s.id_table_ = reader.take<IdEntry>(Section::id_table);
    s.readings_ = reader.take<IdEntry>(Section::readings);
    reader.expect(documents < (1u << 30), "it claims too many documents");
    reader.expect(s.terms_.count() == s.meta_.terms && s.infos_.size() == s.meta_.terms, "the dictionary has gaps");
    reader.expect(s.ids_.count() == documents && s.id_table_.size() == documents, "the ids have gaps");
    reader.expect(lengths.size() == std::size_t{documents} * s.fields_, "the lengths have gaps");
    reader.expect(!s.frequencies_.empty(), "the frequency codes are missing");
    bool in_range = true;
    for (auto const& entry : s.id_table_) in_range &= entry.value < documents;
    for (auto const& entry : s.readings_) in_range &= entry.value < s.meta_.terms;
    reader.expect(in_range, "a table of hashes points outside");

    bool good = s.postings_.size() >= 8;
    for (auto const& info : s.infos_) {
        auto const blocks = (std::uint64_t{info.documents} + block_size - 1) / block_size;
        if (info.documents == 0 || info.documents > documents || info.first_block + blocks > s.blocks_.size()) {
            good = false;
            break;
        }
        std::uint32_t last = 0;
        for (std::uint64_t b = 0; b < blocks; ++b) {
            auto const& block = s.blocks_[info.first_block + b];
            auto const count = b + 1 < blocks ? block_size : (info.documents - 1) % block_size + 1;
            auto const range = std::uint64_t{block.last_document} + 1 - (b == 0 ? 0 : std::uint64_t{last} + 1);
            auto const size = (block.is_bitmap() ? (range + 7) / 8 : packed_bytes(count, block.gap_bits())) + packed_bytes(count, block.code_bits());
            good &= (block.is_bitmap() ? range <= Block::longest_bitmap : block.gap_bits() <= 32) && block.code_bits() <= 16 && block.last_document < documents && (b == 0 || block.last_document > last) &&
                    block.offset() + size + 8 <= s.postings_.size();
            last = block.last_document;
        }
    }
    reader.expect(good, "the postings point outside");

    for (std::size_t f = 0; f < schema.keywords.size(); ++f) {
        KeywordColumn column{reader.strings(Section::keyword_offsets, Section::keyword_bytes, f), reader.take<std::uint32_t>(Section::keyword_starts, f), reader.take<std::uint32_t>(Section::keyword_ordinals, f)};
        bool valid = column.starts.empty() ? column.ordinals.size() == documents : column.starts.size() == std::size_t{documents} + 1 && column.starts.back() == column.ordinals.size();
        for (std::size_t i = 1; valid && i < column.starts.size(); ++i) valid = column.starts[i - 1] <= column.starts[i];
        auto const values = column.values.count();
        for (auto const ordinal : column.ordinals) valid &= ordinal < values || (ordinal == no_document && column.starts.empty());
        reader.expect(valid, fmt::format("the column of keyword {} is not right", f));
        s.keywords_.push_back(column);
    }
    for (std::size_t f = 0; f < schema.numbers.size(); ++f) {
        s.numbers_.push_back(reader.take<double>(Section::numbers, f));
        reader.expect(s.numbers_.back().size() == documents, fmt::format("the column of number {} is not right", f));
    }
    if (!reader.problem().empty()) return std::unexpected(damaged(reader.problem()));
    s.rows_ = Rows(lengths, s.fields_, s.keywords_, s.numbers_, documents);
    return segment;
}

}  // namespace kindling::text
