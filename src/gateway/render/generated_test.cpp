#include "gateway/render/generated.h"
#include "gateway/render/sample_operations.h"
#include <fstream>
#include <gmock/gmock.h>
#include <unistd.h>

namespace kindling::gateway {

namespace {

class Generated : public testing::Test {
protected:
    std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / ("kindling-generated-" + std::to_string(::getpid()));
    Registry registry = sample::registry();
    std::vector<GeneratedFile> files = generated_files(registry);
    void SetUp() override { std::filesystem::create_directories(folder); }
    void TearDown() override { std::filesystem::remove_all(folder); }
    void put(std::string const& path, std::string_view text) {
        std::filesystem::create_directories((folder / path).parent_path());
        std::ofstream(folder / path) << text;
    }
};

TEST_F(Generated, OnceWrittenNothingIsStaleUntilSomethingChanges) {
    EXPECT_EQ(stale_files(files, folder).size(), files.size());
    EXPECT_EQ(write_files(files, folder)->size(), files.size());
    EXPECT_TRUE(stale_files(files, folder).empty());
    EXPECT_EQ(generated_files(sample::registry()).front().text, files.front().text) << "the same registry gives the same text";
    put("docs/openapi.json", "{}");
    EXPECT_EQ(stale_files(files, folder), std::vector<std::string>{"docs/openapi.json"});
}

TEST_F(Generated, PagesOfModulesThatAreGoneGoToo) {
    ASSERT_TRUE(write_files(files, folder));
    put("docs/reference/en/gone.md", "<!-- Generated from the operation registry; do not edit. -->\n# gone\n");
    put("docs/reference/en/by-hand.md", "# Written by hand\n");
    EXPECT_EQ(stale_files(files, folder), std::vector<std::string>{"docs/reference/en/gone.md"});
    ASSERT_TRUE(write_files(files, folder));
    EXPECT_FALSE(std::filesystem::exists(folder / "docs/reference/en/gone.md"));
    EXPECT_TRUE(std::filesystem::exists(folder / "docs/reference/en/by-hand.md"));
}

TEST_F(Generated, AFolderThatCannotBeWrittenIsNamed) {
    put("docs", "a file where a folder should be");
    auto const written = write_files(files, folder);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().reason, "file_not_written");
    EXPECT_THAT(written.error().message, testing::HasSubstr("docs/"));
}

}  // namespace

}  // namespace kindling::gateway
