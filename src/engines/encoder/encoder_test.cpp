// The small encoders of test_models (make_models.py wrote them, and what ONNX Runtime and the tokenizers library make of them), and folders in which something is wrong.
#include "engines/encoder/encoder.h"
#include "core/json_text.h"
#include "engines/encoder/kernels.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <gmock/gmock.h>
#include <random>
#include <sstream>
#include <thread>
#include <unistd.h>

namespace kindling::encoder {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

fs::path models() { return fs::path(__FILE__).parent_path() / "test_models"; }
std::string content(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct Expected {
    std::string text;
    std::vector<std::int64_t> numbers;
    std::vector<float> vector;
};
std::vector<Expected> expected(fs::path const& folder) {
    std::vector<Expected> out;
    auto const file = parse_json(content(folder / "expected.json")).value();
    for (auto const& entry : file.as_array()) {
        out.push_back({std::string(entry.at("text").as_string()), {}, {}});
        for (auto const& n : entry.at("numbers").as_array()) out.back().numbers.push_back(n.as_int64());
        for (auto const& v : entry.at("vector").as_array()) out.back().vector.push_back(static_cast<float>(v.to_number<double>()));
    }
    return out;
}

float largest_difference(std::vector<float> const& a, std::vector<float> const& b) {
    if (a.size() != b.size()) return 1e9f;
    float out = 0;
    for (std::size_t i = 0; i < a.size(); ++i) out = std::max(out, std::abs(a[i] - b[i]));
    return out;
}

class SmallEncoder : public testing::TestWithParam<std::string> {};

TEST_P(SmallEncoder, WordPiecesAreThoseOfTheTokenizersLibrary) {
    auto const parts = read_parts(models() / GetParam());
    ASSERT_TRUE(parts) << parts.error().message;
    EXPECT_EQ(parts->longest, 24u);
    for (auto const& e : expected(models() / GetParam())) EXPECT_EQ(parts->words.numbers(e.text, parts->longest), e.numbers) << e.text;
}

TEST_P(SmallEncoder, VectorsAreThoseOfOnnxRuntime) {
    auto const encoder = Encoder::open(models() / GetParam());
    ASSERT_TRUE(encoder) << encoder.error().message;
    EXPECT_EQ((*encoder)->dimensions(), 16u);
    auto const all = expected(models() / GetParam());
    ASSERT_GT(all.size(), 10u);
    std::vector<std::string> texts;
    for (auto const& e : all) {
        texts.push_back(e.text);
        auto const alone = (*encoder)->encode(std::span(&e.text, 1));
        ASSERT_TRUE(alone) << alone.error().message;
        EXPECT_LT(largest_difference(alone->front(), e.vector), 1e-4f) << e.text;
    }
    auto const together = (*encoder)->encode(texts);
    ASSERT_TRUE(together) << together.error().message;
    // 8-bit models round by what is computed together.
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_LT(largest_difference((*together)[i], all[i].vector), GetParam() == "fourth" ? 0.05f : 1e-4f) << all[i].text;
}

INSTANTIATE_TEST_SUITE_P(Styles, SmallEncoder, testing::Values("first", "second", "third", "fourth"), [](auto const& info) { return info.param; });

TEST(Encoder, GroupsNodesWithoutNames) {
    // Written node by node the first has 16 nodes a layer normalisation or GELU that the second has not; grouped they are alike.
    auto const first = Encoder::open(models() / "first"), third = Encoder::open(models() / "third");
    ASSERT_TRUE(first && third);
    EXPECT_LT((*first)->steps(), 110u);
    EXPECT_LT((*third)->steps(), 180u) << "it reshapes around each of its twelve products";
}

TEST(Encoder, IsAskedByManyAtOnce) {
    auto const encoder = Encoder::open(models() / "first").value();
    auto const all = expected(models() / "first");
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 20; ++i) EXPECT_LT(largest_difference(encoder->encode(std::span(&all[t].text, 1)).value().front(), all[t].vector), 1e-4f);
        });
}

