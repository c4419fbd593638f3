// modules/dialogue/understand_amounts.cpp -- what the numbers of an utterance limit: a size, a price, a rating, an attribute. See understand.h.
#include "core/money.h"
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

void Reader::sizes(Scope const& scope) {
    std::erase_if(numbers_, [&](Quantity const& n) {
        if (n.kind != Quantity::Kind::plain || n.number_end > t_.size()) return false;
        auto const after = slice(n.number_end, std::min(t_.size(), n.number_end + 2)), before = slice(n.number_begin >= 8 ? n.number_begin - 8 : 0, n.number_begin);
        bool const said = after.starts_with(U"码") || (after.starts_with(U"号") && n.value >= 20) || after.starts_with(U" 码") || before.ends_with(U"size ") || before.ends_with(U"size is ") || before.ends_with(U"eu ") || before.ends_with(U"码数") || before.ends_with(U"尺码") || before.ends_with(U"size eu ") || before.ends_with(U"穿");
        // "In 43 instead", 换43的: a number that these goods have for a size, or that could be one.
        auto const sized = [&] {
            for (std::size_t a = 0; a < words_.attributes.size(); ++a)
                if (auto const& info = words_.attributes[a]; scope.attributes[a] && (info.name == "size" || label_has(info, U"size 尺码")))
                    for (std::size_t v = 0; v < info.values.size(); ++v)
                        if (scope.values[a][v] && (info.values[v].zh == plain_number(n.value) || info.values[v].en == "EU " + plain_number(n.value))) return true;
            return false;
        };
        bool const in_it = n.limit == Quantity::Limit::exact && !scope_.empty() && (before.ends_with(U"in ") || before.ends_with(U"in a ") || before.ends_with(U"换") || before.ends_with(U"换成") || before.ends_with(U"改成")) && (n.number_end == t_.size() || !cues::letter(t_[n.number_end])) && sized();
        // 运动鞋 42: a bare number that these goods have for a size, where no price was asked for or spoken of.
        bool const bare = n.limit == Quantity::Limit::exact && !scope_.empty() && situation_.pending.empty() && n.value >= 30 && n.value <= 50 && n.begin == n.number_begin && (n.number_end == t_.size() || is_stop(t_[n.number_end]) || t_[n.number_end] == U' ') && n.begin > 0 && !cues::letter(t_[n.begin - 1]) && !has(slice(0, n.begin), U"预算 价 元 钱 budget price under below about around for cost spend pay than to") && sized();
        // "Which size?" "38."
        auto const asked_for = words_.attribute_ids.find(situation_.pending);
        bool const answers = n.limit == Quantity::Limit::exact && asked_for != words_.attribute_ids.end() && label_has(words_.attributes[static_cast<std::size_t>(asked_for->second)], U"size 尺码") && slice(0, n.number_begin).find_first_not_of(U' ') == std::u32string_view::npos && slice(n.number_end, t_.size()).find_first_not_of(U" .。!！") == std::u32string_view::npos;
        if (n.value < 2 || has(slice(n.number_begin >= 2 ? n.number_begin - 2 : 0, n.number_begin), U"小了 大了 小 大")) return false;  // "小了一码", "大两码": a difference
        if (size_of_another_country(n, scope)) return true;
        if (!said && !in_it && !bare && !answers) return false;
        auto const digits = plain_number(n.value);
        Constraint c{.said = digits};
        for (std::size_t a = 0; a < words_.attributes.size(); ++a) {
            auto const& info = words_.attributes[a];
            for (std::size_t v = 0; v < info.values.size(); ++v)
                if (scope.values[a][v] && (info.values[v].zh == digits || info.values[v].en == digits || info.values[v].en == "EU " + digits || info.values[v].zh == digits + "码")) c.values.push_back({info.name, info.values[v].en, info.values[v].zh}), c.attribute = info.name;
        }
        if (c.values.empty()) c.values.push_back({"size", "EU " + digits, digits}), c.attribute = "size";  // asked for, and not to be had: must be said
        c.said = to_utf8(slice(n.number_begin, std::min(t_.size(), n.number_end + (after.starts_with(U"码") ? 1 : 0))));
        out_.constraints.push_back(std::move(c));
        used_.push_back({n.begin, n.end});
        if (!scope_.empty()) {   // of goods that have sizes it is one of theirs, and no word to look for
            Span whole{n.begin, std::min(t_.size(), n.number_end + (after.starts_with(U"码") || after.starts_with(U"号") ? 1 : 0))};
            for (std::u32string_view lead : {U"size eu ", U"size is ", U"in size ", U"size ", U"eu ", U"尺码", U"码数"})
                if (slice(0, n.number_begin).ends_with(lead)) { whole.begin = n.number_begin - lead.size(); break; }
            taken_.push_back(whole);
        }
        return true;
    });
}

