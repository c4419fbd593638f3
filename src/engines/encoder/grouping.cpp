// engines/encoder/grouping.cpp -- groups of nodes that one loop computes: half of a model's nodes, a fifth of its time.
//
// A group is replaced at its last node; the nodes before it are left for whoever drops what nothing needs. Each node inside must be read by the group alone.
#include "engines/encoder/program.h"
#include <cmath>
#include <unordered_map>

namespace kindling::encoder {

namespace {

class Grouping {
public:
    Grouping(Graph& graph, std::string const& output) : graph_(graph) {
        uses_[output].count = 2;  // read by the caller: never inside a group
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            for (auto const& name : graph.nodes[i].inputs) ++uses_[name].count, uses_[name].reader = i;
            for (auto const& name : graph.nodes[i].outputs) makers_[name] = i;
        }
    }

    void all() {
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            auto const& operation = graph_.nodes[i].operation;
            if (operation == "Erf") gelu(i);
            else if (operation == "ReduceMean") normalisation(i);
        }
        for (auto& node : graph_.nodes) {
            if (node.operation == "Gemm") gemm(node);
            if (node.operation == "Add") linear(node);
        }
    }

private:
    Node const* maker(std::string const& name, std::string_view operation) const {
        auto const found = makers_.find(name);
        return found != makers_.end() && graph_.nodes[found->second].operation == operation ? &graph_.nodes[found->second] : nullptr;
    }
    // The only node that reads what `node` makes, when it is such an operation.
    Node* reader(Node const& node, std::string_view operation) {
        auto const found = uses_.find(node.outputs.at(0));
        return node.outputs.size() == 1 && found != uses_.end() && found->second.count == 1 && graph_.nodes[found->second.reader].operation == operation ? &graph_.nodes[found->second.reader] : nullptr;
    }
    Tensor const* constant(std::string const& name) const {
        auto const found = graph_.constants.find(name);
        return found == graph_.constants.end() || !found->second.real() ? nullptr : &found->second;
    }
    bool is_number(std::string const& name, double value) const {
        auto const* t = constant(name);
        return t && t->size == 1 && std::abs(t->reals[0] - value) < 1e-4 * std::abs(value);
    }
    // Of a node with two inputs, the one that is not `name`; "" where it is not there.
    static std::string other(Node const& node, std::string const& name) {
        if (node.inputs.size() != 2) return "";
        return node.inputs[0] == name ? node.inputs[1] : node.inputs[1] == name ? node.inputs[0] : "";
    }
    static bool two(Node const* node) { return node && node->inputs.size() == 2 && node->outputs.size() == 1; }
    // node = x · number, in either order: x
    std::string scaled(Node const* node, double number) const {
        if (!two(node)) return "";
        return is_number(node->inputs[1], number) ? node->inputs[0] : is_number(node->inputs[0], number) ? node->inputs[1] : "";
    }

    // x/2 · (1 + erf(x/√2)), the half before, between or after.
    void gelu(std::size_t at) {
        auto const& erf = graph_.nodes[at];
        if (erf.inputs.size() != 1 || erf.outputs.size() != 1) return;
        auto x = scaled(maker(erf.inputs[0], "Mul"), std::sqrt(0.5));
        if (auto const* divided = maker(erf.inputs[0], "Div"); x.empty() && two(divided) && is_number(divided->inputs[1], std::sqrt(2.0))) x = divided->inputs[0];
        auto* const plus = reader(erf, "Add");
        if (x.empty() || !two(plus) || scaled(plus, 1.0) != erf.outputs[0]) return;
        auto* const times = reader(*plus, "Mul");
        if (!two(times)) return;
        auto const y = other(*times, plus->outputs[0]);
        Node* last = nullptr;
        if (y == x) {
            last = reader(*times, "Mul");
            if (!two(last) || scaled(last, 0.5) != times->outputs[0]) return;
        } else if (is_number(y, 0.5)) {
            last = reader(*times, "Mul");
            if (!two(last) || other(*last, times->outputs[0]) != x) return;
        } else if (scaled(maker(y, "Mul"), 0.5) == x) last = times;
        if (last) last->operation = "kindling.Gelu", last->inputs = {x}, last->attributes.clear();
    }

    bool of_last_axis(Node const& mean) const {
        auto axes = mean.attributes.contains("axes") ? mean.attributes.find("axes")->second.integers : std::vector<std::int64_t>{};
        if (mean.inputs.size() == 2)
            if (auto const found = graph_.constants.find(mean.inputs[1]); found != graph_.constants.end() && !found->second.real()) axes.assign(found->second.whole().begin(), found->second.whole().end());
        return axes == std::vector<std::int64_t>{-1} && mean.integer("keepdims", 1) == 1;
    }