TEST(Encoder, EndsWhenItIsStopped) {
    auto const encoder = Encoder::open(models() / "first").value();
    std::vector<std::string> const texts{"mug"};
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(encoder->encode(texts, {.stop = stop.get_token()}).error().reason, "cancelled");
    EXPECT_EQ(encoder->encode(texts, {.until = std::chrono::steady_clock::now() - std::chrono::seconds(1)}).error().reason, "encoder_timeout");
    EXPECT_TRUE(encoder->encode({})->empty());
}

// A copy of a good folder in which a test breaks something.
class BrokenFolder : public testing::Test {
protected:
    void SetUp() override { fs::remove_all(folder_), fs::copy(models() / "third", folder_, fs::copy_options::recursive); }
    void TearDown() override { fs::remove_all(folder_); }
    void write(std::string const& file, std::string const& bytes) { std::ofstream(folder_ / file, std::ios::binary | std::ios::trunc) << bytes; }
    Error error() {
        auto const opened = Encoder::open(folder_);
        EXPECT_FALSE(opened);
        return opened ? Error{} : opened.error();
    }
    void expect(std::string_view reason, std::string const& file, std::string const& what) {
        auto const e = error();
        EXPECT_EQ(e.reason, reason) << e.message;
        EXPECT_THAT(e.message, testing::AllOf(HasSubstr(file), HasSubstr(what)));
    }
    fs::path folder_ = fs::temp_directory_path() / ("kindling_encoder_test_" + std::to_string(::getpid()));
};

