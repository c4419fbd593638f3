#!/usr/bin/env bash
# Likeness in meaning. The shop's own vectors outlive a restart, a kill and damage without learning again. A text encoder plugged in: a text is sent once, words that no product
# has find what is near in its eyes, nobody waits for a slow or dead one, the key is never shown.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 - <<'PY'
import glob, http.server, json, os, re, threading, time
from tests.served_shop import ServedShop
kinds = [("mug", "cup", "tasse"), ("kettle", "boiler", "bouilloire"), ("lamp", "light", "luminaire"), ("rug", "carpet", "tapis"), ("chair", "seat", "fauteuil"), ("towel", "cloth", "serviette")]
sent, pause, heads = [], [0.0], []

def vector(text):  # near where the texts speak of the same kind, whatever the language
    return [0.5] + [1.0 if any(word in text.lower() for word in kind) else 0.0 for kind in kinds]

class Endpoint(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        sent.extend(texts); heads.append(self.headers.get("Authorization"))
        time.sleep(pause[0])
        body = json.dumps({"data": [{"index": i, "embedding": vector(t)} for i, t in enumerate(texts)], "usage": {"prompt_tokens": 10}}).encode()
        self.send_response(200); self.send_header("Content-Type", "application/json"); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def log_message(self, *a): pass

endpoint = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
threading.Thread(target=endpoint.serve_forever, daemon=True).start()
shop = ServedShop("encoder")

call = shop.call

def found(query): return {c["product_id"].split("-")[0] for c in call("dialogue.search", {"query": query})["cards"]}

def product(kind, n, title): return {"product_id": f"{kind}-{n}", "title_en": title, "variants": [{"sku": f"{kind}-{n}", "price_minor": 1000 + n, "stock": 3}]}

try:
    call("catalog.save_products", {"products": [product(kind[0], n, f"{colour} {kind[0]}") for kind in kinds for n, colour in enumerate(("white", "blue", "grey", "green"))]})
    assert found("bouilloire") == set() and not sent
    # What shoppers click for words that nothing is called.
    call("events.record", {"events": [{"kind": "click", "session_id": f"visit_{n}_{k}_{i}", "query": word, "product_id": f"{kind[0]}-{n}", "position": 1} for i, (kind, word) in enumerate(zip(kinds, ("sipper", "stovetop", "lantern", "runner", "throne", "drier"))) for k in range(9) for n in range(4)]})
    call("dialogue.train_ranking", {})
    assert found("stovetop") == {"kettle"} and call("dialogue.search", {"query": "stovetop"})["near_in_meaning"], found("stovetop")
    first = call("dialogue.search", {"query": "stovetop"})["cards"]
    own, = glob.glob(shop.data + "/models/own-1-*")
    made = open(own, "rb").read()
    shop.kill(); shop.start()
    assert call("dialogue.search", {"query": "stovetop"})["cards"] == first and open(own, "rb").read() == made
    shop.kill()
    os.truncate(own, 5000)
    shop.start()
    assert call("dialogue.search", {"query": "stovetop"})["cards"] == first and open(own, "rb").read() == made
    assert re.search(os.path.basename(own) + ".*made anew", shop.log())
    call("settings.update", {"changes": [{"name": "embedding_model_url", "value": f"http://127.0.0.1:{endpoint.server_port}/v1"}, {"name": "embedding_model_name", "value": "e"}, {"name": "embedding_model_key", "value": "sk-very-secret"}, {"name": "embedding_model_wait_ms", "value": "1000"}]})
    report = call("dialogue.train_ranking", {})["report"]["encoder"]
    assert report["texts"] == report["sent"] == len(sent) == 24 and report["dimensions"] == 7 and not report.get("problem"), report
    assert set(heads) == {"Bearer sk-very-secret"}
    assert found("bouilloire") == {"kettle"} and found("tapis") == {"rug"}, "words that no product has find nothing"
    assert call("dialogue.search", {"query": "bouilloire"})["near_in_meaning"]
    assert sent[24:] == ["bouilloire", "tapis"], sent[24:]
    assert found("qqxzzk") == set()
    # Only what changed is sent again; another price is no other text; nothing is sent for a restart.
    call("catalog.save_products", {"products": [product("mug", 0, "white mug, handmade"), product("mug", 1, "blue mug") | {"variants": [{"sku": "mug-1", "price_minor": 7, "stock": 1}]}]})
    sent.clear()
    shop.restart()
    assert found("bouilloire") == {"kettle"}
    report = call("dialogue.train_ranking", {})["report"]["encoder"]
    assert report["sent"] == 1 and [t.split("\n")[0] for t in sent if t != "bouilloire"] == ["white mug, handmade"], sent
    # A slow one is waited for three times at most.
    call("settings.update", {"changes": [{"name": "embedding_model_wait_ms", "value": "100"}]})
    pause[0] = 2.5
    found("white mug")  # reads the shop again after the settings
    begin = time.monotonic()
    for word in ("luminaire", "fauteuil", "serviette", "tasse", "laineux", "nappage", "verrerie", "vaisselle"): assert found(word) == set()
    assert time.monotonic() - begin < 2.2, time.monotonic() - begin
    until = time.monotonic() + 30
    while found("luminaire") != {"lamp"}:  # what came late is kept
        assert time.monotonic() < until
        time.sleep(0.1)
    endpoint.shutdown(); endpoint.server_close()
    begin = time.monotonic()
    for n in range(8): assert found(f"absent{n}") == set()
    assert found("blue mug") and found("luminaire") == {"lamp"}
    assert time.monotonic() - begin < 3
    assert "sk-very-secret" not in json.dumps(call("settings.get", {})) and "sk-very-secret" not in json.dumps(call("audit.list", {}))
finally:
    shop.stop()
print("encoder ok")
PY
