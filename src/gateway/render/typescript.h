// gateway/render/typescript.h -- TypeScript types of every request and response, and the map from operation to both.
//
// One generated module without imports or run-time code beyond one list of facts; `tsc --strict` takes it as it is. A caller is
//     function call<N extends OperationName>(name: N, request: Operations[N]['request']): Promise<Operations[N]['response']>
#pragma once
#include "core/operation.h"
#include <string>

namespace kindling::gateway {

// Pure; the same registry gives the same text. Documentation comments are English.
std::string typescript_module(Registry const&);

}  // namespace kindling::gateway
