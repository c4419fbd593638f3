// modules/dialogue/model_trial.h -- a plugged language model speaks for the guide only when it has beaten the built-in guide on the shop's regression set.
//
// The set: the talks that people of the shop kept (dialogue.keep_case), and, so that a shop without any has one too, a few made of its own catalogue: for the
// categories with most goods "NAME" and "NAME under HALF THE GOODS' PRICE", in both languages. Every talk is taken twice over the shop of now, by the built-in
// guide alone and with the model, which has the verifier, the tools and the time that it has before shoppers; both are judged alike (trial_judge.h has the rule).
//
// A model is in use for the address and name that passed; another address or name has to pass again. Every trial is kept, its talks sealed, with how each went and
// why a model was refused. At most 40 kept talks and 60 worded turns; a turn costs a call of the model, and a trial ends early once too many could not be used.
#pragma once
#include "modules/dialogue/api.h"
#include "modules/dialogue/trial_judge.h"

namespace kindling::dialogue {

struct SwitchModel {
    bool on = true;
    static constexpr Field fields[] = {field("on", "true: try the model on the regression set and use it when it is better; false: the built-in guide alone.", "true 先在回归集上试用，优于内置导购才启用；false 仅用内置导购。")};
};
BOOST_DESCRIBE_STRUCT(SwitchModel, (), (on))

struct ModelTrials {
    std::string model;
    bool configured = false, in_use = false;
    std::vector<ModelTrial> trials;
    static constexpr Field fields[] = {field("model", "Model that the settings name.", "设置中的模型名称。"), field("configured", "Whether an address and a name are set.", "是否已设置地址与模型名。"), field("in_use", "Whether that model speaks for the guide now.", "该模型当前是否用于导购。"), field("trials", "Latest first, at most 10.", "试用记录，最近在前，最多 10 条。")};
};
BOOST_DESCRIBE_STRUCT(ModelTrials, (), (model, configured, in_use, trials))

// Whether the model at this address and of this name has passed and is switched on.
Result<bool> model_in_use(shop::Transaction&, std::string const& url, std::string const& name);

class ModelDesk {
public:
    ModelDesk(Module& module, shop::Services& services) : module_(module), services_(services) {}
    std::vector<Operation> operations();

private:
    Result<ModelTrial> switch_model(Context&, SwitchModel const&);
    Result<ModelTrials> trials(Context&, Nothing const&);
    Result<ModelTrial> try_model(Context&, LanguageModel&);
    Module& module_;
    shop::Services& services_;
};

}  // namespace kindling::dialogue
