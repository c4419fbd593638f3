// core/type.h -- a described struct as a table that the JSON codec, the database rows and every renderer read.
//
// Only this small part is a template; reader, schema, help and forms are ordinary code over the table, which keeps an
// operation at 0.25 s of compile time where an all-template reader costs 0.8 s.
#pragma once
#include "core/text.h"
#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace kindling {

namespace json = boost::json;

// What Boost.Describe cannot hold about a member. `T::fields` lists one per member, in order; a wrong list does not compile.
struct Field {
    std::string_view name;
    std::string_view en, zh;  // one sentence each: meaning, unit, what an empty value does
    bool has_default = false;  // then the member's initialiser is the default
    double min = -std::numeric_limits<double>::infinity(), max = std::numeric_limits<double>::infinity();
    std::size_t max_length = 0;  // strings: bytes; lists: items; 0: the reader's general limits
    bool secret = false;         // passwords and keys: never logged, audited or echoed
    constexpr Text doc() const { return {en, zh}; }

    constexpr Field defaulted() const { auto f = *this; f.has_default = true; return f; }
    constexpr Field longest(std::size_t n) const { auto f = *this; f.max_length = n; return f; }
    constexpr Field range(double low, double high) const { auto f = *this; f.min = low, f.max = high; return f; }
    constexpr Field at_least(double low) const { auto f = *this; f.min = low; return f; }
    constexpr Field kept_secret() const { auto f = *this; f.secret = true; return f; }
};

// field("quantity", "Units ordered.", "订购数量。").defaulted().range(1, 9999)
constexpr Field field(std::string_view name, std::string_view en = {}, std::string_view zh = {}) { return {.name = name, .en = en, .zh = zh}; }

// The API speaks these kinds only, so that a request means the same in JSON, on a command line and in a form.
enum class Kind { boolean, integer, number, string, enumeration, optional, list, object, any };

struct Type {
    struct Member {
        Field const* field;
        Type const& (*type)();  // a function: two structs may name each other
        std::size_t offset;     // bytes from the start of the object
    };
    Kind kind;
    std::string_view name = {};                                // object, enumeration: the C++ name, for schemas and TypeScript
    Type const& (*element)() = nullptr;                        // optional, list
    void* (*append)(void*) = nullptr;                          // optional: emplace; list: emplace_back
    std::size_t (*size)(void const*) = nullptr;                // optional: 0 or 1; list: length
    void const* (*item)(void const*, std::size_t) = nullptr;   // optional, list
    std::vector<std::string_view> names = {};                  // enumeration, beside
    std::vector<int> values = {};                              // its values
    std::vector<Member> members = {};                          // object
    void const* defaults = nullptr;                            // object: a T{}
};

template <class T> Type const& type_of();

namespace detail {

using boost::describe::describe_enumerators, boost::describe::describe_members, boost::mp11::mp_for_each, boost::mp11::mp_size;
template <class T> using Members = describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T> consteval bool every_member_has_its_field() {
    bool every = std::size(T::fields) == mp_size<Members<T>>::value;
    std::size_t i = 0;
    mp_for_each<Members<T>>([&](auto d) { every = every && T::fields[i].name == d.name, ++i; });
    return every;
}

// "kindling::shop::Product" -> "Product", from the compiler's own spelling of the template argument.
template <class T> constexpr std::string_view unqualified_name() {
    std::string_view s = __PRETTY_FUNCTION__;
    auto const begin = s.find("T = ") + 4;
    s = s.substr(begin, s.find_first_of(";]", begin) - begin);
    auto const colon = s.rfind(':');
    return colon == s.npos ? s : s.substr(colon + 1);
}

template <class T> struct Make {
    static Type type() requires std::is_class_v<T> {
        static_assert(boost::describe::has_describe_members<T>::value, "an API struct needs BOOST_DESCRIBE_STRUCT beside it");
        static_assert(every_member_has_its_field<T>(), "T::fields must name every described member, in order");
        static T const defaults{};
        Type t{.kind = Kind::object, .name = unqualified_name<T>(), .defaults = &defaults};
        auto const address = [](auto const& object) { return reinterpret_cast<char const*>(&object); };
        mp_for_each<Members<T>>([&](auto d) {
            using M = std::remove_cvref_t<decltype(defaults.*d.pointer)>;
            t.members.push_back({&T::fields[t.members.size()], &type_of<M>, std::size_t(address(defaults.*d.pointer) - address(defaults))});
        });
        return t;
    }
    static Type type() requires std::is_enum_v<T> {
        static_assert(sizeof(T) == sizeof(int), "leave the underlying type of an API enum alone: the codec copies an int");
        Type t{.kind = Kind::enumeration, .name = unqualified_name<T>()};
        mp_for_each<describe_enumerators<T>>([&](auto d) { t.names.push_back(d.name), t.values.push_back(static_cast<int>(d.value)); });
        return t;
    }
};
template <> struct Make<bool> { static Type type() { return {.kind = Kind::boolean}; } };
template <> struct Make<std::int64_t> { static Type type() { return {.kind = Kind::integer}; } };
template <> struct Make<double> { static Type type() { return {.kind = Kind::number}; } };
template <> struct Make<std::string> { static Type type() { return {.kind = Kind::string}; } };
template <> struct Make<json::value> { static Type type() { return {.kind = Kind::any}; } };
template <class T> struct Make<std::optional<T>> {
    using O = std::optional<T>;
    static Type type() {
        return {.kind = Kind::optional, .element = &type_of<T>,
                .append = [](void* o) -> void* { return &static_cast<O*>(o)->emplace(); },
                .size = [](void const* o) -> std::size_t { return static_cast<O const*>(o)->has_value(); },
                .item = [](void const* o, std::size_t) -> void const* { return &**static_cast<O const*>(o); }};
    }
};
template <class T> struct Make<std::vector<T>> {
    using V = std::vector<T>;
    static Type type() {
        return {.kind = Kind::list, .element = &type_of<T>,
                .append = [](void* v) -> void* { return &static_cast<V*>(v)->emplace_back(); },
                .size = [](void const* v) { return static_cast<V const*>(v)->size(); },
                .item = [](void const* v, std::size_t i) -> void const* { return &(*static_cast<V const*>(v))[i]; }};
    }
};

}  // namespace detail

template <class T> Type const& type_of() {
    static Type const type = detail::Make<T>::type();
    return type;
}

// The declared name of an enumerator: name(Status::paid) == "paid".
template <class E> requires std::is_enum_v<E> std::string_view name(E value) {
    auto const& t = type_of<E>();
    for (std::size_t i = 0; i < t.values.size(); ++i)
        if (t.values[i] == static_cast<int>(value)) return t.names[i];
    return "";
}

}  // namespace kindling