// "XXXXL", "5xl": a size by letters that these goods, which have sizes, do not come in.
void Reader::sizes_by_letters(Scope const& scope) {
    std::string attribute;
    for (std::size_t a = 0; a < words_.attributes.size() && attribute.empty(); ++a)
        if (auto const& info = words_.attributes[a]; !scope_.empty() && scope.attributes[a] && !info.numeric && (info.name == "size" || label_has(info, U"size 尺码"))) attribute = info.name;
    if (attribute.empty()) return;
    for (std::size_t i = 0; i < t_.size(); ++i) {
        if (!cues::letter(t_[i]) || (i > 0 && cues::letter(t_[i - 1]))) continue;
        auto j = i;
        while (j < t_.size() && cues::letter(t_[j])) ++j;
        auto const word = slice(i, j);
        bool const of_x = word.size() >= 2 && word.size() <= 8 && (word.back() == U'l' || word.back() == U's') && word.substr(0, word.size() - 1).find_first_not_of(U'x') == word.npos;
        bool const counted = word.size() == 3 && word[0] >= U'2' && word[0] <= U'9' && word.substr(1) == U"xl";
        if ((of_x || counted) && std::ranges::none_of(matches_, [&](Match const& m) { return m.begin < j && i < m.end; })) {
            auto const said = to_utf8(word);
            out_.constraints.push_back({.values = {{attribute, said, said}}, .attribute = attribute, .said = said});
            used_.push_back({i, j}), taken_.push_back({i, j});
        }
        i = j;
    }
}

std::string Reader::attribute_of(Quantity const& n, Scope const& scope) const {
    auto const clause_start = [&] { auto at = n.begin; while (at > 0 && !is_stop(t_[at - 1]) && n.begin - at < 14) --at; return at; }();
    auto const clause_end = [&] { auto at = n.end; while (at < t_.size() && !is_stop(t_[at]) && at - n.end < 14) ++at; return at; }();
    auto const near = std::u32string(slice(clause_start, n.begin)) + U" | " + std::u32string(slice(n.begin, clause_end));
    int best = -1;
    double best_score = -1;
    for (std::size_t a = 0; a < words_.attributes.size(); ++a) {
        auto const& info = words_.attributes[a];
        if (!info.numeric || info.measure.base != n.base || !scope.attributes[a]) continue;
        double score = 0;
        for (auto const* name : {&info.label.en, &info.label.zh})
            if (auto const s = surface_of(*name); cues::has_word(near, s)) score += 20;
        for (auto const& d : dimension_words)
            if (label_has(info, d.label) && has(near, d.said)) score += 10;
        // An outright size is what somebody means who names no dimension.
        if (label_has(info, U"长 length 宽 width 容量 capacity 功率 power 续航 battery")) score += 2;
        if (label_has(info, U"长 length 容量 capacity")) score += 1;
        if (n.value >= scope.range[a].first * 0.8 && n.value <= scope.range[a].second * 1.25) score += 4;
        if (score > best_score) best_score = score, best = static_cast<int>(a);
    }
    return best < 0 ? std::string() : words_.attributes[static_cast<std::size_t>(best)].name;
}

void Reader::amounts(Scope const& scope) {
    bool const only_texts = (out_.intent == Intent::find || out_.intent == Intent::gift) && std::ranges::none_of(scope.attributes, [](char has) { return has != 0; });
    for (auto const& n : numbers_)
        if (!amount(n, scope, only_texts)) unheld(n);
}

