#include "engines/text/index/plan.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "core/utf8.h"
#include "engines/text/index/fuzzy.h"
#include "engines/text/index/query_text.h"

namespace kindling::text {

namespace {

constexpr std::uint64_t rare_documents = 8;  // a word that no more have may be another way to write two
constexpr std::size_t most_words = 64, most_corrections = 5, most_expansions = 16;
constexpr float model_number_boost = 1.5f;  // nothing says more surely which product is meant, however often it occurs
constexpr float whole_factor = 0.9f;  // the analysis weighs words 1 and parts of them clearly less

bool has_digit(std::string_view s) { return std::ranges::any_of(s, [](unsigned char c) { return std::isdigit(c) != 0; }); }
bool is_latin(std::string_view s) { return std::ranges::all_of(s, [](unsigned char c) { return c < 0x80 && std::isalnum(c); }); }
bool all_han(std::string_view s) {
    for (std::size_t at = 0; at < s.size();)
        if (!is_han(next_code_point(s, at))) return false;
    return !s.empty();
}

bool is_model_number(std::string_view word) { return word.size() >= 4 && is_latin(word) && has_digit(word) && !std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c) != 0; }); }

// How many letters may be wrong. A number is never corrected to another number; a model number of five letters and digits
// or more may miss one.
std::uint32_t tolerance(std::string_view word) {
    if (!is_latin(word)) return 0;
    // "156inch" is no 16 inch: of an amount every digit counts.
    auto const unit = word.find_first_not_of("0123456789");
    if (unit != 0 && unit != word.npos && !has_digit(word.substr(unit))) return 0;
    if (has_digit(word)) return word.size() >= 5 && !std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c) != 0; }) ? 1 : 0;
    return word.size() >= 8 ? 2 : word.size() >= 4 ? 1 : 0;
}

class Planner {
public:
    Planner(const View& view, const Query& query) : view_(view), query_(query) {}

    Plan plan() {
        auto const text = parse_query(query_.text);
        plan_.identifier = identifier_term(query_.text);
        add_codes(text.plain);
        add_words(text.plain);
        for (auto const& phrase : text.phrases) add_phrase(phrase, plan_.slots, plan_.slots.size());
        for (auto const& word : text.excluded) add_phrase(word, plan_.excluded, 0);
        for (auto const& phrase : text.excluded_phrases) add_phrase(phrase, plan_.excluded, 0);
        std::erase_if(plan_.excluded, [](const Slot& slot) { return slot.alternatives.empty(); });
        finish();
        return std::move(plan_);
    }

private:
    Alternative term(std::string text, const char* why, float factor) {
        Alternative a;
        a.terms.push_back(look_up(view_, std::move(text)));
        a.idf = view_.idf(a.terms[0].documents);
        a.factor = factor;
        a.why = why;
        return a;
    }
    static void add(Slot& slot, Alternative a) {
        if (std::ranges::any_of(a.terms, [](auto const& t) { return t.documents == 0; })) return;
        for (auto& other : slot.alternatives)
            if (other.terms.size() == 1 && a.terms.size() == 1 && other.terms[0].term == a.terms[0].term) {
                if (a.weight() > other.weight()) other = std::move(a);
                return;
            }
        slot.alternatives.push_back(std::move(a));
    }

    void add_codes(std::string_view plain) {
        for (std::size_t at = 0; at < plain.size();) {
            auto const end = std::min(plain.find_first_of(" \t\r\n,;", at), plain.size());
            auto const chunk = plain.substr(at, end - at);
            if (chunk.size() >= 4 && has_digit(chunk) && plan_.codes.size() < 16)
                if (auto code = identifier_term(chunk); code.size() > 4 && code != plan_.identifier) plan_.codes.push_back(std::move(code));
            at = end + 1;
        }
    }

