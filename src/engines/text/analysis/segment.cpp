#include "engines/text/analysis/segment.h"

#include <charconv>
#include <cmath>
#include <fstream>

#include <fmt/format.h>

#include "core/utf8.h"
#include "engines/text/analysis/analyzer.h"
#include "engines/text/analysis/characters.h"
#include "engines/text/analysis/normalise.h"

namespace kindling::text {

namespace {

constexpr std::size_t longest_word = 64;
constexpr std::size_t longest_block = 4096;  // bounds the scratch memory; no sentence reaches it

// Folded character by character (all that Han and Latin words need); empty if the word can never be matched.
bool append_word(std::string_view word, std::u16string& arena) {
    auto const& table = Characters::table();
    auto const before = arena.size();
    for (std::size_t at = 0; at < word.size();) {
        auto const c = table.fold(next_code_point(word, at));
        if (c == 0 || table.of(c) == CharacterClass::other) return arena.resize(before), false;
        arena += static_cast<char16_t>(c);
    }
    if (arena.size() - before > longest_word) return arena.resize(before), false;
    return true;
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

}  // namespace

Result<std::shared_ptr<const Dictionary>> Dictionary::load(std::string const& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return fail(Errc::not_found, "dictionary_not_found", fmt::format("There is no segmentation dictionary at {}. Give the path of jieba's dict.txt, or none.", path));
    auto const size = file.tellg();
    std::string text(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    file.seekg(0);
    if (size < 0 || !file.read(text.data(), size)) return fail(Errc::unavailable, "dictionary_unreadable", fmt::format("The segmentation dictionary {} cannot be read.", path));
    return parse(text);
}

Result<std::shared_ptr<const Dictionary>> Dictionary::parse(std::string_view text) {
    std::u16string arena;
    std::vector<Trie::Entry> entries;
    arena.reserve(text.size() / 4), entries.reserve(text.size() / 14);
    double total = 0;
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        ++number;
        auto const end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        at = end + 1;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        auto const space = line.find(' ');
        double frequency = -1;
        if (space != std::string_view::npos && space > 0) {
            auto const rest = line.substr(space + 1);
            std::uint64_t value = 0;
            auto const [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
            if (error == std::errc() && (stop == rest.data() + rest.size() || *stop == ' ')) frequency = static_cast<double>(value);
        }
        if (frequency < 0)
            return fail(Errc::invalid_argument, "dictionary_invalid", fmt::format("Line {} of the segmentation dictionary is not \"word frequency tag\".", number));
        total += frequency;
        if (frequency == 0) continue;
        auto const offset = static_cast<std::uint32_t>(arena.size());
        if (append_word(line.substr(0, space), arena))
            entries.push_back({offset, static_cast<std::uint32_t>(arena.size() - offset), std::log(frequency)});
    }
    if (entries.empty()) return fail(Errc::invalid_argument, "dictionary_invalid", "The segmentation dictionary holds no word.");
    auto made = std::make_shared<Dictionary>();
    made->total_ = total;
    made->log_total_ = std::log(total);
    for (auto& e : entries) e.score -= made->log_total_;
    made->base_ = std::make_shared<const Trie>(arena, std::move(entries));
    return made;
}

std::shared_ptr<const Dictionary> Dictionary::with(std::span<const UserWord> words) const {
    std::u16string arena;
    std::vector<Trie::Entry> entries;
    Scratch scratch;
    std::vector<std::uint32_t> ends;
    Normalised normal;
    for (auto const& word : words) {
        normalise(word.text, normal);
        auto const& text = normal.text;
        if (text.empty() || text.size() > longest_word) continue;
        bool han = false, usable = true;
        for (auto const c : text) {
            auto const kind = class_of(c);
            han |= kind == CharacterClass::han;
            usable &= kind != CharacterClass::other && c < 0x10000;
        }
        if (!han || !usable) continue;
        auto score = std::log(static_cast<double>(std::max(1u, word.frequency))) - log_total_;
        if (word.frequency == 0) {  // jieba's suggest_freq: just more probable than the best way to cut it
            double parts = 0;
            cut(text, ends, scratch);
            for (std::uint32_t from = 0; auto const to : ends) parts += log_probability(std::u32string_view(text).substr(from, to - from)), from = to;
            auto const one_more = std::log(std::floor(std::exp(parts) * total_) + 1) - log_total_;
            score = std::max({one_more, std::nextafter(parts, 0.0), base_->find(text)});
        }
        auto const offset = static_cast<std::uint32_t>(arena.size());
        for (auto const c : text) arena += static_cast<char16_t>(c);
        entries.push_back({offset, static_cast<std::uint32_t>(text.size()), score});
    }
    auto made = std::make_shared<Dictionary>();
    made->base_ = base_, made->total_ = total_, made->log_total_ = log_total_;
    made->user_ = Trie(arena, std::move(entries));
    return made;
}

void Dictionary::cut(std::u32string_view text, std::vector<std::uint32_t>& ends, Scratch& scratch) const {
    ends.clear();
    auto& best = scratch.best;
    auto& next = scratch.next;
    auto const& trie = *base_;
    bool const users = !user_.empty();
    auto const& table = Characters::table();
    for (std::size_t start = 0; start < text.size(); start += longest_block) {
        auto const block = text.substr(start, longest_block);
        auto const n = static_cast<std::uint32_t>(block.size());
        best.assign(n + 1, Trie::no_word), next.assign(n + 1, 0);
        best[n] = 0;
        std::uint32_t unit_end = n;  // where the Han character or Latin run at i ends
        std::uint32_t split = 0;     // in that run: where letters after a digit begin a word that goes on into Han; 0: nowhere
        for (std::uint32_t i = n; i-- > 0;) {
            auto const c = block[i];
            bool const han = table.of(c) == CharacterClass::han;
            if (han || i + 1 == n || table.of(block[i + 1]) == CharacterClass::han) unit_end = i + 1, split = 0;
            bool const unit_start = han || i == 0 || table.of(block[i - 1]) == CharacterClass::han;
            if (!unit_start && (is_digit(c) || !is_digit(block[i - 1]))) continue;

            auto score = Trie::no_word;
            auto to = unit_end;
            auto const offer = [&](double word, std::uint32_t end) {
                if (auto const s = word + best[end]; s >= score) score = s, to = end;
            };
            if (unit_start && !han) {
                offer(-log_total_, unit_end);
                if (split) offer(-log_total_, split);
            }
            auto node = trie.first(c);
            auto user = users ? user_.first(c) : Trie::none;
            for (auto j = i + 1; node != Trie::none || user != Trie::none; ++j) {
                auto word = node != Trie::none ? trie.score(node) : Trie::no_word;
                if (user != Trie::none && user_.score(user) != Trie::no_word) word = user_.score(user);
                bool const allowed = best[j] != Trie::no_word && (unit_start || j > unit_end);
                if (word != Trie::no_word && allowed) offer(word, j);
                if (j == n) break;
                if (node != Trie::none) node = trie.child(node, block[j]);
                if (user != Trie::none) user = user_.child(user, block[j]);
            }
            if (unit_start && score == Trie::no_word) offer(-log_total_, unit_end);
            if (!unit_start && score != Trie::no_word) split = i;
            best[i] = score, next[i] = to;
        }
        for (std::uint32_t i = 0; i < n; i = next[i]) ends.push_back(static_cast<std::uint32_t>(start) + next[i]);
    }
}

std::vector<std::u32string> Dictionary::cut(std::u32string_view text) const {
    Scratch scratch;
    std::vector<std::uint32_t> ends;
    cut(text, ends, scratch);
    std::vector<std::u32string> words;
    for (std::uint32_t from = 0; auto const to : ends) words.emplace_back(text.substr(from, to - from)), from = to;
    return words;
}

bool Dictionary::contains(std::u32string_view word) const { return base_->find(word) != Trie::no_word || user_.find(word) != Trie::no_word; }

double Dictionary::log_probability(std::u32string_view word) const {
    if (auto const user = user_.find(word); user != Trie::no_word) return user;
    auto const base = base_->find(word);
    return base != Trie::no_word ? base : -log_total_;
}

}  // namespace kindling::text
