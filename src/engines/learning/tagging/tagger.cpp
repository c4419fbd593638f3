#include "engines/learning/tagging/tagger.h"

#include <algorithm>

namespace kindling::tagging {

namespace {
constexpr std::string_view kind = "KTAG0001";
constexpr std::size_t longest = 4096;
}  // namespace

Result<Tagger> Tagger::train(std::span<const MarkedText> texts, std::vector<std::string> types, const CrfTraining& plan, std::shared_ptr<const text::Dictionary> dictionary, const Progress& progress) {
    if (types.empty() || types.size() > most_types) return fail(Errc::invalid_argument, "types_invalid", "A tagger knows 1 to 15 types of span.");
    std::vector<Example> examples;
    examples.reserve(texts.size());
    for (auto const& m : texts) {
        examples.emplace_back();
        character_rows(folded(m.text), dictionary.get(), examples.back().rows);
        examples.back().labels = to_labels(m.spans, m.text.size(), types.size());
    }
    Tagger made;
    made.crf_ = TRY(Crf::train(examples, bioes_shape(types.size()), plan, progress));
    made.types_ = std::move(types), made.dictionary_ = std::move(dictionary);
    return made;
}

std::vector<Span> Tagger::tag(std::u32string_view text, Scratch& s) const {
    std::vector<Span> out;
    for (std::size_t start = 0; start < text.size(); start += longest) {
        character_rows(folded(text.substr(start, longest)), dictionary_.get(), s.rows);
        crf_.decode(s.rows, s.labels, s.crf);
        for (auto span : to_spans(s.labels)) span.begin += static_cast<std::uint32_t>(start), span.end += static_cast<std::uint32_t>(start), out.push_back(span);
    }
    return out;
}

std::vector<Span> Tagger::tag(std::u32string_view text, std::vector<float>& sure, Scratch& s) const {
    std::vector<Span> out;
    sure.clear();
    auto const L = crf_.labels();
    for (std::size_t start = 0; start < text.size(); start += longest) {
        character_rows(folded(text.substr(start, longest)), dictionary_.get(), s.rows);
        crf_.decode(s.rows, s.labels, s.crf);
        crf_.marginals(s.rows, s.marginals, s.crf);
        for (auto span : to_spans(s.labels)) {
            float least = 1;
            for (auto t = span.begin; t < span.end; ++t) least = std::min(least, s.marginals[t * L + s.labels[t]]);
            sure.push_back(least);
            span.begin += static_cast<std::uint32_t>(start), span.end += static_cast<std::uint32_t>(start), out.push_back(span);
        }
    }
    return out;
}

std::string Tagger::write() const {
    model_file::Writer w;
    w.put(static_cast<std::uint8_t>(dictionary_ != nullptr)), w.put(static_cast<std::uint8_t>(types_.size()));
    for (auto const& type : types_) w.text(type);
    crf_.write(w);
    return model_file::seal(kind, w.body);
}

Result<Tagger> Tagger::read(std::string_view file, std::shared_ptr<const text::Dictionary> dictionary) {
    model_file::Reader r(TRY(model_file::open(kind, file)));
    Tagger made;
    bool const with_words = r.get<std::uint8_t>() != 0;
    made.types_.resize(r.get<std::uint8_t>());
    for (auto& type : made.types_) type = r.text();
    made.crf_ = Crf::read(r);
    // The shape is derived again: what a file says may follow what is not believed.
    auto const shape = bioes_shape(std::clamp<std::size_t>(made.types_.size(), 1, most_types));
    auto const& theirs = made.crf_.shape();
    r.need(theirs.labels == shape.labels && theirs.follows == shape.follows && theirs.starts == shape.starts && theirs.stops == shape.stops);
    if (!r.at_end()) return fail(Errc::invalid_argument, "model_invalid", "This is not a tagging model, or it is damaged; train it again.");
    if (with_words && !dictionary) return fail(Errc::failed_precondition, "dictionary_missing", "This tagging model was trained with a dictionary; give it one.");
    if (with_words) made.dictionary_ = std::move(dictionary);
    return made;
}

}  // namespace kindling::tagging