    void add_words(const std::string& plain) {
        std::vector<Token> tokens;
        if (!plain.empty()) view_.setup->language.analyse(plain, Mode::query, tokens);
        std::ranges::stable_sort(tokens, {}, &Token::position);
        std::set<std::string> seen;
        for (std::size_t i = 0; i < tokens.size() && plan_.slots.size() < most_words;) {
            Slot slot;
            slot.position = tokens[i].position;
            slot.word = tokens[i].term;
            slot.part = tokens[i].weight < whole_factor;
            auto const position = tokens[i].position;
            for (; i < tokens.size() && tokens[i].position == position; ++i) {
                slot.part &= tokens[i].weight < whole_factor;
                add(slot, term(tokens[i].term, "word", std::clamp(tokens[i].weight, 0.01f, 1.0f)));
            }
            if (slot.word.empty() || !seen.insert(slot.word).second) continue;
            plan_.slots.push_back(std::move(slot));
        }
        plan_.has_words = !plan_.slots.empty();
        add_synonyms();
        add_joined();
        if (query_.prefix == Prefix::last_word && !plan_.slots.empty() && !plain.empty() && !std::isspace(static_cast<unsigned char>(plain.back()))) add_prefix(plan_.slots.back());
        if (query_.typos == Typos::automatic)
            for (std::size_t i = 0; i < plan_.slots.size(); ++i) {
                auto& slot = plan_.slots[i];
                bool const known = std::ranges::any_of(slot.alternatives, [](auto const& a) { return a.factor >= whole_factor || a.why != std::string_view("word"); });
                if (!known && !slot.part) correct(slot);
                else if (!slot.part) split_rare(slot);
            }
    }

    // The words [i, i + n) mean what another text says: each of them may be answered by it, for its share of the weight.
    void add_for_span(std::size_t i, std::size_t n, const std::vector<std::string>& terms, const char* why) {
        Alternative a;
        for (std::size_t k = 0; k < terms.size(); ++k) {
            a.terms.push_back(look_up(view_, terms[k]));
            a.terms.back().offset = static_cast<std::uint32_t>(k);
            a.idf += view_.idf(a.terms.back().documents);
        }
        a.why = why;
        for (std::size_t k = i; k < i + n; ++k) {
            a.factor = 1.0f / static_cast<float>(n);
            // Whoever writes "webradio" has said "web" and "radio", each for what it is worth.
            if (why == std::string_view("joined") && a.idf > 0) a.factor = std::max(a.factor, own_weight(plan_.slots[k]) / a.idf);
            add(plan_.slots[k], a);
        }
    }
    static float own_weight(const Slot& slot) {
        float weight = 0;
        for (auto const& a : slot.alternatives)
            if (a.why == std::string_view("word")) weight = std::max(weight, a.weight());
        return weight;
    }

    bool neighbours(std::size_t i, std::size_t n) const {
        for (std::size_t k = 1; k < n; ++k)
            if (plan_.slots[i + k].position != plan_.slots[i].position + k) return false;
        return true;
    }

    void add_synonyms() {
        if (!view_.synonyms) return;
        auto const& synonyms = *view_.synonyms;
        for (std::size_t i = 0; i < plan_.slots.size(); ++i) {
            std::string key;
            for (std::size_t n = 1; n <= synonyms.longest && i + n <= plan_.slots.size() && neighbours(i, n); ++n) {
                if (n > 1) key += '\x1F';
                key += plan_.slots[i + n - 1].word;
                auto const [from, to] = synonyms.set_of.equal_range(key);
                for (auto at = from; at != to; ++at)
                    for (auto const& member : synonyms.sets[at->second]) add_for_span(i, n, member, "synonym");
            }
        }
    }

    // "ear phones" also means earphones; 鲜 花 also 鲜花; and 肯 得 基, which nothing has, what sounds like it.
    void add_joined() {
        auto const& reading = view_.setup->language.reading;
        for (std::size_t i = 0; i + 1 < plan_.slots.size(); ++i) {
            auto joined = plan_.slots[i].word;
            bool const han = all_han(joined);
            bool single = han && count_code_points(joined) == 1;
            for (std::size_t n = 2; n <= 4 && i + n <= plan_.slots.size() && neighbours(i, n); ++n) {
                auto const& word = plan_.slots[i + n - 1].word;
                if (han != all_han(word) || (!han && (!is_latin(word) || !is_latin(joined)))) break;
                single |= han && count_code_points(word) == 1;
                joined += word;
                if (!han && (n > 2 || joined.size() < 5)) break;
                if (look_up(view_, joined).documents > 0) add_for_span(i, n, {joined}, "joined");
                else if (han && single && reading && query_.typos == Typos::automatic)
                    for (auto const& term : sounds_like(joined)) {
                        add_for_span(i, n, {term}, "sound");
                        plan_.corrections.push_back({joined, term});
                    }
            }
        }
    }

