// Calls and their errors; see xgboost/c_api.h of XGBoost 1.7 for the JSON of predictions. The library is opened when it is first asked for, and stays.
#include "engines/series/global/booster.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <charconv>
#include <cmath>
#include <mutex>

namespace kindling::series {

namespace {

// What is called of the library.
struct Library {
    decltype(&XGBGetLastError) last_error = nullptr;
    decltype(&XGDMatrixCreateFromMat_omp) make_matrix = nullptr;
    decltype(&XGDMatrixFree) free_matrix = nullptr;
    decltype(&XGDMatrixSetFloatInfo) set_floats = nullptr;
    decltype(&XGBoosterCreate) make_booster = nullptr;
    decltype(&XGBoosterFree) free_booster = nullptr;
    decltype(&XGBoosterSetParam) set_parameter = nullptr;
    decltype(&XGBoosterUpdateOneIter) update = nullptr;
    decltype(&XGBoosterEvalOneIter) evaluate = nullptr;
    decltype(&XGBoosterPredictFromDMatrix) predict = nullptr;
};

Result<Library> open(std::span<char const* const> names) {
    void* handle = nullptr;
    for (auto const* const name : names)
        if (!handle) handle = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!handle) return fail(Errc::failed_precondition, "boosting_absent", fmt::format("The library XGBoost is not installed ({}); Debian's package is libxgboost0.", names[0]));
    Library out;
    bool whole = true;
    auto const find = [&](char const* name, auto& to) { to = reinterpret_cast<std::remove_reference_t<decltype(to)>>(::dlsym(handle, name)), whole = whole && to != nullptr; };
    find("XGBGetLastError", out.last_error), find("XGDMatrixCreateFromMat_omp", out.make_matrix), find("XGDMatrixFree", out.free_matrix), find("XGDMatrixSetFloatInfo", out.set_floats);
    find("XGBoosterCreate", out.make_booster), find("XGBoosterFree", out.free_booster), find("XGBoosterSetParam", out.set_parameter), find("XGBoosterUpdateOneIter", out.update);
    find("XGBoosterEvalOneIter", out.evaluate), find("XGBoosterPredictFromDMatrix", out.predict);
    if (!whole) return fail(Errc::failed_precondition, "boosting_absent", fmt::format("The library {} is not XGBoost 1.6 or 1.7.", names[0]));
    return out;
}

Result<Library> const& opened() {
    static constexpr char const* names[] = {"libxgboost.so.0", "libxgboost.so"};
    static auto const once = open(names);
    return once;
}
// Of code that only runs when it was opened.
Library const& library() { return *opened(); }

Result<void> checked(int status) {
    if (status == 0) return {};
    std::string_view said = library().last_error();
    return fail(Errc::internal, "boosting_failed", fmt::format("XGBoost: {}", said.substr(0, said.find("Stack trace"))));
}

}  // namespace

Result<void> boosting_present() {
    if (auto const& l = opened(); !l) return std::unexpected(l.error());
    return {};
}

Result<void> opens_as_boosting(char const* name) {
    TRY(open(std::span(&name, 1)));
    return {};
}

Result<Matrix> Matrix::make(std::span<const float> rows, std::size_t width, std::span<const float> margins, std::span<const float> labels, unsigned threads) {
    TRY(boosting_present());
    Matrix out;
    out.rows_ = margins.size();
    DMatrixHandle handle = nullptr;
    TRY(checked(library().make_matrix(rows.data(), out.rows_, width, NAN, &handle, static_cast<int>(threads))));
    out.handle_ = std::shared_ptr<void>(handle, [](void* h) { library().free_matrix(h); });
    TRY(checked(library().set_floats(handle, "base_margin", margins.data(), margins.size())));
    if (!labels.empty()) TRY(checked(library().set_floats(handle, "label", labels.data(), labels.size())));
    return out;
}

Result<Booster> Booster::make(std::span<const Matrix> matrices, std::span<const std::pair<std::string, std::string>> parameters) {
    TRY(boosting_present());
    std::vector<DMatrixHandle> known;
    for (auto const& m : matrices) known.push_back(m.handle());
    BoosterHandle handle = nullptr;
    TRY(checked(library().make_booster(known.data(), known.size(), &handle)));
    Booster out;
    out.handle_ = std::shared_ptr<void>(handle, [](void* h) { library().free_booster(h); });
    for (auto const& [key, value] : parameters) TRY(checked(library().set_parameter(handle, key.c_str(), value.c_str())));
    return out;
}

Result<void> Booster::grow(int round, const Matrix& matrix) { return checked(library().update(handle_.get(), round, matrix.handle())); }

Result<double> Booster::evaluate(int round, const Matrix& matrix) {
    DMatrixHandle handle = matrix.handle();
    const char *name = "held", *said = nullptr;
    // XGBoost 1.7 keeps the name of a metric with a parameter (tweedie-nloglik) in one string of the whole process, written at each call: two models at once would free each other's.
    static std::mutex names;
    std::lock_guard const alone(names);
    TRY(checked(library().evaluate(handle_.get(), round, &handle, &name, 1, &said)));
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
    TRY(checked(library().predict(handle_.get(), matrix.handle(), config.c_str(), &shape, &dimensions, &values)));
    std::size_t count = 1;
    for (bst_ulong i = 0; i < dimensions; ++i) count *= shape[i];
    return std::vector<float>(values, values + count);
}

Result<std::vector<float>> Booster::margins(const Matrix& matrix, int rounds) const { return predict(matrix, rounds, 1); }
Result<std::vector<float>> Booster::contributions(const Matrix& matrix, int rounds) const { return predict(matrix, rounds, 2); }

}  // namespace kindling::series
