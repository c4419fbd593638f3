#include "providers/language/embeddings.h"
#include "core/json_text.h"
#include "providers/language/fake_endpoint_for_test.h"
#include <gtest/gtest.h>

namespace kindling::providers {
namespace {

using namespace test;

// Each text "n" becomes the vector (n, 1), answered in reverse order.
std::string reversed(std::string const& request) {
    auto const parsed = parse_json(request).value();
    auto const& input = parsed.at("input").as_array();
    std::string out;
    for (std::size_t i = input.size(); i-- > 0;) out += fmt::format("{}{{\"index\":{},\"embedding\":[{},1]}}", out.empty() ? "" : ",", i, std::string_view(input[i].as_string()));
    return answer_of(200, "{\"data\":[" + out + "],\"usage\":{\"prompt_tokens\":3}}");
}
EmbeddingOptions options(FakeEndpoint const& server) {
    return {.endpoint = {.url = server.url(), .reach = Reach::anywhere, .attempts = 2, .first_pause = std::chrono::milliseconds(1)}, .model = "e-1", .texts_per_request = 2, .length = EmbeddingOptions::Length::as_answered};
}
std::string reason(auto const& r) { return r ? "" : r.error().reason; }

TEST(Embeddings, BatchesAndOrders) {
    FakeEndpoint server([](int, Asked const& asked, Connection& c) { c.write(reversed(asked.body)); });
    Embeddings e(options(server));
    std::vector<std::string> const texts{"1", "2", "3", "4", "5"};
    auto const out = e.embed(texts);
    ASSERT_TRUE(out) << out.error().message;
    ASSERT_EQ(out->vectors.size(), 5u);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(out->vectors[i], (std::vector<float>{static_cast<float>(i + 1), 1}));
    EXPECT_EQ(server.asked().size(), 3u);
    EXPECT_EQ(out->tokens, 9);
    EXPECT_EQ(e.dimension(), 2u);
    EXPECT_TRUE(e.embed({})->vectors.empty());
}

// The form that the file's head promises, a request for as many as fit, put in order by `index`.
TEST(Embeddings, SendsPicturesAsDataAddresses) {
    FakeEndpoint server([](int, Asked const& asked, Connection& c) {
        std::string out;
        auto const parsed = parse_json(asked.body).value();
        auto const& input = parsed.at("input").as_array();
        for (std::size_t i = input.size(); i-- > 0;) out += fmt::format("{}{{\"index\":{},\"embedding\":[{}]}}", out.empty() ? "" : ",", i, input[i].at("image").as_string().size());
        c.write(answer_of(200, "{\"data\":[" + out + "],\"usage\":{\"prompt_tokens\":7}}"));
    });
    auto o = options(server);
    o.pictures_per_request = 2, o.picture_bytes_per_request = 5;
    std::vector<std::string> const jpegs{"\xFF\xD8", "\xFF\xD8\xFF", "\xFF\xD8\xFF\xE0\x01\x02"};
    auto const out = Embeddings(o).embed_pictures(jpegs);
    ASSERT_TRUE(out) << out.error().message;
    ASSERT_EQ(out->vectors.size(), 3u);
    EXPECT_EQ(out->tokens, 14) << "two fit into the first request by number, the third not by size";
    auto const asked = server.asked();
    ASSERT_EQ(asked.size(), 2u);
    EXPECT_EQ(asked[0].body, R"({"model":"e-1","input":[{"image":"data:image/jpeg;base64,/9g="},{"image":"data:image/jpeg;base64,/9j/"}],"encoding_format":"float"})");
    EXPECT_EQ(out->vectors[2][0], 31) << "the data address of six bytes";
}

TEST(Embeddings, UnitLengthWhenAsked) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { c.write(answer_of(200, R"({"data":[{"embedding":[3,-4]}]})")); });
    auto o = options(server);
    o.length = EmbeddingOptions::Length::unit;
    std::vector<std::string> const texts{"x"};
    auto const out = Embeddings(o).embed(texts);
    EXPECT_FLOAT_EQ(out->vectors[0][0], 0.6f);
    EXPECT_FLOAT_EQ(out->vectors[0][1], -0.8f);
}

TEST(Embeddings, AnotherDimensionIsRefused) {
    FakeEndpoint server([](int n, Asked const&, Connection& c) { c.write(answer_of(200, n == 1 ? R"({"data":[{"embedding":[1,2]}]})" : R"({"data":[{"embedding":[1,2,3]}]})")); });
    Embeddings e(options(server));
    std::vector<std::string> const texts{"x"};
    EXPECT_TRUE(e.embed(texts));
    EXPECT_EQ(reason(e.embed(texts)), "wrong_dimension");
}

TEST(Embeddings, RubbishIsRefused) {
    for (auto const* body : {"", "[]", "{}", R"({"data":[]})", R"({"data":[{"embedding":[]}]})", R"({"data":[{"embedding":["a"]}]})", R"({"data":[{"embedding":[1e39]}]})", R"({"data":[{"index":1,"embedding":[1]}]})", R"({"data":[{"index":-1,"embedding":[1]}]})", R"({"data":[{"embedding":[1]},{"embedding":[1]}]})"}) {
        FakeEndpoint server([&](int, Asked const&, Connection& c) { c.write(answer_of(200, body)); });
        std::vector<std::string> const texts{"x"};
        EXPECT_EQ(reason(Embeddings(options(server)).embed(texts)), "model_answer_malformed") << body;
    }
}

TEST(Embeddings, RepeatsWhatMayPass) {
    FakeEndpoint server([](int n, Asked const& asked, Connection& c) { n == 1 ? c.write(answer_of(500, "")) : c.write(reversed(asked.body)); });
    std::vector<std::string> const texts{"1"};
    EXPECT_TRUE(Embeddings(options(server)).embed(texts));
    EXPECT_EQ(reason(Embeddings({}).embed(texts)), "model_not_configured");
}

}  // namespace
}  // namespace kindling::providers
