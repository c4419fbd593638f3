// generate_text_tables FOLDER -- writes traditional.cpp (ICU's Hant-Hans, one character to one character) and readings.cpp
// (ICU's Han-Latin without tones, characters grouped by syllable). At run time ICU would need 0.04 s and 0.46 s for the same.
//
// Source: the Unicode Han Database as ICU 72 carries it, Unicode licence.
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/utf8.h"

namespace {

// Of the mainland standard themselves (GB 2312), in words where they may not be replaced: 著名, 俱全, 慰藉, 摔跤.
constexpr std::u32string_view simplified_already = U"俱吒摺箝苎著藉跤阪";

// Each of `characters` through one transliterator, in one call: line by line, so that no rule sees two characters.
std::vector<std::string> transliterate(char const* id, std::u32string const& characters) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> const with(icu::Transliterator::createInstance(id, UTRANS_FORWARD, status));
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
    icu::UnicodeString text;
    for (auto const c : characters) text.append(static_cast<UChar32>(c)).append(u'\n');
    with->transliterate(text);
    std::string utf8;
    text.toUTF8String(utf8);
    std::vector<std::string> lines;
    for (std::size_t at = 0, end; (end = utf8.find('\n', at)) != std::string::npos; at = end + 1) lines.push_back(utf8.substr(at, end - at));
    if (lines.size() != characters.size()) throw std::runtime_error("a rule joined two lines");
    return lines;
}

std::ofstream open(std::string const& path, std::string_view what) {
    std::ofstream out(path);
    out << "// " << what << "\n// Written by generate_text_tables from ICU 72 (Unicode Han Database, Unicode licence). Do not edit.\n"
        << "#include \"engines/text/analysis/data/tables.h\"\n\nnamespace kindling::text::data {\n\n";
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return std::cerr << "usage: generate_text_tables FOLDER\n", 2;
    std::string const folder = argv[1];
    std::u32string han;
    for (char32_t c = 0x3400; c < 0xA000; ++c)
        if (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC)) han += c;

    auto const simplified = transliterate("Hant-Hans", han);
    auto out = open(folder + "/traditional.cpp", "Traditional character and its simplified form, pair after pair.");
    out << "constexpr std::string_view pairs =";
    for (std::size_t i = 0, n = 0; i < han.size(); ++i) {
        auto const from = kindling::to_utf8({&han[i], 1});
        if (simplified_already.contains(han[i]) || simplified[i] == from || kindling::count_code_points(simplified[i]) != 1) continue;
        out << (n++ % 30 == 0 ? (n == 1 ? "\n    \"" : "\"\n    \"") : "") << from << simplified[i];
    }
    out << "\";\n\nstd::string_view traditional_pairs() { return pairs; }\n\n}  // namespace kindling::text::data\n";

    auto const latin = transliterate("Han-Latin; NFD; [:Mn:] Remove; Lower", han);
    std::map<std::string, std::string> groups;
    for (std::size_t i = 0; i < han.size(); ++i)
        if (han[i] >= 0x4E00 && !latin[i].empty() && std::ranges::all_of(latin[i], [](char c) { return c >= 'a' && c <= 'z'; }))
            groups[latin[i]] += kindling::to_utf8({&han[i], 1});
    auto readings = open(folder + "/readings.cpp", "Toneless syllable and the characters whose first reading it is.");
    readings << "constexpr std::string_view groups =";
    for (auto const& [syllable, characters] : groups) readings << "\n    \"" << syllable << ' ' << characters << "\\n\"";
    readings << ";\n\nstd::string_view reading_groups() { return groups; }\n\n}  // namespace kindling::text::data\n";
}
