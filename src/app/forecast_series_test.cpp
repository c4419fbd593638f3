// kindling forecast-series as a pipe sees it: lines in, lines out, refused ones named.
#include "app/forecast_series_command.h"
#include "core/json_text.h"
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <sstream>

namespace kindling::app {
namespace {

struct Ran {
    Result<int> code = 0;
    std::vector<json::object> lines;
    std::string err;
};

Ran run(std::string_view text, std::map<std::string, std::string, std::less<>> values = {}) {
    gateway::CommandCall call{.values = {{"horizon", "4"}, {"levels", "0.1,0.5,0.9"}, {"threads", "2"}}};
    for (auto& [key, value] : values) call.values[key] = value;
    std::istringstream in{std::string(text)};
    std::ostringstream out, err;
    Ran ran{.code = run_forecast_series_command(call, {.in = in, .out = out, .err = err}, {})};
    std::istringstream written(out.str());
    for (std::string line; std::getline(written, line);) ran.lines.push_back(parse_json(line)->as_object());
    ran.err = err.str();
    return ran;
}

TEST(ForecastSeries, AnswersRowsAndObjectsInTheirOrder) {
    std::string text = "id,period,frequency,horizon,values\r\n";
    for (int i = 0; i < 700; ++i) text += std::to_string(i) + ",12,monthly,2,1,2,3,,5,6,7,8,9,10,11,12,13,14\r\n\n";
    text += R"({"id": "last", "values": [0, 3, null, 0, 1, 0, 0, 2], "frequency": "daily"})";
    auto const ran = run(text);
    ASSERT_TRUE(ran.code) << ran.code.error().message;
    EXPECT_EQ(*ran.code, 0);
    ASSERT_EQ(ran.lines.size(), 701U);
    for (std::size_t i = 0; i < 700; ++i) {
        ASSERT_EQ(ran.lines[i].at("id").as_string(), std::to_string(i));
        ASSERT_EQ(ran.lines[i].at("mean").as_array().size(), 2U);
        ASSERT_TRUE(ran.lines[i].at("quantiles") == ran.lines[0].at("quantiles"));
    }
    EXPECT_GT(ran.lines[0].at("mean").at(0).to_number<double>(), 13);
    EXPECT_EQ(to_text(ran.lines[0].at("flags")), "[\"gaps_filled\"]");
    EXPECT_EQ(ran.lines[700].at("mean").as_array().size(), 4U) << "the flag's horizon";
    EXPECT_EQ(ran.lines[700].at("quantiles").as_array().size(), 3U);
}

TEST(ForecastSeries, ReadsWhatSpreadsheetsAndOtherProgramsWrite) {
    std::string const mark = "\xEF\xBB\xBF", values = ",,daily,1,4,8,4,8";
    for (auto const* header : {"id,period,frequency,horizon,values\n", "\"id\",\"period\",\"frequency\",\"horizon\",\"v1\"\n", "\"id\", period\r\n"})
        for (auto const& begin : {std::string(), mark}) {
            auto const ran = run(begin + header + "\"a,b\"" + values + "\n\"say \"\"c\"\"\"" + values + "\n");
            ASSERT_EQ(ran.lines.size(), 2U) << header << ran.err;
            EXPECT_EQ(ran.lines[0].at("id").as_string(), "a,b");
            EXPECT_EQ(ran.lines[1].at("id").as_string(), "say \"c\"");
        }
    EXPECT_EQ(run(mark + "a" + values + "\n").lines.at(0).at("id").as_string(), "a") << "the mark is no part of the first id";
    EXPECT_EQ(run(mark + R"({"id": "o", "values": [1, 2, 3]})").lines.at(0).at("id").as_string(), "o");
    EXPECT_EQ(run("\"a" + values + "\n").lines.at(0).at("error").at("reason").as_string(), "malformed_quotes");
    EXPECT_EQ(run("\"a\"b" + values + "\n").lines.at(0).at("error").at("reason").as_string(), "malformed_quotes");
    EXPECT_EQ(run("b" + values + "\n" + "id,period,daily,1,3\n", {{"keep_good", "true"}}).lines.at(1).at("error").at("reason").as_string(), "not_a_number") << "a header stands at the top";
    for (auto const* levels : {"", " ", "0.1,,0.9", "NaN", "half"}) {
        auto const ran = run("a" + values + "\n", {{"levels", levels}});
        ASSERT_FALSE(ran.code) << levels;
        EXPECT_EQ(ran.code.error().reason, "not_a_number") << levels;
        EXPECT_EQ(ran.code.error().fields.at(0).path, "/levels");
    }
}

TEST(ForecastSeries, AddsNoSumsThatGapsLeaveEmpty) {
    std::string row = "a,12,monthly,3";
    for (int t = 1; t < 28; t += 2) row += "," + std::to_string(t) + ",";
    row += ",29";
    auto const plain = run(row + "\n"), temporal = run(row + "\n", {{"temporal", "true"}});
    ASSERT_EQ(temporal.lines.size(), 1U);
    ASSERT_TRUE(temporal.lines[0].contains("mean")) << to_text(temporal.lines[0]);
    EXPECT_TRUE(temporal.lines[0].at("mean") == plain.lines.at(0).at("mean")) << "no sum is known, so nothing is added";
    // One gap leaves the sums beside it.
    std::string one = "a,4,quarterly,4";
    for (int t = 0; t < 40; ++t) one += t == 10 ? std::string(",") : "," + std::to_string(100 + 2 * t + 20 * (t % 4) + (t * 7919 % 13) * 3);
    EXPECT_FALSE(run(one + "\n", {{"temporal", "true"}}).lines.at(0).at("mean") == run(one + "\n").lines.at(0).at("mean"));
}

TEST(ForecastSeries, TakesMethodsAndNoQuantiles) {
    auto const ran = run("a,1,,1,4,8\n", {{"methods", "naive"}, {"levels", "none"}});
    ASSERT_EQ(ran.lines.size(), 1U);
    EXPECT_EQ(ran.lines[0].at("mean").at(0).to_number<double>(), 8);
    EXPECT_TRUE(ran.lines[0].at("quantiles").as_array().empty());
    EXPECT_EQ(run("a,1,,1,4,8\n", {{"methods", "crystal_ball"}}).code.error().reason, "unknown_value");
}

TEST(ForecastSeries, AddsSumsOverTime) {
    std::string row = "a,4,quarterly,8";
    for (int t = 0; t < 40; ++t) row += "," + std::to_string(100 + 2 * t + 20 * (t % 4) + (t * 7919 % 13) * 3);
    auto const plain = run(row + "\n"), temporal = run(row + "\n", {{"temporal", "true"}});
    ASSERT_EQ(temporal.lines.size(), 1U);
    EXPECT_EQ(temporal.lines[0].at("mean").as_array().size(), 8U);
    EXPECT_NE(to_text(temporal.lines[0].at("mean")), to_text(plain.lines[0].at("mean")));
}

TEST(ForecastSeries, StepsOverWhatIsMissingAtTheEnd) {
    auto const ran = run("a,2,,2,1,9,1,9,1,9,1,9,1,9,,\nb,2,,2,1,9,1,9,1,9,1,9,1,9,1,,\n", {{"levels", "none"}});
    ASSERT_EQ(ran.lines.size(), 2U);
    EXPECT_EQ(to_text(ran.lines[0].at("flags")), "[\"ends_early\"]");
    EXPECT_LT(ran.lines[0].at("mean").at(0).to_number<double>(), ran.lines[0].at("mean").at(1).to_number<double>()) << "two missing: 1 comes next, then 9";
    EXPECT_LT(ran.lines[1].at("mean").at(1).to_number<double>(), ran.lines[1].at("mean").at(0).to_number<double>() + 9) << "three missing: 9 was due, and is over";
}

TEST(ForecastSeries, RefusesLinesByTheirNumber) {
    std::pair<std::string_view, std::string_view> const cases[] = {{"a,12,monthly,2,x", "not_a_number"}, {"a,12,fortnightly,2,1", "unknown_frequency"}, {"a,12,monthly,2", "too_few_fields"}, {"a,12,monthly,2,,", "series_empty"}, {"a,,,20000,1", "horizon_out_of_range"}, {"a,,,10001,1", "horizon_out_of_range"}, {"a,,,0,1", "horizon_out_of_range"}, {"a,,,99999999999999999999999,1", "horizon_out_of_range"}, {"a,2000000,,3,1", "out_of_range"}, {"a,,,1.5,1", "not_a_number"},
                                                                   {"a,,,,inf,1", "series_value"}, {"{", "malformed_json"}, {R"({"values":[1,"2"]})", "not_a_number"}, {R"({"valeus":[1]})", "unknown_field"}, {R"({"values":[1,2,3],"horizon":10001})", "horizon_out_of_range"}};
    for (auto const& [line, reason] : cases) {
        auto const ran = run(std::string("good,,,,1,2,3\n") + std::string(line) + "\nbetter,,,,1,2,3\n", {{"keep_good", "true"}});
        ASSERT_TRUE(ran.code);
        EXPECT_EQ(*ran.code, 2) << line;
        ASSERT_EQ(ran.lines.size(), 3U) << line;
        EXPECT_EQ(ran.lines[1].at("error").at("reason").as_string(), reason) << line;
        EXPECT_EQ(ran.lines[1].at("line").to_number<int>(), 2);
        EXPECT_FALSE(ran.lines[2].contains("error"));
        auto const strict = run(std::string(line) + "\ngood,,,,1,2,3\n");
        EXPECT_EQ(*strict.code, 2);
        EXPECT_EQ(strict.lines.size(), 1U) << "ends at the first line that is refused";
    }
}

TEST(ForecastSeries, RefusesAnIdThatCameBefore) {
    std::string text = "a,,,,1,2,3\n,,,,1,2,3\n,,,,1,2,3\n";
    for (int i = 0; i < 600; ++i) text += std::to_string(i) + ",,,1,1,2,3\n";  // farther than one batch
    text += R"({"id": "a", "values": [5, 6]})";
    auto const ran = run(text, {{"keep_good", "true"}});
    EXPECT_EQ(*ran.code, 2);
    ASSERT_EQ(ran.lines.size(), 604U);
    for (std::size_t i = 0; i < 603; ++i) EXPECT_FALSE(ran.lines[i].contains("error")) << i << ": lines without an id are not the same";
    EXPECT_EQ(ran.lines[603].at("error").at("reason").as_string(), "duplicate_id");
    EXPECT_EQ(ran.lines[603].at("error").at("field").as_string(), "/id");
    EXPECT_EQ(ran.lines[603].at("line").to_number<int>(), 604);
}

TEST(ForecastSeries, TakesReturnsAsZeroUnlessToldOtherwise) {
    std::string row = "a,1,,6";
    for (int t = 0; t < 40; ++t) row += "," + std::to_string(t % 4 == 3 ? -5 : 10 - t % 3);
    auto const demand = run(row + "\n"), any = run(row + "\n", {{"negative", "true"}});
    EXPECT_EQ(to_text(demand.lines[0].at("flags")), "[\"negative_as_zero\"]");
    EXPECT_GE(demand.lines[0].at("quantiles").at(0).at(0).to_number<double>(), 0);
    EXPECT_EQ(to_text(any.lines[0].at("flags")), "[]");
    EXPECT_LT(any.lines[0].at("quantiles").at(0).at(0).to_number<double>(), 0);
}

}  // namespace
}  // namespace kindling::app
