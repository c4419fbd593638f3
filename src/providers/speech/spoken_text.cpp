// providers/speech/spoken_text.cpp -- a text as it is read aloud: by language, numbers and prices in words. See offline_voice.h.
#include "core/utf8.h"
#include "providers/speech/offline_voice.h"
#include <algorithm>
#include <array>

namespace kindling::providers {

namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'À' && c <= U'ɏ' && c != U'×' && c != U'÷'); }

struct Unit { std::u32string_view before; char32_t sign; std::string_view en, zh; };
constexpr Unit units[] = {{U"JP", U'¥', "yen", "日元"}, {U"HK", U'$', "Hong Kong dollars", "港元"}, {U"", U'¥', "yuan", "元"}, {U"", U'￥', "yuan", "元"}, {U"", U'$', "dollars", "美元"}, {U"", U'€', "euros", "欧元"}, {U"", U'£', "pounds", "英镑"}};

class Reader {
public:
    Reader(std::u32string text, Locale locale) : text_(std::move(text)), locale_(locale) {}

    std::vector<SpokenRun> runs() {
        while (at_ < text_.size()) next();
        for (auto& run : out_)
            while (run.text.ends_with(' ')) run.text.pop_back();
        return std::move(out_);
    }

private:
    void next() {
        char32_t const c = text_[at_];
        if (auto const* unit = unit_here()) return price(*unit);
        if (is_digit(c) || is_letter(c)) return word();
        if (is_han(c)) add(Locale::zh, to_utf8(text_.substr(at_, 1)));
        else if (std::u32string_view(U"。，、；：？！").contains(c)) pause(to_utf8(text_.substr(at_, 1)));
        else if (std::u32string_view(U".,;:?!'\n").contains(c)) pause(c == U'\n' ? ". " : std::string(1, static_cast<char>(c)));
        else pause(" ");
        ++at_;
    }

    // A sign of money, with the letters that stand before it, and a number after it.
    Unit const* unit_here() const {
        for (auto const& unit : units)
            for (std::u32string_view before : {unit.before, std::u32string_view(unit.before.empty() ? U"CN" : unit.before), std::u32string_view(unit.before.empty() ? U"US" : unit.before)})
                if (auto const sign = at_ + before.size(); sign + 1 < text_.size() && text_.compare(at_, before.size(), before) == 0 && text_[sign] == unit.sign && is_digit(text_[sign + 1])) return &unit;
        return nullptr;
    }
    void price(Unit const& unit) {
        at_ = text_.find(unit.sign, at_) + 1;
        auto number = this->number();
        if (auto const point = number.find('.'); point != number.npos && number.find_first_not_of('0', point + 1) == number.npos) number.resize(point);
        if (locale_ == Locale::zh) add(Locale::zh, number_in_chinese(number) + std::string(unit.zh));
        else add(Locale::en, number + " " + std::string(unit.en));
    }

    // Digits, with commas before each three of them and one point; as digits and point.
    std::string number() {
        std::string out;
        bool point = false;
        for (; at_ < text_.size(); ++at_) {
            auto const digit = [&](std::size_t i) { return i < text_.size() && is_digit(text_[i]); };
            if (digit(at_)) out += static_cast<char>(text_[at_]);
            else if (text_[at_] == U'.' && !point && digit(at_ + 1)) out += '.', point = true;
            else if (text_[at_] != U',' || point || !digit(at_ + 1) || !digit(at_ + 2) || !digit(at_ + 3) || digit(at_ + 4)) break;
        }
        return out;
    }

    // Letters and digits that stand together: "K380" and "5G" are read as names, "380" as a number.
    void word() {
        auto end = at_;
        bool letters = false;
        for (; end < text_.size(); ++end) {
            bool const alnum = is_digit(text_[end]) || is_letter(text_[end]);
            bool const joint = std::u32string_view(U".-'’&+/").contains(text_[end]) && end + 1 < text_.size() && (is_digit(text_[end + 1]) || is_letter(text_[end + 1]));
            if (!alnum && !joint) break;
            letters = letters || is_letter(text_[end]);
        }
        if (letters) {
            add(Locale::en, to_utf8(text_.substr(at_, end - at_)));
            at_ = end;
            return;
        }
        auto const number = this->number();
        bool const per_cent = at_ < text_.size() && (text_[at_] == U'%' || text_[at_] == U'％');
        if (per_cent) ++at_;
        if (locale_ == Locale::zh) add(Locale::zh, (per_cent ? "百分之" : "") + number_in_chinese(number));
        else add(Locale::en, number + (per_cent ? " per cent" : ""));
    }

    void add(Locale language, std::string const& text) {
        if (out_.empty() || out_.back().language != language) out_.push_back({language, ""});
        out_.back().text += text;
    }
    // Belongs to what was said before it; at the beginning there is nothing to pause after.
    void pause(std::string const& sign) {
        if (!out_.empty() && !(sign == " " && out_.back().text.ends_with(' '))) out_.back().text += sign;
    }

    std::u32string text_;
    Locale locale_;
    std::size_t at_ = 0;
    std::vector<SpokenRun> out_;
};

constexpr std::array<std::string_view, 10> digits{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

// Up to four digits, with the zero that stands for those left out: 1005 is 一千零五.
std::string four_digits(std::string_view group) {
    static constexpr std::array<std::string_view, 4> places{"", "十", "百", "千"};
    std::string out;
    bool zero = false;
    for (std::size_t i = 0; i < group.size(); ++i) {
        auto const digit = static_cast<std::size_t>(group[i] - '0');
        if (digit == 0) zero = true;
        else {
            if (zero) out += digits[0];
            zero = false;
            out += digits[digit];
            out += places[group.size() - 1 - i];
        }
    }
    return out;
}

}  // namespace

std::string number_in_chinese(std::string_view number) {
    auto const point = std::min(number.find('.'), number.size());
    auto whole = number.substr(0, point);
    std::string out;
    if (whole.size() > 12 || (whole.size() > 1 && whole[0] == '0')) {
        for (char const c : whole) out += digits[static_cast<std::size_t>(c - '0')];
    } else {
        static constexpr std::array<std::string_view, 3> scales{"", "万", "亿"};
        for (auto groups = (whole.size() + 3) / 4; groups-- > 0;) {
            auto const size = whole.size() - groups * 4;
            auto const group = whole.substr(0, size);
            whole.remove_prefix(size);
            auto const said = four_digits(group);
            if (said.empty()) continue;
            // 1,0005 is 一万零五: a zero that four_digits said already, or that a group left out before stands for.
            if (!out.empty() && !said.starts_with(digits[0]) && out.ends_with(scales[2]) && groups == 0) out += digits[0];
            out += said;
            out += scales[groups];
        }
        if (out.empty()) out = digits[0];
        if (out.starts_with("一十")) out.erase(0, digits[1].size());
    }
    if (point < number.size()) {
        out += "点";
        for (char const c : number.substr(point + 1)) out += digits[static_cast<std::size_t>(c - '0')];
    }
    return out;
}

std::vector<SpokenRun> spoken_runs(std::string_view text, Locale locale) { return Reader(to_utf32(text), locale).runs(); }

}  // namespace kindling::providers
