// modules/dialogue/aftersale.cpp -- return, exchange and cancellation without leaving the talk.
//
// A short form filled in by talking: the order (proven as for its state), the line, the reason or the wished variant, a yes. What comes out is a
// request to the shop, or a cancelled order that had not been sent; nothing is refunded by the guide. What is pending stands in the state, so
// any other errand may come in between. An order counts as proven for the talk in which its proof was given, and only there.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {
namespace {

struct Reason { char const* name; std::u32string_view cues; Text label; };
constexpr Reason reasons[] = {
    {"size", U"尺码 尺寸 大了 小了 太大 太小 不合身 不合适 码不对 too_big too_small size wrong_size doesn't_fit does_not_fit", {"Size", "尺码不合适"}},
    {"quality", U"质量 做工 掉色 开线 quality badly_made poor", {"Quality", "质量问题"}},
    {"damaged", U"破损 坏了 碎了 损坏 裂 damaged broken cracked", {"Damaged", "收到时破损"}},
    {"wrong_item", U"发错 错发 不是我买的 wrong_item wrong_product not_what_i_ordered", {"Wrong item", "发错货"}},
    {"late", U"太晚 太慢 迟 late too_slow", {"Too late", "到得太晚"}},
    {"changed_mind", U"不想要 不喜欢 改变主意 多买 不需要 changed_my_mind don't_like do_not_like no_longer don't_need", {"Changed my mind", "不想要了"}},
    {"other", U"其他 其它 别的原因 other another_reason", {"Other", "其他"}},
};
bool yes(std::u32string_view t) { return cues::has(t, U"确认 确定 是的 好的 好 可以 提交 嗯 对 yes yeah ok okay sure confirm go_ahead please_do do_it"); }
bool no(std::u32string_view t) { return cues::has(t, U"不用 不要 算了 不了 取消申请 先不 no nope never_mind don't cancel_that stop"); }

}  // namespace

bool TurnMaker::errand_goes_on(std::string const& pending) {
    auto& s = state();
    if (s.errand.empty() || !pending.starts_with("errand")) return false;
    auto const t = surface_of(text_);
    auto const intent = reading_.intent;
    bool const names_goods = std::any_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::category || c.kind == ConstraintKind::price; });
    bool const elsewhere = (names_goods && pending != "errand_line") || (intent != Intent::find && intent != Intent::no_preference && intent != Intent::return_goods && intent != Intent::exchange_goods && intent != Intent::cancel_order && intent != Intent::ask_fact && intent != Intent::thanks && intent != Intent::ask_policy && intent != Intent::compare && intent != Intent::size_help);
    if (elsewhere) { s.errand.clear(); return false; }
    out_.topic = s.errand == "cancel" ? "cancel" : s.errand;
    if (no(t) && (pending == "errand_confirm" || !yes(t))) {
        s.errand.clear();
        say(Phrase::errand_dropped);
        return true;
    }
    auto order = ports_.orders->again(s.errand_order);
    if (!order) { s.errand.clear(), person(); return true; }
    if (pending == "errand_line") {
        if (!reading_.ordinals.empty() && reading_.ordinals.front() >= 1 && static_cast<std::size_t>(reading_.ordinals.front()) <= order->lines.size()) s.errand_line = order->lines[static_cast<std::size_t>(reading_.ordinals.front() - 1)].line;
        else
            for (auto const& line : order->lines)
                if (auto const title = surface_of(line.title); !title.empty() && (t.find(title) != t.npos || title.find(t) != title.npos)) s.errand_line = line.line;
    } else if (pending == "errand_reason") {
        for (auto const& reason : reasons)
            if (s.errand_reason.empty() && cues::has(t, reason.cues)) s.errand_reason = reason.name;
        if (s.errand_reason.empty()) s.errand_reason = "other";
    } else if (pending == "errand_confirm" && yes(t)) { finish_errand(*order); return true; }
    go_on_with_errand(*order);
    return true;
}

void TurnMaker::start_errand(std::string kind) {
    auto& s = state();
    s.errand = std::move(kind), s.errand_line = -1, s.errand_reason.clear();
    out_.topic = s.errand;
    if (!ports_.orders) { person(); return; }
    auto const t = surface_of(text_);
    for (auto const& reason : reasons)
        if (s.errand_reason.empty() && std::string_view(reason.name) != "other" && cues::has(t, reason.cues)) s.errand_reason = reason.name;
    // The order spoken of last, one of their own, or one to be proven now.
    if (reading_.order_number.empty() && !s.proven.empty())
        if (auto const order = ports_.orders->again(s.proven.back())) { s.errand_order = s.proven.back(), go_on_with_errand(*order); return; }
    order_status();
}

