// modules/reviews/learned.h -- a reader of reviews that a shop has taught with reviews marked by hand, beside the word list.
//
// Marked reviews come whole with reviews.teach: what is spoken of, what is said of it, to which aspect it belongs, praise or blame. A fifth of them (by a hash of their text) is
// kept apart; on it the taught reader (engines/learning/opinion/extractor.h) and the word list are held against the marks: of all pairs (aspect, praise or blame) of a
// review, the F1. Only a reader that is not below the word list is kept, taught then by all of them, in the data folder (models/reviews-<shop>); digests use it at once for
// reviews of its language, Chinese or not, and the word list for the others. No model ships with Kindling: public marked reviews are for research.
#pragma once
#include "engines/learning/opinion/digest.h"
#include "engines/learning/opinion/extractor.h"
#include "modules/reviews/api.h"
#include <filesystem>
#include <memory>

namespace kindling::reviews {

struct MarkedOpinion {
    std::string aspect, opinion, about;
    bool praise = true;
    static constexpr Field fields[] = {
        field("aspect", "Words of the review that name what is spoken of (音质, battery); empty: none do.", "评价中指明对象的词（音质、battery）；没有则留空。").defaulted().longest(200), field("opinion", "Words of the review that judge it (很好, died fast).", "评价中表达看法的词（很好、died fast）。").longest(200),
        field("about", "Aspect it belongs to: quality, look, size, comfort, use, effect, sound, battery, smell, taste, noise, price, delivery, packaging, service, description or overall.", "所属维度，取值同 reviews.digest 的 aspect。").longest(32), field("praise", "true: it praises, false: it blames.", "true 好评，false 差评。")};
};
BOOST_DESCRIBE_STRUCT(MarkedOpinion, (), (aspect, opinion, about, praise))

struct MarkedText {
    std::string text;
    std::vector<MarkedOpinion> opinions;
    static constexpr Field fields[] = {field("text", "The review as it was written.", "评价原文。").longest(20'000), field("opinions", "Everything that it judges; an empty list says that it judges nothing.", "其中的全部看法；空列表表示没有评价。").longest(100)};
};
BOOST_DESCRIBE_STRUCT(MarkedText, (), (text, opinions))

struct TeachReader {
    std::vector<MarkedText> reviews;
    static constexpr Field fields[] = {field("reviews", "All marked reviews, in one language; they take the place of those before. Some hundred are needed.", "全部已标注评价，同一语言；替换之前的。需数百条以上。").longest(20'000)};
};
BOOST_DESCRIBE_STRUCT(TeachReader, (), (reviews))

struct ReaderState {
    bool in_use = false;
    std::int64_t taught_at_ms = 0, reviews = 0, opinions = 0, held_out = 0;
    double f1_lexicon = 0, f1_learned = 0;
    bool chinese = false;
    static constexpr Field fields[] = {
        field("in_use", "Whether a taught reader reads the shop's reviews.", "是否使用训练所得的模型阅读评价。"), field("taught_at_ms", "When it was taught; 0: never.", "训练时间；0 为从未。"), field("reviews", "Marked reviews it was taught with.", "训练用的标注评价数。"), field("opinions", "Opinions in them.", "其中的看法数。"), field("held_out", "Reviews that it was tried on and not taught with when it was.", "留出检验的评价数。"),
        field("f1_lexicon", "F1 of the word list on these, over (aspect, praise or blame) of a review, 0..1.", "词表在留出评价上的 F1（按评价的维度与好差），0..1。"), field("f1_learned", "The same of the taught reader.", "训练所得模型的 F1。"), field("chinese", "Whether it reads Chinese reviews; else the others.", "是否用于中文评价；否则用于其他评价。")};
};
BOOST_DESCRIBE_STRUCT(ReaderState, (), (in_use, taught_at_ms, reviews, opinions, held_out, f1_lexicon, f1_learned, chinese))

inline constexpr std::size_t fewest_held_out = 40;

// Immutable; any thread.
class LearnedReader {
public:
    // invalid_argument "model_invalid".
    static Result<LearnedReader> read(std::string_view file);
    static std::string write(opinion::Extractor const&, ReaderState const&);
    explicit LearnedReader(opinion::Extractor model) : model_(std::move(model)) {}
    std::vector<opinion::Remark> remarks(std::string_view text) const;
    ReaderState const& state() const { return state_; }

private:
    opinion::Extractor model_;
    ReaderState state_;
};

// Of the shop; null: none, or a file that cannot be read. Kept in memory until the file changes.
std::shared_ptr<LearnedReader const> learned_reader(std::filesystem::path const& folder, std::int64_t shop_id);
std::filesystem::path reader_file(std::filesystem::path const& folder, std::int64_t shop_id);

bool in_chinese(std::string_view text);
// Whether a marked review is of the fifth that is kept apart.
bool held_out(std::string_view text);

std::vector<Operation> reader_operations();

}  // namespace kindling::reviews
