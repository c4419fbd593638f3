// shop/demo/translate.h -- the simulator's nouns as the operations' requests.
#pragma once
#include "shop/activity/api.h"
#include "shop/catalogue/operations.h"
#include "shop/customers/api.h"
#include "shop/orders/api.h"
#include "shop/simulator/time_line.h"
#include "shop/stock/api.h"
#include "shop/supply/api.h"

namespace kindling::shop {

std::string demo_order_id(std::int64_t number);
std::string demo_session_id(std::int64_t session);
using NumberNames = std::map<std::string, std::string>;  // the simulator's keys of numbers to the shop's names
NumberNames number_names_of(simulator::World const&);
Product product_of(simulator::World const&, simulator::Product const&, std::vector<std::string> const& assets, NumberNames const&);
std::vector<Category> categories_of(simulator::World const&);
std::vector<AttributeKind> attribute_kinds_of(simulator::World const&, NumberNames const&);
Customer customer_of(simulator::World const&, simulator::Customer const&);
Order order_of(simulator::World const&, simulator::Order const&);
Event event_of(simulator::World const&, simulator::Event const&);
StockMove move_of(simulator::World const&, simulator::StockMove const&);
Review review_of(simulator::World const&, simulator::Review const&);
PurchaseOrder purchase_order_of(simulator::World const&, simulator::PurchaseOrder const&);
Conversation conversation_of(simulator::World const&, simulator::Conversation const&);
// The order must be known to number the line; `lines` maps order number to its lines' variants.
ReturnLine return_of(simulator::Return const&, std::int64_t line);

}  // namespace kindling::shop
