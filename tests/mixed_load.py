#!/usr/bin/env python3
"""Everything at once against one server, which is told to stop in the midst of it: for sanitizer builds, which then say what raced or leaked.

Writers, orders, readers, storefront pages, agents, a stream of job events, jobs and imports run side by side until each has done its
share (a count, not a time); then SIGTERM arrives while they go on. Held to: no answer of 5xx before the signal, every answer read
whole, orders that add up with the stock, and a server that ends with 0 (a sanitizer's finding ends it with something else).

usage: mixed_load.py BINARY [--scale N]        N multiplies every share (default 1)
"""
import collections, http.client, json, os, socket, sys, threading, time
from served_shop import ServedShop

os.environ["KINDLING_BINARY"] = sys.argv[1]
scale = int(sys.argv[sys.argv.index("--scale") + 1]) if "--scale" in sys.argv else 1
SHARES = {"save": 10, "order": 20, "read": 60, "page": 24, "agent": 20, "guide": 15, "event": 6, "job": 4, "import": 2, "connect": 60}
DEADLINE_S = 900 * scale
PRODUCTS, STOCK, ROWS = 30, 100_000, 100

shop = ServedShop("load", rate_per_minute=1_000_000)
port, key = shop.port, shop.key

done, problems, lock = collections.Counter(), [], threading.Condition()
stopping = threading.Event()
taken = collections.Counter()  # units that the server acknowledged as ordered, by SKU


def count(kind, problem=None):
    with lock:
        done[kind] += 1
        if problem and not stopping.is_set():
            problems.append(f"{kind}: {problem}")
        lock.notify_all()


