// modules/dialogue/reworded.cpp -- a model's part in a turn: what it may call, what becomes of its plan, and every sentence of it read.
#include "core/utf8.h"
#include "modules/dialogue/model_port.h"
#include "modules/dialogue/plan.h"
#include "shop/context.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::dialogue {

namespace {

constexpr std::size_t longest_answer = 1'500;  // bytes

std::unexpected<Error> unfit(std::string why) { return fail(Errc::unavailable, "model_answer_unfit", std::move(why)); }

// Plain text, of a length to be read, in the shopper's language.
Result<Verdict> fits(std::string_view text, Locale locale, Extent extent) {
    if (extent == Extent::whole && text.find_first_not_of(" \t\r\n") == text.npos) return unfit("The model said nothing.");
    if (text.size() > longest_answer) return unfit("The model's answer is too long.");
    for (std::string_view mark : {"<", "](", "**", "```", "://", "www.", "{\"", "|--", "\\n"})
        if (text.find(mark) != text.npos) return unfit(fmt::format("The model's answer holds markup or a link ({}).", mark));
    std::size_t han = 0, letters = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const c = next_code_point(text, at);
        if ((c < 0x20 && c != '\n') || c == 0x7F || c == 0xFFFD) return unfit("The model's answer holds control characters.");
        han += is_han(c), letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    // A Han character says about as much as three or four letters. A sentence may be mostly a title in the other language.
    if (locale == Locale::zh ? han * 4 >= letters : letters >= han * 4) return Verdict::true_;
    if (extent == Extent::so_far) return Verdict::not_yet;
    return unfit("The model answered in another language.");
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out) if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

json::array labels(std::vector<Constraint> const& constraints, Locale locale) {
    json::array out;
    for (auto const& c : constraints) out.emplace_back(c.label(locale));
    return out;
}

// guide.show: the one thing that a model may propose. It changes nothing but this answer, so it counts as reading.
Operation show_operation(std::function<Result<json::value>(Proposal const&)> show) {
    return {{.name = "guide.show", .scenario = "25", .summary = {"Show these products instead of the drafted ones. Refused, with the reason, when one misses a limit or a number was not said; the answer is the new draft.", "展示这些商品来代替草稿中的商品。如有商品不符合限制或出现顾客没说过的数字，会说明原因并拒绝；成功则返回新草稿。"}, .effect = Effect::read, .permission = "public"},
            &type_of<Proposal>, &type_of<Nothing>,
            [show = std::move(show)](Context&, json::value const& request, json::value& response) -> Result<void> {
                response = TRY(show(TRY(read_json<Proposal>(request))));
                return {};
            },
            &kindling::detail::check_shape<Proposal>};
}

}  // namespace

std::vector<std::string> unbacked_promises(std::string_view text, std::span<Block const> draft, std::string_view topic) {
    static constexpr std::string_view promises[] = {"discount", "% off", "coupon", "promo", "on sale", "free shipping", "free delivery", "ships free", "free return", "free gift", "gift with", "gift", "guarantee", "warranty", "refund", "next day", "same day", "tomorrow", "within 24", "authentic", "genuine", "lowest price", "best price", "limited time", "only today", "best-sell", "best sell",
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
        if (p == "gift" && topic == "gift") continue;  // whoever looks for a present may be told of one; "a free gift" stays a promise
        else if (said.find(p) != said.npos && known.find(p) == known.npos) out.emplace_back(fmt::format("\"{}\" is not in the draft", p));
    return out;
}

Result<std::string> reworded(LanguageModel& model, std::shared_ptr<CatalogueView const> const& view, Lexicon const& lexicon, Turn& turn, std::string const& shopper_text, Partaking const& part) {
    auto const check = [&](std::string_view text, Extent extent) -> Result<Verdict> {
        auto const verdict = TRY(fits(text, turn.locale, extent));
        std::vector<std::size_t> products;
        for (auto const& b : turn.blocks)
            for (auto const& c : b.cards)
                if (auto const p = view->find(c.product_id)) products.push_back(*p);
        auto found = free_text_breaches(text, *view, lexicon, products, turn.grounds);
        for (auto& p : unbacked_promises(text, turn.blocks, turn.topic)) found.push_back(std::move(p));
        if (!found.empty()) return fail(Errc::unavailable, "model_answer_untrue", "The model's words were not used: " + found.front() + ".");
        return verdict;
    };
    VerifiedPieces pieces(check, part.tell);
    auto const drafted = turn;  // every proposal is held against what the shopper said, not against an earlier proposal
    auto const show = show_operation([&](Proposal const& proposal) -> Result<json::value> {
        auto planned = TRY(adopt(view, lexicon, part.scorer, drafted, shopper_text, proposal));
        if (part.adopted) TRY(part.adopted(planned));
        turn = std::move(planned);
        return json::object{{"shown", true}, {"limits", labels(turn.state.constraints, turn.locale)}, {"draft", draft_of(turn.blocks)}};
    });
    LanguageModel::Task task{.shopper_text = shopper_text, .locale = turn.locale, .draft = turn.blocks, .basket_id = part.basket_id, .fresh = part.fresh, .stop = part.stop};
    for (auto const& c : turn.state.constraints) task.limits.push_back(c.label(turn.locale));
    if (may_be_planned(turn) && part.look) {
        task.tools.operations = part.lookups;
        task.tools.operations.push_back(&show);
        task.tools.run = [&](std::string_view operation, json::value const& request, std::stop_token stop) -> Result<json::value> {
            if (operation != show.name) return part.look(operation, request, std::move(stop));
            json::value answer;
            shop::Services none;
            Context nobody{.services = none};
            TRY(show.run(nobody, request, answer));
            return answer;
        };
    }
    task.on_words = [&](std::string_view words) { return pieces.feed(words); };
    task.on_call = [&](std::string_view operation, std::string_view outcome) {
        pieces.anew();
        if (part.note) part.note(fmt::format("the model called {}: {}", operation, outcome));
    };
    auto const text = model.reword(task);
    TRY(pieces.state());
    if (!text) return std::unexpected(text.error());
    if (!pieces.fed()) pieces.feed(*text);
    return pieces.end();
}

}  // namespace kindling::dialogue
