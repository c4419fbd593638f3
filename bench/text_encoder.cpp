// text-encoder: a text encoder of six layers, 384 wide (12 heads, 1,536 inside, 21,128 pieces: MiniLM's size with BERT's Chinese vocabulary), run by engines/encoder.
//
// The model is made here with random weights and written as ONNX, so the same file is read by ONNX Runtime (PyPI, when python3 or KINDLING_PYTHON has it), on one thread as
// ours. Times are processor time of a call, tokenising among ours, median of many; max_difference is between the two's vectors of unit length. Without oneDNN (Debian
// libdnnl2) our own kernel multiplies; which it was stands in `library`.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/json_text.h"
#include "core/random.h"
#include "engines/encoder/encoder.h"
#include "engines/encoder/kernels.h"
#include "search.h"

namespace kindling::bench {

namespace {

constexpr int layers = 6, width = 384, heads = 12, inside = 1'536, pieces = 21'128, places = 512;

// ONNX by hand: protobuf is numbered fields, here all of them lengths with bytes or plain numbers.
std::string varint(std::uint64_t v) {
    std::string out;
    for (; v >= 128; v >>= 7) out += static_cast<char>(v | 128);
    return out += static_cast<char>(v);
}
std::string number(unsigned field, std::int64_t v) { return varint(field << 3) + varint(static_cast<std::uint64_t>(v)); }
std::string bytes(unsigned field, std::string_view content) { return varint(field << 3 | 2) + varint(content.size()) + std::string(content); }

std::string tensor(std::string_view name, std::vector<std::int64_t> const& shape, int type, std::string_view raw) {
    std::string out;
    for (auto const axis : shape) out += number(1, axis);
    return out + number(2, type) + bytes(8, name) + bytes(9, raw);
}

class Model {
public:
    std::string node(std::string_view operation, std::vector<std::string> const& inputs, std::string_view attributes = "") {
        std::string out;
        for (auto const& i : inputs) out += bytes(1, i);
        names_.push_back(fmt::format("v{}", names_.size()));
        graph_ += bytes(1, out + bytes(2, names_.back()) + bytes(4, operation) + std::string(attributes));
        return names_.back();
    }
    static std::string attribute(std::string_view name, std::int64_t value) { return bytes(5, bytes(1, name) + number(3, value) + number(20, 2)); }
    static std::string attribute(std::string_view name, std::vector<std::int64_t> const& values) {
        auto out = bytes(1, name) + number(20, 7);
        for (auto const v : values) out += number(8, v);
        return bytes(5, out);
    }
    std::string weight(std::vector<std::int64_t> const& shape, double spread, double around = 0) {
        std::size_t n = 1;
        for (auto const axis : shape) n *= static_cast<std::size_t>(axis);
        std::vector<float> values(n);
        for (auto& v : values) v = static_cast<float>(around + spread * random_.normal());
        return held(shape, 1, values);
    }
    std::string real(float v) { return held({}, 1, std::vector{v}); }
    std::string whole(std::vector<std::int64_t> const& values) { return held({static_cast<std::int64_t>(values.size())}, 7, values); }

    std::string normalised(std::string const& x) { return node("LayerNormalization", {x, weight({width}, 0.1, 1), weight({width}, 0.1)}, attribute("axis", -1)); }
    std::string linear(std::string const& x, int from, int to) { return node("Add", {node("MatMul", {x, weight({from, to}, 1 / std::sqrt(from))}), weight({to}, 0.02)}); }
    std::string split(std::string const& x, std::vector<std::int64_t> const& order) { return node("Transpose", {node("Reshape", {x, whole({0, 0, heads, width / heads})})}, attribute("perm", order)); }

