// gateway/mcp/stdio.h -- the agent interface over a pair of streams: one message a line, as an agent on the same machine starts it.
//
// The calling thread reads; one other thread works, so that answers keep the order of their requests and a cancellation is seen
// while the work goes on. Nothing but messages is written. Returns when the input ends and what was asked is answered.
#pragma once
#include "gateway/mcp/mcp_server.h"
#include <iosfwd>

namespace kindling::gateway {

struct StdioOptions {
    std::string tools = {};                        // the tool set
    std::size_t longest_line = 16 * 1024 * 1024;   // bytes; a longer line is refused and skipped
};

// `caller.notify` and `caller.stop` are replaced by the stream's own.
void run_stdio(McpServer const&, McpCaller, std::istream& in, std::ostream& out, StdioOptions const& = {});

}  // namespace kindling::gateway
