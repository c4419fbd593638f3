// engines/encoder/program.h -- a graph made ready to be computed: what one output needs, constants computed once, common groups of nodes as one.
//
// Groups: x·W + b; GELU written out with erf; layer normalisation written out (as before opset 17). What a group is, is read from the operators and constants, never from names.
// Threads: run() from any, also at once; nothing is kept between two runs.
#pragma once
#include "engines/encoder/operators.h"
#include <chrono>
#include <stop_token>

namespace kindling::encoder {

struct Limits {
    std::stop_token stop = {};
    std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max();
};

class Program {
public:
    // Reasons: encoder_operator_unsupported, encoder_file_invalid (a node reads what nothing makes), encoder_shape_wrong.
    static Result<Program> make(Graph, std::string const& output, std::size_t limit = most_numbers);
    // Inputs by name. Further reasons: cancelled, encoder_timeout.
    Result<Tensor> run(std::map<std::string, Tensor, std::less<>> const& inputs, Limits const& = {}) const;
    std::vector<std::string> const& inputs() const { return input_names_; }  // those that the output needs
    std::size_t steps() const { return steps_.size(); }

private:
    struct Step {
        Node node;
        Operator operation;
        std::vector<std::size_t> inputs, outputs, done_with;  // places of values; none: `absent`
    };
    static constexpr std::size_t absent = static_cast<std::size_t>(-1);
    std::int64_t version_ = 0;
    std::size_t limit_ = most_numbers, values_ = 0, output_ = 0;
    std::vector<std::pair<std::size_t, Tensor>> constants_;
    std::vector<std::string> input_names_;
    std::vector<std::size_t> input_places_;
    std::vector<Step> steps_;
};

// Replaces groups of nodes by one (grouping.cpp). Constants that only they used stay; what is no longer needed is for the caller to leave out.
void group_nodes(Graph&, std::string const& output);

}  // namespace kindling::encoder