TEST_F(BrokenFolder, NamesTheFileAndWhatIsWrong) {
    fs::remove(folder_ / "vocab.txt");
    expect("encoder_file_missing", "vocab.txt", "no such file");
    write("vocab.txt", "");
    expect("encoder_vocabulary_invalid", "vocab.txt", "empty");
    write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\na\nb\n");
    expect("encoder_vocabulary_invalid", "vocab.txt", "[SEP]");
    write("vocab.txt", std::string(5'000, 'x'));
    expect("encoder_vocabulary_invalid", "vocab.txt", "Line 1 is longer");
    std::string more = content(models() / "third" / "vocab.txt");
    write("vocab.txt", more + "more\n");
    expect("encoder_shape_wrong", "model.onnx", "row 110 is asked for and there are 110");
    write("vocab.txt", more);
    write("config.json", R"({"max_position_embeddings": 40})");
    expect("encoder_shape_wrong", "model.onnx", "A text of 40 word pieces");
    write("config.json", "{");
    expect("malformed_json", "config.json", "");
    write("config.json", R"({"max_position_embeddings": 24})");
    EXPECT_TRUE(Encoder::open(folder_));
    write("1_Pooling/config.json", R"({"pooling_mode_mean_sqrt_len_tokens": true})");
    expect("encoder_file_invalid", "1_Pooling", "pooling");
    fs::remove_all(folder_ / "1_Pooling");
    write("modules.json", R"([{"type":"sentence_transformers.models.Transformer"},{"type":"sentence_transformers.models.Dense"}])");
    expect("encoder_file_invalid", "modules.json", "Dense");
    fs::remove(folder_ / "modules.json");
    write("model.onnx_data", "short");
    expect("encoder_file_invalid", "model.onnx", "model.onnx_data is cut off");
    fs::remove(folder_ / "model.onnx_data");
    expect("encoder_file_invalid", "model.onnx", "is missing");
    fs::remove(folder_ / "model.onnx");
    expect("encoder_file_missing", "model.onnx", "no such file");
    fs::remove_all(folder_);
    expect("encoder_file_missing", folder_.string(), "no such folder");
}

TEST_F(BrokenFolder, ReadsTokenizerJsonWhereThereIsNoVocabulary) {
    std::string pieces, piece;
    std::int64_t number = 0;
    for (std::istringstream lines(content(folder_ / "vocab.txt")); std::getline(lines, piece); ++number) pieces += (number ? "," : "") + to_text(json::value(piece)) + ":" + std::to_string(number);
    fs::remove(folder_ / "vocab.txt"), fs::remove(folder_ / "tokenizer_config.json");
    write("tokenizer.json", R"({"normalizer":{"type":"BertNormalizer","lowercase":false,"strip_accents":null},"model":{"type":"WordPiece","vocab":{)" + pieces + "}}}");
    auto const encoder = Encoder::open(folder_);
    ASSERT_TRUE(encoder) << encoder.error().message;
    for (auto const& e : expected(folder_)) EXPECT_LT(largest_difference((*encoder)->encode(std::span(&e.text, 1))->front(), e.vector), 1e-4f) << e.text;
    write("tokenizer.json", R"({"model":{"type":"Unigram","vocab":{"a":0}}})");
    expect("encoder_file_invalid", "tokenizer.json", "WordPiece");
}

TEST_F(BrokenFolder, SurvivesEveryCutAndAnyByte) {
    auto const whole = content(models() / "first" / "model.onnx");
    for (std::size_t length = 0; length < whole.size(); length += 1 + length / 40) {
        auto graph = read_model(std::string_view(whole).substr(0, length), {});
        EXPECT_FALSE(graph && Program::make(std::move(*graph), "last_hidden_state")) << length;
    }
    auto const vocabulary = content(models() / "first" / "vocab.txt");
    std::mt19937 random(7);
    for (int i = 0; i < 300; ++i) {
        auto bytes = whole;
        for (int k = 0; k < 3; ++k) bytes[random() % bytes.size()] = static_cast<char>(random());
        auto graph = read_model(bytes, {}, 1 << 16);
        if (!graph) continue;
        auto const made = Encoder::make({std::move(*graph), WordPiece::read(vocabulary, {}).value(), Pooling::mean, 24}, 1 << 16);
        EXPECT_TRUE(made || !made.error().message.empty());
    }
}

// Protobuf by hand: a graph of one node between an input and an output.
std::string message(int field, std::string const& bytes) {
    std::string out;
    auto const number = [&](std::size_t v) { for (; v >= 128; v >>= 7) out += static_cast<char>(v | 128); out += static_cast<char>(v); };
    number(static_cast<std::size_t>(field) << 3 | 2), number(bytes.size());
    return out + bytes;
}
std::string one_node(std::string const& operation, std::string const& domain = "") {
    auto const value = [](std::string const& name) { return message(1, name) + message(2, message(1, std::string("\x08\x07") + message(2, message(1, "") + message(1, "") + message(1, "")))); };
    return message(7, message(1, message(1, "input_ids") + message(2, "y") + message(4, operation) + (domain.empty() ? "" : message(7, domain))) + message(11, value("input_ids")) + message(12, value("y"))) + message(8, std::string("\x10\x0d"));
}

TEST_F(BrokenFolder, SaysWhichOperatorsAreNotKnown) {
    write("model.onnx", one_node("Einsum"));
    expect("encoder_operator_unsupported", "model.onnx", "Einsum");
    write("model.onnx", one_node("FusedMatMul", "com.microsoft"));
    expect("encoder_operator_unsupported", "model.onnx", "com.microsoft.FusedMatMul");
    write("model.onnx", one_node("Gelu", "kindling"));
    expect("encoder_operator_unsupported", "model.onnx", "kindling.Gelu");
    write("model.onnx", one_node("Identity"));
    expect("encoder_shape_wrong", "model.onnx", "The output is [1, 24]");
    write("model.onnx", "no model at all, but some text");
    expect("encoder_file_invalid", "model.onnx", "");
    write("model.onnx", "");
    expect("encoder_file_invalid", "model.onnx", "no graph");
}

TEST(Kernels, AgreeWithTheStandardLibrary) {
    std::vector<float> in, out(4'001);
    for (int i = -2'000; i <= 2'000; ++i) in.push_back(static_cast<float>(i) * 0.01f);
    exponential(in.data(), out.data(), in.size());
    for (std::size_t i = 0; i < in.size(); ++i) EXPECT_NEAR(out[i] / std::exp(static_cast<double>(in[i])), 1, 3e-7) << in[i];
    error_function(in.data(), out.data(), in.size());
    for (std::size_t i = 0; i < in.size(); ++i) EXPECT_NEAR(out[i], std::erf(static_cast<double>(in[i])), 6e-7) << in[i];
    gelu(in.data(), out.data(), in.size());
    for (std::size_t i = 0; i < in.size(); ++i) EXPECT_NEAR(out[i], 0.5 * in[i] * std::erfc(-in[i] / std::sqrt(2.0)), 2e-6 * std::max(1.0f, std::abs(in[i]))) << in[i];
}

TEST(Kernels, ProductsOfAnyShape) {
    std::mt19937 random(3);
    std::uniform_real_distribution<float> number(-1, 1);
    for (auto const& [m, n, k] : {std::array<std::size_t, 3>{1, 1, 1}, {3, 5, 7}, {4, 16, 8}, {5, 17, 33}, {9, 40, 3}, {2, 31, 64}, {64, 96, 48}, {7, 0, 3}, {3, 4, 0}}) {
        std::vector<float> a(m * k), b(k * n), c(m * n, 99.0f), bias(n);
        for (auto* all : {&a, &b, &bias}) for (auto& v : *all) v = number(random);
        multiply(a.data(), b.data(), c.data(), m, n, k, bias.data());
        for (std::size_t i = 0; i < m; ++i)
            for (std::size_t j = 0; j < n; ++j) {
                double sum = bias[j];
                for (std::size_t l = 0; l < k; ++l) sum += static_cast<double>(a[i * k + l]) * b[l * n + j];
                ASSERT_NEAR(c[i * n + j], sum, 1e-4) << m << ' ' << n << ' ' << k;
            }
    }
}

// Operators that no small model has, against what ONNX's documentation says of them.
Tensor numbers(Shape shape, std::vector<float> const& values) {
    auto out = make_reals(std::move(shape), values.size());
    std::ranges::copy(values, out.reals.get());
    return out;
}
Tensor whole(Shape shape, std::vector<std::int64_t> const& values) {
    auto out = make_integers(std::move(shape), values.size());
    std::ranges::copy(values, out.integers.get());
    return out;
}
Result<Tensors> computed(Node const& node, std::vector<Tensor const*> inputs, std::int64_t version = 17) { return find_operator(node.operation)({node, version, std::move(inputs)}); }
std::vector<std::int64_t> list(Tensor const& t) { return {t.whole().begin(), t.whole().end()}; }
std::vector<float> reals(Tensor const& t) { return {t.floats().begin(), t.floats().end()}; }

TEST(Operators, PickAsOnnxSays) {
    auto const data = whole({2, 2}, {0, 1, 2, 3});
    Node node{.name = "", .operation = "GatherND", .inputs = {}, .outputs = {"y"}, .attributes = {}};
    auto const places = whole({2, 2}, {0, 0, 1, 1}), rows = whole({2, 1}, {1, 0}), beyond = whole({1, 1}, {2});
    EXPECT_EQ(list(computed(node, {&data, &places})->front()), (std::vector<std::int64_t>{0, 3}));
    EXPECT_EQ(list(computed(node, {&data, &rows})->front()), (std::vector<std::int64_t>{2, 3, 0, 1}));
    EXPECT_FALSE(computed(node, {&data, &beyond}));
    auto const cube = whole({2, 2, 2}, {0, 1, 2, 3, 4, 5, 6, 7});
    node.attributes["batch_dims"].integer = 1;
    EXPECT_EQ(list(computed(node, {&cube, &rows})->front()), (std::vector<std::int64_t>{2, 3, 4, 5}));
    node = {.name = "", .operation = "GatherElements", .inputs = {}, .outputs = {"y"}, .attributes = {}};
    node.attributes["axis"].integer = 1;
    auto const square = whole({2, 2}, {1, 2, 3, 4}), picked = whole({2, 2}, {0, 0, 1, 0});
    EXPECT_EQ(list(computed(node, {&square, &picked})->front()), (std::vector<std::int64_t>{1, 1, 4, 3}));
    node = {.name = "", .operation = "Slice", .inputs = {}, .outputs = {"y"}, .attributes = {}};
    auto const line = whole({2, 4}, {1, 2, 3, 4, 5, 6, 7, 8}), from = whole({2}, {1, 0}), to = whole({2}, {2, 3}), axes = whole({2}, {0, 1}), by = whole({2}, {1, 2}), back = whole({1}, {-1}), end = whole({1}, {-1000}), second = whole({1}, {1});
    EXPECT_EQ(list(computed(node, {&line, &from, &to, &axes, &by})->front()), (std::vector<std::int64_t>{5, 7}));
    EXPECT_EQ(list(computed(node, {&line, &back, &end, &second, &back})->front()), (std::vector<std::int64_t>{4, 3, 2, 1, 8, 7, 6, 5}));
    node = {.name = "", .operation = "Split", .inputs = {}, .outputs = {"a", "b"}, .attributes = {}};
    node.attributes["axis"].integer = 1;
    EXPECT_EQ(list(computed(node, {&line})->at(1)), (std::vector<std::int64_t>{3, 4, 7, 8}));
    node = {.name = "", .operation = "Tile", .inputs = {}, .outputs = {"y"}, .attributes = {}};
    auto const times = whole({2}, {2, 2});
    EXPECT_EQ(list(computed(node, {&data, &times})->front()), (std::vector<std::int64_t>{0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3}));
}

TEST(Operators, ComputeAsOnnxSays) {
    Node node{.name = "", .operation = "Mod", .inputs = {}, .outputs = {"y"}, .attributes = {}};
    auto const a = whole({6}, {-4, 7, 5, 4, -7, 8}), b = whole({6}, {2, -3, 8, -2, 3, 5});
    EXPECT_EQ(list(computed(node, {&a, &b})->front()), (std::vector<std::int64_t>{0, -2, 5, 0, 2, 3}));
    node.operation = "CumSum";
    auto const rows = whole({2, 3}, {1, 2, 3, 4, 5, 6}), first = whole({}, {0}), second = whole({}, {1});
    EXPECT_EQ(list(computed(node, {&rows, &first})->front()), (std::vector<std::int64_t>{1, 2, 3, 5, 7, 9}));
    EXPECT_EQ(list(computed(node, {&rows, &second})->front()), (std::vector<std::int64_t>{1, 3, 6, 4, 9, 15}));
    node.operation = "Where";
    auto const mask = whole({2, 1}, {1, 0}), ones = numbers({3}, {1, 2, 3}), zero = numbers({}, {0});
    EXPECT_EQ(reals(computed(node, {&mask, &ones, &zero})->front()), (std::vector<float>{1, 2, 3, 0, 0, 0}));
    node.operation = "Gemm";
    auto const m = numbers({2, 3}, {1, 2, 3, 4, 5, 6}), n = numbers({2, 3}, {1, 0, 1, 0, 1, 0}), c = numbers({2, 1}, {10, 20});
    node.attributes["transB"].integer = 1, node.attributes["alpha"].real = 2, node.attributes["beta"].real = 0.5f;
    EXPECT_EQ(reals(computed(node, {&m, &n, &c})->front()), (std::vector<float>{13, 9, 30, 20}));
    node = {.name = "", .operation = "MatMul", .inputs = {}, .outputs = {"y"}, .attributes = {}};
    auto const batch = numbers({2, 1, 1, 2}, {1, 2, 3, 4}), other = numbers({2, 2, 1}, {1, 1, 2, 0});
    auto const product = computed(node, {&batch, &other});
    EXPECT_EQ(product->front().shape, (Shape{2, 2, 1, 1}));
    EXPECT_EQ(reals(product->front()), (std::vector<float>{3, 2, 7, 6}));
    node.operation = "ReduceSum";
    auto const over = whole({1}, {0});
    EXPECT_EQ(reals(computed(node, {&m, &over})->front()), (std::vector<float>{5, 7, 9}));
    node.operation = "Range";
    auto const from = whole({}, {10}), to = whole({}, {4}), by = whole({}, {-2});
    EXPECT_EQ(list(computed(node, {&from, &to, &by})->front()), (std::vector<std::int64_t>{10, 8, 6}));
}

}  // namespace
}  // namespace kindling::encoder
