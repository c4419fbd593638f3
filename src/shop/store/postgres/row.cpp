// Values out of an answer: numbers of any SQL type, blobs out of PostgreSQL's hex.
#include "shop/store/postgres/connection.h"
#include <charconv>

namespace kindling::shop {

namespace {

constexpr Oid bytea = 17;

int hex_digit(char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; }

}  // namespace

std::int64_t PostgresRow::integer(int c) const {
    auto const s = raw(c);
    if (s == "t") return 1;
    std::int64_t value = 0;
    // A NUMERIC (SUM of BIGINT) reads as far as its point, as SQLite cuts a real; beyond 64 bits it stays at the limit.
    if (std::from_chars(s.data(), s.data() + s.size(), value).ec == std::errc::result_out_of_range)
        return s.starts_with('-') ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
    return value;
}

double PostgresRow::number(int c) const {
    auto const s = raw(c);
    double value = 0;
    std::from_chars(s.data(), s.data() + s.size(), value);
    return value;
}

std::string_view PostgresRow::text(int c) const {
    auto const s = raw(c);
    if (PQftype(answer_, c) != bytea || !s.starts_with("\\x")) return s;
    auto const [place, fresh] = bytes_.try_emplace(c);
    if (fresh)
        for (std::size_t i = 2; i + 1 < s.size(); i += 2) place->second += static_cast<char>(hex_digit(s[i]) << 4 | hex_digit(s[i + 1]));
    return place->second;
}

std::int64_t rows_changed(PGresult* answer) {
    if (std::string_view(PQcmdStatus(answer)).starts_with("SELECT")) return 0;
    std::string_view const n = PQcmdTuples(answer);
    std::int64_t count = 0;
    std::from_chars(n.data(), n.data() + n.size(), count);
    return count;
}

}  // namespace kindling::shop
