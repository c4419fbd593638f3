// query-values: which values of attributes, and which brand, a few words speak for that name none of them, on products that were not learned from.
//
// Two sets: the demo catalogue (its text attributes and brands, titles in both languages; generated), and amazon-google of product-matching (the maker of a
// piece of software by the other words of its title; real). A fifth of the products, by a hash of their number, is held out; the model
// (engines/learning/classification/word_values.h) is made of the others' titles and descriptions, as modules/dialogue/value_model.h makes it. Of a held-out
// product and each of its values the words of the value itself are taken out of the title, and two or three neighbouring words are drawn at a place by the
// same hash. The likeliest value of the attribute is right or not; where no word is known, the commonest value is meant.
// Beside it: always the commonest value, and a TF-IDF linear SVM per attribute over the same words (classifier.h, C = 1).
// foreseen_share: how often the module's rule (likelier than not, and clearly more than usual) says anything of the attribute; foreseen_right: how often it is right then.
// foreseen_sure: how probable it was said to be. calibration_error: over all that was said, in tenths of probability, how far that is from the share that is right.
// Nothing was chosen on the held-out products: s and the trust in it by calibrate() on the training part, the rest as in the module.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engines/learning/classification/word_values.h"
#include "guide_shop.h"
#include "held_out.h"
#include "modules/dialogue/value_model.h"
#include "product_pairs.h"
#include "search.h"