class Client:
    """One kept connection; answers are read whole, and a broken one is only forgiven once the server was told to stop."""
    def __init__(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def send(self, method, path, body=None, signed=True, **headers):
        sent = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if signed:
            sent["Authorization"] = "Bearer " + key
        self.connection.request(method, path, body if body is None or isinstance(body, bytes) else json.dumps(body).encode(), sent)
        response = self.connection.getresponse()
        text = response.read()
        if response.status >= 500 and not stopping.is_set():
            raise AssertionError(f"{method} {path}: {response.status} {text[:300]!r}")
        return response.status, text

    def call(self, operation, body, **headers):
        status, text = self.send("POST", "/v1/" + operation.replace(".", "/"), body, **headers)
        return status, json.loads(text)


def product(n, round_):
    return {"product_id": f"p{n}", "title_en": f"Red linen dress {n} of round {round_}", "title_zh": f"红色亚麻连衣裙{n}", "category_id": "dresses", "variants": [{"sku": f"S{n}", "price_minor": 10_000 + n, "stock": STOCK}]}


def save(client, n):
    # Stock is counted by the orders, so the same products are written without it.
    changed = product(n % PRODUCTS, n)
    del changed["variants"][0]["stock"]
    status, answer = client.call("catalog.save_products", {"products": [changed]})
    count("save", None if status == 200 else answer)


def order(client, n):
    sku, quantity = f"S{n % PRODUCTS}", 1 + n % 3
    status, answer = client.call("basket.add", {"sku": sku, "quantity": quantity}, signed=False)
    if status == 200:
        status, answer = client.call("orders.place", {"basket_id": answer["basket_id"], "contact": {"name": "Ann", "address": "1 Road", "email": f"a{n}@example.com"}}, Idempotency_Key=f"{threading.get_ident()}-{n}")
    if status == 200:
        with lock:
            taken[sku] += quantity
    count("order", None if status == 200 else answer)


READS = [("catalog.list_products", {}), ("dialogue.search", {"query": "red dress", "locale": "en"}), ("dialogue.suggest", {"text": "红", "locale": "zh"}), ("orders.list_orders", {}), ("shop.overview", {}),
         ("facts.query", {"table": "order_lines", "group_by": [{"column": "channel"}], "measures": [{"kind": "sum", "column": "amount_minor"}]}), ("audit.list", {}), ("chain.status", {}), ("usage.list", {})]
PAGES = ["/zh/", "/en/", "/en/search?q=red+dress", "/en/p/p1", "/zh/p/p2", "/sitemap.xml", "/metrics", "/openapi.json", "/v1/registry", "/console/", "/healthz", "/no-such-page"]


def read(client, n):
    operation, body = READS[n % len(READS)]
    status, answer = client.call(operation, body)
    count("read", None if status == 200 else f"{operation}: {answer}")


def page(client, n):
    client.send("GET", PAGES[n % len(PAGES)], signed=False, Accept_Encoding="gzip" if n % 2 else "identity")
    count("page")


def agent(client, n):
    message = {"jsonrpc": "2.0", "id": n, "method": "tools/call", "params": {"name": "dialogue.search", "arguments": {"query": "linen", "locale": "en"}}} if n % 2 else {"jsonrpc": "2.0", "id": n, "method": "tools/list"}
    client.send("POST", "/mcp", message, Accept="application/json, text/event-stream")
    count("agent")


def guide(client, n):
    status, answer = client.call("dialogue.ask", {"text": ("a red dress under 200", "想买红色连衣裙", "the cheaper one")[n % 3], "locale": ("en", "zh", "en")[n % 3]}, signed=False)
    count("guide", None if status == 200 else answer)


def job(client, n):
    status, answer = client.call("facts.rebuild", {}, Prefer="respond-async")
    if status != 202:
        return count("job", answer)
    if n % 3 == 2:
        client.call("jobs.cancel", {"job_id": answer["job_id"]})
    while not stopping.is_set():
        _, state = client.call("jobs.get", {"job_id": answer["job_id"]})
        state = state.get("job", state)
        if state["state"] in ("done", "failed", "cancelled"):
            # A rebuild that meets another one says so; that is an answer.
            return count("job", state if state["state"] == "failed" and state["error"].get("reason") != "facts_locked" else None)
        time.sleep(0.05)  # a poll for a condition


def bring_in(client, n):
    rows = "sku,title,price\n" + "".join(f"I{n % 4}-{i},Imported lamp {i},{i + 1}.50\n" for i in range(ROWS))
    form = f'--b\r\nContent-Disposition: form-data; name="file"; filename="goods.csv"\r\nContent-Type: text/csv\r\n\r\n{rows}\r\n--b--\r\n'.encode()
    status, text = client.send("POST", "/v1/files", form, Content_Type="multipart/form-data; boundary=b")
    if status == 200:
        status, answer = client.call("imports.run", {"file_id": json.loads(text)["file_id"], "kind": "products"})
        count("import", None if status == 200 and answer["accepted"] + answer["unchanged"] == ROWS else answer)
    else:
        count("import", text)


def connect(client, n):
    """Strangers who come, ask half a question or none, and leave; a few in a second are enough beside the others."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as s:
        s.sendall((b"", b"GET / HT", b"POST /v1/basket/add HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{", b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", b"\x16\x03\x01\x00nonsense\r\n\r\n")[n % 5])
    count("connect")
    stopping.wait(0.02)


def follow():
    """The stream of job events, opened again and again: one event is one done."""
    while not stopping.is_set():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", "/v1/jobs/events", headers={"Authorization": "Bearer " + key})
        stream, seen = connection.getresponse(), 0
        assert stream.status == 200, stream.status
        while seen < 3 and (line := stream.readline()):
            if line.startswith(b"event: job"):
                seen += 1
                count("event")
        connection.close()


def repeat(work):
    n, client = 0, Client()
    while not stopping.is_set():
        try:
            work(client, n)
        except (OSError, http.client.HTTPException):
            # The server may close a kept connection between two requests; anything more than that is a finding.
            client = Client()
            if not stopping.is_set():
                try: work(client, n)
                except (OSError, http.client.HTTPException) as e:
                    if not stopping.is_set(): count(work.__name__, repr(e))
                    client = Client()
        except Exception as e:
            if stopping.is_set(): return
            count(work.__name__, repr(e))
        n += 1


def guarded(work):
    try: work()
    except Exception as e:
        if not stopping.is_set(): count(work.__name__, repr(e))


def fail(*words):
    print(*words)
    print(shop.log()[-20_000:])
    sys.exit(1)


try:
    first = Client()
    status, answer = first.call("catalog.save_categories", {"categories": [{"category_id": "dresses", "name_en": "Dresses", "name_zh": "连衣裙"}]})
    assert status == 200, answer
    status, answer = first.call("catalog.save_products", {"products": [product(n, 0) for n in range(PRODUCTS)]})
    assert status == 200, answer
    begun = time.monotonic()
    works = [save, order, order, read, read, page, agent, guide, job, bring_in, connect]
    threads = [threading.Thread(target=repeat, args=(w,), daemon=True) for w in works] + [threading.Thread(target=guarded, args=(follow,), daemon=True) for _ in range(3)]
    for t in threads: t.start()
    with lock:
        ready = lock.wait_for(lambda: len(problems) > 20 or shop.server.poll() is not None or all(done[k] >= s * scale for k, s in SHARES.items()), timeout=DEADLINE_S)
    if shop.server.poll() is not None: fail(f"the server ended with {shop.server.returncode} under load")
    behind = {k: f"{done[k]} of {s * scale}" for k, s in SHARES.items() if done[k] < s * scale}
    if not ready or problems: fail("too slow: " + str(behind) if behind else "", dict(done), "\n".join(problems[:20]))
    stopping.set()
    shop.server.terminate()
    code = shop.server.wait(timeout=180)
    for t in threads: t.join(timeout=180)
    if code != 0: fail(f"the server ended with {code}")
    # Acknowledged orders took their units from stock, and nothing else did but what was on its way when the signal came.
    listed = shop.run("catalog", "list_products", "--json", "--category_id", "dresses", "--page_size", "200")
    left = {p["product_id"]: p["stock"] for p in json.loads(listed)["products"]}
    gone = sum(STOCK - left[f"p{n}"] for n in range(PRODUCTS))
    if not 0 <= gone - sum(taken.values()) <= 3 * 2: fail(f"{sum(taken.values())} units were acknowledged and {gone} are gone from stock")
    print(", ".join(f"{k} {done[k]}" for k in SHARES), f"in {time.monotonic() - begun:.0f} s; stopped in the midst of it with 0")
finally:
    if shop.server.poll() is None: shop.kill()
