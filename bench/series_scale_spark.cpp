// The second half of series-scale: one million short series planned under Spark, our engine as what its executors run.
//
// Spark from PyPI (`pyspark`) as local-cluster: a master and two workers, each a process of its own with one core, so that work is scheduled, shipped and collected as on
// several machines. Each partition makes its series (36 months, from a seed), pipes them as lines through `kindling forecast-series` (mean and the 10, 50 and 90 %
// quantiles of six months) and reads the answers; the driver counts answers, refusals, values that are not finite or cross, and sums the plan. Counted from the first task to the last
// answer, without the start of Spark; making the series in Python is timed by a run without the engine. Left out with the reason where python3 (or KINDLING_PYTHON) has
// no pyspark or there is no Java. --series N: N series.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/json_text.h"
#include "series.h"
#include "shop_server.h"

namespace kindling::bench {

namespace {

constexpr const char* program = R"py(
import json, math, random, sys, time
try:
    from pyspark import SparkConf, SparkContext
except ImportError:
    print(json.dumps({"absent": "python3 has no pyspark"})); sys.exit(0)
kindling, count, parts = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
try:
    conf = SparkConf().setMaster("local-cluster[2,1,1024]").setAppName("series-scale").set("spark.ui.enabled", "false").set("spark.driver.bindAddress", "127.0.0.1").set("spark.driver.host", "127.0.0.1")
    spark = SparkContext(conf=conf)
except Exception as e:
    print(json.dumps({"absent": "Spark did not start: " + str(e).splitlines()[0][:200]})); sys.exit(0)
spark.setLogLevel("ERROR")
def make(part, numbers):
    r = random.Random(part)
    wave = [math.sin(6.283185307 * t / 12) for t in range(36)]
    for i in numbers:
        level, slope, height, noise = r.uniform(2, 300), r.uniform(-.01, .01), r.uniform(0, .4), r.uniform(.05, .3)
        yield "%d,12,monthly,6," % i + ",".join([str(max(0, int(level * (1 + slope * t) * (1 + height * wave[t]) * (1 + noise * (2 * r.random() - 1)) + .5))) for t in range(36)])
def read(lines):
    n = refused = bad = 0
    total = 0.0
    for line in lines:
        a = json.loads(line)
        n += 1
        if "error" in a: refused += 1; continue
        total += sum(a["mean"])
        for h, m in enumerate(a["mean"]):
            q = [row[h] for row in a["quantiles"]]
            bad += not (math.isfinite(m) and m >= 0 and q[0] <= q[1] <= q[2])
    yield n, refused, bad, total
series = spark.parallelize(range(count), parts)
series.mapPartitionsWithIndex(lambda p, it: [sum(1 for _ in it)]).sum()
started = time.time()
made = series.mapPartitionsWithIndex(make).count()
making = time.time() - started
started = time.time()
answers = series.mapPartitionsWithIndex(make).pipe(kindling + " forecast-series --horizon 6 --levels 0.1,0.5,0.9", checkCode=True).mapPartitions(read).collect()
seconds = time.time() - started
print(json.dumps({"made": made, "making": making, "seconds": seconds, "answers": sum(a[0] for a in answers), "refused": sum(a[1] for a in answers), "bad": sum(a[2] for a in answers), "total": sum(a[3] for a in answers)}))
spark.stop()
)py";

}  // namespace

void run_series_under_spark(BenchContext& context) {
    ScratchFolder const folder;
    auto const script = folder.path() + "/spark.py";
    std::ofstream(script) << program;
    auto const count = context.series().value_or(1'000'000);
    auto const* const python = std::getenv("KINDLING_PYTHON");
    auto const kindling = (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "kindling").string();
    auto const command = fmt::format("cd '{}' && '{}' spark.py '{}' {} {} 2>spark.log", folder.path(), python != nullptr ? python : "python3", kindling, count, std::clamp<std::size_t>(count / 25'000, 4, 400));
    std::string said;
    if (auto* const pipe = popen(command.c_str(), "r")) {
        char part[512];
        while (std::fgets(part, sizeof part, pipe) != nullptr) said += part;
        pclose(pipe);
    }
    auto const answer = parse_json(said);
    auto const* const o = answer ? answer->if_object() : nullptr;
    if (o == nullptr || o->contains("absent")) {
        fmt::print(stderr, "series-scale: without Spark: {}\n", o != nullptr ? std::string(o->at("absent").as_string()) : "it did not end; its log says: " + read_file(folder.path() + "/spark.log").substr(0, 600));
        return;
    }
    auto const number = [&](std::string_view name) { return o->at(name).to_number<double>(); };
    double const answers = number("answers");
    if (answers != static_cast<double>(count) || number("bad") > 0) give_up({Errc::internal, "bad_forecast", fmt::format("Spark got {} answers to {} series, {} steps of them not finite, negative or crossing.", answers, count, number("bad"))});
    context.report("series/spark", answers, "series", Reference{"goal", 1'000'000});
    context.report("refused/spark", number("refused"), "series", Reference{"goal", 0});
    context.report("seconds/spark", number("seconds"), "s");
    context.report("seconds_making_series/spark", number("making"), "s");
    context.report("series_per_s/spark", answers / number("seconds"), "series/s");
}

}  // namespace kindling::bench
