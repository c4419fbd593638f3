// gateway/websocket/sent.h -- what became of something written towards a client.
#pragma once

namespace kindling::gateway {

// ok: taken; full: the client reads too slowly, nothing was taken; closed: nobody is there any more.
enum class Sent { ok, full, closed };

}  // namespace kindling::gateway
