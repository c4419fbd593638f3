// shop/duckdb/c_api.h -- the part of DuckDB's C interface that Kindling uses, declared here so that the build needs neither header nor library.
//
// Taken from duckdb.h of DuckDB 1.4.4 (MIT); the stable C interface, tried with libduckdb.so 1.5.6. library.cpp finds each function
// by name when the program runs, and refuses a library that lacks one.
#pragma once
#include <cstdint>

namespace kindling::shop::duckdb::c {

using Index = std::uint64_t;
using State = int;  // 0: success
using Database = struct OpaqueDatabase*;
using Connection = struct OpaqueConnection*;
using Config = struct OpaqueConfig*;
using Statement = struct OpaqueStatement*;
using LogicalType = struct OpaqueLogicalType*;
using DataChunk = struct OpaqueDataChunk*;
using Vector = struct OpaqueVector*;
using Appender = struct OpaqueAppender*;

// Passed by value to fetch_chunk: six words, whose meaning is DuckDB's own.
struct ResultHandle {
    Index deprecated_counts[3];
    void* deprecated_columns;
    char* deprecated_error;
    void* internal;
};

struct String {  // 16 bytes: up to 12 characters lie inside; longer ones behind an address in the last 8
    std::uint32_t length;
    char inside[12];
};
static_assert(sizeof(String) == 16);

struct HugeInteger {
    std::uint64_t lower;
    std::int64_t upper;
};

enum Type : int {
    boolean = 1, int8 = 2, int16 = 3, int32 = 4, int64 = 5, uint8 = 6, uint16 = 7, uint32 = 8, uint64 = 9, real32 = 10, real64 = 11, timestamp = 12, date = 13, huge = 16, text = 17,
    decimal = 19, timestamp_s = 20, timestamp_ms = 21, timestamp_ns = 22, timestamp_zone = 31
};
enum StatementType : int { select_statement = 1, explain_statement = 4 };

// name of the member, result, name in the library less "duckdb_", parameters
#define KINDLING_DUCKDB_FUNCTIONS(F)                                                     \
    F(char const*, library_version, ())                                                  \
    F(State, create_config, (Config*))                                                   \
    F(State, set_config, (Config, char const* name, char const* value))                  \
    F(void, destroy_config, (Config*))                                                   \
    F(State, open_ext, (char const* path, Database*, Config, char** error))              \
    F(void, close, (Database*))                                                          \
    F(State, connect, (Database, Connection*))                                           \
    F(void, disconnect, (Connection*))                                                   \
    F(void, interrupt, (Connection))                                                     \
    F(void, free, (void*))                                                               \
    F(State, query, (Connection, char const* sql, ResultHandle*))                        \
    F(void, destroy_result, (ResultHandle*))                                             \
    F(char const*, result_error, (ResultHandle*))                                        \
    F(Index, column_count, (ResultHandle*))                                              \
    F(char const*, column_name, (ResultHandle*, Index))                                  \
    F(Type, column_type, (ResultHandle*, Index))                                         \
    F(LogicalType, column_logical_type, (ResultHandle*, Index))                          \
    F(State, prepare, (Connection, char const* sql, Statement*))                         \
    F(char const*, prepare_error, (Statement))                                           \
    F(StatementType, prepared_statement_type, (Statement))                               \
    F(State, execute_prepared, (Statement, ResultHandle*))                               \
    F(void, destroy_prepare, (Statement*))                                               \
    F(DataChunk, fetch_chunk, (ResultHandle))                                            \
    F(Index, vector_size, ())                                                            \
    F(LogicalType, create_logical_type, (Type))                                          \
    F(void, destroy_logical_type, (LogicalType*))                                        \
    F(std::uint8_t, decimal_scale, (LogicalType))                                        \
    F(Type, decimal_internal_type, (LogicalType))                                        \
    F(DataChunk, create_data_chunk, (LogicalType*, Index columns))                       \
    F(void, destroy_data_chunk, (DataChunk*))                                            \
    F(void, data_chunk_reset, (DataChunk))                                               \
    F(Vector, data_chunk_get_vector, (DataChunk, Index column))                          \
    F(Index, data_chunk_get_size, (DataChunk))                                           \
    F(void, data_chunk_set_size, (DataChunk, Index))                                     \
    F(void*, vector_get_data, (Vector))                                                  \
    F(std::uint64_t*, vector_get_validity, (Vector))                                     \
    F(void, vector_assign_string_element_len, (Vector, Index row, char const*, Index))   \
    F(State, appender_create, (Connection, char const* schema, char const* table, Appender*)) \
    F(char const*, appender_error, (Appender))                                           \
    F(State, append_data_chunk, (Appender, DataChunk))                                   \
    F(State, appender_close, (Appender))                                                 \
    F(State, appender_destroy, (Appender*))

struct Functions {
#define KINDLING_DUCKDB_MEMBER(RESULT, NAME, PARAMETERS) RESULT(*NAME) PARAMETERS = nullptr;
    KINDLING_DUCKDB_FUNCTIONS(KINDLING_DUCKDB_MEMBER)
#undef KINDLING_DUCKDB_MEMBER
};

}  // namespace kindling::shop::duckdb::c
