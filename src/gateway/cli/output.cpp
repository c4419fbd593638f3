#include "gateway/cli/output.h"
#include "core/errc_name.h"
#include "core/json_text.h"
#include "core/money.h"
#include "core/time.h"
#include "gateway/cli/terminal.h"
#include <boost/json.hpp>

namespace kindling::gateway {

namespace {

constexpr std::size_t widest_cell = 48;
constexpr int deepest = 8;

std::string_view currency_of(json::object const& o, std::string_view around) {
    for (auto key : {"currency", "currency_code"})
        if (auto const* c = o.if_contains(key); c && c->is_string() && is_currency(c->get_string())) return c->get_string();
    return around;
}

bool is_scalar(json::value const& v) { return !v.is_object() && !v.is_array(); }
bool is_row_list(json::value const& v) {
    auto const* a = v.if_array();
    return a && !a->empty() && std::ranges::all_of(*a, [](auto const& e) { return e.is_object(); });
}

// The token of a page that does not exist tells a person nothing.
bool is_last_page(std::string_view key, json::value const& v) { return key == "next_page_token" && v == ""; }

// Whole numbers that operations call so count days since 1970; what is after the last of them ("until") is a day as well.
bool is_day(std::string_view key) { return key == "day" || key == "today" || key.ends_with("_day") || key.ends_with("_until"); }
// Years of four digits: anything else is no day of a shop.
constexpr std::int64_t first_day = -719'162, last_day = 2'932'896;

// "price_minor" with a currency is shown as "price", "placed_at_ms" as "placed_at".
std::string label(std::string_view key, std::string_view currency) {
    if (key.ends_with("_at_ms")) key.remove_suffix(3);
    else if (!currency.empty() && key.ends_with("_minor")) key.remove_suffix(6);
    return printable(key);
}

std::string scalar(std::string_view key, json::value const& v, std::string_view currency, OutputOptions const& options) {
    if (v.is_string()) return printable(v.get_string());
    if (v.is_null()) return "-";
    if (v.is_int64()) {
        if (key.ends_with("_at_ms")) return format_time(v.get_int64());
        if (is_day(key) && v.get_int64() >= first_day && v.get_int64() <= last_day) return format_date(static_cast<Day>(v.get_int64()));
        if (key.ends_with("_minor") && !currency.empty()) return format_money(v.get_int64(), currency, options.locale);
    }
    if (v.is_bool()) return options.locale == Locale::zh ? (v.get_bool() ? "是" : "否") : (v.get_bool() ? "yes" : "no");
    return printable(to_text(v));
}

// A nested value in one cell: short lists of scalars as words, the rest as JSON.
std::string cell(std::string_view key, json::value const& v, std::string_view currency, OutputOptions const& options) {
    if (is_scalar(v)) return scalar(key, v, currency, options);
    if (auto const* a = v.if_array(); a && std::ranges::all_of(*a, is_scalar)) {
        std::string out;
        for (auto const& e : *a) out += (out.empty() ? "" : ", ") + scalar("", e, "", options);
        return out;
    }
    return printable(to_text(v));
}

class Printer {
public:
    explicit Printer(OutputOptions const& options) : options_(options) {}
    std::string out;

    void value(json::value const& v, std::size_t indent, std::string_view currency, int depth) {
        if (auto const* o = v.if_object(); o && depth < deepest) return object(*o, indent, currency, depth);
        if (is_row_list(v) && depth < deepest) return table(v.get_array(), indent, currency);
        line(indent, cell("", v, currency, options_));
    }

private:
    void line(std::size_t indent, std::string_view text) { out += std::string(indent, ' ') + std::string(text) + "\n"; }

    void object(json::object const& o, std::size_t indent, std::string_view around, int depth) {
        auto const currency = currency_of(o, around);
        std::size_t widest = 0;
        for (auto const& [key, v] : o)
            if (is_scalar(v) && !is_last_page(key, v)) widest = std::max(widest, columns_of(label(key, currency)));
        for (auto const& [key, v] : o) {
            if (is_last_page(key, v)) continue;
            auto const name = label(key, currency);
            auto const* a = v.if_array();
            if (is_scalar(v) || (a && (a->empty() || std::ranges::all_of(*a, is_scalar)))) {
                auto const text = a && a->empty() ? (options_.locale == Locale::zh ? "（无）" : "(none)") : cell(key, v, currency, options_);
                line(indent, text.empty() ? name + ":" : padded(name + ":", widest + 1) + " " + text);
            } else {
                line(indent, name + ":");
                value(v, indent + 2, currency, depth + 1);
            }
        }
        if (o.empty()) line(indent, options_.locale == Locale::zh ? "完成。" : "Done.");
    }

