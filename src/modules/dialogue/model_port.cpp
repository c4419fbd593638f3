#include "modules/dialogue/model_port.h"
#include "modules/dialogue/model_trial.h"
#include "core/json_text.h"
#include "core/time.h"
#include "providers/language/agent_loop.h"
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

std::int64_t number_or(std::string_view text, std::int64_t otherwise) {
    std::int64_t n = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
    return failed == std::errc() && end == text.data() + text.size() && n >= 0 ? n : otherwise;
}

namespace {

using providers::as_data;

struct ModelSettings {
    std::string url, name, key;
    std::int64_t budget_minor = 0;
    providers::Prices prices;
    bool passed = false;    // the regression set; of no account for what the endpoint is
    bool operator==(ModelSettings const& o) const { return url == o.url && name == o.name && key == o.key && budget_minor == o.budget_minor && prices.prompt_minor_per_million == o.prices.prompt_minor_per_million && prices.answer_minor_per_million == o.prices.answer_minor_per_million; }
};

Result<ModelSettings> read_settings(shop::Services& services, std::int64_t shop_id) {
    auto const tx = TRY(services.store->read(shop_id));
    ModelSettings s{.url = TRY(shop::read_setting(*tx, "language_model_url")), .name = TRY(shop::read_setting(*tx, "language_model_name"))};
    if (s.url.empty() || s.name.empty()) return s;
    s.passed = TRY(model_in_use(*tx, s.url, s.name));
    s.key = TRY(shop::read_secret_setting(services, *tx, "language_model_key"));
    s.budget_minor = TRY(shop::read_number_setting(*tx, "language_model_budget_minor_per_day"));
    auto const assumed = s.budget_minor > 0 ? providers::assumed_price_minor_per_million : 0;
    s.prices.prompt_minor_per_million = TRY(shop::read_number_setting(*tx, "language_model_prompt_price_minor_per_million", assumed));
    s.prices.answer_minor_per_million = TRY(shop::read_number_setting(*tx, "language_model_answer_price_minor_per_million", assumed));
    return s;
}

// Personal data is hidden first, so that neither cache nor endpoint ever holds it.
struct Stack {
    Stack(ModelSettings s, providers::Budget& budget, ModelPortOptions const& options)
        : settings(std::move(s)),
          endpoint({.endpoint = {.url = settings.url, .key = settings.key, .reach = providers::Reach::anywhere, .first_token_timeout = std::min(options.first_token, options.deadline * 3 / 4), .between_tokens_timeout = std::min(options.between_tokens, options.deadline / 2), .attempts = 2}, .model = settings.name, .prices = settings.prices}),
          within_budget(endpoint, budget, {.limits = {.cost_minor_per_day = settings.budget_minor}, .prices = settings.prices, .today = [] { return day_of(now_ms()); }}), cached(within_budget, {}), redacting(cached), anew(within_budget) {}
    ModelSettings settings;
    providers::OpenAiCompatible endpoint;
    providers::WithinBudget within_budget;
    providers::AnswerCache cached;
    providers::RedactingModel redacting, anew;   // anew: past the cache
};

bool may_be_reworded(std::span<Block const> draft) {
    bool anything = false;
    for (auto const& b : draft) {
        if (b.basket || b.order || b.bundle || b.prices || !b.points.empty() || b.kind == BlockKind::basket || b.kind == BlockKind::order) return false;
        for (auto const& f : b.facts)
            if (f.kind == FactKind::policy || f.kind == FactKind::quote || f.kind == FactKind::review || f.kind == FactKind::order || f.kind == FactKind::basket) return false;
        anything = anything || (b.kind == BlockKind::text && !b.text.empty());
    }
    return anything;
}

json::array list(std::vector<std::string> const& texts) {
    json::array out;
    for (auto const& t : texts) out.emplace_back(t);
    return out;
}

constexpr Text instructions{
    "You word the replies of an online shop's guide. The draft below was computed from the shop's data and is correct. Say what it says in natural, friendly, brief English: two to four short sentences, plain text, no list, no markup, no links, no emoji. "
    "The products are shown as cards under your words, so name at most three. Copy titles, prices and numbers exactly as the draft writes them. State nothing that the draft does not state: no other property, number, brand, comparison, discount, delivery promise or guarantee. "
    "Say openly what does not meet the wish (does_not_meet). If the draft asks a question, end with that question and ask no other. Leave aside whatever the shopper wants that the draft does not answer.",
    "你负责为网店导购润色回复。下面的草稿由店铺数据计算得出，内容正确。请用自然、亲切、简短的中文说出草稿的意思：两到四个短句，纯文本，不用列表、标记、链接或表情。"
    "商品会以卡片形式显示在你的话下面，最多点名三件。标题、价格和数字必须与草稿完全一致。不得说草稿中没有的任何内容：不加其他属性、数字、品牌、比较、优惠、配送承诺或保证。"
    "未满足的条件（does_not_meet）要如实说明。草稿若有提问，以该提问结尾，不要另提问题。顾客提出而草稿未回答的内容不要回应。"};

// What a model that holds tools is told beside.
constexpr Text planning{
    " You may look around in the shop first, with the tools; write nothing in a message that calls a tool. If other products suit the shopper better than the drafted ones, or the draft did not understand the wish, call guide_show: say the wish again in the catalogue's own words and name the SKUs to show. "
    "It refuses whatever misses a limit, and answers with a new draft, which counts from then on. If the draft is good as it is, word it at once.",
    "你可以先用工具查看店内资料；调用工具的那条消息里不要写任何文字。如果有比草稿更适合顾客的商品，或草稿没有理解顾客的意思，请调用 guide_show：用商品库自己的词再说一遍需求，并给出要展示的 SKU。"
    "不符合限制的会被拒绝；通过后会返回新的草稿，此后以新草稿为准。如果草稿已经很好，请直接润色。"};

std::unexpected<Error> unfit(std::string why) { return fail(Errc::unavailable, "model_answer_unfit", std::move(why)); }

class ShopModel final : public LanguageModel {
public:
    ShopModel(shop::Services& services, std::int64_t shop_id, ModelPortOptions options)
        : services_(services), shop_id_(shop_id), options_(options), spending_(services.folder / "language" / fmt::format("spent-{}.json", shop_id)) {}

