#!/usr/bin/env python3
"""Runs benchmarks and writes docs/BENCHMARKS.md from their JSON lines.

usage: benchmarks.py BINARY --data DIR [NAME...]   runs these (all when none is named), keeps the others' lines
       benchmarks.py --render                      only writes the page and marked figures again from docs/benchmarks.jsonl
       benchmarks.py --check                       writes nothing and fails where page or figures are not those lines

A figure in prose is marked behind the number, 12.26<!--=series-m3 smape_per_series-->, times a factor where one follows, 20<!--=series-shop pinball_below_tsb *100-->; what is told beside it, .794<!--=series-intermittent rmse beside-->. It is written as precisely as it stands there.
"""
import datetime, json, os, pathlib, platform, re, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINES, PAGE = ROOT / "docs/benchmarks.jsonl", ROOT / "docs/BENCHMARKS.md"
TITLES = {
    "http": "Requests",
    "ingest": "Orders in",
    "search-speed": "Search: speed",
    "search-match": "Search: finding the same product in another shop",
    "search-hybrid": "Search: words, vectors and a learned order",
    "text-encoder": "Search: an own text encoder",
    "search-learned-order": "Search: who learns an order better",
    "vector-index": "Search: the nearest of many vectors",
    "own-vectors": "Search: the learned vectors when a shop starts",
    "query-category": "Search: the category that words mean",
    "query-values": "Search: the values that words speak for",
    "search-spelling": "Search: mistakes of spelling",
    "image-search": "Search by a photo",
    "segment": "Chinese words",
    "query-attributes": "Attributes in shop titles",
    "guide": "The guide",
    "guide-texts": "The guide on catalogues of texts alone",
    "guide-acts": "What a shopper and a guide do",
    "review-opinion": "What reviews say",
    "rec-sequence": "Recommendation: the next purchase",
    "rec-session": "Recommendation: the next click",
    "rec-basket": "Recommendation: the next basket",
    "assortment": "What to sell",
    "agents": "Other people's agents",
    "series-m3": "Forecasts: the M3 competition",
    "series-m4": "Forecasts: hours and weeks of the M4 competition",
    "series-speed": "Forecasts: speed",
    "series-intermittent": "Forecasts: spare parts that seldom sell",
    "series-hierarchy": "Forecasts that add up",
    "series-scale": "Forecasts: a chain of shops, and a million series",
    "series-shop": "Forecasts: articles of a real shop by day",
    "series-global": "Forecasts: one model for many shops",
    "series-file": "Forecasts: series in files",
    "stock-exact": "Stock: published optima reproduced",
    "stock-echelon": "Stock: safety stock in 38 supply chains",
    "stock-backtest": "Stock: replayed on sales that were",
    "stock-shop": "Stock: the past of whole shops played again by the plan",
    "idle": "Memory",
    "crash": "Killed and reopened",
    "facts": "Facts",
    "forecast-next-need": "What a customer needs next, on simulated shops",
    "forecast-promotions": "Forecast: what planned promotions are worth, on simulated shops",
    "forecast-shop": "Forecasts of whole shops, held against what came",
    "forecast-signals": "Forecast: what visitors' signals tell, on simulated shops",
    "forecast-total": "Forecasts of chosen goods together, held against what came",
    "forecast-weather": "Forecast: what knowing the weather is worth, on simulated shops",
}


def names(binary):
    usage = subprocess.run([binary], capture_output=True, text=True).stdout
    return re.findall(r"^  (\S+)", usage, re.M)


def number(value):
    if isinstance(value, float) and value != int(value):
        return f"{value:,.4f}".rstrip("0").rstrip(".") if abs(value) < 100 else f"{value:,.1f}"
    return f"{int(value):,}"


def machine():
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.processor())
    return f"{os.cpu_count()} cores of {cpu}, Debian 12"