// An amount that limits nothing here is told by whoever finds goods without it. What titles tell is still held against those.
void Reader::unheld(Quantity const& n) {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    auto end = std::min(n.end, t_.size());
    if (n.kind == Quantity::Kind::plain && counted_behind(n)) {
        ++end;   // 至少88键
        for (auto const& limit : {std::u32string_view(U"以上"), std::u32string_view(U"以下"), std::u32string_view(U"以内")})
            if (slice(end, t_.size()).starts_with(limit)) end += limit.size();
    }
    Constraint c{.kind = ConstraintKind::number, .said = to_utf8(slice(n.begin, end))};
    if (n.kind == Quantity::Kind::measure && view_.titles_tell(n.base)) {
        auto const limits = interval(n);
        c.attribute = std::string(of_a_title) + n.base;
        if (std::isfinite(limits.low)) c.min = limits.low;
        if (std::isfinite(limits.high)) c.max = limits.high;
    }
    out_.unheld.push_back(std::move(c));
}

// 100片, 88键: what a thing has so many of.
bool Reader::counted_behind(Quantity const& n) const { return n.end < t_.size() && std::u32string_view(U"片键弦孔级页册层色轮粒颗人岁寸").find(t_[n.end]) != std::u32string_view::npos; }

// "Up to 8 players", "more than 6 strings": so many of what the word names, which is neither goods of this shop nor money.
bool Reader::counts_something(Quantity const& n) const {
    if (n.kind != Quantity::Kind::plain || n.end >= t_.size() || t_[n.end] != U' ') return false;
    auto to = n.end + 1;
    while (to < t_.size() && cues::letter(t_[to])) ++to;
    auto const word = slice(n.end + 1, to);
    return word.size() >= 4 && word.ends_with(U's') && !word.ends_with(U"ss") && !is_common_word(word) && everyday_goods().alternatives(to_utf8(word)).empty() && std::ranges::none_of(matches_, [&](Match const& m) { return m.begin < to && n.end + 1 < m.end; });
}

