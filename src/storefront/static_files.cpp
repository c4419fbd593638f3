#include "storefront/static_files.h"
#include "gateway/http/compress.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>
#include <map>
#include <stdexcept>

// The assembler reads the files; CMake knows them as dependencies of this one.
#define EMBED(symbol, file)                                                                                                   \
    asm(".pushsection .rodata\n.global " #symbol "_begin\n.global " #symbol "_end\n" #symbol "_begin:\n.incbin \"" STOREFRONT_WEB "/" file "\"\n" #symbol "_end:\n.byte 0\n.popsection\n"); \
    extern "C" char const symbol##_begin[], symbol##_end[]

EMBED(storefront_css, "store.css");
EMBED(storefront_js, "store.js");
EMBED(storefront_guide_css, "guide.css");
EMBED(storefront_guide_js, "guide.js");
EMBED(storefront_nudge_js, "nudge.js");
EMBED(storefront_voice_js, "voice.js");
EMBED(storefront_choice_js, "choice.js");
EMBED(storefront_embed_css, "embed.css");
EMBED(storefront_embed_js, "embed.js");
EMBED(storefront_icon, "icon.svg");

namespace kindling::storefront {

namespace {

struct File {
    std::string url, gzip, etag;
    std::string_view content_type, bytes;
};

std::map<std::string, File, std::less<>> const& files() {
    static auto const made = [] {
        std::map<std::string, File, std::less<>> all;
        auto const put = [&](std::string_view name, std::string_view content_type, char const* begin, char const* end) {
            std::string_view const bytes(begin, static_cast<std::size_t>(end - begin));
            auto const hash = shop::token_hash(bytes).substr(0, 12);
            auto const dot = name.rfind('.');
            all.emplace(name, File{fmt::format("/static/{}.{}{}", name.substr(0, dot), hash, name.substr(dot)), gateway::gzip(bytes, 9), hash, content_type, bytes});
        };
        put("store.css", "text/css; charset=utf-8", storefront_css_begin, storefront_css_end);
        put("store.js", "text/javascript; charset=utf-8", storefront_js_begin, storefront_js_end);
        put("guide.css", "text/css; charset=utf-8", storefront_guide_css_begin, storefront_guide_css_end);
        put("guide.js", "text/javascript; charset=utf-8", storefront_guide_js_begin, storefront_guide_js_end);
        put("nudge.js", "text/javascript; charset=utf-8", storefront_nudge_js_begin, storefront_nudge_js_end);
        put("voice.js", "text/javascript; charset=utf-8", storefront_voice_js_begin, storefront_voice_js_end);
        put("choice.js", "text/javascript; charset=utf-8", storefront_choice_js_begin, storefront_choice_js_end);
        put("embed.css", "text/css; charset=utf-8", storefront_embed_css_begin, storefront_embed_css_end);
        put("embed.js", "text/javascript; charset=utf-8", storefront_embed_js_begin, storefront_embed_js_end);
        put("icon.svg", "image/svg+xml", storefront_icon_begin, storefront_icon_end);
        return all;
    }();
    return made;
}

}  // namespace

std::string const& static_url(std::string_view name) {
    auto const i = files().find(name);
    if (i == files().end()) throw std::logic_error("no static file " + std::string(name));
    return i->second.url;
}

std::string_view static_text(std::string_view name) {
    auto const i = files().find(name);
    if (i == files().end()) throw std::logic_error("no static file " + std::string(name));
    return i->second.bytes;
}

gateway::Response static_file(gateway::Request const& request) {
    for (auto const& [name, file] : files())
        if (file.url == request.path) {
            gateway::Response response{.content_type = std::string(file.content_type)};
            response.shared = {file.bytes, {}}, response.shared_gzip = {file.gzip, {}}, response.etag = file.etag;
            response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
            response.headers.emplace_back("Access-Control-Allow-Origin", "*");  // the same for everybody, and other sites of the shop show the guide
            return response;
        }
    return gateway::Response::text(404, "no such file\n");
}

}  // namespace kindling::storefront
