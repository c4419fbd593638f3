// core/fuzz_seeds.h -- a fuzzer's first inputs, written by the fuzzer itself: KINDLING_FUZZ_SEEDS("GET / HTTP/1.1\r\n\r\n", ...).
//
// A fuzzer that starts from nothing spends its first minutes finding out what a request looks like. Small literals beside the code
// that reads them say it at once, change with it, and need no files in the repository. libFuzzer calls LLVMFuzzerInitialize before
// it reads its corpus; the seeds go into the first folder on the command line, under names that do not change from run to run.
#pragma once
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>

namespace kindling::fuzz {

inline int write_seeds(int argc, char** argv, std::initializer_list<std::string_view> seeds) {
    for (int i = 1; i < argc; ++i) {
        if (argv[i][0] == '-' || !std::filesystem::is_directory(argv[i])) continue;
        int n = 0;
        for (auto const seed : seeds) std::ofstream(std::filesystem::path(argv[i]) / ("seed-" + std::to_string(n++)), std::ios::binary).write(seed.data(), static_cast<std::streamsize>(seed.size()));
        return 0;
    }
    return 0;
}

}  // namespace kindling::fuzz

// The literals may hold zero bytes ("a\0b"sv).
#define KINDLING_FUZZ_SEEDS(...)                                                  \
    extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);                  \
    extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {                 \
        using namespace std::string_view_literals;                                 \
        return kindling::fuzz::write_seeds(*argc, *argv, {__VA_ARGS__});           \
    }
