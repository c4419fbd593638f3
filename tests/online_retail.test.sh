#!/usr/bin/env bash
# A real shop's year (UCI Online Retail) brought in by the importer, and then a night of it by the real server: the forecast, the plan of stock and what it was worth beside ordering what was sold,
# booked in the ledger; the same on demand in the morning. Every third good of it, by its code, in two minutes of processor time; KINDLING_WHOLE_YEAR=1 takes all of them in seven. Only where the data
# set is (KINDLING_DATA, or data/ of a folder "shared" beside this one).
set -euo pipefail
cd "$(dirname "$0")/.."
file=${KINDLING_DATA:-../shared/data}/online-retail-uci/online_retail.csv.gz
[ -f "$file" ] || { echo "no night of Online Retail was run: $file is not there (set KINDLING_DATA)"; exit 77; }
exec python3 - "$file" <<'PY'
import csv, datetime, gzip, os, sys, time, zlib
from tests.served_shop import ServedShop
shop = ServedShop("online-retail")
assert shop.stop() == 0
whole = os.environ.get("KINDLING_WHOLE_YEAR") == "1"
file = sys.argv[1] if whole else shop.folder + "/a_third.csv"
if not whole:
    with gzip.open(sys.argv[1], "rt", encoding="utf-8", errors="replace", newline="") as year, open(file, "w", newline="") as third:
        rows, out = csv.reader(year), csv.writer(third)
        out.writerow(head := next(rows))
        out.writerows(row for row in rows if zlib.crc32(row[head.index("StockCode")].upper().encode()) % 3 == 0)
shop.run("import", file, "--mapping", "online-retail", "--quiet")
shop.start()
call = shop.call


def finished(operation, job_id=None, seconds=900):
    """Waits until the newest job of this operation (or this one) is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        jobs = [j for j in call("jobs.list", {"page_size": 100})["jobs"] if j["operation"] == operation and job_id in (None, j["job_id"])]
        assert not any(j["state"] in ("failed", "cancelled") for j in jobs), (operation, jobs)
        if any(j["state"] == "done" for j in jobs): return
        time.sleep(0.5)  # a poll for a condition
    raise AssertionError(f"{operation} was not done in {seconds} s: {call('jobs.list', {})['jobs']}")


# Its night begins now: at this hour of the shop's day. What is not asked about here stays away.
hour = str(datetime.datetime.now(datetime.timezone.utc).hour)
call("settings.update", {"time_zone": "Etc/UTC", "changes": [{"name": "forecast_hour", "value": hour}, {"name": "supply_hour", "value": hour}, {"name": "assortment_hour", "value": "24"}, {"name": "search_learning_hour", "value": "24"}]})
for operation in ("forecast.run", "supply.plan", "supply.book_backtest"): finished(operation)

status = call("forecast.status", {})["newest"]
assert status["goods"] > (2000 if whole else 700) and status["first_day"] == "2011-12-10", status
best = call("forecast.list", {"level": "product", "order": "units", "page_size": 5})["items"]
assert len(best) == 5 and all(i["ahead_28"] > 0 and i["low_28"] <= i["ahead_28"] <= i["high_28"] for i in best), best
outline = call("supply.position", {"page_size": 1})["outline"]
assert outline["items"] > (3000 if whole else 1000) and outline["forecast_day"] and outline["forecast_items"] > 0 and outline["seldom_items"] > 0, outline
assert 0.8 < outline["fill_rate"] <= 1 and outline["currency"] == "GBP", outline
booked = [e for e in call("ledger.list", {"scenario": "8"})["entries"] if e["method"] == "backtest"]
assert len(booked) == 1 and booked[0]["currency"] == "GBP" and booked[0]["amount_minor"] != 0, booked
print("the plan of Online Retail was worth", booked[0]["amount_minor"] / 100, "GBP beside ordering what was sold, in the back-test of the night")

# By day: as often as anybody asks.
for operation in ("forecast.run", "supply.plan"):
    asked = call(operation, {})
    if "job_id" in asked: finished(operation, asked["job_id"])
again = call("forecast.status", {})["newest"]
assert again["run_id"] != status["run_id"] and again["goods"] == status["goods"], again
assert call("supply.position", {"page_size": 1})["outline"]["plan_id"] != outline["plan_id"]
assert len(call("ledger.list", {"scenario": "8"})["entries"]) == 1, "a day is booked once"
assert shop.stop() == 0
PY
