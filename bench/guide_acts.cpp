// guide-acts: what each utterance of a shopping dialogue does, twelve intents, several at once.
//
// MG-ShopDial (Bernard & Balog 2023): 64 dialogues, 2,196 utterances; an intent counts when at least two of five annotators chose it. Leave one
// dialogue out: 64 trainings, every utterance is judged by a model that saw nothing of its dialogue. Only what has been said so far is
// used: the utterance, the two before it, who speaks, the place in the dialogue. F1 of each intent over all utterances, then the plain mean of the twelve.
// Costs and block weights were chosen by eight-fold cross-validation over dialogues of this set, for the engine; so its figure is a little flattered.
// Beside it, written here and sharing no code with the engine: TF-IDF of word 1-2-grams, one linear SVM (squared hinge, C = 1) per intent, the text alone.
#include "language.h"
#include "recommend.h"

#include "core/parallel.h"
#include "core/random.h"
#include "engines/learning/classification/classifier.h"

#include <boost/json.hpp>

#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

namespace kindling::bench {

namespace {

namespace json = boost::json;

struct Utterance {
    std::string text;
    bool wizard = false;
    std::set<std::uint32_t> intents;
};
using Dialogue = std::vector<Utterance>;

std::vector<Dialogue> read_dialogues(const std::string& path, std::vector<std::string>& intents) {
    boost::system::error_code error;
    auto const parsed = json::parse(read_file(path), error);
    if (error || !parsed.is_array()) give_up({Errc::invalid_argument, "not_dialogues", path + " is not MG-ShopDial's file."});
    std::vector<Dialogue> out;
    for (auto const& d : parsed.as_array()) {
        out.emplace_back();
        for (auto const& u : d.at("utterances").as_array()) {
            Utterance one{std::string(u.at("utterance").as_string()), u.at("participant").as_string() == "Wizard", {}};
            for (auto const& intent : u.at("intents").as_array()) {
                auto const name = std::string(intent.as_array()[0].as_string());
                auto at = std::ranges::find(intents, name);
                if (at == intents.end()) at = intents.insert(intents.end(), name);
                one.intents.insert(static_cast<std::uint32_t>(at - intents.begin()));
            }
            out.back().push_back(std::move(one));
        }
    }
    return out;
}

enum class Context { with, without };

classification::Bag bag_of(const Dialogue& d, std::size_t i, Context context) {
    using namespace classification;
    Bag bag;
    add_words(d[i].text, 0, 3, bag), bag.close(1);
    add_characters(d[i].text, 0, 2, 5, bag), bag.close(0.7f);
    if (context == Context::without) return bag;
    auto const same = [&](std::size_t back) -> std::uint64_t { return i < back ? 2 : d[i - back].wizard == d[i].wizard; };
    if (i > 0) add_words(d[i - 1].text, same(1) ? 1 : 2, 2, bag);
    bag.close(0.7f);
    if (i > 1) add_words(d[i - 2].text, same(2) ? 3 : 4, 1, bag);
    bag.close(0.3f);
    std::uint64_t const who = d[i].wizard, length = d[i].text.size();
    add_fact("who", who, bag), add_fact("turn", who * 100 + std::min<std::size_t>(i, 4), bag), add_fact("before", who * 10 + same(1), bag), add_fact("two before", who * 100 + same(1) * 3 + same(2), bag);
    add_fact("asked", who * 10 + (i > 0 && d[i - 1].text.contains('?')), bag), add_fact("length", who * 10 + (length < 10 ? 0 : length < 25 ? 1 : length < 60 ? 2 : length < 120 ? 3 : 4), bag);
    bag.close(1);
    return bag;
}

struct Counts {
    std::vector<double> right, found, expected;
    explicit Counts(std::size_t classes) : right(classes), found(classes), expected(classes) {}
    void add(const std::set<std::uint32_t>& gold, std::span<const std::uint32_t> ours) {
        for (auto const c : gold) ++expected[c];
        for (auto const c : ours) ++found[c], right[c] += gold.contains(c);
    }
    double f1(std::size_t c) const { return expected[c] + found[c] > 0 ? 2 * right[c] / (expected[c] + found[c]) : 0; }
    double macro() const {
        double sum = 0;
        for (std::size_t c = 0; c < right.size(); ++c) sum += f1(c);
        return sum / static_cast<double>(right.size());
    }
    double micro() const { return 2 * std::reduce(right.begin(), right.end()) / (std::reduce(found.begin(), found.end()) + std::reduce(expected.begin(), expected.end())); }
};

// The textbook: dual coordinate descent on sparse rows of a dictionary that is made anew for each fold.
class Baseline {
public:
    Baseline(std::span<const Dialogue> dialogues, std::size_t left_out, std::size_t classes) : weights_(classes) {
        std::vector<std::map<std::uint32_t, double>> rows;
        std::vector<const Utterance*> examples;
        for (std::size_t d = 0; d < dialogues.size(); ++d)
            for (auto const& u : dialogues[d]) {
                if (d == left_out) continue;
                std::map<std::uint32_t, double> row;
                for (auto const& gram : grams(u.text)) ++row[number_.try_emplace(gram, static_cast<std::uint32_t>(number_.size())).first->second];
                rows.push_back(std::move(row)), examples.push_back(&u);
            }
        documents_.assign(number_.size(), 0);
        for (auto const& row : rows)
            for (auto const& [f, count] : row) ++documents_[f];
        all_ = static_cast<double>(rows.size());
        for (auto& row : rows) scale(row);
        for (std::size_t c = 0; c < classes; ++c) {
            auto& w = weights_[c];
            w.assign(number_.size() + 1, 0);
            std::vector<double> alpha(rows.size(), 0);
            std::vector<std::size_t> order(rows.size());
            std::iota(order.begin(), order.end(), 0);
            Random random(c + 1);
            for (int pass = 0; pass < 20; ++pass) {
                random.shuffle(order);
                for (auto const i : order) {
                    double const y = examples[i]->intents.contains(static_cast<std::uint32_t>(c)) ? 1 : -1;
                    double z = w.back(), square = 1;
                    for (auto const& [f, v] : rows[i]) z += w[f] * v, square += v * v;
                    auto const old = alpha[i];
                    alpha[i] = std::max(0.0, old - (y * z - 1 + 0.5 * old) / (square + 0.5));
                    for (auto const& [f, v] : rows[i]) w[f] += (alpha[i] - old) * y * v;
                    w.back() += (alpha[i] - old) * y;
                }
            }
        }
    }
    std::vector<std::uint32_t> labels(const std::string& text) const {
        std::map<std::uint32_t, double> row;
        for (auto const& gram : grams(text))
            if (auto const found = number_.find(gram); found != number_.end()) ++row[found->second];
        scale(row);
        std::vector<std::uint32_t> out;
        for (std::uint32_t c = 0; c < weights_.size(); ++c) {
            double z = weights_[c].back();
            for (auto const& [f, v] : row) z += weights_[c][f] * v;
            if (z > 0) out.push_back(c);
        }
        return out;
    }

private:
    static std::vector<std::string> grams(const std::string& text) {
        std::vector<std::string> out;
        std::string word, last;
        for (std::size_t i = 0; i <= text.size(); ++i) {
            auto const c = i < text.size() ? text[i] : ' ';
            if (std::isalnum(static_cast<unsigned char>(c))) { word += static_cast<char>(std::tolower(c)); continue; }
            if (word.size() > 1) {  // as scikit-learn's default: words of two letters and more
                out.push_back(word);
                if (!last.empty()) out.push_back(last + " " + word);
                last = word;
            }
            word.clear();
        }
        return out;
    }
    void scale(std::map<std::uint32_t, double>& row) const {
        double square = 0;
        for (auto& [f, v] : row) v *= std::log((1 + all_) / (1 + documents_[f])) + 1, square += v * v;
        for (auto& [f, v] : row) v /= std::sqrt(square);
    }
    std::unordered_map<std::string, std::uint32_t> number_;
    std::vector<double> documents_;
    double all_ = 0;
    std::vector<std::vector<double>> weights_;
};

}  // namespace

void run_guide_acts(BenchContext& context) {
    auto const path = context.find("mg-shopdial/MGShopDial.json");
    if (!path) return;
    std::vector<std::string> intents;
    auto const dialogues = read_dialogues(*path, intents);
    std::vector<double> error, train_s;
    auto const judge = [&](Context what) {
        std::vector<classification::Document> all;
        for (std::uint32_t d = 0; d < dialogues.size(); ++d)
            for (std::size_t i = 0; i < dialogues[d].size(); ++i) {
                auto const& gold = dialogues[d][i].intents;
                all.push_back({bag_of(dialogues[d], i, what), {gold.begin(), gold.end()}, d});
            }
        Counts counts(intents.size());
        for (std::uint32_t out = 0; out < dialogues.size(); ++out) {
            std::vector<classification::Document> train;
            for (auto const& d : all)
                if (d.group != out) train.push_back(d);
            auto const used = process_seconds();
            auto const model = need(classification::Classifier::train(train, intents, {.labels = classification::Labels::several, .cost = 0.1f, .balance = 0.5f, .folds = 3, .threads = default_threads()}));
            if (what == Context::with) train_s.push_back(process_seconds() - used), error.push_back(model.calibration_error());
            for (auto const& d : all)
                if (d.group == out) counts.add({d.labels.begin(), d.labels.end()}, model.labels(d.bag));
        }
        return counts;
    };
    auto const ours = judge(Context::with), alone = judge(Context::without);
    std::vector<std::vector<std::vector<std::uint32_t>>> answers(dialogues.size());
    parallel_for(dialogues.size(), [&](std::size_t out) {
        Baseline const baseline(dialogues, out, intents.size());
        for (auto const& u : dialogues[out]) answers[out].push_back(baseline.labels(u.text));
    });
    Counts theirs(intents.size());
    for (std::size_t d = 0; d < dialogues.size(); ++d)
        for (std::size_t i = 0; i < dialogues[d].size(); ++i) theirs.add(dialogues[d][i].intents, answers[d][i]);
    auto const beside = [](double value) { return Reference{"TF-IDF linear SVM in the same run", value}; };
    context.report("macro_f1", ours.macro(), "share", beside(theirs.macro()));
    context.report("micro_f1", ours.micro(), "share", beside(theirs.micro()));
    context.report("macro_f1/text_alone", alone.macro(), "share", beside(theirs.macro()));
    for (std::size_t c = 0; c < intents.size(); ++c) context.report("f1/" + intents[c], ours.f1(c), "share", beside(theirs.f1(c)));
    context.report("train_cpu_s", percentile(train_s, 0.5), "s");
    context.report("calibration_error", percentile(error, 0.5), "share");
}

}  // namespace kindling::bench
