// gateway/render/examples.h -- a request that reads like a real one, made from the request's own table.
//
// Only what must be given is filled in, so that an example shows the shortest call that works in form. Values follow the field's name
// (`sku`, `currency`, `_at_ms`, `_minor`) and always keep its bounds: the strict reader accepts every example.
#pragma once
#include "core/json_codec.h"
#include <boost/json/value.hpp>

namespace kindling::gateway {

json::value example_request(Type const&);

}  // namespace kindling::gateway
