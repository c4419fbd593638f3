#!/usr/bin/env bash
# What the command line changes beside a running server is in its search, guide and pages at once: on SQLite as on PostgreSQL, other processes'
# commits are heard. Waits for the condition; nothing is asked over HTTP that would change anything.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 - <<'PY'
import json, time, urllib.request
from tests.served_shop import ServedShop
shop = ServedShop("command-line")

def product(number, price):
    return {"product_id": f"mug-{number}", "title_en": f"Harbour mug {number}", "title_zh": f"港湾马克杯{number}", "variants": [{"sku": f"MUG-{number}", "price_minor": price, "stock": 5}]}

def search(words):
    return {h["product_id"]: h["price_minor"] for h in shop.call("dialogue.search", {"query": words, "locale": "en"}, signed=False)["cards"]}

def guide(words):
    return json.dumps(shop.call("dialogue.ask", {"text": words, "locale": "en"}, signed=False))

def page(path):
    return urllib.request.urlopen(shop.address + path, timeout=60).read().decode()

def until(what, holds):
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < 30, what
        time.sleep(0.02)  # a poll for a condition
    return time.monotonic() - begun

try:
    shop.call("catalog.save_products", {"products": [product(1, 5900), product(2, 4900)]})
    assert search("mug") == {"mug-1": 5900, "mug-2": 4900}, search("mug")
    assert "59.00" in guide("Harbour mug 1"), "the guide knows the price before"
    shop.run("catalog", "set_price", "--sku", "MUG-1", "--price_minor", "9900")
    took = [until("the new price in the search", lambda: search("mug").get("mug-1") == 9900)]
    until("the new price at the guide", lambda: "99.00" in guide("Harbour mug 1"))
    assert "59.00" not in guide("Harbour mug 1")
    until("the new price on the page", lambda: "99.00" in page("/en/p/mug-1"))
    with open(shop.folder + "/more.json", "w") as file:
        json.dump({"products": [product(3, 3900)]}, file)
    shop.run("catalog", "save_products", "--input", shop.folder + "/more.json")
    took.append(until("a new product in the search", lambda: search("mug").get("mug-3") == 3900))
    until("a new product at the guide", lambda: "39.00" in guide("Harbour mug 3"))
    shop.run("settings", "update", "--changes", json.dumps([{"name": "shipping_fee_minor", "value": "1234"}]))
    until("the fee on the page", lambda: "12.34" in page("/en/p/mug-1"))
    # And the other way: what the server changes is its own news, heard once; the search stays right.
    shop.call("catalog.set_price", {"sku": "MUG-2", "price_minor": 100})
    assert search("mug")["mug-2"] == 100
finally:
    shop.stop()
print("command line beside a server ok; heard after", ", ".join(f"{t:.2f} s" for t in took))
PY
