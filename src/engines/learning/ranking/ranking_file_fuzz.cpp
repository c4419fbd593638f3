// Any bytes as a ranking model, behind a checksum that fits; what can be read is asked for scores and reasons.
#include <cmath>

#include "core/fuzz_seeds.h"
#include "engines/learning/model_file/model_file.h"
#include "engines/learning/ranking/lambda_trees.h"

using namespace kindling::ranking;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    std::string_view const bytes(reinterpret_cast<const char*>(data), size);
    (void)LambdaTrees::read(bytes);
    auto const model = LambdaTrees::read(kindling::model_file::seal("KLTR0001", bytes));
    if (!model) return 0;
    std::vector<float> row(model->features(), NAN);
    (void)model->score(row);
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = static_cast<float>(i) - 1;
    (void)model->explain(row);
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\1\0\0\0\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\0\0\0\200\77\377\377\377\377\0\0\0\0\0\0\0\0\0\0\0\0\200\277\377\377\377\377\0\0\0\0\0\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\360\77"sv,
    "\1\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0"sv)
