#include "gateway/cli/arguments.h"
#include "core/json_text.h"
#include "gateway/cli/terminal.h"
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <sstream>

namespace kindling::gateway {

namespace {

constexpr GlobalFlag flags[] = {
    {"json", "", {"Print the answer as JSON.", "以 JSON 输出结果。"}},
    {"input", "FILE", {"Read the request from a JSON file; - is standard input.", "从 JSON 文件读取请求；- 表示标准输入。"}},
    {"dry_run", "", {"Do everything, answer, and roll it back.", "完整执行并返回结果，然后撤销。"}},
    {"idempotency_key", "KEY", {"Repeat safely: the same key never acts twice.", "安全重试：同一键值不会重复执行。"}},
    {"shop", "SHOP", {"Which shop, when there are several.", "有多个店铺时指定店铺。"}},
    {"locale", "en|zh", {"Language of texts.", "文字语言。"}},
    {"data", "FOLDER", {"Data folder of the shop.", "店铺数据文件夹。"}},
    {"store", "URL", {"PostgreSQL store, postgres://…, instead of the folder's own.", "改用 PostgreSQL 存储，postgres://…。"}},
    {"quiet", "", {"No progress bar.", "不显示进度条。"}},
    {"help", "", {"Show help.", "显示帮助。"}},
    {"version", "", {"Show the version.", "显示版本。"}},
};

struct Flag {
    std::string name;                  // without dashes, '-' as '_' before the first '.'
    std::optional<std::string> value;  // of --name=value
};

std::optional<Flag> flag(std::string_view word) {
    if (word == "-h") return Flag{"help", {}};
    if (!word.starts_with("--") || word.size() < 3) return {};
    word.remove_prefix(2);
    auto const equals = word.find('=');
    Flag f{std::string(word.substr(0, equals)), {}};
    if (equals != word.npos) f.value = std::string(word.substr(equals + 1));
    std::ranges::replace(f.name, '-', '_');
    return f;
}

std::string shown(std::string_view name) { return "--" + std::string(name); }

std::unexpected<Error> refuse(std::string reason, std::string message) { return fail(Errc::invalid_argument, std::move(reason), std::move(message)); }

// The word that a flag takes: after '=', or the next one. A next word that looks like a flag is not taken by mistake.
Result<std::string> value_of(Flag const& f, std::span<std::string const> words, std::size_t& at) {
    if (f.value) return *f.value;
    if (at + 1 >= words.size() || (words[at + 1].starts_with("--") && words[at + 1].size() > 2))
        return refuse("missing_value", "The flag " + shown(f.name) + " needs a value; write " + shown(f.name) + "=VALUE if it begins with --.");
    return words[++at];
}

Type const& plain(Type const& type) { return type.kind == Kind::optional ? plain(type.element()) : type; }

Type::Member const* member_of(Type const& type, std::string_view name) {
    auto const i = std::ranges::find_if(type.members, [&](auto const& m) { return m.field->name == name; });
    return i == type.members.end() ? nullptr : &*i;
}

class RequestBuilder {
public:
    explicit RequestBuilder(Operation const& op) : type_(op.input()) {}
    json::value request = json::object{};

    // The type that a dotted name leads to, or nothing; `secret` becomes whether its field is one.
    Type const* type_at(std::string_view name, bool* secret = nullptr) const {
        auto const* type = &type_;
        for (auto part : parts(name)) {
            if (type->kind == Kind::any) return type;
            if (type->kind == Kind::list && is_index(part)) { type = &plain(type->element()); continue; }
            auto const* member = type->kind == Kind::object ? member_of(*type, part) : nullptr;
            if (!member) return nullptr;
            if (secret) *secret = member->field->secret;
            type = &plain(member->type());
        }
        return type;
    }

