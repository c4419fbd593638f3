#!/usr/bin/env bash
# What should stream does: the guide, an operation over the API and a long MCP tool send while they work, against the real binary and a
# model played by this script, which goes on only when what came before has arrived at the client. Also: slow readers, leaving, the end.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 - <<'PY'
import http.client, http.server, json, socket, threading, time
from tests.served_shop import ServedShop
LONG = 20  # seconds after which something that should have come will not

class Model(http.server.BaseHTTPRequestHandler):
    """Streams two sentences; before each it waits for its gate."""
    gates, gone, asked = [], threading.Event(), threading.Event()
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200); self.send_header("Content-Type", "text/event-stream"); self.end_headers()
        Model.asked.set()
        try:
            for gate, words in zip(list(Model.gates), ("The Stoneware mug costs CN¥59.00. ", "Have a look.")):
                until = time.monotonic() + LONG
                while not gate.wait(0.02):
                    assert time.monotonic() < until
                    self.wfile.write(b": waiting\n\n"); self.wfile.flush()
                self.wfile.write(("data: " + json.dumps({"choices": [{"index": 0, "delta": {"content": words}, "finish_reason": None}]}) + "\n\n").encode()); self.wfile.flush()
            self.wfile.write(b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'); self.wfile.flush()
        except OSError:
            Model.gone.set()
    def log_message(self, *a): pass

endpoint = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
threading.Thread(target=endpoint.serve_forever, daemon=True).start()
shop = ServedShop("stream")
port, call = shop.port, shop.call


class Events:
    """A POST whose events are read one by one."""
    def __init__(self, path, body, **headers):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
        self.connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}})
        self.response = self.connection.getresponse()
        self.status, self.type = self.response.status, self.response.headers.get("Content-Type", "")
    def __iter__(self):
        name, data = "message", ""
        for line in self.response:
            line = line.decode().rstrip("\n")
            if line.startswith("event: "): name = line[7:]
            elif line.startswith("data: "): data += line[6:]
            elif not line and data:
                yield name, json.loads(data)
                name, data = "message", ""
    def close(self): self.response.close(); self.connection.close()

def gates(n):
    Model.gates, Model.gone, Model.asked = [threading.Event() for _ in range(n)], threading.Event(), threading.Event()
    return Model.gates

