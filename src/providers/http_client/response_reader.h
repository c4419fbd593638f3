// providers/http_client/response_reader.h -- internal: bytes in, one HTTP/1.x response out, by Beast's parser core.
#pragma once
#include "providers/http_client/client.h"
#include <memory>

namespace kindling::providers {

class ResponseReader {
public:
    enum class State { more, done };
    // Answers to HEAD have no body, whatever their header says.
    enum class Body { expected, none };
    struct Limits { std::size_t header_bytes; std::uint64_t body_bytes; };
    ResponseReader(HttpResponse&, Limits, Body, std::function<Flow(std::string_view)> on_body);
    ~ResponseReader();
    // done also when on_body said stop. Informational answers (1xx) are passed over.
    Result<State> feed(std::string_view bytes);
    Result<void> end_of_stream();  // fails when the response was not complete

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kindling::providers
