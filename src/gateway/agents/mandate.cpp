#include "gateway/agents/mandate.h"
#include "core/json_members.h"
#include <fmt/format.h>
#include <set>

namespace kindling::gateway::agents {

namespace {

using Refused = std::unexpected<MandateRefused>;
Refused unsigned_(std::string content) { return Refused({"mandate_invalid_signature", std::move(content)}); }

constexpr std::size_t most_disclosures = 200;
constexpr int deepest = 12;
constexpr std::int64_t clock_skew_s = 300;

std::optional<std::int64_t> time_in(json::object const& o, std::string_view name) {
    auto const* v = o.if_contains(name);
    if (!v) return {};
    if (v->is_int64()) return v->get_int64();
    if (v->is_double() && v->get_double() > 0 && v->get_double() < 1e12) return static_cast<std::int64_t>(v->get_double());
    return -1;  // there, and nothing that is a time: long past
}

struct Disclosure {
    std::optional<std::string> name;  // of an object's member; of a list's entry there is none
    json::value value;
};
using Disclosures = std::map<std::string, Disclosure, std::less<>>;

// Puts disclosed values where their digests stand (RFC 9901 section 7.1); what is not disclosed is left out.
bool disclose(json::value& v, Disclosures const& all, std::set<std::string>& used, int depth) {
    if (depth > deepest) return false;
    if (auto* list = v.if_array()) {
        json::array out;
        for (auto& e : *list) {
            auto const* o = e.if_object();
            if (o && o->size() == 1 && o->contains("...")) {
                auto const i = all.find(text_in(*o, "..."));
                if (i == all.end()) continue;
                if (i->second.name || !used.insert(i->first).second) return false;
                out.push_back(i->second.value);
            } else out.push_back(std::move(e));
            if (!disclose(out.back(), all, used, depth + 1)) return false;
        }
        *list = std::move(out);
        return true;
    }
    auto* o = v.if_object();
    if (!o) return true;
    json::array digests;
    if (auto const* sd = o->if_contains("_sd")) {
        if (!sd->is_array()) return false;
        digests = sd->get_array();
        o->erase("_sd");
    }
    for (auto const& d : digests) {
        auto const i = d.is_string() ? all.find(std::string_view(d.get_string())) : all.end();
        if (i == all.end()) continue;
        // A name that stands there already, or is the mechanism's own, would let a disclosure overwrite what was signed.
        if (!i->second.name || *i->second.name == "_sd" || *i->second.name == "..." || o->contains(*i->second.name) || !used.insert(i->first).second) return false;
        (*o)[*i->second.name] = i->second.value;
    }
    for (auto& m : *o)
        if (!disclose(m.value(), all, used, depth + 1)) return false;
    return true;
}

std::optional<json::object> own_checkout(json::object const& mandate, json::array const& own, MandateRefused& why) {
    auto const verified = [&](Jws const& jws, std::string_view text) {
        auto const key = key_named(own, text_in(jws.header, "kid"));
        return key && text_in(jws.header, "alg") == key->algorithm() && key->verifies(text, jws.signature);
    };
    if (auto const jwt = text_in(mandate, "checkout_jwt"); !jwt.empty()) {
        if (text_in(mandate, "checkout_hash") != to_base64url(sha256(jwt))) return why = {"mandate_scope_mismatch", "checkout_hash is not the hash of checkout_jwt."}, std::nullopt;
        auto const jws = read_jws(jwt);
        if (!jws || !verified(*jws, jws->signed_text)) return why = {"merchant_authorization_invalid", "The checkout in the mandate is not signed by this shop."}, std::nullopt;
        auto parsed = parse_json(jws->payload);
        if (!parsed || !parsed->is_object()) return why = {"merchant_authorization_invalid", "The checkout in the mandate is no JSON object."}, std::nullopt;
        parsed->get_object().erase("ap2");
        return std::move(parsed->get_object());
    }
    auto const* whole = mandate.if_contains("checkout");
    if (!whole || !whole->is_object()) return why = {"mandate_scope_mismatch", "The mandate holds no checkout."}, std::nullopt;
    auto checkout = whole->get_object();
    auto const* ap2 = checkout.if_contains("ap2");
    auto const detached = ap2 && ap2->is_object() ? text_in(ap2->get_object(), "merchant_authorization") : std::string();
    auto const dots = detached.find("..");
    if (dots == detached.npos) return why = {"merchant_authorization_missing", "The checkout in the mandate has no merchant_authorization."}, std::nullopt;
    checkout.erase("ap2");
    auto const attached = detached.substr(0, dots + 1) + to_base64url(canonical_json(checkout)) + detached.substr(dots + 1);
    auto const jws = read_jws(attached);
    if (!jws || !verified(*jws, jws->signed_text)) return why = {"merchant_authorization_invalid", "merchant_authorization is not this shop's signature over the checkout."}, std::nullopt;
    return checkout;
}

}  // namespace

std::expected<json::object, MandateRefused> read_mandate(std::string_view sd_jwt, json::array const& platform_keys, json::array const& own, Milliseconds now) {
    std::vector<std::string_view> parts;
    for (auto rest = sd_jwt;;) {
        auto const tilde = rest.find('~');
        parts.push_back(rest.substr(0, tilde));
        if (tilde == rest.npos) break;
        rest.remove_prefix(tilde + 1);
        if (parts.size() > most_disclosures) return unsigned_("The mandate has too many disclosures.");
    }
    if (platform_keys.empty()) return Refused({"agent_missing_key", "The platform's profile has no signing_keys."});
    auto const jws = read_jws(parts.front());
    if (!jws) return unsigned_("The mandate is not a signed token.");
    auto const kid = text_in(jws->header, "kid");
    auto const key = key_named(platform_keys, kid);
    if (!key) return Refused({"agent_missing_key", fmt::format("The platform's profile has no usable signing key \"{}\".", kid.substr(0, 100))});
    // The algorithm follows from the key; a header that says another, or none, is a forgery.
    if (text_in(jws->header, "alg") != key->algorithm() || !key->verifies(jws->signed_text, jws->signature)) return unsigned_("The mandate's signature does not fit the platform's key.");
    auto payload = parse_json(jws->payload);
    if (!payload || !payload->is_object()) return unsigned_("The mandate's payload is no JSON object.");
    if (auto const algorithm = text_in(payload->get_object(), "_sd_alg"); !algorithm.empty() && algorithm != "sha-256") return unsigned_("Only sha-256 is known for disclosures.");

    // The last part is a key-binding token when it has dots; an empty one ends a list of disclosures.
    std::string_view binding;
    if (parts.size() > 1 && (parts.back().empty() || parts.back().find('.') != parts.back().npos)) binding = parts.back(), parts.pop_back();
    Disclosures disclosures;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        auto const text = from_base64url(parts[i]);
        auto const parsed = text ? parse_json(*text) : Result<json::value>(fail(Errc::invalid_argument, "", ""));
        auto const* list = parsed ? parsed->if_array() : nullptr;
        if (!list || (list->size() != 2 && list->size() != 3) || (list->size() == 3 && !(*list)[1].is_string())) return unsigned_("A disclosure of the mandate cannot be read.");
        Disclosure d{list->size() == 3 ? std::optional<std::string>((*list)[1].get_string()) : std::nullopt, list->back()};
        if (!disclosures.emplace(to_base64url(sha256(parts[i])), std::move(d)).second) return unsigned_("A disclosure stands in the mandate twice.");
    }
    std::set<std::string> used;
    if (!disclose(*payload, disclosures, used, 0) || used.size() != disclosures.size()) return unsigned_("The mandate's disclosures do not belong to what was signed.");
    auto mandate = payload->get_object();
    auto const in_time = [&](json::object const& claims) -> std::optional<MandateRefused> {
        auto const seconds = now / 1000;
        if (auto const exp = time_in(claims, "exp"); exp && *exp <= seconds) return MandateRefused{"mandate_expired", "The mandate has expired."};
        for (auto const* name : {"iat", "nbf"})
            if (auto const at = time_in(claims, name); at && (*at < 0 || *at > seconds + clock_skew_s)) return MandateRefused{"mandate_invalid_signature", "The mandate begins in the future."};
        return {};
    };
    if (auto const late = in_time(mandate)) return Refused(*late);
    auto const* holder = mandate.if_contains("cnf");
    if (auto const* delegated = mandate.if_contains("delegate_payload")) {
        if (!delegated->is_array() || delegated->get_array().size() != 1 || !delegated->get_array()[0].is_object()) return unsigned_("The mandate delegates not exactly one thing.");
        auto inner = delegated->get_array()[0].get_object();
        mandate = std::move(inner);
        holder = payload->get_object().if_contains("cnf");
        if (auto const late = in_time(mandate)) return Refused(*late);
    }
    if (text_in(mandate, "vct") != "mandate.checkout.1") return Refused({"mandate_scope_mismatch", "This is not a closed checkout mandate (vct mandate.checkout.1)."});
    if (holder) {
        auto const* jwk = holder->is_object() ? holder->get_object().if_contains("jwk") : nullptr;
        auto const holders = jwk ? VerifyingKey::of(*jwk) : std::nullopt;
        auto const proof = read_jws(binding);
        if (!holders || !proof || text_in(proof->header, "typ") != "kb+jwt" || text_in(proof->header, "alg") != holders->algorithm() || !holders->verifies(proof->signed_text, proof->signature)) return unsigned_("The mandate names a holder, and the holder's signature is missing or wrong.");
        auto const claims = parse_json(proof->payload);
        auto const covered = sd_jwt.substr(0, sd_jwt.size() - binding.size());
        if (!claims || !claims->is_object() || text_in(claims->get_object(), "sd_hash") != to_base64url(sha256(covered))) return unsigned_("The holder signed another mandate.");
    }
    MandateRefused why;
    auto checkout = own_checkout(mandate, own, why);
    if (!checkout) return Refused(std::move(why));
    return std::move(*checkout);
}

std::string authorise(OwnKey const& own, json::object const& checkout) {
    auto payload = checkout;
    payload.erase("ap2");
    auto const header = to_base64url(kindling::to_text(json::object{{"alg", "ES256"}, {"kid", own.kid}}));
    auto const signature = own.key.sign(header + "." + to_base64url(canonical_json(payload)));
    return header + ".." + to_base64url(signature);
}

}  // namespace kindling::gateway::agents