    std::vector<std::string> sounds_like(const std::string& word) const {
        std::vector<std::string> found;
        auto const& reading = view_.setup->language.reading;
        auto const sound = reading ? reading(word) : std::string();
        if (sound.empty()) return found;
        for (auto const& s : view_.segments)
            for (auto const number : s.segment->sounds_like(hash_text(sound))) {
                auto const term = std::string(s.segment->terms()[number]);
                if (term != word && reading(term) == sound && count_code_points(term) == count_code_points(word) && std::ranges::find(found, term) == found.end()) found.push_back(term);
            }
        if (found.size() > most_corrections) found.resize(most_corrections);
        return found;
    }

    void add_prefix(Slot& slot) {
        std::map<std::string, std::uint64_t> counts;
        for (auto const& s : view_.segments) {
            auto const& terms = s.segment->terms();
            auto at = terms.lower_bound(slot.word);
            for (std::uint32_t seen = 0; at < terms.count() && terms[at].starts_with(slot.word) && seen < 20'000; ++at, ++seen) counts[std::string(terms[at])] += s.segment->info(at).documents;
        }
        counts.erase(slot.word);
        std::vector<std::pair<std::uint64_t, std::string>> best;
        for (auto& [text, count] : counts) best.emplace_back(count, text);
        std::ranges::sort(best, [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
        if (best.size() > most_expansions) best.resize(most_expansions);
        for (auto const& [count, text] : best) add(slot, term(text, "prefix", 0.9f));
    }

    void correct(Slot& slot) {
        struct Candidate {
            std::uint32_t distance;
            bool same_start;
            std::uint64_t documents;
        };
        std::map<std::string, Candidate> candidates;
        auto const limit = tolerance(slot.word);
        for (std::uint32_t reach = 1; reach <= limit && candidates.empty(); ++reach)
            for (auto const& s : view_.segments)
                for (auto const& match : fuzzy_terms(s.segment->terms(), slot.word, reach)) {
                    auto const text = s.segment->terms()[match.term];
                    if (!is_latin(text) || text.size() < 3 || (has_digit(text) && !has_digit(slot.word))) continue;
                    candidates.try_emplace(std::string(text), Candidate{match.distance, text[0] == slot.word[0], 0}).first->second.documents += s.segment->info(match.term).documents;
                }
        std::vector<std::pair<std::string, Candidate>> best(candidates.begin(), candidates.end());
        std::ranges::sort(best, [](auto const& a, auto const& b) {
            if (a.second.distance != b.second.distance) return a.second.distance < b.second.distance;
            if (a.second.same_start != b.second.same_start) return a.second.same_start;
            return a.second.documents != b.second.documents ? a.second.documents > b.second.documents : a.first < b.first;
        });
        if (best.size() > most_corrections) best.resize(most_corrections);
        std::uint64_t documents = 0;
        for (auto const& [text, candidate] : best) documents += candidate.documents;
        for (auto const& [text, candidate] : best) {
            auto const factor = (candidate.distance == 1 ? 0.8f : 0.6f) * (candidate.same_start ? 1.0f : 0.9f);
            add_correction(slot, text, "typo", factor, view_.idf(documents));
        }
        if (all_han(slot.word) && count_code_points(slot.word) >= 2)
            for (auto const& text : sounds_like(slot.word)) add_correction(slot, text, "sound", 0.8f, view_.idf(view_.documents));
        split(slot);
    }

    // The word meant, and its stem with it. `idf` caps what a rare neighbour of the typed word can weigh.
    void add_correction(Slot& slot, const std::string& text, const char* why, float factor, float idf) {
        auto a = term(text, why, factor);
        if (why == std::string_view("typo")) a.idf = std::min(a.idf, idf);
        auto const cap = a.idf;
        plan_.corrections.push_back({slot.word, text});
        add(slot, std::move(a));
        std::vector<Token> tokens;
        view_.setup->language.analyse(text, Mode::query, tokens);
        for (auto const& token : tokens)
            if (token.position == 0 && token.weight >= whole_factor && token.term != text) {
                auto stem = term(token.term, why, factor);
                stem.idf = std::min(stem.idf, cap);
                add(slot, std::move(stem));
            }
    }

    // "rollercoaster", which one title has, where most write "roller coaster": a long rare word is also looked for in two.
    void split_rare(Slot& slot) {
        std::uint64_t documents = 0;
        for (auto const& a : slot.alternatives) documents = std::max(documents, a.terms[0].documents);
        if (slot.word.size() >= 8 && documents <= rare_documents && !has_digit(slot.word)) split(slot);
    }

    // "earphones" in a shop that writes "ear phones": the cut whose rarer half is the most frequent.
    void split(Slot& slot) {
        auto const& word = slot.word;
        if (!is_latin(word) || word.size() < 6) return;
        std::uint64_t best = 0;
        std::size_t cut = 0;
        for (std::size_t i = 2; i + 2 <= word.size(); ++i) {
            auto const rarer = std::min(look_up(view_, word.substr(0, i)).documents, look_up(view_, word.substr(i)).documents);
            if (rarer > best) best = rarer, cut = i;
        }
        if (cut == 0) return;
        Alternative a;
        for (auto const& half : {word.substr(0, cut), word.substr(cut)}) {
            a.terms.push_back(look_up(view_, half));
            a.terms.back().offset = static_cast<std::uint32_t>(a.terms.size() - 1);
            a.idf += view_.idf(a.terms.back().documents);
        }
        a.why = "joined";
        a.factor = 0.8f;
        if (auto const own = own_weight(slot); own > 0) a.factor = std::min(a.factor, own / a.idf);
        add(slot, std::move(a));
    }

    // A phrase of one word is that word. In phrases a word is taken as written, without its stem.
    void add_phrase(const std::string& text, std::vector<Slot>& slots, std::size_t position) {
        std::vector<Token> tokens;
        view_.setup->language.analyse(text, Mode::query, tokens);
        std::ranges::stable_sort(tokens, {}, &Token::position);
        Slot slot;
        slot.word = text;
        slot.required = true;
        slot.position = 0x10000 + static_cast<std::uint32_t>(position) * 2;  // no neighbour of anything
        Alternative a;
        a.why = "phrase";
        for (auto const& token : tokens) {
            if (token.term.empty() || a.terms.size() >= most_words) continue;
            if (!a.terms.empty() && token.position - tokens[0].position == a.terms.back().offset) continue;
            a.terms.push_back(look_up(view_, token.term));
            a.terms.back().offset = token.position - tokens[0].position;
            a.idf += view_.idf(a.terms.back().documents);
        }
        if (a.terms.empty()) return;
        plan_.has_words |= &slots == &plan_.slots;
        add(slot, std::move(a));
        slots.push_back(std::move(slot));
    }

    void finish() {
        std::map<std::string, float> boosts;
        for (auto const& boost : query_.term_boosts) {
            std::vector<Token> tokens;
            view_.setup->language.analyse(boost.text, Mode::query, tokens);
            for (auto const& token : tokens) boosts[token.term] = boost.factor;
        }
        for (auto& slot : plan_.slots) {
            for (auto const& a : slot.alternatives) slot.weight = std::max(slot.weight, a.weight());
            for (auto& a : slot.alternatives) a.sufficient = a.why != std::string_view("word") || a.factor >= whole_factor || a.weight() >= 0.5f * slot.weight;
            for (auto const& a : slot.alternatives)
                if (auto const boost = boosts.find(a.terms[0].term); a.terms.size() == 1 && boost != boosts.end()) slot.boost = boost->second;
            if (!slot.part && is_model_number(slot.word)) slot.boost *= model_number_boost;
            if (slot.alternatives.empty() && !slot.part) plan_.ignored.push_back(slot.word);
        }
        // A required phrase that no document can have stays, and matches nothing.
        std::erase_if(plan_.slots, [](const Slot& slot) { return slot.alternatives.empty() && !slot.required; });
        for (auto const& slot : plan_.slots) plan_.weight += slot.weight;
    }

    const View& view_;
    const Query& query_;
    Plan plan_;
};

}  // namespace

PlannedTerm look_up(const View& view, std::string term) {
    PlannedTerm planned;
    planned.numbers.reserve(view.segments.size());
    for (auto const& s : view.segments) {
        auto const number = s.segment->terms().find(term);
        planned.numbers.push_back(number.value_or(no_document));
        if (number) planned.documents += s.segment->info(*number).documents;
    }
    planned.term = std::move(term);
    return planned;
}

Plan make_plan(const View& view, const Query& query) { return Planner(view, query).plan(); }

}  // namespace kindling::text
