#include "engines/vector/scan.h"
#include "core/stable_hash.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>

#include "engines/vector/kernels.h"
#include "engines/vector/scan_parts.h"

namespace kindling::vector {

namespace {

constexpr std::size_t rows_in_block = 256, header_bytes = 64, mark_at = Scan::longest_id + 1, id_bytes = mark_at + sizeof(std::uint64_t);

struct Header {
    char magic[8];
    std::uint32_t dimensions, stride;
    std::uint64_t blocks, space, checksum;
};
constexpr char magic[8] = {'K', 'V', 'E', 'C', '0', '0', '0', '1'};

std::uint64_t mix(std::uint64_t h, const void* bytes, std::size_t n) { return stable_hash({static_cast<const char*>(bytes), n}, h); }

std::uint64_t checksum_of(const Header& h) { return mix(stable_hash_start, &h, offsetof(Header, checksum)); }

}  // namespace

std::size_t Scan::block_bytes() const { return rows_in_block * (stride_ + sizeof(float) + sizeof(std::uint32_t) + id_bytes); }
std::int8_t* Scan::vector(std::size_t row) const { return reinterpret_cast<std::int8_t*>(data_ + header_bytes + row / rows_in_block * block_bytes() + row % rows_in_block * stride_); }
float& Scan::scale(std::size_t row) const { return reinterpret_cast<float*>(data_ + header_bytes + row / rows_in_block * block_bytes() + rows_in_block * stride_)[row % rows_in_block]; }
std::uint32_t& Scan::check(std::size_t row) const { return reinterpret_cast<std::uint32_t*>(&scale(row / rows_in_block * rows_in_block) + rows_in_block)[row % rows_in_block]; }
char* Scan::id(std::size_t row) const { return data_ + header_bytes + row / rows_in_block * block_bytes() + rows_in_block * (stride_ + 8) + row % rows_in_block * id_bytes; }
std::uint64_t Scan::mark(std::size_t row) const {
    std::uint64_t out;
    std::memcpy(&out, id(row) + mark_at, sizeof out);
    return out;
}
std::string_view Scan::id_of(std::size_t row) const { return {id(row), ::strnlen(id(row), longest_id)}; }
std::uint32_t Scan::checksum(std::size_t row) const { return static_cast<std::uint32_t>(mix(mix(mix(stable_hash_start, id(row), id_bytes), &scale(row), sizeof(float)), vector(row), stride_) >> 16); }

Result<std::unique_ptr<Scan>> Scan::open(Options options) {
    if (options.dimensions < 1 || options.dimensions > most_dimensions) return fail(Errc::invalid_argument, "vector_invalid", "Vectors have 1 to 4,096 components.");
    std::unique_ptr<Scan> out(new Scan());
    out->dimensions_ = options.dimensions, out->stride_ = (options.dimensions + lane - 1) / lane * lane;
    Header fresh{.dimensions = out->dimensions_, .stride = out->stride_, .blocks = 0, .space = options.space, .checksum = 0};
    std::memcpy(fresh.magic, magic, sizeof magic);
    fresh.checksum = checksum_of(fresh);
    struct stat about {};
    if (!options.file.empty()) {
        out->file_ = ::open(options.file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (out->file_ < 0) return fail(Errc::unavailable, "vectors_not_written", "The file of vectors " + options.file.filename().string() + " cannot be opened or made.");
        if (::flock(out->file_, LOCK_EX | LOCK_NB) != 0) return fail(Errc::failed_precondition, "vectors_in_use", "Another process holds the file of vectors.");
        if (::fstat(out->file_, &about) != 0) return fail(Errc::unavailable, "vectors_not_written", "The file of vectors cannot be read.");
        if (about.st_size == 0) {
            if (::pwrite(out->file_, &fresh, sizeof fresh, 0) != static_cast<ssize_t>(sizeof fresh) || ::ftruncate(out->file_, header_bytes) != 0) return fail(Errc::unavailable, "vectors_not_written", "The file of vectors cannot be written.");
            about.st_size = header_bytes;
        }
        out->capacity_bytes_ = static_cast<std::size_t>(about.st_size);
    } else out->capacity_bytes_ = header_bytes;
    if (out->capacity_bytes_ < header_bytes) return fail(Errc::invalid_argument, "vectors_damaged", "The file of vectors is cut short.");
    auto* const map = ::mmap(nullptr, out->capacity_bytes_, PROT_READ | PROT_WRITE, out->file_ >= 0 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS, out->file_, 0);
    if (map == MAP_FAILED) return fail(Errc::unavailable, "vectors_not_written", "The file of vectors cannot be mapped.");
    out->data_ = static_cast<char*>(map);
    if (out->file_ < 0) std::memcpy(out->data_, &fresh, sizeof fresh);
    Header header;
    std::memcpy(&header, out->data_, sizeof header);
    if (std::memcmp(header.magic, magic, sizeof magic) != 0 || header.checksum != checksum_of(header)) return fail(Errc::invalid_argument, "vectors_damaged", "The header of the file of vectors is damaged.");
    if (header.dimensions != out->dimensions_ || header.stride != out->stride_ || header.space != options.space) return fail(Errc::failed_precondition, "vectors_of_another_space", "The file holds vectors of another space.");
    TRY(out->read());
    out->linked_from_ = options.linked_from;
    if (!options.file.empty()) out->graph_file_ = options.file, out->graph_file_ += ".graph", out->read_graph();
    return out;
}

// A file longer than its header says was growing when the process ended: the rows of the new blocks are empty.
Result<void> Scan::read() {
    auto const body = capacity_bytes_ - header_bytes;
    if (body % block_bytes() != 0) return fail(Errc::invalid_argument, "vectors_damaged", "The file of vectors is cut within a block.");
    blocks_ = body / block_bytes();
    used_ = blocks_ * rows_in_block;
    for (std::size_t row = 0; row < used_; ++row) {
        auto const name = id_of(row);
        bool keep = !name.empty();
        if (keep && (id(row)[longest_id] != 0 || check(row) != checksum(row) || !std::isfinite(scale(row)) || scale(row) < 0 || rows_.contains(name))) ++damaged_, keep = false;
        if (keep) rows_.emplace(std::string(name), static_cast<std::uint32_t>(row));
        else std::memset(id(row), 0, id_bytes), scale(row) = 0, free_.push_back(static_cast<std::uint32_t>(row));
    }
    std::ranges::reverse(free_);  // the first row is taken first
    return {};
}

Scan::~Scan() {
    if (data_) ::munmap(data_, capacity_bytes_);
    if (file_ >= 0) ::close(file_);
}

Result<void> Scan::grow() {
    auto const more = std::max<std::size_t>(1, blocks_ / 4), bytes = capacity_bytes_ + more * block_bytes();
    if (file_ >= 0 && ::ftruncate(file_, static_cast<off_t>(bytes)) != 0) return fail(Errc::unavailable, "vectors_not_written", "There is no room for more vectors.");
    auto* const map = ::mremap(data_, capacity_bytes_, bytes, MREMAP_MAYMOVE);
    if (map == MAP_FAILED) return fail(Errc::unavailable, "vectors_not_written", "There is no room for more vectors.");
    data_ = static_cast<char*>(map), capacity_bytes_ = bytes;
    auto const rows = (blocks_ + more) * rows_in_block;
    for (auto row = rows; row-- > blocks_ * rows_in_block;) free_.push_back(static_cast<std::uint32_t>(row));
    blocks_ += more, used_ = rows;
    Header header;
    std::memcpy(&header, data_, sizeof header);
    header.blocks = blocks_, header.checksum = checksum_of(header);
    std::memcpy(data_, &header, sizeof header);
    return {};
}

Result<void> Scan::put(std::string_view name, std::span<const float> values, std::uint64_t mark) {
    if (name.empty() || name.size() > longest_id || name.find('\0') != name.npos) return fail(Errc::invalid_argument, "vector_invalid", "A vector is put under an id of 1 to 119 bytes.");
    if (values.size() != dimensions_) return fail(Errc::invalid_argument, "vector_invalid", "The vector has another number of components.");
    float largest = 0;
    double square = 0;
    for (auto const v : values) {
        if (!std::isfinite(v)) return fail(Errc::invalid_argument, "vector_invalid", "A component of the vector is not a finite number.");
        largest = std::max(largest, std::abs(v)), square += static_cast<double>(v) * v;
    }
    std::unique_lock lock(mutex_);
    auto const known = rows_.find(name);
    if (known == rows_.end() && free_.empty()) TRY(grow());
    auto const row = known == rows_.end() ? free_.back() : known->second;
    // Torn halfway, the old checksum does not fit the new row.
    auto* const to = vector(row);
    std::memset(to, 0, stride_);
    double rounded = 0;
    for (std::size_t i = 0; largest > 0 && i < values.size(); ++i) {
        auto const v = static_cast<int>(std::lround(static_cast<double>(values[i]) / largest * row_limit));
        to[i] = static_cast<std::int8_t>(v), rounded += v * v;
    }
    // One over the length of what is kept, so that rounding makes no vector longer than another.
    scale(row) = rounded > 0 && square > 0 ? static_cast<float>(1 / std::sqrt(rounded)) : 0;
    if (known == rows_.end()) {
        std::memset(id(row), 0, id_bytes), std::memcpy(id(row), name.data(), name.size());
        free_.pop_back();
        rows_.emplace(std::string(name), row);
    }
    std::memcpy(id(row) + mark_at, &mark, sizeof mark);
    check(row) = checksum(row);
    note(row);
    return {};
}

bool Scan::erase(std::string_view name) {
    std::unique_lock lock(mutex_);
    auto const known = rows_.find(name);
    if (known == rows_.end()) return false;
    std::memset(id(known->second), 0, id_bytes), scale(known->second) = 0;
    free_.push_back(known->second);
    auto const row = known->second;
    rows_.erase(known);
    note(row);
    return true;
}

Result<void> Scan::save() {
    std::shared_lock lock(mutex_);
    if (file_ >= 0 && ::msync(data_, capacity_bytes_, MS_SYNC) != 0) return fail(Errc::unavailable, "vectors_not_written", "The file of vectors cannot be written.");
    return file_ >= 0 && graph_ ? write_graph() : Result<void>();
}

Scan::Query Scan::prepare(std::span<const float> values) const {
    Query q;
    float largest = 0;
    for (auto const v : values) largest = std::max(largest, std::isfinite(v) ? std::abs(v) : 0.0f);
    if (values.size() != dimensions_ || largest == 0) return q;
    double square = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const v = std::isfinite(values[i]) ? std::lround(static_cast<double>(values[i]) / largest * query_limit) : 0;
        q.values[i] = static_cast<std::int16_t>(v), square += static_cast<double>(v * v);
    }
    q.scale = static_cast<float>(1 / std::sqrt(square));
    return q;
}

float Scan::score(const Query& q, std::size_t row) const { return static_cast<float>(inner_product()(vector(row), q.values, stride_)) * q.scale * scale(row); }

std::vector<Scan::Near> Scan::nearest(std::span<const float> query, std::size_t limit, const Filter& allowed) const {
    auto const q = prepare(query);
    std::vector<Near> out;
    if (q.scale == 0 || limit == 0) return out;
    std::shared_lock lock(mutex_);
    if (graph_)
        if (auto found = by_graph(q, limit, allowed)) return std::move(*found);
    std::vector<Held> best;
    auto const product = inner_product();
    for (std::size_t block = 0; block < blocks_; ++block) {
        auto const first = block * rows_in_block;
        auto const* const vectors = vector(first);
        auto const* const scales = &scale(first);
        for (std::size_t i = 0; i < rows_in_block; ++i) {
            if (scales[i] == 0) continue;  // free, or a vector of zeros
            auto const s = static_cast<float>(product(vectors + i * stride_, q.values, stride_)) * q.scale * scales[i];
            if (best.size() == limit && s < best.front().score) continue;
            Held const held{s, id_of(first + i)};
            if (best.size() == limit && !(held < best.front())) continue;
            if (allowed && !allowed(held.id)) continue;
            if (best.size() == limit) std::pop_heap(best.begin(), best.end()), best.pop_back();
            best.push_back(held), std::push_heap(best.begin(), best.end());
        }
    }
    std::sort(best.begin(), best.end());
    for (auto const& b : best) out.push_back({std::string(b.id), b.score});
    return out;
}

std::optional<float> Scan::similarity(std::span<const float> query, std::string_view name) const {
    auto const q = prepare(query);
    std::shared_lock lock(mutex_);
    auto const known = rows_.find(name);
    if (known == rows_.end()) return std::nullopt;
    return score(q, known->second);
}

std::vector<float> Scan::similarities(std::span<const float> query, std::span<const std::string_view> ids) const {
    auto const q = prepare(query);
    std::shared_lock lock(mutex_);
    std::vector<float> out;
    for (auto const name : ids) {
        auto const known = rows_.find(name);
        out.push_back(known == rows_.end() ? 0 : score(q, known->second));
    }
    return out;
}

std::optional<std::vector<float>> Scan::vector_of(std::string_view name) const {
    std::shared_lock lock(mutex_);
    auto const known = rows_.find(name);
    if (known == rows_.end()) return std::nullopt;
    auto const* const kept = vector(known->second);
    std::vector<float> out(dimensions_);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<float>(kept[i]) * scale(known->second);
    return out;
}

std::optional<std::uint64_t> Scan::mark_of(std::string_view name) const {
    std::shared_lock lock(mutex_);
    auto const known = rows_.find(name);
    return known == rows_.end() ? std::nullopt : std::optional(mark(known->second));
}

std::size_t Scan::size() const {
    std::shared_lock lock(mutex_);
    return rows_.size();
}

std::uint64_t Scan::bytes() const {
    std::shared_lock lock(mutex_);
    return capacity_bytes_;
}

std::vector<std::string> Scan::ids() const {
    std::shared_lock lock(mutex_);
    std::vector<std::string> out;
    for (auto const& [name, row] : rows_) out.push_back(name);
    std::ranges::sort(out);
    return out;
}

}  // namespace kindling::vector