namespace kindling::bench {

namespace {

using classification::WordValues;

struct Item {
    std::vector<std::string> said;                    // what is learned from
    std::vector<std::vector<std::string>> titles;     // what is asked with, a language each
    std::map<std::uint32_t, std::set<std::uint32_t>> values;
    std::map<std::uint32_t, std::set<std::string>> own;   // by group: words of its values
    std::vector<std::pair<WordValues::Value, std::vector<std::string>>> called;   // and by value
    std::uint64_t hash = 0;
};

struct Set { std::string name; std::vector<Item> items; std::uint32_t groups = 0; };

class Numbers {
public:
    void put(Item& item, std::string const& group, std::string const& value, std::vector<std::string> own) {
        auto const g = groups_.try_emplace(group, static_cast<std::uint32_t>(groups_.size())).first->second;
        auto& of = values_[g];
        auto const v = of.try_emplace(value, static_cast<std::uint32_t>(of.size())).first->second;
        item.values[g].insert(v);
        item.called.push_back({{g, v}, own});
        item.own[g].insert(own.begin(), own.end());
    }
    std::uint32_t groups() const { return static_cast<std::uint32_t>(groups_.size()); }

private:
    std::map<std::string, std::uint32_t> groups_;
    std::map<std::uint32_t, std::map<std::string, std::uint32_t>> values_;
};

Set demo_set(dialogue::ProductIndex const& index) {
    auto const source = demo_shop(shop::simulator::generate_catalogue({.seed = 1, .products = 2000, .customers = 1}));
    Set out{.name = "demo", .items = {}};
    Numbers numbers;
    for (std::size_t i = 0; i < source.products.size(); ++i) {
        auto const& p = source.products[i];
        Item item{.said = index.words(p.title_en + "\n" + p.title_zh, 40), .titles = {index.words(p.title_en, 40), index.words(p.title_zh, 40)}, .values = {}, .own = {}, .hash = hash_of(i)};
        auto const rest = index.words(p.description_en.substr(0, 400) + "\n" + p.description_zh.substr(0, 300), 60);
        item.said.insert(item.said.end(), rest.begin(), rest.end());
        numbers.put(item, "", p.brand, index.words(p.brand + "\n" + p.brand_zh, 8));
        for (auto const& a : p.attributes)
            if (!a.number && !a.text_en.empty()) numbers.put(item, a.name, a.text_en, index.words(a.text_en + "\n" + a.text_zh, 12));
        out.items.push_back(std::move(item));
    }
    out.groups = numbers.groups();
    return out;
}

Set makers_set(BenchContext& context, dialogue::ProductIndex const& index) {
    Set out{.name = "amazon-google", .items = {}};
    auto const folder = context.find("product-matching");
    if (!folder) return out;
    Numbers numbers;
    for (auto const& pairs : load_product_pairs(*folder)) {
        if (pairs.name != out.name) continue;
        for (auto const* side : {&pairs.left, &pairs.right})
            for (auto const& record : *side) {
                std::string title, maker;
                for (auto const& [name, value] : product_fields(record))
                    if (name == "title") title = value;
                    else if (name == "manufacturer") maker = value;
                if (maker.empty()) continue;
                Item item{.said = index.words(title, 40), .titles = {}, .values = {}, .own = {}, .hash = hash_of(out.items.size())};
                item.titles = {item.said};
                numbers.put(item, "", maker, index.words(maker, 8));
                out.items.push_back(std::move(item));
            }
    }
    out.groups = numbers.groups();
    return out;
}

void measure(BenchContext& context, Set const& set) {
    std::vector<Item const*> training, held;
    for (auto const& item : set.items) (item.hash % 5 == 0 ? held : training).push_back(&item);
    auto start = thread_seconds();
    WordValues model;
    for (std::size_t i = 0; i < training.size(); ++i) {
        std::vector<WordValues::Value> values;
        for (auto const& [group, all] : training[i]->values)
            for (auto const v : all) values.push_back({group, v});
        for (auto const& [value, words] : training[i]->called) model.call(value, words);
        model.put(std::to_string(i), training[i]->said, values);
    }
    model.calibrate();
    context.report("learning_seconds/" + set.name, thread_seconds() - start, "s");
    struct Score { double asked = 0, right = 0, svm = 0, commonest = 0, foreseen = 0, foreseen_right = 0, foreseen_sure = 0, sure[10] = {}, hits[10] = {}, said = 0; };
    std::map<std::size_t, Score> scores;
    std::vector<double> times;
    double svm_seconds = 0;
    for (std::uint32_t g = 0; g < set.groups; ++g) {
        // Classes of the peer: values of five goods or more, which is kinder to it than to the model.
        std::map<std::uint32_t, double> counts;
        for (auto const* item : training)
            if (auto const at = item->values.find(g); at != item->values.end())
                for (auto const v : at->second) counts[v] += 1.0 / static_cast<double>(at->second.size());
        if (counts.size() < 2) continue;
        auto const commonest = std::ranges::max_element(counts, {}, &std::pair<std::uint32_t const, double>::second)->first;
        std::map<std::uint32_t, std::uint32_t> classes;
        std::vector<std::uint32_t> value_of;
        std::vector<std::string> names;
        for (auto const& [v, n] : counts)
            if (n >= 5) classes.emplace(v, static_cast<std::uint32_t>(names.size())), value_of.push_back(v), names.push_back(std::to_string(v));
        std::vector<classification::Document> documents;
        for (auto const* item : training)
            if (auto const at = item->values.find(g); at != item->values.end())
                if (auto const c = classes.find(*at->second.begin()); c != classes.end()) documents.push_back({bag_of(item->said), {c->second}, static_cast<std::uint32_t>(documents.size())});
        start = thread_seconds();
        std::optional<classification::Classifier> machine;
        if (names.size() >= 2) machine = need(classification::Classifier::train(documents, names, {}));
        svm_seconds += thread_seconds() - start;
        for (auto const* item : held) {
            auto const wanted = item->values.find(g);
            if (wanted == item->values.end()) continue;
            for (auto const& title : item->titles) {
                std::vector<std::string> rest;
                for (auto const& w : title)
                    if (!item->own.at(g).contains(w)) rest.push_back(w);
                for (std::size_t const n : {2u, 3u}) {
                    if (rest.size() < n) continue;
                    auto const query = std::span(rest).subspan((item->hash >> 8) % (rest.size() - n + 1), n);
                    std::vector<std::vector<std::string>> alternatives;
                    for (auto const& w : query) alternatives.push_back({w});
                    start = thread_seconds();
                    auto const all = model.predict(alternatives);
                    times.push_back((thread_seconds() - start) * 1e6);
                    auto const at = std::ranges::find(all, g, [](WordValues::Likely const& l) { return l.of.group; });
                    bool const hit = wanted->second.contains(at == all.end() ? commonest : at->of.value);
                    auto& score = scores[n];
                    ++score.asked, score.right += hit, score.commonest += wanted->second.contains(commonest);
                    if (at != all.end() && at->probability >= dialogue::least_sure && at->probability >= at->usual + dialogue::least_gain) ++score.foreseen, score.foreseen_right += hit, score.foreseen_sure += at->probability;
                    if (at != all.end()) {
                        auto const bin = std::min<std::size_t>(9, static_cast<std::size_t>(at->probability * 10));
                        ++score.said, score.sure[bin] += at->probability, score.hits[bin] += hit;
                    }
                    auto const labels = machine ? machine->labels(bag_of(query)) : std::vector<std::uint32_t>();
                    score.svm += wanted->second.contains(labels.empty() ? commonest : value_of[labels[0]]);
                }
            }
        }
    }
    context.report("learning_seconds_svm/" + set.name, svm_seconds, "s");
    for (auto const& [n, s] : scores) {
        auto const name = fmt::format("{}/{}_words", set.name, n == 2 ? "two" : "three");
        context.report("queries/" + name, s.asked, "queries");
        context.report("accuracy/" + name, s.right / s.asked, "share", Reference{"TF-IDF linear SVM in the same run", s.svm / s.asked});
        context.report("commonest/" + name, s.commonest / s.asked, "share");
        context.report("foreseen_share/" + name, s.foreseen / s.asked, "share");
        context.report("foreseen_right/" + name, s.foreseen_right / std::max(1.0, s.foreseen), "share");
        context.report("foreseen_sure/" + name, s.foreseen_sure / std::max(1.0, s.foreseen), "share");
        double off = 0;
        for (std::size_t bin = 0; bin < 10; ++bin) off += std::abs(s.sure[bin] - s.hits[bin]);
        context.report("calibration_error/" + name, off / std::max(1.0, s.said), "share");
    }
    context.report("p99_us/" + set.name, percentile(times, 0.99), "us");
}

}  // namespace

void run_query_values(BenchContext& context) {
    auto const index = need(dialogue::ProductIndex::open({}));
    measure(context, demo_set(*index));
    if (auto const makers = makers_set(context, *index); !makers.items.empty()) measure(context, makers);
}

}  // namespace kindling::bench
