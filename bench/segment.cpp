// segment: how well and how fast Chinese is cut into words.
//
// F1 of words as SIGHAN counts them (a word is right if both its borders are) on the test parts of UDC and SXU, after the
// analyzer's normalisation; numbers with a point, comma or colon inside count as one word, as in both corpora. Speed on 100,000
// shop queries, processor time, best of three, one thread: segmentation of Han runs alone, and the whole analyzer in both modes. Right answer of
// the speed runs: the words of a query, put together, are the query.
#include "segment.h"

#include <algorithm>
#include <ctime>
#include <filesystem>

#include "core/utf8.h"
#include "engines/text/analysis/analyzer.h"
#include "engines/text/analysis/characters.h"
#include "engines/text/analysis/normalise.h"
#include "engines/text/analysis/segment.h"

namespace kindling::bench {

namespace {

using text::CharacterClass;
using text::class_of;
using Words = std::vector<std::u32string>;

// Words parted by spaces, or CoNLL with the word in the second column.
std::vector<Words> sentences(std::string_view corpus) {
    std::vector<Words> out(1);
    auto const add = [&](std::string_view word) {
        if (auto normal = to_utf32(text::normalise(word)); !normal.empty() && normal != U" ") out.back().push_back(std::move(normal));
    };
    while (!corpus.empty()) {
        auto line = corpus.substr(0, corpus.find('\n'));
        corpus.remove_prefix(std::min(corpus.size(), line.size() + 1));
        if (auto const tab = line.find('\t'); tab != std::string_view::npos) {
            add(line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1));
            continue;
        }
        for (; !line.empty(); line.remove_prefix(std::min(line.size(), line.find(' ') == std::string_view::npos ? line.size() : line.find(' ') + 1)))
            if (auto const word = line.substr(0, line.find(' ')); !word.empty()) add(word);
        out.emplace_back();
    }
    return out;
}

bool in_run(char32_t c) { return class_of(c) != CharacterClass::other; }
bool is_digit(std::u32string_view s, std::size_t at) { return at < s.size() && class_of(s[at]) == CharacterClass::digit; }

std::vector<std::size_t> borders(std::u32string_view sentence, text::Dictionary const& dictionary, text::Dictionary::Scratch& scratch) {
    std::vector<std::size_t> out;
    std::vector<std::uint32_t> ends;
    for (std::size_t i = 0; i < sentence.size();) {
        auto end = i;
        while (end < sentence.size() && in_run(sentence[end])) ++end;
        if (end > i) {
            dictionary.cut(sentence.substr(i, end - i), ends, scratch);
            for (auto const e : ends) out.push_back(i + e);
        } else if (i > 0 && is_digit(sentence, i - 1) && is_digit(sentence, i + 1) && (sentence[i] == '.' || sentence[i] == ':' || sentence[i] == ',')) {
            out.pop_back();
            for (end = i + 1; is_digit(sentence, end);) ++end;
            out.push_back(end);
        } else {
            while (end < sentence.size() && sentence[end] == sentence[i]) ++end;
            out.push_back(end);
        }
        i = end;
    }
    return out;
}

double f1(std::vector<Words> const& gold, text::Dictionary const& dictionary) {
    std::size_t expected = 0, found = 0, right = 0;
    text::Dictionary::Scratch scratch;
    for (auto const& words : gold) {
        std::u32string sentence;
        for (auto const& word : words) sentence += word;
        auto ours = borders(sentence, dictionary, scratch);
        expected += words.size(), found += ours.size();
        ours.insert(ours.begin(), 0);
        std::size_t begin = 0;
        for (auto const& word : words) {
            auto const border = std::ranges::lower_bound(ours, begin + word.size());
            right += border != ours.end() && border != ours.begin() && *border == begin + word.size() && *(border - 1) == begin;
            begin += word.size();
        }
    }
    return 2.0 * static_cast<double>(right) / static_cast<double>(expected + found);
}

// The best of three runs: characters per second.
template <class F> double speed(std::size_t characters, F&& run) {
    double best = 0;
    for (int i = 0; i < 3; ++i) {
        auto const start = thread_seconds();
        run();
        best = std::max(best, static_cast<double>(characters) / (thread_seconds() - start));
    }
    return best;
}

void measure_speed(BenchContext& context, text::Dictionary const& dictionary, std::string const& dictionary_path) {
    auto const path = context.find("multicpr-ecom/train.query.txt.gz");
    if (!path) return;
    auto const file = read_file(*path);
    std::vector<std::string> queries;
    std::vector<std::u32string> runs;
    std::size_t all = 0, han = 0;
    for (std::string_view rest = file; !rest.empty();) {
        auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        queries.emplace_back(line.substr(std::min(line.size(), line.find('\t') + 1)));
        auto const normal = to_utf32(text::normalise(queries.back()));
        all += normal.size();
        bool open = false;
        for (auto const c : normal) {
            bool const is = class_of(c) == CharacterClass::han;
            if (is && !open) runs.emplace_back();
            if (is) runs.back() += c, ++han;
            open = is;
        }
    }
    text::Dictionary::Scratch scratch;
    std::vector<std::uint32_t> ends;
    for (auto const& run : runs) {
        dictionary.cut(run, ends, scratch);
        if (ends.empty() || ends.back() != run.size()) give_up({Errc::internal, "wrong_answer", "The words of a query do not make the query."});
    }
    auto const segmented = speed(han, [&] { for (auto const& run : runs) dictionary.cut(run, ends, scratch); });
    context.report("characters_per_second", segmented, "characters/s", Reference{"goal", 2e6});
    auto const analyzer = need(text::Analyzer::create({dictionary_path}));
    std::vector<text::Token> tokens;
    for (auto const& [name, mode] : {std::pair{"analyze_query_speed", text::Mode::query}, std::pair{"analyze_index_speed", text::Mode::index}})
        context.report(name, speed(all, [&] { for (auto const& query : queries) analyzer->analyze(query, mode, tokens); }), "characters/s");
}

}  // namespace

void run_segment(BenchContext& context) {
    std::string dictionary_path = "/usr/lib/python3/dist-packages/jieba/dict.txt";  // Debian: python3-jieba
    if (!std::filesystem::exists(dictionary_path)) {
        auto const other = context.find("jieba/dict.txt");
        if (!other) return;
        dictionary_path = *other;
    }
    auto const start = thread_seconds();
    auto const dictionary = need(text::Dictionary::load(dictionary_path));
    context.report("dictionary_load", thread_seconds() - start, "s", Reference{"goal", 0.15});
    context.report("dictionary_memory", static_cast<double>(dictionary->bytes()), "bytes", Reference{"goal", 25e6});
    if (auto const path = context.find("cws_other/udc/test.conll.gz")) context.report("f1/udc", f1(sentences(read_file(*path)), *dictionary), "share", Reference{"jieba", 0.795});
    if (auto const path = context.find("cws_other/sxu/test.txt.gz")) context.report("f1/sxu", f1(sentences(read_file(*path)), *dictionary), "share", Reference{"jieba", 0.824});
    measure_speed(context, *dictionary, dictionary_path);
}

}  // namespace kindling::bench
