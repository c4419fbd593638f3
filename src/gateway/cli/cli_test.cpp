#include "gateway/cli/command_line.h"
#include "gateway/cli/completion.h"
#include "core/json_text.h"
#include "gateway/render/examples.h"
#include "gateway/render/sample_operations.h"
#include <boost/json.hpp>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>
#include <unistd.h>

namespace kindling::gateway {

namespace {

using testing::HasSubstr, testing::Not;
using Words = std::vector<std::string>;

class Cli : public testing::Test {
protected:
    Registry registry = sample::registry();
    std::string input;
    std::string out, err;
    int connected = 0;
    GlobalOptions connected_with;
    CallOptions called_with;
    json::value sent;
    std::optional<Error> failure;
    CommandCall command_called;

    int run(Words const& words) {
        auto const note = [this](CommandCall const& call, Streams const&) -> Result<int> {
            command_called = call;
            if (failure) return std::unexpected(*failure);
            return 0;
        };
        CommandLine const line(registry, {.version = "1.2.3", .commands = built_in_commands({{"serve", note}, {"import", note}, {"backup", note}, {"export", note}})});
        std::istringstream in(input);
        std::ostringstream o, e;
        auto const code = line.run(words, {in, o, e}, [this](GlobalOptions const& options) -> Result<Execute> {
            ++connected, connected_with = options;
            return Execute([this](std::string_view name, json::value request, CallOptions const& call) -> Result<json::value> {
                sent = request, called_with = call;
                call.progress(1, 2, "half");
                if (failure) return std::unexpected(*failure);
                return sample::execute(registry, name, request);
            });
        });
        out = o.str(), err = e.str();
        return code;
    }
    json::value request(Words words) {
        words.insert(words.begin(), {"orders", "place"});
        sent = nullptr;
        run(words);
        return sent;
    }
    std::string refusal(Words words) {
        words.insert(words.begin(), {"orders", "place"});
        EXPECT_EQ(run(words), 2) << err;
        EXPECT_EQ(connected, 0) << "a command line that is wrong opens nothing";
        return err;
    }
};

TEST_F(Cli, FlagsBecomeTheSameBodyAsOverHttp) {
    EXPECT_EQ(request({"--customer_id", "c1", "--lines", R"([{"sku":"A1","quantity":2}])", "--tip", "0.5", "--gift"}), json::parse(R"({"customer_id":"c1","lines":[{"sku":"A1","quantity":2}],"tip":0.5,"gift":true})"));
    EXPECT_EQ(request({"--customer-id=c1", "--lines.0.sku", "A1", "--lines.1.sku=B2", "--lines.1.quantity", "3"}), json::parse(R"({"customer_id":"c1","lines":[{"sku":"A1"},{"sku":"B2","quantity":3}]})"));
    EXPECT_EQ(request({"--customer_id", "5", "--tags", "a,b", "--tags", "5", "--no-gift"}), json::parse(R"({"customer_id":"5","tags":["a,b","5"],"gift":false})")) << "a text stays a text";
    EXPECT_EQ(request({"--gift", "true", "--note", "", "--extra", R"({"a":[1]})"}), json::parse(R"({"gift":true,"note":"","extra":{"a":[1]}})"));
    EXPECT_EQ(request({"--gift=false", "--extra", "plain", "--tags", R"(["x","y"])"}), json::parse(R"({"gift":false,"extra":"plain","tags":["x","y"]})"));
    EXPECT_EQ(request({"--extra.deep.er", "5", "--note=--gift"}), json::parse(R"({"extra":{"deep":{"er":5}},"note":"--gift"})"));
    EXPECT_EQ(request({"--lines", R"({"sku":"A1"})", "--lines", R"({"sku":"B2"})"}), json::parse(R"({"lines":[{"sku":"A1"},{"sku":"B2"}]})"));
}

TEST_F(Cli, WhatDoesNotReadAsItsTypeIsLeftToTheOneReader) {
    EXPECT_EQ(run({"orders", "place", "--lines.0.sku", "A1", "--lines.0.quantity", "many", "--colour", "green", "--tip", "null"}), 2);
    EXPECT_THAT(err, HasSubstr("--customer_id is required"));
    EXPECT_THAT(err, HasSubstr("--lines.0.quantity expected a whole number"));
    EXPECT_THAT(err, HasSubstr("--colour expected one of"));
    EXPECT_THAT(err, HasSubstr("--tip expected a number"));
}

TEST_F(Cli, InputComesFromAFileOrTheStandardInputAndFlagsOverrideIt) {
    input = R"({"customer_id":"c1","gift":true})";
    EXPECT_EQ(request({"-"}), json::parse(R"({"customer_id":"c1","gift":true})"));
    EXPECT_EQ(request({"--customer_id", "c2", "--input", "-"}), json::parse(R"({"customer_id":"c2","gift":true})"));
    auto const path = testing::TempDir() + "kindling-cli-" + std::to_string(::getpid()) + ".json";
    std::ofstream(path) << R"({"customer_id":"c3"})";
    EXPECT_EQ(request({"--input=" + path}), json::parse(R"({"customer_id":"c3"})"));
    std::remove(path.c_str());
    connected = 0;
    EXPECT_THAT(refusal({"--input", path}), HasSubstr("cannot be read"));
    input = "{";
    EXPECT_THAT(refusal({"-"}), HasSubstr("line 1"));
    input = "[]";
    EXPECT_THAT(refusal({"-"}), HasSubstr("one JSON object"));
}

struct SignIn {
    std::string email, password;
    static constexpr Field fields[] = {{"email", "E-mail.", "邮箱。"}, {.name = "password", .en = "Password.", .zh = "密码。", .secret = true}};
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (email, password))
Result<Nothing> sign_in(Context&, SignIn const&) { return Nothing{}; }

TEST_F(Cli, ASecretMayComeFromTheStandardInput) {
    registry = Registry({operation<SignIn, Nothing>({"users.sign_in", "0", {"Signs in.", "登录。"}, Effect::act, "public"}, sign_in)});
    input = "open sesame\n";
    EXPECT_EQ(run({"users", "sign_in", "--password", "-", "--email", "-"}), 0) << err;
    EXPECT_EQ(sent, json::parse(R"({"password":"open sesame","email":"-"})"));
    input = "";
    EXPECT_EQ(run({"users", "sign_in", "--password", "-", "--email", "a"}), 2);
    EXPECT_THAT(err, HasSubstr("no line for --password"));
    EXPECT_EQ(run({"users", "sign_in", "--help"}), 0);
    EXPECT_THAT(out, HasSubstr("reads it from standard input"));
}

TEST_F(Cli, MistypedWordsAreRefusedWithWhatWasProbablyMeant) {
    EXPECT_THAT(refusal({"--custmer_id", "c"}), HasSubstr("did you mean --customer_id?"));
    EXPECT_THAT(refusal({"--lines.0.skew", "c"}), HasSubstr("no flag --lines.0.skew"));
    EXPECT_THAT(refusal({"--note"}), HasSubstr("needs a value"));
    EXPECT_THAT(refusal({"--note", "--gift"}), HasSubstr("--note=VALUE"));
    EXPECT_THAT(refusal({"stray"}), HasSubstr("stray"));
    EXPECT_THAT(refusal({"--lines", "nonsense"}), HasSubstr("--lines.0.field"));
    EXPECT_THAT(refusal({"--lines.5.sku", "A"}), HasSubstr("skips an entry"));
    EXPECT_THAT(refusal({"--lines.99999999999999999999.sku", "A"}), HasSubstr("skips an entry"));
    EXPECT_THAT(refusal({"--", "x"}), HasSubstr("expected"));
    EXPECT_EQ(run({"orders", "plaec"}), 2);
    EXPECT_THAT(err, HasSubstr("did you mean orders place?"));
    EXPECT_EQ(run({"ordres", "place"}), 2);
    EXPECT_THAT(err, HasSubstr("did you mean orders?"));
    EXPECT_EQ(run({"xyzzy"}), 2);
    EXPECT_THAT(err, HasSubstr("kindling help"));
}

TEST_F(Cli, OptionsOfTheCall) {
    EXPECT_EQ(run({"--shop", "s1", "--locale", "zh", "--data", "/shop", "labels", "print-one", "--label", "a", "--dry-run", "--idempotency-key", "k1", "--store=postgres://x"}), 0) << err;
    EXPECT_EQ(called_with.shop, "s1");
    EXPECT_EQ(called_with.idempotency_key, "k1");
    EXPECT_EQ(called_with.mode, CallMode::dry_run);
    EXPECT_EQ(called_with.locale, Locale::zh);
    EXPECT_EQ(connected_with.data, "/shop");
    EXPECT_EQ(connected_with.store, "postgres://x");
    EXPECT_THAT(err, HasSubstr("试运行"));
    EXPECT_EQ(run({"--locale", "fr", "orders", "place"}), 2);
    EXPECT_EQ(run({"orders.place", "--customer_id", "c", "--lines.0.sku", "A"}), 0) << "the name of the API works too";
}

TEST_F(Cli, EveryKindOfFailureHasItsExitCode) {
    for (auto [code, exit] : {std::pair{Errc::internal, 1}, {Errc::invalid_argument, 2}, {Errc::permission_denied, 3}, {Errc::not_found, 4}, {Errc::conflict, 5}, {Errc::failed_precondition, 6}, {Errc::unavailable, 7}}) {
        failure = Error{code, "some_reason", "It is so.", {{"/lines/0/sku", "r", "is wrong"}}};
        EXPECT_EQ(run({"forecast", "demand"}), exit);
        EXPECT_EQ(out, "");
        EXPECT_EQ(err, "error: It is so. (some_reason)\n  --lines.0.sku is wrong\n");
    }
    EXPECT_EQ(run({"forecast", "demand", "--json"}), 7);
    EXPECT_EQ(json::parse(err).at("error").at("code"), "unavailable");
    EXPECT_EQ(json::parse(err).at("error").at("fields").at(0).at("path"), "/lines/0/sku");
}

TEST_F(Cli, AnswersForPeopleAndForPrograms) {
    EXPECT_EQ(run({"orders", "place", "--customer_id", "c", "--lines.0.sku", "A1"}), 0);
    EXPECT_THAT(out, HasSubstr("total:     CN¥129.00"));
    EXPECT_THAT(out, HasSubstr("placed_at: 2025-11-24T16:00:00.000Z"));
    EXPECT_THAT(out, HasSubstr("  sku  quantity\n  ---  --------\n  A1          1\n"));
    EXPECT_EQ(run({"orders", "place", "--customer_id", "c", "--lines.0.sku", "A1", "--json"}), 0);
    EXPECT_EQ(json::parse(out).at("total_minor"), 12900);
    EXPECT_EQ(err, "");
    EXPECT_EQ(run({"catalogue", "search", "--query", "nothing"}), 0);
    EXPECT_THAT(out, HasSubstr("(none)"));
    EXPECT_EQ(run({"forecast", "demand"}), 0);
    EXPECT_EQ(out, "Done.\n");
}

TEST_F(Cli, HelpComesFromTheDeclarationsAndOpensNoShop) {
    EXPECT_EQ(run({}), 0);
    for (auto part : {"serve", "import", "orders", "place", "--idempotency-key"}) EXPECT_THAT(out, HasSubstr(part));
    for (Words words : {Words{"help", "orders", "place"}, Words{"orders", "place", "--help"}, Words{"orders", "place", "-h", "--lines.0.sku", "A"}}) {
        EXPECT_EQ(run(words), 0) << err;
        for (auto part : {"Places an order.", "--customer_id TEXT", "(required)", "--colour red|blue", "default \"blue\"", "--lines.N.quantity N", "1–9999", "out_of_stock", "kindling orders place --customer_id cus_1"}) EXPECT_THAT(out, HasSubstr(part));
    }
    EXPECT_EQ(run({"--locale", "zh", "help", "orders", "place"}), 0);
    EXPECT_THAT(out, HasSubstr("下单。"));
    EXPECT_THAT(out, HasSubstr("（"));
    EXPECT_EQ(run({"orders"}), 0);
    EXPECT_THAT(out, HasSubstr("Places an order."));
    EXPECT_EQ(run({"help", "import"}), 0);
    EXPECT_THAT(out, HasSubstr("--keep-good"));
    EXPECT_EQ(run({"--version"}), 0);
    EXPECT_EQ(out, "kindling 1.2.3\n");
    EXPECT_EQ(run({"help", "nonsense"}), 2);
    EXPECT_EQ(connected, 0);
}

TEST_F(Cli, TheExampleInTheHelpOfEveryOperationWorks) {
    for (auto const& op : registry.all()) {
        // Split as a POSIX shell does, as far as shell_quoted() goes.
        Words words;
        std::string word;
        bool quoted = false;
        for (char c : example_command(op).substr(9) + " ") {
            if (c == '\'') quoted = !quoted;
            else if (c == ' ' && !quoted) words.push_back(word), word.clear();
            else word += c;
        }
        EXPECT_EQ(run(words), 0) << example_command(op) << err;
        EXPECT_EQ(sent, example_request(op.input())) << example_command(op);
    }
}

TEST_F(Cli, CommandsOfTheProgramItself) {
    EXPECT_EQ(run({"serve", "--demo", "--threads=4"}), 0) << err;
    EXPECT_EQ(command_called.text("listen"), "127.0.0.1:8080");
    EXPECT_EQ(command_called.number("threads"), 4);
    EXPECT_TRUE(command_called.has("demo"));
    EXPECT_EQ(run({"import", "a.csv", "--mapping", "olist", "--dry-run", "--", "--b.csv"}), 0) << err;
    EXPECT_EQ(command_called.words, (Words{"a.csv", "--b.csv"}));
    EXPECT_EQ(command_called.global.mode, CallMode::dry_run);
    EXPECT_EQ(run({"import"}), 2);
    EXPECT_EQ(run({"backup", "a", "b"}), 2);
    EXPECT_EQ(run({"serve", "--thread", "4"}), 2);
    EXPECT_THAT(err, HasSubstr("did you mean --threads?"));
    EXPECT_EQ(run({"serve", "--threads", "four"}), 2);
    EXPECT_EQ(run({"serve", "--threads"}), 2);
    EXPECT_EQ(run({"serve", "--demo=1"}), 2);
    EXPECT_EQ(run({"restore", "x"}), 2) << "the application supplied no function for it";
    failure = Error{Errc::unavailable, "port_taken", "Port 8080 is in use."};
    EXPECT_EQ(run({"serve"}), 7);
    EXPECT_EQ(connected, 0);
}

TEST_F(Cli, AModuleMayNotHaveTheNameOfACommand) {
    Registry const taken({operation<Nothing, Nothing>({"serve.now", "0", {"a", "b"}, Effect::read, "public"}, sample::forecast)});
    EXPECT_THROW(CommandLine(taken, {.commands = built_in_commands({{"serve", {}}})}), std::logic_error);
}

// What bash offers at the end of a line, by its own completion machinery.
std::string bash_offers(std::string const& script, Words words) {
    std::string line = script + "\nCOMP_WORDS=(";
    for (auto const& w : words) line += shell_quoted(w) + " ";
    line += ")\nCOMP_CWORD=" + std::to_string(words.size() - 1) + "\n_kindling\necho \"${COMPREPLY[*]}\"\n";
    auto const path = testing::TempDir() + "kindling-completion-" + std::to_string(::getpid()) + ".sh";
    std::ofstream(path) << line;
    auto* pipe = ::popen(("bash " + path + " 2>&1").c_str(), "r");
    std::string offered;
    char buffer[4096];
    while (auto const n = std::fread(buffer, 1, sizeof buffer, pipe)) offered.append(buffer, n);
    ::pclose(pipe);
    std::remove(path.c_str());
    while (offered.ends_with('\n')) offered.pop_back();
    return offered;
}

TEST_F(Cli, BashCompletesCommandsOperationsFieldsAndValues) {
    if (std::system("bash -c true > /dev/null 2>&1") != 0) GTEST_SKIP() << "needs bash";
    ASSERT_EQ(run({"completion", "bash"}), 0);
    auto const script = out;
    EXPECT_EQ(bash_offers(script, {"kindling", "or"}), "orders");
    EXPECT_EQ(bash_offers(script, {"kindling", "s"}), "serve");
    EXPECT_EQ(bash_offers(script, {"kindling", "orders", ""}), "place");
    EXPECT_EQ(bash_offers(script, {"kindling", "orders", "place", "--cu"}), "--customer_id");
    EXPECT_EQ(bash_offers(script, {"kindling", "orders", "place", "--gift", "--colour", ""}), "red blue");
    EXPECT_EQ(bash_offers(script, {"kindling", "import", "--ma"}), "--mapping");
    EXPECT_EQ(bash_offers(script, {"kindling", "completion", ""}), "bash zsh fish");
    EXPECT_EQ(bash_offers(script, {"kindling", "orders", "place", "--customer_id", ""}), "") << "a value is typed";
    EXPECT_EQ(bash_offers(script, {"kindling", "orders", "place", "--gift", "--no"}), "--note") << "a switch takes none";
}

TEST_F(Cli, OtherShellsReadTheirScripts) {
    for (std::string shell : {"zsh", "fish"}) {
        ASSERT_EQ(run({"completion", shell}), 0);
        EXPECT_THAT(out, HasSubstr("customer_id"));
        if (std::system((shell + " -c true > /dev/null 2>&1").c_str()) != 0) continue;
        auto const path = testing::TempDir() + "kindling-completion-" + std::to_string(::getpid()) + "." + shell;
        std::ofstream(path) << out;
        EXPECT_EQ(std::system((shell + " -n " + path).c_str()), 0) << shell;
        std::remove(path.c_str());
    }
    EXPECT_EQ(run({"completion", "cmd"}), 2);
}

}  // namespace

}  // namespace kindling::gateway
