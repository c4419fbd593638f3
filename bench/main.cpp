// kindling-bench: runs one benchmark, or says which there are.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "assortment.h"
#include "agents.h"
#include "bench.h"
#include "facts.h"
#include "forecast_next_need.h"
#include "forecast_promotions.h"
#include "forecast_shop.h"
#include "forecast_signals.h"
#include "forecast_total.h"
#include "forecast_weather.h"
#include "crash.h"
#include "guide.h"
#include "ingest.h"
#include "language.h"
#include "obd.h"
#include "recommend.h"
#include "http.h"
#include "search.h"
#include "segment.h"
#include "series.h"
#include "stock.h"
#include "stock_shop.h"

namespace {

using namespace kindling::bench;

constexpr Bench benches[] = {
    {"assortment", "200 drawn shops: a plan from what the shop sees, paid by the truth, beside the plan that knows the truth", run_assortment},
    {"agents", "search_catalog of the Universal Commerce Protocol through the whole server: p50 and p99 over 5,000 and some 24,000 products", run_agents},
    {"facts", "5 M order lines grouped by region and status; appending; lag of the facts after a commit of 10,000 lines", run_facts},
    {"forecast-next-need", "which category a customer buys next, on nine simulated shops: first guess right, beside the category bought most", run_forecast_next_need},
    {"forecast-promotions", "what knowing planned promotions is worth on three simulated shops: WAPE and bias of the days of goods that are cut", run_forecast_promotions},
    {"forecast-shop", "the forecast of the demo shop and of Online Retail, as planners run it, from several days: WAPE, pinball, coverage by model and level", run_forecast_shop},
    {"forecast-signals", "what searches, requests to the guide, views and baskets tell of the weeks ahead, on simulated shops by rolling origins: WAPE of categories with and without each", run_forecast_signals},
    {"forecast-total", "sums of chosen goods and days (forecast.total) on the demo shop and on Online Retail: coverage and pinball beside parts missed each for itself or all alike",
        run_forecast_total},
    {"forecast-weather", "what knowing the weather is worth, on simulated shops whose sales follow it by 0, 2 and 5 % a degree: WAPE with and without, how often it is followed", run_forecast_weather},
    {"crash", "kill -9 under load, on each store: nothing acknowledged lost, nothing half applied", run_crash},
    {"guide", "written dialogues, zh and en: constraints kept, facts invented, empty ends, time of a turn", run_guide},
    {"guide-acts", "what an utterance of a shopping dialogue does (mg-shopdial), leave one dialogue out: macro-F1 of 12 intents", run_guide_acts},
    {"guide-texts", "written wishes on a catalogue without attributes (amazon-products-24k), zh and en: constraints kept, cards about the wish", run_guide_texts},
    {"http", "an authenticated read over loopback with wrk; a WebSocket echo", run_http},
    {"idle", "resident memory of the server with the demo shop, after start and after 1,000 requests", run_idle},
    {"image-search", "a photo finds photos of its kind (clothing_cc0), five parts: precision@5 beside a colour histogram", run_image_search},
    {"ingest", "order lines a second from a file into SQLite, by the operation that users call", run_ingest},
    {"obd", "a policy's value from another one's log: Open Bandit data, and generated logs whose truth is known; relative errors", run_obd},
    {"own-vectors", "the learned vectors of a shop at its start: made of its texts, and reopened from their file; ms, memory, the same answers", run_own_vectors},
    {"query-category", "the category of products not learned from, by a few words of their titles (amazon-products-24k), beside a linear SVM", run_query_category},
    {"query-attributes", "product, brand, model in shop titles (taobao-title-ner): exact spans on the dev part, beside CRFsuite", run_query_attributes},
    {"query-values", "values of attributes that a few words speak for and do not name, on products not learned from (demo, product-matching), beside a linear SVM", run_query_values},
    {"rec-basket", "the next basket (tafeng-nbr): recall and NDCG at 10, repeats and new goods apart", run_rec_basket},
    {"rec-sequence", "the next purchase among all goods (amazon-s3rec), leave-one-out: NDCG and hit rate at 10, training, a request", run_rec_sequence},
    {"rec-session", "the next click of a visit (yoochoose-100k), every position: hit rate and MRR at 20", run_rec_session},
    {"search-hybrid", "a judged set in the layout of WANDS or ESCI: NDCG of words, vectors, both and the learned order, on queries not learned from", run_search_hybrid},
    {"search-learned-order", "an order of results learned by our LambdaMART and by XGBoost 1.7 on the same rows: NDCG@10 on other queries, training, time, size", run_search_learned_order},
    {"search-match", "product-matching: the title in one shop finds the listing in another (Hit@1); which pairs are the same item (F1)", run_search_match},
    {"review-opinion", "what reviews say of what (zhijiang_opinion, semeval14_absa): spans, category, polarity", run_review_opinion},
    {"search-spelling", "searches with a mistake find what the right ones find (demo, amazon-products-24k), beside Norvig's corrector; right words left alone", run_search_spelling},
    {"search-speed", "latency on amazon-products-24k; throughput, opening and memory on 1,000,000 generated products", run_search_speed},
    {"series-file", "series in files of DIR, or the file DIR (shapes below): errors, coverage and pinball of the last values beside seasonal naive", run_series_file},
    {"series-global", "one boosted model for 1,115 shops by day (rossmann), last 42 days: RMSPE, coverage, seconds", run_series_global},
    {"series-hierarchy", "forecasts that add up: 425 nodes of tourism, 42,840 of generated shops; gain over bottom-up by level", run_series_hierarchy},
    {"series-intermittent", "2,509 spare parts, mostly zeros: RMSE, bias, pinball loss beside TSB and Croston", run_series_intermittent},
    {"series-m3", "M3, 3,003 series: sMAPE over series, over points and at the first step; CPU seconds", run_series_m3},
    {"stock-backtest", "stock replayed on carparts and Online Retail: fill rate, stock beside normal safety stock; simulation of 10,000 goods", run_stock_backtest},
    {"stock-echelon", "where to keep safety stock in 38 real supply chains (willems2008): proven gap, CPU seconds", run_stock_echelon},
    {"stock-exact", "published optima of stock models (inventory_stockpyl): largest error; 24 (s, S) cases, ms", run_stock_exact},
    {"stock-shop", "84 days of the demo shop and of Online Retail played again by the stock plan: fill rate, stock, costs", run_stock_shop},
    {"series-m4", "M4 hourly and weekly: OWA, MSIS and coverage on the official test parts", run_series_m4},
    {"series-scale", "30,490 generated goods by 1,941 days, features to forecasts that add up: seconds, memory; a million series under Spark", run_series_scale},
    {"series-shop", "demand of a real shop by article and day, last 28 days: WAPE and pinball loss", run_series_shop},
    {"series-speed", "series a CPU second: Theta, exponential smoothing, the whole with intervals, monthly and daily", run_series_speed},
    {"segment", "Chinese words: F1 on UDC and SXU, characters a second on shop queries", run_segment},
    {"text-encoder", "a text encoder of six layers run here, beside ONNX Runtime: processor ms a call, memory, agreement", run_text_encoder},
    {"vector-index", "the nearest ten of 100,000 to 1,000,000 generated vectors: every row looked at, and a graph over them; recall, times, bytes", run_vector_index},
};

int usage() {
    fmt::print("kindling-bench NAME [--data DIR] [--horizon STEPS] [--series N]\n\n");
    for (auto const& bench : benches) fmt::print("  {:<16} {}\n", bench.name, bench.what);
    fmt::print("\nFiles for series-file (*.csv, *.csv.gz), told apart by their header; the last values of each series are held back and forecast:\n"
               "  id,period,frequency,horizon,values...  a row a series, oldest value first, empty: missing; frequency yearly quarterly monthly weekly daily hourly or empty;\n"
               "                                         period: values in a season, 1 none, 0 or empty by frequency; horizon: how many are held back, 1 to 10,000\n"
               "  id,date,value[,regressor...]           a row a value, ISO 8601 dates in any order; --horizon STEPS, or the number in FILE.horizon, or 28 are held back;\n"
               "                                         regressors (price, promotion, holiday ...) may be used through the held-back steps\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    std::span const arguments(argv + 1, static_cast<std::size_t>(argc - 1));
    std::string name, data;
    std::optional<std::size_t> horizon, series;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string_view const argument = arguments[i];
        if (argument == "--data" && i + 1 < arguments.size()) data = arguments[++i];
        else if ((argument == "--horizon" || argument == "--series") && i + 1 < arguments.size()) {
            std::string_view const text = arguments[++i];
            std::size_t const most = argument == "--horizon" ? 10'000 : 10'000'000;
            std::size_t number = 0;
            auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error != std::errc{} || end != text.data() + text.size() || number < 1 || number > most) { fmt::print(stderr, "{} {}: give 1 to {}\n", argument, text, most); return 2; }
            (argument == "--horizon" ? horizon : series) = number;
        }
        else if (!argument.starts_with('-') && name.empty()) name = argument;
        else return usage();
    }
    auto const* const bench = std::ranges::find(benches, name, &Bench::name);
    if (bench == std::end(benches)) return usage();
    BenchContext context(name, data, horizon, series);
    bench->run(context);
    return 0;
}
