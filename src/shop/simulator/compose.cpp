#include "shop/simulator/compose.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace kindling::shop::simulator {
namespace {

std::vector<std::string> split(std::string_view words) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < words.size();) {
        auto const end = std::min(words.find(' ', at), words.size());
        if (end > at) out.emplace_back(words.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::string tag_of(std::string_view en) {
    std::string out(en);
    std::replace(out.begin(), out.end(), ' ', '_');
    return out;
}

// Tags present and tags that may no longer come.
struct Tags {
    std::vector<std::string> present, banned;
    bool has(std::string_view tag) const { return std::find(present.begin(), present.end(), tag) != present.end(); }
    bool allows(Value const& value) const {
        auto const bans = [&](std::string const& tag) { return std::find(banned.begin(), banned.end(), tag) != banned.end(); };
        if (bans(tag_of(value.en))) return false;
        for (auto const& tag : split(value.tags)) if (bans(tag)) return false;
        for (auto const& tag : split(value.excludes)) if (has(tag)) return false;
        return true;
    }
    void add(Value const& value) {
        present.push_back(tag_of(value.en));
        for (auto& tag : split(value.tags)) present.push_back(std::move(tag));
        for (auto& tag : split(value.excludes)) banned.push_back(std::move(tag));
    }
};

using Slots = std::map<std::string, Bilingual, std::less<>>;

std::string fill(std::string_view pattern, Slots const& slots, Locale locale) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
        if (pattern[at] != '{') { out += pattern[at++]; continue; }
        auto const end = pattern.find('}', at);
        auto key = pattern.substr(at + 1, end - at - 1);
        auto const capitals = key.ends_with('^');
        if (capitals) key.remove_suffix(1);
        auto const slot = slots.find(key);
        if (slot != slots.end()) {
            auto const& text = locale == Locale::zh ? slot->second.zh : slot->second.en;
            // "LDAC" + "IPX5" must not become one word between Chinese characters.
            auto const letter = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
            if (locale == Locale::zh && !out.empty() && !text.empty() && letter(out.back()) && letter(text[0])) out += ' ';
            out += capitals ? title_case(text) : text;
        }
        at = end + 1;
    }
    return out;
}

std::string sentence(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
    return text;
}

std::string model_name(Random& random) {
    static constexpr std::string_view letters[] = {"A", "C", "E", "H", "K", "M", "N", "Q", "R", "S", "T", "X"};
    static constexpr std::string_view endings[] = {"", "", "", " Pro", " Lite", " Air", " Plus", " SE", " Max", " Mini"};
    return fmt::format("{}{}{}", random.one_of(letters), random.chance(0.5) ? random.between(1, 9) : random.between(1, 9) * 10, random.one_of(endings));
}

// Which attribute the picture should show, and which is its pattern.
std::pair<std::string_view, std::string_view> picture_keys(Shape shape) {
    switch (shape) {
        case Shape::dress: return {"sleeve", "pattern"};
        case Shape::shirt: return {"collar", "pattern"};
        case Shape::tee: return {"neckline", "graphic"};
        case Shape::cardigan: return {"neckline", "knit"};
        case Shape::sneaker: return {"sole", "upper"};
        case Shape::loafer: return {"decoration", "sole"};
        case Shape::boot: return {"heel", "style"};
        case Shape::tote: return {"strap", "material"};
        case Shape::suitcase: return {"trip", "material"};
        case Shape::earbuds: return {"wearing", "codec"};
        case Shape::speaker: return {"cover", "use"};
        case Shape::kettle: return {"spout", "material"};
        case Shape::air_fryer: return {"window", "control"};
        case Shape::desk_lamp: return {"arm", "style"};
        case Shape::floor_lamp: return {"stand", "shade"};
        case Shape::pendant: return {"shade", "style"};
        case Shape::desk: return {"lift", "top"};
        case Shape::chair: return {"kind", "armrest"};
        case Shape::shelf: return {"fixing", "material"};
        case Shape::thermos: return {"lid", "finish"};
        case Shape::mug: return {"handle", "decor"};
        case Shape::kids_bottle: return {"drinking", "theme"};
        case Shape::serum: case Shape::cream: case Shape::tube: case Shape::sunscreen: return {"active", "texture"};
        case Shape::blocks: return {"theme", "material"};
        case Shape::plush: return {"animal", "extra"};
        case Shape::puzzle: return {"picture", "extra"};
        case Shape::pet_food: return {"animal", "protein"};
        case Shape::pet_bed: return {"shape", "fabric"};
        case Shape::fountain: return {"flow", "material"};
        default: return {"use", "material"};
    }
}

}  // namespace

