#include "product_pairs.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <sstream>

#include "bench.h"

namespace kindling::bench {

ProductFields product_fields(std::string_view record) {
    ProductFields out;
    for (std::size_t at = record.find("COL "); at != std::string_view::npos;) {
        auto const value = record.find(" VAL ", at);
        if (value == std::string_view::npos) break;
        auto const next = record.find(" COL ", value);
        auto const end = next == std::string_view::npos ? record.size() : next;
        auto const from = std::min(value + 5, end);
        out.emplace_back(record.substr(at + 4, value - at - 4), record.substr(from, end - from));
        at = next == std::string_view::npos ? next : next + 1;
    }
    return out;
}

namespace {

std::string find_split(const std::filesystem::path& folder, std::string_view name) {
    std::error_code error;
    std::vector<std::string> found;
    for (auto const& file : std::filesystem::directory_iterator(folder, error))
        if (file.is_regular_file(error) && file.path().filename().string().starts_with(std::string(name) + ".txt")) found.push_back(file.path().string());
    std::ranges::sort(found);
    return found.empty() ? std::string() : found.front();
}

ProductPairs load(const std::filesystem::path& folder) {
    ProductPairs set;
    std::map<std::string, std::uint32_t, std::less<>> left, right;
    auto const number = [](auto& numbers, std::vector<std::string>& list, std::string_view record) {
        auto const [at, added] = numbers.try_emplace(std::string(record), static_cast<std::uint32_t>(list.size()));
        if (added) list.emplace_back(record);
        return at->second;
    };
    for (auto const& [name, split] : {std::pair{"train", Split::train}, std::pair{"valid", Split::valid}, std::pair{"test", Split::test}}) {
        auto const file = find_split(folder, name);
        if (file.empty()) continue;
        std::istringstream lines(read_file(file));
        for (std::string line; std::getline(lines, line);) {
            auto const first = line.find('\t'), second = line.find('\t', first + 1);
            if (first == std::string::npos || second == std::string::npos || second + 1 >= line.size() || (line[second + 1] != '0' && line[second + 1] != '1')) {
                ++set.passed_over;
                continue;
            }
            auto const l = number(left, set.left, std::string_view(line).substr(0, first)), r = number(right, set.right, std::string_view(line).substr(first + 1, second - first - 1));
            set.pairs.push_back({l, r, line[second + 1] == '1', split});
        }
    }
    return set;
}

}  // namespace

std::vector<ProductPairs> load_product_pairs(const std::string& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> folders{folder};
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder, error))
        if (entry.is_directory(error)) folders.push_back(entry.path());
    std::ranges::sort(folders);
    std::vector<ProductPairs> sets;
    for (auto const& path : folders) {
        auto set = load(path);
        if (set.pairs.empty()) continue;
        auto name = path == folders.front() ? path.filename().string() : std::filesystem::relative(path, folder, error).generic_string();
        for (auto& c : name) c = c == '/' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        set.name = name;
        sets.push_back(std::move(set));
    }
    return sets;
}

}  // namespace kindling::bench
