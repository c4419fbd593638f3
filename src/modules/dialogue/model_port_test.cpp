// A model plugged into a real store's settings, played by an endpoint in this process: its words are used when they are true, and only then.
#include "modules/dialogue/model_port.h"
#include "core/json_text.h"
#include "modules/dialogue/setting_for_test.h"
#include "modules/dialogue/test_shop.h"
#include "providers/language/fake_endpoint_for_test.h"
#include "shop/people/people.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <unistd.h>

namespace kindling::dialogue {
namespace {

using namespace providers::test;
using testing::HasSubstr, testing::Not;

class ModelPortTest : public testing::Test {
protected:
    ModelPortTest() : view_(CatalogueView::build(test::source())), lexicon_(Lexicon::build(view_->shared_words())) {
        folder_ = std::filesystem::temp_directory_path() / ("kindling-model-port-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        services_.folder = folder_;
        services_.store = std::move(*shop::Store::open({.address = (folder_ / "kindling.db").string()}));
        services_.vault = std::move(*shop::Vault::open(folder_ / "secret.key"));
        turn_ = take_turn(view_, *lexicon_, {}, {}, {}, {.text = "a red linen dress, mail me at li@example.com", .locale = Locale::en}, {});
    }
    ~ModelPortTest() override {
        services_.store.reset();
        std::filesystem::remove_all(folder_);
    }
    void set(std::string_view name, std::string const& value) { test::change_setting(services_, name, value); }
    void plug_in(FakeEndpoint const& server) {
        set("language_model_url", server.url());
        set("language_model_name", "m-1");
        set("language_model_key", "sk-shop");
    }
    Result<std::string> ask(LanguageModel& model, Partaking const& part = {}) { return reworded(model, view_, *lexicon_, turn_, "a red linen dress, mail me at li@example.com", part); }
    // An endpoint that always says this.
    static std::function<void(int, Asked const&, Connection&)> saying(std::string text) {
        return [text](int, Asked const&, Connection& c) { c.write(std::string(stream_head) + token(text) + finish() + usage(1000, 500) + done()); };
    }

    std::filesystem::path folder_;
    shop::Services services_;
    std::shared_ptr<CatalogueView const> view_;
    std::shared_ptr<Lexicon const> lexicon_;
    Turn turn_;
};
std::string reason(auto const& r) { return r ? "" : r.error().reason; }

TEST_F(ModelPortTest, WithoutSettingsTheBuiltInWordsStay) {
    ASSERT_FALSE(turn_.blocks.empty());
    EXPECT_EQ(reason(ask(*model_for(services_, 1))), "model_not_configured");
}

TEST_F(ModelPortTest, TrueWordsAreUsedAndTheEndpointSeesOnlyData) {
    FakeEndpoint server(saying("The Linen dress in red at ¥199.00 is just what you describe."));
    plug_in(server);
    auto const model = model_for(services_, 1);
    auto const words = ask(*model);
    ASSERT_TRUE(words) << words.error().message;
    EXPECT_EQ(*words, "The Linen dress in red at ¥199.00 is just what you describe.");
    auto const asked = server.asked().at(0);
    EXPECT_THAT(asked.head, HasSubstr("Bearer sk-shop"));
    EXPECT_THAT(asked.body, Not(HasSubstr("li@example.com")));
    EXPECT_THAT(asked.body, HasSubstr("[EMAIL_1]"));
    EXPECT_THAT(asked.body, HasSubstr("Linen dress"));
    EXPECT_FALSE(parse_json(asked.body)->get_object().contains("tools"));
    EXPECT_TRUE(ask(*model));
    EXPECT_EQ(server.asked().size(), 1u) << "the same turn again comes from the cache";
}

TEST_F(ModelPortTest, UntrueWordsAreNot) {
    for (std::string text : {"The Linen dress costs ¥99.00.", "A lovely silk wool blend dress.", "The Linen dress ships free, guaranteed.", "红色亚麻连衣裙，¥199.00。", "**Linen dress**", "See https://evil.example/", "", "<b>Linen</b>"}) {
        FakeEndpoint server(saying(text));
        plug_in(server);
        auto const words = ask(*model_for(services_, 1));
        EXPECT_THAT(reason(words), testing::AnyOf("model_answer_untrue", "model_answer_unfit")) << text;
    }
}

TEST_F(ModelPortTest, FailingEndpointIsAnErrorAndChangedSettingsCountAtOnce) {
    FakeEndpoint broken([](int, Asked const&, Connection& c) { c.write(answer_of(401, "{}")); });
    FakeEndpoint good(saying("The Linen dress is red."));
    plug_in(broken);
    auto const model = model_for(services_, 1);
    EXPECT_EQ(reason(ask(*model)), "model_key_refused");
    plug_in(good);
    EXPECT_TRUE(ask(*model));
    set("language_model_url", "");
    EXPECT_EQ(reason(ask(*model)), "model_not_configured");
}

TEST_F(ModelPortTest, SlowEndpointIsGivenUp) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { stall(c); });
    plug_in(server);
    EXPECT_EQ(reason(ask(*model_for(services_, 1, {.deadline = std::chrono::milliseconds(60)}))), "model_timeout");
}

TEST_F(ModelPortTest, BudgetOfTheDayHoldsAcrossARestart) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { c.write(std::string(stream_head) + token("The Linen dress is red.") + finish() + usage(2000, 1500) + done()); });
    plug_in(server);
    set("language_model_budget_minor_per_day", "40");  // one call fits; the 3,500 tokens it used cost 35, which leaves too little for another
    EXPECT_TRUE(ask(*model_for(services_, 1)));
    auto const again = ask(*model_for(services_, 1));
    EXPECT_EQ(reason(again), "model_budget_spent");
    set("language_model_prompt_price_minor_per_million", "1");
    set("language_model_answer_price_minor_per_million", "1");
    EXPECT_TRUE(ask(*model_for(services_, 1))) << "at a lower price there is room again";
}

