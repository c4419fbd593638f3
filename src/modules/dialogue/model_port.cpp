#include "modules/dialogue/model_port.h"
#include "core/json_text.h"
#include "core/time.h"
#include "core/utf8.h"
#include "providers/language/answer_cache.h"
#include "providers/language/budget.h"
#include "providers/language/data_for_model.h"
#include "providers/language/openai_compatible.h"
#include "providers/language/redaction.h"
#include "shop/people/people.h"
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>

namespace kindling::dialogue {

namespace {

using providers::as_data;

// Until the owner sets prices, a budget counts tokens at a price that no common model exceeds.
constexpr std::int64_t assumed_price_minor_per_million = 10'000;

struct ModelSettings {
    std::string url, name, key;
    std::int64_t budget_minor = 0;
    providers::Prices prices;
    bool operator==(ModelSettings const& o) const { return url == o.url && name == o.name && key == o.key && budget_minor == o.budget_minor && prices.prompt_minor_per_million == o.prices.prompt_minor_per_million && prices.answer_minor_per_million == o.prices.answer_minor_per_million; }
};

std::int64_t number_or(std::string_view text, std::int64_t otherwise) {
    std::int64_t n = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
    return failed == std::errc() && end == text.data() + text.size() && n >= 0 ? n : otherwise;
}

Result<ModelSettings> read_settings(shop::Services& services, std::int64_t shop_id) {
    auto const tx = TRY(services.store->read(shop_id));
    ModelSettings s{.url = TRY(shop::read_setting(*tx, "language_model_url")), .name = TRY(shop::read_setting(*tx, "language_model_name"))};
    if (s.url.empty() || s.name.empty()) return s;
    s.key = TRY(shop::read_secret_setting(services, *tx, "language_model_key"));
    s.budget_minor = number_or(TRY(shop::read_setting(*tx, "language_model_budget_minor_per_day")), 0);
    auto const assumed = s.budget_minor > 0 ? assumed_price_minor_per_million : 0;
    s.prices.prompt_minor_per_million = number_or(TRY(shop::read_setting(*tx, "language_model_prompt_price_minor_per_million")), assumed);
    s.prices.answer_minor_per_million = number_or(TRY(shop::read_setting(*tx, "language_model_answer_price_minor_per_million")), assumed);
    return s;
}

// Personal data is hidden first, so that neither cache nor endpoint ever holds it.
struct Stack {
    Stack(ModelSettings s, providers::Budget& budget, ModelPortOptions const& options)
        : settings(std::move(s)),
          endpoint({.endpoint = {.url = settings.url, .key = settings.key, .reach = providers::Reach::anywhere, .first_token_timeout = options.deadline * 3 / 4, .between_tokens_timeout = options.deadline / 2, .attempts = 2}, .model = settings.name, .prices = settings.prices}),
          within_budget(endpoint, budget, {.limits = {.cost_minor_per_day = settings.budget_minor}, .prices = settings.prices, .today = [] { return day_of(now_ms()); }}), cached(within_budget, {}), redacting(cached) {}
    ModelSettings settings;
    providers::OpenAiCompatible endpoint;
    providers::WithinBudget within_budget;
    providers::AnswerCache cached;
    providers::RedactingModel redacting;
};

bool may_be_reworded(std::span<Block const> draft) {
    bool anything = false;
    for (auto const& b : draft) {
        if (b.basket || b.order || b.kind == BlockKind::basket || b.kind == BlockKind::order) return false;
        for (auto const& f : b.facts)
            if (f.kind == FactKind::policy || f.kind == FactKind::quote || f.kind == FactKind::order || f.kind == FactKind::basket) return false;
        anything = anything || !b.text.empty();
    }
    return anything;
}

json::array list(std::vector<std::string> const& texts) {
    json::array out;
    for (auto const& t : texts) out.emplace_back(t);
    return out;
}

std::string draft_text(std::span<Block const> draft) {
    json::array out;
    for (auto const& b : draft) {
        json::object block{{"kind", name(b.kind)}};
        if (!b.text.empty()) block["text"] = b.text;
        json::array cards;
        for (auto const& c : b.cards) {
            json::object card{{"title", c.title}, {"price", c.price_text}, {"stock", name(c.stock)}};
            if (!c.brand.empty()) card["brand"] = c.brand;
            if (!c.variant.empty()) card["variant"] = c.variant;
            if (!c.why.empty()) card["why"] = list(c.why);
            if (!c.misses.empty()) card["does_not_meet"] = list(c.misses);
            cards.push_back(std::move(card));
        }
        if (!cards.empty()) block["products"] = std::move(cards);
        json::array rows;
        for (auto const& r : b.rows) rows.push_back(json::object{{"label", r.label}, {"values", list(r.values)}});
        if (!rows.empty()) block["comparison"] = std::move(rows);
        out.push_back(std::move(block));
    }
    return to_text(out);
}

constexpr Text instructions{
    "You word the replies of an online shop's guide. The draft below was computed from the shop's data and is correct. Say what it says in natural, friendly, brief English: two to four short sentences, plain text, no list, no markup, no links, no emoji. "
    "The products are shown as cards under your words, so name at most three. Copy titles, prices and numbers exactly as the draft writes them. State nothing that the draft does not state: no other property, number, brand, comparison, discount, delivery promise or guarantee. "
    "Say openly what does not meet the wish (does_not_meet). If the draft asks a question, end with that question and ask no other. Leave aside whatever the shopper wants that the draft does not answer.",
    "你负责为网店导购润色回复。下面的草稿由店铺数据计算得出，内容正确。请用自然、亲切、简短的中文说出草稿的意思：两到四个短句，纯文本，不用列表、标记、链接或表情。"
    "商品会以卡片形式显示在你的话下面，最多点名三件。标题、价格和数字必须与草稿完全一致。不得说草稿中没有的任何内容：不加其他属性、数字、品牌、比较、优惠、配送承诺或保证。"
    "未满足的条件（does_not_meet）要如实说明。草稿若有提问，以该提问结尾，不要另提问题。顾客提出而草稿未回答的内容不要回应。"};

std::unexpected<Error> unfit(std::string why) { return fail(Errc::unavailable, "model_answer_unfit", std::move(why)); }

Result<std::string> fitting(std::string text, Locale locale, std::size_t longest) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return unfit("The model said nothing.");
    text = text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
    if (text.size() > longest) return unfit("The model's answer is too long.");
    for (std::string_view mark : {"<", "](", "**", "```", "://", "www.", "{\"", "|--", "\\n"})
        if (text.find(mark) != text.npos) return unfit(fmt::format("The model's answer holds markup or a link ({}).", mark));
    std::size_t han = 0, letters = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const c = next_code_point(text, at);
        if ((c < 0x20 && c != '\n') || c == 0x7F || c == 0xFFFD) return unfit("The model's answer holds control characters.");
        han += is_han(c), letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    // A Han character says about as much as three or four letters.
    if (locale == Locale::zh ? han * 4 < letters : letters < han * 4) return unfit("The model answered in another language.");
    return text;
}

class ShopModel final : public LanguageModel {
public:
    ShopModel(shop::Services& services, std::int64_t shop_id, ModelPortOptions options)
        : services_(services), shop_id_(shop_id), options_(options), spent_(services.folder / "language" / fmt::format("spent-{}.json", shop_id)), budget_(spent_) {}

