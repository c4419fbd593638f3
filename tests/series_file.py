#!/usr/bin/env python3
"""Runs kindling-bench series-file on files that are made here, in both documented shapes, and holds its figures and errors to what is known.

Departments of shops by week, two years known and 39 weeks asked for: sales double where a regressor says so, dates that no series can know by itself. So one model of all that may use
the regressor must be trusted and must beat the engine alone. Counts by month without dates: never a negative quantile, as good as the value a year before. Wrong files: a line
and a reason, exit status 1, no figure.

usage: series_file.py KINDLING_BENCH
"""
import datetime, json, math, pathlib, random, subprocess, sys, tempfile

WRONG = {  # contents, reason
    "empty.csv": ("", "unreadable"),
    "other.csv": ("store;date;sales\n1;2024-01-01;5\n", "unknown_shape"),
    "horizon.csv": ("id,period,frequency,horizon,values\na,12,monthly,0,1,2,3\n", "horizon_out_of_range"),
    "long_horizon.csv": ("id,period,frequency,horizon,values\na,12,monthly,10001,1,2,3\n", "horizon_out_of_range"),
    "frequency.csv": ("id,period,frequency,horizon,values\na,12,fortnightly,2,1,2,3\n", "unknown_frequency"),
    "twice.csv": ("id,period,frequency,horizon,values\na,12,monthly,1,1,2,3\na,12,monthly,1,1,2,3\n", "repeated_id"),
    "word.csv": ("id,period,frequency,horizon,values\na,12,monthly,1,1,two,3\n", "not_a_number"),
    "huge.csv": ("id,period,frequency,horizon,values\na,12,monthly,1,1,1e300,3\n", "number_out_of_range"),
    "date.csv": ("id,date,value\na,2024-01-01,5\na,2024-02-30,6\n", "not_a_date"),
    "again.csv": ("id,date,value\na,2024-01-01,5\na,2024-01-02,6\na,2024-01-02,7\n", "repeated_date"),
    "same_day.csv": ("id,date,value\na,2024-01-01,5\na,2024-01-01,7\n", "repeated_date"),
    "fields.csv": ("id,date,value,price\na,2024-01-01,5\n", "too_few_fields"),
}
FIRST, KNOWN, ASKED = datetime.date(2010, 2, 5), 104, 39


def departments(path):
    draw = random.Random(3)
    busy = [draw.random() < 0.15 for _ in range(KNOWN + ASKED)]
    rows = ["id,date,value,markdown,is_holiday"]
    for d in range(22):
        level, phase = math.exp(draw.gauss(7, 1)), draw.uniform(0, 6.28)
        for week, hot in enumerate(busy):
            if draw.random() < 0.02: continue
            sold = level * (2 if hot else 1) * math.exp(0.3 * math.sin(week * 6.283 / 52 + phase) + draw.gauss(0, 0.1))
            rows.append(f"{d},{FIRST + datetime.timedelta(7 * week)},{-5 if draw.random() < 0.002 else round(sold, 2)},{int(hot)},{'TRUE' if week % 52 in (1, 42) else 'FALSE'}")
    path.write_text("\n".join(rows) + "\n")
    path.with_name(path.name + ".horizon").write_text(f"{ASKED}\n")


def counts(path):
    draw = random.Random(4)
    rows = ["id,period,frequency,horizon,values..."]
    for i in range(40):
        level = math.exp(draw.gauss(1, 1))
        rows.append(f"T{i},12,monthly,12," + ",".join(str(sum(draw.random() < level / 20 for _ in range(20))) for _ in range(84)))
    path.write_text("\n".join(rows) + "\n")


def main():
    faults = []

    def hold(claim, truth):
        if not truth: faults.append(claim)

    def run(path):
        ran = subprocess.run([sys.argv[1], "series-file", "--data", str(path)], capture_output=True, text=True, timeout=600)
        return ran, {line["metric"]: line["value"] for line in map(json.loads, ran.stdout.splitlines())}

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        departments(folder / "departments.csv"), counts(folder / "counts.csv")
        ran, figures = run(folder)
        hold(f"both files are measured ({ran.returncode}: {ran.stderr[-300:]})", ran.returncode == 0)
        hold("figures are finite", all(math.isfinite(v) for v in figures.values()))
        engine, ours, naive = (figures.get(f"mase/departments{who}", 0) for who in ("/engine", "", "/seasonal_naive"))
        hold(f"the model of all is trusted ({figures.get('share_global/departments')})", figures.get("share_global/departments", 0) >= 0.5)
        hold(f"what is known ahead helps ({ours} beside {engine}, {naive})", 0 < ours < 0.75 * engine and ours < naive)
        hold("holidays weigh five times", figures.get("wmae/departments", 0) > 0)
        hold(f"counts are no worse than a year before ({figures.get('mase/counts')})", 0 < figures.get("mase/counts", 9) < figures.get("mase/counts/seasonal_naive", 0))
        hold(f"no band of counts is empty or wild ({figures.get('coverage_95/counts')})", 0.85 < figures.get("coverage_95/counts", 0) <= 1)
        for name, (contents, reason) in WRONG.items():
            bad = folder / "wrong"
            bad.mkdir(exist_ok=True)
            (bad / name).write_text(contents)
            ran, figures = run(bad / name)
            hold(f"{name}: exit status 1 and no figure ({ran.returncode}, {len(figures)})", ran.returncode == 1 and not figures)
            hold(f"{name}: {reason} ({ran.stderr.strip()[-200:]})", f"({reason})" in ran.stderr)
            if name == "same_day.csv": hold(f"{name}: tells the day ({ran.stderr.strip()[-200:]})", "a value of 2024-01-01 in line 2" in ran.stderr)
    for fault in faults: print("FAILED", fault)
    return bool(faults)


sys.exit(main())
