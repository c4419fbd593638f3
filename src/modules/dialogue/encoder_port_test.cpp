// An encoder plugged into a real store's settings, played by an endpoint in this process: a text is sent once, what was paid for is kept, personal data stays here.
#include "modules/dialogue/encoder_port.h"
#include "core/json_text.h"
#include "modules/dialogue/setting_for_test.h"
#include "modules/dialogue/test_shop.h"
#include "providers/language/fake_endpoint_for_test.h"
#include "shop/people/people.h"
#include "shop/shop_for_test.h"
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using namespace providers::test;
using testing::HasSubstr, testing::Not;

class EncoderPortTest : public testing::Test {
protected:
    void set(std::string_view name, std::string const& value) { test::change_setting(services_, name, value); }
    void plug_in(FakeEndpoint const& server) {
        set("embedding_model_url", server.url());
        set("embedding_model_name", "e-1");
        set("embedding_model_key", "sk-shop");
        set("embedding_model_text_prefix", "passage: ");
        set("embedding_model_wait_ms", "1000");
    }
    std::shared_ptr<TextEncoding const> current() {
        auto const tx = std::move(*services_.store->read(1));
        auto const found = port_->current(*tx);
        EXPECT_TRUE(found) << found.error().message;
        return found ? *found : nullptr;
    }
    // Each text becomes (its bytes, 1, 0 …); `dimensions` components.
    static std::string measured(std::string const& request, int dimensions = 3) {
        auto const body = parse_json(request).value();
        std::string data;
        int i = 0;
        for (auto const& text : body.at("input").as_array()) {
            data += fmt::format("{}{{\"index\":{},\"embedding\":[{},1", i ? "," : "", i, text.as_string().size());
            for (int k = 2; k < dimensions; ++k) data += ",0";
            data += "]}", ++i;
        }
        return answer_of(200, "{\"data\":[" + data + "],\"usage\":{\"prompt_tokens\":1000}}");
    }
    static int texts_of(FakeEndpoint const& server) {
        int n = 0;
        for (auto const& asked : server.asked()) n += static_cast<int>(parse_json(asked.body).value().at("input").as_array().size());
        return n;
    }

    shop::test::ShopOnDisk shop_{"encoder-port"};
    shop::Services& services_ = shop_.services;
    std::unique_ptr<EncoderPort> port_ = std::make_unique<EncoderPort>(shop_.services);
};

TEST_F(EncoderPortTest, WithoutSettingsThereIsNone) { EXPECT_EQ(current(), nullptr); }

TEST_F(EncoderPortTest, ATextIsSentOnceAlsoAfterARestart) {
    FakeEndpoint server([](int, Asked const& asked, Connection& c) { c.write(measured(asked.body)); });
    plug_in(server);
    std::vector<std::string> products{"linen dress", "wool coat", "linen dress"}, queries{"coat"};
    auto const before = current();
    ASSERT_NE(before, nullptr);
    EXPECT_FALSE(before->query("coat")) << "nothing was learned with it";
    auto first = port_->encode(1, *before, products, queries, {});
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_FALSE(first->problem);
    EXPECT_EQ(first->sent, 3);
    EXPECT_EQ(first->held, 3);
    EXPECT_EQ(texts_of(server), 3);
    EXPECT_THAT(server.asked()[0].head, HasSubstr("Bearer sk-shop"));
    products[1] = "wool coat, long";
    EXPECT_EQ(port_->encode(1, *current(), products, queries, {})->sent, 1);
    EXPECT_EQ(current()->texts->size(), 3u) << "the old text is forgotten";
    port_.reset();
    port_ = std::make_unique<EncoderPort>(services_);
    auto const again = port_->encode(1, *current(), products, queries, {});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->sent, 0);
    // A query that was learned from costs no request, another does.
    auto const asked = texts_of(server);
    EXPECT_TRUE(current()->query("coat"));
    EXPECT_EQ(texts_of(server), asked);
    EXPECT_TRUE(current()->query("hat"));
    EXPECT_EQ(texts_of(server), asked + 1);
    // Another name is another space.
    set("embedding_model_name", "e-2");
    EXPECT_EQ(current()->texts, nullptr);
    EXPECT_EQ(port_->encode(1, *current(), products, queries, {})->sent, 3);
}

