#include "modules/dialogue/value_model.h"
#include "core/stable_hash.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include <algorithm>
#include <cmath>
#include <mutex>

namespace kindling::dialogue {

namespace {

constexpr std::size_t longest_name = 40, longest_rest = 60, longest_label = 12, most_values = 400;   // an attribute of more values is a text

std::string key_of(Label const& label) { return label.en.empty() ? label.zh : label.en; }

std::uint64_t mark_of(shop::Product const& p) {
    auto h = stable_hash_start;
    for (auto const* s : {&p.brand, &p.brand_zh, &p.title_en, &p.title_zh, &p.description_en, &p.description_zh}) h = stable_hash_of_part(*s, h);
    auto const add = [&](auto const& attributes) {
        for (auto const& a : attributes)
            for (auto const* s : {&a.name, &a.text_en, &a.text_zh}) h = stable_hash_of_part(*s, h);
    };
    add(p.attributes);
    for (auto const& v : p.variants) add(v.attributes);
    return h;
}

template <class Use> void each_value(CatalogueView const& view, std::size_t p, Use&& use) {
    auto const& entry = view[p];
    for (auto const& v : entry.values) use(v);
    for (auto const& variant : entry.variants)
        for (auto const& v : variant.values) use(v);
}

}  // namespace

std::vector<classification::WordValues::Value> ValueModel::values_of(CatalogueView const& view, ProductIndex const& index, std::size_t p) {
    std::vector<classification::WordValues::Value> out;
    auto const add = [&](std::string const& attribute, Label const& label) {
        auto const value = key_of(label);
        auto const [group, fresh] = group_numbers_.try_emplace(attribute, static_cast<std::uint32_t>(groups_.size()));
        if (fresh) groups_.push_back({attribute, {}, {}});
        auto& of = groups_[group->second];
        auto const [number, unseen] = of.numbers.try_emplace(value, static_cast<std::uint32_t>(of.values.size()));
        if (unseen) of.values.push_back(value), words_.call({group->second, number->second}, index.words(label.en + "\n" + label.zh, longest_label));
        out.push_back({group->second, number->second});
    };
    if (auto const brand = view[p].brand; brand >= 0) add("", view.words().brands[static_cast<std::size_t>(brand)].label);
    each_value(view, p, [&](AttributeValue const& v) {
        if (v.attribute < 0 || v.value < 0) return;
        auto const& attribute = view.words().attributes[static_cast<std::size_t>(v.attribute)];
        if (attribute.facet && attribute.values.size() <= most_values) add(attribute.name, attribute.values[static_cast<std::size_t>(v.value)]);
    });
    return out;
}

void ValueModel::put(CatalogueView const& view, ProductIndex const& index, std::size_t p) {
    auto const& d = view[p].data;
    auto const mark = mark_of(d);
    if (auto const found = marks_.find(d.product_id); found != marks_.end() && found->second == mark) return;
    marks_.insert_or_assign(d.product_id, mark);
    auto const values = values_of(view, index, p);
    if (values.empty()) return words_.erase(d.product_id);
    auto words = index.words(d.title_en + "\n" + d.title_zh, longest_name);
    // The beginning of a description says what such goods are for.
    auto rest = index.words(std::string(utf8_prefix(d.description_en, 400)) + "\n" + std::string(utf8_prefix(d.description_zh, 300)), longest_rest);
    words.insert(words.end(), std::make_move_iterator(rest.begin()), std::make_move_iterator(rest.end()));
    words_.put(d.product_id, words, values);
}

void ValueModel::rebuild(CatalogueView const& view, ProductIndex const& index, std::span<ClickedProduct const> clicked) {
    std::unique_lock lock(changing_);
    std::unordered_set<std::string_view> living;
    for (std::size_t p = 0; p < view.size(); ++p) living.insert(view[p].data.product_id), put(view, index, p);
    std::erase_if(marks_, [&](auto const& mark) { return !living.contains(mark.first) && (words_.erase(mark.first), true); });
    for (auto const& id : clicked_) words_.erase(id);
    clicked_.clear();
    for (auto const& c : clicked) {
        auto const p = view.find(c.product_id);
        if (!p || !(c.clicks > 0)) continue;
        auto const values = values_of(view, index, *p);
        if (values.empty()) continue;
        clicked_.push_back("click\n" + c.query + "\n" + c.product_id);
        words_.put(clicked_.back(), index.words(c.query, 16), values, static_cast<float>(std::sqrt(c.clicks)));
    }
    // On what shoppers might type, again when the catalogue is another one.
    auto const n = view.size();
    if (n <= calibrated_at_ * 5 / 4 && n >= calibrated_at_ * 4 / 5) return;
    calibrated_at_ = n;
    lock.unlock();
    auto found = [&] {   // searches go on meanwhile
        std::shared_lock const reading(changing_);
        return words_.calibrated(500);
    }();
    lock.lock();
    words_.use(std::move(found));
}

void ValueModel::apply(CatalogueView const& view, ProductIndex const& index, std::span<std::string const> changed, std::span<std::string const> gone) {
    std::unique_lock const lock(changing_);
    auto const leave = [&](std::string const& id) { words_.erase(id), marks_.erase(id); };
    for (auto const& id : changed)
        if (auto const p = view.find(id)) put(view, index, *p);
        else leave(id);
    for (auto const& id : gone) leave(id);
}

std::vector<PredictedValue> ValueModel::predict(CatalogueView const& view, ProductIndex const& index, CategoryModel const* kinds, std::string_view query, std::size_t most) const {
    std::vector<std::vector<std::string>> words;
    if (kinds) words = kinds->alternatives(index, query);
    else
        for (auto& word : index.words(utf8_prefix(query, 600), 32)) words.push_back({std::move(word)});
    // A word of the query as it was written: the blank-separated piece that is indexed so, or the term itself (Han characters, and what means the same).
    auto const written = [&](std::vector<std::string> const& term) {
        for (std::size_t i = 0; i < query.size();) {
            auto const end = std::min(query.find(' ', i), query.size());
            if (auto const piece = query.substr(i, end - i); !piece.empty() && index.words(piece, 1) == std::vector{term.front()}) return std::string(piece);
            i = end + 1;
        }
        return term.front();
    };
    std::shared_lock const lock(changing_);
    std::vector<PredictedValue> out;
    for (auto const& likely : words_.predict(words)) {
        if (likely.probability < least_sure || out.size() >= most) break;
        if (likely.probability < likely.usual + least_gain) continue;
        auto const& group = groups_[likely.of.group];
        auto const name = text::normalise(group.values[likely.of.value]);
        PredictedValue one{.probability = likely.probability, .usual = likely.usual};
        if (group.attribute.empty()) {
            auto const found = view.words().brand_ids.find(name);
            if (found == view.words().brand_ids.end()) continue;
            one.value = found->second;
        } else {
            auto const attribute = view.words().attribute_ids.find(group.attribute);
            if (attribute == view.words().attribute_ids.end()) continue;
            auto const& info = view.words().attributes[static_cast<std::size_t>(attribute->second)];
            auto const found = info.value_ids.find(name);
            if (found == info.value_ids.end()) continue;
            one.attribute = attribute->second, one.value = found->second;
        }
        one.word = written(words[likely.word]);
        out.push_back(std::move(one));
    }
    return out;
}

bool has_value(CatalogueView const& view, std::size_t p, PredictedValue const& wanted) {
    if (wanted.attribute < 0) return view.brief(p).brand == wanted.value;
    bool has = false;
    each_value(view, p, [&](AttributeValue const& v) { has = has || (v.attribute == wanted.attribute && v.value == wanted.value); });
    return has;
}

double value_factor(CatalogueView const& view, std::size_t p, std::span<PredictedValue const> foreseen) {
    if (foreseen.empty()) return 1;
    double has = 0, all = 0;
    for (auto const& value : foreseen) all += value.probability, has += has_value(view, p, value) ? value.probability : 0;
    return 1 - value_lift + value_lift * has / all;
}

}  // namespace kindling::dialogue
