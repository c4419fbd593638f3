#include "engines/text/analysis/normalise.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "core/utf8.h"
#include "engines/text/analysis/characters.h"

namespace kindling::text {

namespace {

constexpr std::size_t longest_segment = 32;  // characters that may combine: Stream-Safe Text Format allows 30 marks

bool is_combining(char32_t c) { return (c >= 0x300 && c < 0x370) || c == 0x3099 || c == 0x309A; }

class Walk {
public:
    Walk(std::string_view in, Normalised& out) : in_(in.substr(0, 0xFFFFFFFE)), out_(out), table_(Characters::table()) {
        UErrorCode status = U_ZERO_ERROR;
        icu_ = icu::Normalizer2::getNFKCCasefoldInstance(status);
    }

    void run() {
        out_.clear();
        out_.text.reserve(in_.size() / 2), out_.begin.reserve(in_.size() / 2), out_.end.reserve(in_.size() / 2);
        while (at_ < in_.size()) {
            auto const begin = at_;
            auto const c = next_code_point(in_, at_);
            if (auto const folded = table_.fold(c)) {
                segment_begin_ = begin, segment_out_ = out_.text.size();
                put(folded, begin, at_);
            } else {
                slow(begin, c);
            }
        }
    }

private:
    void put(char32_t c, std::size_t begin, std::size_t end) {
        out_.text += c;
        out_.begin.push_back(static_cast<std::uint32_t>(begin));
        out_.end.push_back(static_cast<std::uint32_t>(end));
    }

    // The character at `begin` may combine with the one before it and with those after it: give ICU all of them.
    void slow(std::size_t begin, char32_t c) {
        if (!icu_) return put(c, begin, at_);
        if (!icu_->hasBoundaryBefore(static_cast<UChar32>(c)) && segment_begin_ != npos) {
            begin = segment_begin_;
            out_.text.resize(segment_out_), out_.begin.resize(segment_out_), out_.end.resize(segment_out_);
        }
        auto end = begin;
        icu::UnicodeString segment;
        for (std::size_t n = 0; end < in_.size() && n < longest_segment; ++n) {
            auto next = end;
            auto const point = next_code_point(in_, next);
            if (n > 0 && next > at_ && icu_->hasBoundaryBefore(static_cast<UChar32>(point))) break;
            segment.append(static_cast<UChar32>(point));
            end = next;
        }
        UErrorCode status = U_ZERO_ERROR;
        auto const normal = icu_->normalize(segment, status);
        segment_begin_ = npos;  // a segment is normalised once, however many marks follow: linear on hostile text
        for (int i = 0; U_SUCCESS(status) && i < normal.length();) {
            auto const point = static_cast<char32_t>(normal.char32At(i));
            i += U16_LENGTH(point);
            if (is_combining(point)) continue;
            auto const folded = table_.fold(point);
            put(folded ? folded : point, begin, end);
        }
        at_ = end;
    }

    static constexpr std::size_t npos = ~std::size_t{0};
    std::string_view in_;
    Normalised& out_;
    Characters const& table_;
    icu::Normalizer2 const* icu_ = nullptr;
    std::size_t at_ = 0;
    std::size_t segment_begin_ = npos, segment_out_ = 0;  // the last character that a mark might join
};

}  // namespace

void normalise(std::string_view in, Normalised& out) { Walk(in, out).run(); }

std::string normalise(std::string_view in) {
    Normalised out;
    normalise(in, out);
    return to_utf8(out.text);
}

WrittenLanguage detect(std::string_view text) {
    std::size_t han = 0, words = 0, syllables = 0;
    bool in_word = false;
    std::size_t letters = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const kind = class_of(next_code_point(text, at));
        bool const letter = kind == CharacterClass::letter;
        letters = letter ? (in_word ? letters + 1 : 1) : 0;
        words += letters == 2;  // T恤 and 5G are Chinese words
        in_word = letter;
        han += kind == CharacterClass::han;
        syllables += kind == CharacterClass::syllable;
    }
    if (syllables > han) return WrittenLanguage::other;
    if (han == 0) return words > 0 ? WrittenLanguage::en : WrittenLanguage::other;
    // A Chinese word is about two characters. One brand or model name in a Chinese sentence leaves it Chinese.
    auto const chinese = (han + 1) / 2;
    if (words == 0 || chinese >= 2 * words) return WrittenLanguage::zh;
    return words >= 4 * chinese ? WrittenLanguage::en : WrittenLanguage::mixed;
}

}  // namespace kindling::text
