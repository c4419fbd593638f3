// engines/inventory/result_for_test.h -- what a test expects of a Result: its value, or the reason of its refusal.
#pragma once
#include <stdexcept>
#include <string>

#include "core/result.h"

namespace kindling::inventory {

template <class T> T ok(Result<T> r) {
    if (!r) throw std::runtime_error(r.error().message);
    return std::move(*r);
}

template <class T> std::string reason(const Result<T>& r) { return r ? "" : r.error().reason; }

}  // namespace kindling::inventory
