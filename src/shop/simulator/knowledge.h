// shop/simulator/knowledge.h -- what the demo shop promises: shipping, returns, invoices, warranty, payment, care.
#pragma once
#include "shop/simulator/world.h"

namespace kindling::shop::simulator {

struct Answer {
    std::string key;          // "returns-window"
    Bilingual topic;          // "退换货" / "Returns"
    Bilingual question, answer;
};

struct ServiceKnowledge {
    std::vector<Answer> answers;
};

// The same numbers that the time-line lives by: free shipping from 99 yuan, 8 yuan below, 48 yuan abroad.
ServiceKnowledge service_knowledge();

}  // namespace kindling::shop::simulator
