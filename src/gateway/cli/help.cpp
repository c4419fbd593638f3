#include "gateway/cli/help.h"
#include "core/json_text.h"
#include "gateway/render/examples.h"
#include "gateway/render/names.h"
#include <boost/json.hpp>
#include <cmath>

namespace kindling::gateway {

namespace {

constexpr std::size_t text_column = 32;

std::string_view word(Locale locale, std::string_view en, std::string_view zh) { return locale == Locale::zh ? zh : en; }

// "  --name VALUE                 what it is", the text on a line of its own when the flag is long.
std::string row(std::string_view left, std::string_view text) {
    auto const name = "  " + std::string(left);
    if (columns_of(name) + 2 > text_column) return name + "\n" + std::string(text_column, ' ') + std::string(text) + "\n";
    return padded(name, text_column) + std::string(text) + "\n";
}

std::string value_word(Type const& type) {
    switch (type.kind) {
    case Kind::boolean: return "";
    case Kind::integer: return " N";
    case Kind::number: return " NUMBER";
    case Kind::string: return " TEXT";
    case Kind::optional: return value_word(type.element());
    case Kind::list: return value_word(type.element()) == " JSON" ? " JSON…" : value_word(type.element()) + "…";
    case Kind::object:
    case Kind::any: return " JSON";
    case Kind::enumeration: break;
    }
    std::string out;
    for (auto n : type.names) out += (out.empty() ? " " : "|") + std::string(n);
    return out;
}

Type const& plain(Type const& type) { return type.kind == Kind::optional ? plain(type.element()) : type; }

std::string remarks(Type const& object, Type::Member const& m, Locale locale) {
    std::string out;
    auto const add = [&](std::string text) { out += std::string(out.empty() ? word(locale, " (", "（") : word(locale, "; ", "；")) + std::move(text); };
    auto const number = [](double n) { return std::trunc(n) == n && std::abs(n) < 1e15 ? std::to_string(static_cast<std::int64_t>(n)) : to_text(json::value(n)); };
    if (std::isfinite(m.field->min) && std::isfinite(m.field->max)) add(number(m.field->min) + "–" + number(m.field->max));
    else if (std::isfinite(m.field->min)) add("≥ " + number(m.field->min));
    else if (std::isfinite(m.field->max)) add("≤ " + number(m.field->max));
    if (m.field->has_default) {
        json::value fallback;
        write_json(m.type(), static_cast<char const*>(object.defaults) + m.offset, fallback);
        auto const text = to_text(fallback);
        if (text != "\"\"" && text != "[]" && text != "null" && text != "false") add(std::string(word(locale, "default ", "默认 ")) + text);
    } else if (m.type().kind != Kind::optional) add(std::string(word(locale, "required", "必填")));
    if (m.field->secret) add(std::string(word(locale, "- reads it from standard input", "- 表示从标准输入读取")));
    return out.empty() ? out : out + std::string(word(locale, ")", "）"));
}

// Fields of nested objects under dotted names; N stands for an entry of a list.
std::string field_rows(Type const& object, std::string const& prefix, Locale locale, int depth) {
    std::string out;
    for (auto const& m : object.members) {
        auto const& type = plain(m.type());
        auto const name = prefix + std::string(m.field->name);
        out += row("--" + name + value_word(type), std::string(m.field->doc().in(locale)) + remarks(object, m, locale));
        if (depth >= 2) continue;
        if (type.kind == Kind::object) out += field_rows(type, name + ".", locale, depth + 1);
        if (type.kind == Kind::list && plain(type.element()).kind == Kind::object) out += field_rows(plain(type.element()), name + ".N.", locale, depth + 1);
    }
    return out;
}

std::string global_rows(Locale locale) {
    std::string out;
    for (auto const& f : global_flags()) {
        std::string name(f.name);
        std::ranges::replace(name, '_', '-');
        out += row("--" + name + (f.value.empty() ? "" : " " + std::string(f.value)), f.doc.in(locale));
    }
    return out;
}

std::string hyphened(std::string_view name) {
    std::string out(name);
    std::ranges::replace(out, '_', '-');
    return out;
}

}  // namespace

std::string overview_text(Registry const& registry, std::span<Command const> commands, std::string_view program, Locale locale) {
    std::string const name(program);
    std::string out = std::string(word(locale, "Kindling: the commerce engine that a shop can own.", "火种：店铺可自有的智能商业引擎。")) + "\n\n";
    out += std::string(word(locale, "Usage:", "用法：")) + "\n  " + name + " COMMAND [--flag value]…\n  " + name + " MODULE OPERATION [--field value]… [--input FILE | -]\n\n";
    out += std::string(word(locale, "Commands:", "命令：")) + "\n";
    for (auto const& c : commands) out += row(c.name, c.summary.in(locale));
    out += row("help [COMMAND | MODULE [OPERATION]]", word(locale, "Shows help.", "显示帮助。"));
    out += row("completion bash|zsh|fish", word(locale, "Prints a completion script for the shell.", "输出命令行补全脚本。"));
    out += "\n" + std::string(word(locale, "Modules and their operations:", "模块及其操作：")) + "\n";
    for (auto module : modules_of(registry)) {
        std::string verbs;
        for (auto const& op : registry.all())
            if (module_of(op.name) == module) verbs += (verbs.empty() ? "" : ", ") + std::string(verb_of(op.name));
        out += row(module, verbs);
    }
    return out + "\n" + std::string(word(locale, "Flags of every command:", "通用参数：")) + "\n" + global_rows(locale);
}

std::string command_text(Command const& command, std::string_view program, Locale locale) {
    std::string out = std::string(word(locale, "Usage: ", "用法：")) + std::string(program) + " " + std::string(command.name);
    if (!command.words.empty()) out += " " + std::string(command.words);
    if (!command.flags.empty()) out += " [--flag value]…";
    out += "\n\n" + std::string(command.summary.in(locale)) + "\n";
    if (!command.flags.empty()) out += "\n" + std::string(word(locale, "Flags:", "参数：")) + "\n";
    for (auto const& f : command.flags)
        out += row("--" + hyphened(f.name) + (f.value.empty() ? "" : " " + std::string(f.value)), std::string(f.doc.in(locale)) + (f.fallback.empty() ? "" : std::string(word(locale, " (default ", "（默认 ")) + std::string(f.fallback) + std::string(word(locale, ")", "）"))));
    return out + "\n" + std::string(word(locale, "Flags of every command:", "通用参数：")) + "\n" + global_rows(locale);
}

std::string module_text(Registry const& registry, std::string_view module, std::string_view program, Locale locale) {
    std::string out = std::string(word(locale, "Usage: ", "用法：")) + std::string(program) + " " + std::string(module) + " OPERATION [--field value]…\n\n" + std::string(word(locale, "Operations:", "操作：")) + "\n";
    for (auto const& op : registry.all())
        if (module_of(op.name) == module) out += row(verb_of(op.name), op.summary.in(locale));
    return out;
}

std::string operation_text(Operation const& op, std::string_view program, Locale locale) {
    std::string const words = std::string(program) + " " + std::string(module_of(op.name)) + " " + std::string(verb_of(op.name));
    std::string out = std::string(word(locale, "Usage: ", "用法：")) + words + " [--field value]… [--input FILE | -]\n\n" + std::string(op.summary.in(locale)) + "\n";
    if (!op.input().members.empty()) out += "\n" + std::string(word(locale, "Fields:", "字段：")) + "\n" + field_rows(op.input(), "", locale, 0);
    out += "\n" + std::string(word(locale, "Effect: ", "影响：")) + std::string(name_of(op.effect)) + std::string(word(locale, ". Permission: ", "。权限：")) + std::string(op.permission) + std::string(word(locale, ".", "。")) + "\n";
    if (!op.reasons.empty()) {
        out += word(locale, "Can fail with: ", "可能的失败原因：");
        for (std::size_t i = 0; i < op.reasons.size(); ++i) out += (i ? ", " : "") + std::string(op.reasons[i]);
        out += "\n";
    }
    out += "\n" + std::string(word(locale, "Example:", "示例：")) + "\n  " + example_command(op, program) + "\n";
    return out + "\n" + std::string(word(locale, "Flags of every command:", "通用参数：")) + "\n" + global_rows(locale);
}

}  // namespace kindling::gateway
