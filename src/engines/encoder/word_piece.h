// engines/encoder/word_piece.h -- a text as the numbers of BERT's word pieces.
//
// Words are taken apart at spaces, punctuation and around every Han character; lower case and without accents where the model says so; then the longest piece that the
// vocabulary has, again and again ("##" before a piece that continues a word); a word that cannot be laid out of pieces is [UNK]. Agrees with Hugging Face's BertTokenizerFast,
// but for words such as "[SEP]" in a text: texts are shoppers' and never become a model's control tokens.
// Source: Devlin et al. 2019 (arXiv:1810.04805); tokenizers' BertNormalizer, BertPreTokenizer and WordPiece.
#pragma once
#include "core/result.h"
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kindling::encoder {

struct WordPieceOptions {
    bool lower_case = true, strip_accents = true, separate_han = true;
    std::string unknown = "[UNK]", first = "[CLS]", last = "[SEP]", padding = "[PAD]";
    bool operator==(WordPieceOptions const&) const = default;
};

class WordPiece {
public:
    // One piece a line, numbered from 0. Fails with encoder_vocabulary_invalid: empty, more than 1,000,000 pieces, one longer than 1,000 bytes, a special one missing.
    static Result<WordPiece> read(std::string_view vocabulary, WordPieceOptions options);

    // [CLS] … [SEP], `most` numbers at most (2 or more). Any bytes; broken UTF-8 is left out.
    std::vector<std::int64_t> numbers(std::string_view text, std::size_t most) const;
    std::int64_t padding() const { return padding_; }
    std::size_t size() const { return lines_; }

private:
    struct Hash : std::hash<std::string_view> { using is_transparent = void; };
    void add_word(std::string_view word, std::vector<std::int64_t>& out) const;

    WordPieceOptions options_;
    std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> pieces_;
    std::int64_t unknown_ = 0, first_ = 0, last_ = 0, padding_ = 0;
    std::size_t lines_ = 0, longest_ = 0;  // of pieces; bytes
};

}  // namespace kindling::encoder
