#include "engines/learning/matching/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/random.h"
#include "core/utf8.h"

namespace kindling::matching {

namespace {

bool is_ascii_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 0x80; }
bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
bool has_digit(std::string_view word) { return std::ranges::any_of(word, is_ascii_digit); }
bool is_code_like(std::string_view word) { return word.size() >= 5 && has_digit(word) && std::ranges::any_of(word, is_ascii_letter); }

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find(' ', at), text.size());
        if (end > at) out.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (auto const& w : words) out += (out.empty() ? "" : " ") + w;
    return out;
}

// A text without spaces (Chinese) loses or keeps whole stretches of characters instead of words.
std::string thin_characters(std::string_view text, double drop, Random& random) {
    auto const all = to_utf32(text);
    std::u32string kept;
    for (std::size_t i = 0; i < all.size();) {
        auto const n = 2 + random.below(3);
        if (!random.chance(drop)) kept += std::u32string_view(all).substr(i, n);
        i += n;
    }
    return to_utf8(kept.empty() ? all : kept);
}

void change_word(std::string& word, Random& random) {
    bool const ascii = std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!ascii) return;
    if (is_code_like(word)) {
        switch (random.below(4)) {
            case 0: std::erase(word, '-'); break;
            case 1: word.insert(2 + random.below(word.size() - 3), "-"); break;
            case 2: if (word.size() >= 7) word.resize(word.size() - 1 - random.below(2)); break;  // a variant's letter left out
            default: break;
        }
        return;
    }
    if (has_digit(word)) {
        if (word.ends_with(".0")) word.resize(word.size() - 2);
        else if (word.size() <= 2 && random.chance(0.3)) word.insert(0, random.chance(0.5) ? "v" : "version ");
        return;
    }
    if (word.size() < 5) return;
    switch (random.below(5)) {
        case 0: word.resize(std::max<std::size_t>(3, word.size() - 3)); break;
        case 1: word.erase(1 + random.below(word.size() - 1), 1); break;
        case 2: std::swap(word[word.size() / 2], word[word.size() / 2 - 1]); break;
        case 3: word.insert(word.size() / 2, " "); break;
        default: word += 's'; break;
    }
}

}  // namespace

Record retell(const Record& record, std::span<const Record> others, std::uint64_t seed) {
    Random random(seed);
    Record out = record;
    auto words = words_of(record.title);
    double const drop = random.uniform(0.0, 0.35), change = random.uniform(0.0, 0.15);
    if (words.size() < 3 && record.title.size() > 12) out.title = thin_characters(record.title, drop, random);
    else {
        std::vector<std::string> kept;
        for (auto& word : words) {
            auto const dropped = has_digit(word) && !is_code_like(word) ? drop * 0.25 : drop;  // versions and sizes are rarely left out
            if (random.chance(dropped)) continue;
            if (random.chance(change) || (is_code_like(word) && random.chance(0.4))) change_word(word, random);
            kept.push_back(word);
        }
        if (kept.size() < std::min<std::size_t>(2, words.size())) kept = words;
        if (kept.size() > 2 && random.chance(0.15)) {  // two neighbours written as one
            auto const at = random.below(kept.size() - 1);
            kept[at] += kept[at + 1], kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        }
        if (kept.size() > 2 && random.chance(0.3)) std::swap(kept[random.below(kept.size())], kept[random.below(kept.size())]);
        out.title = join(kept);
    }
    if (!record.brand.empty() && random.chance(0.35)) out.title = record.brand + ' ' + out.title;
    for (int added = static_cast<int>(random.below(4)); added > 0 && !others.empty(); --added)  // what another shop would say beside it
        if (auto const from = words_of(random.one_of(others).title); !from.empty())
            if (auto const& word = random.one_of(from); !has_digit(word)) out.title += ' ' + word;
    if (!record.codes.empty() && random.chance(0.2)) out.title = record.codes[0] + ' ' + out.title;
    if (random.chance(0.5)) out.codes.clear();
    if (random.chance(0.4)) out.brand.clear();
    if (random.chance(0.5)) out.description.clear();
    else if (auto const said = words_of(record.description); said.size() > 6) {
        auto const from = random.below(said.size() / 2);
        out.description = join({said.begin() + static_cast<std::ptrdiff_t>(from), said.begin() + static_cast<std::ptrdiff_t>(std::min(said.size(), from + 4 + random.below(said.size())))});
    }
    if (random.chance(0.2)) out.price_minor.reset();
    else if (out.price_minor) out.price_minor = std::max<std::int64_t>(1, std::llround(static_cast<double>(*out.price_minor) * std::exp(random.normal(-0.05, 0.22))));
    return out;
}

Result<Matcher> train_without_labels(std::span<const Record> left, std::span<const Record> right, const Analyse& analyse, TrainOptions options) {
    std::vector<Record> originals;
    // Of one list alone: across two lists the same item stands twice, and would be taught to be different.
    for (auto const& r : right.size() > left.size() ? right : left)
        if (!r.title.empty()) originals.push_back(r);
    if (originals.size() < least_listings) return fail(Errc::failed_precondition, "too_few_listings", fmt::format("Learning without labels takes {} listings with a title; there are {}.", least_listings, originals.size()));
    Random random(options.seed);
    random.shuffle(originals);
    if (originals.size() > most_listings) originals.resize(most_listings);
    // Which listing has a twin: in two lists most, and either side has some of its own; in one list few, or neighbours without a better
    // rival would pass for twins.
    bool const one_list = right.empty();
    auto const n = static_cast<double>(originals.size());
    auto const twin_share = one_list ? std::clamp(30 / n, 0.15, 0.5) : 0.8, alone_share = one_list ? 1.0 : 0.1;
    std::vector<Record> first, second;
    std::vector<Pair> same;
    for (auto const& original : originals) {
        auto const draw = random.uniform();
        bool const both = draw < twin_share;
        if (both) same.push_back({static_cast<std::uint32_t>(first.size()), static_cast<std::uint32_t>(second.size())});
        if (both || draw < twin_share + alone_share) first.push_back(original);
        if (both || draw >= twin_share + alone_share) second.push_back(retell(original, originals, random.bits()));
    }
    if (one_list) {  // the twins stand in the same list, behind the others
        for (auto& pair : same) pair.right += static_cast<std::uint32_t>(first.size());
        first.insert(first.end(), second.begin(), second.end());
        second.clear();
    }
    Pool const pool(first, second, analyse);
    auto const field = make_field(pool, same, options.block);
    auto const& others = one_list ? first : second;
    std::vector<Label> labels;
    for (auto const& pair : field.pairs) {
        if (std::ranges::binary_search(same, pair)) labels.push_back({pair, true});
        else if (first[pair.left].title != others[pair.right].title && random.chance(0.7)) labels.push_back({pair, false});
    }
    return Matcher::train(pool, field, labels, options);
}

}  // namespace kindling::matching
