#include "engines/encoder/word_piece.h"
#include "core/utf8.h"
#include <algorithm>
#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace kindling::encoder {

namespace {

constexpr std::size_t most_pieces = 1'000'000, longest_piece = 1'000, longest_word = 100;  // a longer word is unknown, as in BERT

std::unexpected<Error> bad(std::string message) { return fail(Errc::failed_precondition, "encoder_vocabulary_invalid", std::move(message)); }

bool is_space(UChar32 c) { return c == '\t' || c == '\n' || c == '\r' || u_isUWhiteSpace(c); }
bool is_left_out(UChar32 c) { return c == 0 || c == 0xFFFD || (U_MASK(u_charType(c)) & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CN_MASK | U_GC_CO_MASK | U_GC_CS_MASK)); }
bool is_punctuation(UChar32 c) { return (c < 128 && c > 32 && !u_isalnum(c) && c != 127) || (U_MASK(u_charType(c)) & U_GC_P_MASK); }
// The blocks that BERT took for Chinese; core's is_han knows later ones, whose characters its vocabularies lack.
bool stands_alone(UChar32 c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

}  // namespace

Result<WordPiece> WordPiece::read(std::string_view vocabulary, WordPieceOptions options) {
    WordPiece out;
    out.options_ = std::move(options);
    while (!vocabulary.empty()) {
        auto line = vocabulary.substr(0, vocabulary.find('\n'));
        vocabulary.remove_prefix(std::min(line.size() + 1, vocabulary.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.size() > longest_piece) return bad(fmt::format("Line {} is longer than {} bytes; is it a list of word pieces, one a line?", out.lines_ + 1, longest_piece));
        if (out.lines_ == most_pieces) return bad(fmt::format("There are more than {} lines.", most_pieces));
        out.pieces_.insert_or_assign(std::string(line), static_cast<std::int64_t>(out.lines_++));
        out.longest_ = std::max(out.longest_, line.size());
    }
    if (out.lines_ == 0) return bad("It is empty.");
    for (auto const& [name, number] : {std::pair(&out.options_.unknown, &out.unknown_), std::pair(&out.options_.first, &out.first_), std::pair(&out.options_.last, &out.last_), std::pair(&out.options_.padding, &out.padding_)}) {
        auto const found = out.pieces_.find(*name);
        if (found == out.pieces_.end()) return bad(fmt::format("The piece {} is not in it; is it the vocabulary of a BERT model (word pieces)?", *name));
        *number = found->second;
    }
    return out;
}

void WordPiece::add_word(std::string_view word, std::vector<std::int64_t>& out) const {
    auto const before = out.size();
    std::string piece;
    for (std::size_t at = 0; at < word.size();) {
        auto rest = word.substr(at);
        for (rest = utf8_prefix(rest, longest_); !rest.empty(); rest = utf8_prefix(rest, rest.size() - 1)) {
            piece = at == 0 ? "" : "##";
            piece += rest;
            if (auto const found = pieces_.find(piece); found != pieces_.end()) {
                out.push_back(found->second);
                break;
            }
        }
        if (rest.empty()) {
            out.resize(before);
            out.push_back(unknown_);
            return;
        }
        at += rest.size();
    }
}

std::vector<std::int64_t> WordPiece::numbers(std::string_view text, std::size_t most) const {
    icu::UnicodeString clean;
    for (std::size_t at = 0; at < text.size();) {
        auto const c = static_cast<UChar32>(next_code_point(text, at));
        if (is_space(c)) clean.append(static_cast<UChar32>(' '));
        else if (is_left_out(c)) continue;
        else if (options_.separate_han && stands_alone(c)) clean.append(static_cast<UChar32>(' ')).append(c).append(static_cast<UChar32>(' '));
        else clean.append(c);
    }
    if (options_.strip_accents) {
        UErrorCode status = U_ZERO_ERROR;
        auto const* const apart = icu::Normalizer2::getNFDInstance(status);
        if (U_SUCCESS(status)) clean = apart->normalize(clean, status);
    }
    std::vector<std::int64_t> out{first_};
    std::string word;
    std::size_t characters = 0;
    auto const close = [&] {
        if (characters > longest_word) out.push_back(unknown_);
        else if (!word.empty()) add_word(word, out);
        word.clear(), characters = 0;
    };
    for (int i = 0; i < clean.length() && out.size() < most;) {
        auto c = clean.char32At(i);
        i += U16_LENGTH(c);
        if (options_.strip_accents && u_charType(c) == U_NON_SPACING_MARK) continue;
        if (options_.lower_case) c = u_tolower(c);
        auto const space = is_space(c), punctuation = is_punctuation(c);
        if (space || punctuation) close();
        if (space) continue;
        append_utf8(static_cast<char32_t>(c), word), ++characters;
        if (punctuation) close();
    }
    if (out.size() < most) close();
    out.resize(std::min(out.size(), most - 1));
    out.push_back(last_);
    return out;
}

}  // namespace kindling::encoder