def render(lines):
    out = ["# Measured figures", "", "Printed by `kindling-bench NAME --data DIR`, one JSON line a figure (kept in [benchmarks.jsonl](benchmarks.jsonl)); this page is written by `tools/benchmarks.py`.", ""]
    for bench in sorted({l["bench"] for l in lines}, key=lambda b: (list(TITLES).index(b) if b in TITLES else 99, b)):
        own = [l for l in lines if l["bench"] == bench]
        out += [f"## {TITLES.get(bench, bench)} (`{bench}`)", "", f"{own[0].get('machine', '')}, {own[0].get('date', '')}", "", "| metric | value | unit | beside |", "|---|---:|---|---|"]
        for l in own:
            beside = f"{l['reference']}: {number(l['reference_value'])}" if l.get("reference") else ""
            out.append(f"| {l['metric']} | {number(l['value'])} | {l['unit']} | {beside} |")
        out.append("")
    return "\n".join(out)


MARKED = re.compile(r"(?<![\d.,])((?:\d[\d,]*)?\.?\d+)<!--=(\S+) (\S+?)( beside)?(?: \*(\S+))?-->")


def written(value, like):
    """The value as `like` is written: decimals, thousands, without the zero before the point. Signs stand before it in the prose."""
    out = f"{abs(value):,.{len(like.split('.')[1]) if '.' in like else 0}f}"
    return out[1:] if like.startswith(".") and out.startswith("0.") else out


def prose(lines):
    """Texts with marked figures, by file, as they should be; complains of marks that no line answers."""
    values = {(l["bench"], l["metric"], beside): l[key] for l in lines for beside, key in (("", "value"), (" beside", "reference_value")) if key in l}
    out, unknown = {}, []
    for file in sorted([*ROOT.glob("*.md"), *(p for folder in ("src", "bench", "docs", "tests") for p in (ROOT / folder).rglob("*.md"))]):
        text = file.read_text()

        def figure(m):
            value = values.get((m[2], m[3], m[4] or ""))
            if value is None:
                unknown.append(f"{file.relative_to(ROOT)}: no line of {m[2]} tells {m[3]}{m[4] or ''}")
                return m[0]
            return written(value * float(m[5] or 1), m[1]) + m[0][len(m[1]):]

        if "<!--=" in text:
            out[file] = MARKED.sub(figure, text)
            if text.count("<!--=") != len(MARKED.findall(text)):
                unknown.append(f"{file.relative_to(ROOT)}: a mark that is not number<!--=bench metric-->")
    return out, unknown


arguments = sys.argv[1:]
lines = [json.loads(l) for l in LINES.read_text().splitlines()] if LINES.exists() else []
if arguments not in (["--render"], ["--check"]):
    binary, data = arguments[0], arguments[arguments.index("--data") + 1]
    wanted = [a for i, a in enumerate(arguments[1:], 1) if a != "--data" and arguments[i - 1] != "--data"] or names(binary)
    for name in wanted:
        run = subprocess.run([binary, name, "--data", data], capture_output=True, text=True, timeout=3000)
        new = [json.loads(l) for l in run.stdout.splitlines() if l.startswith("{")]
        print(f"{name}: {len(new)} figures" + ("" if run.returncode == 0 else f", ended with {run.returncode}: {run.stderr[-400:]}"))
        if new:
            stamp = {"machine": machine(), "date": datetime.date.today().isoformat()}
            lines = [l for l in lines if l["bench"] != name] + [dict(l, **stamp) for l in new]
    LINES.write_text("".join(json.dumps(l) + "\n" for l in lines))
texts, unknown = prose(lines)
texts[PAGE] = render(lines)
stale = [str(f.relative_to(ROOT)) for f, text in texts.items() if f.read_text() != text]
if arguments == ["--check"]:
    unknown += [f"{f}: figures are not those of docs/benchmarks.jsonl; tools/benchmarks.py --render writes them" for f in stale]
else:
    for file, text in texts.items():
        file.write_text(text)
sys.exit("\n".join(unknown) or 0)
