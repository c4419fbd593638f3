#include "gateway/cli/output.h"
#include "gateway/cli/progress_bar.h"
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <sstream>

namespace kindling::gateway {

namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

std::string shown(std::string_view text, OutputOptions const& options = {}) { return answer_text(json::parse(text), options); }

TEST(Answer, ListsAreTablesWithWideCharactersInLine) {
    EXPECT_EQ(shown(R"({"products":[{"id":"p1","title":"红色连衣裙","stock":5},{"id":"p2","title":"Dress","stock":120}]})"),
              "products:\n"
              "  id  title       stock\n"
              "  --  ----------  -----\n"
              "  p1  红色连衣裙      5\n"
              "  p2  Dress         120\n");
}

TEST(Answer, MoneyIsShownWhereItsCurrencyIsKnown) {
    EXPECT_EQ(shown(R"({"price_minor":12900,"currency":"CNY"})"), "price:    CN¥129.00\ncurrency: CNY\n");
    EXPECT_EQ(shown(R"({"price_minor":12900})"), "price_minor: 12900\n");
    EXPECT_THAT(shown(R"({"currency":"CNY","lines":[{"total_minor":100},{"total_minor":null}]})"), HasSubstr("CN¥1.00")) << "the order's currency holds for its lines";
    EXPECT_THAT(shown(R"([{"total_minor":100,"currency":"CNY"},{"total_minor":200}])"), HasSubstr("total_minor")) << "one row has no currency";
    EXPECT_THAT(shown(R"({"price_minor":12900,"currency":"nonsense"})"), HasSubstr("12900"));
}

TEST(Answer, TimesAndTruthsInWords) {
    EXPECT_EQ(shown(R"({"paid_at_ms":0,"paid":true})"), "paid_at: 1970-01-01T00:00:00.000Z\npaid:    yes\n");
    EXPECT_EQ(shown(R"({"paid":false})", {.locale = Locale::zh}), "paid: 否\n");
    EXPECT_EQ(shown("{}"), "Done.\n");
    EXPECT_EQ(shown(R"({"total":2,"note":"","next_page_token":""})"), "total: 2\nnote:\n");
    EXPECT_EQ(shown(R"({"total":2,"next_page_token":"abc"})"), "total:           2\nnext_page_token: abc\n");
    EXPECT_EQ(shown(R"({"a":[],"b":[1,"x"],"c":null,"d":{"e":1.5}})"), "a: (none)\nb: 1, x\nc: -\nd:\n  e: 1.5\n");
}

TEST(Answer, DaysAreDates) {
    EXPECT_EQ(shown(R"({"today":20783,"facts_until":20784,"days":28,"day":"2026-11-26"})"), "today:       2026-11-26\nfacts_until: 2026-11-27\ndays:        28\nday:         2026-11-26\n");
    EXPECT_EQ(shown(R"({"items":[{"sku":"a","run_out_day":20783,"cover_days":3},{"sku":"b","run_out_day":null,"cover_days":12}]})"),
              "items:\n"
              "  sku  run_out_day  cover_days\n"
              "  ---  -----------  ----------\n"
              "  a    2026-11-26            3\n"
              "  b    -                    12\n");
    EXPECT_EQ(shown(R"({"day":4611686018427387904,"days_of_review":20783})"), "day:            4611686018427387904\ndays_of_review: 20783\n");
}

TEST(Answer, NoTextSteersTheTerminal) {
    auto const text = shown(R"({"title":"\u001b[2Jgone\r\n\u009b1m\u202e","\u001b]0;x":1})");
    for (unsigned char c : text) EXPECT_TRUE(c == '\n' || (c >= 0x20 && c != 0x7f)) << int(c);
    EXPECT_THAT(text, HasSubstr("\\x1b[2Jgone\\x0d\\n\\x9b1m\\u202e"));
    EXPECT_THAT(error_text({Errc::conflict, "r", "\x1b[31m"}), HasSubstr("\\x1b"));
}

TEST(Answer, LongCellsAndLinesAreCutBetweenCharacters) {
    auto const text = shown(R"([{"a":")" + std::string(100, 'x') + R"(","b":"火火火火火火火火火火"}])", {.columns = 60});
    EXPECT_THAT(text, HasSubstr("…"));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(columns_of(line), 60u);
    EXPECT_EQ(cut("火种火种", 5), "火种…");
    EXPECT_EQ(cut("火种", 4), "火种");
    EXPECT_EQ(cut("ab", 1), "…");
}

TEST(Answer, DeepNestingEnds) {
    std::string text;
    for (int i = 0; i < 30; ++i) text += R"({"a":)";
    EXPECT_THAT(shown(text + "1" + std::string(30, '}')), HasSubstr("{\"a\""));
}

TEST(EditDistance, CountsSwapsOnce) {
    EXPECT_EQ(edit_distance("place", "place"), 0u);
    EXPECT_EQ(edit_distance("plaec", "place"), 1u);
    EXPECT_EQ(edit_distance("", "abc"), 3u);
    EXPECT_EQ(nearest("plaec", std::vector<std::string>{"cancel", "place"}), "place");
    EXPECT_EQ(nearest("zzz", std::vector<std::string>{"cancel", "place"}), "");
}

class Bar : public testing::Test {
protected:
    std::chrono::steady_clock::time_point now{};
    std::ostringstream out;
    ProgressBarOptions options(Screen screen) { return {.screen = screen, .columns = 60, .clock = [this] { return now; }}; }
};

TEST_F(Bar, IsOneLineOnATerminalAndLeavesNothing) {
    {
        ProgressBar bar(out, options(Screen::terminal));
        bar.report(1, 200, "reading");
        EXPECT_EQ(out.str(), "") << "quick work stays silent";
        now += 400ms;
        bar.report(74, 200, "reading \x1b[2J");
        now += 50ms;
        bar.report(75, 200, "reading");
        EXPECT_EQ(std::ranges::count(out.str(), '\r'), 1) << "not more than ten times a second";
        now += 50ms;
        bar.report(200, 200, "done");
    }
    EXPECT_THAT(out.str(), HasSubstr("[#######-------------]  37 %  74/200  reading \\x1b[2J"));
    EXPECT_EQ(out.str().find('\n'), std::string::npos);
    EXPECT_TRUE(out.str().ends_with('\r'));
}

TEST_F(Bar, IsALineForEveryTenthInAFile) {
    ProgressBar bar(out, options(Screen::file));
    now += 1s;
    for (int i = 0; i <= 1000; ++i) bar.progress()(i, 1000, "lines");
    EXPECT_EQ(std::ranges::count(out.str(), '\n'), 11);
    EXPECT_THAT(out.str(), HasSubstr("50 %  500/1,000  lines\n"));
}

TEST_F(Bar, WithoutAnEndCountsEveryFiveSeconds) {
    ProgressBar bar(out, options(Screen::file));
    for (int i = 0; i < 200; ++i) now += 100ms, bar.report(i * 1000, 0, "lines");
    EXPECT_EQ(std::ranges::count(out.str(), '\n'), 4);
}

TEST_F(Bar, StaysInItsBounds) {
    EXPECT_EQ(ProgressBar::text(-5, 10, "", 60).substr(0, 22), "[--------------------]");
    EXPECT_EQ(ProgressBar::text(50, 10, "", 60).substr(0, 22), "[####################]");
    EXPECT_LE(columns_of(ProgressBar::text(1, 2, std::string(500, 'x'), 60)), 60u);
}

}  // namespace

}  // namespace kindling::gateway
