#include "engines/encoder/program.h"
#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace kindling::encoder {

namespace {

// What `output` needs, in the order of the file.
void keep_needed(Graph& graph, std::string const& output) {
    std::unordered_set<std::string> needed{output};
    std::vector<Node> kept;
    for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
        if (std::ranges::none_of(node->outputs, [&](auto const& name) { return needed.contains(name); })) continue;
        needed.insert(node->inputs.begin(), node->inputs.end());
        kept.push_back(std::move(*node));
    }
    std::ranges::reverse(kept);
    graph.nodes = std::move(kept);
    std::erase_if(graph.constants, [&](auto const& constant) { return !needed.contains(constant.first); });
    std::erase_if(graph.inputs, [&](auto const& input) { return !needed.contains(input.name); });
}

Result<void> check_operators(Graph const& graph) {
    std::set<std::string> unknown;
    for (auto const& node : graph.nodes)
        if (!find_operator(node.operation) || node.operation.starts_with("kindling.") || std::ranges::any_of(node.attributes, [](auto const& a) { return a.second.graph; })) unknown.insert(node.operation);
    if (unknown.empty()) return {};
    std::string names;
    for (auto const& name : unknown) names += (names.empty() ? "" : ", ") + name;
    return fail(Errc::failed_precondition, "encoder_operator_unsupported", fmt::format("It needs operators that are not known here: {}. Encoders of the BERT family exported by torch.onnx or optimum, not optimised for one runtime, do without.", names));
}

// Nodes that read only constants are computed now.
Result<void> fold_constants(Graph& graph, std::size_t limit) {
    std::vector<Node> kept;
    for (auto& node : graph.nodes) {
        Call call{node, graph.version, {}, limit};
        bool const fixed = std::ranges::all_of(node.inputs, [&](auto const& name) {
            auto const found = graph.constants.find(name);
            call.inputs.push_back(found == graph.constants.end() ? nullptr : &found->second);
            return name.empty() || found != graph.constants.end();
        });
        if (!fixed) {
            kept.push_back(std::move(node));
            continue;
        }
        auto values = TRY(find_operator(node.operation)(call));
        for (std::size_t i = 0; i < std::min(values.size(), node.outputs.size()); ++i)
            if (!node.outputs[i].empty()) graph.constants.insert_or_assign(node.outputs[i], std::move(values[i]));
    }
    graph.nodes = std::move(kept);
    return {};
}

}  // namespace

Result<Program> Program::make(Graph graph, std::string const& output, std::size_t limit) {
    keep_needed(graph, output);
    TRY(check_operators(graph));
    TRY(fold_constants(graph, limit));
    group_nodes(graph, output);
    keep_needed(graph, output);

    Program out;
    out.version_ = graph.version, out.limit_ = limit;
    std::unordered_map<std::string, std::size_t> places;
    auto const place = [&](std::string const& name) { return places[name] = out.values_++; };
    for (auto& [name, value] : graph.constants) out.constants_.emplace_back(place(name), std::move(value));
    for (auto const& input : graph.inputs) out.input_names_.push_back(input.name), out.input_places_.push_back(place(input.name));
    std::unordered_map<std::size_t, std::size_t> last;  // of a computed value: the step that reads it last
    auto const first_computed = out.values_;
    for (auto& node : graph.nodes) {
        Step step{.node = {}, .operation = find_operator(node.operation), .inputs = {}, .outputs = {}, .done_with = {}};
        for (auto const& name : node.inputs) {
            auto const found = places.find(name);
            if (!name.empty() && found == places.end()) return fail(Errc::failed_precondition, "encoder_file_invalid", fmt::format("{} reads \"{}\", which nothing before it makes.", node.label(), name));
            step.inputs.push_back(name.empty() ? absent : found->second);
            if (!name.empty() && found->second >= first_computed) last[found->second] = out.steps_.size();
        }
        for (auto const& name : node.outputs) step.outputs.push_back(name.empty() ? absent : place(name));
        step.node = std::move(node);
        out.steps_.push_back(std::move(step));
    }
    auto const found = places.find(output);
    if (found == places.end()) return fail(Errc::failed_precondition, "encoder_file_invalid", fmt::format("Nothing makes its output \"{}\".", output));
    out.output_ = found->second;
    for (auto const& [value, step] : last)
        if (value != out.output_) out.steps_[step].done_with.push_back(value);
    return out;
}

Result<Tensor> Program::run(std::map<std::string, Tensor, std::less<>> const& inputs, Limits const& limits) const {
    std::vector<Tensor> values(values_);
    std::vector<bool> there(values_, false);
    for (auto const& [place, value] : constants_) values[place] = value, there[place] = true;
    for (std::size_t i = 0; i < input_names_.size(); ++i) {
        auto const found = inputs.find(input_names_[i]);
        if (found == inputs.end()) return fail(Errc::failed_precondition, "encoder_file_invalid", fmt::format("It wants an input \"{}\", which is none of an encoder of texts.", input_names_[i]));
        values[input_places_[i]] = found->second, there[input_places_[i]] = true;
    }
    for (auto const& step : steps_) {
        if (limits.stop.stop_requested()) return fail(Errc::unavailable, "cancelled", "Encoding was stopped.");
        if (std::chrono::steady_clock::now() > limits.until) return fail(Errc::unavailable, "encoder_timeout", "Encoding took too long.");
        Call call{step.node, version_, {}, limit_};
        for (auto const place : step.inputs) call.inputs.push_back(place == absent || !there[place] ? nullptr : &values[place]);
        auto made = TRY(step.operation(call));
        for (std::size_t i = 0; i < std::min(made.size(), step.outputs.size()); ++i)
            if (step.outputs[i] != absent) values[step.outputs[i]] = std::move(made[i]), there[step.outputs[i]] = true;
        for (auto const place : step.done_with) values[place] = {};
    }
    if (!there[output_]) return wrong_shape("The output was not made.");
    return values[output_];
}

}  // namespace kindling::encoder
