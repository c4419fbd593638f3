#include "shop/store/postgres/connection.h"
#include "shop/store/postgres/translate.h"
#include <bit>
#include <deque>
#include <endian.h>
#include <fmt/format.h>
#include <poll.h>

namespace kindling::shop {

namespace {

enum : Oid { inferred = 0, bytea = 17, int8 = 20, text = 25, float8 = 701 };

Oid type_of_value(Value const& v) {
    switch (v.kind) {
    case Value::Kind::null: return inferred;
    case Value::Kind::integer: return int8;
    case Value::Kind::number: return float8;
    case Value::Kind::text: return text;
    case Value::Kind::bytes: return bytea;
    }
    return inferred;
}

// Values in the binary format of the protocol: numbers in network order, texts and blobs as they are.
struct Parameters {
    explicit Parameters(std::span<Value const> values) {
        numbers.reserve(values.size());
        for (auto const& v : values) {
            char const* data = nullptr;
            std::size_t size = 0;
            if (v.kind == Value::Kind::integer || v.kind == Value::Kind::number) {
                numbers.push_back(htobe64(v.kind == Value::Kind::integer ? static_cast<std::uint64_t>(v.integer) : std::bit_cast<std::uint64_t>(v.number)));
                data = reinterpret_cast<char const*>(&numbers.back()), size = sizeof numbers.back();
            } else if (v.kind != Value::Kind::null) {
                data = v.text.data() ? v.text.data() : "", size = v.text.size();
            }
            pointers.push_back(data);
            lengths.push_back(static_cast<int>(size));
            formats.push_back(1);
            bytes += size + 8;
        }
    }
    int count() const { return static_cast<int>(pointers.size()); }
    std::vector<std::uint64_t> numbers;
    std::vector<char const*> pointers;
    std::vector<int> lengths, formats;
    std::size_t bytes = 0;
};

bool succeeded(PGresult const* r) {
    auto const status = PQresultStatus(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

std::string first_line(char const* message) {
    std::string_view s = message ? message : "";
    s = s.substr(0, s.find('\n'));
    return std::string(s);
}

}  // namespace

std::unexpected<Error> from_postgres(PGconn* connection, PGresult const* answer, std::string_view sql) {
    auto const* const code = answer ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : nullptr;
    std::string_view const state = code ? code : "";
    auto const message = first_line(answer ? PQresultErrorMessage(answer) : PQerrorMessage(connection));
    if (state == "53100") return fail(Errc::unavailable, "disk_full", "The database's disk is full: nothing of this request was kept. Free some space and try again.");
    if (state == "22021" || state == "22P05") return fail(Errc::invalid_argument, "not_utf8", "A text holds a character that the database cannot keep (a zero byte, or broken UTF-8); send it without.");
    if (state == "55P03" || state == "40001" || state == "40P01" || state == "57014" || state == "53300")
        return fail(Errc::unavailable, "store_busy", "Others hold the store; try again in a moment.");
    if (state.empty() || state.starts_with("08") || state.starts_with("57P") || state.starts_with("53") || state.starts_with("58") || state == "25006" || state == "3D000" || state.starts_with("28") || PQstatus(connection) == CONNECTION_BAD)
        return fail(Errc::unavailable, "store_unavailable", fmt::format("The database cannot be used: {}.", message.empty() ? "the connection was lost" : message));
    return fail(Errc::internal, "internal", fmt::format("postgres: {} {} in {}", state, message, sql));
}

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(StoreOptions const& options) {
    std::unique_ptr<PostgresConnection> c(new PostgresConnection);
    // What stands before dbname is a default that the address may override (its sslmode, its connect_timeout, …).
    char const* const keys[] = {"connect_timeout", "fallback_application_name", "keepalives_idle", "dbname", "client_encoding", nullptr};
    char const* const values[] = {"5", "kindling", "30", options.address.c_str(), "UTF8", nullptr};
    c->connection_ = PQconnectdbParams(keys, values, 1);
    if (PQstatus(c->connection_) != CONNECTION_OK) return from_postgres(c->connection_, nullptr, "connect");
    PQsetNoticeProcessor(c->connection_, [](void*, char const*) {}, nullptr);
    TRY(c->simple(fmt::format("SET lock_timeout = {}; SET standard_conforming_strings = on; SET bytea_output = hex; SET extra_float_digits = 1; SET TIME ZONE 'UTC'; SET synchronous_commit = {}",
                              std::max<std::int64_t>(1, options.busy_timeout_ms), options.durability == StoreOptions::Durability::full ? "on" : "off")));
    return c;
}

bool PostgresConnection::usable() {
    if (PQstatus(connection_) != CONNECTION_OK || PQtransactionStatus(connection_) != PQTRANS_IDLE) return false;
    pollfd socket{PQsocket(connection_), POLLIN, 0};
    if (::poll(&socket, 1, 0) > 0 && !PQconsumeInput(connection_)) return false;
    return PQstatus(connection_) == CONNECTION_OK;
}

void PostgresConnection::trim() {
    if (statements_.size() <= 256) return;
    (void)simple("DEALLOCATE ALL");
    statements_.clear();
}

std::string PostgresConnection::quoted(std::string_view s) {
    auto* const escaped = PQescapeLiteral(connection_, s.data(), s.size());
    std::string out = escaped ? escaped : "''";
    PQfreemem(escaped);
    return out;
}

Result<Answer> PostgresConnection::simple(std::string const& sql) {
    Answer answer(PQexec(connection_, sql.c_str()));
    if (!succeeded(answer.get())) return from_postgres(connection_, answer.get(), std::string_view(sql).substr(0, 200));
    return answer;
}

Result<PostgresConnection::Statement*> PostgresConnection::statement(std::string_view sql) {
    if (auto const i = statements_.find(sql); i != statements_.end()) return &i->second;
    auto translated = to_postgres(sql);
    return &statements_.emplace(std::string(sql), Statement{std::move(translated.sql), translated.parameters, {}}).first->second;
}

Result<PostgresConnection::Variant*> PostgresConnection::variant(Statement& s, std::span<Value const> values, bool& is_new) {
    if (values.size() != s.parameters) return fail(Errc::internal, "internal", fmt::format("{} values for {} parameters in {}", values.size(), s.parameters, s.sql));
    auto const fits = [&](Variant const& v) {
        for (std::size_t i = 0; i < values.size(); ++i)
            if (values[i].kind != Value::Kind::null && v.types[i] != type_of_value(values[i])) return false;
        return true;
    };
    auto const known = std::ranges::find_if(s.variants, fits);
    is_new = known == s.variants.end();
    if (!is_new) return &*known;
    Variant made{fmt::format("k{}", ++names_), {}};
    for (std::size_t i = 0; i < values.size(); ++i)
        made.types.push_back(values[i].kind == Value::Kind::null && !s.variants.empty() ? s.variants.back().types[i] : type_of_value(values[i]));
    return &s.variants.emplace_back(std::move(made));
}

Result<Answer> PostgresConnection::run(std::string_view sql, std::span<Value const> values) {
    auto& s = *TRY(statement(sql));
    bool is_new = false;
    auto const* const v = TRY(variant(s, values, is_new));
    if (is_new) {
        Answer const prepared(PQprepare(connection_, v->name.c_str(), s.sql.c_str(), static_cast<int>(v->types.size()), v->types.data()));
        if (!succeeded(prepared.get())) {
            s.variants.pop_back();
            return from_postgres(connection_, prepared.get(), sql);
        }
    }
    Parameters const p(values);
    Answer answer(PQexecPrepared(connection_, v->name.c_str(), p.count(), p.pointers.data(), p.lengths.data(), p.formats.data(), 0));
    if (!succeeded(answer.get())) return from_postgres(connection_, answer.get(), sql);
    return answer;
}

// Reads what a batch was answered; keeps the first error.
struct PostgresConnection::Pipeline {
    PGconn* connection;
    std::string_view sql;
    std::size_t waiting = 0, bytes = 0;
    std::int64_t changed = 0;
    std::optional<Error> error;

    void sent(std::size_t size) { ++waiting, bytes += size; }
    void lost() { if (!error) error = from_postgres(connection, nullptr, sql).error(); }
    void finish_batch() {
        if (!PQpipelineSync(connection)) return lost();
        for (; waiting > 0; --waiting) {
            Answer const answer(PQgetResult(connection));
            if (!answer) return lost();
            if (succeeded(answer.get())) changed += rows_changed(answer.get());
            else if (PQresultStatus(answer.get()) != PGRES_PIPELINE_ABORTED && !error) error = from_postgres(connection, answer.get(), sql).error();
            if (PQstatus(connection) != CONNECTION_OK) return lost();
            while (Answer(PQgetResult(connection))) {}  // the end of this command
        }
        Answer const sync(PQgetResult(connection));
        if (PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) lost();
        bytes = 0;
    }
};

Result<std::int64_t> PostgresConnection::run_many(std::string_view sql, std::size_t count, std::function<void(std::size_t, std::vector<Value>&)> const& bind) {
    // The server's answers to one batch must fit its socket buffer, or both sides would wait for each other.
    constexpr std::size_t most_runs = 256, most_bytes = 1 << 18;
    if (count == 0) return 0;
    auto& s = *TRY(statement(sql));
    auto const known = s.variants.size();
    if (!PQenterPipelineMode(connection_)) return from_postgres(connection_, nullptr, sql);
    Pipeline pipeline{connection_, sql};
    std::vector<Value> values;
    for (std::size_t i = 0; i < count && !pipeline.error; ++i) {
        values.clear();
        bind(i, values);
        bool is_new = false;
        auto const v = variant(s, values, is_new);
        if (!v) { pipeline.error = v.error(); break; }
        if (is_new) {
            if (!PQsendPrepare(connection_, (*v)->name.c_str(), s.sql.c_str(), static_cast<int>((*v)->types.size()), (*v)->types.data())) { pipeline.lost(); break; }
            pipeline.sent(s.sql.size());
        }
        Parameters const p(values);
        if (!PQsendQueryPrepared(connection_, (*v)->name.c_str(), p.count(), p.pointers.data(), p.lengths.data(), p.formats.data(), 0)) { pipeline.lost(); break; }
        pipeline.sent(p.bytes);
        if (pipeline.waiting >= most_runs || pipeline.bytes >= most_bytes) pipeline.finish_batch();
    }
    if (pipeline.waiting > 0 && PQstatus(connection_) == CONNECTION_OK) pipeline.finish_batch();
    PQexitPipelineMode(connection_);
    if (!pipeline.error) return pipeline.changed;
    // Which of the new variants the server knows is uncertain now: forget them, their names are not used again.
    s.variants.resize(std::min(known, s.variants.size()), Variant{});
    return std::unexpected(*pipeline.error);
}

}  // namespace kindling::shop
