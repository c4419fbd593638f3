#include "gateway/render/reference.h"
#include "core/json_text.h"
#include "gateway/render/examples.h"
#include "gateway/render/names.h"
#include <boost/json.hpp>
#include <cmath>

namespace kindling::gateway {

namespace {

// Both languages of the pages' own words.
struct Words { Locale locale; std::string_view operator()(std::string_view en, std::string_view zh) const { return locale == Locale::zh ? zh : en; } };

// Text in a table cell or a paragraph: nothing in it is markup.
std::string escaped(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == '\n') out += ' ';
        else if (c == '<') out += "&lt;";
        else if (c == '|' || c == '*' || c == '\\' || c == '[' || c == ']') out += '\\', out += c;
        else out += c;
    }
    return out;
}

std::string code(std::string_view text) {
    std::string out(text);
    for (std::size_t at = 0; (at = out.find('|', at)) != out.npos; at += 2) out.insert(at, "\\");  // GitHub splits cells even inside code
    return "`" + out + "`";
}

std::string type_word(Type const& type, Words word) {
    switch (type.kind) {
    case Kind::boolean: return std::string(word("true or false", "真或假"));
    case Kind::integer: return std::string(word("whole number", "整数"));
    case Kind::number: return std::string(word("number", "数值"));
    case Kind::string: return std::string(word("text", "文本"));
    case Kind::any: return std::string(word("any JSON", "任意 JSON"));
    case Kind::optional: return type_word(type.element(), word);
    case Kind::list: return std::string(word("list of ", "列表：")) + type_word(type.element(), word);
    case Kind::object: return std::string(word("object", "对象"));
    case Kind::enumeration: break;
    }
    std::string out;
    for (auto n : type.names) out += (out.empty() ? "" : ", ") + code(n);
    return out;
}

std::string number_text(double n) { return std::trunc(n) == n && std::abs(n) < 1e18 ? std::to_string(static_cast<std::int64_t>(n)) : to_text(json::value(n)); }

std::string rules(Type const& object, Type::Member const& m, Side side, Words word) {
    std::string out;
    auto const add = [&](std::string text) { out += (out.empty() ? "" : word("; ", "；")), out += text; };
    auto const& f = *m.field;
    auto const kind = m.type().kind == Kind::optional ? m.type().element().kind : m.type().kind;
    if (m.type().kind == Kind::optional) add(std::string(word("may be absent", "可省略")));
    else if (side == Side::request && !f.has_default) add("**" + std::string(word("required", "必填")) + "**");
    if (side == Side::request && f.has_default) {
        json::value fallback;
        write_json(m.type(), static_cast<char const*>(object.defaults) + m.offset, fallback);
        add(std::string(word("default ", "默认 ")) + code(to_text(fallback)));
    }
    if (std::isfinite(f.min) && std::isfinite(f.max)) add(number_text(f.min) + " … " + number_text(f.max));
    else if (std::isfinite(f.min)) add("≥ " + number_text(f.min));
    else if (std::isfinite(f.max)) add("≤ " + number_text(f.max));
    if (side == Side::request && f.max_length) add(std::string(word("at most ", "最多 ")) + std::to_string(f.max_length) + std::string(kind == Kind::list ? word(" entries", " 项") : word(" bytes", " 字节")));
    if (f.secret) add(std::string(word("secret: never logged or shown", "机密：不记录也不显示")));
    return out;
}

Type const& plain(Type const& type) { return type.kind == Kind::optional ? plain(type.element()) : type; }

void field_rows(Type const& object, Side side, std::string const& prefix, Words word, std::string& out) {
    for (auto const& m : object.members) {
        auto const name = prefix + std::string(m.field->name);
        out += "| " + code(name) + " | " + type_word(m.type(), word) + " | " + rules(object, m, side, word) + " | " + escaped(m.field->doc().in(word.locale)) + " |\n";
        auto const& type = plain(m.type());
        if (type.kind == Kind::object) field_rows(type, side, name + ".", word, out);
        if (type.kind == Kind::list && plain(type.element()).kind == Kind::object) field_rows(plain(type.element()), side, name + "[].", word, out);
    }
}

std::string fields(Type const& type, Side side, Words word) {
    if (type.members.empty()) return std::string(word("Nothing: `{}`.", "无：`{}`。")) + "\n\n";
    std::string out = std::string(word("| Field | Type | Rules | Meaning |", "| 字段 | 类型 | 规则 | 含义 |")) + "\n| --- | --- | --- | --- |\n";
    field_rows(type, side, "", word, out);
    return out + "\n";
}

std::string examples(Operation const& op) {
    auto const request = example_request(op.input());
    std::string out = "```sh\ncurl -X POST http://127.0.0.1:8080" + http_path(op.name) + " \\\n  -H 'Content-Type: application/json' \\\n";
    if (op.permission != "public") out += "  -H \"Authorization: Bearer $KINDLING_KEY\" \\\n";
    if (op.effect != Effect::read) out += "  -H \"Idempotency-Key: $(uuidgen)\" \\\n";
    out += "  -d " + shell_quoted(to_text(request)) + "\n```\n\n```sh\n" + example_command(op) + "\n```\n\n";
    json::object const call{{"method", "tools/call"}, {"params", {{"name", tool_name(op.name)}, {"arguments", request}}}};
    return out + "```json\n" + to_text(call) + "\n```\n\n";
}

