// A manifest of any content over files of any content: refused or read, never a crash. The check sum of the manifest is put right, so
// that its content is reached; those of the columns are left to find the rest.
#include "core/fuzz_seeds.h"
#include "shop/facts/checksum.h"
#include "shop/facts/file.h"
#include "shop/facts/appender.h"
#include "shop/facts/query.h"
#include <fmt/format.h>
#include <sstream>
#include <unistd.h>

using namespace kindling::shop::facts;

// A good table, made once; every input replaces its manifest.
static std::filesystem::path const& good_table() {
    static auto const folder = [] {
        std::string pattern = (std::filesystem::temp_directory_path() / "kindling_facts_fuzz_XXXXXX").string();
        std::filesystem::path const path = ::mkdtemp(pattern.data());
        auto appender = *Appender::open(path, {{"a", ColumnType::integer}, {"t", ColumnType::text}, {"r", ColumnType::real}});
        for (int i = 0; i < 200; ++i) appender->integer(0, i), appender->text(1, std::string(static_cast<std::size_t>(i) % 7, 'x')), appender->real(2, i), appender->end_row();
        (void)appender->commit("w");
        return path;
    }();
    return folder;
}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const& folder = good_table();
    std::string_view text(reinterpret_cast<char const*>(data), size);
    auto const body = text.substr(0, text.find('\n'));
    (void)parse_manifest(text);
    (void)replace_file(folder / "manifest.json", fmt::format("{}\n{:08x}\n", body, checksum(body.data(), body.size())), Sync::none);
    if (auto const table = Table::open(folder)) {
        for (auto const& spec : table->schema()) {
            (void)Query(*table).group_by({spec.name}).measure({count(), count_distinct(spec.name)}).run();
            (void)Query(*table).where(contains(spec.name, "x")).select({spec.name}).limit(10).run();
        }
    }
    return 0;
}

static std::string good_manifest() {
    std::ostringstream text;
    text << std::ifstream(good_table() / "manifest.json").rdbuf();
    return std::move(text).str();
}
KINDLING_FUZZ_SEEDS(good_manifest())
