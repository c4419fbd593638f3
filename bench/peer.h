// bench/peer.h -- another tool of the field, run by Python on the same data in the same run as ours.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kindling::bench {

// Runs `program` by KINDLING_PYTHON (else python3) in a folder of its own; the path of a file that holds `input` is its only argument. What it prints
// last must be one JSON object of numbers. Nothing, and a line on stderr, when `module` cannot be imported; a program that fails ends the benchmark.
std::optional<std::map<std::string, double>> run_peer(std::string_view module, std::string_view program, std::string_view input);

}  // namespace kindling::bench
