#!/usr/bin/env bash
# A language model plugged in: true words are used, untrue ones and a dead endpoint leave the built-in words, the key is never shown.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 - <<'PY'
import http.server, json, threading
from tests.served_shop import ServedShop
words, seen = ["The Stoneware mug costs CN¥59.00: have a look."], []

class Endpoint(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        seen.append((self.headers.get("Authorization"), self.rfile.read(int(self.headers["Content-Length"])).decode()))
        body = json.dumps({"id": "1", "object": "chat.completion", "model": "m", "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": words[0]}}], "usage": {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20}}).encode()
        self.send_response(200); self.send_header("Content-Type", "application/json"); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def log_message(self, *a): pass

endpoint = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
threading.Thread(target=endpoint.serve_forever, daemon=True).start()
shop = ServedShop("model")
call, refused = shop.call, shop.refused

def say(text):
    answer = call("dialogue.ask", {"text": text, "locale": "en"})
    return " ".join(b["text"] for b in answer["messages"] if b["kind"] == "text"), [c["product_id"] for b in answer["messages"] for c in b["cards"]]

try:
    call("catalog.save_products", {"products": [{"product_id": "p1", "title_en": "Stoneware mug", "variants": [{"sku": "MUG", "price_minor": 5900, "stock": 3}]}]})
    # Equal requests are answered from a cache, so every case asks in its own words.
    questions = ["a mug", "mug please", "show me a mug", "I want a mug", "any mug?", "a stoneware mug", "mugs"]
    built_in = {q: say(q)[0] for q in questions}
    assert not seen
    call("settings.update", {"changes": [{"name": "language_model_url", "value": f"http://127.0.0.1:{endpoint.server_port}/v1"}, {"name": "language_model_name", "value": "m"}, {"name": "language_model_key", "value": "sk-very-secret"}]})
    # Not asked before it has passed the regression set: here one kept talk.
    assert say("mug, please")[0] and not seen, "a model that was not tried was asked"
    call("dialogue.keep_case", {"conversation_id": call("dialogue.ask", {"text": "a mug for tea", "locale": "en"})["conversation_id"], "name": "tea"})
    words[0] = "It comes with free shipping!"
    error = refused("dialogue.switch_model", {"on": True})
    assert error["reason"] == "model_is_worse" and "0 of 1" in error["message"] and "model_answer_untrue" in error["message"], error
    words[0] = "Have a look."
    error = refused("dialogue.switch_model", {"on": True})
    assert "no talk went better" in error["message"], error
    assert say("mug now")[0] and len(seen) == 2
    words[0] = "The Stoneware mug costs CN¥59.00: have a look."
    trial = call("dialogue.switch_model", {"on": True})
    assert trial["in_use"] and trial["worded"] == trial["words_used"] == 1 and trial["told_by_model"] > trial["told_by_guide"], trial
    trials = call("dialogue.model_trials", {})
    assert trials["in_use"] and [t["passed"] for t in trials["trials"]] == [True, False, False] and trials["trials"][0]["rows"][0]["verdict"] == "same", trials
    seen.clear()
    assert "sk-very-secret" not in json.dumps(call("settings.get", {})) and "sk-very-secret" not in json.dumps(call("audit.list", {}))
    said, cards = say("a mug")
    assert seen and seen[0][0] == "Bearer sk-very-secret", "the endpoint was not asked"
    assert said == words[0] and cards == ["p1"], (said, cards)
    for question, untrue in zip(questions[1:], ("This mug costs only CN¥19.00!", "It comes with free shipping and a lifetime guarantee.", "<script>alert(1)</script>", "", "x" * 5000)):
        words[0] = untrue
        before = len(seen)
        said, cards = say(question)
        assert len(seen) > before and said == built_in[question] and cards == ["p1"], (untrue, said)
    endpoint.shutdown(); endpoint.server_close()
    said, cards = say(questions[6])
    assert said == built_in[questions[6]] and cards == ["p1"], said
    assert "sk-very-secret" not in open(shop.data + "/kindling.db", "rb").read().decode("latin-1"), "the key lies open in the store"
finally:
    shop.stop()
print("model ok")
PY
