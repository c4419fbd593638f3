#include "core/base64.h"
#include <gtest/gtest.h>

namespace kindling {
namespace {

TEST(Base64, Rfc4648Examples) {
    std::pair<std::string_view, std::string_view> const known[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (auto const& [bytes, text] : known) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    for (std::size_t n = 0; n <= all.size(); ++n) EXPECT_EQ(from_base64(to_base64(all.substr(0, n))), all.substr(0, n));
    EXPECT_EQ(from_base64("Zm9v\r\nYmFy\n"), "foobar");
}

TEST(Base64, RefusesWhatIsNone) {
    for (auto const* text : {"Z", "Zg", "Zg=", "Zg===", "Zm9v=", "Zm=v", "Zm9*", "Zh==", "Zm9=", "data:;base64,Zg==", "Zm9_", "=", " Zg=="}) EXPECT_FALSE(from_base64(text)) << text;
}

}  // namespace
}  // namespace kindling
