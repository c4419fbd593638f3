// The published test vectors of FNV-1a, 64 bits; kept marks and checksums hang on them.
#include "core/stable_hash.h"
#include <gtest/gtest.h>

namespace kindling {
namespace {

TEST(StableHash, IsFnv1a) {
    static_assert(stable_hash("") == 0xCBF29CE484222325ull);
    EXPECT_EQ(stable_hash("a"), 0xAF63DC4C8601EC8Cull);
    EXPECT_EQ(stable_hash("foobar"), 0x85944171F73967E8ull);
    EXPECT_EQ(stable_hash("bar", stable_hash("foo")), stable_hash("foobar"));
}

TEST(StableHash, TellsPartsApart) {
    auto const of = [](std::string_view a, std::string_view b) { return stable_hash_of_part(b, stable_hash_of_part(a, stable_hash_start)); };
    EXPECT_NE(of("ab", "c"), of("a", "bc"));
}

}  // namespace
}  // namespace kindling
