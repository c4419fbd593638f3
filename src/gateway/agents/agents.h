// gateway/agents/agents.h -- agent commerce as one part: the protocols' faces with what they share. See README.md.
#pragma once
#include "gateway/agents/ucp/ucp.h"

namespace kindling::gateway {

// Made at start, destroyed after the server stopped; must not outlive the front.
class AgentCommerce {
public:
    AgentCommerce(Front& front, SendOutside send) : traffic_(*front.executor().services().store), directory_(front.executor(), std::move(send)), ucp_(front, directory_, traffic_) {}
    void add_to(Router& router) { ucp_.add_to(router); }

private:
    agents::Traffic traffic_;
    agents::Directory directory_;
    agents::Ucp ucp_;
};

}  // namespace kindling::gateway
