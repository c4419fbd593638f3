// modules/dialogue/answer_test_support.h -- a shop with a model endpoint in this process, asked as the gateway asks. For tests only.
#pragma once
#include "core/json_text.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/model_port.h"
#include "modules/dialogue/model_trial.h"
#include "modules/dialogue/test_shop.h"
#include "providers/language/fake_endpoint_for_test.h"
#include "shop/activity/api.h"
#include "shop/catalogue/api.h"
#include "shop/orders/api.h"
#include "shop/people/people.h"
#include "shop/shop_for_test.h"
#include <boost/json.hpp>
#include <future>
#include <gmock/gmock.h>
#include <unistd.h>

namespace kindling::dialogue::test {

using namespace providers::test;

// What stands in the draft that a request brings: every text of this name ("title", "price", "text"), in order.
inline std::vector<std::string> of_draft(Asked const& asked, std::string_view name) {
    std::vector<std::string> out;
    auto const body = *parse_json(asked.body);
    for (auto const& message : body.at("messages").as_array()) {
        if (message.at("role") != "user") continue;
        std::string const said(message.at("content").as_string());
        auto const key = "\"" + std::string(name) + "\":\"";
        for (auto at = said.find(key, said.find("name=\"draft\"")); at != said.npos; at = said.find(key, at + 1)) out.push_back(said.substr(at + key.size(), said.find('"', at + key.size()) - at - key.size()));
        break;
    }
    return out;
}
inline bool in_chinese(Asked const& asked) { return asked.body.find("网店导购") != std::string::npos; }

inline std::string calls(std::string_view name, json::object const& arguments) {
    json::object const function{{"name", name}, {"arguments", to_text(arguments)}};
    return event(to_text(json::object{{"choices", json::array{json::object{{"index", 0}, {"delta", json::object{{"tool_calls", json::array{json::object{{"index", 0}, {"id", "c1"}, {"type", "function"}, {"function", function}}}}}}, {"finish_reason", nullptr}}}}}));
}

class AnswerTest : public testing::Test {
protected:
    AnswerTest() {
        module_ = std::make_unique<Module>(services_, nullptr, [this](shop::Services& s, std::int64_t shop_id) { return model_for(s, shop_id, patience_); });
        auto all = module_->operations();
        for (auto const& part : {shop::catalogue_operations(), shop::basket_operations(), shop::order_operations(), shop::administration_operations(), shop::activity_operations()}) all.insert(all.end(), part.begin(), part.end());
        registry_ = Registry(std::move(all));
        services_.registry = &registry_;
        for (auto const& [operation, request] : test::saves()) run(operation, request);
    }
    ~AnswerTest() override { module_.reset(); }
    json::value run(std::string_view name, json::object request) {
        auto tx = std::move(*services_.store->write(1));
        Context context{.services = services_, .open = tx.get(), .caller = {.kind = Caller::Kind::system, .id = "t", .permissions = {"*"}}, .now = 1'700'000'000'000};
        json::value answer;
        auto const done = registry_.find(name)->run(context, request, answer);
        EXPECT_TRUE(done) << name << ": " << (done ? "" : done.error().message);
        EXPECT_TRUE(tx->commit());
        return answer;
    }
    // In use without a trial: what these tests are about is what a model in use may do.
    void plug_in(FakeEndpoint const& server) {
        configure(server);
        auto tx = std::move(*services_.store->write(1));
        EXPECT_TRUE(tx->execute("DELETE FROM guide_model_trials WHERE shop_id = 1"));
        EXPECT_TRUE(tx->execute("INSERT INTO guide_model_trials (shop_id, trial_id, model_url, model_name, passed, in_use, content_sealed, tried_at_ms, tried_by) VALUES (1, ?, ?, 'm-1', 1, 1, ?, 0, 't')", server.url(), server.url(), shop::Bytes{services_.vault->seal(1, "guide_trial", to_text(write_json(ModelTrial{})))}));
        EXPECT_TRUE(tx->commit());
    }
    Result<ModelTrial> switch_on() {
        Context context{.services = services_, .caller = {.kind = Caller::Kind::system, .id = "t", .permissions = {"*"}}, .now = 1'700'000'000'000};
        json::value answer;
        TRY(registry_.find("dialogue.switch_model")->run(context, json::object{{"on", true}}, answer));
        return read_json<ModelTrial>(answer);
    }
    ModelTrials trials() { return *read_json<ModelTrials>(run("dialogue.model_trials", {})); }
    void configure(FakeEndpoint const& server) {
        json::array changes;
        for (auto const& [name, value] : std::initializer_list<std::pair<std::string_view, std::string>>{{"language_model_url", server.url()}, {"language_model_name", "m-1"}}) changes.push_back(json::object{{"name", name}, {"value", value}});
        run("settings.update", {{"changes", changes}});
    }
    // A turn as the gateway runs it: no transaction, a look through read transactions, every part noted.
    Result<Answer> ask(Ask const& in, std::stop_token stop = {}) {
        Context context{.services = services_, .caller = {.kind = Caller::Kind::shopper, .id = "s"}, .locale = Locale::en, .now = 1'700'000'000'000};
        context.progress.stop = std::move(stop);
        context.log = [this](std::string_view line) { log_.emplace_back(line); };
        context.tell = [this](std::string_view name, json::value const& data) {
            auto const* at = data.as_object().if_contains("at");
            std::string line(name);
            if (at) line += " " + std::to_string(at->to_number<int>());
            if (name == "block") line += " " + std::string(data.at("block").at("kind").as_string());
            if (name == "words") line += (data.at("anew").as_bool() ? " !" : " ") + std::string(data.at("text").as_string());
            told_.push_back(std::move(line));
            parts_.emplace_back(name, data);
            if (on_part_) on_part_(name);
        };
        context.look = [this](std::string_view name, json::value const& request, std::stop_token) -> Result<json::value> {
            looked_.emplace_back(name);
            auto tx = TRY(services_.store->read(1));
            Context inner{.services = services_, .open = tx.get(), .caller = {.kind = Caller::Kind::shopper, .id = "s"}, .now = 1'700'000'000'000};
            json::value answer;
            TRY(registry_.find(name)->run(inner, request, answer));
            return answer;
        };
        return module_->ask(context, in);
    }
    static std::vector<std::string> shown(Answer const& answer) {
        std::vector<std::string> out;
        for (auto const& block : answer.messages)
            for (auto const& card : block.cards) out.push_back(card.product_id);
        return out;
    }
    static std::string text(Answer const& answer) {
        std::string out;
        for (auto const& block : answer.messages)
            if (block.kind == BlockKind::text) out += block.text;
        return out;
    }
    std::string logged(std::string const& conversation_id) { return to_text(run("conversations.get", {{"conversation_id", conversation_id}})); }

    shop::test::ShopOnDisk shop_{"answer"};
    shop::Services& services_ = shop_.services;
    ModelPortOptions patience_;
    std::unique_ptr<Module> module_;
    Registry registry_;
    std::vector<std::string> told_, looked_, log_;
    std::vector<std::pair<std::string, json::value>> parts_;
    std::function<void(std::string_view)> on_part_;
};

inline std::function<void(int, Asked const&, Connection&)> streaming(std::vector<std::string> tokens) {
    return [tokens](int, Asked const&, Connection& c) {
        c.write(std::string(stream_head));
        for (auto const& t : tokens) c.write(token(t));
        c.write(finish() + usage(100, 50) + done());
    };
}

}  // namespace kindling::dialogue::test
