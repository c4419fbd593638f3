#include "core/utf8.h"
#include "shop/catalogue/operations.h"
#include "shop/imports/outcome.h"
#include <fmt/format.h>

namespace kindling::shop::imports {

std::uint64_t content_of(files::Row const& row) {
    std::uint64_t h = 0x9E3779B97F4A7C15ull;
    for (auto cell : row.cells) h = (h ^ std::hash<std::string_view>{}(cell)) * 0xD6E8FEB86659FD93ull, h ^= h >> 32;
    return h;
}

std::string slug(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        auto const begin = i;
        auto const c = next_code_point(text, i);
        if (c >= 'A' && c <= 'Z') out += static_cast<char>(c + 32);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c > 0x2E7F || (c > 0xBF && c < 0x2000)) out.append(text.substr(begin, i - begin));
        else if (!out.empty() && out.back() != '-') out += '-';
    }
    out = std::string(utf8_prefix(out, 100));
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

bool has_han(std::string_view text) {
    for (std::size_t i = 0; i < text.size();)
        if (static_cast<unsigned char>(text[i]) < 0x80) ++i;
        else if (is_han(next_code_point(text, i))) return true;
    return false;
}

Result<std::string> CategoryPaths::find_or_make(Work& work, std::string_view path, std::string_view name_zh) {
    path = trimmed(path);
    if (path.empty()) return std::string();
    if (auto const i = known_.find(std::string(path)); i != known_.end()) return i->second;
    auto& tx = work.context.tx();
    std::string parent;
    for (auto rest = path; !rest.empty();) {
        auto const end = std::min(rest.find('>'), rest.size());
        std::string part(utf8_prefix(trimmed(rest.substr(0, end)), 200));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        std::ranges::replace(part, '_', ' ');
        auto const own = slug(part);
        if (own.empty()) continue;
        auto const id = std::string(utf8_prefix(parent.empty() ? own : parent + "-" + own, 128));
        if (TRY(tx.integer("SELECT COUNT(*) FROM categories WHERE shop_id = ? AND category_id = ?", tx.shop_id(), id)) == 0) {
            bool const last = rest.empty(), han = has_han(part);
            auto const position = TRY(tx.integer("SELECT COUNT(*) FROM categories WHERE shop_id = ? AND parent_id = ?", tx.shop_id(), parent));
            TRY(save_categories(work.context, {{{id, parent, han ? "" : part, last && !name_zh.empty() ? std::string(utf8_prefix(name_zh, 200)) : han ? part : "", position}}}));
            TRY(work.journal.made(Thing::category, id));
            ++work.outcome.created.categories;
        }
        parent = id;
    }
    if (known_.size() < 100'000) known_.emplace(path, parent);
    return parent;
}

std::optional<Refusal> refusal_of(Error const& error) {
    if (error.code != Errc::invalid_argument && error.code != Errc::failed_precondition && error.code != Errc::not_found) return std::nullopt;
    if (error.fields.empty()) return Refusal{error.reason, error.message, "", ""};
    auto const& f = error.fields.front();
    return Refusal{f.reason, f.message, f.path.substr(f.path.rfind('/') + 1), ""};
}

}  // namespace kindling::shop::imports
