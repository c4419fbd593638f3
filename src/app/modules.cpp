#include "app/modules.h"
#include "modules/assortment/api.h"
#include "modules/feeds/api.h"
#include "modules/forecast/api.h"
#include "modules/merchandising/api.h"
#include "modules/payments/api.h"
#include "modules/reviews/api.h"
#include "modules/supply/api.h"
#include "shop/activity/api.h"
#include "shop/agents/api.h"
#include "shop/catalogue/api.h"
#include "shop/checkout/api.h"
#include "shop/customers/api.h"
#include "shop/decisions/decisions.h"
#include "shop/imports/api.h"
#include "shop/jobs/jobs.h"
#include "shop/orders/api.h"
#include "shop/people/people.h"
#include "shop/overview/overview.h"
#include "shop/promotions/api.h"
#include "shop/stock/api.h"
#include "shop/supply/api.h"

namespace kindling::app {

Modules::Modules(shop::Services& s) : services(s), facts(s), pictures(s), dialogue(s, &pictures), experiments(s), selection(s), market(s), speech(s) {}
Modules::~Modules() = default;

std::vector<Operation> Modules::operations() {
    std::vector<Operation> all;
    for (auto const& part : {
             shop::catalogue_operations(),
             shop::order_operations(),
             shop::basket_operations(),
             shop::stock_operations(),
             shop::customer_operations(),
             accounts.operations(),
             shop::activity_operations(),
             shop::decision_operations(),
             shop::ledger_operations(),
             shop::job_operations(),
             shop::people_operations(),
             shop::shop_operations(),
             shop::usage_operations(),
             shop::administration_operations(),
             shop::supply_operations(),
             shop::agent_operations(),
             shop::checkout_operations(),
             shop::shipping_operations(),
             shop::promotions::operations(),
             shop::import_operations(),
             shop::overview_operations([this](auto... period) { return facts.overview(period...); }),
             shop::storefront_operations(),
             facts.operations(),
             pictures.operations(),
             dialogue.operations(),
             merchandising::operations(),
             experiments.operations(),
             selection.operations(),
             market.operations(),
             speech.operations(),
             assortment_module::assortment_operations(),
             forecast::operations(),
             feeds::operations(),
             supply_module::operations(),
             payments::operations(),
             reviews::operations(),
         })
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace kindling::app