    Result<void> put(std::string_view name, json::value value) {
        auto* here = &request;
        auto const path = parts(name);
        for (std::size_t i = 0; i < path.size(); ++i) {
            auto const last = i + 1 == path.size();
            json::value* next = nullptr;
            if (is_index(path[i]) && !here->is_object()) {
                if (!here->is_array()) *here = json::array{};
                auto& list = here->get_array();
                auto const index = path[i].size() < 6 ? std::stoul(std::string(path[i])) : std::size_t{1'000'000};
                if (index > list.size()) return refuse("index_gap", "The flag " + shown(name) + " skips an entry: " + std::to_string(list.size()) + " would be the next.");
                if (index == list.size()) list.emplace_back(nullptr);
                next = &list[index];
            } else {
                if (!here->is_object()) *here = json::object{};
                next = &here->get_object()[path[i]];
            }
            if (last) *next = std::move(value);
            here = next;
        }
        return {};
    }

    // A list that is named again grows: --tags a --tags b.
    Result<void> add(std::string_view name, Type const& type, std::string_view text) {
        auto value = coerce(type, text);
        if (type.kind == Kind::object && !value.is_object()) return refuse("malformed_json", "The flag " + shown(name) + " takes a JSON object, or dotted flags such as " + shown(name) + "." + std::string(type.members.empty() ? "field" : type.members[0].field->name) + ".");
        if (type.kind != Kind::list) return put(name, std::move(value));
        if (!value.is_array()) {
            if (plain(type.element()).kind == Kind::object || plain(type.element()).kind == Kind::list) {
                if (!value.is_object()) return refuse("malformed_json", "The flag " + shown(name) + " takes a JSON list, or dotted flags such as " + shown(name) + ".0.field.");
            } else value = coerce(plain(type.element()), text);
            value = json::array{std::move(value)};
        }
        if (!given_.contains(std::string(name))) {
            given_.insert(std::string(name));
            return put(name, std::move(value));
        }
        auto& list = *find(name);
        if (!list.is_array()) return put(name, std::move(value));
        for (auto& e : value.get_array()) list.get_array().push_back(std::move(e));
        return {};
    }

private:
    static bool is_index(std::string_view part) { return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; }); }

    static std::vector<std::string_view> parts(std::string_view name) {
        std::vector<std::string_view> out;
        for (;;) {
            auto const dot = name.find('.');
            out.push_back(name.substr(0, dot));
            if (dot == name.npos) return out;
            name.remove_prefix(dot + 1);
        }
    }

    json::value* find(std::string_view name) {
        auto* here = &request;
        for (auto part : parts(name)) {
            if (here->is_array()) here = &here->get_array()[std::stoul(std::string(part))];
            else here = &here->get_object()[part];
        }
        return here;
    }

    Type const& type_;
    std::set<std::string> given_;
};

Result<json::object> read_input(std::string const& path, std::istream& in) {
    std::string text;
    if (path == "-") text.assign(std::istreambuf_iterator<char>(in), {});
    else {
        std::ifstream file(path, std::ios::binary);
        if (!file) return refuse("no_such_file", "The file " + printable(path) + " cannot be read.");
        text.assign(std::istreambuf_iterator<char>(file), {});
    }
    auto value = TRY(parse_json(text));
    if (!value.is_object()) return refuse("invalid_request", "The input must be one JSON object.");
    return std::move(value.get_object());
}

std::vector<std::string> names_of(Operation const& op) {
    std::vector<std::string> out;
    for (auto const& m : op.input().members) out.emplace_back(m.field->name);
    for (auto const& f : flags) out.emplace_back(f.name);
    return out;
}

}  // namespace

std::span<GlobalFlag const> global_flags() { return flags; }