std::string readable(std::string_view en) {
    static constexpr std::string_view compounds[] = {"steel", "cotton", "leather", "base", "legs", "rubber", "cloth", "polyester", "glass", "fabric", "foam", "handle", "glaze", "board", "skin", "acid", "tea", "C", "tiles", "plywood", "armrests", "sleeve",
        "room", "household", "landscape", "sky", "castle", "plush", "cover", "liner", "wool", "kibble", "mix", "food", "map", "fibre", "collar", "mode", "architecture", "box", "flat", "isolation", "ANC", "dimming", "LED", "warm", "travel", "office", "carbon",
        "battery", "bag", "placket", "waist", "iron", "lids", "plate", "heat", "kettle", "timer", "touch", "only", "rubber", "build", "thinking", "marks", "cut", "china", "sugar"};
    auto const last = en.substr(en.rfind('-') == en.npos ? 0 : en.rfind('-') + 1);
    auto const hyphens = std::count(en.begin(), en.end(), '-');
    std::string out(en);
    if (hyphens >= 2 || en.starts_with("with-") || (hyphens == 1 && std::find(std::begin(compounds), std::end(compounds), last) != std::end(compounds)))
        std::replace(out.begin(), out.end(), '-', ' ');
    return out;
}

std::string title_case(std::string_view text) {
    static constexpr std::string_view small[] = {"and", "with", "for", "of", "the", "to", "in", "up", "mm", "cm", "ml", "l", "g", "kg", "h", "m"};
    std::string out;
    for (auto& word : split(text)) {
        auto const is_small = std::find(std::begin(small), std::end(small), word) != std::end(small);
        if (!out.empty()) out += ' ';
        out += is_small && !out.empty() ? word : sentence(word);
    }
    return out;
}

Bilingual show_measure(Measure const& measure, int number) {
    std::string text = number % measure.divisor == 0 ? std::to_string(number / measure.divisor) : fmt::format("{:.1f}", static_cast<double>(number) / measure.divisor);
    auto en = text;
    if (!measure.en_unit.empty()) en += measure.en_unit == "%" ? "%" : " " + std::string(measure.en_unit);
    return {text + std::string(measure.zh_unit), en};
}

