#include "shop/simulator/speech.h"
#include "core/money.h"
#include "shop/simulator/vocabulary.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop::simulator {
namespace {

std::string const& in(Bilingual const& text, Locale locale) { return locale == Locale::zh ? text.zh : text.en; }

std::string lower(std::string text) {
    for (auto& c : text) if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

// The department and family of a sub-category, by position.
struct Tables { Department const* department; Family const* family; };
Tables tables(World const& world, int category) {
    auto const& c = world.categories[static_cast<std::size_t>(category)];
    for (auto const& d : departments())
        if (world.categories[static_cast<std::size_t>(c.parent)].key == d.key)
            for (auto const& f : d.families) if (f.key == c.key) return {&d, &f};
    return {&departments()[0], &departments()[0].families[0]};
}

}  // namespace

Query search_query(World const& world, Product const& p, Locale locale, Random& random) {
    auto const& category = world.categories[static_cast<std::size_t>(p.category)].name;
    auto noun = !p.synonyms.empty() && random.chance(0.45) ? in(random.one_of(p.synonyms), locale) : lower(in(category, locale));
    auto const& attribute = random.one_of(p.attributes);
    auto const& variant = world.variants[static_cast<std::size_t>(p.first_variant)];
    auto const gap = locale == Locale::zh ? "" : " ";
    Query query{.text = {}, .category = p.category, .value = {}};
    auto const ask = [&](Query::Asks asks, Bilingual const& word) { query.asks = asks, query.value = word.en, query.text = lower(in(word, locale)) + gap + noun; };
    switch (random.below(8)) {
        case 0: case 1: query.text = noun; break;
        case 2: case 3: ask(Query::Asks::attribute, attribute.value); break;
        case 4: variant.colour.zh.empty() ? void(query.text = noun) : ask(Query::Asks::colour, variant.colour); break;
        case 5: ask(Query::Asks::brand, world.brands[static_cast<std::size_t>(p.brand)].name), query.number = p.brand; break;
        case 6: {
            auto const limit = (variant.price_minor / 100 / 50 + 1) * 50;
            query.asks = Query::Asks::price, query.number = limit * 100;
            query.text = locale == Locale::zh ? fmt::format("{}元以内{}", limit, noun) : fmt::format("{} under {}", noun, limit);
            break;
        }
        default: {
            auto const& word = random.one_of(p.selling_points);
            query.asks = Query::Asks::point, query.value = word.en;
            query.text = locale == Locale::zh ? noun + " " + word.zh : lower(word.en) + " " + noun;
        }
    }
    if (auto& text = query.text; locale == Locale::en && text.size() > 5 && random.chance(0.06)) {
        auto const at = 1 + random.below(text.size() - 3);
        if (text[at] > 0 && text[at + 1] > 0) std::swap(text[at], text[at + 1]);
    }
    return query;
}

bool answers(World const& world, Query const& query, Product const& p) {
    if (p.category != query.category) return false;
    switch (query.asks) {
        case Query::Asks::kind: return true;
        case Query::Asks::attribute: return std::ranges::any_of(p.attributes, [&](Attribute const& a) { return a.value.en == query.value; });
        case Query::Asks::point: return std::ranges::any_of(p.selling_points, [&](Bilingual const& point) { return point.en == query.value; });
        case Query::Asks::brand: return p.brand == query.number;
        case Query::Asks::price: return world.variants[static_cast<std::size_t>(p.first_variant)].price_minor <= query.number;
        case Query::Asks::colour: break;
    }
    for (int v = p.first_variant; v < p.first_variant + p.variant_count; ++v)
        if (world.variants[static_cast<std::size_t>(v)].colour.en == query.value) return true;
    return false;
}

std::string review_text(World const& world, Product const& p, Locale locale, int stars, UnmetNeed const* wish, Random& random) {
    auto const [department, family] = tables(world, p.category);
    std::vector<Aspect const*> aspects;
    for (auto const& a : department->aspects) aspects.push_back(&a);
    random.shuffle(aspects);
    // Only what can be said of this family: nobody praises the wheels of a tote bag.
    auto const remark = [&](std::vector<Remark> const& all) {
        std::vector<Words> open;
        for (auto const& r : all) if (r.only.empty() || (" " + std::string(r.only) + " ").find(" " + std::string(family->key) + " ") != std::string::npos) open.push_back({r.zh, r.en});
        return open.empty() ? Words{} : random.one_of(open);
    };
    static constexpr Words fine[] = {{"第二次买了。", "Second time I buy this. "}, {"物流很快，隔天就到。", "Fast delivery, here the next day. "}, {"包装很用心。", "Packed with care. "}, {"推荐。", "Recommended. "}, {"比实体店便宜。", "Cheaper than in town. "}, {"", ""}, {"", ""}, {"家里人也说好。", "My family likes it, too. "}};
    static constexpr Words poor[] = {{"不会再买了。", "I will not buy it again. "}, {"客服态度还可以。", "At least the service was kind. "}, {"等了好几天才到。", "It took days to arrive. "}, {"", ""}, {"跟描述不太一样。", "Not quite as described. "}, {"已申请退货。", "I have asked for a return. "}};
    static constexpr Words middle[] = {{"总体还行。", "All in all it is fine. "}, {"对得起这个价格。", "Fair for the price. "}, {"中规中矩。", "Nothing special. "}};
    auto const say = [&](Words const& w) { return std::string(locale == Locale::zh ? w.zh : w.en) + (locale == Locale::en && !w.en.empty() && !w.en.ends_with(' ') ? " " : ""); };
    std::string text;
    auto const good = stars >= 4 ? (stars == 5 ? 2 : 1) + static_cast<int>(random.below(2)) : stars == 3 ? 1 : 0;
    auto const bad = stars <= 2 ? 1 + static_cast<int>(random.below(2)) : stars <= 4 ? (stars == 3 || random.chance(0.4) ? 1 : 0) : 0;
    std::size_t next = 0;
    for (int i = 0; i < good && next < aspects.size(); ++i) text += say(remark(aspects[next++]->good));
    for (int i = 0; i < bad && next < aspects.size(); ++i) if (auto const words = remark(aspects[next++]->bad); !words.en.empty()) text += (i == 0 && good > 0 ? say({"就是", "But: "}) : std::string()) + say(words);
    text += say(stars >= 4 ? random.one_of(fine) : stars == 3 ? random.one_of(middle) : random.one_of(poor));
    if (wish != nullptr) text += locale == Locale::zh ? "希望能出" + wish->query.zh + "，" + wish->wish.zh + "。" : "I wish you sold a " + wish->query.en + ": " + wish->wish.en + ".";
    while (text.ends_with(' ')) text.pop_back();
    if (text.empty()) text = stars >= 4 ? say({"很满意。", "Very happy with it."}) : say({"一般。", "Not impressed."});
    return text;
}

std::string return_comment(ReturnReason reason, Locale locale, Random& random) {
    static constexpr Words size[] = {{"尺码偏小", "too small"}, {"尺码偏大", "too large"}, {"太长了", "too long for me"}, {"放不下，尺寸不合适", "does not fit the place I had in mind"}};
    static constexpr Words quality[] = {{"做工粗糙", "poor workmanship"}, {"用了两天就坏了", "broke after two days"}, {"有异味", "it smells"}, {"线头多，面料薄", "loose threads and thin material"}};
    static constexpr Words mind[] = {{"不想要了", "changed my mind"}, {"买重复了", "bought it twice by mistake"}, {"没有想象中好看", "not as pretty as I hoped"}, {"家人说用不上", "we do not need it after all"}};
    static constexpr Words damaged[] = {{"收到时破损", "arrived damaged"}, {"包装压坏了，里面有裂痕", "crushed in transit, there is a crack"}};
    static constexpr Words described[] = {{"颜色和图片不一样", "the colour differs from the picture"}, {"和描述不符", "not as described"}};
    auto const pick = [&](auto const& list) { auto const& w = random.one_of(list); return std::string(locale == Locale::zh ? w.zh : w.en); };
    switch (reason) {
        case ReturnReason::wrong_size: return pick(size);
        case ReturnReason::poor_quality: return pick(quality);
        case ReturnReason::changed_mind: return pick(mind);
        case ReturnReason::damaged: return pick(damaged);
        default: return pick(described);
    }
}

Conversation converse(World const& world, TalkAbout const& about, Random& random) {
    Conversation talk;
    talk.topic = about.topic, talk.language = about.language;
    auto const zh = about.language == Locale::zh;
    auto at = about.at_ms;
    auto const customer = [&](std::string chinese, std::string english) { talk.messages.push_back({at, true, zh ? std::move(chinese) : std::move(english)}); at += random.between(20, 150) * 1000; };
    auto const shop = [&](std::string chinese, std::string english) { talk.messages.push_back({at, false, zh ? std::move(chinese) : std::move(english)}); at += random.between(15, 90) * 1000; };
    auto const& p = *about.product;
    auto const category = lower(in(world.categories[static_cast<std::size_t>(p.category)].name, about.language));
    auto const price = format_money(about.variant->price_minor, "CNY", about.language);
    auto const greetings = [&] { return random.chance(0.5); };
    switch (about.topic) {
        case Topic::where_is_order: {
            auto const& o = *about.order;
            auto const number = fmt::format("KG{:08}", o.number);
            customer(random.chance(0.5) ? "我的订单怎么还没到？" : "你好，快递到哪了", random.chance(0.5) ? "Where is my order?" : "Hi, my parcel has not arrived yet.");
            if (greetings()) shop("您好，请问是哪一笔订单？", "Hello! Which order is it about?"), customer(number, number);
            auto const shipped = o.shipped_at_ms != 0 && o.shipped_at_ms <= about.at_ms;
            if (shipped) shop(fmt::format("订单{}已由{}发出，运单号{}，发出时间{}。", number, o.carrier, o.tracking, format_date(day_of(o.shipped_at_ms, shop_zone))), fmt::format("Order {} left with {} on {}, tracking number {}.", number, o.carrier, format_date(day_of(o.shipped_at_ms, shop_zone)), o.tracking));
            else shop(fmt::format("订单{}已付款，仓库正在打包，今天会发出。", number), fmt::format("Order {} is paid and being packed; it leaves today.", number));
            if (random.chance(0.35)) customer("能不能快点，我急着用", "Can it be faster? I need it soon."), shop("已经帮您催促承运商，有更新会第一时间告诉您。", "I have asked the carrier to hurry and will tell you as soon as it moves.");
            customer("好的谢谢", "OK, thanks.");
            break;
        }
        case Topic::size_advice: {
            auto const height = random.between(155, 182), weight = random.between(46, 82);
            auto const size = height < 160 ? "S" : height < 167 ? "M" : height < 174 ? "L" : "XL";
            auto const shoe = !about.variant->size.en.starts_with("EU ") ? false : true;
            auto const foot = random.between(225, 265);
            if (shoe) {
                customer(fmt::format("脚长{}毫米，这双穿多大？", foot), fmt::format("My foot is {} mm long, which size do I need?", foot));
                shop(fmt::format("{}毫米建议选{}码，脚背高可以大一码。", foot, foot / 5 - 10), fmt::format("For {} mm take EU {}; one size up for a high instep.", foot, foot / 5 - 10));
            } else {
                customer(fmt::format("身高{}体重{}公斤，穿什么码？", height, weight), fmt::format("I am {} cm and {} kg, which size?", height, weight));
                shop(fmt::format("建议选{}码。这款以M码为准，标注的长度可以在详情页看到。", size), fmt::format("I suggest {}. The length on the page is for size M.", size));
            }
            for (auto const& a : p.attributes) if (a.key == "length_mm") { customer("M码多长？", "How long is M?"), shop("M码长" + a.value.zh + "。", "Size M is " + a.value.en + " long."); break; }
            customer("可以退换吗？", "Can I exchange it?");
            shop("支持7天无理由退换，吊牌保留就行。", "Yes, within 7 days with the tag on.");
            break;
        }
        case Topic::refund:
            customer("我想退货退款", "I would like to return this and get my money back.");
            shop("可以的，请问是什么原因呢？", "Of course. May I ask the reason?");
            customer(return_comment(static_cast<ReturnReason>(random.below(5)), Locale::zh, random), return_comment(static_cast<ReturnReason>(random.below(5)), Locale::en, random));
            shop("已为您提交退货申请，上门取件后，签收当天原路退款，1到3个工作日到账。", "Your return is registered. After pick-up we refund on the day we receive it; it takes 1 to 3 working days to arrive.");
            customer("运费谁出？", "Who pays the shipping?");
            shop("质量问题由我们承担，其他原因从退款中扣除10元取件费。", "We do if the goods are faulty; otherwise 10 yuan for the pick-up are deducted.");
            break;
        case Topic::invoice:
            customer("可以开发票吗？公司抬头", "Can I have an invoice for my company?");
            shop("可以，请提供抬头和税号，电子普票24小时内发到邮箱。", "Yes. Please send the company name and tax number; the e-invoice arrives within 24 hours.");
            customer("专票可以吗", "A special VAT invoice, too?");
            shop("可以开专票，需要补充开户行和地址，3个工作日寄出。", "Yes, with your bank and address; it is posted within 3 working days.");
            break;
        case Topic::complaint: {
            customer(random.chance(0.5) ? "太失望了，" + return_comment(ReturnReason::poor_quality, Locale::zh, random) : "你们质量怎么回事！" + return_comment(ReturnReason::damaged, Locale::zh, random), "I am very disappointed: " + return_comment(ReturnReason::poor_quality, Locale::en, random) + ".");
            shop("非常抱歉给您带来不好的体验，方便发一张照片吗？", "I am truly sorry. Could you send a photo?");
            customer("[图片]", "[photo]");
            shop("已核实，是我们的问题。可以补发一件，或者全额退款，您看哪种方便？", "You are right, it is our fault. A replacement or a full refund: which do you prefer?");
            auto const again = random.chance(0.5);
            customer(again ? "补发吧" : "退款", again ? "Send a new one." : "Refund.");
            shop(again ? "今天补发，运费我们承担，旧的不用寄回。" : "已全额退款，预计24小时内到账。", again ? "It leaves today at our cost; keep the old one." : "Refunded in full; it arrives within 24 hours.");
            talk.solved = random.chance(0.85);
            break;
        }
        case Topic::unmet_need:
            customer("有没有" + about.need->query.zh + "？" + about.need->wish.zh, "Do you have a " + about.need->query.en + "? " + about.need->wish.en);
            shop("抱歉，目前还没有这样的商品，已经记下您的需求。", "Sorry, we do not have that yet. I have noted your wish.");
            customer("好吧，有了告诉我", "All right, tell me when you do.");
            talk.solved = false;
            break;
        case Topic::guide: {
            auto const budget = (about.variant->price_minor / 100 / 50 + 1) * 50;
            auto const& a = random.one_of(p.attributes);
            auto const own = p.selling_points[0];
            customer(fmt::format("想买{}，预算{}以内，要{}", category, budget, a.value.zh), fmt::format("I am looking for {}, up to {} yuan, {}", category, budget, a.value.en));
            shop(fmt::format("为您找到：{}，{}，{}是{}。", p.title.zh, price, a.name.zh, a.value.zh), fmt::format("I found: {}, {}. {}: {}.", p.title.en, price, a.name.en, a.value.en));
            customer("有什么优点？", "What is good about it?");
            shop(own.zh + "；" + p.selling_points[1].zh + "。", own.en + "; " + lower(p.selling_points[1].en) + ".");
            if (random.chance(0.5)) customer("有别的颜色吗", "Any other colour?"), shop(p.variant_count > 1 ? "有的，详情页可以选。" : "目前只有这一款。", p.variant_count > 1 ? "Yes, you can choose on the page." : "Only this one for now.");
            customer("好，我看看", "OK, I will have a look.");
        }
    }
    if (random.chance(0.3)) talk.satisfaction = talk.solved ? 4 + static_cast<int>(random.below(2)) : 1 + static_cast<int>(random.below(3));
    return talk;
}

}  // namespace kindling::shop::simulator
