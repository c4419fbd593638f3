#include "shop/store/postgres/translate.h"
#include <cctype>

namespace kindling::shop {

namespace {

bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

bool like_at(std::string_view sql, std::size_t i) {
    constexpr std::string_view word = "like";
    if (sql.size() - i < word.size() || (i > 0 && in_word(sql[i - 1])) || (i + word.size() < sql.size() && in_word(sql[i + word.size()]))) return false;
    for (std::size_t k = 0; k < word.size(); ++k)
        if (std::tolower(static_cast<unsigned char>(sql[i + k])) != word[k]) return false;
    return true;
}

}  // namespace

Translated to_postgres(std::string_view sql) {
    Translated out;
    out.sql.reserve(sql.size() + 32);
    char quote = 0;  // a doubled quote inside a text closes and opens again, which comes to the same
    for (std::size_t i = 0; i < sql.size(); ++i) {
        char const c = sql[i];
        if (quote) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '?') {
            out.sql += '$';
            out.sql += std::to_string(++out.parameters);
            continue;
        } else if ((c == 'L' || c == 'l') && like_at(sql, i)) {
            out.sql += 'I';
        }
        out.sql += c;
    }
    return out;
}

}  // namespace kindling::shop
