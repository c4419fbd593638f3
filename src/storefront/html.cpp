#include "storefront/html.h"
#include "core/json_text.h"
#include "core/utf8.h"

namespace kindling::storefront {

namespace {

// The marks of the Unicode bidirectional algorithm that embed, override or isolate; all are E2 80 xx or E2 81 xx in UTF-8.
bool turns_direction(unsigned char second, unsigned char third) {
    return (second == 0x80 && third >= 0xAA && third <= 0xAE) || (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

}  // namespace

void append_escaped(std::string_view text, std::string& out) {
    std::string repaired;
    if (!is_utf8(text)) repaired = repair_utf8(text), text = repaired;
    out.reserve(out.size() + text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default:
                if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) break;
                if (c == 0xE2 && i + 2 < text.size() && turns_direction(static_cast<unsigned char>(text[i + 1]), static_cast<unsigned char>(text[i + 2]))) { i += 2; break; }
                out += static_cast<char>(c);
        }
    }
}

std::string_view safe_url(std::string_view url) {
    if (url.starts_with("https://") || url.starts_with("http://")) return url;
    // "//host" and "/\host" name another host.
    if (url.starts_with('/') && (url.size() < 2 || (url[1] != '/' && url[1] != '\\'))) return url;
    return {};
}

void Html::write(std::string_view markup, detail::Argument const* argument) {
    for (;;) {
        auto const at = markup.find('{');
        out_ += markup.substr(0, at);
        if (at == markup.npos) return;
        markup.remove_prefix(at + 2);
        switch (argument->kind) {
            case detail::Argument::Kind::text: append_escaped(argument->text, out_); break;
            case detail::Argument::Kind::number: out_ += std::to_string(argument->number); break;
            case detail::Argument::Kind::markup: out_ += argument->text; break;
        }
        ++argument;
    }
}

Html& Html::add_json_ld(boost::json::value const& value) {
    out_ += "<script type=\"application/ld+json\">";
    for (char c : to_text(value)) {
        switch (c) {
            case '<': out_ += "\\u003c"; break;
            case '>': out_ += "\\u003e"; break;
            case '&': out_ += "\\u0026"; break;
            default: out_ += c;
        }
    }
    out_ += "</script>";
    return *this;
}

}  // namespace kindling::storefront