TEST_F(ModelPortTest, WorksWhileTheTurnsTransactionIsOpen) {
    FakeEndpoint server(saying("The Linen dress is red."));
    plug_in(server);
    auto const tx = std::move(*services_.store->write(1));
    EXPECT_TRUE(ask(*model_for(services_, 1)));
}

TEST(ModelPort, PoliciesBasketsAndOrdersAreNeverReworded) {
    shop::Services none;
    auto const model = model_for(none, 1);
    Block quoted{.kind = BlockKind::text, .text = "七天内可退。", .facts = {{.kind = FactKind::policy, .begin = 0, .end = 18}}};
    EXPECT_EQ(reason(model->reword({"退货", Locale::zh, {quoted}})), "nothing_to_reword");
    EXPECT_EQ(reason(model->reword({"x", Locale::zh, {}})), "nothing_to_reword");
    EXPECT_EQ(reason(model->reword({"x", Locale::zh, {{.kind = BlockKind::text, .text = "好"}, {.kind = BlockKind::basket, .basket = BasketView{}}}})), "nothing_to_reword");
}

TEST(ModelPort, PromisesMustStandInTheDraft) {
    std::vector<Block> const draft{{.kind = BlockKind::text, .text = "Free shipping from ¥99."}};
    EXPECT_TRUE(unbacked_promises("It has free shipping.", draft).empty());
    EXPECT_EQ(unbacked_promises("It comes with a WARRANTY.", draft).size(), 1u);
    EXPECT_EQ(unbacked_promises("全场包邮", draft).size(), 1u);
    EXPECT_EQ(unbacked_promises("A fine gift.", draft).size(), 1u);
    EXPECT_TRUE(unbacked_promises("A fine gift.", draft, "gift").empty());
    EXPECT_EQ(unbacked_promises("With a free gift.", draft, "gift").size(), 1u);
}

}  // namespace
}  // namespace kindling::dialogue
