#include "engines/learning/recommend/train.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/parallel.h"
#include "core/random.h"

namespace kindling::recommend {

namespace {

// What can be an answer: distinct, and not in the history where repeats are not wanted.
std::vector<Item> answers_of(std::span<const Event> step, std::span<const Event> before, bool repeats) {
    std::vector<Item> out;
    for (auto const& e : step)
        if (std::ranges::find(out, e.item) == out.end() && (repeats || std::ranges::find(before, e.item, &Event::item) == before.end())) out.push_back(e.item);
    return out;
}

std::vector<std::uint32_t> sampled(std::size_t n, std::uint64_t seed) {
    std::vector<std::uint32_t> order(n);
    std::iota(order.begin(), order.end(), 0u);
    Random random(seed);
    random.shuffle(order);
    return order;
}

constexpr std::size_t solved_questions = 400;  // by which the knobs of what is solved for are chosen

// What an answer of this value is worth among all values: 1 / log2(1 + rank), nothing below rank 50, nor for a value of 0.
double gain(std::span<const float> values, float mine) {
    if (mine <= 0) return 0;
    // Counts itself, and every equal: a tie is no merit.
    auto const rank = std::ranges::count_if(values, [mine](float v) { return v >= mine; });
    return rank <= 50 ? 1 / std::log2(1.0 + static_cast<double>(rank)) : 0;
}

// How well one signal alone ranks the answers: the mean over answers of their gain.
double quality(const Scratch& scratch, const Question& question, bool repeats, float Signals::* value, std::vector<float>& values) {
    values.clear();
    for (auto const item : scratch.touched())
        if (auto const& s = scratch.signal(item); s.*value > 0 && (repeats || !s.seen)) values.push_back(s.*value);
    double sum = 0;
    for (auto const answer : question.answers) sum += gain(values, scratch.signal(answer).*value);
    return sum / static_cast<double>(std::max<std::size_t>(question.answers.size(), 1));
}

}  // namespace

Split hold_back(std::span<const History> histories, const Plan& plan) {
    Split split;
    float first = 0, last = 0;
    bool any = false;
    for (auto const& h : histories)
        for (auto const& e : h) first = any ? std::min(first, e.day) : e.day, last = any ? std::max(last, e.day) : e.day, any = true;
    split.timed = last > first;
    if (plan.hold_back == HoldBack::last_step) {
        for (auto const& h : histories) {
            auto end = h.size();
            while (end > 0 && h[end - 1].step == h.back().step) --end;
            if (end == 0) {
                split.counted.push_back(h);
                continue;
            }
            std::span const all(h);
            if (auto answers = answers_of(all.subspan(end), all.first(end), plan.repeats); !answers.empty()) {
                split.who.push_back(static_cast<std::uint32_t>(split.counted.size()));
                split.questions.push_back({History(h.begin(), h.begin() + static_cast<std::ptrdiff_t>(end)), std::move(answers), h[end].day});
            }
            split.counted.emplace_back(h.begin(), h.begin() + static_cast<std::ptrdiff_t>(end));
        }
        return split;
    }
    auto const border = static_cast<double>(last) - plan.newest_share * static_cast<double>(last - first);
    auto const rows = sampled(histories.size(), plan.seed);  // where there are no days: a share of them by lot
    std::vector<char> held(histories.size());
    for (std::size_t i = 0; i < histories.size(); ++i) {
        if (last > first) held[i] = !histories[i].empty() && static_cast<double>(histories[i].back().day) > border;
        else held[rows[i]] = static_cast<double>(i) < plan.newest_share * static_cast<double>(histories.size());
    }
    for (std::size_t u = 0; u < histories.size(); ++u) {
        auto const& h = histories[u];
        if (!held[u]) {
            split.counted.push_back(h);
            continue;
        }
        for (std::size_t at = 1; at < h.size();) {
            auto end = at;
            while (end < h.size() && h[end].step == h[at].step) ++end;
            std::span const all(h);
            if (h[at].step != h[at - 1].step)
                if (auto answers = answers_of(all.subspan(at, end - at), all.first(at), plan.repeats); !answers.empty()) {
                    split.questions.push_back({History(h.begin(), h.begin() + static_cast<std::ptrdiff_t>(at)), std::move(answers), h[at].day});
                    split.who.push_back(Scratch::no_history);
                }
            at = end;
        }
    }
    return split;
}

Choice choose_knobs(const Tables& tables, const Split& split, const Plan& plan) {
    auto order = sampled(split.questions.size(), plan.seed + 1);
    order.resize(std::min(order.size(), plan.knob_questions));
    std::vector<Scratch> scratches(std::max(1u, plan.threads));
    std::vector<double> parts(order.size());
    auto const measure = [&](const Knobs& knobs, bool pairs) {
        parallel_for(scratches.size(), [&](std::size_t t) {
            std::vector<float> values;
            for (auto i = t; i < order.size(); i += scratches.size()) {
                auto const& question = split.questions[order[i]];
                if (pairs) scratches[t].pairs_only(tables, knobs, question.history);
                else scratches[t].neighbours_only(tables, knobs, question.history, split.who[order[i]]);
                parts[i] = quality(scratches[t], question, plan.repeats, pairs ? &Signals::base : &Signals::near, values);
            }
        }, plan.threads);
        return std::accumulate(parts.begin(), parts.end(), 0.0);
    };
    Knobs knobs;
    if (order.empty()) return {knobs, 0};
    auto const choose = [&](float Knobs::* knob, std::initializer_list<float> values, double& best, bool pairs) {
        for (auto const value : values) {
            auto other = knobs;
            if (other.*knob == value) continue;
            other.*knob = value;
            if (auto const q = measure(other, pairs); q > best) best = q, knobs = other;
        }
    };
    auto best = measure(knobs, true);
    choose(&Knobs::target, {0.15f, 0.5f}, best, true);
    choose(&Knobs::source, {0.3f, 0.7f, 0.9f}, best, true);
    choose(&Knobs::decay, {0.4f, 0.8f}, best, true);
    auto const pairs_quality = best;
    best = measure(knobs, false);
    choose(&Knobs::neighbour_source, {0.0f, 0.25f}, best, false);
    choose(&Knobs::neighbour_decay, {0.6f, 0.9f}, best, false);
    choose(&Knobs::neighbour_power, {2.0f}, best, false);
    return {knobs, pairs_quality / static_cast<double>(order.size())};
}

Result<Solved> choose_solved(const Tables& tables, const Knobs& knobs, const Split& split, const Plan& plan, const Progress& progress) {
    Solved out;
    if (split.questions.size() < least_examples) return out;  // nobody could say what they are worth
    auto order = sampled(split.questions.size(), plan.seed + 1);
    order.resize(std::min({order.size(), plan.knob_questions, solved_questions}));
    std::vector<Scratch> scratches(std::max(1u, plan.threads));
    std::vector<double> parts(order.size());
    auto const measure = [&](const Solved& solved) {
        parallel_for(scratches.size(), [&](std::size_t t) {
            auto& scratch = scratches[t];
            std::vector<float> values;
            for (auto i = t; i < order.size(); i += scratches.size()) {
                auto const& question = split.questions[order[i]];
                scratch.solved_only(tables, solved, knobs, question.history);
                if (solved.factors.items() == 0) {
                    parts[i] = quality(scratch, question, plan.repeats, &Signals::linear, values);
                    continue;
                }
                // Over all items, since factors know something of each.
                values.assign(tables.items(), 0);
                for (Item item = 0; item < tables.items(); ++item)
                    if (plan.repeats || !scratch.signal(item).seen) values[item] = scratch.factor(solved, item);
                parts[i] = 0;
                for (auto const answer : question.answers) parts[i] += gain(values, values[answer]) / static_cast<double>(question.answers.size());
            }
        }, plan.threads);
        return std::accumulate(parts.begin(), parts.end(), 0.0);
    };
    if (plan.linear) {
        LinearOptions best{.threads = plan.threads};
        double most = -1;
        for (auto const stiffness : {30.0f, 100.0f, 300.0f}) {
            auto options = best;
            options.stiffness = stiffness, options.most_items = 1000;  // the inverse costs their third power
            auto const q = measure({{}, TRY(Linear::fit(split.counted, tables.items(), options, progress))});
            if (q > most) most = q, best.stiffness = stiffness;
        }
        out.linear = TRY(Linear::fit(split.counted, tables.items(), best, progress));
    }
    if (plan.factors) {
        FactorOptions best{.threads = plan.threads};
        double most = -1;
        auto const attempt = [&](FactorOptions options) -> Result<void> {
            Solved tried{TRY(Factors::fit(split.counted, tables.items(), options, progress)), {}};
            if (auto const q = measure(tried); q > most) most = q, best = options, out.factors = std::move(tried.factors);
            return {};
        };
        // How stiff is settled with few dimensions and sweeps; how many dimensions, with as many as it takes.
        for (auto const unobserved : {0.01f, 0.1f})
            for (auto const stiffness : {0.003f, 0.03f}) TRY(attempt({.dims = 32, .unobserved = unobserved, .stiffness = stiffness, .sweeps = 4, .seed = plan.seed, .threads = plan.threads}));
        most = -1;
        auto const stiff = best;
        for (auto const dims : {32u, 64u}) {
            auto options = stiff;
            options.dims = dims, options.sweeps = 6;
            TRY(attempt(options));
        }
    }
    return out;
}

Result<void> refit(Solved& solved, std::span<const History> histories, std::uint32_t items, const Progress& progress) {
    if (solved.linear.items() > 0) solved.linear = TRY(Linear::fit(histories, items, solved.linear.options(), progress));
    if (solved.factors.items() > 0) solved.factors = TRY(Factors::fit(histories, items, solved.factors.options(), progress));
    return {};
}

std::vector<RankerExample> make_examples(const Tables& tables, const Solved& solved, const Knobs& knobs, const Split& split, const Plan& plan, const Progress& progress) {
    auto const order = sampled(split.questions.size(), plan.seed + 2);
    std::vector<RankerExample> out;
    constexpr std::size_t block = 256;
    std::vector<Scratch> scratches(std::max(1u, plan.threads));
    std::vector<RankerExample> made(block);
    for (std::size_t first = 0; first < order.size() && out.size() < plan.examples && !progress.stopped(); first += block) {
        progress(static_cast<std::int64_t>(out.size()), static_cast<std::int64_t>(plan.examples), "asking");
        auto const n = std::min(block, order.size() - first);
        parallel_for(scratches.size(), [&](std::size_t t) {
            Candidates candidates;
            for (auto i = t; i < n; i += scratches.size()) {
                auto const& question = split.questions[order[first + i]];
                scratches[t].gather(tables, solved, knobs, question.history, split.who[order[first + i]]);
                find_candidates(tables, solved, question.history, {}, {.repeats = plan.repeats}, scratches[t], candidates);
                made[i].answers.clear();
                for (std::uint32_t c = 0; c < candidates.items.size(); ++c)
                    if (std::ranges::find(question.answers, candidates.items[c]) != question.answers.end()) made[i].answers.push_back(c);
                if (!made[i].answers.empty()) made[i].features = candidates.features;
            }
        }, plan.threads);
        for (std::size_t i = 0; i < n && out.size() < plan.examples; ++i)
            if (!made[i].answers.empty()) out.push_back(std::move(made[i]));
    }
    return out;
}

Result<Parts> train(const Split& split, Goods goods, const Plan& plan, const Progress& progress) {
    Parts parts;
    parts.questions = split.questions.size();
    auto options = plan.tables;
    parts.tables = TRY(Tables::build(split.counted, goods, options, progress));
    auto choice = choose_knobs(parts.tables, split, plan);
    // Do old pairs count less? Only where there are days, and nobody has said how fast.
    if (auto const span = parts.tables.span_days(); span > 0 && options.half_life_days <= 0)
        for (auto const share : {0.5, 0.2}) {
            auto other = options;
            other.half_life_days = share * span;
            auto tables = TRY(Tables::build(split.counted, goods, other, progress));
            if (auto const better = choose_knobs(tables, split, plan); better.pairs_quality > choice.pairs_quality) choice = better, parts.tables = std::move(tables), options = other;
        }
    parts.knobs = choice.knobs;
    parts.solved = TRY(choose_solved(parts.tables, parts.knobs, split, plan, progress));
    if (progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "Training was stopped.");
    auto const examples = make_examples(parts.tables, parts.solved, parts.knobs, split, plan, progress);
    parts.examples = examples.size();
    if (auto ranker = fit_ranker(examples, plan.ranker, progress)) parts.ranker = *ranker, parts.fitted = true;
    else if (ranker.error().reason == "too_few_questions") parts.ranker = Ranker::plain();
    else return std::unexpected(ranker.error());
    return parts;
}

}  // namespace kindling::recommend
