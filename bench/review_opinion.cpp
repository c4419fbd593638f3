// review-opinion: what reviews say of what, and whether it is praise.
//
// Chinese: Zhijiang Cup 2019, 3,229 cosmetics reviews, 6,633 opinions. Its test reviews have no labels, so the training part is split 80 / 20 by Python's
// random.seed(2) over the reviews in order of their numbers; settings were chosen by cross-validation inside the 80 %, the 20 % were scored afterwards.
// span_f1: exact aspect and opinion stretches. category_accuracy (13), polarity_accuracy (3): of opinions whose two stretches are given.
// quadruple_f1: all four exact, from the text alone. Cross-validated over all reviews (cv_*): five folds.
// English: SemEval-2014 task 4, official parts: polarity of given terms (3), and the terms' exact spans in sentences that have one (others are not in this form).
// lexicon_*: the untrained reading by word list and rules (lexicon.h), whose words were not fitted to any of this: of the 20 % the share of praising and blaming opinions that a remark
// covers, and of these the share with the right sign; the same for the sentences of the demo shop's reviews, which are our own and were looked at while the list was written.
// Time is processor time.
#include "language.h"
#include "opinion_data.h"
#include "recommend.h"

#include "core/parallel.h"
#include "core/utf8.h"
#include "engines/learning/opinion/digest.h"
#include "engines/learning/tagging/features.h"
#include "shop/simulator/vocabulary.h"

namespace kindling::bench {

namespace {

std::size_t best(const std::vector<float>& p) { return static_cast<std::size_t>(std::ranges::max_element(p) - p.begin()); }

struct Scores {
    tagging::SpanScore spans;
    std::size_t opinions = 0, category = 0, polarity = 0, found = 0, right = 0;
    double characters = 0, read_s = 0;

