// app/modules.h -- the modules of this build and the operations they declare.
#pragma once
#include "core/operation.h"
#include "modules/dialogue/api.h"
#include "modules/experiments/api.h"
#include "modules/market/api.h"
#include "modules/pictures/api.h"
#include "modules/selection/api.h"
#include "modules/speech/api.h"
#include "shop/accounts/api.h"
#include "shop/analysis/keeper.h"
#include "shop/services.h"

namespace kindling::app {

// Modules with live state are made here, once per process.
struct Modules {
    explicit Modules(shop::Services&);
    ~Modules();
    std::vector<Operation> operations();

    shop::Services& services;
    shop::FactsKeeper facts;
    pictures::Module pictures;
    dialogue::Module dialogue;
    experiments::Module experiments;
    selection::Module selection;
    market::Module market;
    speech::Module speech;
    shop::Accounts accounts = {};
};

}  // namespace kindling::app
