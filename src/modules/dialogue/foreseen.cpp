#include "modules/dialogue/foreseen.h"
#include "core/utf8.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/reader.h"
#include <fmt/format.h>
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::size_t looked_at = 1000;
constexpr double least_likely_kind = 0.3;

Label const& label_of(Vocabulary const& words, PredictedValue const& v) {
    return v.attribute < 0 ? words.brands[static_cast<std::size_t>(v.value)].label : words.attributes[static_cast<std::size_t>(v.attribute)].values[static_cast<std::size_t>(v.value)];
}

// "At" and "for" stand beside anything.
std::string telling_words(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        auto const end = std::min(text.find(' ', i), text.size());
        auto const piece = text.substr(i, end - i);
        i = end + 1;
        auto const word = surface_of(piece);
        bool const small = std::ranges::all_of(word, [](char32_t c) { return c >= U'a' && c <= U'z'; }) && (word.size() < 3 || is_common_word(word));
        if (!small) out += (out.empty() ? "" : " ") + std::string(piece);
    }
    return out;
}

Label attribute_of(Vocabulary const& words, PredictedValue const& v) {
    return v.attribute < 0 ? Label{"Brand", "品牌"} : words.attributes[static_cast<std::size_t>(v.attribute)].label;
}

}  // namespace

std::vector<PredictedValue> foresee(Live const& live, std::string_view query, Reading const& reading) {
    if (!live.values || !live.index || query.empty()) return {};
    // What something is for is no need of the index's ("for running at night"), and says most here.
    auto const& named = reading.constraints;
    bool const refuses = !reading.refused_unknown.empty() || !reading.doubted.empty() || std::ranges::any_of(named, [](Constraint const& c) { return c.polarity == Polarity::avoid; });
    // Of which goods: as they are named, or as the words make likely. What these have no such value of says nothing of them, and no word tells a size.
    auto const& words = live.view->words();
    auto out = live.values->predict(*live.view, *live.index, live.categories.get(), telling_words(refuses ? std::string_view(reading.needs) : utf8_prefix(query, 600)));
    bool const of_attributes = std::ranges::any_of(out, [](PredictedValue const& v) { return v.attribute >= 0; });
    auto kinds = of_attributes ? kinds_of(named, Polarity::want, words) : std::vector<int>();
    if (of_attributes && kinds.empty() && live.categories)
        for (auto const& likely : live.categories->predict(*live.view, *live.index, query))
            if (likely.probability >= least_likely_kind) kinds.push_back(likely.category);
    auto const kinds_have = kinds.empty() ? std::nullopt : std::optional(live.view->scope(kinds));
    std::erase_if(out, [&](PredictedValue const& v) {
        auto const speaker = surface_of(v.word);
        if (v.attribute >= 0) {
            auto const& info = words.attributes[static_cast<std::size_t>(v.attribute)];
            if (label_has(info, U"尺码 码数 size")) return true;
            if (kinds_have && !kinds_have->values[static_cast<std::size_t>(v.attribute)][static_cast<std::size_t>(v.value)]) return true;
        }
        return speaker.empty() || std::ranges::any_of(named, [&](Constraint const& c) {
            // A property that nothing here has says nothing by its name, and may say something by its company.
            if (c.kind == ConstraintKind::value && std::ranges::all_of(c.values, [](auto const& value) { return value.attribute.empty(); })) return false;
            bool const same = v.attribute < 0 ? c.kind == ConstraintKind::brand : c.attribute == live.view->words().attributes[static_cast<std::size_t>(v.attribute)].name;
            auto const said = surface_of(c.said);
            return same || (is_han(speaker.front()) ? said.find(speaker) != said.npos : cues::has_word(said, speaker));
        });
    });
    return out;
}

void lift_foreseen(CatalogueView const& view, std::span<PredictedValue const> foreseen, std::span<std::pair<std::size_t, double> const> found, TextScores& text) {
    if (foreseen.empty()) return;
    std::unordered_map<std::size_t, double> factors;
    for (auto const& [p, score] : found.first(std::min(found.size(), looked_at))) factors.emplace(p, value_factor(view, p, foreseen));
    constexpr auto least = 1 - value_lift;
    for (auto& [p, score] : text) {
        auto const at = factors.find(p);
        score *= at == factors.end() ? least : at->second;
    }
}

std::vector<ForeseenValue> told_of(CatalogueView const& view, std::span<PredictedValue const> foreseen, std::span<std::uint32_t const> fitting) {
    std::vector<ForeseenValue> out;
    auto const first = fitting.first(std::min(fitting.size(), looked_at));
    for (auto const& v : foreseen) {
        auto const n = static_cast<std::size_t>(std::ranges::count_if(first, [&](std::uint32_t p) { return has_value(view, p, v); }));
        if (!fitting.empty() && (n == 0 || n == first.size())) continue;
        auto const attribute = attribute_of(view.words(), v);
        auto const& value = label_of(view.words(), v);
        out.push_back({v.attribute < 0 ? "brand" : view.words().attributes[static_cast<std::size_t>(v.attribute)].name, attribute.in(Locale::en), attribute.in(Locale::zh), value.in(Locale::en), value.in(Locale::en), value.in(Locale::zh), v.probability, v.word});
    }
    return out;
}

std::string why_foreseen(CatalogueView const& view, std::size_t product, std::span<PredictedValue const> foreseen, Locale locale) {
    for (auto const& v : foreseen)
        if (has_value(view, product, v)) return locale == Locale::zh ? fmt::format("{}：{}，“{}”常指它", attribute_of(view.words(), v).in(locale), label_of(view.words(), v).in(locale), v.word) : fmt::format("{}: {}, which “{}” often means", attribute_of(view.words(), v).in(locale), label_of(view.words(), v).in(locale), v.word);
    return {};
}

}  // namespace kindling::dialogue
