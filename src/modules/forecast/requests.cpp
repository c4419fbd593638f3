#include "modules/forecast/requests.h"
#include "core/utf8.h"
#include "engines/text/analysis/analyzer.h"
#include <algorithm>
#include <cmath>

namespace kindling::forecast {

namespace {

constexpr std::size_t longest_words = 300;
constexpr double least_shown = 2;       // weight of what words were answered with, from which on they speak for themselves
constexpr double least_told = 0.25;     // of a term: what is spread more evenly says nothing

double sum_of(std::map<std::uint32_t, double> const& over) { double sum = 0; for (auto const& [_, v] : over) sum += v; return sum; }

Requests::Parts normal(std::map<std::uint32_t, double> const& over) {
    Requests::Parts out;
    if (auto const sum = sum_of(over); sum > 0) for (auto const& [c, v] : over) out.emplace_back(c, static_cast<float>(v / sum));
    return out;
}

// 1: all in one category; 0: as in all alike.
double told(std::map<std::uint32_t, double> const& over, std::size_t categories) {
    auto const sum = sum_of(over);
    if (categories < 2 || !(sum > 0)) return 0;
    double entropy = 0;
    for (auto const& [_, v] : over) if (v > 0) entropy -= v / sum * std::log(v / sum);
    return 1 - entropy / std::log(static_cast<double>(categories));
}

}  // namespace

double rank_weight(std::int64_t rank) { return 1 / std::log2(1 + static_cast<double>(std::max<std::int64_t>(1, rank))); }

Requests::Requests(std::size_t categories, std::shared_ptr<text::Analyzer const> analyzer) : categories_(categories), analyzer_(std::move(analyzer)) {}
Requests::Requests(Requests&&) noexcept = default;
Requests::~Requests() = default;

Result<Requests> Requests::create(std::size_t categories) { return Requests(categories, TRY(text::Analyzer::create({.dictionary_path = {}}))); }

std::vector<std::string> Requests::terms(std::string_view text) const {
    std::vector<std::vector<std::string>> at;
    for (auto const& t : analyzer_->analyze(text, text::Mode::query)) { if (at.size() <= t.position) at.resize(t.position + 1); at[t.position].push_back(t.term); }
    std::vector<std::string> out;
    // The stem, the last of a place's alternatives, stands for all of them. Numbers of telephones, orders and cards are nobody's wish.
    for (auto const& terms : at)
        if (!terms.empty() && std::ranges::count_if(terms.back(), [](char c) { return c >= '0' && c <= '9'; }) < 4) out.push_back(terms.back());
    return out;
}

std::uint32_t Requests::number(std::string_view words) {
    words = utf8_prefix(words, longest_words);
    if (auto const known = numbers_.find(words); known != numbers_.end()) return known->second;
    auto const fresh = static_cast<std::uint32_t>(words_.size());
    numbers_.emplace(words, fresh), words_.emplace_back(words), shown_.emplace_back();
    return fresh;
}

void Requests::answered(std::uint32_t number, std::uint32_t category, double weight) { shown_[number][category] += weight; }

void Requests::names(std::string_view text, std::uint32_t category) { for (auto const& term : terms(text)) named_[term][category] += 1; }

std::vector<Requests::Parts> Requests::parts() const {
    // Terms by the words they were answered in, whose parts count once each, and by names.
    ByText<std::map<std::uint32_t, double>> over;
    for (auto const& [term, names] : named_) over[term] = names;
    std::vector<Parts> out(words_.size());
    std::vector<std::vector<std::string>> unknown(words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (sum_of(shown_[i]) < least_shown) { unknown[i] = terms(words_[i]); continue; }
        out[i] = normal(shown_[i]);
        for (auto const& term : terms(words_[i])) for (auto const& [c, part] : out[i]) over[term][c] += static_cast<double>(part);
    }
    for (std::size_t i = 0; i < words_.size(); ++i) {
        std::map<std::uint32_t, double> all;
        for (auto const& term : unknown[i]) {
            auto const known = over.find(term);
            if (known == over.end()) continue;
            auto const weight = told(known->second, categories_);
            if (weight < least_told) continue;
            for (auto const& [c, part] : normal(known->second)) all[c] += weight * static_cast<double>(part);
        }
        if (!all.empty()) out[i] = normal(all);
    }
    return out;
}

}  // namespace kindling::forecast