    void table(json::array const& rows, std::size_t indent, std::string_view around) {
        std::vector<std::string> keys;
        for (auto const& row : rows)
            for (auto const& m : row.get_object())
                if (std::ranges::find(keys, m.key()) == keys.end()) keys.emplace_back(m.key());
        std::vector<std::vector<std::string>> cells;
        std::vector<std::size_t> widths(keys.size(), 0);
        std::vector<bool> numeric(keys.size(), true);
        // A heading loses its _minor only when every row has a currency to show it in.
        auto const all_priced = std::ranges::all_of(rows, [&](auto const& row) { return !currency_of(row.get_object(), around).empty(); });
        for (auto const& row : rows) {
            auto const& o = row.get_object();
            auto const currency = all_priced ? currency_of(o, around) : std::string_view();
            auto& line_cells = cells.emplace_back();
            for (std::size_t k = 0; k < keys.size(); ++k) {
                auto const* v = o.if_contains(keys[k]);
                line_cells.push_back(v ? cut(cell(keys[k], *v, currency, options_), widest_cell) : "");
                widths[k] = std::max(widths[k], columns_of(line_cells.back()));
                if (v && (!v->is_number() || is_day(keys[k]))) numeric[k] = false;
            }
        }
        std::string heading, rule;
        for (std::size_t k = 0; k < keys.size(); ++k) {
            auto const name = cut(label(keys[k], all_priced ? std::string_view("CNY") : std::string_view()), widest_cell);
            widths[k] = std::max(widths[k], columns_of(name));
            heading += (k ? "  " : "") + padded(name, widths[k], numeric[k] ? Align::right : Align::left);
            rule += (k ? "  " : "") + std::string(widths[k], '-');
        }
        auto const room = options_.columns > indent ? options_.columns - indent : 1;
        auto const print = [&](std::string text) {
            while (text.ends_with(' ')) text.pop_back();
            line(indent, cut(text, room));
        };
        print(heading), print(rule);
        for (auto const& c : cells) {
            std::string text;
            for (std::size_t k = 0; k < keys.size(); ++k) text += (k ? "  " : "") + padded(c[k], widths[k], numeric[k] ? Align::right : Align::left);
            print(text);
        }
    }

    OutputOptions const& options_;
};

}  // namespace

std::string answer_text(json::value const& answer, OutputOptions const& options) {
    Printer printer(options);
    printer.value(answer, 0, "", 0);
    return std::move(printer.out);
}

std::string error_text(Error const& e, Locale locale) {
    std::string out = (locale == Locale::zh ? "错误：" : "error: ") + printable(e.message.empty() ? e.reason : e.message);
    if (!e.reason.empty()) out += " (" + printable(e.reason) + ")";
    out += "\n";
    for (auto const& f : e.fields) {
        // "/lines/0/quantity" was written as --lines.0.quantity.
        std::string name(f.path.starts_with('/') ? f.path.substr(1) : f.path);
        std::ranges::replace(name, '/', '.');
        out += "  " + (name.empty() ? std::string(locale == Locale::zh ? "请求" : "the request") : "--" + printable(name)) + " " + printable(f.message) + "\n";
    }
    return out;
}

json::value error_document(Error const& e) {
    json::array fields;
    for (auto const& f : e.fields) fields.push_back(json::object{{"path", f.path}, {"reason", f.reason}, {"message", f.message}});
    return json::object{{"error", {{"code", name_of(e.code)}, {"reason", e.reason}, {"message", e.message}, {"fields", std::move(fields)}}}};
}

int exit_code(Errc code) {
    switch (code) {
    case Errc::invalid_argument: return 2;
    case Errc::permission_denied: return 3;
    case Errc::not_found: return 4;
    case Errc::conflict: return 5;
    case Errc::failed_precondition: return 6;
    case Errc::unavailable: return 7;
    case Errc::internal: break;
    }
    return 1;
}

}  // namespace kindling::gateway
