// reviews.teach: a reader out of marked reviews, kept only when it is not below the word list on those that were held out. See learned.h.
#include "core/stable_hash.h"
#include "core/utf8.h"
#include "engines/learning/model_file/model_file.h"
#include "modules/reviews/learned.h"
#include <fmt/format.h>
#include <set>

namespace kindling::reviews {

namespace {

using Judged = std::set<std::pair<opinion::Aspect, bool>>;   // what a review judges, and how

Judged judged(std::span<opinion::Remark const> remarks) {
    Judged out;
    for (auto const& r : remarks) out.insert({r.aspect, r.praise});
    return out;
}

struct F1 {
    double found = 0, marked = 0, right = 0;
    void add(Judged const& ours, Judged const& truth) {
        found += static_cast<double>(ours.size()), marked += static_cast<double>(truth.size());
        for (auto const& j : ours) right += truth.contains(j);
    }
    double value() const { return found + marked > 0 ? 2 * right / (found + marked) : 0; }
};

struct Marks {
    std::vector<opinion::MarkedReview> reviews;
    std::vector<Judged> truth;
    std::vector<std::string> categories;
    std::int64_t opinions = 0;
};

Result<Marks> read_marks(TeachReader const& in) {
    Marks out;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < in.reviews.size(); ++i) {
        auto const& r = in.reviews[i];
        opinion::MarkedReview marked{.text = to_utf32(r.text), .opinions = {}};
        Judged truth;
        for (std::size_t k = 0; k < r.opinions.size(); ++k) {
            auto const& o = r.opinions[k];
            auto const at = fmt::format("/reviews/{}/opinions/{}", i, k);
            auto const stretch = [&](std::string const& words, char const* name) -> opinion::Stretch {
                if (words.empty()) return {};
                auto const wanted = to_utf32(words);
                auto const found = marked.text.find(wanted);
                if (found == marked.text.npos) return errors.push_back({at + "/" + name, "not_in_text", "does not stand in the review"}), opinion::Stretch{};
                return {static_cast<std::uint32_t>(found), static_cast<std::uint32_t>(found + wanted.size())};
            };
            auto const about = opinion::aspect_called(o.about);
            if (!about) errors.push_back({at + "/about", "unknown_value", "is no aspect; see reviews.digest"});
            if (o.opinion.empty()) errors.push_back({at + "/opinion", "required", "must not be empty"});
            auto const aspect = stretch(o.aspect, "aspect"), verdict = stretch(o.opinion, "opinion");
            if (!about || errors.size() > 50) continue;
            auto category = std::ranges::find(out.categories, o.about);
            if (category == out.categories.end()) category = out.categories.insert(category, o.about);
            marked.opinions.push_back({aspect, verdict, static_cast<std::uint32_t>(category - out.categories.begin()), o.praise ? 0u : 1u});
            truth.insert({*about, o.praise});
            ++out.opinions;
        }
        out.reviews.push_back(std::move(marked)), out.truth.push_back(std::move(truth));
    }
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The marks have invalid fields; nothing was learned.", std::move(errors));
    return out;
}

Result<opinion::Extractor> taught(std::span<opinion::MarkedReview const> reviews, std::vector<std::string> const& categories, Progress const& progress) {
    auto model = opinion::Extractor::train(reviews, categories, {"praise", "blame"}, {}, nullptr, progress);
    if (!model && model.error().reason == "cancelled") return fail(Errc::failed_precondition, "cancelled", "Teaching was stopped.");
    if (!model) return fail(Errc::failed_precondition, "nothing_to_learn", "The marked reviews are too few or too alike to learn from: " + model.error().message);
    return model;
}

Result<ReaderState> teach(Context& context, TeachReader const& in) {
    auto const marks = TRY(read_marks(in));
    std::vector<opinion::MarkedReview> others;
    std::vector<std::size_t> apart;
    std::size_t chinese = 0;
    for (std::size_t i = 0; i < marks.reviews.size(); ++i) {
        chinese += in_chinese(in.reviews[i].text);
        if (held_out(in.reviews[i].text)) apart.push_back(i);
        else others.push_back(marks.reviews[i]);
    }
    if (apart.size() < fewest_held_out) return fail(Errc::failed_precondition, "nothing_to_learn", fmt::format("A fifth of the marked reviews is held out, here {}; at least {} are needed to say whether what was learned is better.", apart.size(), fewest_held_out));
    ReaderState state{.taught_at_ms = context.now, .reviews = static_cast<std::int64_t>(marks.reviews.size()), .opinions = marks.opinions, .held_out = static_cast<std::int64_t>(apart.size()), .chinese = chinese * 2 > marks.reviews.size()};
    context.progress(0, 2, "teaching with four fifths");
    LearnedReader const tried(TRY(taught(others, marks.categories, context.progress)));
    F1 by_list, by_reader;
    for (auto const i : apart) by_list.add(judged(opinion::remarks(in.reviews[i].text)), marks.truth[i]), by_reader.add(judged(tried.remarks(in.reviews[i].text)), marks.truth[i]);
    state.f1_lexicon = by_list.value(), state.f1_learned = by_reader.value();
    if (state.f1_learned < state.f1_lexicon) return fail(Errc::failed_precondition, "below_lexicon", fmt::format("On {} held-out reviews the taught reader has an F1 of {:.3f}, the word list {:.3f}; the word list stays.", apart.size(), state.f1_learned, state.f1_lexicon));
    context.progress(1, 2, "teaching with all");
    auto const model = TRY(taught(marks.reviews, marks.categories, context.progress));
    if (context.dry()) return state;
    state.in_use = true;
    auto const file = reader_file(context.services.folder, context.shop_id);
    std::error_code none;
    std::filesystem::create_directories(file.parent_path(), none);
    TRY(model_file::save(file.string(), LearnedReader::write(model, state)));
    return state;
}

Result<ReaderState> reader(Context& context, Nothing const&) {
    auto const kept = learned_reader(context.services.folder, context.shop_id);
    return kept ? kept->state() : ReaderState{};
}

Result<ReaderState> forget_reader(Context& context, Nothing const&) {
    std::error_code none;
    if (!context.dry()) std::filesystem::remove(reader_file(context.services.folder, context.shop_id), none);
    return ReaderState{};
}

}  // namespace

bool held_out(std::string_view text) {
    auto const h = stable_hash(text);
    return (h ^ (h >> 31)) % 5 == 0;
}

std::vector<Operation> reader_operations() {
    return {
        operation({.name = "reviews.reader", .scenario = "25", .summary = {"Whether a taught reader or the word list reads the reviews, and how the two compared.", "评价由训练所得模型还是词表阅读，以及两者的比较。"}, .permission = "reviews.read"}, &reader),
        operation({.name = "reviews.teach", .scenario = "25", .summary = {"Teach a reader with reviews marked by hand; it is used when it is not below the word list on those held out.", "用人工标注的评价训练阅读模型；在留出评价上不低于词表时启用。"}, .effect = Effect::act, .permission = "reviews.write", .reasons = {"nothing_to_learn", "below_lexicon", "model_not_written"}, .length = Length::long_}, &teach),
        operation({.name = "reviews.forget_reader", .scenario = "25", .summary = {"Go back to the word list.", "改回词表。"}, .effect = Effect::act, .permission = "reviews.write"}, &forget_reader),
    };
}

}  // namespace kindling::reviews
