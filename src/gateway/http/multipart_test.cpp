#include "gateway/http/multipart.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace kindling::gateway {

namespace {

Request form(std::string body, std::string type = "multipart/form-data; boundary=B") {
    Request r;
    r.headers.add("Content-Type", type);
    r.body = std::move(body);
    return r;
}
std::string field(std::string_view name, std::string_view text) { return "--B\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" + std::string(text) + "\r\n"; }
std::string file(std::string_view name, std::string_view file_name, std::string_view bytes) {
    return "--B\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"; filename=\"" + std::string(file_name) + "\"\r\nContent-Type: text/csv\r\n\r\n" + std::string(bytes) + "\r\n";
}
std::string content(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
std::string reason(Result<std::vector<Part>> const& r) { return r ? "" : r.error().reason; }

}  // namespace

TEST(Multipart, ReadsTextsAndFiles) {
    auto const parts = parse_multipart(form("preamble\r\n" + field("note", "火种\r\nline two") + file("sheet", "C:\\secret\\../orders.csv", "a,b\r\n--b\r\n") + field("empty", "") + "--B--\r\nepilogue")).value();
    ASSERT_EQ(parts.size(), 3u);
    EXPECT_EQ(parts[0].name, "note");
    EXPECT_EQ(parts[0].text, "火种\r\nline two");
    EXPECT_FALSE(parts[0].file);
    EXPECT_EQ(parts[1].file_name, "orders.csv");
    EXPECT_EQ(parts[1].content_type, "text/csv");
    EXPECT_EQ(parts[1].bytes, 10u);
    EXPECT_EQ(parts[2].text, "");
}

TEST(Multipart, RemovesItsFiles) {
    std::string path;
    {
        auto const parts = parse_multipart(form(file("f", "x", std::string("a\0b\xff", 4)) + "--B--")).value();
        path = parts.at(0).file->path();
        EXPECT_EQ(content(path), std::string("a\0b\xff", 4));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Multipart, ReadsTheSameWhateverThePieces) {
    auto const body = "x\r\n" + field("a", "1\r\n--\r\n-B") + file("f", "n", "--B\r\r\n") + field("b", "") + "--B--\r\n";
    auto const read = [&](std::size_t piece) {
        std::string log;
        MultipartReader reader("B", {.begin = [&](auto const& h) { return log += "[" + h.name + "|" + h.file_name + "]", Result<void>(); },
                                     .data = [&](std::string_view d) { return log += d, Result<void>(); }, .end = [&] { return log += ";", Result<void>(); }});
        for (std::size_t at = 0; at < body.size(); at += piece)
            if (!reader.feed(std::string_view(body).substr(at, piece))) return std::string("failed");
        return reader.finish() ? log : "unfinished";
    };
    // The "--B" at the start of the file is no delimiter: the line break before it ended the header.
    auto const whole = read(body.size());
    EXPECT_EQ(whole, "[a|]1\r\n--\r\n-B;[f|n]--B\r\r\n;[b|];");
    for (std::size_t piece = 1; piece < 40; ++piece) EXPECT_EQ(read(piece), whole) << piece;
}

TEST(Multipart, RefusesWhatIsBrokenOrTooLarge) {
    EXPECT_EQ(reason(parse_multipart(form("", "text/plain"))), "not_multipart");
    EXPECT_EQ(reason(parse_multipart(form("", "multipart/form-data"))), "not_multipart");
    EXPECT_EQ(reason(parse_multipart(form("", "multipart/form-data; boundary=" + std::string(71, 'b')))), "not_multipart");
    EXPECT_EQ(reason(parse_multipart(form(""))), "malformed_multipart");
    EXPECT_EQ(reason(parse_multipart(form(field("a", "1")))), "malformed_multipart") << "cut off";
    EXPECT_EQ(reason(parse_multipart(form("--B\r\n\r\nx\r\n--B--"))), "malformed_multipart") << "no name";
    EXPECT_EQ(reason(parse_multipart(form("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--"))), "malformed_multipart") << "open quote";
    EXPECT_EQ(reason(parse_multipart(form("--B junk\r\n\r\n"))), "malformed_multipart");
    EXPECT_EQ(reason(parse_multipart(form("--B\r\n" + std::string(9000, 'h')))), "malformed_multipart") << "header without end";
    EXPECT_EQ(reason(parse_multipart(form(field("a", "12345") + "--B--"), {.max_text_bytes = 5})), "");
    EXPECT_EQ(reason(parse_multipart(form(field("a", "123456") + "--B--"), {.max_text_bytes = 5})), "body_too_large");
    EXPECT_EQ(reason(parse_multipart(form(file("a", "n", "123456") + "--B--"), {.max_file_bytes = 5})), "body_too_large");
    EXPECT_EQ(reason(parse_multipart(form(field("a", "") + field("b", "") + "--B--"), {.max_parts = 1})), "too_many_parts");
    EXPECT_EQ(reason(parse_multipart(form(file("a", "n", "1") + "--B--"), {.temporary_directory = "/nonexistent"})), "disk_full");
}

TEST(Multipart, BoundaryMayBeQuoted) {
    EXPECT_EQ(boundary_of("Multipart/Form-Data; charset=utf-8; boundary=\"a b\\\"c\"").value(), "a b\"c");
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=----x ; y=z").value(), "----x");
}

}  // namespace kindling::gateway
