#include "gateway/agents/signature.h"
#include "core/json_members.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <stdexcept>
#include <vector>

namespace kindling::gateway::agents {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

template <auto free> struct Free {
    template <class T> void operator()(T* p) const { free(p); }
};
using Context = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;

unsigned char const* bytes_of(std::string_view s) { return reinterpret_cast<unsigned char const*>(s.data()); }

std::shared_ptr<EVP_PKEY> shared(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }


// Code units as UTF-16 would order them: RFC 8785 section 3.2.3.
std::vector<std::uint16_t> utf16(std::string_view s) {
    std::vector<std::uint16_t> out;
    for (std::size_t i = 0; i < s.size();) {
        auto const c = static_cast<unsigned char>(s[i]);
        int const more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        std::uint32_t point = more == 0 ? c : c & (0x3Fu >> more);
        for (int k = 1; k <= more && i + static_cast<std::size_t>(k) < s.size(); ++k) point = point << 6 | (static_cast<unsigned char>(s[i + static_cast<std::size_t>(k)]) & 0x3Fu);
        i += static_cast<std::size_t>(more) + 1;
        if (point >= 0x10000) out.push_back(static_cast<std::uint16_t>(0xD800 + ((point - 0x10000) >> 10))), out.push_back(static_cast<std::uint16_t>(0xDC00 + ((point - 0x10000) & 0x3FF)));
        else out.push_back(static_cast<std::uint16_t>(point));
    }
    return out;
}

void write_text(std::string_view s, std::string& out) {
    out += '"';
    for (unsigned char c : s) switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\t': out += "\\t"; break;
        case '\n': out += "\\n"; break;
        case '\f': out += "\\f"; break;
        case '\r': out += "\\r"; break;
        default:
            if (c < 0x20) out += "\\u00", out += "0123456789abcdef"[c >> 4], out += "0123456789abcdef"[c & 15];
            else out += static_cast<char>(c);
    }
    out += '"';
}

// ECMAScript's Number::toString: the shortest digits that read back, plain up to 10^21, with an exponent beyond.
void write_number(double d, std::string& out) {
    if (!std::isfinite(d)) { out += "null"; return; }
    if (d == 0) { out += '0'; return; }
    char buffer[64];
    auto const end = std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::scientific).ptr;
    std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
    if (text.front() == '-') out += '-', text.remove_prefix(1);
    auto const e = text.find('e');
    int exponent = 0;
    auto const* first = text.data() + e + 1;
    if (*first == '+') ++first;
    std::from_chars(first, text.data() + text.size(), exponent);
    std::string digits;
    for (char c : text.substr(0, e))
        if (c != '.') digits += c;
    int const n = exponent + 1, k = static_cast<int>(digits.size());
    if (k <= n && n <= 21) out += digits + std::string(static_cast<std::size_t>(n - k), '0');
    else if (0 < n && n <= 21) out += digits.substr(0, static_cast<std::size_t>(n)) + "." + digits.substr(static_cast<std::size_t>(n));
    else if (-6 < n && n <= 0) out += "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
    else {
        out += digits.substr(0, 1);
        if (k > 1) out += "." + digits.substr(1);
        out += 'e';
        out += n - 1 < 0 ? '-' : '+';
        out += std::to_string(std::abs(n - 1));
    }
}

void write_canonical(json::value const& v, std::string& out) {
    switch (v.kind()) {
        case json::kind::null: out += "null"; break;
        case json::kind::bool_: out += v.get_bool() ? "true" : "false"; break;
        // Beyond 2^53 a reader of ECMAScript sees the nearest double.
        case json::kind::int64: if (std::abs(static_cast<double>(v.get_int64())) <= 9007199254740992.0) out += std::to_string(v.get_int64()); else write_number(static_cast<double>(v.get_int64()), out); break;
        case json::kind::uint64: write_number(static_cast<double>(v.get_uint64()), out); break;
        case json::kind::double_: write_number(v.get_double(), out); break;
        case json::kind::string: write_text(v.get_string(), out); break;
        case json::kind::array: {
            out += '[';
            bool first = true;
            for (auto const& e : v.get_array()) {
                if (!std::exchange(first, false)) out += ',';
                write_canonical(e, out);
            }
            out += ']';
            break;
        }
        case json::kind::object: {
            std::vector<std::pair<std::vector<std::uint16_t>, json::key_value_pair const*>> members;
            for (auto const& m : v.get_object()) members.emplace_back(utf16(m.key()), &m);
            std::ranges::sort(members, {}, [](auto const& m) -> auto const& { return m.first; });
            out += '{';
            bool first = true;
            for (auto const& [_, m] : members) {
                if (!std::exchange(first, false)) out += ',';
                write_text(m->key(), out), out += ':', write_canonical(m->value(), out);
            }
            out += '}';
        }
    }
}

}  // namespace

std::string to_base64url(std::string_view bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        auto const n = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < 3; ++k) three = three << 8 | (k < n ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k <= n; ++k) out += alphabet[three >> (18 - 6 * k) & 63];
    }
    return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return {};
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (char c : text) {
        auto const at = alphabet.find(c);
        if (at == alphabet.npos) return {};
        bits = bits << 6 | static_cast<std::uint32_t>(at), held += 6;
        if (held >= 8) held -= 8, out += static_cast<char>(bits >> held & 255);
    }
    if ((bits & ((1u << held) - 1)) != 0) return {};  // bits that belong to no byte: a second spelling of the same value
    return out;
}

std::string sha256(std::string_view bytes) {
    std::string out(32, '\0');
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &size, EVP_sha256(), nullptr) != 1) throw std::runtime_error("SHA-256 failed");
    return out;
}

