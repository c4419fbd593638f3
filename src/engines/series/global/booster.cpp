// Calls and their errors; see xgboost/c_api.h of XGBoost 1.7 for the JSON of predictions.
#include "engines/series/global/booster.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <charconv>
#include <cmath>

namespace kindling::series {

namespace {

Result<void> checked(int status) {
    if (status == 0) return {};
    std::string_view said = XGBGetLastError();
    return fail(Errc::internal, "boosting_failed", fmt::format("XGBoost: {}", said.substr(0, said.find("Stack trace"))));
}

}  // namespace

Result<Matrix> Matrix::make(std::span<const float> rows, std::size_t width, std::span<const float> margins, std::span<const float> labels, unsigned threads) {
    Matrix out;
    out.rows_ = margins.size();
    DMatrixHandle handle = nullptr;
    TRY(checked(XGDMatrixCreateFromMat_omp(rows.data(), out.rows_, width, NAN, &handle, static_cast<int>(threads))));
    out.handle_ = std::shared_ptr<void>(handle, [](void* h) { XGDMatrixFree(h); });
    TRY(checked(XGDMatrixSetFloatInfo(handle, "base_margin", margins.data(), margins.size())));
    if (!labels.empty()) TRY(checked(XGDMatrixSetFloatInfo(handle, "label", labels.data(), labels.size())));
    return out;
}

Result<Booster> Booster::make(std::span<const Matrix> matrices, std::span<const std::pair<std::string, std::string>> parameters) {
    std::vector<DMatrixHandle> known;
    for (auto const& m : matrices) known.push_back(m.handle());
    BoosterHandle handle = nullptr;
    TRY(checked(XGBoosterCreate(known.data(), known.size(), &handle)));
    Booster out;
    out.handle_ = std::shared_ptr<void>(handle, [](void* h) { XGBoosterFree(h); });
    for (auto const& [key, value] : parameters) TRY(checked(XGBoosterSetParam(handle, key.c_str(), value.c_str())));
    return out;
}

Result<void> Booster::grow(int round, const Matrix& matrix) { return checked(XGBoosterUpdateOneIter(handle_.get(), round, matrix.handle())); }

Result<double> Booster::evaluate(int round, const Matrix& matrix) {
    DMatrixHandle handle = matrix.handle();
    const char *name = "held", *said = nullptr;
    TRY(checked(XGBoosterEvalOneIter(handle_.get(), round, &handle, &name, 1, &said)));
    // "[7]\theld-rmse:0.123"
    std::string_view const text = said;
    auto const number = text.substr(text.rfind(':') + 1);
    double value = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), value).ec != std::errc{}) return fail(Errc::internal, "boosting_failed", fmt::format("XGBoost told no error of round {}: {}", round, text));
    return value;
}

Result<std::vector<float>> Booster::predict(const Matrix& matrix, int rounds, int type) const {
    auto const config = fmt::format(R"({{"type":{},"training":false,"iteration_begin":0,"iteration_end":{},"strict_shape":false}})", type, rounds);
    bst_ulong const* shape = nullptr;
    bst_ulong dimensions = 0;
    float const* values = nullptr;
    TRY(checked(XGBoosterPredictFromDMatrix(handle_.get(), matrix.handle(), config.c_str(), &shape, &dimensions, &values)));
    std::size_t count = 1;
    for (bst_ulong i = 0; i < dimensions; ++i) count *= shape[i];
    return std::vector<float>(values, values + count);
}

Result<std::vector<float>> Booster::margins(const Matrix& matrix, int rounds) const { return predict(matrix, rounds, 1); }
Result<std::vector<float>> Booster::contributions(const Matrix& matrix, int rounds) const { return predict(matrix, rounds, 2); }

}  // namespace kindling::series