Composition compose(Department const& department, Family const& family, Words const& brand, Random& random) {
    Composition out;
    Slots slots;
    auto const put = [&](std::string_view key, std::string_view zh, std::string_view en) { slots.insert_or_assign(std::string(key), Bilingual{std::string(zh), std::string(en)}); };
    put("brand", brand.zh, brand.en);
    auto const model = model_name(random);
    put("model", model, model);

    auto const [shape_key, pattern_key] = picture_keys(family.shape);
    Tags tags;
    Bilingual details;
    for (auto const& choice : family.choices) {
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < choice.values.size(); ++i)
            if (tags.allows(choice.values[i])) open.push_back(i);
        // A table without an open value is a fault in the table; the vocabulary test looks for it.
        auto const index = open.empty() ? 0 : random.one_of(open);
        auto const& value = choice.values[index];
        tags.add(value);
        auto const en = readable(value.en);
        put(choice.key, value.zh, en);
        out.attributes.push_back({.key = std::string(choice.key), .name = {std::string(choice.zh), std::string(choice.en)}, .kind = AttributeKind::choice, .value = {std::string(value.zh), en}, .unit = {}});
        details.zh += value.zh_detail;
        details.en += ' ', details.en += value.en_detail;
        out.price_factor *= value.price;
        if (choice.key == shape_key) out.picture_style += static_cast<int>(index) + 1;
        if (choice.key == pattern_key) out.picture_style += 8 * (static_cast<int>(index) + 1);
    }
    // One largeness for all measures, so that a tall toy is not lighter than a small one.
    auto const largeness = random.uniform();
    Bilingual numbers;
    std::string done;
    for (auto const& measure : family.measures) {
        if (measure.key == done || (!measure.when.empty() && !tags.has(measure.when))) continue;
        done = measure.key;
        auto const share = std::clamp(largeness + random.normal(0, 0.08), 0.0, 1.0);
        auto const steps = (measure.high - measure.low) / measure.step;
        auto const number = measure.low + static_cast<int>(std::lround(share * steps)) * measure.step;
        auto const shown = show_measure(measure, number);
        put(measure.key, shown.zh, shown.en);
        out.attributes.push_back({.key = std::string(measure.key), .name = {std::string(measure.zh), std::string(measure.en)}, .kind = AttributeKind::number, .value = shown, .number = static_cast<double>(number), .unit = std::string(measure.unit)});
        numbers.zh += fill(measure.zh_detail, slots, Locale::zh);
        if (!numbers.en.empty()) numbers.en += ' ';
        numbers.en += fill(measure.en_detail, slots, Locale::en);
        if (measure.price_power != 0) out.price_factor *= std::pow(2.0 * number / (measure.low + measure.high), measure.price_power);
        if (&measure == &family.measures.front() || measure.key == family.measures.front().key) {
            auto low = measure.low, high = measure.high;
            for (auto const& other : family.measures)
                if (other.key == measure.key) low = std::min(low, other.low), high = std::max(high, other.high);
            out.size = high > low ? static_cast<double>(number - low) / (high - low) : 0.5;
        }
    }
    if (auto const end = numbers.zh.rfind("，"); end != std::string::npos && end + 3 == numbers.zh.size()) numbers.zh.replace(end, 3, "。");
    if (numbers.en.ends_with(',') || numbers.en.ends_with(';')) numbers.en.back() = '.';

    std::vector<Point> points;
    for (auto const& point : family.points)
        if (point.needs.empty() || tags.has(point.needs)) points.push_back(point);
    random.shuffle(points);
    if (points.size() > 4) points.resize(4);
    for (auto const& point : points) out.points.push_back({std::string(point.zh), std::string(point.en)});
    put("point", points[0].zh, points[0].en);

    auto const pattern = random.below(family.titles.size());
    out.title = {fill(family.titles[pattern].zh, slots, Locale::zh), fill(family.titles[pattern].en, slots, Locale::en)};
    while (out.title.zh.ends_with(' ')) out.title.zh.pop_back();
    auto const& intro = random.one_of(family.intros);
    auto const& use = random.one_of(family.uses);
    Bilingual highlights;
    for (std::size_t i = 0; i < out.points.size(); ++i) {
        auto lower = out.points[i].en;
        // "USB port" and "A4" keep their capitals.
        if (lower.size() > 2 && !lower.starts_with("Ra ") && (lower[1] >= 'a' || lower[1] == ' ')) lower[0] = static_cast<char>(lower[0] | 32);
        highlights.zh += (i == 0 ? "" : "、") + out.points[i].zh;
        highlights.en += (i == 0 ? "" : i + 1 == out.points.size() ? " and " : ", ") + lower;
    }
    out.description.zh = fill(intro.zh, slots, Locale::zh) + details.zh + numbers.zh + "亮点：" + highlights.zh + "。" + std::string(use.zh) + std::string(department.care.zh);
    out.description.en = sentence(fill(intro.en, slots, Locale::en)) + details.en + ' ' + sentence(numbers.en) + " Highlights: " + highlights.en + ". " + std::string(use.en) + ' ' + std::string(department.care.en);
    return out;
}

}  // namespace kindling::shop::simulator