// False: nothing was made of it.
bool Reader::amount(Quantity const& n, Scope const& scope, bool only_texts) {
    auto const before = slice(n.begin >= 34 ? n.begin - 34 : 0, n.begin);
    auto const near = slice(n.begin >= 14 ? n.begin - 14 : 0, n.begin);
    auto after = slice(n.end, std::min(t_.size(), n.end + 8));
    for (std::size_t i = 0; i < after.size(); ++i)  // "宽不超过120，预算2000": the budget is the next number's
        if (is_stop(after[i])) after = after.substr(0, i);
    auto const said = to_utf8(slice(n.begin, std::min(n.end, t_.size())));
    // "Drops to 50", 降到30: of what is waited for, a bare number behind "to" is the price.
    auto const waited_for = [&] {
        auto lead = near;
        while (!lead.empty() && lead.back() == U' ') lead.remove_suffix(1);
        return n.kind == Quantity::Kind::plain && std::ranges::any_of(cues::words_of(U"to at is costs reaches hits under for 到 至 成 是 低于"), [&](std::u32string const& word) { return lead.ends_with(word) && (is_han(word.front()) || lead.size() == word.size() || !cues::letter(lead[lead.size() - word.size() - 1])); });
    };
    bool const price_word = (out_.intent == Intent::watch && waited_for()) || has(near, U"预算 价位 价格 价钱 价 budget price priced cost costs spend spending pay") || has(after, U"预算 价位 budget") || slice(std::min(n.end, t_.size()), t_.size()).starts_with(U" to spend");
    bool const limited = n.limit != Quantity::Limit::exact;
    // "The first two", 这两个: which, and not how many; 都要两个: two of each.
    bool const of_reference = std::ranges::any_of(used_, [&](Span const& u) { return t_[u.begin] != U'都' && t_[u.begin] != U'每' && u.begin < n.number_end && n.number_begin < u.end; });
    if (has(before, U"you_said you_told 你说 你刚说 你说过 说好")) return true;  // a claim about the past is no wish
    if (stands_for_goods(n)) return true;
    // "Make it two" after a question about the budget: what buys nothing here is no budget.
    bool const counted = counted_behind(n) || (n.limit != Quantity::Limit::exact && counts_something(n));
    // "A gift for my dad, 200": alone in its clause, and too large to be an age.
    auto const alone = [&] {
        auto from = n.begin, to = std::min(n.end, t_.size());
        while (from > 0 && t_[from - 1] == U' ') --from;
        return n.kind == Quantity::Kind::plain && !limited && !counted && n.value >= 100 && n.begin == n.number_begin && n.end == n.number_end && from > 0 && (t_[from - 1] == U',' || t_[from - 1] == U'，') && (to == t_.size() || is_stop(t_[to])) && buys_something(n.value) && (out_.gift || out_.intent == Intent::gift || !kinds_.empty());
    };
    bool const asked = alone() || (situation_.pending == "price" && matches_.empty() && !counted && slice(n.number_begin, n.number_end) != U"one" && n.kind == Quantity::Kind::plain && out_.intent != Intent::more && (n.value >= 100 || buys_something(n.value)));
    if (only_texts && !price_word && !asked && !limited && !of_a_name(n) && (n.kind == Quantity::Kind::measure ? n.base != "year" && n.base != "month" && n.base != "min" && n.base != "%" : n.kind != Quantity::Kind::money && (n.value >= 10 || has(after, U"player players person string strings key keys hole holes wheel wheels 人 弦 键 孔 轮")))) {
        hints_ += U" " + std::u32string(slice(n.begin, std::min(n.end, t_.size())));  // "1000 pieces": the titles say it
        return n.kind != Quantity::Kind::measure;
    }
    if (pieces(n, said, scope)) return true;
    if (n.kind == Quantity::Kind::plain && !price_word && named_number(n, near, said, scope)) return true;
    if (n.kind == Quantity::Kind::measure && named_size(n, said, scope)) return true;
    if (of_a_computer(n)) return true;
    if (n.kind == Quantity::Kind::plain && !price_word && !asked && !limited && n.value >= 100 && numbered_value(n, said, scope)) return true;
    if (n.kind == Quantity::Kind::money || (n.kind == Quantity::Kind::plain && (price_word || asked || (limited && !counted && n.value >= 5 && !near.ends_with(U"rating "))))) {
        if (has(near, U"评分 rating rated stars 星级") || has(after, U"星 stars star 分以上")) return rating(n, said) || !limited;
        auto const& shop = view_.currency();
        if (!n.currency.empty() && n.currency != shop) {
            out_.foreign_money = said;
            auto others = std::exchange(out_.constraints, {});
            price(n, said, price_word || asked);
            if (!out_.constraints.empty()) out_.foreign_price = out_.constraints.front();
            out_.constraints = std::move(others);
            return false;
        }
        price(n, said, price_word || asked);
    } else if (n.kind == Quantity::Kind::plain && (has(after, U"星 stars star") || has(near, U"评分 rating rated"))) {
        return rating(n, said) || !limited;
    } else if (n.kind == Quantity::Kind::measure) {
        if (n.base == "mm" && n.value >= 100 && n.value <= 340 && has(near, U"脚长 脚 foot feet")) { out_.foot_mm = n.value; return true; }
        if (has(near, U"身高 体重 我 i'm i_am") && (n.base == "g" || n.base == "mm") && !has(near, U"我要 我想")) return true;  // of the person, not of the goods
        if (n.base == "%") return !limited;
        if (n.base == "min" && !cues::policy_topic(t_).empty()) return true;
        auto attribute = attribute_of(n, scope);
        // "At least 20 feet", where goods have no such number and titles tell it.
        if (attribute.empty() && limited && view_.titles_tell(n.base)) attribute = std::string(of_a_title) + n.base;
        if (attribute.empty() && (n.base == "min" || n.base == "year" || n.base == "°C" || n.base == "month")) return !limited || n.word == "岁" || person_;  // "in two days", "for a 5 year old"
        auto limits = interval(n);
        // What a thing can bear is enough when it is more: "给10公斤的狗".
        if (auto const found = words_.attribute_ids.find(attribute); n.limit == Quantity::Limit::exact && n.tolerance == 0 && found != words_.attribute_ids.end() && label_has(words_.attributes[static_cast<std::size_t>(found->second)], U"承重 适合体重 load bear 保温 保冷 续航 keeps_warm keeps_cold keep_warm keep_cold battery")) limits = {n.value * (1 - 1e-9), infinity};
        Constraint c{.kind = ConstraintKind::number, .attribute = attribute, .said = said};
        if (std::isfinite(limits.low)) c.min = limits.low;
        if (std::isfinite(limits.high)) c.max = limits.high;
        if (n.limit == Quantity::Limit::exact || n.limit == Quantity::Limit::about) c.target = n.value;
        bool merged = false;
        for (auto& other : out_.constraints)  // "at least 80 cm but under 100 cm"
            if (other.kind == ConstraintKind::number && other.attribute == c.attribute && !attribute.empty() && !(other.min && c.min) && !(other.max && c.max)) {
                if (c.min) other.min = c.min;
                if (c.max) other.max = c.max;
                merged = true;
            }
        if (!merged) out_.constraints.push_back(std::move(c));
    } else if (of_reference && (n.kind == Quantity::Kind::plain || n.kind == Quantity::Kind::count)) {
        return true;
    } else if ((out_.intent == Intent::add_to_basket || ((out_.corrects || (situation_.just_added && n.value <= 20 && !counted && (n.end >= t_.size() || std::u32string_view(U"的码号").find(t_[n.end]) == std::u32string_view::npos))) && matches_.empty())) && n.kind == Quantity::Kind::plain && n.limit == Quantity::Limit::exact && n.value >= 1 && n.value <= 99) {
        out_.quantity = static_cast<std::int64_t>(n.value), out_.quantity_said = true;
    } else if (n.kind == Quantity::Kind::count && n.limit == Quantity::Limit::exact && n.value >= 1 && n.value <= 999) {
        out_.quantity = static_cast<std::int64_t>(n.value), out_.quantity_said = true;
    } else {
        return !limited || n.value == 0;
    }
    return true;
}

