#include "gateway/agents/http_signature.h"
#include "gateway/http/url.h"
#include "gateway/mcp/envelope.h"
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

struct Input {
    std::string label, parameters, keyid;   // parameters: everything after "label=", as it is signed
    std::vector<std::string> components;
};

// One signature: label=("a" "b");created=1;keyid="k". The first of several is taken.
std::optional<Input> read_input(std::string_view field) {
    auto const equals = field.find('=');
    if (field.size() > 4000 || equals == field.npos) return {};
    Input out{.label = std::string(trim(field.substr(0, equals))), .parameters = {}, .keyid = {}, .components = {}};
    auto rest = field.substr(equals + 1);
    auto const close = rest.find(')');
    if (!rest.starts_with('(') || close == rest.npos) return {};
    auto inside = rest.substr(1, close - 1);
    while (!(inside = trim(inside)).empty()) {
        auto const end = inside.starts_with('"') ? inside.find('"', 1) : inside.npos;
        if (end == inside.npos) return {};
        out.components.emplace_back(inside.substr(1, end - 1));
        inside.remove_prefix(end + 1);
        if (!inside.empty() && inside.front() != ' ') return {};  // parameters of components are not used here
    }
    auto tail = rest.substr(close + 1);
    bool quoted = false;
    std::size_t end = 0;
    for (; end < tail.size() && (quoted || tail[end] != ','); ++end)
        if (tail[end] == '"') quoted = !quoted;
    tail = tail.substr(0, end);
    out.parameters = std::string(rest.substr(0, close + 1)) + std::string(trim(tail));
    if (auto const at = tail.find("keyid=\""); at != tail.npos) {
        auto const value = tail.substr(at + 7);
        out.keyid = value.substr(0, value.find('"'));
    }
    return out;
}

std::optional<std::string> signature_under(std::string_view field, std::string_view label) {
    auto const begin = std::string(label) + "=:";
    auto const at = field.find(begin);
    if (at == field.npos || (at > 0 && field[at - 1] != ' ' && field[at - 1] != ',')) return {};
    auto const rest = field.substr(at + begin.size());
    auto const end = rest.find(':');
    return end == rest.npos ? std::nullopt : from_base64(rest.substr(0, end));
}

std::string lowered(std::string_view s) {
    std::string out(s);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

Refusal refuse(int status, std::string_view code, std::string_view content) { return {status, std::string(code), std::string(content)}; }

}  // namespace

bool is_signed(Request const& r) { return r.headers.has("signature-input") || r.headers.has("signature"); }

Answered<void> check_signature(Request const& request, json::array const& keys) {
    auto const input_field = request.headers.get("signature-input"), signature_field = request.headers.get("signature");
    if (input_field.empty() || signature_field.empty()) return std::unexpected(refuse(401, "signature_missing", "A signed request has both Signature-Input and Signature."));
    auto const input = read_input(input_field);
    auto const signature = input ? signature_under(signature_field, input->label) : std::nullopt;
    if (!input || !signature) return std::unexpected(refuse(401, "signature_invalid", "Signature-Input or Signature cannot be read."));
    auto const covers = [&](std::string_view c) { return std::ranges::find(input->components, c) != input->components.end(); };
    std::vector<std::string_view> needed{"@method", "@authority", "@path"};
    if (!request.query_text.empty()) needed.push_back("@query");
    if (request.headers.has("ucp-agent")) needed.push_back("ucp-agent");
    if (request.headers.has("idempotency-key")) needed.push_back("idempotency-key");
    if (!request.body.empty()) needed.push_back("content-digest"), needed.push_back("content-type");
    for (auto n : needed)
        if (!covers(n)) return std::unexpected(refuse(401, "signature_invalid", fmt::format("The signature does not cover {}.", n)));
    bool named = false;
    for (auto const& k : keys)
        if (auto const* o = k.if_object(); o && o->contains("kid") && o->at("kid").is_string() && o->at("kid").get_string() == input->keyid) named = true;
    if (!named) return std::unexpected(refuse(401, "key_not_found", fmt::format("The profile has no signing key \"{}\".", input->keyid.substr(0, 100))));
    auto const key = key_named(keys, input->keyid);
    if (!key) return std::unexpected(refuse(400, "algorithm_unsupported", "The signing key is neither on P-256 nor on P-384."));
    if (covers("content-digest")) {
        auto const digest = fmt::format("sha-256=:{}:", to_base64(sha256(request.body)));
        if (std::string_view(request.headers.get("content-digest")).find(digest) == std::string_view::npos) return std::unexpected(refuse(400, "digest_mismatch", "Content-Digest is not the SHA-256 of the body."));
    }
    std::string base;
    std::set<std::string> seen;
    for (auto const& c : input->components) {
        if (!seen.insert(c).second) return std::unexpected(refuse(401, "signature_invalid", "A component stands in the signature twice."));
        std::string value;
        if (c == "@method") value = request.method_text.empty() ? std::string(name_of(request.method)) : request.method_text;
        else if (c == "@authority") value = lowered(request.host);
        else if (c == "@path") value = request.target.substr(0, request.target.find('?'));
        else if (c == "@query") value = "?" + request.query_text;
        else if (c.starts_with('@') || request.headers.count(c) != 1) return std::unexpected(refuse(401, "signature_invalid", fmt::format("The component {} cannot be made from this request.", c.substr(0, 60))));
        else value = trim(request.headers.get(c));
        base += fmt::format("\"{}\": {}\n", c, value);
    }
    base += fmt::format("\"@signature-params\": {}", input->parameters);
    if (!key->verifies(base, *signature)) return std::unexpected(refuse(401, "signature_invalid", fmt::format("Request signature verification failed for key kid={}.", input->keyid.substr(0, 100))));
    return {};
}

Pairs sign_request(OwnKey const& own, std::string_view method, std::string_view url, Pairs const& headers, std::string_view body) {
    auto rest = url.substr(std::min(url.find("://"), url.size() - 3) + 3);
    auto const slash = std::min(rest.find_first_of("/?"), rest.size());
    auto const authority = lowered(rest.substr(0, slash));
    auto const target = rest.substr(slash);
    auto const path = target.substr(0, target.find('?'));
    auto const digest = fmt::format("sha-256=:{}:", to_base64(sha256(body)));
    std::string names = "\"@method\" \"@authority\" \"@path\"", base = fmt::format("\"@method\": {}\n\"@authority\": {}\n\"@path\": {}\n", method, authority, path.empty() ? "/" : path);
    if (auto const query = target.find('?'); query != target.npos) names += " \"@query\"", base += fmt::format("\"@query\": {}\n", target.substr(query));
    for (std::string_view name : {"ucp-agent", "content-type"})
        for (auto const& [field, value] : headers)
            if (lowered(field) == name) names += fmt::format(" \"{}\"", name), base += fmt::format("\"{}\": {}\n", name, value);
    names += " \"content-digest\"", base += fmt::format("\"content-digest\": {}\n", digest);
    auto const parameters = fmt::format("({});keyid=\"{}\"", names, own.kid);
    base += "\"@signature-params\": " + parameters;
    return {{"Content-Digest", digest}, {"Signature-Input", "sig1=" + parameters}, {"Signature", fmt::format("sig1=:{}:", to_base64(own.key.sign(base)))}};
}

}  // namespace kindling::gateway::agents
