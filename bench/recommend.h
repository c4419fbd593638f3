// bench/recommend.h -- the three recommendation benches and what they read.
#pragma once
#include <map>

#include "bench.h"
#include "engines/learning/recommend/model.h"

namespace kindling::bench {

void run_rec_sequence(BenchContext&);
void run_rec_session(BenchContext&);
void run_rec_basket(BenchContext&);

// What the solved signals give: the same training without one of them, or without both.
struct Without {
    std::string_view name;
    bool factors, linear;
};
inline constexpr Without withouts[] = {{"_without_factors", false, true}, {"_without_linear", true, false}, {"_without_both", false, false}};

// Texts to numbers 0, 1, 2 ... in order of appearance.
class Numbers {
public:
    std::uint32_t of(std::string_view text) { return numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(numbers_.size())).first->second; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(numbers_.size()); }

private:
    std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

// Each file of the folder whose name ends with `ending` or `ending`.gz: what stands before the ending, and the path. By name.
// The folder is DIR/`folder`, or DIR itself when it has no such folder.
std::vector<std::pair<std::string, std::string>> files_ending(const BenchContext&, std::string_view folder, std::string_view ending);
// "" when there is one set only, otherwise "/name".
std::string suffix(std::size_t sets, std::string_view name);

double thread_milliseconds();   // processor time of this thread: other programs on the machine do not count
double process_seconds();

// Fits, and reports train_s (wall clock), train_cpu_s.
recommend::Model timed_training(const BenchContext&, const std::string& suffix, std::span<const recommend::History>, recommend::Goods, const recommend::Plan&);

// Asks `questions` one after the other and reports p50_ms and p99_ms; gives the former. f(question, the items recommended).
struct Asked {
    std::size_t history = recommend::Scratch::no_history;  // its number in the model
    std::span<const recommend::Event> events;
};
double ask_all(const BenchContext&, const std::string& suffix, const recommend::Model&, std::span<const Asked>, std::size_t count, const std::function<void(std::size_t, const std::vector<recommend::Recommendation>&)>& f);

}  // namespace kindling::bench
