#include "engines/learning/opinion/extractor.h"

#include <algorithm>
#include <optional>

#include "core/utf8.h"

namespace kindling::opinion {

namespace {

constexpr std::string_view kind = "KOPI0001";

bool parts(char32_t c) { return std::u32string_view(U"，。！？；,.!?;、~～…\n\t ").find(c) != std::u32string_view::npos; }

std::string cut(std::u32string_view text, Stretch s) { return s.empty() || s.end > text.size() ? std::string() : to_utf8(text.substr(s.begin, s.end - s.begin)); }

// From the sign before the stretch to the sign after it.
Stretch clause_of(std::u32string_view text, Stretch s) {
    while (s.begin > 0 && !parts(text[s.begin - 1])) --s.begin;
    while (s.end < text.size() && !parts(text[s.end])) ++s.end;
    return s;
}

Stretch around(Stretch a, Stretch b) { return a.empty() ? b : b.empty() ? a : Stretch{std::min(a.begin, b.begin), std::max(a.end, b.end)}; }

classification::Bag bag_of(std::u32string_view text, Stretch aspect, Stretch opinion) {
    using namespace classification;
    Bag bag;
    auto const both = around(aspect, opinion);
    auto const clause = clause_of(text, both);
    auto const opinion_text = cut(text, opinion), aspect_text = cut(text, aspect);
    add_characters(opinion_text, 1, 1, 4, bag), add_words(opinion_text, 1, 3, bag), bag.close(1);
    add_characters(aspect_text, 2, 1, 4, bag), add_words(aspect_text, 2, 3, bag), add_fact("aspect", aspect.empty(), bag), add_fact("opinion", opinion.empty(), bag), bag.close(1);
    // The whole strings: what people always say so is learned by heart.
    add_fact("said " + opinion_text, 0, bag), add_fact("of " + aspect_text + " said " + opinion_text, 0, bag), add_fact("of " + aspect_text, 0, bag), bag.close(0.2f);
    // Just before and just behind: "不", "没有", "不过".
    auto const from = both.begin > 4 ? both.begin - 4 : 0u, to = std::min<std::uint32_t>(both.end + 4, static_cast<std::uint32_t>(text.size()));
    add_characters(cut(text, {from, both.begin}), 3, 1, 3, bag), add_characters(cut(text, {both.end, to}), 4, 1, 3, bag), bag.close(0.4f);
    add_characters(cut(text, clause), 5, 1, 3, bag), bag.close(0.4f);
    add_characters(to_utf8(text), 6, 1, 3, bag), bag.close(0.3f);
    return bag;
}

}  // namespace

std::vector<tagging::Span> spans_of(const MarkedReview& review) {
    std::vector<tagging::Span> out;
    for (auto const& q : review.opinions) {
        if (!q.aspect.empty()) out.push_back({q.aspect.begin, q.aspect.end, aspect});
        if (!q.opinion.empty()) out.push_back({q.opinion.begin, q.opinion.end, opinion});
    }
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

Result<Extractor> Extractor::train(std::span<const MarkedReview> reviews, std::vector<std::string> categories, std::vector<std::string> polarities, const ExtractorPlan& plan, std::shared_ptr<const text::Dictionary> dictionary, const Progress& progress) {
    std::vector<tagging::MarkedText> marked;
    std::vector<classification::Document> by_category, by_polarity;
    for (std::uint32_t i = 0; i < reviews.size(); ++i) {
        auto const& review = reviews[i];
        marked.push_back({review.text, spans_of(review)});
        for (auto const& q : review.opinions) {
            auto bag = bag_of(review.text, q.aspect, q.opinion);
            by_category.push_back({bag, {q.category}, i});
            by_polarity.push_back({std::move(bag), {q.polarity}, i});
        }
    }
    auto tagging = plan.tagging;
    tagging.seed = plan.seed, tagging.threads = plan.threads;
    Extractor made;
    made.category_ = TRY(classification::Classifier::train(by_category, std::move(categories), {.cost = plan.category_cost, .seed = plan.seed, .threads = plan.threads}, progress));
    made.polarity_ = TRY(classification::Classifier::train(by_polarity, std::move(polarities), {.cost = plan.polarity_cost, .seed = plan.seed, .threads = plan.threads}, progress));
    made.tagger_ = TRY(tagging::Tagger::train(marked, {"aspect", "opinion"}, tagging, std::move(dictionary), progress));
    return made;
}

std::vector<float> Extractor::category(std::u32string_view text, Stretch a, Stretch o) const { return category_.probabilities(bag_of(text, a, o)); }
std::vector<float> Extractor::polarity(std::u32string_view text, Stretch a, Stretch o) const { return polarity_.probabilities(bag_of(text, a, o)); }

std::vector<Quadruple> Extractor::read(std::u32string_view text, tagging::Tagger::Scratch& scratch) const {
    std::vector<Quadruple> out;
    std::vector<Stretch> aspects;
    for (auto const& s : tagger_.tag(text, scratch)) {
        if (s.type == aspect) aspects.push_back({s.begin, s.end});
        else out.push_back({{}, {s.begin, s.end}, 0, 0});
    }
    for (auto const& a : aspects) {
        Quadruple* nearest = nullptr;
        std::uint32_t least = UINT32_MAX;
        auto const clause = clause_of(text, a);
        for (auto& q : out) {
            if (!q.aspect.empty() || q.opinion.empty() || q.opinion.end <= clause.begin || q.opinion.begin >= clause.end) continue;
            // What follows is likelier meant than what stands before.
            auto const distance = q.opinion.begin >= a.end ? q.opinion.begin - a.end : a.begin - std::min(a.begin, q.opinion.end) + 2;
            if (distance < least) least = distance, nearest = &q;
        }
        if (nearest) nearest->aspect = a;
        else out.push_back({a, {}, 0, 0});
    }
    auto const best = [](const std::vector<float>& p) { return static_cast<std::uint32_t>(std::ranges::max_element(p) - p.begin()); };
    for (auto& q : out) q.category = best(category(text, q.aspect, q.opinion)), q.polarity = best(polarity(text, q.aspect, q.opinion));
    std::ranges::sort(out, {}, [](const Quadruple& q) { return around(q.aspect, q.opinion).begin; });
    return out;
}

std::string Extractor::write() const {
    model_file::Writer w;
    w.text(tagger_.write()), w.text(category_.write()), w.text(polarity_.write());
    return model_file::seal(kind, w.body);
}

Result<Extractor> Extractor::read_file(std::string_view file, std::shared_ptr<const text::Dictionary> dictionary) {
    model_file::Reader r(TRY(model_file::open(kind, file)));
    auto const tagger = r.text(file.size()), category = r.text(file.size()), polarity = r.text(file.size());
    auto const bad = [] { return fail(Errc::invalid_argument, "model_invalid", "This is not a model of opinions, or it is damaged; train it again."); };
    if (!r.at_end()) return bad();
    Extractor made;
    made.tagger_ = TRY(tagging::Tagger::read(tagger, std::move(dictionary)));
    made.category_ = TRY(classification::Classifier::read(category));
    made.polarity_ = TRY(classification::Classifier::read(polarity));
    if (made.tagger_.types() != std::vector<std::string>{"aspect", "opinion"}) return bad();
    return made;
}

}  // namespace kindling::opinion