// "A puzzle with fewer than 100 pieces", 1000片: what a set is made of, where goods or titles count their pieces, and not how many are bought.
bool Reader::pieces(Quantity const& n, std::string const& said, Scope const& scope) {
    auto const after = slice(std::min(n.end, t_.size()), t_.size());
    std::size_t const width = after.starts_with(U"颗粒") ? 2 : 1;   // of what is counted
    // 500片以上: the limit stands behind what is counted.
    auto spoken = n;
    auto const behind = after.empty() ? after : after.substr(width);
    std::size_t limit_said = 0;
    if (n.limit == Quantity::Limit::exact && n.kind == Quantity::Kind::plain)
        for (auto const& [word, limit] : {std::pair{U"以上", Quantity::Limit::at_least}, {U"以下", Quantity::Limit::at_most}, {U"以内", Quantity::Limit::at_most}, {U"左右", Quantity::Limit::about}})
            if (behind.starts_with(word)) spoken.limit = limit, limit_said = 2;
    bool const limited = spoken.limit != Quantity::Limit::exact;
    bool const counted = n.kind == Quantity::Kind::count ? n.word == "pieces" || n.word == "piece" || n.word == "pcs" : n.kind == Quantity::Kind::plain && (after.starts_with(U"片") || after.starts_with(U"颗粒") || after.starts_with(U"块积木") || after.starts_with(U"块拼图"));
    if (!counted || (out_.intent != Intent::find && out_.intent != Intent::gift) || (!limited && n.value < 20)) return false;
    Constraint c{.kind = ConstraintKind::number, .said = said + (n.kind == Quantity::Kind::plain ? to_utf8(after.substr(0, width)) : std::string())};
    for (std::size_t a = 0; a < words_.attributes.size() && c.attribute.empty(); ++a)
        if (auto const& info = words_.attributes[a]; info.numeric && scope.attributes[a] && label_has(info, U"片数 块数 颗粒 件数 pieces piece_count")) c.attribute = info.name;
    if (c.attribute.empty() && limited && view_.titles_tell("pc")) c.attribute = std::string(of_a_title) + "pc";
    if (c.attribute.empty()) return false;
    auto const limits = interval(spoken);
    if (std::isfinite(limits.low)) c.min = limits.low;
    if (std::isfinite(limits.high)) c.max = limits.high;
    if (!limited || spoken.limit == Quantity::Limit::about) c.target = n.value;
    if (limit_said > 0) c.said += to_utf8(behind.substr(0, limit_said));
    out_.constraints.push_back(std::move(c));
    used_.push_back({n.begin, std::min(t_.size(), n.end + (n.kind == Quantity::Kind::plain ? width + limit_said : 0))});
    taken_.push_back(used_.back());
    return true;
}

// "能放14寸电脑": the size of what goes in, and not of the goods; a title that names it bears it out.
bool Reader::of_a_computer(Quantity const& n) {
    if (n.kind != Quantity::Kind::measure || n.base != "mm" || n.limit != Quantity::Limit::exact) return false;
    auto from = n.end;
    while (from < t_.size() && (t_[from] == U' ' || t_[from] == U'的')) ++from;
    auto const rest = slice(from, t_.size());
    for (std::u32string_view what : {U"笔记本电脑", U"笔记本", U"电脑", U"平板", U"laptop", U"notebook", U"macbook", U"tablet", U"ipad"})
        if (rest.starts_with(what)) {
            auto const said = to_utf8(std::u32string(slice(n.number_begin, n.end)) + (is_han(what.front()) ? U"" : U" ") + std::u32string(what));
            out_.constraints.push_back({.values = {{"", said, said}}, .said = said});
            used_.push_back({n.begin, from + what.size()});
            return true;
        }
    return false;
}

