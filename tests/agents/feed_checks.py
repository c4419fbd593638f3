"""ACP's product feed: the files against their schema, and a push to an agent that holds every message to it, forgets, refuses and comes back."""
import http.client, http.server, json, threading
import protocol_schemas

VERSION = "2026-04-17"


class Agent:
    """The agent's Feed API: keeps feeds, answers as told."""
    def __init__(self, schemas, checks):
        self.feeds, self.requests, self.refuse, self.next_error, self.first_answer, outer = {}, [], 0, None, None, self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.carry_out()

            def do_PATCH(self):
                self.carry_out()

            def carry_out(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append((self.command, self.path, body, dict(self.headers)))
                kind = "CreateFeedRequest" if self.command == "POST" else "UpsertProductsRequest"
                checks.valid(schemas.errors(body, kind), f"the feed's {self.command} {self.path}")
                if outer.refuse:
                    outer.refuse -= 1
                    return self.answer(503, {"type": "service_unavailable", "code": "busy", "message": "later"})
                if outer.next_error:
                    (status, error), outer.next_error = outer.next_error, None
                    return self.answer(status, error)
                if self.command == "POST" and outer.first_answer:
                    answer, outer.first_answer = outer.first_answer, None
                    outer.feeds[answer["id"]] = {}
                    return self.answer(201, answer)
                if self.command == "POST":
                    id = f"feed_{len(outer.requests)}"
                    outer.feeds[id] = {}
                    return self.answer(201, {"id": id, **body})
                id = self.path.split("/")[-2]
                if id not in outer.feeds:
                    return self.answer(404, {"type": "invalid_request", "code": "feed_not_found", "message": "Feed not found", "param": "id"})
                outer.feeds[id].update({p["id"]: p for p in body["products"]})
                self.answer(200, {"id": id, "accepted": True})

            def answer(self, status, body):
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/agents"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def run(shop, _, checks, root, rows):
    schemas = protocol_schemas.Acp(root, "feed", VERSION)
    connection = http.client.HTTPConnection("127.0.0.1", shop.port, timeout=60)

    def read(path):
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    flowers = len(rows("products.csv"))
    shop.call("catalog.save_products", {"products": [{"product_id": f"pot-{i:03}", "title_en": f"Pot {i}", "title_zh": f"花盆 {i}", "variants": [{"sku": f"POT-{i}", "price_minor": 1000 + i, "stock": 20}]} for i in range(240)]})
    products = flowers + 240

    status, text = read("/acp/feed/metadata.json")
    checks.that(status == 200, "the feed's metadata is served")
    checks.valid(schemas.errors(json.loads(text), "FeedMetadata"), "metadata.json")
    for locale in ("en", "zh"):
        status, text = read("/acp/feed/products.jsonl?locale=" + locale)
        lines = [json.loads(line) for line in text.splitlines()]
        checks.that(status == 200 and len(lines) == products, f"products.jsonl has each product on a line ({len(lines)} of {products})")
        for line in lines:
            checks.valid(schemas.errors(line, "Product"), "a line of products.jsonl")
        checks.that(any(line["title"].startswith("花盆") for line in lines) == (locale == "zh"), "the file is in the language asked for")
    skus = {v["id"] for line in lines for v in line["variants"]}
    checks.that({r["id"] for r in rows("products.csv")} <= skus, "variants carry the ids that a checkout takes")

    agent = Agent(schemas, checks)
    target = shop.call("feeds.save_target", {"name": "Agent", "url": agent.url, "shop_url": "https://shop.example", "locale": "en", "country": "US", "key": "a-secret"})["target_id"]
    push = lambda **more: shop.call("feeds.push", {"target_id": target, **more})
    first = push()
    checks.that((first["products"], first["sent"], first["unchanged"], first["requests"]) == (products, products, 0, 1 + -(-products // 100)), f"the first push sends everything, 100 a request: {first}")
    checks.that(set(agent.feeds[first["feed_id"]]) == {line["id"] for line in lines}, "the agent holds every product")
    checks.that(agent.requests[0][2] == {"target_country": "US"} and all(h.get("Authorization") == "Bearer a-secret" and h.get("API-Version") == VERSION for *_, h in agent.requests), "key and version go with each request")
    before = len(agent.requests)
    again = push()
    checks.that((again["sent"], again["unchanged"], len(agent.requests)) == (0, products, before), f"a second push sends nothing: {again}")

    shop.call("catalog.set_price", {"sku": "POT-7", "price_minor": 777})
    shop.call("catalog.archive_product", {"product_id": "pot-008"})
    changed = push()
    held = agent.feeds[first["feed_id"]]
    checks.that((changed["sent"], changed["discontinued"]) == (1, 1) and held["pot-007"]["variants"][0]["price"] == {"amount": 777, "currency": "USD"} and held["pot-008"]["variants"][0]["availability"] == {"available": False, "status": "discontinued"}, f"a changed price and a product no longer sold are told: {changed}")
    checks.that(push()["discontinued"] == 0, "and told once")

    agent.refuse = 1
    shop.call("catalog.set_price", {"sku": "POT-7", "price_minor": 778})
    try:
        push()
        checks.that(False, "a refused push must fail")
    except AssertionError as e:
        checks.that("target_refused" in str(e), f"a refused push says so: {e}")
    checks.that("503" in shop.call("feeds.list_targets")["targets"][0]["note"], "what went wrong is noted with the target")
    checks.that(push()["sent"] == 1 and shop.call("feeds.list_targets")["targets"][0]["note"] == "", "the next push goes on from there")

    agent.feeds.clear()
    shop.call("catalog.set_price", {"sku": "POT-7", "price_minor": 779})
    anew = push()
    checks.that(anew["feed_id"] != first["feed_id"] and set(agent.feeds[anew["feed_id"]]) == {line["id"] for line in lines} - {"pot-008"}, f"an agent that forgot the feed gets a new one with everything: {anew}")