try:
    call("catalog.save_products", {"products": [{"product_id": "p1", "title_en": "Stoneware mug", "title_zh": "炻器杯", "variants": [{"sku": "MUG", "price_minor": 5900, "stock": 3}]}]})

    # Without a model: an operation's parts, then the whole answer; the parts are the answer.
    events = Events("/v1/dialogue/ask", {"text": "a mug", "locale": "en"}, Accept="text/event-stream")
    assert (events.status, events.type) == (200, "text/event-stream"), (events.status, events.type)
    assert events.response.headers["X-Accel-Buffering"] == "no"
    got = list(events)
    names = [name for name, _ in got]
    assert names[0] == "understood" and names[-2:] == ["kept", "done"] and "block" in names, names
    assert [data["block"] for name, data in got if name == "block"] == got[-1][1]["messages"]
    # Every operation can be followed; what can be refused before is, with its status.
    assert [name for name, _ in Events("/v1/dialogue/search", {"query": "mug"}, Accept="text/event-stream")] == ["done"]
    for path, body, status in (("/v1/dialogue/ask", {"text": 5}, 400), ("/v1/no/such", {}, 404), ("/v1/keys/list", {}, 401)):
        events = Events(path, body, Accept="text/event-stream")
        assert events.status == status and events.type.startswith("application/json"), (path, events.status, events.type)
    events = Events("/v1/dialogue/ask", {"text": "a mug"}, Accept="application/json, text/event-stream")
    assert events.type == "application/json", "whoever prefers one body gets one"
    (name, failure), = list(Events("/v1/basket/set", {"basket_id": "no", "sku": "MUG", "quantity": 1}, Accept="text/event-stream"))
    assert name == "error" and failure["error"]["reason"] == "basket_not_found", failure

    # With a model: cards first, words sentence by sentence. The model writes each only when the client has what came before.
    call("settings.update", {"changes": [{"name": "language_model_url", "value": f"http://127.0.0.1:{endpoint.server_port}/v1"}, {"name": "language_model_name", "value": "m"}]})
    call("dialogue.keep_case", {"conversation_id": call("dialogue.ask", {"text": "one mug", "locale": "en"})["conversation_id"], "name": "mug"})
    for gate in gates(2): gate.set()
    assert call("dialogue.switch_model", {"on": True})["in_use"]
    for path, body in (("/v1/dialogue/ask", {"text": "show me a mug", "locale": "en"}), ("/guide/ask", {"text": "some mug", "locale": "en"})):
        first, second = gates(2)
        seen, words = [], ""
        for name, data in Events(path, body, Accept="text/event-stream"):
            seen.append(name)
            if name == "block" and data["block"]["kind"] == "cards":
                assert not words and data["block"]["cards"][0]["product_id"] == "p1"
                first.set()
            if name == "words":
                words += data["text"]
                if data["text"]: second.set()
        assert words == "The Stoneware mug costs CN¥59.00. Have a look.", words
        assert seen[0] == "understood" and seen[-1] == "done", seen

    # A reader who leaves ends the model's call.
    gates(1)
    events = Events("/guide/ask", {"text": "any mug", "locale": "en"})
    for name, data in events:
        if name == "block": break
    assert Model.asked.wait(LONG)
    events.close()
    assert Model.gone.wait(LONG), "the model was still asked after the shopper had left"

    # The basket that a turn makes becomes the browser's by a request from our own page, and by none from elsewhere.
    call("settings.update", {"changes": [{"name": "language_model_url", "value": ""}]})
    got = dict(list(Events("/guide/ask", {"text": "a mug", "locale": "en"})))
    talk = got["done"]["conversation_id"]
    got = list(Events("/guide/ask", {"text": "add it to the basket", "locale": "en", "conversation_id": talk}))
    names = [name for name, _ in got]
    assert names.index("basket") < names.index("block"), names
    basket = dict(got)["basket"]["basket_id"]
    def keep(body, **headers):
        answer = Events("/guide/basket", body, **headers)
        return answer.status, " ".join(answer.response.headers.get_all("Set-Cookie") or [])
    status, cookie = keep({"basket_id": basket})
    assert status == 200 and f"kindling_basket={basket}" in cookie and "HttpOnly" in cookie, (status, cookie)
    assert keep({"basket_id": basket}, Origin="https://evil.example")[0] == 403
    assert "kindling_basket" not in keep({"basket_id": "bas_invented"})[1]

    # MCP over HTTP: a long tool with a progress token answers with events, in both dialects.
    for version in ("2026-07-28", "2025-11-25"):
        meta = {"progressToken": "t"}
        headers = {"Accept": "application/json, text/event-stream", "MCP_Protocol_Version": version, "Authorization": "Bearer " + shop.key}
        if version == "2026-07-28":
            meta |= {"io.modelcontextprotocol/protocolVersion": version, "io.modelcontextprotocol/clientInfo": {"name": "t", "version": "1"}, "io.modelcontextprotocol/clientCapabilities": {}}
            headers |= {"Mcp_Method": "tools/call", "Mcp_Name": "dialogue_ask"}
        call("settings.update", {"changes": [{"name": "language_model_url", "value": f"http://127.0.0.1:{endpoint.server_port}/v1"}]})
        for gate in gates(2): gate.set()
        events = Events("/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "dialogue_ask", "arguments": {"text": "a good mug " + version, "locale": "en"}, "_meta": meta}}, **headers)
        assert events.type == "text/event-stream", events.type
        messages = [data for _, data in events]
        assert [m.get("method") for m in messages] == ["notifications/progress"] * 2 + [None], messages
        assert messages[0]["params"]["message"].strip() == "The Stoneware mug costs CN¥59.00." and messages[0]["params"]["progress"] == 1, messages[0]
        assert messages[-1]["result"]["structuredContent"]["messages"], messages[-1]
        # Closing a modern stream cancels the work.
        if version == "2026-07-28":
            gates(1)
            events = Events("/mcp", {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "dialogue_ask", "arguments": {"text": "one more mug", "locale": "en"}, "_meta": meta}}, **headers)
            assert Model.asked.wait(LONG)
            events.close()
            assert Model.gone.wait(LONG), "a closed stream did not cancel"

    # A reader who reads nothing holds nothing up, and the server ends streams when it stops.
    lazy = socket.create_connection(("127.0.0.1", port))
    lazy.sendall(b"POST /guide/ask HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 35\r\n\r\n" + b'{"text": "lazy mug", "locale":"en" }')
    gates(1)
    events = Events("/guide/ask", {"text": "the last mug", "locale": "en"})
    reader = iter(events)
    while next(reader)[0] != "block": pass
    assert Model.asked.wait(LONG)
    call("catalog.set_price", {"sku": "MUG", "price_minor": 6100})
    shop.server.terminate()
    assert [name for name, _ in reader][-1] == "end", "the stream did not hear why it ends"
    assert Model.gone.wait(LONG), "the model's call outlived the server's stop"
    assert shop.server.wait(timeout=LONG) == 0
finally:
    if shop.server.poll() is None: shop.kill()
log = shop.log()
assert " threw" not in log and "internal" not in log, log
print("streams ok")
PY