// "304的": what these goods have by a name that begins so ("304不锈钢").
bool Reader::numbered_value(Quantity const& n, std::string const& said, Scope const& scope) {
    if (scope_.empty()) return false;
    auto const digits = to_utf32(plain_number(n.value));
    Constraint c{.said = said};
    for (std::size_t a = 0; a < words_.attributes.size(); ++a)
        for (std::size_t v = 0; v < words_.attributes[a].values.size(); ++v) {
            if (!scope.values[a][v] || words_.attributes[a].numeric) continue;
            auto const& label = words_.attributes[a].values[v];
            auto const zh = surface_of(label.zh);
            if (zh.starts_with(digits) && zh.size() > digits.size() && is_han(zh[digits.size()])) c.values.push_back({words_.attributes[a].name, label.en, label.zh}), c.attribute = words_.attributes[a].name;
        }
    if (c.values.empty()) return false;
    out_.constraints.push_back(std::move(c));
    return true;
}

bool Reader::buys_something(double amount) const {
    double minor = amount;
    for (int i = 0; i < currency_decimals(view_.currency()); ++i) minor *= 10;
    for (std::size_t p = 0; p < view_.size(); ++p)
        if (static_cast<double>(view_[p].price_from) <= minor) return true;
    return false;
}

namespace {

// How long the name is by which the text calls the attribute; 0: by none.
std::size_t called_so(AttributeInfo const& info, std::u32string_view text) {
    std::size_t longest = 0;
    for (auto const* name : {&info.label.en, &info.label.zh})
        if (auto const s = surface_of(*name); s.size() >= 2 && cues::has_word(text, s)) longest = std::max(longest, s.size());
    return longest;
}

}  // namespace

// "坐高45到48": a bare number behind the name of a numeric attribute is in the unit people use for it.
bool Reader::named_number(Quantity const& n, std::u32string_view near, std::string const& said, Scope const& scope) {
    // Of the same clause, with no other number in between.
    for (std::size_t i = near.size(); i > 0; --i)
        if (is_stop(near[i - 1]) || (near[i - 1] >= U'0' && near[i - 1] <= U'9')) { near.remove_prefix(i); break; }
    for (auto const& other : numbers_)
        if (other.end <= n.begin && other.end + near.size() > n.begin) return false;
    // "Seat height 48" is the attribute of that name, and not the first that is a height of something.
    std::size_t whole_name = 0;
    for (std::size_t a = 0; a < words_.attributes.size(); ++a)
        if (words_.attributes[a].numeric && scope.attributes[a]) whole_name = std::max(whole_name, called_so(words_.attributes[a], near));
    for (std::size_t a = 0; a < words_.attributes.size(); ++a) {
        auto const& info = words_.attributes[a];
        if (!info.numeric || !scope.attributes[a] || (whole_name > 0 && called_so(info, near) != whole_name)) continue;
        bool named = whole_name > 0;
        for (auto tail = near; !named && !tail.empty();) {  // "宽不超过120", "width: 120"
            if (std::u32string_view(U" :：在是要度").find(tail.back()) != std::u32string_view::npos) { tail.remove_suffix(1); continue; }
            for (auto const& d : dimension_words)
                for (auto const& said : cues::words_of(d.said)) named = named || (info.measure.base == "mm" && label_has(info, d.label) && tail.ends_with(said) && (is_han(said.front()) || tail.size() == said.size() || !cues::letter(tail[tail.size() - said.size() - 1])));
            break;
        }
        if (!named) continue;
        auto spoken = n;
        auto const factor = info.measure.base == "mm" ? 10 : info.measure.factor;
        spoken.kind = Quantity::Kind::measure, spoken.value *= factor, spoken.upper *= factor, spoken.step *= factor, spoken.tolerance *= factor;
        auto const limits = interval(spoken);
        Constraint c{.kind = ConstraintKind::number, .attribute = info.name, .said = said};
        if (std::isfinite(limits.low)) c.min = limits.low;
        if (std::isfinite(limits.high)) c.max = limits.high;
        out_.constraints.push_back(std::move(c));
        return true;
    }
    return false;
}

