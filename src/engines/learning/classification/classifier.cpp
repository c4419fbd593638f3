#include "engines/learning/classification/classifier.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/parallel.h"
#include "core/random.h"

namespace kindling::classification {

namespace {

constexpr std::string_view kind = "KCLA0001";

// Platt's sigmoid by Newton's method with backtracking, as Lin, Lin & Weng write it down: p = 1 / (1 + exp(-(slope z + offset))).
std::pair<float, float> sigmoid_fit(std::span<const float> z, std::span<const std::uint8_t> positive) {
    double yes = 0;
    for (auto const p : positive) yes += p;
    auto const no = static_cast<double>(z.size()) - yes;
    double const high = (yes + 1) / (yes + 2), low = 1 / (no + 2);
    double a = 0, b = std::log((yes + 1) / (no + 1));
    auto const loss = [&](double a_, double b_) {
        double sum = 0;
        for (std::size_t i = 0; i < z.size(); ++i) {
            auto const f = a_ * z[i] + b_, t = positive[i] ? high : low;
            sum += f >= 0 ? (1 - t) * f + std::log1p(std::exp(-f)) : -t * f + std::log1p(std::exp(f));
        }
        return sum;
    };
    auto now = loss(a, b);
    for (int round = 0; round < 100; ++round) {
        double haa = 1e-9, hbb = 1e-9, hab = 0, ga = 0, gb = 0;
        for (std::size_t i = 0; i < z.size(); ++i) {
            auto const p = 1 / (1 + std::exp(-(a * z[i] + b))), d = p - (positive[i] ? high : low), w = p * (1 - p);
            ga += d * z[i], gb += d, haa += w * z[i] * z[i], hbb += w, hab += w * z[i];
        }
        if (std::abs(ga) < 1e-5 && std::abs(gb) < 1e-5) break;
        auto const det = haa * hbb - hab * hab;
        auto const da = -(hbb * ga - hab * gb) / det, db = -(haa * gb - hab * ga) / det;
        double step = 1;
        for (; step > 1e-10; step /= 2)
            if (auto const next = loss(a + step * da, b + step * db); next < now + 1e-4 * step * (ga * da + gb * db)) {
                a += step * da, b += step * db, now = next;
                break;
            }
        if (step <= 1e-10) break;
    }
    // A machine whose held-back scores point the wrong way says nothing.
    return {static_cast<float>(std::clamp(a, 0.0, 100.0)), static_cast<float>(std::clamp(b, -50.0, 50.0))};
}

// The threshold of probability with the best F1; 0.5 for a class that nobody has.
float best_threshold(std::vector<std::pair<float, std::uint8_t>> scored) {
    std::ranges::sort(scored, std::greater{});
    double all = 0, right = 0, best = 0;
    for (auto const& s : scored) all += s.second;
    float at = 0.5f;
    for (std::size_t i = 0; i < scored.size(); ++i) {
        right += scored[i].second;
        if (i + 1 < scored.size() && scored[i + 1].first == scored[i].first) continue;
        if (auto const f1 = 2 * right / (all + static_cast<double>(i + 1)); f1 > best) best = f1, at = i + 1 < scored.size() ? (scored[i].first + scored[i + 1].first) / 2 : scored[i].first / 2;
    }
    return at;
}

void softmax(std::span<const float> scores, float factor, std::span<float> out) {
    auto const top = *std::ranges::max_element(scores);
    float sum = 0;
    for (std::size_t c = 0; c < scores.size(); ++c) sum += out[c] = std::exp(factor * (scores[c] - top));
    for (auto& p : out) p /= sum;
}

}  // namespace

std::vector<float> Classifier::calibrated(std::span<const float> scores) const {
    std::vector<float> out(scores.size());
    if (mode_ == Labels::one) softmax(scores, slope_[0], out);
    else
        for (std::size_t c = 0; c < scores.size(); ++c) out[c] = 1 / (1 + std::exp(-(slope_[c] * scores[c] + offset_[c])));
    return out;
}

void Classifier::calibrate(std::span<const std::vector<float>> scores, std::span<const Document> documents) {
    auto const C = classes_.size();
    auto const has = [&](std::size_t i, std::size_t c) { return std::ranges::find(documents[i].labels, c) != documents[i].labels.end(); };
    slope_.assign(C, 1), offset_.assign(C, 0), threshold_.assign(C, 0.5f);
    if (mode_ == Labels::one) {
        // The likelihood is smooth in the temperature: golden-section search over its logarithm.
        std::vector<float> p(C);
        auto const loss = [&](double log_factor) {
            double sum = 0;
            for (std::size_t i = 0; i < documents.size(); ++i) softmax(scores[i], static_cast<float>(std::exp(log_factor)), p), sum -= std::log(std::max(p[documents[i].labels[0]], 1e-12f));
            return sum;
        };
        double low = std::log(0.1), high = std::log(50.0);
        for (int round = 0; round < 30; ++round) {
            auto const a = high - 0.618034 * (high - low), b = low + 0.618034 * (high - low);
            if (loss(a) < loss(b)) high = b; else low = a;
        }
        slope_.assign(C, static_cast<float>(std::exp((low + high) / 2)));
    } else {
        std::vector<float> z(documents.size());
        std::vector<std::uint8_t> positive(documents.size());
        for (std::size_t c = 0; c < C; ++c) {
            for (std::size_t i = 0; i < documents.size(); ++i) z[i] = scores[i][c], positive[i] = has(i, c);
            std::tie(slope_[c], offset_[c]) = sigmoid_fit(z, positive);
        }
    }
    double bins[10][3] = {};
    std::vector<std::vector<std::pair<float, std::uint8_t>>> scored(C);
    for (std::size_t i = 0; i < documents.size(); ++i) {
        auto const p = calibrated(scores[i]);
        for (std::size_t c = 0; c < C; ++c) {
            scored[c].emplace_back(p[c], has(i, c));
            auto& bin = bins[std::min(9, static_cast<int>(p[c] * 10))];
            bin[0] += 1, bin[1] += p[c], bin[2] += has(i, c);
        }
    }
    double error = 0, all = 0;
    for (auto const& bin : bins) error += std::abs(bin[1] - bin[2]), all += bin[0];
    calibration_error_ = static_cast<float>(all > 0 ? error / all : 0);
    if (mode_ == Labels::several)
        for (std::size_t c = 0; c < C; ++c) threshold_[c] = best_threshold(std::move(scored[c]));
}

Result<Classifier> Classifier::train(std::span<const Document> documents, std::vector<std::string> classes, const Plan& plan, const Progress& progress) {
    if (documents.empty()) return fail(Errc::invalid_argument, "no_documents", "There is nothing to learn from.");
    auto const C = classes.size(), n = documents.size();
    for (auto const& d : documents)
        if (C < 2 || std::ranges::any_of(d.labels, [&](auto l) { return l >= C; }) || (plan.labels == Labels::one && d.labels.size() != 1)) return fail(Errc::invalid_argument, "labels_invalid", "A classifier wants two classes or more, and every document labels among them: one, or any number, as planned.");
    Classifier made;
    made.classes_ = std::move(classes), made.mode_ = plan.labels;

    std::vector<const Bag*> bags;
    for (auto const& d : documents) bags.push_back(&d.bag);
    made.vocabulary_ = Vocabulary::of(bags, plan.least_documents);
    std::vector<Vector> vectors(n);
    parallel_for(n, [&](std::size_t i) { made.vocabulary_.vector(documents[i].bag, vectors[i]); }, plan.threads);

    // Fits on the documents that `in` keeps.
    auto const fit = [&](auto&& in, unsigned threads) {
        std::vector<Vector> kept;
        std::vector<std::size_t> which;
        for (std::size_t i = 0; i < n; ++i)
            if (in(i)) kept.push_back(vectors[i]), which.push_back(i);
        std::vector<std::uint8_t> positive(C * kept.size());
        for (std::size_t k = 0; k < which.size(); ++k)
            for (auto const label : documents[which[k]].labels) positive[label * kept.size() + k] = 1;
        return Machines::fit(kept, positive, C, made.vocabulary_.size(), {plan.cost, plan.balance, plan.seed, threads}, progress);
    };
    auto const folds = std::max<std::size_t>(2, plan.folds);
    auto const fold_of = [&](std::size_t i) { return Random(plan.seed).stream("fold", documents[i].group).below(folds); };
    std::vector<std::vector<float>> held_back(n);
    parallel_for(folds, [&](std::size_t fold) {
        auto const machines = fit([&](std::size_t i) { return fold_of(i) != fold; }, 1);
        for (std::size_t i = 0; i < n; ++i)
            if (fold_of(i) == fold && !machines.empty()) machines.scores(vectors[i], held_back[i]);
    }, plan.threads);
    made.machines_ = fit([](std::size_t) { return true; }, plan.threads);
    if (progress.stopped()) return fail(Errc::conflict, "cancelled", "The training was cancelled.");
    made.calibrate(held_back, documents);
    return made;
}

std::vector<float> Classifier::probabilities(const Bag& bag) const {
    Vector v;
    vocabulary_.vector(bag, v);
    std::vector<float> scores;
    machines_.scores(v, scores);
    return calibrated(scores);
}

std::vector<std::uint32_t> Classifier::labels(const Bag& bag) const {
    auto const p = probabilities(bag);
    std::vector<std::uint32_t> out(p.size());
    std::iota(out.begin(), out.end(), 0u);
    std::ranges::stable_sort(out, std::greater{}, [&](auto c) { return p[c]; });
    if (mode_ == Labels::one) out.resize(1);
    else std::erase_if(out, [&](auto c) { return p[c] < threshold_[c]; });
    return out;
}

std::string Classifier::write() const {
    model_file::Writer w;
    w.put(static_cast<std::uint8_t>(mode_)), w.put(static_cast<std::uint32_t>(classes_.size()));
    for (auto const& c : classes_) w.text(c);
    vocabulary_.write(w), machines_.write(w);
    w.list<float>(slope_), w.list<float>(offset_), w.list<float>(threshold_), w.put(calibration_error_);
    return model_file::seal(kind, w.body);
}

Result<Classifier> Classifier::read(std::string_view file) {
    model_file::Reader r(TRY(model_file::open(kind, file)));
    Classifier made;
    auto const mode = r.get<std::uint8_t>();
    r.need(mode <= 1);
    made.mode_ = mode == 0 ? Labels::one : Labels::several;
    made.classes_.resize(r.length(4));
    for (auto& c : made.classes_) c = r.text();
    made.vocabulary_ = Vocabulary::read(r);
    made.machines_ = Machines::read(r, made.vocabulary_.size());
    auto const C = made.classes_.size();
    r.need(C >= 2 && made.machines_.classes() == C);
    for (auto* const part : {&made.slope_, &made.offset_, &made.threshold_}) {
        *part = r.list<float>();
        r.need(part->size() == C);
        for (auto const v : *part) r.need(std::abs(v) <= 1000);
    }
    made.calibration_error_ = r.get<float>();
    if (!r.at_end()) return fail(Errc::invalid_argument, "model_invalid", "This is not a classification model, or it is damaged; train it again.");
    return made;
}

}  // namespace kindling::classification
