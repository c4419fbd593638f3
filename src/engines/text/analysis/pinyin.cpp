#include "engines/text/analysis/pinyin.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "core/utf8.h"
#include "engines/text/analysis/characters.h"
#include "engines/text/analysis/data/tables.h"
#include "engines/text/analysis/normalise.h"

namespace kindling::text {

namespace {

// Other common readings, after the first: "character syllable [syllable...]".
constexpr std::string_view more_readings =
    "重 chong;长 chang;乐 yue;行 hang;率 lv;薄 bo;壳 qiao;弹 dan;调 diao;朝 chao;降 xiang;柏 bo;参 shen cen;藏 zang;差 chai ci;单 shan chan;大 dai;倒 dao;得 dei;地 de;都 du;恶 wu;发 fa;佛 fo;冠 guan;给 ji;号 hao;和 huo hu;核 hu;横 heng;"
    "会 kuai;几 ji;夹 jia;假 jia;间 jian;将 jiang;角 jue;觉 jiao;教 jiao;解 xie;尽 jin;卷 juan;卡 qia;看 kan;可 ke;空 kong;落 la lao;累 lei;俩 liang;了 liao;六 lu;绿 lu;露 lou;没 mo;模 mu;难 nan;宁 ning;泡 pao;炮 bao;便 pian;漂 piao;屏 bing;"
    "铺 pu;奇 ji;曲 qu;切 qie;圈 juan;色 shai;塞 se;煞 sha;扇 shan;少 shao;舍 she;什 shi;盛 cheng;识 zhi;似 shi;数 shuo;说 shui;宿 xiu;提 di;挑 tiao;帖 tie;吐 tu;为 wei;喔 wo;吓 he;鲜 xian;相 xiang;削 xiao;校 jiao;血 xie;要 yao;叶 xie;应 ying;"
    "与 yu;晕 yun;扎 za;载 zai;脏 zang;择 zhai;炸 zha;粘 nian;涨 zhang;着 zhao zhuo;折 she;正 zheng;只 zhi;中 zhong;种 zhong chong;转 zhuan;传 zhuan;钻 zuan;作 zuo;蚌 beng;伯 bai;剥 bao;背 bei;臂 bei;秘 bi;辟 bi;颤 zhan;厂 an;称 chen;澄 deng;匙 chi;"
    "臭 xiu;畜 xu;答 da;逮 dai;担 dan;当 dang;钉 ding;囤 tun;番 pan;服 fu;脯 fu;咖 ga;嘎 ga;杆 gan;蛤 ha;更 geng;谷 yu;龟 jun;哈 ha;巷 hang;哄 hong;虹 jiang;划 hua;混 hun;缉 qi;济 ji;茄 jia;矫 jiao;嚼 jue;结 jie;禁 jin;劲 jing;据 ju;菌 jun;咳 hai;"
    "烙 luo;勒 lei;擂 lei;量 liang;笼 long;搂 lou;抹 ma;埋 man;蔓 wan;氓 meng;蒙 meng;糜 mi;缪 miao;磨 mo;娜 nuo;呢 ni;尿 sui;弄 long;拗 niu;胖 pan;刨 bao;喷 pen;片 pian;瀑 bao;栖 xi;强 jiang;翘 qiao;亲 qing;雀 qiao;纶 guan;汤 shang;拓 tuo;系 ji;厦 xia;"
    "吁 yu;殷 yan;饮 yin;尉 yu;员 yun;轧 ga;咋 zha;占 zhan;爪 zhua;症 zheng;粥 yu;琢 zuo;女 nv;";

// Words in which a character is not read by its first reading.
constexpr std::string_view word_readings =
    "重庆 chong qing;重新 chong xin;重复 chong fu;重叠 chong die;重启 chong qi;银行 yin hang;行业 hang ye;行货 hang huo;排行 pai hang;音乐 yin yue;乐器 yue qi;声乐 sheng yue;长款 chang kuan;长袖 chang xiu;长裤 chang ku;长裙 chang qun;长短 chang duan;长度 chang du;"
    "加长 jia chang;超长 chao chang;特长 te chang;长筒 chang tong;长发 chang fa;长城 chang cheng;薄荷 bo he;薄膜 bo mo;单薄 dan bo;地壳 di qiao;子弹 zi dan;炸弹 zha dan;防弹 fang dan;空调 kong tiao;调料 tiao liao;调味 tiao wei;调节 tiao jie;调色 tiao se;色调 se diao;腔调 qiang diao;"
    "朝阳 chao yang;唐朝 tang chao;柏林 bo lin;参差 cen ci;人参 ren shen;西洋参 xi yang shen;海参 hai shen;党参 dang shen;西藏 xi zang;藏红花 zang hong hua;出差 chu chai;单于 chan yu;大夫 dai fu;都市 du shi;首都 shou du;成都 cheng du;会计 kuai ji;主角 zhu jue;睡觉 shui jiao;"
    "发卡 fa qia;卡子 qia zi;关卡 guan qia;角落 jiao luo;露脸 lou lian;模具 mu ju;模样 mu yang;便宜 pian yi;花卷 hua juan;盛饭 cheng fan;标识 biao zhi;宿舍 su she;提防 di fang;校对 jiao dui;应用 ying yong;粘土 nian tu;粘人 nian ren;着急 zhao ji;着装 zhuo zhuang;着色 zhuo se;"
    "效率 xiao lv;功率 gong lv;频率 pin lv;分辨率 fen bian lv;税率 shui lv;绿色 lv se;女 nv;女装 nv zhuang;女鞋 nv xie;女士 nv shi;铝 lv;旅行 lv xing;钥匙 yao shi;咖喱 ga li;脯 fu;果脯 guo fu;胸脯 xiong pu;厦门 xia men;大厦 da sha;爪子 zhua zi;泡泡 pao pao;炮制 pao zhi;"
    "曲奇 qu qi;数据 shu ju;鲜花 xian hua;血压 xue ya;种植 zhong zhi;种子 zhong zi;转椅 zhuan yi;传记 zhuan ji;钻石 zuan shi;钻头 zuan tou;扎啤 zha pi;结实 jie shi;干燥 gan zao;干净 gan jing;烘干 hong gan;吹风 chui feng;蚌埠 beng bu;什锦 shi jin;行李 xing li;折叠 zhe die;尺码 chi ma;";

struct Tables {
    std::unordered_map<char32_t, std::vector<std::string_view>> by_character;
    std::unordered_map<std::u32string, std::vector<std::string_view>> by_word;
    std::size_t longest_word = 0;
    std::unordered_set<std::string_view> syllables;

