#include "engines/learning/matching/record.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/utf8.h"
#include "engines/text/analysis/characters.h"
#include "engines/text/analysis/normalise.h"

namespace kindling::matching {

namespace {

constexpr std::size_t most_title_words = 48, most_words = 400, most_codes = 12, most_compact_bytes = 4096;
constexpr float whole_weight = 0.9f;  // the analysis weighs words 1 and parts of them clearly less

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

double number_of(const std::string& word) {
    static constexpr std::array<std::pair<std::string_view, int>, 27> named{{
        {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7}, {"eight", 8}, {"nine", 9}, {"ten", 10}, {"twelv", 12},
        {"ii", 2}, {"iii", 3}, {"iv", 4}, {"vi", 6}, {"vii", 7}, {"viii", 8}, {"ix", 9},
        {"一", 1}, {"二", 2}, {"三", 3}, {"四", 4}, {"五", 5}, {"六", 6}, {"七", 7}, {"八", 8}, {"十", 10},
    }};
    for (auto const& [name, value] : named)
        if (name == word) return value;
    auto const digits = std::string_view(word).substr(word.size() > 1 && word[0] == 'v' && is_digit(word[1]) ? 1 : 0);
    if (digits.empty() || digits.size() > 12 || !is_digit(digits[0])) return std::numeric_limits<double>::quiet_NaN();
    double value = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
    return error == std::errc() && end == digits.data() + digits.size() ? value : std::numeric_limits<double>::quiet_NaN();
}

// A model number: letters and digits, or a long number; not a quantity (320gb, 1080p).
bool is_code(const std::string& word) {
    if (word.size() < 4 || word.size() > 40) return false;
    std::size_t digits = 0, letters = 0;
    for (char const c : word) {
        if (is_digit(c)) ++digits;
        else if (is_letter(c)) ++letters;
        else return false;
    }
    if (digits == 0) return false;
    if (letters == 0) return digits >= 5;
    auto const lead = static_cast<std::size_t>(std::ranges::find_if_not(word, is_digit) - word.begin());
    return !(lead == digits && letters <= 3 && word.size() <= 7);
}

void sort_unique(std::vector<WordId>& list) {
    std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace

std::string compact(std::string_view text) {
    std::string out;
    auto const normal = text::normalise(text);
    for (std::size_t at = 0; at < normal.size() && out.size() < most_compact_bytes;) {
        auto const from = at;
        auto const c = next_code_point(normal, at);
        if (text::class_of(c) != text::CharacterClass::other) out.append(normal, from, at - from);
    }
    return out;
}

WordId Pool::intern(const std::string& text) {
    auto const [at, added] = ids_.try_emplace(text, static_cast<WordId>(words_.size()));
    if (added) {
        Word w{.text = text};
        for (char const c : text) (is_digit(c) ? w.digits : w.letters) |= c != '.';
        w.number = number_of(text);
        words_.push_back(std::move(w));
    }
    return at->second;
}

Item Pool::read(const Record& record, const Analyse& analyse) {
    Item item;
    std::vector<text::Token> tokens;
    // The words of a text, in order: one per position, its stem where it has one; parts of compounds only where the whole is no word.
    auto const words_of = [&](std::string_view text, std::size_t most, auto&& take) {
        analyse(text, text::Mode::query, tokens);
        std::ranges::stable_sort(tokens, {}, &text::Token::position);
        for (std::size_t i = 0; i < tokens.size() && most > 0;) {
            auto const position = tokens[i].position;
            std::string const* best = nullptr;
            std::string const* whole = nullptr;
            for (; i < tokens.size() && tokens[i].position == position; ++i)
                if (tokens[i].weight >= whole_weight) {
                    if (!whole) whole = &tokens[i].term;
                    if (!best || tokens[i].begin == tokens[i - 1].begin) best = &tokens[i].term;
                }
            if (best) take(*best, *whole), --most;
        }
    };
    auto const add_code = [](std::vector<std::string>& codes, std::string code) {
        if (codes.size() < most_codes && std::ranges::find(codes, code) == codes.end()) codes.push_back(std::move(code));
    };
    words_of(record.title, most_title_words, [&](const std::string& word, const std::string& whole) {
        auto const id = intern(word);
        if (std::ranges::find(item.title, id) == item.title.end()) item.title.push_back(id);
        item.everything.push_back(id);
        if (auto code = compact(whole); is_code(code)) add_code(item.codes, std::move(code));
    });
    words_of(record.brand, most_title_words, [&](const std::string& word, const std::string&) { item.brand.push_back(intern(word)), item.everything.push_back(item.brand.back()); });
    words_of(record.description, most_words, [&](const std::string& word, const std::string& whole) {
        item.beside.push_back(intern(word)), item.everything.push_back(item.beside.back());
        if (auto code = compact(whole); is_code(code)) add_code(item.more_codes, std::move(code));
    });
    for (auto const& code : record.codes)
        if (auto c = compact(code); c.size() >= 3) item.everything.push_back(intern(c)), add_code(item.codes, std::move(c));
    sort_unique(item.everything), sort_unique(item.beside), sort_unique(item.brand);
    item.compact = compact(record.title);
    item.compact_everything = item.compact;
    for (auto const& code : item.codes) item.compact_everything += ' ' + code;
    item.compact_everything += ' ' + compact(record.description);
    auto const padded = to_utf32(' ' + text::normalise(record.title) + ' ');
    for (std::size_t i = 0; i + 2 < padded.size() && item.pieces.size() < 1000; ++i) {
        std::uint32_t hash = 2166136261u;
        for (auto const c : std::u32string_view(padded).substr(i, 3)) hash = (hash ^ static_cast<std::uint32_t>(c)) * 16777619u;
        item.pieces.emplace_back(hash, 1.0f);
    }
    std::ranges::sort(item.pieces);
    std::size_t kept = 0;
    for (auto const& piece : item.pieces)
        if (kept > 0 && item.pieces[kept - 1].first == piece.first) item.pieces[kept - 1].second += 1;
        else item.pieces[kept++] = piece;
    item.pieces.resize(kept);
    item.price_minor = record.price_minor && *record.price_minor > 0 ? record.price_minor : std::nullopt;
    item.currency = record.currency;
    return item;
}

void Pool::weigh() {
    std::vector<std::uint32_t> holders(words_.size());
    std::unordered_map<std::uint32_t, std::uint32_t> piece_holders;
    auto const all = [&](auto&& f) {
        for (auto& item : left_) f(item);
        for (auto& item : right_) f(item);
    };
    all([&](const Item& item) {
        for (auto const id : item.everything) ++holders[id];
        for (auto const& piece : item.pieces) ++piece_holders[piece.first];
    });
    auto const idf = [n = static_cast<float>(items())](std::uint32_t df) { return std::log((n + 1) / (static_cast<float>(df) + 0.5f)); };
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i].idf = std::max(0.05f, idf(holders[i]));
    all([&](Item& item) {
        for (auto const id : item.title) item.weight += words_[id].idf;
        float square = 0;
        for (auto& [hash, weight] : item.pieces) weight = (1 + std::log(weight)) * std::max(0.05f, idf(piece_holders[hash])), square += weight * weight;
        for (auto& piece : item.pieces) piece.second /= std::sqrt(std::max(square, 1e-9f));
    });
}

Pool::Pool(std::span<const Record> left, std::span<const Record> right, const Analyse& analyse) {
    for (auto const& record : left) left_.push_back(read(record, analyse));
    for (auto const& record : right) right_.push_back(read(record, analyse));
    weigh();
}

}  // namespace kindling::matching
