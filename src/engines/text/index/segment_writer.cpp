#include "engines/text/index/segment_writer.h"

#include <algorithm>
#include <limits>

#include "core/utf8.h"

namespace kindling::text {

SegmentWriter::SegmentWriter(const Schema& schema, const Reading& reading, const std::unordered_map<std::uint32_t, std::uint64_t>& frequencies)
    : schema_(schema), reading_(reading), total_lengths_(schema.texts.size()), keywords_(schema.keywords.size()), numbers_(schema.numbers.size()) {
    for (auto const& [levels, count] : frequencies) frequencies_.push_back({levels, static_cast<std::uint32_t>(std::min<std::uint64_t>(count, 0xFFFFFFFF))});
    if (frequencies_.empty()) frequencies_.push_back({4, 0});
    std::ranges::sort(frequencies_, [](auto const& a, auto const& b) { return a.count != b.count ? a.count > b.count : a.levels < b.levels; });
    // 16 bits hold every combination that a shop's texts show; what is beyond them borrows the most frequent one.
    if (frequencies_.size() > 65536) frequencies_.resize(65536);
    for (std::uint32_t i = 0; i < frequencies_.size(); ++i) code_of_[frequencies_[i].levels] = i;
}

void SegmentWriter::add_document(std::string_view id, std::span<const std::uint16_t> lengths) {
    id_bytes_ += id;
    id_offsets_.push_back(static_cast<std::uint32_t>(id_bytes_.size()));
    id_table_.push_back({hash_text(id), documents_});
    for (std::size_t f = 0; f < lengths.size(); ++f) {
        lengths_.push_back(lengths[f]);
        total_lengths_[f] += lengths[f];
    }
    for (auto& column : keywords_) column.starts.push_back(static_cast<std::uint32_t>(column.ordinals.size()));
    for (auto& column : numbers_) column.push_back(std::numeric_limits<double>::quiet_NaN());
    ++documents_;
}

void SegmentWriter::add_keyword(std::size_t field, std::string_view value) {
    auto& column = keywords_[field];
    auto const [at, added] = column.numbers.try_emplace(std::string(value), static_cast<std::uint32_t>(column.values.size()));
    if (added) column.values.emplace_back(value);
    auto const from = column.ordinals.begin() + column.starts.back();
    if (std::find(from, column.ordinals.end(), at->second) == column.ordinals.end()) column.ordinals.push_back(at->second);
}

void SegmentWriter::set_number(std::size_t field, double value) { numbers_[field].back() = value; }

void SegmentWriter::begin_term(std::string_view term) {
    infos_.push_back({0, static_cast<std::uint32_t>(blocks_.size()), positions_.size()});
    term_bytes_ += term;
    term_offsets_.push_back(static_cast<std::uint32_t>(term_bytes_.size()));
    if (reading_ && std::ranges::any_of(to_utf32(term), is_han))
        if (auto const reading = reading_(term); !reading.empty()) readings_.push_back({hash_text(reading), static_cast<std::uint32_t>(infos_.size() - 1)});
    previous_ = no_document;
    block_positions_ = 0;
}

void SegmentWriter::add_posting(std::uint32_t document, std::uint32_t levels, std::span<const char> positions) {
    if (gaps_.empty()) block_positions_ = static_cast<std::uint32_t>(positions_.size() - infos_.back().positions);
    gaps_.push_back(document - previous_ - 1);
    previous_ = document;
    auto const code = code_of_.find(levels);
    codes_.push_back(code == code_of_.end() ? 0 : code->second);
    positions_.append(positions.data(), positions.size());
    ++infos_.back().documents;
    if (gaps_.size() == block_size) end_block();
}

void SegmentWriter::end_block() {
    auto const code_bits = bits_for(*std::ranges::max_element(codes_));
    std::uint64_t range = 0;
    for (auto const gap : gaps_) range += std::uint64_t{gap} + 1;
    bool const dense = range <= 4 * gaps_.size();  // a bitmap is at most twice what the gaps would take
    auto const gap_bits = dense ? Block::bitmap_mark : bits_for(*std::ranges::max_element(gaps_));
    blocks_.push_back({previous_, block_positions_, std::uint64_t{postings_.size()} << 16 | gap_bits << 8 | code_bits});
    if (dense) {
        auto const begin = postings_.size();
        postings_.resize(begin + (range + 7) / 8);
        std::uint64_t bit = 0;
        for (auto const gap : gaps_) {
            bit += gap;
            postings_[begin + bit / 8] = static_cast<char>(postings_[begin + bit / 8] | 1 << (bit % 8));
            ++bit;
        }
    } else {
        pack(gaps_, gap_bits, postings_);
    }
    pack(codes_, code_bits, postings_);
    gaps_.clear();
    codes_.clear();
}

void SegmentWriter::end_term() {
    if (!gaps_.empty()) end_block();
}

template <class T> void SegmentWriter::put(Section section, std::size_t field, const std::vector<T>& values) {
    put(section, field, std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)));
}

