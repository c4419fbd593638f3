// shop/store/postgres/translate.h -- the store's SQL said in PostgreSQL's words.
//
// `?` becomes $1, $2, … and LIKE becomes ILIKE (SQLite's LIKE ignores the case of ASCII letters, and so do our searches).
// Quoted texts and names are left as they stand. One pass, done once per statement and connection.
#pragma once
#include <string>
#include <string_view>

namespace kindling::shop {

struct Translated {
    std::string sql;
    std::size_t parameters = 0;
};
Translated to_postgres(std::string_view sql);

}  // namespace kindling::shop
