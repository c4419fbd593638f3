#include "gateway/cli/command.h"
#include <charconv>

namespace kindling::gateway {

namespace {

using Takes = CommandFlag::Takes;

std::vector<Command> table() {
    CommandFlag const listen{Takes::text, "listen", "ADDRESS:PORT", "127.0.0.1:8080", {"Where to listen.", "监听地址。"}};
    return {
        {"serve", {"Serves the shop: storefront, console, API and agent interface.", "启动服务：商城、控制台、API 与智能体接口。"}, "", 0, 0,
         {listen,
          {Takes::number, "threads", "N", "", {"Threads for requests; by default one for each core.", "请求线程数；默认每核一个。"}},
          {Takes::nothing, "demo", "", "", {"Makes the demo shop first if there is no data yet.", "没有数据时先创建演示店铺。"}},
          {Takes::text, "origin", "URL", "", {"Address under which browsers reach the server, when a proxy stands before it.", "经代理访问时浏览器使用的地址。"}},
          {Takes::nothing, "no_worker", "", "", {"Leaves jobs to other processes.", "任务交由其他进程执行。"}}}},
        {"worker", {"Carries out jobs of a shop that is served elsewhere.", "为其他进程提供服务的店铺执行任务。"}, "", 0, 0, {{Takes::number, "jobs", "N", "1", {"Jobs at a time.", "同时执行的任务数。"}}}},
        {"mcp", {"Speaks the Model Context Protocol on standard input and output.", "通过标准输入输出提供 MCP 接口。"}, "", 0, 0, {{Takes::text, "tools", "LIST", "", {"Modules and tools to offer, separated by commas; by default all.", "提供的模块与工具，逗号分隔；默认全部。"}}}},
        {"import", {"Brings products, customers and orders in from files.", "从文件导入商品、顾客与订单。"}, "FILE…", 1, 100,
         {{Takes::text, "mapping", "NAME|FILE", "", {"How columns are read: online-retail, shopify-products, shopify-orders, woocommerce, olist, amazon-products, or a file with a list of {column, field}; recognised or guessed if absent.", "列映射：online-retail、shopify-products、shopify-orders、woocommerce、olist、amazon-products，或内含 {column, field} 列表的文件；缺省时自动识别。"}},
          {Takes::text, "kind", "NAME", "", {"What the rows are: products, orders, customers or reviews; guessed if absent.", "每行表示什么：products、orders、customers 或 reviews；缺省时自动识别。"}},
          {Takes::text, "currency", "CODE", "", {"ISO 4217 code of the amounts; by default the mapping's or the shop's.", "金额的货币代码；默认使用映射或店铺的货币。"}},
          {Takes::text, "time_zone", "ZONE", "", {"IANA time zone of times that name no offset, by default the shop's; a shop that is made by this import takes it, by default Etc/UTC.", "不带时差的时间所属的 IANA 时区，默认店铺的时区；由本次导入新建的店铺也采用它，默认 Etc/UTC。"}},
          {Takes::text, "shop_locale", "en|zh", "", {"Usual language that a shop without goods and orders takes; by default the mapping's, or zh for a new one.", "尚无商品与订单的店铺将采用的默认语言；默认使用映射的语言，新店铺为 zh。"}},
          {Takes::text, "date_order", "NAME", "", {"month_first or day_first, for dates such as 12/1/2010.", "12/1/2010 这类日期的写法：month_first 或 day_first。"}},
          {Takes::text, "decimal", "NAME", "", {"Decimal sign of amounts: point or comma.", "金额的小数点符号：point 或 comma。"}},
          {Takes::text, "encoding", "NAME", "", {"utf-8 or gb18030; guessed if absent.", "utf-8 或 gb18030；缺省时自动识别。"}},
          {Takes::text, "report", "FILE", "", {"Where refused lines go, with their number and reason.", "被拒绝的行及原因写入此文件。"}},
          {Takes::nothing, "keep_good", "", "", {"Takes the good lines of a file that has bad ones; otherwise such a file changes nothing.", "文件含错误行时仍导入正确的行；默认整份文件不导入。"}}}},
        {"export", {"Writes the shop's data as files.", "将店铺数据导出为文件。"}, "FOLDER", 1, 1,
         {{Takes::text, "what", "LIST", "products,customers,orders", {"What to write, separated by commas.", "导出内容，逗号分隔。"}},
          {Takes::text, "format", "csv|jsonl|parquet", "csv", {"File format; parquet needs DuckDB's library.", "文件格式；parquet 需要 DuckDB 库。"}}}},
        {"forecast-series", {"Forecasts series line by line from standard input, without a shop: rows id,period,frequency,horizon,values… or JSON objects.", "逐行预测标准输入中的序列，无需店铺：每行 id,period,frequency,horizon,values… 或一个 JSON 对象。"}, "", 0, 0,
         {{Takes::number, "horizon", "STEPS", "28", {"Steps ahead where a line names none, 1 to 10,000.", "行内未指定时的预测步数，1 至 10,000。"}},
          {Takes::text, "frequency", "NAME", "", {"yearly, quarterly, monthly, weekly, daily or hourly, where a line names none.", "行内未指定时的频率：yearly、quarterly、monthly、weekly、daily 或 hourly。"}},
          {Takes::text, "levels", "LIST", "0.1,0.5,0.9", {"Quantiles, separated by commas, or none.", "分位数，逗号分隔；none 表示不需要。"}},
          {Takes::text, "methods", "LIST", "", {"Methods to average, such as ets,theta; by default those that suit the series.", "取平均的方法，如 ets,theta；默认按序列选择。"}},
          {Takes::nothing, "temporal", "", "", {"Forecasts sums over time too (pairs, quarters, years ...) and makes all of them add up.", "同时预测按时间汇总的序列（如季度、全年），并使各层相加一致。"}},
          {Takes::nothing, "negative", "", "", {"Values may be negative; without it they are demand, and what is below zero is a return, taken as 0.", "数值可为负；默认视为需求，负值按退货计为 0。"}},
          {Takes::number, "threads", "N", "1", {"Threads.", "线程数。"}},
          {Takes::nothing, "keep_good", "", "", {"Goes on after a refused line, which answers with its reason.", "遇到被拒绝的行时继续，并在该行给出原因。"}}}},
        {"demo", {"Makes the demo shop: a shop that never existed, from a seed.", "由种子生成演示店铺。"}, "", 0, 0,
         {{Takes::number, "seed", "N", "1", {"The same seed makes the same shop.", "相同种子生成相同店铺。"}},
          {Takes::number, "products", "N", "2000", {"Products.", "商品数。"}},
          {Takes::number, "customers", "N", "20000", {"Customers.", "顾客数。"}},
          {Takes::number, "months", "N", "24", {"Months of history.", "历史月数。"}},
          {Takes::number, "log_days", "N", "63", {"Last days whose visits are in the event log, whole.", "事件日志完整覆盖的最近天数。"}}}},
        {"backup", {"Writes everything of the shop into one file, while it is served.", "在线备份店铺全部数据到一个文件。"}, "FILE", 1, 1, {}},
        {"restore", {"Brings a backup back into an empty data folder.", "将备份恢复到空的数据文件夹。"}, "FILE", 1, 1, {{Takes::nothing, "replace", "", "", {"Replaces what is in the data folder.", "覆盖数据文件夹中的现有内容。"}}}},
        {"doctor", {"Checks the installation, the store and its indexes, and says what to do.", "检查安装、存储与索引，并给出处理建议。"}, "", 0, 0, {{Takes::nothing, "repair", "", "", {"Rebuilds what can be rebuilt: facts and indexes.", "重建可重建的内容：事实表与索引。"}}}},
        {"generate", {"Writes what is generated from the operations into a repository: OpenAPI, TypeScript, reference pages.", "将由操作生成的文件写入代码库：OpenAPI、TypeScript 与参考文档。"}, "FOLDER", 0, 1, {{Takes::nothing, "check", "", "", {"Writes nothing and fails when a file is stale.", "只检查，有过期文件时失败。"}}, {Takes::nothing, "list", "", "", {"Only lists the operations' names as JSON.", "仅以 JSON 列出操作名。"}}}},
        {"version", {"Shows the version and what was built in.", "显示版本与构建信息。"}, "", 0, 0, {}},
    };
}

std::unexpected<Error> refuse(std::string reason, std::string message) { return fail(Errc::invalid_argument, std::move(reason), std::move(message)); }

bool is_number(std::string_view text) {
    std::int64_t n;
    auto const end = std::from_chars(text.data(), text.data() + text.size(), n);
    return end.ec == std::errc() && end.ptr == text.data() + text.size() && n >= 0;
}

}  // namespace

std::string_view CommandCall::text(std::string_view flag) const {
    auto const i = values.find(flag);
    return i == values.end() ? std::string_view() : i->second;
}

std::int64_t CommandCall::number(std::string_view flag) const {
    std::int64_t n = 0;
    auto const t = text(flag);
    std::from_chars(t.data(), t.data() + t.size(), n);
    return n;
}

std::vector<Command> built_in_commands(CommandRuns const& runs) {
    std::vector<Command> out;
    for (auto& command : table())
        if (auto const i = runs.find(command.name); i != runs.end()) out.push_back(std::move(command)), out.back().run = i->second;
    return out;
}

Result<CommandCall> read_command(Command const& command, std::span<std::string const> words, GlobalOptions const& global) {
    CommandCall call{global};
    bool only_words = false;
    for (std::size_t at = 0; at < words.size();) {
        std::string_view const word = words[at];
        if (word == "--" && !only_words) { only_words = true, ++at; continue; }
        if (only_words || !word.starts_with("-") || word == "-") {
            call.words.emplace_back(word), ++at;
            continue;
        }
        auto const equals = word.find('=');
        std::string name(word.substr(0, equals));
        name.erase(0, name.find_first_not_of('-'));
        std::ranges::replace(name, '-', '_');
        auto const f = std::ranges::find(command.flags, name, &CommandFlag::name);
        if (f == command.flags.end() || !word.starts_with("--")) {
            if (TRY(take_global(words, at, call.global))) continue;
            std::vector<std::string_view> known;
            for (auto const& flag : command.flags) known.push_back(flag.name);
            for (auto const& flag : global_flags()) known.push_back(flag.name);
            auto const near = nearest(name, known);
            return refuse("unknown_flag", "There is no flag " + printable(word.substr(0, equals)) + (near.empty() ? "; see kindling help " + std::string(command.name) + "." : "; did you mean --" + near + "?"));
        }
        ++at;
        if (f->takes == Takes::nothing) {
            if (equals != word.npos) return refuse("unexpected_value", "The flag --" + name + " takes no value.");
            call.values[name] = "true";
            continue;
        }
        if (equals == word.npos && at >= words.size()) return refuse("missing_value", "The flag --" + name + " needs a value.");
        auto value = equals == word.npos ? words[at++] : std::string(word.substr(equals + 1));
        if (f->takes == Takes::number && !is_number(value)) return refuse("not_a_number", "The flag --" + name + " needs a whole number, not " + printable(value) + ".");
        call.values[name] = std::move(value);
    }
    for (auto const& f : command.flags)
        if (!f.fallback.empty() && !call.has(f.name)) call.values[std::string(f.name)] = std::string(f.fallback);
    if (call.global.help) return call;  // help needs no words
    if (call.words.size() < command.least_words) return refuse("missing_word", "The command " + std::string(command.name) + " needs " + std::string(command.words) + ".");
    if (call.words.size() > command.most_words) return refuse("unexpected_word", "The word " + printable(call.words[command.most_words]) + " is one too many; see kindling help " + std::string(command.name) + ".");
    return call;
}

}  // namespace kindling::gateway
