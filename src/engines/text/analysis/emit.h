// engines/text/analysis/emit.h -- inside of the analyzer: pieces of a normalised text, and the tokens made of them.
#pragma once
#include <span>

#include "core/utf8.h"
#include "engines/text/analysis/analyzer.h"
#include "engines/text/analysis/normalise.h"

namespace kindling::text {

struct Piece {
    enum class Kind : std::uint8_t { han, latin, syllable };
    std::uint32_t begin = 0, end = 0;  // characters of the normalised text
    Kind kind = Kind::han;
    bool digits = false, letters = false;  // latin: which of the two it holds
};

// Writes into a vector whose tokens, and their strings, are used again.
class Emitter {
public:
    Emitter(Normalised const& text, std::vector<Token>& out) : text_(text), out_(out) {}
    ~Emitter() { out_.resize(used_); }
    Emitter(Emitter const&) = delete;

    void put(std::string_view term, Piece const& where, std::uint32_t position, float weight) {
        if (term.empty()) return;
        if (used_ == out_.size()) out_.emplace_back();
        auto& token = out_[used_++];
        token.term.assign(utf8_prefix(term, Analyzer::max_term_bytes));
        token.begin = text_.begin[where.begin], token.end = text_.end[where.end - 1];
        token.position = position, token.weight = weight;
    }
    void put(Piece const& piece, std::uint32_t position, float weight) { put(spell(piece.begin, piece.end), piece, position, weight); }

    // UTF-8 of some characters; valid until the next call.
    std::string_view spell(std::uint32_t begin, std::uint32_t end) {
        buffer_.clear();
        end = std::min<std::uint32_t>(end, begin + Analyzer::max_term_bytes);  // each is at least a byte
        for (auto i = begin; i < end; ++i) append_utf8(text_.text[i], buffer_);
        return buffer_;
    }
    std::u32string_view characters(Piece const& p) const { return std::u32string_view(text_.text).substr(p.begin, p.end - p.begin); }
    Normalised const& text() const { return text_; }

private:
    Normalised const& text_;
    std::vector<Token>& out_;
    std::size_t used_ = 0;
    std::string buffer_;
};

// A Latin word, number or model number that begins with pieces[at] and takes in what connectors join to it. Emits its tokens at
// `position` and after; moves `at` past it and gives the number of positions used.
std::uint32_t emit_compound(std::span<const Piece> pieces, std::size_t& at, std::uint32_t position, Mode, Emitter&);

}  // namespace kindling::text
