// core/operation.h -- an operation is declared once; HTTP, CLI, MCP, OpenAPI, TypeScript, forms and docs read this record.
#pragma once
#include "core/json_codec.h"
#include <functional>
#include <span>

namespace kindling {

struct Context;  // who asks, which shop, the transaction, locale, progress: shop/context.h

// read changes nothing; propose writes only proposals (decisions, drafts); act changes the world or the shop's data.
enum class Effect { read, propose, act };
// Long operations run as jobs when the caller wishes (`Prefer: respond-async`), with progress, log, cancel and survival of a restart.
enum class Length { short_, long_ };

struct Declaration {
    std::string_view name;      // "<module>.<verb>": URL, CLI words and MCP tool name follow from it
    std::string_view scenario;  // number in docs/SCENARIOS.md ("25"), or "0" for what all scenarios stand on
    Text summary;               // one sentence, shown to people and to models
    Effect effect = Effect::read;
    std::string_view permission;                     // what the caller must hold, e.g. "orders.read"; "public": anyone, shoppers included
    std::vector<std::string_view> reasons = {};      // every Error::reason it can return beyond those that any operation can
    Length length = Length::short_;
};

struct Operation : Declaration {
    Type const& (*input)();
    Type const& (*output)();
    std::function<Result<void>(Context&, json::value const& request, json::value& response)> run;
    Result<void> (*check)(json::value const& request);  // the request's shape alone, without running anything
};

namespace detail {
template <class In> Result<void> check_shape(json::value const& request) {
    In in{};
    return read_json(request, type_of<In>(), &in);
}
}  // namespace detail

template <class In, class Out> Operation operation(Declaration declaration, Result<Out> (*fn)(Context&, In const&)) {
    return {std::move(declaration), &type_of<In>, &type_of<Out>,
            [fn](Context& context, json::value const& request, json::value& response) -> Result<void> {
                In in{};
                TRY(read_json(request, type_of<In>(), &in));
                auto const out = TRY(fn(context, in));
                write_json(type_of<Out>(), &out, response);
                return {};
            },
            &detail::check_shape<In>};
}

// An operation of an object that lives as long as the registry: a module with live state, such as the search index.
template <class In, class Out, class Object> Operation operation(Declaration declaration, Object& object, Result<Out> (Object::*method)(Context&, In const&)) {
    return {std::move(declaration), &type_of<In>, &type_of<Out>,
            [&object, method](Context& context, json::value const& request, json::value& response) -> Result<void> {
                In in{};
                TRY(read_json(request, type_of<In>(), &in));
                auto const out = TRY((object.*method)(context, in));
                write_json(type_of<Out>(), &out, response);
                return {};
            },
            &detail::check_shape<In>};
}

// For requests that carry nothing and answers that say nothing.
struct Nothing {
    static constexpr std::array<Field, 0> fields{};
};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

// All operations, sorted by name, found in O(log n). Immutable once made; any thread.
class Registry {
public:
    Registry() = default;
    // Fails to start (std::logic_error, a bug of ours) on two of one name, a missing sentence, or a name that is not module.verb.
    explicit Registry(std::vector<Operation> operations);
    Operation const* find(std::string_view name) const;
    std::span<Operation const> all() const { return operations_; }

private:
    std::vector<Operation> operations_;
};

// Reasons that the machinery itself may answer with, for every operation.
std::span<std::string_view const> common_reasons();

}  // namespace kindling
