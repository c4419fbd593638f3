// query-attributes: which stretches of a shop title are product, brand, model and the rest.
//
// taobao-title-ner (Jie et al. 2019): trained on train.txt (6,000 titles), scored once on dev.txt (1,000) by exact span and type; the settings
// were chosen on a sixth of train.txt held back. Beside it CRFsuite on the same files in the same run, when it is installed. Time is processor time.
#include "language.h"
#include "recommend.h"

#include "core/parallel.h"
#include "core/utf8.h"
#include "engines/learning/tagging/tagger.h"

#include <fmt/format.h>

namespace kindling::bench {

void run_query_attributes(BenchContext& context) {
    auto const train_path = context.find("taobao-title-ner/train.txt"), dev_path = context.find("taobao-title-ner/dev.txt");
    if (!train_path || !dev_path) return;
    std::vector<std::string> types;
    auto const train = read_columns(*train_path, types), dev = read_columns(*dev_path, types);
    auto const dictionary = jieba_dictionary(context);
    std::vector<tagging::MarkedText> examples;
    for (auto const& m : train) examples.push_back({m.text, m.spans});

    auto used = process_seconds();
    auto const tagger = need(tagging::Tagger::train(examples, types, {.epochs = 6, .members = 2, .rate = 0.1f, .drop = 0.3f, .miss_cost = 0.7f, .threads = default_threads()}, dictionary));
    auto const train_cpu = process_seconds() - used;
    tagging::SpanScore score;
    std::vector<tagging::SpanScore> by_type(types.size());
    std::size_t characters = 0;
    tagging::Tagger::Scratch scratch;
    used = process_seconds();
    std::vector<std::vector<tagging::Span>> ours;
    for (auto const& m : dev) ours.push_back(tagger.tag(m.text, scratch)), characters += m.text.size();
    auto const tag_cpu = process_seconds() - used;
    for (std::size_t i = 0; i < dev.size(); ++i) {
        score.add(dev[i].spans, ours[i]);
        for (std::size_t t = 0; t < types.size(); ++t) {
            auto const only = [&](std::vector<tagging::Span> all) { std::erase_if(all, [&](auto const& s) { return s.type != t; }); return all; };
            by_type[t].add(only(dev[i].spans), only(ours[i]));
        }
    }
    tagging::SpanScore theirs;
    auto const peer = crfsuite(train, dev, 0.1);
    if (peer)
        for (std::size_t i = 0; i < dev.size(); ++i) theirs.add(dev[i].spans, peer->spans[i]);

    context.report("span_f1", score.f1(), "share", peer ? std::optional(Reference{"CRFsuite 0.12 in the same run", theirs.f1()}) : std::nullopt);
    context.report("precision", score.precision(), "share");
    context.report("recall", score.recall(), "share");
    for (std::size_t t = 0; t < types.size(); ++t) context.report("span_f1/" + types[t], by_type[t].f1(), "share");
    context.report("train_cpu_s", train_cpu, "s", peer ? std::optional(Reference{"CRFsuite in the same run, with start and labelling", peer->cpu_s}) : std::nullopt);
    context.report("characters_per_second", static_cast<double>(characters) / tag_cpu, "characters/s");
    context.report("model_bytes", static_cast<double>(tagger.write().size()), "bytes");
}

}  // namespace kindling::bench
