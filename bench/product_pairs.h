// bench/product_pairs.h -- labelled pairs of listings in Ditto's layout: lines "COL title VAL ... COL price VAL ...<tab>COL ...<tab>0 or 1".
//
// A set is a folder with train, valid and test (.txt, packed or not; what follows .txt is not looked at). Sets are found, not listed: any
// folder at any depth under the one given.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kindling::bench {

using ProductFields = std::vector<std::pair<std::string, std::string>>;  // name, value, in order
ProductFields product_fields(std::string_view record);

enum class Split { train, valid, test };

struct LabelledPair {
    std::uint32_t left = 0, right = 0;  // numbers of records
    bool same = false;
    Split split = Split::train;
};

struct ProductPairs {
    std::string name;                           // of the folder, lower case: "amazon-google"
    std::vector<std::string> left, right;       // each different record once, as written, in order of first appearance
    std::vector<LabelledPair> pairs;            // in order of the files
    std::size_t passed_over = 0;                // lines that are no pair
};

// By name; folders without any of the three files are no sets.
std::vector<ProductPairs> load_product_pairs(const std::string& folder);

}  // namespace kindling::bench
