#include "gateway/http/mapped_file.h"
#include "core/id.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace kindling::gateway {

TEST(MapFile, GivesTheBytesAndRefusesWhatIsNoFile) {
    auto const folder = std::filesystem::temp_directory_path() / new_id("map");
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "full") << "hello";
    std::ofstream(folder / "empty").flush();
    auto bytes = map_file((folder / "full").string()).value();
    std::filesystem::remove(folder / "full");
    EXPECT_EQ(bytes.bytes, "hello") << "still there for who holds it";
    EXPECT_EQ(map_file((folder / "empty").string())->bytes, "");
    EXPECT_EQ(map_file(folder.string()).error().reason, "file_not_found");
    EXPECT_EQ(map_file((folder / "none").string()).error().reason, "file_not_found");
    std::filesystem::remove_all(folder);
}

}  // namespace kindling::gateway
