// engines/encoder/model_file.h -- an ONNX file as a graph: nodes in the order they are written, constants by name.
//
// The part of onnx.proto3 (ONNX 1.12, Apache-2.0) that a network without branches needs, read straight from protobuf's wire format: a field is a number and one of
// four encodings, so the reader is a screen long, needs no generated code and copies a weight once. Large weights may lie in a second file beside the model.
// The bytes are a stranger's: every length is checked, nothing is allocated on a file's word alone.
#pragma once
#include "engines/encoder/tensor.h"
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kindling::encoder {

struct Attribute {
    std::int64_t integer = 0;
    float real = 0;
    std::string text;
    std::vector<std::int64_t> integers;
    std::vector<float> reals;
    std::optional<Tensor> tensor;
    bool graph = false;  // a branch or a loop, which is not read
};

struct Node {
    std::string name, operation;        // of another domain than ONNX's own: "domain.Operation"
    std::vector<std::string> inputs, outputs;  // "": left out
    std::map<std::string, Attribute, std::less<>> attributes;

    std::int64_t integer(std::string_view name, std::int64_t otherwise) const;
    float real(std::string_view name, float otherwise) const;
    std::string label() const;          // for messages
};

struct Graph {
    std::int64_t version = 0;           // opset
    std::vector<Node> nodes;
    std::map<std::string, Tensor, std::less<>> constants;
    struct Input { std::string name; bool real = false; };
    std::vector<Input> inputs;          // those that are no constants, in order
    struct Output { std::string name; std::optional<std::size_t> rank; };
    std::vector<Output> outputs;
};

// Reasons: encoder_file_invalid (cut off, not ONNX, a type that no encoder has), encoder_shape_wrong. `folder` is where further files of weights lie; empty: none are read.
Result<Graph> read_model(std::string_view bytes, std::filesystem::path const& folder, std::size_t limit = most_numbers);

}  // namespace kindling::encoder