// "28 inch", "15.6寸": sizes that this kind of goods has by name.
bool Reader::named_size(Quantity const& n, std::string const& said, Scope const& scope) {
    if (n.limit != Quantity::Limit::exact || n.base != "mm" || unit_of(n.word).factor != 25.4) return false;
    auto const digits = plain_number(n.value / 25.4);
    Constraint c{.said = said};
    auto const take = [&](auto const& fits) {
        for (std::size_t a = 0; a < words_.attributes.size(); ++a)
            for (std::size_t v = 0; v < words_.attributes[a].values.size(); ++v) {
                if (!scope.values[a][v]) continue;
                auto const& label = words_.attributes[a].values[v];
                auto const zh = to_utf8(surface_of(label.zh)), en = to_utf8(surface_of(label.en));
                auto const number = zh.substr(0, zh.find_first_not_of("0123456789.")), english = en.substr(0, en.find_first_not_of("0123456789."));
                bool const sized = (!number.empty() && (zh.substr(number.size()).starts_with("寸") || zh.substr(number.size()).starts_with("英寸")) && fits(number)) || (!english.empty() && en.substr(english.size()).starts_with(" inch") && fits(english));
                if (sized) c.values.push_back({words_.attributes[a].name, label.en, label.zh}), c.attribute = words_.attributes[a].name;
            }
    };
    take([&](std::string_view number) { return number == digits; });
    // Who says 15 of what comes in 15.6 means that.
    if (c.values.empty() && digits.find('.') == std::string::npos) take([&](std::string_view number) { return number.starts_with(digits + "."); });
    if (c.values.empty()) return false;
    out_.constraints.push_back(std::move(c));
    return true;
}

void Reader::price(Quantity const& n, std::string const& said, bool budget) {
    double scale = 1;
    for (int i = 0; i < currency_decimals(view_.currency()); ++i) scale *= 10;
    auto spoken = n;  // "500左右": an amount of money, though no currency was named
    spoken.kind = Quantity::Kind::money;
    budget = budget || one_budget(n);
    auto limits = interval(spoken);
    if (n.limit == Quantity::Limit::about && budget && budget_of_several()) limits = {-infinity, n.value};   // of all of it
    else if (n.limit == Quantity::Limit::exact) limits = budget ? Interval{-infinity, n.value} : Interval{n.value * 0.8, n.value * 1.2};
    else if (n.limit == Quantity::Limit::about && budget) limits = {-infinity, n.value * 1.1};  // a budget is a ceiling; about leaves a little
    Constraint c{.kind = ConstraintKind::price, .said = said};
    if (std::isfinite(limits.low)) c.min = std::ceil(limits.low * scale - 1e-6);
    if (std::isfinite(limits.high)) c.max = std::floor(limits.high * scale + 1e-6);
    if (n.limit == Quantity::Limit::below) c.max = std::ceil(n.value * scale - 1e-6) - 1;
    if (n.limit == Quantity::Limit::above) c.min = std::floor(n.value * scale + 1e-6) + 1;
    if (n.limit == Quantity::Limit::about || n.limit == Quantity::Limit::exact) c.target = n.value * scale;
    // More than anything can cost: as a ceiling it limits nothing.
    constexpr double most_money_minor = 1e12;
    if (c.max && *c.max > most_money_minor) c.max.reset(), c.target.reset();
    if (!c.min && !c.max) return;
    for (auto& other : out_.constraints)
        if (other.kind == ConstraintKind::price && !(other.min && c.min) && !(other.max && c.max)) {
            if (c.min) other.min = c.min;
            if (c.max) other.max = c.max;
            return;
        }
    std::erase_if(out_.constraints, [](Constraint const& other) { return other.kind == ConstraintKind::price; });
    out_.constraints.push_back(std::move(c));
}

bool Reader::rating(Quantity const& n, std::string const& said) {
    if (n.value < 1 || n.value > 5) return false;
    // 比一比, "the better rated one": no number of stars.
    if (auto const c = t_[n.number_begin]; n.number_end - n.number_begin == 1 ? c == U'一' : slice(n.number_begin, n.number_end) == U"one") return true;
    out_.constraints.push_back({.kind = ConstraintKind::rating, .min = n.value, .said = said});
    return true;
}

}  // namespace kindling::dialogue
