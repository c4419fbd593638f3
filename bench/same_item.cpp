// same_item_f1: which pairs of listings are the same product, F1 of the matches on the official test split.
//
// Learned from the train split; the threshold is the one that is best on the validation split (without one, on what training held back);
// the test split is only reported. The records of all splits, without any label, are the two lists in which rivals are looked for:
// a shop that compares two lists has both. Three figures: the judge as it is; the same judge of each pair alone, without knowing the other
// listings; and the judge that learned from retold listings, without any label, at its fixed threshold of one half.
#include "same_item.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engines/learning/matching/simulate.h"

namespace kindling::bench {

namespace {

using matching::Record;

std::int64_t price_minor(std::string_view text) {
    std::string digits;
    for (char const c : text)
        if (std::isdigit(static_cast<unsigned char>(c)) || c == '.') digits += c;
        else if (c != ',' && c != ' ' && c != '$' && !digits.empty()) break;
    return std::llround(std::min(std::strtod(digits.c_str(), nullptr), 1e12) * 100);
}

Record record_of(std::string_view written) {
    Record r;
    bool first = true;
    for (auto& [name, value] : product_fields(written)) {
        if (first || name == "title" || name == "name") r.title += (r.title.empty() || value.empty() ? "" : " ") + value;
        else if (name == "manufacturer" || name == "brand") r.brand = value;
        else if (name == "modelno" || name == "sku" || name == "gtin" || name == "mpn") r.codes.push_back(value);
        else if (name.starts_with("price")) {
            if (auto const minor = price_minor(value); minor > 0) r.price_minor = minor;
        } else r.description += (r.description.empty() || value.empty() ? "" : " ") + value;
        first = false;
    }
    return r;
}

struct Counted {
    double said = 0, right = 0, all = 0;
    double f1() const { return said + all > 0 ? 2 * right / (said + all) : 0; }
};

Counted count(std::span<const std::pair<float, bool>> judged, float threshold) {
    Counted c;
    for (auto const& [p, same] : judged) c.all += same, c.said += p >= threshold, c.right += same && p >= threshold;
    return c;
}

float best_threshold(std::vector<std::pair<float, bool>> judged) {
    std::ranges::sort(judged, std::greater<>(), &std::pair<float, bool>::first);
    Counted c;
    for (auto const& j : judged) c.all += j.second;
    float best = 0.5f;
    double most = -1;
    for (std::size_t i = 0; i < judged.size(); ++i) {
        c.said += 1, c.right += judged[i].second;
        bool const last = i + 1 == judged.size();
        if (!last && judged[i + 1].first == judged[i].first) continue;
        if (c.f1() > most) most = c.f1(), best = last ? judged[i].first : (judged[i].first + judged[i + 1].first) / 2;
    }
    return best;
}

double user_seconds() {
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    return static_cast<double>(use.ru_utime.tv_sec) + static_cast<double>(use.ru_utime.tv_usec) * 1e-6;
}

}  // namespace

void measure_same_item(BenchContext& context, const ProductPairs& set) {
    std::vector<Record> left, right;
    for (auto const& r : set.left) left.push_back(record_of(r));
    for (auto const& r : set.right) right.push_back(record_of(r));
    auto const language = need(text::Analyzer::create({}));
    matching::Analyse const analyse = [&](std::string_view t, text::Mode mode, std::vector<text::Token>& out) { language->analyze(t, mode, out); };
    auto const started = user_seconds();
    matching::Pool const pool(left, right, analyse);
    std::vector<matching::Pair> asked;
    std::vector<matching::Label> labels;
    for (auto const& p : set.pairs) {
        asked.push_back({p.left, p.right});
        if (p.split == Split::train) labels.push_back({{p.left, p.right}, p.same});
    }
    auto const found = matching::candidates(pool);
    auto const field = matching::make_field(pool, asked, {});
    auto const read = user_seconds();
    double matches = 0, blocked = 0;
    for (auto const& p : set.pairs)
        if (p.same) matches += 1, blocked += std::ranges::binary_search(found, matching::Pair{p.left, p.right});
    auto const of = [&](std::span<const float> scores, Split split) {
        std::vector<std::pair<float, bool>> judged;
        for (auto const& p : set.pairs)
            if (p.split == split) judged.emplace_back(scores[field.place_of({p.left, p.right})], p.same);
        return judged;
    };
    auto const metric = [&](std::string_view name) { return fmt::format("{}/{}", name, set.name); };
    std::optional<Reference> goal;
    if (set.name == "amazon-google") goal = Reference{"goal", 0.7};
    if (set.name == "abt-buy") goal = Reference{"goal", 0.8};

    auto const learned = [&](bool use_rivals, auto&& take) {
        auto trained = matching::Matcher::train(pool, field, labels, {.use_rivals = use_rivals});
        if (!trained) {
            fmt::print(stderr, "{}: {}\n", set.name, trained.error().message);
            return;
        }
        auto const scores = trained->judge(pool, field, matching::Listings::learned_from);
        auto known = of(scores, Split::valid);
        if (known.empty())
            for (std::size_t i = 0; i < labels.size(); ++i) known.emplace_back(trained->held_back()[i], labels[i].same);
        auto const threshold = best_threshold(known);
        take(count(of(scores, Split::test), threshold), count(known, threshold), threshold);
    };
    learned(true, [&](const Counted& test, const Counted& known, float threshold) {
        context.report(metric("same_item_f1"), test.f1(), "share", goal);
        context.report(metric("same_item_precision"), test.right / std::max(test.said, 1.0), "share");
        context.report(metric("same_item_recall"), test.right / std::max(test.all, 1.0), "share");
        context.report(metric("same_item_f1_validation"), known.f1(), "share");
        context.report(metric("same_item_threshold"), static_cast<double>(threshold), "probability");
        context.report(metric("same_item_training"), user_seconds() - read, "s of processor");
    });
    learned(false, [&](const Counted& test, const Counted&, float) { context.report(metric("same_item_f1_pair_alone"), test.f1(), "share", goal); });
    if (auto const plain = matching::train_without_labels(left, right, analyse)) {
        auto const scores = plain->judge(pool, field);
        context.report(metric("same_item_f1_without_labels"), count(of(scores, Split::test), 0.5f).f1(), "share", goal);
    }
    context.report(metric("same_item_found_by_blocking"), matches > 0 ? blocked / matches : 1, "share");
    context.report(metric("same_item_candidates"), static_cast<double>(found.size()) / static_cast<double>(std::max<std::size_t>(1, pool.items())), "pairs a listing");
    context.report(metric("same_item_reading"), (read - started) / static_cast<double>(std::max<std::size_t>(1, field.pairs.size())) * 1e6, "us of processor a pair");
}

}  // namespace kindling::bench