    Result<std::string> reword(Task const& task) override {
        if (!may_be_reworded(task.draft)) return fail(Errc::failed_precondition, "nothing_to_reword", "This answer is given in the shop's own words.");
        auto const stack = TRY(current());
        auto const system = fmt::format("{}\n{}", instructions.in(task.locale), providers::data_rule(task.locale));
        auto const user = as_data("shopper", task.shopper_text, 2'000) + "\n" + as_data("draft", draft_text(task.draft), 12'000);
        auto const answer = TRY(stack->redacting.chat({.messages = {{providers::Speaker::system, system}, {providers::Speaker::user, user}}, .most_tokens = 600}, {.deadline = options_.deadline}));
        if (answer.finish != providers::ChatAnswer::Finish::complete) return unfit("The model did not finish its answer.");
        return fitting(answer.text, task.locale, options_.longest_answer);
    }

private:
    Result<std::shared_ptr<Stack>> current() {
        auto settings = TRY(read_settings(services_, shop_id_));
        if (settings.url.empty() || settings.name.empty()) return fail(Errc::failed_precondition, "model_not_configured", "No language model is set; see language_model_url and language_model_name.");
        std::lock_guard lock(mutex_);
        if (!stack_ || !(stack_->settings == settings)) stack_ = std::make_shared<Stack>(std::move(settings), budget_, options_);
        return stack_;
    }

    shop::Services& services_;
    std::int64_t shop_id_;
    ModelPortOptions options_;
    providers::SpentFile spent_;
    providers::Budget budget_;
    std::mutex mutex_;
    std::shared_ptr<Stack> stack_;  // calls under way keep the one they began with
};

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out) if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

}  // namespace

std::vector<std::string> unbacked_promises(std::string_view text, std::span<Block const> draft) {
    static constexpr std::string_view promises[] = {"discount", "% off", "coupon", "promo", "on sale", "free shipping", "free delivery", "ships free", "free return", "gift", "guarantee", "warranty", "refund", "next day", "same day", "tomorrow", "within 24", "authentic", "genuine", "lowest price", "best price", "limited time", "only today", "best-sell", "best sell",
                                                    "折", "优惠", "包邮", "免运费", "免邮", "赠", "保证", "保修", "质保", "退款", "退换", "次日", "当日达", "明天", "现货", "正品", "最低价", "限时", "仅此", "热销", "爆款", "全网"};
    std::string drafted;
    for (auto const& b : draft) {
        drafted += b.text + '\n';
        for (auto const& c : b.cards) {
            drafted += c.title + '\n' + c.brand + '\n' + c.variant + '\n';
            for (auto const& t : c.why) drafted += t + '\n';
            for (auto const& t : c.misses) drafted += t + '\n';
        }
        for (auto const& r : b.rows)
            for (auto const& v : r.values) drafted += v + '\n';
    }
    auto const said = lower(text), known = lower(drafted);
    std::vector<std::string> out;
    for (auto p : promises)
        if (said.find(p) != said.npos && known.find(p) == known.npos) out.emplace_back(fmt::format("\"{}\" is not in the draft", p));
    return out;
}

std::unique_ptr<LanguageModel> model_for(shop::Services& services, std::int64_t shop_id, ModelPortOptions options) { return std::make_unique<ShopModel>(services, shop_id, options); }

Result<std::string> reworded(LanguageModel& model, CatalogueView const& view, Lexicon const& lexicon, Turn const& turn, std::string const& shopper_text) {
    auto text = TRY(model.reword({.shopper_text = shopper_text, .locale = turn.locale, .draft = turn.blocks}));
    std::vector<std::size_t> products;
    for (auto const& b : turn.blocks)
        for (auto const& c : b.cards)
            if (auto const p = view.find(c.product_id)) products.push_back(*p);
    auto found = free_text_breaches(text, view, lexicon, products, turn.grounds);
    for (auto& p : unbacked_promises(text, turn.blocks)) found.push_back(std::move(p));
    if (!found.empty()) return fail(Errc::unavailable, "model_answer_untrue", "The model's words were not used: " + found.front() + ".");
    return text;
}

}  // namespace kindling::dialogue
