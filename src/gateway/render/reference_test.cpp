#include "gateway/render/reference.h"
#include "core/json_text.h"
#include "gateway/render/sample_operations.h"
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <sstream>

namespace kindling::gateway {

namespace {

using testing::HasSubstr;

std::string text_of(std::string_view path) {
    for (auto const& p : reference_pages(sample::registry()))
        if (p.path == path) return p.text;
    return "";
}

TEST(Reference, HasAPagePerModuleAndLanguageAndTwoIndexes) {
    std::vector<std::string> paths;
    for (auto const& p : reference_pages(sample::registry())) paths.push_back(p.path);
    EXPECT_THAT(paths, testing::ElementsAre("en/README.md", "en/catalogue.md", "en/forecast.md", "en/labels.md", "en/orders.md", "zh/README.md", "zh/catalogue.md", "zh/forecast.md", "zh/labels.md", "zh/orders.md"));
}

TEST(Reference, TellsEverythingOfAnOperation) {
    auto const en = text_of("en/orders.md"), zh = text_of("zh/orders.md");
    for (auto part : {"## orders.place", "Places an order.", "- Effect: `act`", "- Permission: `public`", "- Scenario: 25", "| `lines[].quantity` | whole number | default `1`; 1 … 9999 | Units ordered. |", "| `colour` | `red`, `blue` | default `\"blue\"` |",
                      "**required**; at most 3 entries", "may be absent; 0 … 1", "`out_of_stock`, `customer_not_found`", "/v1/orders/place", "Idempotency-Key", "kindling orders place --customer_id cus_1 --lines '[{\"sku\":\"A1\"}]'", R"({"method":"tools/call","params":{"name":"orders_place")"})
        EXPECT_THAT(en, HasSubstr(part));
    for (auto part : {"下单。", "| `lines[].quantity` | 整数 | 默认 `1`；1 … 9999 | 订购数量。 |", "必填"}) EXPECT_THAT(zh, HasSubstr(part));
    EXPECT_EQ(text_of("en/catalogue.md").find("Idempotency-Key"), std::string::npos) << "a read needs none";
    EXPECT_THAT(text_of("en/forecast.md"), testing::AllOf(HasSubstr("respond-async"), HasSubstr("Authorization: Bearer")));
    EXPECT_EQ(en.find("Authorization"), std::string::npos) << "anyone may place an order";
    EXPECT_THAT(text_of("en/README.md"), HasSubstr("`rate_limited`"));
}

TEST(Reference, NothingInADescriptionIsMarkup) {
    EXPECT_THAT(text_of("en/orders.md"), HasSubstr("text such as \\*/ or \"quotes\" is only text."));
}

// A table that renders: every row has as many cells as its heading.
TEST(Reference, EveryTableIsWhole) {
    for (auto const& page : reference_pages(sample::registry())) {
        std::istringstream lines(page.text);
        std::size_t columns = 0;
        for (std::string line; std::getline(lines, line);) {
            if (!line.starts_with('|')) { columns = 0; continue; }
            std::size_t cells = 0;
            for (std::size_t i = 0; i < line.size(); ++i) cells += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
            if (columns == 0) columns = cells;
            EXPECT_EQ(cells, columns) << page.path << ": " << line;
        }
    }
}

TEST(Reference, EveryLinkToAPageLeadsThere) {
    auto const pages = reference_pages(sample::registry());
    for (auto const& page : pages)
        for (std::size_t at = 0; (at = page.text.find("](", at)) != page.text.npos; ++at) {
            auto target = page.text.substr(at + 2, page.text.find(')', at) - at - 2);
            target = target.substr(0, target.find('#'));
            if (target.empty()) continue;
            auto const folder = page.path.substr(0, 3);
            auto const path = target.starts_with("../") ? target.substr(3) : folder + target;
            EXPECT_TRUE(std::ranges::any_of(pages, [&](auto const& p) { return p.path == path; })) << page.path << " → " << target;
        }
}

}  // namespace

}  // namespace kindling::gateway
