#include "engines/text/analysis/analyzer.h"

#include "engines/text/analysis/characters.h"
#include "engines/text/analysis/emit.h"
#include "engines/text/analysis/perceptron.h"
#include "engines/text/analysis/segment.h"

namespace kindling::text {

namespace {

struct Scratch {
    Normalised text;
    std::vector<Piece> pieces;
    std::vector<std::uint32_t> ends;
    Dictionary::Scratch dictionary;
    Perceptron::Scratch model;
};

// What cuts Han text; neither: pairs of characters.
struct Cutter {
    Dictionary const* dictionary;
    Perceptron const* model;
};

bool is_latin(CharacterClass c) { return c == CharacterClass::letter || c == CharacterClass::digit; }

void add_latin(std::u32string const& text, std::uint32_t begin, std::uint32_t end, std::vector<Piece>& pieces) {
    Piece piece{begin, end, Piece::Kind::latin};
    for (auto i = begin; i < end; ++i) (class_of(text[i]) == CharacterClass::digit ? piece.digits : piece.letters) = true;
    pieces.push_back(piece);
}

// Pairs of neighbours; a single character stays one.
void add_pairs(std::uint32_t begin, std::uint32_t end, Piece::Kind kind, std::vector<Piece>& pieces) {
    if (end - begin == 1) return pieces.push_back({begin, end, kind});
    for (auto i = begin; i + 1 < end; ++i) pieces.push_back({i, i + 2, kind});
}

void cut_block(Scratch& s, std::uint32_t begin, std::uint32_t end, Cutter cutter) {
    auto const block = std::u32string_view(s.text.text).substr(begin, end - begin);
    if (cutter.model) cutter.model->cut(block, *cutter.dictionary, s.ends, s.model);
    else cutter.dictionary->cut(block, s.ends, s.dictionary);
    for (auto from = begin; auto const stop : s.ends) {
        auto const to = begin + stop;
        bool han = false;
        for (auto i = from; i < to && !han; ++i) han = class_of(s.text.text[i]) == CharacterClass::han;
        if (han) s.pieces.push_back({from, to, Piece::Kind::han});
        else add_latin(s.text.text, from, to, s.pieces);
        from = to;
    }
}

void find_pieces(Scratch& s, Cutter cutter) {
    s.pieces.clear();
    auto const& text = s.text.text;
    auto const n = static_cast<std::uint32_t>(text.size());
    for (std::uint32_t i = 0; i < n;) {
        auto const begin = i;
        auto const kind = class_of(text[i]);
        if (kind == CharacterClass::other) { ++i; continue; }
        if (kind == CharacterClass::syllable) {
            while (i < n && class_of(text[i]) == CharacterClass::syllable) ++i;
            add_pairs(begin, i, Piece::Kind::syllable, s.pieces);
            continue;
        }
        bool han = false;
        for (; i < n; ++i) {
            auto const next = class_of(text[i]);
            if (next != CharacterClass::han && !is_latin(next)) break;
            if (!cutter.dictionary && (next == CharacterClass::han) != (kind == CharacterClass::han)) break;
            han |= next == CharacterClass::han;
        }
        if (!han) add_latin(text, begin, i, s.pieces);
        else if (cutter.dictionary) cut_block(s, begin, i, cutter);
        else add_pairs(begin, i, Piece::Kind::han, s.pieces);
    }
}

// jieba's search mode: two- and three-character words inside longer ones; then the characters before `characters_end`.
void put_inner(Piece const& word, std::uint32_t characters_end, std::uint32_t position, Dictionary const* dictionary, Emitter& emit) {
    auto const length = word.end - word.begin;
    for (std::uint32_t size = 2; dictionary && size <= 3 && size < length; ++size)
        for (auto i = word.begin; i + size <= word.end; ++i)
            if (Piece const inner{i, i + size}; dictionary->contains(emit.characters(inner))) emit.put(inner, position, Analyzer::part_weight);
    for (auto i = word.begin; length > 1 && i < characters_end; ++i)
        if (class_of(emit.text().text[i]) == CharacterClass::han) emit.put(Piece{i, i + 1}, position, Analyzer::character_weight);
}

}  // namespace

Result<std::shared_ptr<Analyzer>> Analyzer::create(Options options) {
    std::shared_ptr<Analyzer> made(new Analyzer);
    if (!options.dictionary_path.empty()) made->base_ = TRY(Dictionary::load(options.dictionary_path));
    if (made->base_ && !options.model_path.empty()) made->model_ = TRY(Perceptron::load(options.model_path));
    made->current_ = made->base_;
    return made;
}

std::shared_ptr<const Dictionary> Analyzer::dictionary() const {
    std::lock_guard const lock(mutex_);
    return current_;
}

void Analyzer::set_user_words(std::vector<UserWord> words) {
    if (!base_) return;  // pairs of characters know no words
    auto next = base_->with(words);
    std::lock_guard const lock(mutex_);
    current_ = std::move(next);
}

std::vector<Token> Analyzer::analyze(std::string_view text, Mode mode) const {
    std::vector<Token> out;
    analyze(text, mode, out);
    return out;
}

void Analyzer::analyze(std::string_view text, Mode mode, std::vector<Token>& out) const {
    thread_local Scratch s;
    normalise(text, s.text);
    auto const words = dictionary();
    find_pieces(s, {words.get(), model_.get()});
    Emitter emit(s.text, out);
    std::uint32_t position = 0;
    for (std::size_t at = 0; at < s.pieces.size();) {
        auto const& piece = s.pieces[at];
        if (piece.kind == Piece::Kind::latin) {
            position += emit_compound(s.pieces, at, position, mode, emit);
            continue;
        }
        emit.put(piece, position, 1);
        if (mode == Mode::index && piece.kind == Piece::Kind::han) {
            auto const next = at + 1 < s.pieces.size() ? s.pieces[at + 1].begin : piece.end;
            put_inner(piece, std::min(piece.end, next), position, words.get(), emit);  // overlapping pairs: each character once
        }
        ++position, ++at;
    }
}

}  // namespace kindling::text
