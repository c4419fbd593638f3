// engines/text/analysis/compound.cpp -- what becomes of Latin words, numbers and model numbers (see analyzer.h).
//
// A compound is one or more runs of letters and digits held together by connectors: wh-1000xm4, t-shirt, women's, h&m, 1.5l,
// 1,000. Its whole is spelled without the connectors (but for the decimal point), so that every way to write a model number
// meets in one term; its parts are the runs, its atoms the stretches of letters or digits inside a run.
#include <array>

#include "engines/text/analysis/characters.h"
#include "engines/text/analysis/emit.h"
#include "engines/text/analysis/stem.h"

namespace kindling::text {

namespace {

constexpr float part = Analyzer::part_weight;
constexpr std::size_t most_pieces = 16;  // of one compound

struct Atom {
    std::uint32_t begin = 0, end = 0;  // characters of the normalised text
    bool digits = false;
    std::uint32_t length() const { return end - begin; }
};

struct Part {
    Piece where;
    std::vector<Atom> atoms;
};

// A compound's shape; its vectors are used again.
struct Compound {
    std::string whole;
    std::vector<Part> parts;
    std::size_t parts_used = 0, atoms = 0;
    Piece where;
    bool digits = false, letters = false;
    std::span<const Part> all() const { return {parts.data(), parts_used}; }
};

bool joins(Normalised const& text, Piece const& left, Piece const& right) {
    if (right.begin != left.end + 1) return false;
    auto const length = [](Piece const& p) { return p.end - p.begin; };
    bool const numbers = left.digits && !left.letters && right.digits && !right.letters;
    switch (text.text[left.end]) {
        case U'-': case U'\u2010': return !numbers;  // 80-90 is a range
        case U'_': return true;
        case U'\'': case U'\u2019': return left.letters && right.letters;
        case U'&': return length(left) <= 2 && length(right) <= 2;
        case U'.': return (left.digits && right.digits && text.text[left.end - 1] <= U'9' && text.text[right.begin] <= U'9') || (length(left) == 1 && length(right) == 1);
        case U',': return numbers && length(left) <= 3 && length(right) == 3;
        default: return false;
    }
}

// "1.5" and "1,000" are one run; other connectors begin a new part.
bool continues_number(char32_t connector) { return connector == U'.' || connector == U',' || connector == U'\'' || connector == U'\u2019'; }

std::size_t read(std::span<const Piece> pieces, std::size_t at, Emitter& emit, Compound& out) {
    auto const& text = emit.text();
    out.whole.clear();
    out.parts_used = out.atoms = 0;
    out.where = pieces[at], out.digits = out.letters = false;
    auto const first = at;
    for (;; ++at) {
        auto const& piece = pieces[at];
        char32_t const connector = at > first ? text.text[piece.begin - 1] : U'\0';
        bool const continues = at > first && continues_number(connector);
        if (!continues) {
            if (out.parts_used == out.parts.size()) out.parts.emplace_back();
            auto& fresh = out.parts[out.parts_used++];
            fresh.where = piece, fresh.atoms.clear();
        }
        auto& current = out.parts[out.parts_used - 1];
        current.where.end = piece.end, current.where.digits |= piece.digits, current.where.letters |= piece.letters;
        if (continues && connector == U'.' && out.digits) out.whole += '.';
        out.whole += emit.spell(piece.begin, piece.end);
        for (auto i = piece.begin; i < piece.end; ++i) {
            bool const digit = class_of(text.text[i]) == CharacterClass::digit;
            bool const same = !current.atoms.empty() && current.atoms.back().digits == digit && (i > piece.begin || continues);
            if (same) current.atoms.back().end = i + 1;
            else current.atoms.push_back({i, i + 1, digit}), ++out.atoms;
        }
        out.digits |= piece.digits, out.letters |= piece.letters;
        out.where.end = piece.end;
        if (at + 1 == pieces.size() || pieces[at + 1].kind != Piece::Kind::latin || at + 1 - first == most_pieces || !joins(text, piece, pieces[at + 1])) break;
    }
    return at + 1;
}

// A run or atom without the connectors it may hold ("1,000" -> 1000, "women's" -> womens).
std::string spell(Emitter& emit, std::uint32_t begin, std::uint32_t end) {
    std::string out;
    for (auto i = begin; i < end && out.size() < Analyzer::max_term_bytes; ++i) {
        auto const c = emit.text().text[i];
        if (class_of(c) != CharacterClass::other || c == U'.') append_utf8(c, out);
    }
    return out;
}

void put_word(Emitter& emit, std::string const& word, Piece const& where, std::uint32_t position, float weight) {
    emit.put(word, where, position, weight);
    if (auto const stem = Stemmer::of_this_thread().stem(word); stem != word) emit.put(stem, where, position, weight);
}

// "2.0" is also "2": releases and sizes are written both ways.
void put_number(Emitter& emit, Compound const& c, std::uint32_t position) {
    if (!c.digits || c.letters) return;
    auto const point = c.whole.find('.');
    if (point == std::string::npos || point == 0 || c.whole.find_first_not_of("0", point + 1) != std::string::npos) return;
    emit.put(c.whole.substr(0, point), c.where, position, 1);
}

Piece where(Atom const& atom) { return {atom.begin, atom.end}; }

// "iphone 15 pro": also iphone15 and iphone15pro, if a shop or a shopper might write it so.
void put_joined(std::span<const Piece> pieces, std::size_t next, Compound const& left, std::uint32_t position, Emitter& emit) {
    constexpr std::size_t longest = 20;  // bytes: longer ones are two words that no one writes as one
    auto const& text = emit.text();
    std::string joined = left.whole;
    bool ends_in_digit = class_of(text.text[left.where.end - 1]) == CharacterClass::digit;
    bool marked = left.digits || joined.size() == 1;
    auto end = left.where.end;
    for (int more = 0; more < 2 && next < pieces.size(); ++more, ++next) {
        auto const& right = pieces[next];
        if (right.kind != Piece::Kind::latin || right.begin != end + 1 || text.text[end] != U' ') return;
        bool const compound = next + 1 < pieces.size() && pieces[next + 1].kind == Piece::Kind::latin && joins(text, right, pieces[next + 1]);
        bool const two_numbers = ends_in_digit && class_of(text.text[right.begin]) == CharacterClass::digit;
        bool const number = right.digits && !right.letters;
        if (compound || two_numbers || (!marked && !right.digits && right.end - right.begin > 1)) return;
        joined += emit.spell(right.begin, right.end);
        if (joined.size() > longest) return;
        end = right.end, marked = true;
        ends_in_digit = class_of(text.text[end - 1]) == CharacterClass::digit;
        emit.put(joined, {left.where.begin, end}, position, part);
        if (!number || !left.letters) return;  // a third word only after a bare number in the middle
    }
}

// The Latin spelling of a Chinese unit after a number.
std::string_view latin_unit(std::u32string_view han) {
    static constexpr std::array<std::pair<std::u32string_view, std::string_view>, 24> units{{
        {U"厘米", "cm"}, {U"公分", "cm"}, {U"毫米", "mm"}, {U"米", "m"}, {U"公里", "km"}, {U"英寸", "inch"}, {U"寸", "inch"}, {U"克", "g"},
        {U"毫克", "mg"}, {U"千克", "kg"}, {U"公斤", "kg"}, {U"升", "l"}, {U"公升", "l"}, {U"毫升", "ml"}, {U"瓦", "w"}, {U"千瓦", "kw"},
        {U"伏", "v"}, {U"毫安", "mah"}, {U"毫安时", "mah"}, {U"小时", "h"}, {U"分钟", "min"}, {U"盎司", "oz"}, {U"磅", "lb"}, {U"赫兹", "hz"},
    }};
    for (auto const& [name, latin] : units)
        if (name == han) return latin;
    return {};
}

void put_for_index(Compound const& c, std::uint32_t position, Emitter& emit) {
    put_word(emit, c.whole, c.where, position, 1);
    put_number(emit, c, position);
    auto const parts = c.all();
    for (std::uint32_t p = 0; p < parts.size(); ++p) {
        auto const& [run, atoms] = parts[p];
        if (parts.size() > 1) put_word(emit, spell(emit, run.begin, run.end), run, position + p, run.digits ? part : 1);
        if (atoms.size() < 2) continue;
        for (auto const& atom : atoms) put_word(emit, spell(emit, atom.begin, atom.end), where(atom), position + p, part);
        if (atoms.size() >= 3 && atoms.size() <= 6)  // wh1000xm4 also as 1000xm4, for those who write "wh 1000xm4"
            emit.put(spell(emit, atoms[1].begin, atoms.back().end), {atoms[1].begin, atoms.back().end}, position + p, part);
    }
}

std::uint32_t put_for_query(Compound const& c, std::uint32_t position, Emitter& emit) {
    auto const parts = c.all();
    if (parts.size() > 1) {
        bool const words = std::ranges::all_of(parts, [](Part const& p) { return !p.where.digits && p.where.end - p.where.begin >= 2; });
        put_word(emit, c.whole, c.where, position, words ? part : 1);
        for (std::uint32_t p = 0; p < parts.size(); ++p)
            put_word(emit, spell(emit, parts[p].where.begin, parts[p].where.end), parts[p].where, position + p, words ? 1 : part);
        return static_cast<std::uint32_t>(parts.size());
    }
    put_word(emit, c.whole, c.where, position, 1);
    put_number(emit, c, position);
    auto const& atoms = parts[0].atoms;
    if (atoms.size() == 2 && atoms[1].digits && emit.spell(atoms[0].begin, atoms[0].end) == "v") emit.put(spell(emit, atoms[1].begin, atoms[1].end), where(atoms[1]), position, part);  // v17 is also 17
    // iphone15pro is three words; in z62 or 500ml the letters alone say nothing.
    bool const words = atoms.size() > 1 && std::ranges::all_of(atoms, [](Atom const& a) { return a.digits || a.length() >= 3; });
    if (!words) return 1;
    for (std::uint32_t a = 0; a < atoms.size(); ++a) put_word(emit, spell(emit, atoms[a].begin, atoms[a].end), where(atoms[a]), position + a, part);
    return static_cast<std::uint32_t>(atoms.size());
}

}  // namespace

std::uint32_t emit_compound(std::span<const Piece> pieces, std::size_t& at, std::uint32_t position, Mode mode, Emitter& emit) {
    thread_local Compound compound;
    at = read(pieces, at, emit, compound);
    std::uint32_t used = 0;
    bool const number = compound.digits && !compound.letters;
    bool unit_follows = false;
    if (number && at < pieces.size() && pieces[at].kind == Piece::Kind::han && pieces[at].begin - compound.where.end <= 1)
        if (auto const unit = latin_unit(emit.characters(pieces[at])); !unit.empty()) {
            emit.put(compound.whole + std::string(unit), {compound.where.begin, pieces[at].end}, position, 1);
            unit_follows = true;
        }
    if (mode == Mode::query) {
        used = put_for_query(compound, position, emit);
        if (unit_follows) emit.put(pieces[at++], position + used++, part);  // 500ml answers 500毫升, so 毫升 is not needed
    } else {
        if (compound.parts_used == 1) put_joined(pieces, at, compound, position, emit);
        put_for_index(compound, position, emit);
        used = static_cast<std::uint32_t>(compound.parts_used);
    }
    return used;
}

}  // namespace kindling::text
