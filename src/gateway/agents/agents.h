// gateway/agents/agents.h -- agent commerce as one part: the protocols' faces with what they share. See README.md.
#pragma once
#include "gateway/agents/acp/acp.h"
#include "gateway/agents/deliveries.h"
#include "gateway/agents/own_tools.h"
#include "gateway/agents/ucp/ucp.h"

namespace kindling::gateway {

// Made at start, destroyed after the server stopped; must not outlive the front.
class AgentCommerce {
public:
    AgentCommerce(Front& front, SendOutside send) : traffic_(*front.executor().services().store), directory_(front.executor(), send), keys_(front.executor().services()), own_tools_(front.executor(), directory_, traffic_), ucp_(front, directory_, traffic_, keys_), acp_(front, directory_, traffic_), deliveries_(front.executor(), directory_, keys_, std::move(send)) {
        front.answer_tools([this](Request const& request, std::string_view tool, json::object const& arguments) { return agents::Acp::has_tool(tool) ? acp_.call_tool(request, tool, arguments) : ucp_.call_tool(request, tool, arguments); });
        front.put_before(own_tools_);
    }
    // For FrontOptions::other_tools.
    static std::vector<OtherTool> tools() {
        auto all = agents::Ucp::tools();
        for (auto& tool : agents::Acp::tools()) all.push_back(std::move(tool));
        return all;
    }
    void add_to(Router& router) { ucp_.add_to(router), acp_.add_to(router); }

private:
    agents::Traffic traffic_;
    agents::Directory directory_;
    agents::Keys keys_;
    agents::OwnTools own_tools_;
    agents::Ucp ucp_;
    agents::Acp acp_;
    agents::Deliveries deliveries_;
};

}  // namespace kindling::gateway
