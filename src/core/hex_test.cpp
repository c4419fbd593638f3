#include "core/hex.h"
#include <gmock/gmock.h>

namespace kindling {
namespace {

TEST(Hex, GoesThereAndBack) {
    std::string all;
    for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
    EXPECT_EQ(from_hex(to_hex(all)), all);
    EXPECT_EQ(to_hex(std::string_view("\0\xFF\x1a", 3)), "00ff1a");
    EXPECT_EQ(from_hex(""), "");
}
TEST(Hex, RefusesWhatIsNone) {
    for (auto const* text : {"0", "0g", "FF", " 0", "0x", "\xC3\xA9"}) EXPECT_FALSE(from_hex(text)) << text;
}

}  // namespace
}  // namespace kindling