std::string canonical_json(json::value const& v) {
    std::string out;
    write_canonical(v, out);
    return out;
}

std::optional<VerifyingKey> VerifyingKey::of(json::value const& jwk) {
    auto const* o = jwk.if_object();
    if (!o || text_in(*o, "kty") != "EC") return {};
    auto const curve = text_in(*o, "crv");
    auto const* group = curve == "P-256" ? "prime256v1" : curve == "P-384" ? "secp384r1" : nullptr;
    auto const x = from_base64url(text_in(*o, "x")), y = from_base64url(text_in(*o, "y"));
    VerifyingKey out;
    out.size_ = curve == "P-384" ? 48 : 32;
    if (!group || !x || !y || x->size() != out.size_ || y->size() != out.size_) return {};
    auto const point = "\x04" + *x + *y;
    std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>> const build(OSSL_PARAM_BLD_new());
    if (!build || !OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0) || !OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size())) return {};
    std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>> const parameters(OSSL_PARAM_BLD_to_param(build.get()));
    std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>> const context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) return {};
    out.key_ = shared(key);
    std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>> const check(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    if (!check || EVP_PKEY_public_check(check.get()) != 1) return {};
    return out;
}

bool VerifyingKey::verifies(std::string_view text, std::string_view signature) const {
    if (signature.size() != 2 * size_) return false;
    Signature const parts(ECDSA_SIG_new());
    Number r(BN_bin2bn(bytes_of(signature), static_cast<int>(size_), nullptr)), s(BN_bin2bn(bytes_of(signature.substr(size_)), static_cast<int>(size_), nullptr));
    if (!parts || !r || !s || ECDSA_SIG_set0(parts.get(), r.get(), s.get()) != 1) return false;
    (void)r.release(), (void)s.release();
    unsigned char* der = nullptr;
    auto const length = i2d_ECDSA_SIG(parts.get(), &der);
    if (length <= 0) return false;
    Context const context(EVP_MD_CTX_new());
    bool const good = context && EVP_DigestVerifyInit(context.get(), nullptr, size_ == 32 ? EVP_sha256() : EVP_sha384(), nullptr, key_.get()) == 1 && EVP_DigestVerify(context.get(), der, static_cast<std::size_t>(length), bytes_of(text), text.size()) == 1;
    OPENSSL_free(der);
    return good;
}

SigningKey SigningKey::make() {
    SigningKey out;
    out.key_ = shared(EVP_EC_gen("prime256v1"));
    if (!out.key_) throw std::runtime_error("a P-256 key could not be made");
    return out;
}

std::optional<SigningKey> SigningKey::of(std::string_view der) {
    auto const* at = bytes_of(der);
    SigningKey out;
    out.key_ = shared(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
    if (!out.key_ || EVP_PKEY_get_bits(out.key_.get()) != 256) return {};
    return out;
}

std::string SigningKey::private_der() const {
    unsigned char* der = nullptr;
    auto const length = i2d_PrivateKey(key_.get(), &der);
    if (length <= 0) throw std::runtime_error("a key could not be written");
    std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
    OPENSSL_clear_free(der, static_cast<std::size_t>(length));
    return out;
}

json::object SigningKey::public_jwk(std::string_view kid) const {
    auto const coordinate = [&](char const* name) {
        BIGNUM* n = nullptr;
        if (EVP_PKEY_get_bn_param(key_.get(), name, &n) != 1) throw std::runtime_error("a key has no point");
        Number const held(n);
        std::string out(32, '\0');
        BN_bn2binpad(n, reinterpret_cast<unsigned char*>(out.data()), 32);
        return to_base64url(out);
    };
    return {{"kid", kid}, {"kty", "EC"}, {"crv", "P-256"}, {"x", coordinate(OSSL_PKEY_PARAM_EC_PUB_X)}, {"y", coordinate(OSSL_PKEY_PARAM_EC_PUB_Y)}, {"use", "sig"}, {"alg", "ES256"}};
}

std::string SigningKey::sign(std::string_view text) const {
    Context const context(EVP_MD_CTX_new());
    std::size_t size = 0;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1 || EVP_DigestSign(context.get(), nullptr, &size, bytes_of(text), text.size()) != 1) throw std::runtime_error("signing failed");
    std::string der(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(der.data()), &size, bytes_of(text), text.size()) != 1) throw std::runtime_error("signing failed");
    auto const* at = bytes_of(der);
    Signature const parts(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    if (!parts) throw std::runtime_error("signing failed");
    std::string out(64, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), reinterpret_cast<unsigned char*>(out.data()), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), reinterpret_cast<unsigned char*>(out.data()) + 32, 32);
    return out;
}

std::optional<VerifyingKey> key_named(json::array const& keys, std::string_view kid) {
    for (auto const& k : keys)
        if (auto const* o = k.if_object(); o && text_in(*o, "kid") == kid) return VerifyingKey::of(k);
    return {};
}

std::optional<Jws> read_jws(std::string_view compact) {
    auto const a = compact.find('.'), b = a == compact.npos ? a : compact.find('.', a + 1);
    if (b == compact.npos || compact.find('.', b + 1) != compact.npos) return {};
    auto const header = from_base64url(compact.substr(0, a)), payload = from_base64url(compact.substr(a + 1, b - a - 1)), signature = from_base64url(compact.substr(b + 1));
    if (!header || !payload || !signature) return {};
    auto parsed = parse_json(*header);
    if (!parsed || !parsed->is_object()) return {};
    return Jws{std::move(parsed->get_object()), *payload, *signature, std::string(compact.substr(0, b))};
}

}  // namespace kindling::gateway::agents
