#include "engines/text/analysis/synonyms.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/utf8.h"
#include "engines/text/analysis/characters.h"
#include "engines/text/analysis/data/tables.h"
#include "engines/text/analysis/normalise.h"

namespace kindling::text {

namespace {

constexpr std::size_t longest_member = 100, most_groups = 100'000;

bool is_word_character(char32_t c) {
    auto const kind = class_of(c);
    return kind == CharacterClass::letter || kind == CharacterClass::digit;
}

// Words parted by single spaces; "t-shirt" and "t shirt" are the same member.
std::u32string key_of(std::u32string_view text) {
    std::u32string key;
    for (auto c : text) {
        if (c == U'-' || c == U'_') c = U' ';
        if (c == U' ' && (key.empty() || key.back() == U' ')) continue;
        key += c;
    }
    while (key.ends_with(U' ')) key.pop_back();
    return key;
}

std::u32string normal_key(std::string_view text) {
    Normalised normal;
    normalise(text, normal);
    return key_of(normal.text);
}

// The singulars a Latin word may come from, the likeliest first.
std::vector<std::u32string> singulars(std::u32string_view key) {
    std::vector<std::u32string> out;
    if (key.size() > 3 && key.back() == U's' && key[key.size() - 2] < 0x80) {
        out.emplace_back(key.substr(0, key.size() - 1));
        if (key.ends_with(U"ies")) out.push_back(std::u32string(key.substr(0, key.size() - 3)) + U"y");
        else if (key.ends_with(U"es")) out.emplace_back(key.substr(0, key.size() - 2));
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

}  // namespace

Result<std::vector<SynonymGroup>> parse_synonyms(std::string_view text) {
    std::vector<SynonymGroup> groups;
    std::size_t number = 0;
    auto const bad = [&](std::string_view why) { return fail(Errc::invalid_argument, "synonyms_invalid", fmt::format("Line {} of the synonyms: {}.", number, why)); };
    for (std::size_t at = 0; at < text.size();) {
        ++number;
        auto const end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        at = end + 1;
        line = trimmed(line.substr(0, line.find('#')));
        if (line.empty()) continue;
        if (!is_utf8(line)) return bad("it is not UTF-8");
        SynonymGroup group;
        for (std::size_t from = 0; from <= line.size();) {
            constexpr std::string_view wide = "，";
            auto const comma = std::min({line.find(',', from), line.find(wide, from), line.size()});
            auto const member = trimmed(line.substr(from, comma - from));
            if (member.empty()) return bad("a word is missing between two commas");
            if (member.size() > longest_member) return bad("a word has more than 100 bytes");
            group.emplace_back(member);
            from = comma + (line.substr(std::min(comma, line.size())).starts_with(wide) ? wide.size() : 1);
        }
        if (group.size() < 2) return bad("a group needs two words, parted by a comma");
        if (groups.size() == most_groups) return bad("there are more than 100,000 groups");
        groups.push_back(std::move(group));
    }
    return groups;
}

std::vector<SynonymGroup> commerce_synonyms() {
    auto groups = parse_synonyms(data::commerce_synonym_text());
    return groups ? std::move(*groups) : std::vector<SynonymGroup>{};  // a test holds that it parses
}

namespace {

// The list is in sections, each under a comment: the groups of those that `wanted` says yes to.
std::vector<SynonymGroup> sections(auto const& wanted) {
    std::string kept;
    bool keep = false;
    auto const all = data::commerce_synonym_text();
    for (std::size_t at = 0; at < all.size();) {
        auto const end = std::min(all.find('\n', at), all.size());
        auto const line = all.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("#")) keep = wanted(line);
        else if (keep) kept.append(line).append("\n");
    }
    auto groups = parse_synonyms(kept);
    return groups ? std::move(*groups) : std::vector<SynonymGroup>{};
}

bool begins_with_one_of(std::string_view line, std::span<std::string_view const> beginnings) {
    return std::ranges::any_of(beginnings, [&](auto const& beginning) { return line.starts_with(beginning); });
}

}  // namespace

std::vector<SynonymGroup> commerce_goods() {
    static constexpr std::string_view no_goods[] = {"# colours", "# materials", "# animals", "# for whom", "# names written"};
    return sections([](std::string_view line) { return !begins_with_one_of(line, no_goods); });
}

std::vector<SynonymGroup> commerce_names() {
    return sections([](std::string_view line) { return line.starts_with("# names written"); });
}

std::vector<SynonymGroup> commerce_machines() {
    static constexpr std::string_view machines[] = {"# phones", "# home appliances", "# furniture"};
    return sections([](std::string_view line) { return begins_with_one_of(line, machines); });
}

SynonymTable::SynonymTable(std::vector<SynonymGroup> const& groups) {
    for (auto const& group : groups) {
        std::vector<std::u32string> members;
        for (auto const& member : group)
            if (auto key = normal_key(member); !key.empty() && std::ranges::find(members, key) == members.end()) members.push_back(std::move(key));
        if (members.size() < 2) continue;
        for (auto const& member : members) {
            groups_of_[member].push_back(static_cast<std::uint32_t>(groups_.size()));
            auto& longest = longest_[member.front()];
            longest = std::max(longest, member.size());
        }
        groups_.push_back(std::move(members));
    }
}

std::vector<std::string> SynonymTable::of(std::u32string_view key) const {
    std::vector<std::string> out;
    auto found = groups_of_.find(std::u32string(key));
    auto const forms = found == groups_of_.end() ? singulars(key) : std::vector<std::u32string>{};
    for (std::size_t i = 0; i < forms.size() && found == groups_of_.end(); ++i) found = groups_of_.find(forms[i]);
    if (found == groups_of_.end()) return out;
    for (auto const group : found->second)
        for (auto const& member : groups_[group])
            if (auto spelled = to_utf8(member); member != found->first && std::ranges::find(out, spelled) == out.end()) out.push_back(std::move(spelled));
    return out;
}

std::vector<std::string> SynonymTable::alternatives(std::string_view phrase) const { return of(normal_key(phrase)); }

std::vector<SynonymTable::Match> SynonymTable::find(std::string_view original) const {
    std::vector<Match> out;
    Normalised normal;
    normalise(original, normal);
    std::u32string_view const text = normal.text;
    for (std::size_t i = 0; i < text.size();) {
        bool const inside = i > 0 && is_word_character(text[i]) && is_word_character(text[i - 1]);
        bool const starts = class_of(text[i]) != CharacterClass::other;
        std::size_t taken = 0;
        auto const longest = starts && !inside ? longest_.find(text[i]) : longest_.end();   // most characters begin no member, and those that do short ones
        for (auto n = longest == longest_.end() ? 0 : std::min(longest->second + 2, text.size() - i); n > 0 && taken == 0; --n) {
            auto const last = text[i + n - 1];
            if (class_of(last) == CharacterClass::other) continue;
            if (is_word_character(last) && i + n < text.size() && is_word_character(text[i + n])) continue;
            if (auto alternatives = of(key_of(text.substr(i, n))); !alternatives.empty()) {
                out.push_back({normal.begin[i], normal.end[i + n - 1], std::move(alternatives)});
                taken = n;
            }
        }
        i += std::max<std::size_t>(taken, 1);
    }
    return out;
}

}  // namespace kindling::text