void SegmentWriter::put(Section section, std::size_t field, std::string bytes) {
    sections_[static_cast<std::uint32_t>(section) + static_cast<std::uint32_t>(field)] = std::move(bytes);
}

// Values get their place in the sorted order; the starts are dropped when no document has two values.
void SegmentWriter::write_keywords(std::size_t field) {
    auto& column = keywords_[field];
    std::vector<std::uint32_t> order(column.values.size()), place(column.values.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, [&](auto a, auto b) { return column.values[a] < column.values[b]; });
    std::vector<std::uint32_t> offsets{0};
    std::string bytes;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
        bytes += column.values[order[i]];
        offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
    }
    for (auto& ordinal : column.ordinals) ordinal = place[ordinal];
    column.starts.push_back(static_cast<std::uint32_t>(column.ordinals.size()));
    bool several = false;
    for (std::uint32_t d = 0; d < documents_; ++d) several |= column.starts[d + 1] - column.starts[d] > 1;
    if (!several) {
        std::vector<std::uint32_t> single(documents_, no_document);
        for (std::uint32_t d = 0; d < documents_; ++d)
            if (column.starts[d + 1] > column.starts[d]) single[d] = column.ordinals[column.starts[d]];
        column.ordinals = std::move(single);
        column.starts.clear();
    }
    put(Section::keyword_offsets, field, offsets);
    put(Section::keyword_bytes, field, std::move(bytes));
    put(Section::keyword_starts, field, column.starts);
    put(Section::keyword_ordinals, field, column.ordinals);
    column = {};
}

std::string SegmentWriter::finish() {
    auto const by_hash = [](const IdEntry& a, const IdEntry& b) { return a.hash != b.hash ? a.hash < b.hash : a.value < b.value; };
    std::ranges::sort(id_table_, by_hash);
    std::ranges::sort(readings_, by_hash);
    postings_.append(8, '\0');

    SegmentMeta meta{fingerprint(schema_), documents_, static_cast<std::uint32_t>(infos_.size()), static_cast<std::uint32_t>(schema_.texts.size()),
                     static_cast<std::uint32_t>(schema_.keywords.size()), static_cast<std::uint32_t>(schema_.numbers.size()), 0};
    std::string description(reinterpret_cast<const char*>(&meta), sizeof meta);
    description.append(reinterpret_cast<const char*>(total_lengths_.data()), total_lengths_.size() * 8);
    put(Section::meta, 0, std::move(description));
    put(Section::term_offsets, 0, term_offsets_);
    put(Section::term_bytes, 0, std::move(term_bytes_));
    put(Section::term_infos, 0, infos_);
    put(Section::blocks, 0, blocks_);
    put(Section::postings, 0, std::move(postings_));
    put(Section::positions, 0, std::move(positions_));
    put(Section::frequencies, 0, frequencies_);
    put(Section::lengths, 0, lengths_);
    put(Section::id_offsets, 0, id_offsets_);
    put(Section::id_bytes, 0, std::move(id_bytes_));
    put(Section::id_table, 0, id_table_);
    put(Section::readings, 0, readings_);
    for (std::size_t f = 0; f < keywords_.size(); ++f) write_keywords(f);
    for (std::size_t f = 0; f < numbers_.size(); ++f) put(Section::numbers, f, numbers_[f]);

    auto const aligned = [](std::uint64_t n) { return (n + 7) / 8 * 8; };
    SegmentHeader header{{}, static_cast<std::uint32_t>(sections_.size()), 0, 0};
    std::memcpy(header.magic, segment_magic, sizeof header.magic);
    std::vector<SectionEntry> table;
    auto offset = aligned(sizeof header + sections_.size() * sizeof(SectionEntry));
    for (auto const& [id, bytes] : sections_) {
        table.push_back({id, crc32c(bytes), offset, bytes.size()});
        offset = aligned(offset + bytes.size());
    }
    header.length = offset;
    std::span<const char> const table_bytes(reinterpret_cast<const char*>(table.data()), table.size() * sizeof(SectionEntry));
    header.check = crc32c(table_bytes, crc32c({reinterpret_cast<const char*>(&header), sizeof header}));

    std::string out;
    out.reserve(offset);
    out.append(reinterpret_cast<const char*>(&header), sizeof header);
    out.append(table_bytes.data(), table_bytes.size());
    for (auto& [id, bytes] : sections_) {
        out.resize(aligned(out.size()), '\0');
        out += bytes;
        bytes = {};
    }
    out.resize(offset, '\0');
    sections_.clear();
    return out;
}

}  // namespace kindling::text
