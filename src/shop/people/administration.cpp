// audit.list and settings.*: what was done, and how the shop is set. A setting is declared once, here, with its meaning and default.
#include "core/hex.h"
#include "core/money.h"
#include "shop/catalogue/occasion_rows.h"
#include "shop/catalogue/size_chart.h"
#include "shop/page.h"
#include "shop/people/people.h"
#include "shop/people/time_zones.h"
#include "shop/vault/vault.h"
#include <charconv>
#include <fmt/format.h>
#include <sstream>

namespace kindling::shop {

namespace {

struct Declared {
    std::string_view name, fallback;
    Text meaning;
    enum class Kind { text, whole_number, secret, origins, size_charts, occasions, folder } kind = Kind::text;
};

constexpr Declared declared[] = {
    {"shipping_fee_minor", "0", {"Shipping fee of an order, minor units.", "每单运费，最小货币单位。"}, Declared::Kind::whole_number},
    {"free_shipping_from_minor", "0", {"Orders from this amount ship free; 0: never.", "满此金额免运费；0 为不免。"}, Declared::Kind::whole_number},
    {"test_payment", "0", {"1: anyone may pay with the test payment, which charges nothing; for demos only.", "1：允许使用不实际扣款的测试支付；仅供演示。"}, Declared::Kind::whole_number},
    {"anonymous_agent_calls_per_minute", "1200", {"Most calls a minute from one address by agents at /mcp that do not say who they are; 0 keeps them out.", "未表明身份的代理经 /mcp 每分钟每个地址的调用上限；0 为不接待。"}, Declared::Kind::whole_number},
    {"embed_origins", "", {"Other sites that may show the guide (the /embed script), such as https://www.example.com; several with blanks between, empty: none.", "可嵌入导购（/embed 脚本）的其他网站，如 https://www.example.com；多个以空格分隔，留空则不允许。"}, Declared::Kind::origins},
    {"language_model_url", "", {"Address of an OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1; empty: the built-in guide alone.", "OpenAI 兼容接口地址，如 http://127.0.0.1:11434/v1；留空则仅用内置导购。"}},
    {"language_model_name", "", {"Model to ask for there.", "使用的模型名称。"}},
    {"language_model_key", "", {"Key for that endpoint; stored sealed, never shown again.", "该接口的密钥；加密存储，不再显示。"}, Declared::Kind::secret},
    {"language_model_budget_minor_per_day", "0", {"What the model may cost a day, minor units; 0: no limit.", "模型每日费用上限，最小货币单位；0 为不限。"}, Declared::Kind::whole_number},
    {"language_model_prompt_price_minor_per_million", "", {"Price of a million tokens sent, minor units; empty: counted at 10000 against the budget.", "每百万输入词元的价格，最小货币单位；留空按 10000 计入预算。"}, Declared::Kind::whole_number},
    {"language_model_answer_price_minor_per_million", "", {"Price of a million tokens answered, minor units; empty: counted at 10000 against the budget.", "每百万输出词元的价格，最小货币单位；留空按 10000 计入预算。"}, Declared::Kind::whole_number},
    {"embedding_model_url", "", {"Address of an OpenAI-compatible endpoint for embeddings, such as http://127.0.0.1:11434/v1: search then also knows what texts mean; empty: the shop's own vectors alone.", "OpenAI 兼容的向量（embeddings）接口地址，如 http://127.0.0.1:11434/v1，搜索将借此理解文字含义；留空则仅用店铺自有向量。"}},
    {"embedding_model_folder", "", {"Name of a folder in <data folder>/encoders with an encoder of your own (model.onnx and vocab.txt): it is run here, and goes before an address; empty: none.", "<数据文件夹>/encoders 下自有编码器的文件夹名（含 model.onnx 与 vocab.txt）：在本机运行，优先于接口地址；留空则不使用。"}, Declared::Kind::folder},
    {"embedding_model_name", "", {"Embedding model to ask for there; another one has to be learned with anew.", "使用的向量模型名称；更换后需重新训练。"}},
    {"embedding_model_key", "", {"Key for that endpoint; stored sealed, never shown again.", "该接口的密钥；加密存储，不再显示。"}, Declared::Kind::secret},
    {"embedding_model_query_prefix", "", {"What the model wants before a search, such as \"query: \" (E5); mostly nothing.", "模型要求加在搜索词前的文字，如 E5 的 “query: ”；多数模型无需填写。"}},
    {"embedding_model_text_prefix", "", {"What the model wants before a product's text, such as \"passage: \" (E5); mostly nothing.", "模型要求加在商品文字前的文字，如 E5 的 “passage: ”；多数模型无需填写。"}},
    {"embedding_model_wait_ms", "60", {"Longest that a search waits for the vector of its words, milliseconds, at most 1000; what comes later serves the next who asks the same.", "搜索等待向量的最长时间，毫秒，最多 1000；更晚到达的结果留给下一次相同的搜索。"}, Declared::Kind::whole_number},
    {"embedding_model_budget_minor_per_day", "0", {"What the embeddings may cost a day, minor units; 0: no limit.", "向量接口每日费用上限，最小货币单位；0 为不限。"}, Declared::Kind::whole_number},
    {"embedding_model_price_minor_per_million", "", {"Price of a million tokens embedded, minor units; empty: counted at 10000 against the budget.", "每百万词元的价格，最小货币单位；留空按 10000 计入预算。"}, Declared::Kind::whole_number},
    {"search_learning_hour", "24", {"Hour of the shop's day, 0 to 23, at which the order of search results is learned anew every night, and new texts are sent to the embedding model; 24: only when asked for.", "每晚重新训练搜索排序、并将新增文字送往向量模型的钟点（店铺时区，0 至 23）；24 为仅手动进行。"}, Declared::Kind::whole_number},
    {"speech_to_text_url", "", {"Address of an OpenAI-compatible endpoint that turns speech into text (audio/transcriptions), such as http://127.0.0.1:8000/v1; empty: shoppers speak only where their browser can listen by itself.", "语音转文字的 OpenAI 兼容接口地址（audio/transcriptions），如 http://127.0.0.1:8000/v1；留空则仅在浏览器自带语音识别时可说话。"}},
    {"speech_to_text_name", "", {"Model to ask for there, such as whisper-1.", "该接口的模型名称，如 whisper-1。"}},
    {"speech_to_text_key", "", {"Key for that endpoint; stored sealed, never shown again.", "该接口的密钥；加密存储，不再显示。"}, Declared::Kind::secret},
    {"speech_to_text_price_minor_per_hour", "", {"Price of an hour listened to, minor units; empty: counted at 200 against the budget.", "每小时语音的价格，最小货币单位；留空按 200 计入预算。"}, Declared::Kind::whole_number},
    {"text_to_speech_url", "", {"Address of an OpenAI-compatible endpoint that reads texts aloud (audio/speech); empty: the browser's own voices, or espeak-ng where it is installed.", "朗读文字的 OpenAI 兼容接口地址（audio/speech）；留空则用浏览器自带声音，或本机安装的 espeak-ng。"}},
    {"text_to_speech_name", "", {"Model to ask for there, such as tts-1.", "该接口的模型名称，如 tts-1。"}},
    {"text_to_speech_key", "", {"Key for that endpoint; stored sealed, never shown again.", "该接口的密钥；加密存储，不再显示。"}, Declared::Kind::secret},
    {"text_to_speech_voice_en", "", {"Voice for English there; empty: alloy.", "英文朗读的声音名称；留空为 alloy。"}},
    {"text_to_speech_voice_zh", "", {"Voice for Chinese there; empty: alloy.", "中文朗读的声音名称；留空为 alloy。"}},
    {"text_to_speech_price_minor_per_million_characters", "", {"Price of a million characters read aloud, minor units; empty: counted at 10000 against the budget.", "每百万字符朗读的价格，最小货币单位；留空按 10000 计入预算。"}, Declared::Kind::whole_number},
    {"speech_budget_minor_per_day", "0", {"What listening and reading aloud may cost a day, minor units; 0: no limit.", "语音识别与朗读的每日费用上限，最小货币单位；0 为不限。"}, Declared::Kind::whole_number},
    {"picture_model_url", "", {"Address of an OpenAI-compatible endpoint for embeddings of pictures, such as https://api.jina.ai/v1: photos are then found by it too, where it is better on this shop's pictures. The catalogue's pictures and shoppers' photos are sent there; empty: the own descriptors alone, nothing is sent.", "图像向量（embeddings）接口地址，OpenAI 兼容，如 https://api.jina.ai/v1：在本店图片上更准时，以图搜图将采用它；商品图片与顾客照片会发送到该接口。留空则只用自带描述，不发送任何图片。"}},
    {"picture_model_name", "", {"Model to ask for there, such as jina-clip-v2; another one describes all pictures anew.", "使用的图像模型名称，如 jina-clip-v2；更换后会重新描述全部图片。"}},
    {"picture_model_key", "", {"Key for that endpoint; stored sealed, never shown again.", "该接口的密钥；加密存储，不再显示。"}, Declared::Kind::secret},
    {"picture_model_wait_ms", "4000", {"Longest that a shopper's photo waits for the model, milliseconds, at most 10000; then the own descriptors answer. 0: shoppers' photos are never sent.", "顾客照片等待模型的最长时间，毫秒，最多 10000；超时由自带描述应答。0 为不发送顾客照片。"}, Declared::Kind::whole_number},
    {"picture_model_budget_minor_per_day", "0", {"What the picture model may cost a day, minor units; 0: no limit.", "图像模型每日费用上限，最小货币单位；0 为不限。"}, Declared::Kind::whole_number},
    {"picture_model_price_minor_per_million", "", {"Price of a million tokens there, minor units; empty: counted at 10000 against the budget, a picture as 4000 tokens until the server counts.", "每百万词元的价格，最小货币单位；留空按 10000 计入预算，服务端未计数时一张图片按 4000 词元计。"}, Declared::Kind::whole_number},
    {"assortment_hour", "3", {"Hour of the shop's day, 0 to 23, at which it is learned every night how goods answer to their prices and what to sell is planned, and told what moved on the market, before the forecast of that hour; 24: never.", "每晚学习商品对价格的反应、规划选品并提示市场变动的钟点（店铺时区，0 至 23），在该钟点的预测之前；24 为不自动执行。"}, Declared::Kind::whole_number},
    {"market_undercut_percent", "10", {"How much less than the own price another shop must ask for the same product to be told of, in percent; 100: never.", "其他店铺对同一商品的售价低于自有价格百分之多少才提示；100 为不提示。"}, Declared::Kind::whole_number},
    {"market_moves_per_week", "10", {"How many moves of the market may be told in a week; 0: none.", "一周内最多提示几条市场变动；0 为不提示。"}, Declared::Kind::whole_number},
    {"forecast_hour", "3", {"Hour of the shop's day, 0 to 23, at which demand is forecast every night; 24: never.", "每晚预测需求的钟点（店铺时区，0 至 23）；24 为不自动预测。"}, Declared::Kind::whole_number},
    {"supply_hour", "3", {"Hour of the shop's day, 0 to 23, at which stock is planned and transfers between places are proposed every night, after the forecast of that hour; 24: never.", "每晚制定库存方案并提出地点间调拨的钟点（店铺时区，0 至 23），在该钟点的预测之后；24 为不自动制定。"}, Declared::Kind::whole_number},
    {"guide_offers_per_talk", "1", {"How many promotions the guide may mention in a talk without being asked; 0: none.", "导购在一次对话中可主动提示的优惠次数；0 为不主动提示。"}, Declared::Kind::whole_number},
    {"guide_nudges_per_day", "2", {"How often the guide may say something unasked to one visitor in a day, on a page or in a talk; at most one in half an hour; 0: never.", "导购每天可对同一访客主动提示的次数（页面与对话合计），半小时内至多一次；0 为从不。"}, Declared::Kind::whole_number},
    {"guide_nudge_rest_days", "7", {"For how many days, at most 30, the guide says nothing unasked to who waved it away.", "顾客关闭提示后，导购多少天内不再主动提示，最多 30 天。"}, Declared::Kind::whole_number},
    {"guide_nudge_watches", "1", {"1: tell a signed-in shopper on return that a price or stock they wait for has come; 0: only in the talk.", "1：已登录顾客再次来访时提示其关注的降价或到货；0：仅在对话中告知。"}, Declared::Kind::whole_number},
    {"guide_nudge_delivery", "1", {"1: tell a signed-in shopper that an order of theirs is past the day it was promised for; of orders that carry a promised day, as recorded and imported ones may. 0: not.", "1：提示已登录顾客其订单已超过承诺送达日；仅限带有承诺送达日的订单（登记或导入时可附带）。0：不提示。"}, Declared::Kind::whole_number},
    {"guide_nudge_thresholds", "1", {"1: say on a page that the basket is near a promotion's threshold; 0: not.", "1：在页面上提示购物车接近优惠门槛；0：不提示。"}, Declared::Kind::whole_number},
    {"size_charts", "", {"Size tables, one size a line: category, size, colon, measures in cm or kg, such as \"dresses M: height 160-165, weight 50-56, chest 84-88\"; the guide then tells a size from a body's measures.", "尺码表，每行一个尺码：类目标识、尺码、冒号、以 cm 或 kg 计的范围，如“dresses M: 身高 160-165, 体重 50-56, 胸围 84-88”；导购据此按身材推荐尺码。"}, Declared::Kind::size_charts},
    {"guide_occasions", "", {"Occasions and pastimes beside the built-in ones, one a line: the words, colon, kinds of goods that go with it; qualities, such as \"mid-autumn, 中秋: mugs, 茶具; gift boxed\"; \"; worn\" at the end when it is asked what to wear for it.", "内置之外的场合与爱好，每行一个：说法、冒号、适合的商品类别、分号、合适的特点，如“中秋, mid-autumn: 茶具, mugs; 礼盒装”；会问穿什么的场合在末尾加“; worn”。"}, Declared::Kind::occasions},
    {"retention_days_events", "730", {"Days after which visitors' events lose their session.", "访客事件保留会话标识的天数。"}, Declared::Kind::whole_number},
    {"policy_shipping_en", "", {"Shipping policy in English, quoted by the guide.", "英文配送政策，供导购引用。"}}, {"policy_shipping_zh", "", {"Shipping policy in Chinese.", "中文配送政策。"}},
    {"policy_returns_en", "", {"Return policy in English.", "英文退换政策。"}}, {"policy_returns_zh", "", {"Return policy in Chinese.", "中文退换政策。"}},
    {"policy_payment_en", "", {"Payment, in English.", "英文付款说明。"}}, {"policy_payment_zh", "", {"Payment, in Chinese.", "中文付款说明。"}},
    {"policy_account_en", "", {"Account and privacy, in English.", "英文账户与隐私说明。"}}, {"policy_account_zh", "", {"Account and privacy, in Chinese.", "中文账户与隐私说明。"}},
    {"policy_advice_en", "", {"Advice on sizes and goods, in English.", "英文选购建议。"}}, {"policy_advice_zh", "", {"Advice on sizes and goods, in Chinese.", "中文选购建议。"}},
    {"policy_warranty_en", "", {"Warranty in English.", "英文保修说明。"}}, {"policy_warranty_zh", "", {"Warranty in Chinese.", "中文保修说明。"}},
    {"policy_invoice_en", "", {"Invoices, in English.", "英文发票说明。"}}, {"policy_invoice_zh", "", {"Invoices, in Chinese.", "中文发票说明。"}},
};

struct Setting {
    std::string name, value, meaning_en, meaning_zh;
    bool secret = false;
    static constexpr Field fields[] = {field("name", "Setting.", "设置项。"), field("value", "Value; of a secret only whether it is set.", "取值；密文仅显示是否已设置。"), field("meaning_en", "What it does.", "英文说明。"), field("meaning_zh", "What it does, in Chinese.", "中文说明。"), field("secret", "Never shown.", "不可查看。")};
};
BOOST_DESCRIBE_STRUCT(Setting, (), (name, value, meaning_en, meaning_zh, secret))

struct Settings {
    std::string name, name_zh, currency, locale, time_zone;
    std::vector<Setting> settings;
    static constexpr Field fields[] = {field("name", "Name of the shop.", "店铺名称。"), field("name_zh", "Name in Chinese.", "店铺中文名。"), field("currency", "ISO 4217 code; fixed once there are prices.", "货币代码；有价格后不可更改。"), field("locale", "Usual language.", "默认语言。"), field("time_zone", "IANA time zone.", "时区。"), field("settings", "All settings.", "全部设置项。")};
};
BOOST_DESCRIBE_STRUCT(Settings, (), (name, name_zh, currency, locale, time_zone, settings))

struct Change1 {
    std::string name, value;
    static constexpr Field fields[] = {field("name", "Setting.", "设置项。").longest(64), field("value", "New value; empty: back to the default.", "新值；留空恢复默认。").longest(20000).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(Change1, (), (name, value))

struct UpdateSettings {
    std::vector<Change1> changes;
    std::optional<std::string> shop_name, shop_name_zh, locale, time_zone;
    static constexpr Field fields[] = {field("changes", "Settings to change; all or none.", "要修改的设置；全部成功或全部不变。").defaulted().longest(100), field("shop_name", "New name of the shop.", "新的店铺名称。").longest(200), field("shop_name_zh", "New Chinese name.", "新的中文店名。").longest(200), field("locale", "Usual language: en or zh.", "默认语言：en 或 zh。").longest(8), field("time_zone", "IANA time zone of the shop's days; instants that are kept stay as they are.", "店铺日期所用的 IANA 时区；已记录的时刻不变。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(UpdateSettings, (), (changes, shop_name, shop_name_zh, locale, time_zone))

struct AuditEntry {
    std::int64_t seq = 0, at_ms = 0;
    std::string caller, operation, effect, outcome, summary, request_id;
    static constexpr Field fields[] = {field("seq", "Number, growing.", "序号。"), field("at_ms", "When.", "时间。"), field("caller", "Who.", "操作人。"), field("operation", "What.", "操作。"), field("effect", "propose or act.", "propose 或 act。"), field("outcome", "ok.", "结果。"), field("summary", "The request in short, without secrets.", "请求摘要，不含密文。"), field("request_id", "Request.", "请求编号。")};
};
BOOST_DESCRIBE_STRUCT(AuditEntry, (), (seq, at_ms, caller, operation, effect, outcome, summary, request_id))

struct ListAudit {
    std::string operation;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("operation", "Only this operation.", "仅此操作。").defaulted().longest(100), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListAudit, (), (operation, page_size, page_token))

struct AuditPage {
    std::vector<AuditEntry> entries;
    std::string next_page_token;
    static constexpr Field fields[] = {field("entries", "Newest first.", "最新在前。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(AuditPage, (), (entries, next_page_token))

// A secret stands in the store sealed for this shop and this name, so that a copy of the database does not tell it. Hex, for the column is text.
std::string purpose_of(std::string_view name) { return "setting:" + std::string(name); }

// "https://www.example.com http://localhost:3000": scheme, host and port, nothing after them. The first that is not one; empty: all are.
std::string wrong_origin(std::string_view text) {
    std::istringstream words{std::string(text)};
    for (std::string word; words >> word;) {
        auto const scheme = std::string_view(word).starts_with("https://") ? 8u : std::string_view(word).starts_with("http://") ? 7u : 0u;
        auto const host = std::string_view(word).substr(scheme);
        if (!scheme || host.empty() || !std::ranges::all_of(host, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' || c == ']'; })) return word;
    }
    return {};
}

// A name and no path, so that an owner names what the machine's administrator put there and nothing else. What is wrong; empty: nothing.
std::string wrong_folder(std::filesystem::path const& parent, std::string const& name) {
    if (name.empty()) return {};
    std::error_code none;
    if (name.starts_with('.') || name.find_first_of("/\\") != std::string::npos || name.find('\0') != std::string::npos) return fmt::format("must be the name of a folder in {}, no path", parent.string());
    return std::filesystem::is_directory(parent / name, none) ? std::string() : fmt::format("there is no folder {} in {}", name, parent.string());
}

Result<std::optional<std::string>> stored_value(Transaction& tx, std::string_view name) {
    std::optional<std::string> out;
    Value const values[] = {tx.shop_id(), name};
    TRY(tx.run("SELECT value FROM settings WHERE shop_id = ? AND name = ?", values, [&](Row const& row) -> Result<void> { out = row.text(0); return {}; }));
    return out;
}

Result<AuditPage> list_audit(Context& context, ListAudit const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("audit", in.page_token, 1));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (!in.operation.empty()) where += " AND operation = ?", values.emplace_back(in.operation);
    if (!keys.empty()) where += " AND seq < ?", values.emplace_back(static_cast<std::int64_t>(std::atoll(keys[0].c_str())));
    values.emplace_back(in.page_size + 1);
    AuditPage page{TRY(tx.select_with<AuditEntry>("SELECT seq, at_ms, caller, operation, effect, outcome, summary, request_id FROM audit WHERE " + where + " ORDER BY seq DESC LIMIT ?", values)), {}};
    if (page.entries.size() > static_cast<std::size_t>(in.page_size)) {
        page.entries.pop_back();
        std::string const last[] = {std::to_string(page.entries.back().seq)};
        page.next_page_token = page_token("audit", last);
    }
    return page;
}

Result<Settings> get_settings(Context& context, Nothing const&) {
    auto& tx = context.tx();
    Settings s;
    Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT name, name_zh, currency, locale, time_zone FROM shops WHERE shop_id = ?", values, [&](Row const& row) -> Result<void> {
        s.name = row.text(0), s.name_zh = row.text(1), s.currency = row.text(2), s.locale = row.text(3), s.time_zone = row.text(4);
        return {};
    }));
    std::map<std::string, std::string, std::less<>> stored;
    TRY(tx.run("SELECT name, value FROM settings WHERE shop_id = ?", values, [&](Row const& row) -> Result<void> { stored.emplace(row.text(0), row.text(1)); return {}; }));
    for (auto const& d : declared) {
        auto const i = stored.find(d.name);
        bool const secret = d.kind == Declared::Kind::secret;
        s.settings.push_back({std::string(d.name), secret ? (i == stored.end() ? "" : "set") : i == stored.end() ? std::string(d.fallback) : i->second, std::string(d.meaning.en), std::string(d.meaning.zh), secret});
    }
    return s;
}

Result<Settings> update_settings(Context& context, UpdateSettings const& in) {
    auto& tx = context.tx();
    for (std::size_t i = 0; i < in.changes.size(); ++i) {
        auto const& c = in.changes[i];
        auto const d = std::ranges::find(declared, std::string_view(c.name), &Declared::name);
        auto const at = fmt::format("/changes/{}", i);
        if (d == std::end(declared)) return fail(Errc::invalid_argument, "invalid_request", "There is no such setting.", {{at + "/name", "unknown_value", "is not a setting; settings.get lists them"}});
        if (d->kind == Declared::Kind::whole_number && !c.value.empty() && !std::ranges::all_of(c.value, [](char x) { return x >= '0' && x <= '9'; }))
            return fail(Errc::invalid_argument, "invalid_request", "A setting has a wrong value.", {{at + "/value", "wrong_type", "expected a whole number"}});
        if (d->kind == Declared::Kind::whole_number && c.value.size() > 15) return fail(Errc::invalid_argument, "invalid_request", "A setting has a wrong value.", {{at + "/value", "out_of_range", "must have at most 15 digits"}});
        if (auto const wrong = d->kind == Declared::Kind::origins ? wrong_origin(c.value) : std::string(); !wrong.empty())
            return fail(Errc::invalid_argument, "invalid_request", "A setting has a wrong value.", {{at + "/value", "wrong_format", fmt::format("{} is not the address of a site in lower case without a path, such as https://www.example.com", wrong)}});
        if (d->kind == Declared::Kind::size_charts)
            if (auto const table = parse_size_charts(c.value); !table) return fail(Errc::invalid_argument, "invalid_request", "A setting has a wrong value.", {{at + "/value", "wrong_format", table.error().message}});
        if (d->kind == Declared::Kind::occasions)
            if (auto const rows = parse_occasions(c.value); !rows) return fail(Errc::invalid_argument, "invalid_request", "A setting has a wrong value.", {{at + "/value", "wrong_format", rows.error().message}});
        if (d->kind == Declared::Kind::folder)
            if (auto const wrong = wrong_folder(context.services.folder / "encoders", c.value); !wrong.empty()) return fail(Errc::invalid_argument, "invalid_request", "A setting has a wrong value.", {{at + "/value", "wrong_format", wrong}});
        auto const kept = d->kind == Declared::Kind::secret && !c.value.empty() ? to_hex(context.services.vault->seal(tx.shop_id(), purpose_of(c.name), c.value)) : c.value;
        if (c.value.empty()) TRY(tx.execute("DELETE FROM settings WHERE shop_id = ? AND name = ?", tx.shop_id(), c.name));
        else TRY(tx.execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (?,?,?,?) ON CONFLICT (shop_id, name) DO UPDATE SET value = excluded.value, updated_at_ms = excluded.updated_at_ms", tx.shop_id(), c.name, kept, context.now));
    }
    if (in.locale && *in.locale != "en" && *in.locale != "zh") return fail(Errc::invalid_argument, "invalid_request", "The language is not one of the shop's.", {{"/locale", "unknown_value", "expected en or zh"}});
    if (in.shop_name && in.shop_name->empty()) return fail(Errc::invalid_argument, "invalid_request", "A shop needs a name.", {{"/shop_name", "required", "must not be empty"}});
    if (in.time_zone && !is_time_zone(*in.time_zone)) return fail(Errc::invalid_argument, "invalid_request", "The time zone is not known.", {{"/time_zone", "unknown_value", "expected an IANA name such as Asia/Shanghai or Etc/UTC"}});
    if (in.shop_name) TRY(tx.execute("UPDATE shops SET name = ? WHERE shop_id = ?", *in.shop_name, tx.shop_id()));
    if (in.shop_name_zh) TRY(tx.execute("UPDATE shops SET name_zh = ? WHERE shop_id = ?", *in.shop_name_zh, tx.shop_id()));
    if (in.locale) TRY(tx.execute("UPDATE shops SET locale = ? WHERE shop_id = ?", *in.locale, tx.shop_id()));
    if (in.time_zone) TRY(tx.execute("UPDATE shops SET time_zone = ? WHERE shop_id = ?", *in.time_zone, tx.shop_id()));
    for (auto const& c : in.changes) tx.changed("setting", c.name);
    if (in.shop_name || in.shop_name_zh || in.locale || in.time_zone) tx.changed("setting");
    return get_settings(context, {});
}

}  // namespace

Result<std::string> read_setting(Transaction& tx, std::string_view name) {
    auto const d = std::ranges::find(declared, name, &Declared::name);
    if (d != std::end(declared) && d->kind == Declared::Kind::secret) return fail(Errc::internal, "secret_setting", fmt::format("{} is sealed; read_secret_setting opens it.", name));
    return TRY(stored_value(tx, name)).value_or(std::string(d == std::end(declared) ? "" : d->fallback));
}

Result<std::int64_t> read_number_setting(Transaction& tx, std::string_view name, std::int64_t otherwise) {
    auto const text = TRY(read_setting(tx, name));
    std::int64_t n = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
    return failed == std::errc() && end == text.data() + text.size() && n >= 0 ? n : otherwise;
}

Result<std::string> read_secret_setting(Services const& services, Transaction& tx, std::string_view name) {
    auto const stored = TRY(stored_value(tx, name));
    if (!stored) return std::string();
    auto const sealed = from_hex(*stored);
    if (!sealed) return fail(Errc::failed_precondition, "cannot_open_sealed", fmt::format("{} is not a sealed value; set it again.", name));
    return services.vault->open(tx.shop_id(), purpose_of(name), *sealed);
}

std::vector<Operation> administration_operations() {
    return {
        operation({.name = "audit.list", .scenario = "0", .summary = {"What staff and keys did, newest first.", "员工与密钥的操作记录，最新在前。"}, .permission = "audit.read"}, &list_audit),
        operation({.name = "settings.get", .scenario = "0", .summary = {"How the shop is set.", "店铺设置。"}, .permission = "settings.read"}, &get_settings),
        operation({.name = "settings.update", .scenario = "0", .summary = {"Change settings of the shop.", "修改店铺设置。"}, .effect = Effect::act, .permission = "settings.write"}, &update_settings),
    };
}

}  // namespace kindling::shop
