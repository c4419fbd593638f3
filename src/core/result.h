// core/result.h -- how every function that can fail in normal life reports it.
//
// An error has a code (what the caller can do), a stable reason (part of the API, and the translation key), a message for a
// person, and every bad field. HTTP statuses, exit codes and MCP's isError are looked up from the code at the gateway;
// nothing below knows any of the three.
#pragma once
#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace kindling {

enum class Errc { invalid_argument, permission_denied, not_found, conflict, failed_precondition, unavailable, internal };

struct FieldError {
    std::string path;     // JSON Pointer (RFC 6901) into the request: "/lines/0/quantity"
    std::string reason;   // stable identifier, safe to translate or branch on: "out_of_range"
    std::string message;  // English, for a person; wording may change
};

struct Error {
    Errc code = Errc::internal;
    std::string reason;
    std::string message;
    std::vector<FieldError> fields = {};  // all of them, so that a form can show them at once
};

template <class T> using Result = std::expected<T, Error>;

// `return fail(Errc::not_found, "product_not_found", "There is no product p1.");` fits every Result<T>.
[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string reason, std::string message, std::vector<FieldError> fields = {}) {
    return std::unexpected(Error{code, std::move(reason), std::move(message), std::move(fields)});
}

}  // namespace kindling

// Unwraps a Result or returns its error from the enclosing function.
// A GNU statement expression: g++ and clang, and not inside a coroutine (g++ 12.2 crashes on the co_return form).
#define TRY(expr)                                                                    \
    __extension__({                                                                  \
        auto&& try_result_ = (expr);                                                 \
        if (!try_result_) return std::unexpected(std::move(try_result_).error());    \
        *std::move(try_result_);                                                     \
    })