TEST_F(EncoderPortTest, AFolderIsRunHereAndGoesBeforeAnAddress) {
    FakeEndpoint server([](int, Asked const& asked, Connection& c) { c.write(measured(asked.body)); });
    plug_in(server);
    auto const models = std::filesystem::path(__FILE__).parent_path() / "../../engines/encoder/test_models", own = services_.folder / "encoders" / "mine";
    std::filesystem::create_directories(own.parent_path());
    std::filesystem::copy(models / "kinds", own);
    set("embedding_model_folder", "mine");
    std::vector<std::string> const products{"blue mug", "kettle"}, queries{"tasse"};
    auto const done = port_->encode(1, *current(), products, queries, {});
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_FALSE(done->problem);
    EXPECT_EQ(done->sent, 3);
    EXPECT_EQ(texts_of(server), 0);
    EXPECT_EQ(current()->texts->dimensions(), 7u);
    EXPECT_TRUE(current()->query("bouilloire"));
    // The same folder with other files is another encoder, and what is wrong with it is said.
    std::ofstream(own / "vocab.txt", std::ios::trunc) << "mug\n";
    EXPECT_EQ(current()->texts, nullptr);
    auto const broken = port_->encode(1, *current(), products, {}, {});
    ASSERT_TRUE(broken && broken->problem);
    EXPECT_EQ(broken->problem->reason, "encoder_vocabulary_invalid");
    EXPECT_THAT(broken->problem->message, HasSubstr("mine/vocab.txt"));
}

TEST_F(EncoderPortTest, PersonalDataStaysHere) {
    FakeEndpoint server([](int, Asked const& asked, Connection& c) { c.write(measured(asked.body)); });
    plug_in(server);
    std::vector<std::string> const products{"a dress; write to li@example.com"}, queries{"dress for 13812345678"};
    ASSERT_TRUE(port_->encode(1, *current(), products, queries, {}));
    EXPECT_TRUE(current()->query("mail me at wu@example.com about a hat"));
    for (auto const& asked : server.asked()) EXPECT_THAT(asked.body, Not(testing::AnyOf(HasSubstr("example.com"), HasSubstr("13812345678"))));
}

TEST_F(EncoderPortTest, WhatWasPaidForIsKeptWhenItEndsEarly) {
    FakeEndpoint server([](int n, Asked const& asked, Connection& c) { c.write(n == 2 ? answer_of(401, R"({"error":{"message":"bad key sk-shop"}})") : measured(asked.body)); });
    plug_in(server);
    std::vector<std::string> products;
    for (int i = 0; i < 100; ++i) products.push_back(fmt::format("product {}", i));
    auto const first = port_->encode(1, *current(), products, {}, {});
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(first->sent, 64);
    ASSERT_TRUE(first->problem);
    EXPECT_EQ(first->problem->reason, "model_key_refused");
    EXPECT_THAT(first->problem->message, testing::AllOf(HasSubstr("embedding_model_key"), Not(HasSubstr("sk-shop"))));
    EXPECT_EQ(port_->encode(1, *current(), products, {}, {})->sent, 36);
}

TEST_F(EncoderPortTest, TheBudgetOfTheDayEndsIt) {
    FakeEndpoint server([](int, Asked const& asked, Connection& c) { c.write(measured(asked.body)); });
    plug_in(server);
    set("embedding_model_budget_minor_per_day", "15");  // a request is counted at 1,000 tokens, which cost 10
    std::vector<std::string> products;
    for (int i = 0; i < 200; ++i) products.push_back(fmt::format("product number {}", i));
    auto const first = port_->encode(1, *current(), products, {}, {});
    ASSERT_TRUE(first && first->problem);
    EXPECT_EQ(first->problem->reason, "model_budget_spent");
    EXPECT_THAT(first->problem->message, HasSubstr("embedding_model_budget_minor_per_day"));
    EXPECT_LT(first->sent, 200);
    EXPECT_GT(first->sent, 0);
}

TEST_F(EncoderPortTest, AnotherModelUnderTheSameNameIsSeen) {
    FakeEndpoint server([](int n, Asked const& asked, Connection& c) { c.write(measured(asked.body, n == 1 ? 3 : 5)); });
    plug_in(server);
    std::vector<std::string> products{"one"};
    ASSERT_TRUE(port_->encode(1, *current(), products, {}, {}));
    products.push_back("two");
    auto const second = port_->encode(1, *current(), products, {}, {});
    ASSERT_TRUE(second && second->problem);
    EXPECT_EQ(second->problem->reason, "wrong_dimension");
    EXPECT_EQ(second->held, 1);
}

TEST_F(EncoderPortTest, ADamagedFileIsMadeAgain) {
    FakeEndpoint server([](int, Asked const& asked, Connection& c) { c.write(measured(asked.body)); });
    plug_in(server);
    std::vector<std::string> const products{"one", "two"};
    ASSERT_TRUE(port_->encode(1, *current(), products, {}, {}));
    port_.reset();
    for (auto const& entry : std::filesystem::directory_iterator(services_.folder / "models")) std::filesystem::resize_file(entry.path(), 40);
    port_ = std::make_unique<EncoderPort>(services_);
    ASSERT_NE(current(), nullptr);
    EXPECT_EQ(port_->encode(1, *current(), products, {}, {})->sent, 2);
}

}  // namespace
}  // namespace kindling::dialogue
