#!/usr/bin/env python3
"""Runs kindling-bench search-hybrid on two small judged sets that are made here, in the layouts of WANDS and of ESCI, and holds its figures to what is known.

Shoppers of the made sets say half of the time a word that no product of the kind has ("couch" for sofas); judges know what was meant. So words alone must miss,
what judgements taught must find, and nothing may be learned from the part of ESCI that is called test.

usage: judged_sets.py KINDLING_BENCH
"""
import csv, json, pathlib, random, subprocess, sys, tempfile

KINDS = {"sofa": "couch", "rug": "carpet", "lamp": "luminaire", "wardrobe": "closet", "curtain": "drape", "bench": "settle"}
STYLES = ["linen", "walnut", "velvet", "brass", "rattan", "marble", "oak", "wool"]
COLOURS = ["green", "grey", "white", "black", "blue"]


def products(draw):
    for i in range(360):
        kind, style, colour = list(KINDS)[i % len(KINDS)], draw.choice(STYLES), draw.choice(COLOURS)
        yield i, kind, style, colour, f"{style} {kind} {colour} {draw.choice(['classic', 'modern', 'rustic'])}"


def queries(draw):
    for q in range(96):
        kind = list(KINDS)[q % len(KINDS)]
        yield q, kind, draw.choice(STYLES), f"{{}} {KINDS[kind] if q % 2 else kind}"


def grade(kind, style, product):
    return 0 if product[1] != kind else 2 if product[2] == style else 1


def write(path, delimiter, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def make(folder):
    draw = random.Random(7)
    goods = list(products(draw))
    asked = [(q, kind, style, text.format(style)) for q, kind, style, text in queries(draw)]
    wands, esci = folder / "made_wands", folder / "made_esci"
    wands.mkdir(), esci.mkdir()
    write(wands / "product.csv", "\t", [["product_id", "product_name", "product_class", "category hierarchy", "product_description", "product_features", "rating_count", "average_rating", "review_count"]] + [[i, title, "", "Home / Living", f"A {colour} piece with \"care\".", f"material : {style}|colour : {colour}", 5, 4.5, 3] for i, _, style, colour, title in goods])
    write(wands / "query.csv", "\t", [["query_id", "query", "query_class"]] + [[q, text, ""] for q, _, _, text in asked])
    names = ["Irrelevant", "Partial", "Exact"]
    write(wands / "label.csv", "\t", [["id", "query_id", "product_id", "label"]] + [[q * 1000 + p[0], q, p[0], names[grade(kind, style, p)]] for q, kind, style, _ in asked for p in goods])
    write(esci / "made_products.csv", ",", [["product_id", "product_title", "product_description", "product_bullet_point", "product_brand", "product_color", "product_locale"]] + [[f"B{p[0]}", p[4], "", p[2], "", p[3], "us"] for p in goods])
    letters = ["I", "S", "E"]
    write(esci / "made_examples.csv", ",", [["example_id", "query", "query_id", "product_id", "product_locale", "esci_label", "split"]] + [[q * 1000 + p[0], text, q, f"B{p[0]}", "us", letters[grade(kind, style, p)], "test" if q // 12 % 3 == 0 else "train"] for q, kind, style, text in asked for p in [p for p in goods if p[1] == kind] + draw.sample([p for p in goods if p[1] != kind], 20)])


def main():
    with tempfile.TemporaryDirectory() as folder:
        make(pathlib.Path(folder))
        ran = subprocess.run([sys.argv[1], "search-hybrid", "--data", folder], capture_output=True, text=True, timeout=600)
        figures = {line["metric"]: line["value"] for line in map(json.loads, ran.stdout.splitlines())}
        faults = [] if ran.returncode == 0 else [f"ended with {ran.returncode}: {ran.stderr[-500:]}"]

        def hold(claim, truth):
            if not truth: faults.append(claim)

        hold("36 of 96 queries are the test part", figures.get("queries_measured_of_test_split/esci_us") == 36)
        hold("all queries of the other set are measured", figures.get("queries_measured_in_five_parts/wands") == 96)
        for name in ("wands", "esci_us"):
            for metric in ("ndcg@10", "ndcg_fixed@10", "best@10"):
                for method in ("words", "vectors_of_texts", "vectors", "hybrid", "learned"):
                    hold(f"{metric}_{method}/{name} is a share", 0 <= figures.get(f"{metric}_{method}/{name}", -1) <= 1)
            words = figures.get(f"ndcg@10_words/{name}", 1)
            hold(f"{name}: words alone miss what is said otherwise", words < 0.9)
            for method in ("hybrid", "learned"): hold(f"{name}: {method} finds more than words ({figures.get(f'ndcg@10_{method}/{name}')}, {words})", figures.get(f"ndcg@10_{method}/{name}", 0) > words + 0.02)
        hold("the judged list is ordered too", 0 < figures.get("ndcg_judged_learned/esci_us", 0) <= 1)
        for fault in faults: print("FAILED", fault)
        if faults: print(ran.stdout)
        return bool(faults)


sys.exit(main())
