// bench/judged_set.h -- queries, products and what judges said of them, in the two layouts that are published.
//
// WANDS: a folder with product.csv, query.csv and label.csv (tab-separated; product_id, product_name, product_class, "category hierarchy",
//   product_description, product_features, rating_count, average_rating, review_count; query_id, query; query_id, product_id, label). Labels Exact 2, Partial 1,
//   Irrelevant 0; of two labels of one pair the first counts.
// ESCI: a folder with a file whose name has "examples" (query_id, query, product_id, product_locale, esci_label, split) and one that has "products" (product_id,
//   product_locale, product_title, product_description, product_bullet_point, product_brand, product_color), as parquet (read with DuckDB's library where it is
//   there), csv or json lines; or one file with all of these columns. Labels E 3, S 2, C 1, I 0. Each locale is a set of its own.
// A folder without these files is no set; a file that lacks a column is a fault that says which.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/by_text.h"

namespace kindling::bench {

struct JudgedProduct {
    std::string id, title, kind, facts, description;   // kind: class, category path, brand
    std::string category;
    float rating = 0, reviews = 0;                      // NaN: not said
};
enum class Part { none, train, test };                  // as the set says itself
struct JudgedQueryText {
    std::string id, text;
    Part part = Part::none;
    std::map<std::uint32_t, int> grades;                // product number -> grade
};
struct JudgedSet {
    enum class Layout { wands, esci } layout = Layout::wands;
    std::string name;                                   // "wands", "esci_us"
    int best_grade = 2;
    std::vector<JudgedProduct> products;
    std::vector<JudgedQueryText> queries;               // those with a judgement
    std::size_t unknown_products = 0;                   // judgements of products that are not in the list
};

// Every set in the folder and in the folders directly in it.
std::vector<JudgedSet> load_judged_sets(const std::string& folder);

}  // namespace kindling::bench
