#include "modules/dialogue/reason_told.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr ReturnReason all_reasons[] = {
    {"size", U"尺码 尺寸 大了 小了 太大 太小 不合身 不合适 码不对 too_big too_small size too_tight too_loose too_large wrong_size doesn't_fit does_not_fit don't_fit do_not_fit didn't_fit 不合脚 太紧 太松", {"Size", "尺码不合适"}},
    {"quality", U"质量 做工 掉色 开线 quality badly_made poor", {"Quality", "质量问题"}},
    {"damaged", U"破损 坏了 碎了 损坏 裂 damaged broken cracked", {"Damaged", "收到时破损"}},
    {"wrong_item", U"发错 错发 少发 漏发 不是我买的 wrong_colour wrong_color wrong_item wrong_product not_what_i_ordered", {"Wrong item", "发错货"}},
    {"late", U"太晚 太慢 迟 late too_slow", {"Too late", "到得太晚"}},
    {"changed_mind", U"不想要 不喜欢 改变主意 多买 不需要 changed_my_mind don't_like do_not_like no_longer don't_need", {"Changed my mind", "不想要了"}},
    {"other", U"其他 其它 别的原因 other another_reason", {"Other", "其他"}},
};

// That time went by with it, or that it was worked with.
constexpr std::u32string_view in_use = U"用了 用过 用着 使用 用没 没用几 穿了 穿过 戴了 戴过 洗了 洗过 洗一次 几天就 天就 次就 周就 个月就 没几天 没多久 不久就 后来 after_a after_one after_two after_three after_four after_five after_few after_only after_using after_washing after_the_first after_day after_week first_wash first_use in_use while_using when_using days_later weeks_later within_a within_two stopped_working stopped no_longer_works no_longer_heats no_longer_turns no_longer_charges wore_out worn_out keeps_breaking";
// What a sound thing does not do, and nothing on its way makes it do.
constexpr std::u32string_view defects = U"漏水 漏气 漏了 漏电 不亮 不转 没声音 充不进 不热 不制热 不制冷 不工作 不灵 失灵 掉漆 掉色 褪色 起球 开线 开胶 脱胶 脱线 变形 生锈 异响 异味 松动 用不了 没反应 打不开 关不上 有问题 leak leaks leaking leaked doesn't_work does_not_work isn't_working not_working won't_turn_on doesn't_turn_on won't_charge doesn't_charge doesn't_heat won't_heat defective faulty fades faded peeling pilling rusty rusts rusted came_off fell_off coming_off fell_apart came_apart stopped_working stops_working no_longer_works no_longer_heats no_longer_turns no_longer_charges";
constexpr std::u32string_view on_arrival = U"收到 到货 送到 寄到 寄来 送来 刚到 拆开 开箱 打开包裹 运输 快递 路上 arrived arrive came delivered delivery transit shipping unboxed opened_the out_of_the_box in_the_box on_arrival received";

// Without what is denied, up to the next pause: "it is not damaged, the quality is poor".
std::u32string without_denied(std::u32string_view t) {
    std::u32string out(t);
    for (auto const& denial : cues::find_all(t, U"不是因为 不是 并非 not_because it's_not it_is_not isn't not")) {
        auto end = denial.end;
        while (end < t.size() && std::u32string_view(U",，.。;；!！").find(t[end]) == std::u32string_view::npos && !t.substr(end).starts_with(U"而是") && !t.substr(end).starts_with(U" but ") && !(t[end] == U'是' && end > denial.end)) ++end;
        // 不是我买的, "not what I ordered" and "not working" are reasons, and no denials.
        auto const denied = t.substr(denial.end, end - denial.end);
        if (std::ranges::none_of(all_reasons, [&](ReturnReason const& r) { return cues::has(denied, r.cues); })) continue;
        for (auto i = denial.begin; i < end; ++i) out[i] = U' ';
    }
    return out;
}

}  // namespace

std::span<ReturnReason const> return_reasons() { return all_reasons; }

std::string reason_told(std::u32string_view said) {
    auto const t = without_denied(said);
    auto const tells = [&](std::string_view name) { return std::ranges::any_of(all_reasons, [&](ReturnReason const& r) { return name == r.name && cues::has(t, r.cues); }); };
    // "It came a size larger": a misfit; another size than was ordered is another thing.
    if (auto const size = cues::size_step(t); size && size->told) return size->step == 0 ? "wrong_item" : "size";
    bool const defect = cues::has(t, defects), harm = tells("damaged") || cues::tells_a_fault(t), used = cues::has(t, in_use) && !cues::has(t, U"没用过 没有用过 还没用 没穿过 从没用 never_used unused not_used haven't_used hasn't_been_used before_using"), came = cues::has(t, on_arrival);
    if (tells("wrong_item")) return "wrong_item";
    if ((defect || harm) && used && !tells("size")) return "quality";
    for (auto const& reason : all_reasons)
        if (std::string_view(reason.name) != "other" && std::string_view(reason.name) != "damaged" && cues::has(t, reason.cues)) return reason.name;
    if (defect && !came && !tells("damaged")) return "quality";
    return defect || harm ? "damaged" : "";
}

}  // namespace kindling::dialogue