    void add(const opinion::Extractor& model, std::span<const opinion::MarkedReview> reviews) {
        tagging::Tagger::Scratch scratch;
        for (auto const& r : reviews) {
            spans.add(opinion::spans_of(r), model.tagger().tag(r.text, scratch));
            for (auto const& q : r.opinions) {
                ++opinions;
                category += best(model.category(r.text, q.aspect, q.opinion)) == q.category;
                polarity += best(model.polarity(r.text, q.aspect, q.opinion)) == q.polarity;
            }
            auto const start = process_seconds();
            auto ours = model.read(r.text, scratch);
            read_s += process_seconds() - start, characters += static_cast<double>(r.text.size());
            found += ours.size();
            for (auto const& gold : r.opinions)
                if (auto const same = std::ranges::find_if(ours, [&](auto const& q) { return q.aspect == gold.aspect && q.opinion == gold.opinion && q.category == gold.category && q.polarity == gold.polarity; }); same != ours.end()) ++right, ours.erase(same);
        }
    }
    double share(std::size_t n) const { return static_cast<double>(n) / static_cast<double>(opinions); }
    double quadruple() const { return 2.0 * static_cast<double>(right) / static_cast<double>(opinions + found); }
};

struct LexiconScore {
    double all = 0, found = 0, right = 0;
    void add(std::span<const opinion::Remark> remarks, std::size_t begin, std::size_t end, bool praise) {
        ++all;
        auto const at = std::ranges::find_if(remarks, [&](auto const& r) { return r.begin < end && r.end > begin; });
        if (at == remarks.end()) return;
        ++found;
        right += std::ranges::any_of(remarks, [&](auto const& r) { return r.begin < end && r.end > begin && r.praise == praise; });
    }
    void report(BenchContext& context, const std::string& suffix) const {
        context.report("lexicon_found" + suffix, found / all, "share");
        context.report("lexicon_polarity_accuracy" + suffix, right / found, "share");
    }
};

void by_lexicon(BenchContext& context, std::span<const opinion::MarkedReview> reviews, const std::vector<std::string>& polarities) {
    LexiconScore score;
    auto const bytes = [](std::u32string_view text, std::uint32_t characters) { return to_utf8(text.substr(0, characters)).size(); };
    for (auto const& r : reviews) {
        auto const remarks = opinion::remarks(to_utf8(r.text));
        for (auto const& q : r.opinions)
            if (auto const& sign = polarities[q.polarity]; !q.opinion.empty() && sign != "中性") score.add(remarks, bytes(r.text, q.opinion.begin), bytes(r.text, q.opinion.end), sign == "正面");
    }
    score.report(context, "");
}

void chinese(BenchContext& context) {
    auto const reviews = context.find("zhijiang_opinion/TRAIN_Train_reviews.csv"), labels = context.find("zhijiang_opinion/TRAIN_Train_labels.csv");
    if (!reviews || !labels) return;
    auto const data = read_zhijiang(*reviews, *labels);
    auto const dictionary = jieba_dictionary(context);
    auto const order = python_shuffle(data.reviews.size(), 2);
    std::vector<opinion::MarkedReview> train, test;
    for (std::size_t i = 0; i < order.size(); ++i) (i < order.size() * 8 / 10 ? train : test).push_back(data.reviews[order[i]]);
    opinion::ExtractorPlan const plan{.threads = default_threads()};
    auto const used = process_seconds();
    auto const model = need(opinion::Extractor::train(train, data.categories, data.polarities, plan, dictionary));
    auto const train_s = process_seconds() - used;
    Scores scores;
    scores.add(model, test);
    context.report("span_f1", scores.spans.f1(), "share", Reference{"averaged perceptron, same split", 0.817});
    context.report("category_accuracy", scores.share(scores.category), "share", Reference{"TF-IDF linear SVM, same split", 0.953});
    context.report("polarity_accuracy", scores.share(scores.polarity), "share", Reference{"TF-IDF linear SVM, same split", 0.944});
    context.report("quadruple_f1", scores.quadruple(), "share", Reference{"goal", 0.72});
    context.report("train_cpu_s", train_s, "s");
    context.report("characters_per_second", scores.characters / scores.read_s, "characters/s");
    context.report("model_bytes", static_cast<double>(model.write().size()), "bytes");

    by_lexicon(context, test, data.polarities);

    Scores crossed;
    for (std::size_t fold = 0; fold < 5; ++fold) {
        train.clear(), test.clear();
        for (std::size_t i = 0; i < order.size(); ++i) (i % 5 == fold ? test : train).push_back(data.reviews[order[i]]);
        crossed.add(need(opinion::Extractor::train(train, data.categories, data.polarities, plan, dictionary)), test);
    }
    context.report("cv_span_f1", crossed.spans.f1(), "share");
    context.report("cv_category_accuracy", crossed.share(crossed.category), "share");
    context.report("cv_polarity_accuracy", crossed.share(crossed.polarity), "share");
    context.report("cv_quadruple_f1", crossed.quadruple(), "share");
}

void demo(BenchContext& context) {
    LexiconScore zh, en;
    for (auto const& department : shop::simulator::departments())
        for (auto const& aspect : department.aspects)
            for (auto const* const side : {&aspect.good, &aspect.bad})
                for (auto const& remark : *side) {
                    zh.add(opinion::remarks(remark.zh), 0, remark.zh.size(), side == &aspect.good);
                    en.add(opinion::remarks(remark.en), 0, remark.en.size(), side == &aspect.good);
                }
    zh.report(context, "/demo_zh"), en.report(context, "/demo_en");
    // 10,000 reviews of one product.
    std::vector<std::string> bodies;
    for (auto const& department : shop::simulator::departments())
        for (auto const& one : department.aspects)
            for (auto const& good : one.good)
                for (auto const& bad : one.bad) bodies.push_back(std::string(good.zh) + "就是" + std::string(bad.zh)), bodies.push_back(std::string(good.en) + " But: " + std::string(bad.en));
    std::vector<opinion::ReviewText> reviews;
    for (std::size_t i = 0; i < 10'000; ++i) reviews.push_back({bodies[i % bodies.size()]});
    auto const start = process_seconds();
    auto const digest = opinion::digest(reviews);
    context.report("digest_10000_reviews_s", process_seconds() - start, "s", Reference{"goal", 2});
    if (digest.aspects.empty()) give_up({Errc::internal, "wrong_answer", "The demo shop's reviews were summed up to nothing."});
}

// The term, the words near it apart by side, the sentence.
classification::Bag bag_of(const TermItem& item) {
    using namespace classification;
    auto const join = [&](std::size_t from, std::size_t to) {
        std::string out;
        for (auto i = from; i < to && i < item.words.size(); ++i) out += item.words[i] + " ";
        return out;
    };
    Bag bag;
    auto const left = join(item.begin > 4 ? item.begin - 4 : 0, item.begin), right = join(item.end, item.end + 4);
    add_words(join(item.begin, item.end), 1, 2, bag), bag.close(0.4f);
    add_words(left, 2, 3, bag), add_words(right, 3, 3, bag), bag.close(1);
    add_words(left + " " + right, 4, 2, bag), add_characters(left + " " + right, 4, 3, 5, bag), bag.close(1);
    add_words(join(0, item.words.size()), 5, 2, bag), bag.close(0.8f);
    return bag;
}

tagging::SpanScore terms(std::span<const TermItem> train, std::span<const TermItem> test) {
    // Items of one sentence follow each other.
    struct Sentence { std::vector<std::u32string> words; std::vector<tagging::Span> spans; };
    auto const group = [](std::span<const TermItem> items) {
        std::vector<Sentence> out;
        const std::vector<std::string>* last = nullptr;
        for (auto const& item : items) {
            if (!last || *last != item.words) {
                out.emplace_back();
                for (auto const& w : item.words) out.back().words.push_back(tagging::folded(to_utf32(w)));
            }
            last = &item.words;
            out.back().spans.push_back({static_cast<std::uint32_t>(item.begin), static_cast<std::uint32_t>(item.end), 0});
        }
        return out;
    };
    auto const rows = [](const Sentence& s) {
        tagging::Rows out;
        tagging::word_rows(std::vector<std::u32string_view>(s.words.begin(), s.words.end()), out);
        return out;
    };
    std::vector<tagging::Example> examples;
    for (auto const& s : group(train)) examples.push_back({rows(s), tagging::to_labels(s.spans, s.words.size(), 1)});
    auto const field = need(tagging::Crf::train(examples, tagging::bioes_shape(1), {.epochs = 10, .members = 3, .rate = 0.1f, .drop = 0.5f, .miss_cost = 0.5f, .threads = default_threads()}));
    tagging::SpanScore score;
    tagging::Crf::Scratch scratch;
    std::vector<tagging::Label> labels;
    for (auto const& s : group(test)) field.decode(rows(s), labels, scratch), score.add(s.spans, tagging::to_spans(labels));
    return score;
}

void english(BenchContext& context, std::string_view file, const std::string& name, double linear) {
    auto const train_path = context.find("semeval14_absa/" + std::string(file) + "_Train.xml.seg"), test_path = context.find("semeval14_absa/" + std::string(file) + "_Test_Gold.xml.seg");
    if (!train_path || !test_path) return;
    auto const train = read_semeval(*train_path), test = read_semeval(*test_path);
    std::vector<classification::Document> documents;
    for (std::uint32_t i = 0; i < train.size(); ++i) documents.push_back({bag_of(train[i]), {train[i].polarity}, i});
    auto const model = need(classification::Classifier::train(documents, {"negative", "neutral", "positive"}, {.cost = 0.3f, .threads = default_threads()}));
    std::size_t right = 0;
    for (auto const& item : test) right += model.labels(bag_of(item))[0] == item.polarity;
    context.report("polarity_accuracy/" + name, static_cast<double>(right) / static_cast<double>(test.size()), "share", Reference{"TF-IDF linear SVM", linear});
    context.report("term_f1/" + name, terms(train, test).f1(), "share");
}

}  // namespace

void run_review_opinion(BenchContext& context) {
    demo(context);
    chinese(context);
    english(context, "Restaurants", "restaurants", 0.755);
    english(context, "Laptops", "laptops", 0.668);
}

}  // namespace kindling::bench