    // (x - mean) / sqrt(mean((x - mean)²) + ε) · scale + shift, begun at the second mean.
    void normalisation(std::size_t at) {
        auto const& variance = graph_.nodes[at];
        if (variance.inputs.empty() || variance.outputs.size() != 1 || !of_last_axis(variance)) return;
        std::string centred;
        if (auto const* power = maker(variance.inputs[0], "Pow"); two(power) && is_number(power->inputs[1], 2.0)) centred = power->inputs[0];
        else if (auto const* square = maker(variance.inputs[0], "Mul"); two(square) && square->inputs[0] == square->inputs[1]) centred = square->inputs[0];
        auto const* const minus = maker(centred, "Sub");
        if (!two(minus)) return;
        auto const* const mean = maker(minus->inputs[1], "ReduceMean");
        if (!mean || mean->inputs.empty() || mean->inputs[0] != minus->inputs[0] || !of_last_axis(*mean)) return;
        auto* const plus = reader(variance, "Add");
        if (!two(plus)) return;
        auto const* const epsilon = constant(other(*plus, variance.outputs[0]));
        auto* const root = epsilon && epsilon->size == 1 ? reader(*plus, "Sqrt") : nullptr;
        auto* const divided = root ? reader(*root, "Div") : nullptr;
        if (!two(divided) || divided->inputs[1] != root->outputs[0] || (divided->inputs[0] != centred && !same_difference(divided->inputs[0], *minus))) return;
        auto* const times = reader(*divided, "Mul");
        if (!two(times)) return;
        auto const scale = other(*times, divided->outputs[0]);
        auto* const last = reader(*times, "Add");
        if (!two(last)) return;
        auto const shift = other(*last, times->outputs[0]);
        auto const *s = constant(scale), *h = constant(shift);
        if (!s || !h || s->shape.size() != 1 || h->shape != s->shape || s->size < 2) return;
        last->attributes.clear();
        last->attributes["epsilon"].real = epsilon->reals[0];
        last->operation = "LayerNormalization", last->inputs = {minus->inputs[0], scale, shift};
    }
    bool same_difference(std::string const& name, Node const& minus) const {
        auto const* again = maker(name, "Sub");
        return again && again->inputs == minus.inputs;
    }

    // Weights that lie on their side are turned once.
    void gemm(Node& node) {
        if (node.inputs.size() != 3 || node.integer("transA", 0) || node.real("alpha", 1) != 1 || node.real("beta", 1) != 1) return;
        auto const *weights = constant(node.inputs[1]), *bias = constant(node.inputs[2]);
        if (!weights || !bias || weights->shape.size() != 2 || bias->shape.size() != 1) return;
        if (node.integer("transB", 0)) {
            auto const turned = node.inputs[1] + " turned by kindling";
            if (!graph_.constants.contains(turned)) {
                Node const turn{.name = "", .operation = "Transpose", .inputs = {}, .outputs = {}, .attributes = {}};
                auto made = find_operator("Transpose")({turn, 17, {weights}});
                if (!made) return;
                graph_.constants.emplace(turned, std::move(made->front()));
            }
            node.inputs[1] = turned;
            weights = constant(turned);
        }
        node.attributes.clear();
        if (bias->size == static_cast<std::size_t>(weights->shape[1])) node.operation = "kindling.Linear";
    }

    void linear(Node& add) {
        if (!two(&add)) return;
        for (auto const& name : add.inputs) {
            auto const* const product = maker(name, "MatMul");
            auto const bias_name = other(add, name);
            auto const* const bias = constant(bias_name);
            if (!two(product) || !bias || bias->shape.size() != 1 || uses_[name].count != 1) continue;
            auto const* const weights = constant(product->inputs[1]);
            if (!weights || weights->shape.size() != 2 || static_cast<std::size_t>(weights->shape[1]) != bias->size) continue;
            auto inputs = product->inputs;
            inputs.push_back(bias_name);
            add.operation = "kindling.Linear", add.inputs = std::move(inputs);
            return;
        }
    }

    struct Use { std::size_t count = 0, reader = 0; };
    Graph& graph_;
    std::unordered_map<std::string, Use> uses_;
    std::unordered_map<std::string, std::size_t> makers_;
};

}  // namespace

void group_nodes(Graph& graph, std::string const& output) { Grouping(graph, output).all(); }

}  // namespace kindling::encoder