// The order is known and may be spoken of: what is missing is asked, one thing at a time.
void TurnMaker::go_on_with_errand(OrderView const& order) {
    auto& s = state();
    auto const zh = locale_ == Locale::zh;
    s.errand_order = order.order_id;
    out_.grounds.echoes.push_back(order.order_id);
    Slot const number{"order", order.order_id, FactKind::order};
    auto const ask = [&](Phrase phrase, std::string pending, std::vector<Chip> chips, std::vector<Slot> const& slots = {}) {
        Spoken spoken;
        spoken.say(phrase, locale_, s.turn, slots);
        s.pending = std::move(pending);
        send({.kind = BlockKind::question, .text = std::move(spoken.text), .facts = std::move(spoken.facts), .chips = std::move(chips), .asks = s.pending});
    };
    auto const yes_no = zh ? std::vector<Chip>{{"确认", "确认"}, {"不用了", "不用了"}} : std::vector<Chip>{{"Yes", "yes"}, {"No", "no, never mind"}};
    if (s.errand == "cancel") {
        if (order.status == "placed" || order.status == "paid") { ask(Phrase::cancel_confirm, "errand_confirm", yes_no, {number}); return; }
        s.errand.clear();
        auto const status = std::string(status_word(order.status, locale_));
        out_.grounds.echoes.push_back(status);
        say(Phrase::cannot_cancel, {number, {"status", status, FactKind::order}});
        return;
    }
    std::vector<OrderItem const*> left;
    for (auto const& line : order.lines)
        if (line.quantity > line.returned) left.push_back(&line);
    if (left.empty() || order.status == "cancelled") { s.errand.clear(), say(Phrase::errand_nothing, {number}); return; }
    if (s.errand_line < 0 && left.size() == 1) s.errand_line = left.front()->line;
    auto const item = std::find_if(left.begin(), left.end(), [&](OrderItem const* i) { return i->line == s.errand_line; });
    if (item == left.end()) {
        std::vector<Chip> chips;
        for (std::size_t i = 0; i < order.lines.size() && chips.size() < 8; ++i)
            if (order.lines[i].quantity > order.lines[i].returned) chips.push_back({order.lines[i].title, zh ? "第" + std::to_string(i + 1) + "件" : "number " + std::to_string(i + 1)});
        ask(Phrase::errand_which, "errand_line", std::move(chips));
        return;
    }
    if (s.errand == "exchange") {
        if (s.quantity <= 0) s.quantity = 1;
        auto const found = view_.find((*item)->product_id);
        std::vector<Chip> chips;
        std::string wanted;
        if (found) {
            auto const& entry = view_[*found];
            for (std::size_t v = 0; v < entry.variants.size(); ++v) {
                auto const& variant = entry.data.variants[v];
                if (variant.sku == (*item)->sku || entry.variants[v].stock <= 0) continue;
                auto const label = Label{variant.title_en, variant.title_zh}.in(locale_);
                chips.push_back({label, label});
                bool const said = !reading_.constraints.empty() && std::all_of(reading_.constraints.begin(), reading_.constraints.end(), [&](Constraint const& c) { return c.kind != ConstraintKind::value || holds(view_, *found, v, resolve(c, view_.words())); });
                if (wanted.empty() && (said || surface_of(text_) == surface_of(label))) wanted = variant.sku;
            }
        }
        if (wanted.empty() && s.added.starts_with("exchange:")) wanted = s.added.substr(9);
        if (chips.empty()) { s.errand = "return"; }
        else if (wanted.empty()) { ask(Phrase::exchange_which, "errand_variant", std::move(chips)); return; }
        else s.added = "exchange:" + wanted;
    }
    if (s.errand_reason.empty()) {
        std::vector<Chip> chips;
        for (auto const& reason : reasons) chips.push_back({std::string(reason.label.in(locale_)), std::string(reason.label.in(locale_))});
        ask(Phrase::errand_reason, "errand_reason", std::move(chips));
        return;
    }
    send({.kind = BlockKind::order, .order = order});
    ask(Phrase::errand_confirm, "errand_confirm", yes_no);
}

void TurnMaker::finish_errand(OrderView const& order) {
    auto& s = state();
    Slot const number{"order", order.order_id, FactKind::order};
    out_.grounds.echoes.push_back(order.order_id);
    auto const kind = std::exchange(s.errand, "");
    if (kind == "cancel") {
        if (ports_.orders->cancel(order.order_id)) say(Phrase::cancelled, {number});
        else out_.needs_person = true, say(Phrase::errand_refused);
        return;
    }
    Orders::Errand errand{.kind = kind, .order_id = order.order_id, .line = s.errand_line, .reason = s.errand_reason};
    std::string title;
    for (auto const& line : order.lines)
        if (line.line == s.errand_line) errand.quantity = line.quantity - line.returned, title = line.title;
    if (kind == "exchange" && s.added.starts_with("exchange:")) errand.wanted_sku = s.added.substr(9);
    if (s.added.starts_with("exchange:")) s.added.clear();
    auto const request = ports_.orders->request(errand);
    if (!request) { out_.needs_person = true, say(Phrase::errand_refused); return; }
    out_.grounds.echoes.push_back(*request);
    say(kind == "exchange" ? Phrase::exchange_requested : Phrase::errand_requested, {{"request", *request, FactKind::order}, echo("item", title)});
}

}  // namespace kindling::dialogue
