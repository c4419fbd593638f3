#include "gateway/http/router.h"
#include <stdexcept>

namespace kindling::gateway {

bool Router::Node::used() const {
    for (auto const* r : by_method)
        if (r) return true;
    return false;
}

Router::Router() : root_(std::make_unique<Node>()) { group("", SecurityHeaders{}); }

void Router::group(std::string name, SecurityHeaders headers) { groups_[std::move(name)] = to_header_lines(headers); }

void Router::add(Method method, std::string pattern, Handler handler, RouteOptions options) {
    auto const complain = [&](char const* what) { throw std::logic_error("route " + std::string(name_of(method)) + " " + pattern + ": " + what); };
    if (!pattern.starts_with('/')) complain("begins with /");
    if (method == Method::other || method == Method::head) complain("has no route of its own");
    auto const group = groups_.find(options.group);
    if (group == groups_.end()) complain("names an unknown group");
    auto* node = root_.get();
    std::vector<std::string> names;
    for (std::string_view rest = pattern; !rest.empty();) {
        rest.remove_prefix(1);
        auto const end = std::min(rest.find('/'), rest.size());
        auto const segment = rest.substr(0, end);
        rest.remove_prefix(end);
        auto const step = [](std::unique_ptr<Node>& child) { return (child ? child : child = std::make_unique<Node>()).get(); };
        if (segment == "*") {
            if (!rest.empty()) complain("* stands only at the end");
            node = step(node->rest), names.emplace_back("*");
        } else if (segment.starts_with('{')) {
            if (!segment.ends_with('}') || segment.size() < 3) complain("has a part without a name");
            node = step(node->part), names.emplace_back(segment.substr(1, segment.size() - 2));
        } else {
            node = step(node->literal[std::string(segment)]);
        }
    }
    auto const m = static_cast<std::size_t>(method);
    if (node->by_method[m]) complain("has a handler already");
    routes_.push_back({routes_.size(), method, std::move(pattern), std::move(handler), std::move(options), group->second});
    node->by_method[m] = &routes_.back(), node->names[m] = std::move(names);
}

// Depth first, most specific branch first. The tree is as deep as our longest pattern, so a hostile path cannot make it long.
struct Router::Walk {
    std::size_t method;
    std::vector<std::string_view> values = {};
    Node const* found = nullptr;
    Node const* other_method = nullptr;

    bool at_end(Node const& node) {
        if (node.by_method[method]) return found = &node, true;
        if (node.used() && !other_method) other_method = &node;
        return false;
    }
    bool down(Node const& node, std::string_view path) {  // path is empty or begins with '/'
        if (path.empty()) return at_end(node);
        auto const whole = path.substr(1);
        auto const end = std::min(whole.find('/'), whole.size());
        auto const segment = whole.substr(0, end), rest = whole.substr(end);
        if (auto const i = node.literal.find(segment); i != node.literal.end() && down(*i->second, rest)) return true;
        if (node.part && !segment.empty()) {
            values.push_back(segment);
            if (down(*node.part, rest)) return true;
            values.pop_back();
        }
        if (node.rest) {
            values.push_back(whole);
            if (at_end(*node.rest)) return true;
            values.pop_back();
        }
        return false;
    }
};

Match Router::match(Method method, std::string_view path) const {
    auto const wanted = method == Method::head ? Method::get : method == Method::other ? Method::options : method;
    Walk walk{.method = static_cast<std::size_t>(wanted)};
    Match out;
    if (walk.down(*root_, path) && method != Method::other) {
        out.route = walk.found->by_method[walk.method];
        auto const& names = walk.found->names[walk.method];
        for (std::size_t i = 0; i < names.size(); ++i) out.parameters.emplace_back(names[i], walk.values[i]);
        return out;
    }
    if (auto const* node = walk.found ? walk.found : walk.other_method)
        for (auto const* r : node->by_method)
            if (r) {
                if (!out.allowed.empty()) out.allowed += ", ";
                out.allowed += name_of(r->method);
                if (r->method == Method::get) out.allowed += ", HEAD";
            }
    return out;
}

}  // namespace kindling::gateway
