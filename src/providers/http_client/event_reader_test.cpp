#include "providers/http_client/event_reader.h"
#include <gtest/gtest.h>

namespace kindling::providers {

namespace {
std::string read(std::string_view text, std::size_t piece, std::size_t limit = 1000) {
    std::string log;
    EventReader reader([&](ServerEvent const& e) { return log += e.name + "|" + e.data + "|" + e.id + ";", Flow::go_on; }, limit);
    for (std::size_t at = 0; at < text.size(); at += piece)
        if (auto const r = reader.feed(text.substr(at, piece)); !r) return log + r.error().reason;
    return log;
}
}  // namespace

TEST(EventReader, ReadsTheSameWhateverThePieces) {
    std::string_view const text = "\xEF\xBB\xBF: comment\nid: 1\nevent: token\ndata: a\ndata:b\ndata\n\n\ndata: {\"x\":1}\r\n\r\nevent: empty\n\nretry: 5\rdata:  two\r\rid\ndata: x\n\ndata: unfinished";
    auto const expected = "token|a\nb\n|1;message|{\"x\":1}|1;message| two|1;message|x|;";
    for (std::size_t piece = 1; piece < 30; ++piece) EXPECT_EQ(read(text, piece), expected) << piece;
    EXPECT_EQ(read(text, text.size()), expected);
}

TEST(EventReader, BoundsAnEvent) {
    EXPECT_EQ(read("data: " + std::string(90, 'x') + "\n\n", 7, 100), "message|" + std::string(90, 'x') + "|;");
    EXPECT_EQ(read("data: " + std::string(200, 'x'), 7, 100), "response_too_large");
    std::string lines;
    for (int i = 0; i < 50; ++i) lines += "data: x\n";
    EXPECT_EQ(read(lines, 7, 60), "response_too_large");
}

TEST(EventReader, StopsWhenTold) {
    int seen = 0;
    EventReader reader([&](ServerEvent const&) { return ++seen == 2 ? Flow::stop : Flow::go_on; });
    EXPECT_EQ(reader.feed("data: 1\n\ndata: 2\n\ndata: 3\n\n").value(), Flow::stop);
    EXPECT_EQ(reader.feed("data: 4\n\n").value(), Flow::stop);
    EXPECT_EQ(seen, 2);
}

}  // namespace kindling::providers
