// Any bytes as a file of vectors, as a graph and as a space: opened with headers and checksums that were made to fit, then asked, changed and written.
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "core/fuzz_seeds.h"
#include "engines/learning/model_file/model_file.h"
#include "engines/vector/graph.h"
#include "engines/vector/scan.h"
#include "engines/vector/space.h"

using namespace kindling::vector;

namespace {

std::string content(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct Line final : RowDistances {  // row n lies at n
    float between(std::uint32_t one, std::uint32_t other) const override { return one < other ? static_cast<float>(other - one) : static_cast<float>(one - other); }
    float from(const void* query, std::uint32_t row) const override { return between(*static_cast<const std::uint32_t*>(query), row); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    std::string_view const bytes(reinterpret_cast<const char*>(data), size);
    static auto const path = std::filesystem::temp_directory_path() / ("kindling_vector_fuzz_" + std::to_string(::getpid()));
    static auto const good = [] {
        std::filesystem::remove(path);
        auto scan = Scan::open({.dimensions = 4, .file = path}).value();
        for (int i = 0; i < 5; ++i) (void)scan->put("p" + std::to_string(i), std::vector<float>{1, static_cast<float>(i), -1, 0.5f}, static_cast<std::uint64_t>(i));
        scan.reset();
        return content(path);
    }();
    // A good file with some of its bytes replaced ([place (2), byte]*), and cut where the last byte says.
    auto file = good;
    for (std::size_t i = 0; i + 3 <= size; i += 3) file[(data[i] * 256u + data[i + 1]) * file.size() / 65536] = static_cast<char>(data[i + 2]);
    if (size % 3 == 1) file.resize(file.size() * data[size - 1] / 256);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << file;
    if (auto scan = Scan::open({.dimensions = 4, .file = path})) {
        std::vector<float> const query{0.3f, -1, 2, 0};
        (void)(*scan)->nearest(query, 3, [](std::string_view id) { return id != "p1"; });
        (void)(*scan)->put("p7", query, 9);
        for (auto const& id : (*scan)->ids()) (void)(*scan)->mark_of(id), (void)(*scan)->erase(id);
        (void)(*scan)->nearest(query, 3);
    }
    Line const line;
    if (auto const graph = Graph::read(kindling::model_file::seal("KGRF0001", bytes), line, 20)) {
        std::uint32_t const query = 3;
        (void)(*graph)->nearest(&query, 5);
        for (std::uint32_t const row : {0u, 7u, 3u}) (*graph)->put(row), (*graph)->erase(row + 1);
        (void)(*graph)->nearest(&query, 5);
        (void)Graph::read((*graph)->write(), line, 20);
    }
    (void)Space::read(bytes);
    if (auto const space = Space::read(kindling::model_file::seal("KSPC0001", bytes))) {
        (void)(*space)->embed({{"sneakers", 2}, {"灯", 1}}, "p1");
        (void)(*space)->alike("lamp", 3);
    }
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\0\10\1\0\100\377"sv,
    "\2\0\0\0\1\0\0\0\1\0\0\0a\1\0\0\0\0\0\200\77\2\0\0\0\0\0\200\77\0\0\0\0"sv,
    "\2\0\0\0\0\0\0\0\3\0\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0\4\0\0\0\1\0\0\0\0\1\0\0\0\0\0\0\0"sv,
    "\200"sv)