    std::string bert() {
        auto const length = node("Slice", {node("Shape", {"input_ids"}), whole({1}), whole({2})});
        std::vector<std::int64_t> all(places);
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i);
        auto const at = node("Slice", {whole(all), whole({0}), length});
        auto x = node("Add", {node("Gather", {weight({pieces, width}, 0.3), "input_ids"}), node("Gather", {weight({places, width}, 0.1), at})});
        x = normalised(node("Add", {x, node("Gather", {weight({2, width}, 0.1), "token_type_ids"})}));
        auto const seen = node("Cast", {node("Unsqueeze", {"attention_mask", whole({1, 2})})}, attribute("to", 1));
        auto const mask = node("Mul", {node("Sub", {real(1), seen}), real(-10'000)});
        for (int l = 0; l < layers; ++l) {
            auto const q = split(linear(x, width, width), {0, 2, 1, 3}), k = split(linear(x, width, width), {0, 2, 3, 1}), v = split(linear(x, width, width), {0, 2, 1, 3});
            auto const scores = node("Softmax", {node("Add", {node("Div", {node("MatMul", {q, k}), real(std::sqrt(float{width} / heads))}), mask})}, attribute("axis", -1));
            auto const together = node("Reshape", {node("Transpose", {node("MatMul", {scores, v})}, attribute("perm", {0, 2, 1, 3})), whole({0, 0, width})});
            x = normalised(node("Add", {linear(together, width, width), x}));
            auto const h = linear(x, width, inside);
            auto const gelu = node("Mul", {node("Mul", {h, node("Add", {node("Erf", {node("Div", {h, real(std::sqrt(2.0f))})}), real(1)})}), real(0.5f)});
            x = normalised(node("Add", {linear(gelu, inside, width), x}));
        }
        return x;
    }

    std::string file() {
        auto const output = bert();
        auto const value = [](std::string_view name, int type, int rank) {
            std::string shape;
            for (int i = 0; i < rank; ++i) shape += bytes(1, bytes(2, fmt::format("{}{}", name, i)));
            return bytes(1, name) + bytes(2, bytes(1, number(1, type) + bytes(2, shape)));
        };
        for (auto const* name : {"input_ids", "attention_mask", "token_type_ids"}) graph_ += bytes(11, value(name, 7, 2));
        graph_ += bytes(2, "bert") + bytes(12, value(output, 1, 3));
        return number(1, 8) + bytes(8, number(2, 17)) + bytes(7, graph_);
    }

private:
    template <class Value> std::string held(std::vector<std::int64_t> const& shape, int type, std::vector<Value> const& values) {
        names_.push_back(fmt::format("v{}", names_.size()));
        graph_ += bytes(5, tensor(names_.back(), shape, type, {reinterpret_cast<char const*>(values.data()), values.size() * sizeof(Value)}));
        return names_.back();
    }
    std::string graph_;
    std::vector<std::string> names_;
    Random random_{11};
};

struct Case {
    std::string name;
    std::size_t texts, length;
    int calls;
};
constexpr std::string_view peer = R"(import json, sys, time
try:
    import numpy as np, onnxruntime as ort
except ImportError:
    print(json.dumps({"absent": True})); sys.exit(0)
options = ort.SessionOptions(); options.intra_op_num_threads = 1; options.inter_op_num_threads = 1
session = ort.InferenceSession(sys.argv[1] + "/model.onnx", options, providers=["CPUExecutionProvider"])
out = {"version": ort.__version__}
for case in json.load(open(sys.argv[1] + "/cases.json")):
    ids = np.array(case["numbers"], np.int64)
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    times = []
    for _ in range(case["calls"]):
        t = time.process_time(); made = session.run(None, given)[0]; times.append(time.process_time() - t)
    v = made[0].mean(0); v /= np.linalg.norm(v)
    out[case["name"]] = {"ms": 1e3 * sorted(times)[len(times) // 2], "vector": [float(x) for x in v]}
print(json.dumps(out))
)";

std::int64_t resident_kilobytes() {
    std::ifstream in("/proc/self/status");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("VmRSS:")) return std::atoll(line.c_str() + 6);
    return 0;
}

}  // namespace

void run_text_encoder(BenchContext& context) {
    auto const folder = std::filesystem::temp_directory_path() / fmt::format("kindling-text-encoder-{}", ::getpid());
    struct Gone {
        std::filesystem::path path;
        ~Gone() { std::error_code none; std::filesystem::remove_all(path, none); }
    } const gone{folder};
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "model.onnx", std::ios::binary) << Model().file();
    {
        std::ofstream vocabulary(folder / "vocab.txt");
        for (auto const* name : {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}) vocabulary << name << '\n';
        for (int i = 4; i < pieces; ++i) vocabulary << 'w' << i << '\n';
    }
    auto const before = resident_kilobytes();
    auto const started = thread_seconds();
    auto const encoder = need(encoder::Encoder::open(folder));
    context.report("load_ms", 1e3 * (thread_seconds() - started), "ms");
    context.report("memory_mb", static_cast<double>(resident_kilobytes() - before) / 1'024, "MB");
    context.report("library", encoder::library_there() ? 1 : 0, "1: oneDNN, 0: own kernel");

    Case const cases[] = {{"1x16", 1, 16, 101}, {"1x64", 1, 64, 61}, {"32x16", 32, 16, 21}};
    Random random(5);
    json::array asked;
    std::vector<double> ms;
    std::vector<std::vector<float>> vectors;
    for (auto const& c : cases) {
        std::vector<std::string> texts(c.texts);
        json::array rows;
        for (auto& text : texts) {
            json::array row{2};
            for (std::size_t i = 2; i < c.length; ++i) {
                auto const piece = 4 + static_cast<std::int64_t>(random.below(pieces - 4));
                text += fmt::format("w{} ", piece), row.push_back(piece);
            }
            row.push_back(3), rows.push_back(std::move(row));
        }
        asked.push_back(json::object{{"name", c.name}, {"numbers", std::move(rows)}, {"calls", c.calls}});
        std::vector<double> times;
        for (int i = 0; i < c.calls; ++i) {
            auto const from = thread_seconds();
            auto const made = need(encoder->encode(texts));
            times.push_back(1e3 * (thread_seconds() - from));
            if (i == 0) vectors.push_back(made.front());
        }
        ms.push_back(percentile(times, 0.5));
    }

    std::ofstream(folder / "cases.json") << to_text(asked);
    std::ofstream(folder / "peer.py") << peer;
    auto const* const python = std::getenv("KINDLING_PYTHON");
    json::object theirs;
    if (auto* const pipe = popen(fmt::format("'{}' {}/peer.py {} 2>/dev/null", python ? python : "python3", folder.string(), folder.string()).c_str(), "r")) {
        std::string answer;
        char part[4'096];
        for (std::size_t n; (n = std::fread(part, 1, sizeof part, pipe)) > 0;) answer.append(part, n);
        pclose(pipe);
        if (auto parsed = parse_json(answer); parsed && parsed->is_object()) theirs = std::move(parsed->as_object());
    }
    auto const present = theirs.contains("version");
    if (!present) fmt::print(stderr, "text-encoder: onnxruntime is absent (pip install onnxruntime, or KINDLING_PYTHON); only our own figures\n");
    double difference = 0;
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        std::optional<Reference> beside;
        if (present) {
            auto const& their = theirs.at(cases[i].name).as_object();
            beside = Reference{fmt::format("onnxruntime {}", std::string(theirs.at("version").as_string())), their.at("ms").to_number<double>()};
            auto const& vector = their.at("vector").as_array();
            for (std::size_t d = 0; d < vector.size(); ++d) difference = std::max(difference, std::abs(vector[d].to_number<double>() - vectors[i].at(d)));
        }
        context.report("processor_ms/" + cases[i].name, ms[i], "ms", beside);
    }
    if (present) context.report("max_difference", difference, "of unit vectors", Reference{"goal", 1e-4});
}

}  // namespace kindling::bench
