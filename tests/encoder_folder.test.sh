#!/usr/bin/env bash
# A text encoder of the shop's own, in a folder: words that no product has find what is near in its eyes; a text is encoded once; whatever is wrong with its files is said and keeps nobody from searching.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 - <<'PY'
import os, shutil
from tests.served_shop import ServedShop
models = os.path.abspath("src/engines/encoder/test_models")
kinds = ["mug", "kettle", "lamp", "rug", "chair", "towel"]
shop = ServedShop("encoder-folder")
own = shop.data + "/encoders/mine"

call = shop.call

def refused(value): return shop.refused("settings.update", {"changes": [{"name": "embedding_model_folder", "value": value}]})["fields"][0]

def found(query): return {c["product_id"].split("-")[0] for c in call("dialogue.search", {"query": query})["cards"]}
def learn(): return call("dialogue.train_ranking", {})["report"]["encoder"]
def libraries(): return open(f"/proc/{shop.server.pid}/maps").read()

try:
    call("catalog.save_products", {"products": [{"product_id": f"{kind}-{n}", "title_en": f"{colour} {kind}", "variants": [{"sku": f"{kind}-{n}", "price_minor": 1000 + n, "stock": 3}]} for kind in kinds for n, colour in enumerate(("white", "blue", "grey", "green"))]})
    assert found("bouilloire") == set()
    # Only a folder's name, of one that is there.
    for value in ("../..", "/etc", "a/b", "..", ".hidden", "a\\b", "absent"): assert refused(value)["path"] == "/changes/0/value", value
    assert "there is no folder absent" in refused("absent")["message"]
    shutil.copytree(models + "/kinds", own)
    call("settings.update", {"changes": [{"name": "embedding_model_folder", "value": "mine"}, {"name": "embedding_model_wait_ms", "value": "1000"}]})
    report = learn()
    assert report["name"] == "mine" and report["texts"] == report["sent"] == 24 and report["dimensions"] == 7 and not report.get("problem"), report
    assert found("bouilloire") == {"kettle"} and found("tapis") == {"rug"} and found("Tasse!") == {"mug"}, "words that no product has find nothing"
    assert call("dialogue.search", {"query": "bouilloire"})["near_in_meaning"]
    assert found("qqxzzk") == set()
    # After a restart what was learned is there, and nothing is encoded again.
    shop.restart()
    found("white mug")
    assert "libdnnl" not in libraries(), "a server at rest has loaded the encoder's library"
    assert found("fauteuil") == {"chair"}
    assert learn()["sent"] == 0
    # A BERT of two layers in the same folder is another encoder: everything is encoded anew.
    for name in os.listdir(models + "/first"): shutil.copy(f"{models}/first/{name}", own)
    report = learn()
    assert report["sent"] == 24 and report["dimensions"] == 16 and not report.get("problem"), report
    assert found("white mug") == {"mug"}
    # What is wrong is said, with the file's name; the words still find.
    for file, content, reason in (("model.onnx", open(own + "/model.onnx", "rb").read()[:20000], "encoder_file_invalid"), ("vocab.txt", b"a\nb\n", "encoder_vocabulary_invalid"), ("vocab.txt", None, "encoder_file_missing")):
        kept = open(f"{own}/{file}", "rb").read()
        os.remove(f"{own}/{file}")
        if content is not None: open(f"{own}/{file}", "wb").write(content)
        problem = learn()["problem"]
        assert problem.startswith(reason) and f"mine/{file}" in problem, problem
        assert found("white mug") == {"mug"}
        open(f"{own}/{file}", "wb").write(kept)
    shutil.rmtree(own)
    assert "mine: There is no such folder" in learn()["problem"]
    call("settings.update", {"changes": [{"name": "embedding_model_folder", "value": ""}]})
    assert learn()["texts"] == 0 and found("white mug") == {"mug"}
finally:
    shop.stop()
print("encoder folder ok")
PY
