// engines/encoder/encoder.h -- a BERT-family text encoder of somebody's own, from a folder as Hugging Face and sentence-transformers lay it out.
//
//   model.onnx                         or onnx/model.onnx; weights of a large one may lie in a file beside it
//   vocab.txt                          word pieces, or tokenizer.json with a WordPiece vocabulary
//   tokenizer_config.json              optional: do_lower_case, strip_accents, tokenize_chinese_chars, model_max_length, cls_token …
//   config.json                        optional: max_position_embeddings
//   1_Pooling/config.json              optional: mean (as without it), CLS or largest
//   sentence_bert_config.json          optional: max_seq_length
//   modules.json                       optional: read only to refuse layers that are not in the graph
//
// A text's word pieces go through the graph (program.h); what comes out for each piece is made one vector by the pooling, of unit length. Vectors that the graph itself has
// pooled ("sentence_embedding", or an output of rank 2) are taken as they are. Texts of alike length are computed together.
// Cost: memory for the weights in full floats; figures in README.md. Threads: any, also at once; each call computes on its own thread.
#pragma once
#include "engines/encoder/program.h"
#include "engines/encoder/word_piece.h"
#include <filesystem>

namespace kindling::encoder {

enum class Pooling { mean, first, most, none };  // none: the graph has done it

// What a folder's files say.
struct EncoderParts {
    Graph graph;
    WordPiece words;
    Pooling pooling = Pooling::mean;
    std::size_t longest = 512;
};
Result<EncoderParts> read_parts(std::filesystem::path const& folder);

class Encoder {
public:
    // Computes one text of full length, so that whatever is wrong is said here. Messages begin with the file that is meant.
    // Reasons: encoder_file_missing, encoder_file_invalid, encoder_vocabulary_invalid, encoder_operator_unsupported, encoder_shape_wrong.
    static Result<std::unique_ptr<Encoder>> open(std::filesystem::path const& folder);

    static Result<std::unique_ptr<Encoder>> make(EncoderParts, std::size_t limit = most_numbers);

    // One vector for each text, in order. Reasons: cancelled, encoder_timeout, encoder_shape_wrong.
    Result<std::vector<std::vector<float>>> encode(std::span<std::string const> texts, Limits const& = {}) const;
    std::size_t dimensions() const { return dimensions_; }
    std::size_t longest() const { return longest_; }      // word pieces of a text; what comes after is not read
    std::size_t steps() const { return program_.steps(); }

private:
    Result<void> compute(std::span<std::vector<std::int64_t> const> numbers, std::span<std::size_t const> which, std::vector<std::vector<float>>& out, Limits const&) const;

    Program program_;
    WordPiece words_;
    Pooling pooling_ = Pooling::mean;
    std::size_t longest_ = 512, dimensions_ = 0;
};

}  // namespace kindling::encoder
