// gateway/cli/arguments.h -- words of a command line become the same JSON body that HTTP receives.
//
//     --sku A1   --quantity=2   --gift   --no-gift   --lines '[{"sku":"A1"}]'   --lines.0.sku A1   --tags a --tags b
//
// A value is read by the type of the field it stands for. What does not read as that type is passed on as text, so that the one
// strict reader names the field it is wrong in, exactly as over HTTP. `-` and `_` are alike in flag names.
#pragma once
#include "core/operation.h"
#include "gateway/render/call.h"
#include <boost/json/object.hpp>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kindling::gateway {

enum class Output { people, json };

// Flags that every command takes. After an operation's words a field of the operation with the same name goes first; before
// them (`kindling --shop s orders place`) they are always these.
struct GlobalOptions {
    Output output = Output::people;
    CallMode mode = CallMode::real;
    Locale locale = Locale::en;
    std::string idempotency_key = {}, shop = {};
    std::string data = {}, store = {};  // where the shop lives; empty: the application's default
    bool quiet = false, help = false, version = false;
};

struct GlobalFlag {
    std::string_view name;
    std::string_view value;  // what stands for the value in help; empty: it takes none
    Text doc;
};
std::span<GlobalFlag const> global_flags();

// Takes the global flag at words[at] (and its value) and moves past it; false when it is not one.
Result<bool> take_global(std::span<std::string const> words, std::size_t& at, GlobalOptions&);

// The request of an operation. `in` is read for `-` and `--input -`; flags override what the input says. A secret field given as
// `-` is the next line of `in`.
// Fails with unknown_flag, missing_value, unexpected_word, no_such_file or malformed_json.
Result<json::object> read_request(Operation const&, std::span<std::string const> words, std::istream& in, GlobalOptions&);

// One value by its type: "2" is 2 for a whole number and "2" for a text.
json::value coerce(Type const&, std::string_view text);

}  // namespace kindling::gateway