std::string section(Operation const& op, Words word) {
    auto const zh = word.locale == Locale::zh;
    std::string out = "## " + std::string(op.name) + "\n\n" + escaped(op.summary.in(word.locale)) + "\n\n";
    auto const effect = op.effect == Effect::read ? word("reads; changes nothing", "只读，不做更改") : op.effect == Effect::propose ? word("proposes; writes only drafts and decisions", "提议，仅写入草稿与决策") : word("acts; changes the shop or the world", "执行，更改店铺数据或外部世界");
    out += std::string(word("- Effect: ", "- 影响：")) + code(name_of(op.effect)) + (zh ? "（" : " (") + std::string(effect) + (zh ? "）" : ")") + "\n";
    out += std::string(word("- Permission: ", "- 权限：")) + code(op.permission) + "\n";
    out += std::string(word("- Scenario: ", "- 场景：")) + (op.scenario == "0" ? std::string(word("what all scenarios stand on", "所有场景的基础")) : std::string(op.scenario)) + "\n";
    if (op.length == Length::long_) out += std::string(word("- Long: runs as a job with `Prefer: respond-async`", "- 耗时操作：使用 `Prefer: respond-async` 作为任务运行")) + "\n";
    out += "\n### " + std::string(word("Request", "请求")) + "\n\n" + fields(op.input(), Side::request, word);
    out += "### " + std::string(word("Response", "响应")) + "\n\n" + fields(op.output(), Side::response, word);
    if (!op.reasons.empty()) {
        out += "### " + std::string(word("Can fail with", "可能的失败原因")) + "\n\n";
        for (std::size_t i = 0; i < op.reasons.size(); ++i) out += (i ? word(", ", "、") : ""), out += code(op.reasons[i]);
        out += std::string(word("; and with what [every operation](README.md) can.", "；以及[所有操作](README.md)共有的原因。")) + "\n\n";
    }
    return out + "### " + std::string(word("Example", "示例")) + "\n\n" + examples(op);
}

std::string generated(Words word) { return "<!-- " + std::string(word("Generated from the operation registry; do not edit.", "由操作注册表生成，请勿手工修改。")) + " -->\n"; }

// GitHub's anchor of a heading: lower case, without dots.
std::string anchor(std::string_view operation) {
    std::string out(operation);
    std::erase(out, '.');
    return "#" + out;
}

std::string page(Registry const& registry, std::string_view module, Words word) {
    std::string out = generated(word) + "# " + std::string(module) + "\n\n" + std::string(word("[中文](../zh/", "[English](../en/")) + std::string(module) + ".md) · [" + std::string(word("All modules", "全部模块")) + "](README.md)\n\n";
    out += std::string(word("| Operation | Effect | What it does |", "| 操作 | 影响 | 作用 |")) + "\n| --- | --- | --- |\n";
    std::string sections;
    for (auto const& op : registry.all()) {
        if (module_of(op.name) != module) continue;
        out += "| [" + std::string(op.name) + "](" + anchor(op.name) + ") | " + std::string(name_of(op.effect)) + " | " + escaped(op.summary.in(word.locale)) + " |\n";
        sections += section(op, word);
    }
    out += "\n" + sections;
    while (out.ends_with("\n\n")) out.pop_back();
    return out;
}

std::string index(Registry const& registry, Words word) {
    std::string out = generated(word) + "# " + std::string(word("Reference", "参考")) + "\n\n" + std::string(word("[中文](../zh/README.md)", "[English](../en/README.md)")) + "\n\n";
    out += std::string(word("Every ability of the shop is an operation. One declaration makes it `POST /v1/<module>/<verb>`, the command `kindling <module> <verb>` and the agent tool `<module>_<verb>`.",
                            "店铺的每项能力都是一个操作。一次声明即成为 `POST /v1/<模块>/<动作>`、命令 `kindling <模块> <动作>` 与智能体工具 `<模块>_<动作>`。")) + "\n\n";
    out += std::string(word("| Module | Operations |", "| 模块 | 操作 |")) + "\n| --- | --- |\n";
    for (auto module : modules_of(registry)) {
        out += "| [" + std::string(module) + "](" + std::string(module) + ".md) | ";
        bool first = true;
        for (auto const& op : registry.all())
            if (module_of(op.name) == module) out += (std::exchange(first, false) ? "[" : ", [") + std::string(verb_of(op.name)) + "](" + std::string(module) + ".md" + anchor(op.name) + ")";
        out += " |\n";
    }
    out += "\n## " + std::string(word("What every operation can fail with", "所有操作共有的失败原因")) + "\n\n";
    for (bool first = true; auto r : common_reasons()) out += (std::exchange(first, false) ? "" : ", ") + code(r);
    out += "\n\n## " + std::string(word("Codes", "错误码")) + "\n\n" + std::string(word("| Code | HTTP | Command line exits with |", "| 错误码 | HTTP | 命令行退出码 |")) + "\n| --- | --- | --- |\n";
    out += "| `invalid_argument` | 400 | 2 |\n| `permission_denied` | 401, 403 | 3 |\n| `not_found` | 404 | 4 |\n| `conflict` | 409 | 5 |\n| `failed_precondition` | 422 | 6 |\n| `unavailable` | 503, 429 | 7 |\n| `internal` | 500 | 1 |\n";
    return out;
}

}  // namespace

std::vector<ReferencePage> reference_pages(Registry const& registry) {
    std::vector<ReferencePage> pages;
    for (auto locale : {Locale::en, Locale::zh}) {
        std::string const folder(name_of(locale));
        pages.push_back({folder + "/README.md", index(registry, {locale})});
        for (auto module : modules_of(registry)) pages.push_back({folder + "/" + std::string(module) + ".md", page(registry, module, {locale})});
    }
    std::ranges::sort(pages, {}, &ReferencePage::path);
    return pages;
}

}  // namespace kindling::gateway