    Result<bool> ready() override {
        auto const settings = TRY(read_settings(services_, shop_id_));
        return !settings.url.empty() && !settings.name.empty() && settings.passed;
    }

    Result<std::string> reword(Task const& task) override {
        if (!may_be_reworded(task.draft)) return fail(Errc::failed_precondition, "nothing_to_reword", "This answer is given in the shop's own words.");
        auto const stack = TRY(current());
        bool const plans = !task.tools.operations.empty();
        auto const system = fmt::format("{}{}\n{}", instructions.in(task.locale), plans ? planning.in(task.locale) : "", providers::data_rule(task.locale));
        auto user = as_data("shopper", task.shopper_text, 2'000);
        if (plans) user += "\n" + as_data("limits", to_text(list(task.limits)), 4'000);
        if (plans && !task.basket_id.empty()) user += "\n" + as_data("basket_id", task.basket_id, 100);
        user += "\n" + as_data("draft", to_text(draft_of(task.draft)), 12'000);
        providers::AgentWorld const world{.tools = task.tools.operations, .execute = task.tools.run, .locale = task.locale, .stop = task.stop,
                                          .on_text = [&](std::string_view words) { return task.on_words && !task.on_words(words) ? providers::Flow::stop : providers::Flow::go_on; },
                                          .on_step = [&](providers::AgentStep const& step) { if (task.on_call) task.on_call(step.operation, step.outcome); }};
        auto const run = TRY(providers::run_agent(task.fresh ? stack->anew : stack->redacting, world, {{providers::Speaker::system, system}, {providers::Speaker::user, user}},
                                                  {.rounds = plans ? options_.rounds : 1, .tool_calls = options_.calls, .per_call = std::chrono::milliseconds(2'000), .total = options_.deadline, .result_bytes = 6'000, .most_tokens = 600}));
        if (run.ending == providers::AgentRun::Ending::out_of_time) return fail(Errc::unavailable, "model_timeout", "The model did not come to an answer in time.");
        if (run.ending != providers::AgentRun::Ending::answered || run.finish != providers::ChatAnswer::Finish::complete) return unfit("The model did not finish its answer.");
        return run.text;
    }

private:
    Result<std::shared_ptr<Stack>> current() {
        auto settings = TRY(read_settings(services_, shop_id_));
        if (settings.url.empty() || settings.name.empty()) return fail(Errc::failed_precondition, "model_not_configured", "No language model is set; see language_model_url and language_model_name.");
        std::lock_guard lock(mutex_);
        if (!stack_ || !(stack_->settings == settings)) stack_ = std::make_shared<Stack>(std::move(settings), spending_.budget, options_);
        return stack_;
    }

    shop::Services& services_;
    std::int64_t shop_id_;
    ModelPortOptions options_;
    providers::KeptBudget spending_;
    std::mutex mutex_;
    std::shared_ptr<Stack> stack_;  // calls under way keep the one they began with
};

}  // namespace

json::array draft_of(std::span<Block const> draft) {
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
    return out;
}

std::vector<Operation const*> what_a_model_may_look_at(Registry const& registry) {
    static constexpr std::string_view lookups[] = {"dialogue.search", "catalog.get_product", "reviews.list", "basket.get", "shop.storefront"};
    std::vector<Operation const*> out;
    for (auto const name : lookups)
        if (auto const* operation = registry.find(name); operation && operation->effect == Effect::read && operation->permission == "public") out.push_back(operation);
    return out;
}

std::unique_ptr<LanguageModel> model_for(shop::Services& services, std::int64_t shop_id, ModelPortOptions options) { return std::make_unique<ShopModel>(services, shop_id, options); }

}  // namespace kindling::dialogue
