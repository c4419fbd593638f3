#include "gateway/render/registry_check.h"
#include "gateway/render/sample_operations.h"
#include <gmock/gmock.h>

namespace kindling::gateway {

namespace {

using testing::Contains, testing::HasSubstr;

struct Wrong {
    std::string price_minor, silent, password;
    std::int64_t page_size = 0, upside_down = 0;
    static constexpr Field fields[] = {
        {"price_minor", "Price.", "价格。"},
        {"silent", "", "静默。"},
        {.name = "password", .en = "Password.", .zh = "密码。", .secret = true},
        {.name = "page_size", .en = "Rows.", .zh = "行数。", .has_default = true, .min = 1},
        {.name = "upside_down", .en = "Never.", .zh = "无。", .min = 5, .max = 4},
    };
};
BOOST_DESCRIBE_STRUCT(Wrong, (), (price_minor, silent, password, page_size, upside_down))

Result<Wrong> wrong(Context&, Wrong const& in) { return in; }

TEST(RegistryCheck, TheSampleOperationsAreInOrder) { EXPECT_EQ(registry_problems(sample::registry()), std::vector<std::string>{}); }

TEST(RegistryCheck, EveryRuleIsKept) {
    auto const problems = registry_problems(Registry({operation<Wrong, Wrong>({"Wrong.do_it", "0", {"No stop", "没有句号"}, Effect::read, "public", {"Bad Reason", "internal"}}, wrong)}));
    for (auto part : {"its name must be", "\"No stop\" does not end", "\"没有句号\" does not end", "reason Bad Reason", "internal is common", "price_minor must be a whole number", "silent lacks its note", "the secret password is in an answer",
                      "the default of page_size, 0, is outside", "bounds of upside_down", "belong together", "its example does not fit"})
        EXPECT_THAT(problems, Contains(HasSubstr(part))) << part;
}

TEST(RegistryCheck, OneToolForTwoOperationsIsNamed) {
    auto const op = [](std::string_view name) { return operation<Nothing, Nothing>({name, "0", {"A.", "甲。"}, Effect::read, "public"}, sample::forecast); };
    EXPECT_THAT(registry_problems(Registry({op("a.b_c"), op("a_b.c")})), Contains(HasSubstr("same tool")));
}

}  // namespace

}  // namespace kindling::gateway