Result<bool> take_global(std::span<std::string const> words, std::size_t& at, GlobalOptions& options) {
    auto const f = flag(words[at]);
    auto const known = f ? std::ranges::find(flags, f->name, &GlobalFlag::name) : std::end(flags);
    if (known == std::end(flags) || f->name == "input") return false;
    if (known->value.empty()) {
        if (f->value) return refuse("unexpected_value", "The flag " + shown(f->name) + " takes no value.");
        if (f->name == "json") options.output = Output::json;
        else if (f->name == "dry_run") options.mode = CallMode::dry_run;
        else if (f->name == "quiet") options.quiet = true;
        else if (f->name == "version") options.version = true;
        else options.help = true;
    } else {
        auto value = TRY(value_of(*f, words, at));
        if (f->name == "locale") {
            if (value != "en" && value != "zh") return refuse("unknown_value", "The flag --locale takes en or zh.");
            options.locale = locale_of(value);
        } else if (f->name == "idempotency_key") options.idempotency_key = std::move(value);
        else if (f->name == "shop") options.shop = std::move(value);
        else if (f->name == "data") options.data = std::move(value);
        else options.store = std::move(value);
    }
    ++at;
    return true;
}

json::value coerce(Type const& type, std::string_view text) {
    auto const& t = plain(type);
    if (t.kind == Kind::string || t.kind == Kind::enumeration) return json::value(text);
    auto parsed = parse_json(text);
    if (!parsed) return json::value(text);
    auto const& v = *parsed;
    // Of a scalar only the JSON that it is; "null" for a number stays the text that the reader will refuse.
    if (t.kind == Kind::boolean && !v.is_bool()) return json::value(text);
    if ((t.kind == Kind::integer || t.kind == Kind::number) && !v.is_number()) return json::value(text);
    return v;
}

Result<json::object> read_request(Operation const& op, std::span<std::string const> words, std::istream& in, GlobalOptions& options) {
    RequestBuilder builder(op);
    // The input first, wherever it stands, so that flags override it.
    for (std::size_t at = 0; at < words.size(); ++at) {
        auto const f = flag(words[at]);
        auto const is_input = f && f->name == "input" && !member_of(op.input(), "input");
        if (!is_input && words[at] != "-") continue;
        if (at > 0 && words[at] == "-") {
            auto const before = flag(words[at - 1]);
            if (before && !before->value) continue;  // the value of the flag before it: --input -, --note -
        }
        auto const path = is_input ? TRY(value_of(*f, words, at)) : std::string("-");
        builder.request = TRY(read_input(path, in));
    }
    for (std::size_t at = 0; at < words.size();) {
        auto const f = flag(words[at]);
        if (!f) {
            if (words[at] == "-") { ++at; continue; }
            return refuse("unexpected_word", "The word " + printable(words[at]) + " stands where a flag is expected: --field value.");
        }
        bool secret = false;
        if (auto const* type = builder.type_at(f->name, &secret)) {
            if (type->kind == Kind::boolean && !f->value && (at + 1 >= words.size() || (words[at + 1] != "true" && words[at + 1] != "false"))) TRY(builder.put(f->name, true));
            else {
                auto value = TRY(value_of(*f, words, at));
                // Words are seen by everybody on the machine and kept by the shell; a secret may come from the input instead.
                if (secret && value == "-" && !std::getline(in, value)) return refuse("missing_value", "The standard input has no line for " + shown(f->name) + ".");
                TRY(builder.add(f->name, *type, value));
            }
            ++at;
            continue;
        }
        if (f->name.starts_with("no_") && !f->value)
            if (auto const* type = builder.type_at(f->name.substr(3)); type && type->kind == Kind::boolean) {
                TRY(builder.put(f->name.substr(3), false));
                ++at;
                continue;
            }
        if (f->name == "input") {
            TRY(value_of(*f, words, at));
            ++at;
            continue;
        }
        if (TRY(take_global(words, at, options))) continue;
        auto const near = nearest(f->name, names_of(op));
        return refuse("unknown_flag", "There is no flag " + shown(printable(f->name)) + (near.empty() ? "; see --help." : "; did you mean " + shown(near) + "?"));
    }
    return std::move(builder.request.get_object());
}

}  // namespace kindling::gateway
