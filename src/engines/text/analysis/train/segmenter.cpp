// segmenter train DICTIONARY CORPUS MODEL [log2-rows] [epochs]   and   segmenter score DICTIONARY CORPUS [MODEL]
//
// CORPUS: words parted by spaces, a sentence a line, or CoNLL with the word in the second column and sentences parted by empty
// lines; plain text, so pipe compressed ones through a file. `score` prints precision, recall and F1 of words as SIGHAN does
// (a word is right if both of its borders are), recall of words the dictionary does not have, and characters a second.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

#include <fmt/core.h>

#include "core/utf8.h"
#include "engines/text/analysis/characters.h"
#include "engines/text/analysis/normalise.h"
#include "engines/text/analysis/perceptron.h"

using namespace kindling;
using namespace kindling::text;

namespace {

using Words = std::vector<std::u32string>;

std::vector<Words> read_corpus(std::string const& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    std::vector<Words> out(1);
    std::string line;
    while (std::getline(file, line)) {
        auto const conll = line.find('\t');
        auto const add = [&](std::string const& word) {
            if (auto normal = to_utf32(normalise(word)); !normal.empty()) out.back().push_back(std::move(normal));
        };
        if (conll != std::string::npos) {
            auto const end = line.find('\t', conll + 1);
            add(line.substr(conll + 1, end - conll - 1));
        } else if (line.empty()) {
            if (!out.back().empty()) out.emplace_back();
        } else {
            std::istringstream words(line);
            for (std::string word; words >> word;) {
                if (word == "\u3000") continue;
                add(word);
            }
            out.emplace_back();
        }
    }
    return out;
}

bool in_block(char32_t c) {
    auto const kind = class_of(c);
    return kind == CharacterClass::han || kind == CharacterClass::letter || kind == CharacterClass::digit;
}

// Words of letters, digits and Han only, as the analyzer gives them: sentences end at everything else.
std::vector<Words> blocks(std::vector<Words> const& sentences) {
    std::vector<Words> out;
    for (auto const& sentence : sentences) {
        out.emplace_back();
        for (auto const& word : sentence) {
            if (std::ranges::all_of(word, in_block)) out.back().push_back(word);
            else if (!out.back().empty()) out.emplace_back();
        }
    }
    std::erase_if(out, [](Words const& w) { return w.empty(); });
    return out;
}

template <class Cut> std::vector<std::size_t> borders(std::u32string const& text, Cut&& cut) {
    std::vector<std::size_t> out;
    std::vector<std::uint32_t> ends;
    for (std::size_t i = 0; i < text.size();) {
        auto end = i;
        while (end < text.size() && in_block(text[end])) ++end;
        if (end == i) {
            // 1.5 and 14:52 are one word in every corpus
            bool const number = i > 0 && i + 1 < text.size() && class_of(text[i - 1]) == CharacterClass::digit && class_of(text[i + 1]) == CharacterClass::digit && (text[i] == '.' || text[i] == ':' || text[i] == ',');
            if (number && !out.empty()) {
                out.pop_back();
                ++i;
                while (i < text.size() && class_of(text[i]) == CharacterClass::digit) ++i;
                out.push_back(i);
                continue;
            }
            while (end < text.size() && text[end] == text[i]) ++end;
            out.push_back(end);
        } else {
            cut(std::u32string_view(text).substr(i, end - i), ends);
            for (auto const e : ends) out.push_back(i + e);
        }
        i = end;
    }
    return out;
}

template <class Cut> void score(std::string_view name, std::vector<Words> const& corpus, Dictionary const& dictionary, Cut&& cut) {
    std::size_t gold = 0, found = 0, right = 0, unknown = 0, unknown_right = 0, characters = 0;
    double seconds = 0;
    for (auto const& sentence : corpus) {
        std::u32string text;
        for (auto const& word : sentence) text += word;
        auto const start = std::chrono::steady_clock::now();
        auto const ours = borders(text, cut);
        seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        characters += text.size();
        gold += sentence.size(), found += ours.size();
        std::size_t at = 0, k = 0;
        for (auto const& word : sentence) {
            auto const begin = at;
            at += word.size();
            while (k < ours.size() && ours[k] < at) ++k;
            bool const ends = k < ours.size() && ours[k] == at;
            bool const hit = ends && (k == 0 ? begin == 0 : ours[k - 1] == begin);
            right += hit;
            if (!dictionary.contains(word) && std::ranges::all_of(word, [](char32_t c) { return class_of(c) == CharacterClass::han; })) ++unknown, unknown_right += hit;
        }
    }
    auto const p = static_cast<double>(right) / static_cast<double>(found), r = static_cast<double>(right) / static_cast<double>(gold);
    fmt::print("{}: P {:.4f} R {:.4f} F1 {:.4f}, unknown words {:.4f} of {}, {:.2f} M characters/s\n", name, p, r, 2 * p * r / (p + r), unknown ? static_cast<double>(unknown_right) / static_cast<double>(unknown) : 0, unknown,
               static_cast<double>(characters) / seconds / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) return std::cerr << "usage: segmenter train DICTIONARY CORPUS MODEL [log2-rows] [epochs] | score DICTIONARY CORPUS [MODEL]\n", 2;
    auto const dictionary = Dictionary::load(argv[2]);
    if (!dictionary) return std::cerr << dictionary.error().message << '\n', 1;
    auto const corpus = read_corpus(argv[3]);
    if (argv[1] == std::string("train") && argc >= 5) {
        PerceptronTraining options;
        if (argc > 5) options.log_rows = static_cast<std::uint32_t>(std::stoul(argv[5]));
        if (argc > 6) options.epochs = std::stoi(argv[6]);
        auto const bytes = train_perceptron(blocks(corpus), **dictionary, options)->save();
        std::ofstream(argv[4], std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return 0;
    }
    Dictionary::Scratch scratch;
    score("dictionary", corpus, **dictionary, [&](std::u32string_view text, std::vector<std::uint32_t>& ends) { (*dictionary)->cut(text, ends, scratch); });
    if (argc > 4) {
        auto const model = Perceptron::load(argv[4]);
        if (!model) return std::cerr << model.error().message << '\n', 1;
        Perceptron::Scratch more;
        score("perceptron", corpus, **dictionary, [&](std::u32string_view text, std::vector<std::uint32_t>& ends) { (*model)->cut(text, **dictionary, ends, more); });
    }
}
