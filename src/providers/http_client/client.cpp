#include "providers/http_client/client.h"
#include "providers/http_client/response_reader.h"
#include "providers/http_client/transport.h"
#include <algorithm>
#include <openssl/err.h>

namespace kindling::providers {

namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool is_token(std::string_view s) {
    return !s.empty() && std::ranges::all_of(s, [](unsigned char c) { return c > 0x20 && c < 0x7F && std::string_view("()<>@,;:\\\"/[]?={}").find(static_cast<char>(c)) == std::string_view::npos; });
}

Result<std::string> head_of(HttpRequest const& request, Url const& url, std::string const& user_agent) {
    auto const bad = [](std::string why) { return fail(Errc::invalid_argument, "malformed_request", std::move(why)); };
    if (!is_token(request.method)) return bad("The method is not a token.");
    auto out = request.method + " " + url.target + " HTTP/1.1\r\nHost: " + url.authority + "\r\nConnection: close\r\n";
    bool has_agent = false;
    for (auto const& [name, value] : request.fields) {
        if (!is_token(name)) return bad("\"" + name + "\" is not a field name.");
        if (std::ranges::any_of(value, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; })) return bad("The value of " + name + " holds a control character.");
        for (auto const own : {"host", "content-length", "connection", "transfer-encoding"})
            if (equal_ignoring_case(name, own)) return bad("The field " + name + " is made by the client itself.");
        has_agent |= equal_ignoring_case(name, "user-agent");
        out += name + ": " + value + "\r\n";
    }
    if (!has_agent && !user_agent.empty()) out += "User-Agent: " + user_agent + "\r\n";
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH") out += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    return out + "\r\n";
}

}  // namespace

std::string_view HttpResponse::field(std::string_view name) const {
    auto const i = std::ranges::find_if(fields, [&](auto const& f) { return equal_ignoring_case(f.first, name); });
    return i == fields.end() ? std::string_view() : std::string_view(i->second);
}

struct HttpClient::Impl {
    HttpClientOptions options;
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> tls;
    std::string tls_problem = {};
};

HttpClient::HttpClient(HttpClientOptions options) : impl_(new Impl{std::move(options), {SSL_CTX_new(TLS_client_method()), SSL_CTX_free}}) {
    auto* const tls = impl_->tls.get();
    if (!tls) {
        impl_->tls_problem = "OpenSSL cannot be started.";
        return;
    }
    SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION);
    SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_default_verify_paths(tls);
    auto const& file = impl_->options.certificates_file;
    if (!file.empty() && SSL_CTX_load_verify_locations(tls, file.c_str(), nullptr) != 1) impl_->tls_problem = "The certificates in " + file + " cannot be read.";
}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;

Result<HttpResponse> HttpClient::send(HttpRequest const& request, HttpOptions const& options) const {
    auto const url = TRY(parse_url(request.url));
    auto const head = TRY(head_of(request, url, impl_->options.user_agent));
    if (url.scheme == "https" && !impl_->tls_problem.empty()) return fail(Errc::unavailable, "tls_failed", impl_->tls_problem);
    auto const began = Clock::now();
    auto const end = began + options.total_timeout;
    auto const silence = [&] { return std::min(end, Clock::now() + options.silence_timeout); };
    StopSignal const stop(options.stop);
    Transport transport(stop);
    TRY(transport.connect(url, impl_->options.reach, impl_->tls.get(), std::min(end, began + options.connect_timeout)));
    // A server may answer and close before it read all (413): then its answer matters, not our broken write.
    auto written = transport.write(head, silence());
    if (written) written = transport.write(request.body, silence());
    if (!written && written.error().reason != "connection_broken") return std::unexpected(std::move(written).error());
    HttpResponse response;
    ResponseReader reader(response, {options.max_header_bytes, options.max_body_bytes}, request.method == "HEAD" ? ResponseReader::Body::none : ResponseReader::Body::expected, options.on_body);
    std::vector<char> piece(16 * 1024);
    for (;;) {
        auto const n = transport.read(piece.data(), piece.size(), silence());
        if (!n) return std::unexpected(written ? n.error() : written.error());
        if (*n == 0) {
            TRY(reader.end_of_stream());
            return response;
        }
        if (TRY(reader.feed({piece.data(), *n})) == ResponseReader::State::done) return response;
    }
}

}  // namespace kindling::providers