    Tables() {
        by_character.reserve(21'000);
        auto const groups = data::reading_groups();
        for (std::size_t at = 0; at < groups.size();) {
            auto const end = groups.find('\n', at);
            auto const line = groups.substr(at, end - at);
            at = end + 1;
            auto const space = line.find(' ');
            auto const syllable = line.substr(0, space);
            if (syllable.find_first_of("aeiouv") != std::string_view::npos) syllables.insert(syllable);  // not m, ng
            for (auto i = space + 1; i < line.size();) by_character[next_code_point(line, i)].push_back(syllable);
        }
        for (auto const syllable : {"lv", "nv", "lve", "nve", "lue", "nue"}) syllables.insert(syllable);
        each_entry(more_readings, [&](std::string_view key, std::vector<std::string_view> const& values) {
            std::size_t at = 0;
            auto& list = by_character[next_code_point(key, at)];
            for (auto const value : values)
                if (std::ranges::find(list, value) == list.end()) list.push_back(value);
        });
        each_entry(word_readings, [&](std::string_view key, std::vector<std::string_view> const& values) {
            auto word = to_utf32(key);
            longest_word = std::max(longest_word, word.size());
            if (word.size() == values.size()) by_word.emplace(std::move(word), values);
        });
    }

    template <class F> static void each_entry(std::string_view table, F&& f) {
        while (!table.empty()) {
            auto entry = table.substr(0, table.find(';'));
            table.remove_prefix(std::min(table.size(), entry.size() + 1));
            std::vector<std::string_view> fields;
            while (!entry.empty()) {
                auto const field = entry.substr(0, entry.find(' '));
                fields.push_back(field);
                entry.remove_prefix(std::min(entry.size(), field.size() + 1));
            }
            auto const key = fields.front();
            fields.erase(fields.begin());
            f(key, fields);
        }
    }
};

Tables const& tables() {
    static Tables const instance;
    return instance;
}

}  // namespace

std::vector<std::string_view> readings(char32_t han) {
    auto const found = tables().by_character.find(han);
    return found == tables().by_character.end() ? std::vector<std::string_view>{} : found->second;
}

std::vector<std::string> pinyin_syllables(std::string_view original) {
    Normalised normal;
    normalise(original, normal);
    std::u32string_view const text = normal.text;
    auto const& t = tables();
    std::vector<std::string> out;
    bool in_run = false;
    for (std::size_t i = 0; i < text.size();) {
        auto const kind = class_of(text[i]);
        if (kind != CharacterClass::han) {
            bool const part = kind == CharacterClass::letter || kind == CharacterClass::digit;
            if (part && !in_run) out.emplace_back();
            if (part) append_utf8(text[i], out.back());
            in_run = part, ++i;
            continue;
        }
        in_run = false;
        bool word = false;
        for (auto n = std::min(t.longest_word, text.size() - i); n >= 1 && !word; --n)
            if (auto const found = t.by_word.find(std::u32string(text.substr(i, n))); found != t.by_word.end()) {
                for (auto const syllable : found->second) out.emplace_back(syllable);
                i += n, word = true;
            }
        if (word) continue;
        auto const found = t.by_character.find(text[i]);
        out.push_back(found != t.by_character.end() ? std::string(found->second.front()) : to_utf8(text.substr(i, 1)));
        ++i;
    }
    return out;
}

std::string pinyin(std::string_view text) {
    std::string out;
    for (auto const& syllable : pinyin_syllables(text)) out += syllable;
    return out;
}

std::string pinyin_initials(std::string_view text) {
    std::string out;
    for (auto const& syllable : pinyin_syllables(text)) {
        std::size_t at = 0;
        append_utf8(next_code_point(syllable, at), out);
    }
    return out;
}

std::string fuzzy_syllable(std::string_view syllable) {
    std::string s(syllable);
    if (s.size() > 1 && s[1] == 'h' && (s[0] == 'z' || s[0] == 'c' || s[0] == 's')) s.erase(1, 1);
    if (!s.empty() && s[0] == 'l') s[0] = 'n';
    if (s.size() > 2 && s[0] == 'f' && s[1] != 'o') s[0] = 'h';  // fo and ho do not both exist
    for (std::string_view const final : {"ang", "eng", "ing"})
        if (s.ends_with(final)) s.pop_back();
    return s;
}

std::string fuzzy_pinyin(std::string_view text) {
    std::string out;
    for (auto const& syllable : pinyin_syllables(text)) out += fuzzy_syllable(syllable);
    return out;
}

std::vector<std::string> cut_pinyin(std::string_view latin) {
    constexpr std::size_t most = 64, longest = 6;
    if (latin.empty() || latin.size() > most) return {};
    // cut[i]: the length of the syllable that begins at i on a way to the end, 0 if there is none; from the right.
    std::array<std::uint8_t, most + 1> cut{};
    std::array<std::uint8_t, most + 1> count{};
    auto const n = latin.size();
    for (std::size_t i = n; i-- > 0;) {
        if (latin[i] == '\'' || latin[i] == ' ') {
            if (i + 1 < n && cut[i + 1]) cut[i] = 1, count[i] = count[i + 1];
            continue;
        }
        for (std::size_t length = 1; length <= longest && i + length <= n; ++length) {
            auto const rest = i + length;
            if ((rest == n || cut[rest]) && tables().syllables.contains(latin.substr(i, length)) && (!cut[i] || count[rest] + 1 <= count[i]))
                cut[i] = static_cast<std::uint8_t>(length), count[i] = static_cast<std::uint8_t>(count[rest] + 1);
        }
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < n && cut[i]; i += cut[i])
        if (latin[i] != '\'' && latin[i] != ' ') out.emplace_back(latin.substr(i, cut[i]));
    return out;
}

}  // namespace kindling::text
