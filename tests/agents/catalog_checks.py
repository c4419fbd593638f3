"""UCP's catalog: search, look-up and product of the flower shop, the examples of the specification, and what must be refused."""
import http.server, json, re, threading
from shop import CAPABILITIES, UcpClient, platform_profile


def codes(answer):
    return [m.get("code") for m in answer.get("messages", [])]


def run(shop, schemas, checks, data, rows):
    profile = platform_profile()
    checks.valid(schemas.errors(profile, "discovery/profile.json#/$defs/platform_profile"), "our platform's profile")
    shop.register("https://platform.example/profile", profile)
    client = UcpClient(shop, schemas, checks)
    that = checks.that

    status, business = client.raw("GET", "/.well-known/ucp", headers={"UCP-Agent": None})
    that(status == 200, "the business' profile is there")
    checks.valid(schemas.errors(business, "discovery/profile.json#/$defs/business_profile"), "the business' profile")
    cache = client.answered.headers["Cache-Control"]
    that("public" in cache and int(re.search(r"max-age=(\d+)", cache)[1]) >= 60 and not re.search("no-store|no-cache|private", cache), f"profiles are cached by anybody for a minute and more: {cache}")
    for name, entries in business["ucp"]["capabilities"].items():
        that(all(e["spec"].startswith("https://ucp.dev/") and e["schema"].startswith("https://ucp.dev/") for e in entries), f"{name} names where it is specified")

    # Every product of the data is found by its title, at its price.
    for r in rows("products.csv"):
        status, answer = client.send("search_catalog", {"query": r["title"]})
        found = [p for p in answer["products"] if p["id"] == r["id"]]
        if that(status == 200 and found, f"search finds {r['title']}"):
            v = found[0]["variants"][0]
            that(v["id"] == r["id"] and v["price"] == {"amount": int(r["price"]), "currency": "USD"} and found[0]["title"] == r["title"] and found[0]["media"][0]["url"] == r["image_url"], f"{r['id']} stands as in the data")
            that(v["availability"]["available"] == (r["id"] != "gardenias"), f"{r['id']} is available as its stock says")
    status, answer = client.send("search_catalog", {"query": "qwertyuiop"})
    that(status == 200 and answer["products"] == [] and "messages" not in answer, "a search without a hit is an empty list without messages")
    status, answer = client.send("search_catalog", {"filters": {"price": {"min": 2500, "max": 3000}}, "context": {"currency": "USD"}})
    that({p["id"] for p in answer["products"]} == {"bouquet_sunflowers", "bouquet_tulips"}, "filters alone browse, prices bound them")
    status, answer = client.send("search_catalog", {"filters": {"price": {"max": 1}}, "context": {"currency": "EUR"}})
    that(len(answer["products"]) == 6 and "filter_ignored" in codes(answer), "a filter in another currency is ignored with a word")
    # What an agent filters by it buys by: nothing beyond it, not even as what comes nearest.
    prices = {r["id"]: int(r["price"]) for r in rows("products.csv")}
    roses = next(r for r in rows("products.csv") if r["id"] == "bouquet_roses")
    for price in ({"max": prices["bouquet_roses"] - 1}, {"min": prices["bouquet_roses"] + 1}, {"max": 1}):
        status, answer = client.send("search_catalog", {"query": roses["title"], "filters": {"price": price}})
        that(status == 200 and all(price.get("min", 0) <= prices[p["id"]] <= price.get("max", 10**9) for p in answer["products"]) and "nearest_listed" not in codes(answer), f"{price} binds what a search lists: {[p['id'] for p in answer['products']]}")
        that(answer["pagination"]["total_count"] >= len(answer["products"]), f"the total is no less than what is listed: {answer['pagination']}")
    status, answer = client.send("search_catalog", {"query": f"{roses['title']} under $1"})
    that("nearest_listed" in codes(answer) and answer["products"] and answer["pagination"]["total_count"] >= len(answer["products"]), f"what words alone bound gives way, and is said to: {codes(answer)}")
    status, answer = client.send("search_catalog", {"filters": {"categories": ["Footwear"]}})
    that(answer["products"] == [], "an unknown category holds nothing")

    # Pages: every product once, in the end no cursor.
    seen, cursor = [], None
    for _ in range(10):
        status, answer = client.send("search_catalog", {"filters": {"price": {"min": 0}}, "pagination": {"limit": 2, **({"cursor": cursor} if cursor else {})}})
        seen += [p["id"] for p in answer["products"]]
        cursor = answer["pagination"].get("cursor")
        if not cursor:
            break
    that(sorted(seen) == sorted(r["id"] for r in rows("products.csv")) and answer["pagination"]["total_count"] == 6, f"pages hold every product once: {seen}")

    status, answer = client.send("lookup_catalog", {"ids": ["bouquet_roses", "pink_wumpus", "orchid_white", "bouquet_roses"]})
    that([p["id"] for p in answer["products"]] == ["bouquet_roses", "orchid_white"] and [m["content"] for m in answer["messages"]] == ["pink_wumpus"], "a look-up tells what it found once and what not")
    that(all(v["inputs"] for p in answer["products"] for v in p["variants"]), "every variant says which id led to it")
    status, answer = client.send("lookup_catalog", {"ids": ["x%d" % i for i in range(51)]})
    that(status == 400 and answer["code"] == "request_too_large", "too many ids are refused by name")
    status, answer = client.send("get_product", {"id": "pink_wumpus"})
    that(status == 200 and answer["ucp"]["status"] == "error" and codes(answer) == ["not_found"], "a product that is not there is an outcome, not a fault")

    # What the protocol does not have is refused in its own words, and never by a page for people.
    for method, path, expected in (("GET", "/ucp/v1/nothing", 404), ("POST", "/ucp/v2/carts", 404), ("GET", "/ucp", 404), ("PUT", "/ucp/v1/carts", 405), ("DELETE", "/ucp/v1/carts/cart_1", 405), ("GET", "/ucp/v1/catalog/search", 405), ("PATCH", "/ucp/v1/checkout-sessions/x/complete", 405), ("GET", "/ucp/v1/carts//cancel", 404), ("GET", "/ucp/v1Xcarts", 404)):
        status, answer = client.raw(method, path)
        that(status == expected and isinstance(answer, dict) and answer.get("code") == ("not_found" if expected == 404 else "method_not_allowed") and answer.get("content") and client.answered.headers["Content-Type"].startswith("application/json"), f"{method} {path} is refused in UCP's words: {status} {str(answer)[:90]}")
        that(expected == 404 or client.answered.headers["Allow"], f"{method} {path} says which methods there are")
    for method, path, expected in (("GET", "/acp/nothing", 404), ("DELETE", "/acp/carts/x", 405), ("DELETE", "/acp/checkout_sessions/x", 405), ("POST", "/acp/feed/products.jsonl", 405), ("DELETE", "/acp/feed/metadata.json", 405)):
        status, answer = client.raw(method, path)
        that(status == expected and isinstance(answer, dict) and answer.get("type") == "invalid_request" and answer.get("message"), f"{method} {path} is refused in ACP's words: {status} {str(answer)[:90]}")
        that(expected == 404 or client.answered.headers["Allow"], f"{method} {path} says which methods there are")

    options(shop, client, that)
    refusals(shop, schemas, checks, client)
    examples(client, that)


def options(shop, client, that):
    variant = lambda sku, colour, size, price, stock: {"sku": sku, "title_en": f"{colour}, Size {size}", "price_minor": price, "stock": stock, "attributes": [{"name": "colour", "text_en": colour}, {"name": "size", "text_en": size}]}
    shop.call("catalog.save_attributes", {"attributes": [{"name": "colour", "name_en": "Color", "name_zh": "颜色"}, {"name": "size", "name_en": "Size", "name_zh": "尺码"}]})
    shop.call("catalog.save_categories", {"categories": [{"category_id": "shoes", "name_en": "Footwear"}, {"category_id": "running", "parent_id": "shoes", "name_en": "Running"}]})
    shop.call("catalog.save_products", {"products": [{"product_id": "runner", "title_en": "Runner Pro", "title_zh": "跑鞋", "category_id": "running", "variants": [
        variant("R-BLU-8", "Blue", "8", 12000, 3), variant("R-BLU-10", "Blue", "10", 12000, 5), variant("R-RED-8", "Red", "8", 12000, 1), variant("R-RED-11", "Red", "11", 15000, 2), variant("R-GRN-8", "Green", "8", 12000, 0)]}]})
    value = lambda product, name, label: next(v for o in product["options"] if o["name"] == name for v in o["values"] if v["label"] == label)
    _, answer = client.send("get_product", {"id": "runner", "selected": [{"name": "Color", "label": "Blue"}], "preferences": ["Color", "Size"]})
    p = answer["product"]
    that([v["id"] for v in p["variants"]] == ["R-BLU-8", "R-BLU-10"] and p["selected"] == [{"name": "Color", "label": "Blue"}], "a choice narrows the variants")
    that(value(p, "Color", "Green")["available"] is False and value(p, "Color", "Green")["exists"] is True and value(p, "Size", "11")["exists"] is False and value(p, "Size", "10") == {"label": "10", "available": True, "exists": True}, "sold out and never made are told apart")
    _, answer = client.send("get_product", {"id": "runner", "selected": [{"name": "Color", "label": "Blue"}, {"name": "Size", "label": "11"}], "preferences": ["Color", "Size"]})
    that(answer["product"]["selected"] == [{"name": "Color", "label": "Blue"}], "what does not go together gives way from the end of the preferences")
    _, answer = client.send("get_product", {"id": "runner", "selected": [{"name": "Color", "label": "Blue"}, {"name": "Size", "label": "11"}], "preferences": ["Size", "Color"]})
    that(answer["product"]["selected"] == [{"name": "Size", "label": "11"}], "preferences say which")
    _, answer = client.send("get_product", {"id": "R-RED-11", "selected": [{"name": "Color", "label": "Blue"}]})
    that(answer["product"]["variants"][0]["id"] == "R-RED-11" and {"name": "Color", "label": "Red"} in answer["product"]["selected"], "a variant's id settles its options")
    _, answer = client.send("get_product", {"id": "runner", "filters": {"price": {"min": 14000}}, "context": {"currency": "USD"}})
    that([v["id"] for v in answer["product"]["variants"]][:1] == ["R-RED-11"], "filters hold for variants")
    _, answer = client.send("lookup_catalog", {"ids": ["R-RED-8", "runner"]})
    inputs = {i["id"]: i["match"] for v in answer["products"][0]["variants"] for i in v["inputs"]}
    that(len(answer["products"]) == 1 and inputs == {"R-RED-8": "exact", "runner": "featured"}, f"ids of one product come together, each with its match: {inputs}")
    _, answer = client.send("lookup_catalog", {"ids": ["runner"], "context": {"language": "zh-CN"}})
    that(answer["products"][0]["title"] == "跑鞋" and answer["products"][0]["options"][0]["name"] == "颜色", "the answer is in the language of the context")
    for name in ("Footwear", "shoes", "Footwear > Running"):
        found = lambda: any(p["id"] == "runner" for p in client.send("search_catalog", {"filters": {"categories": ["Nowhere", name]}})[1]["products"])
        that(bool(shop.wait("the index", found)), f"the category {name} is understood by name and id")


def refusals(shop, schemas, checks, client):
    that = checks.that
    refused = lambda headers={}, body={"query": "x"}: client.raw("POST", "/ucp/v1/catalog/search", body, headers)
    status, answer = refused({"UCP-Agent": None})
    that(status == 400 and answer["code"] == "invalid_profile_url", "who does not say who they are is told how")
    for field in ('profile="ftp://x"', 'profile="http://stranger.example/"', "profile=https://x", 'profile="https://user@stranger.example/"', 'profile="https://x', ""):
        status, answer = refused({"UCP-Agent": field})
        that(status == 400 and answer["code"] == "invalid_profile_url", f"{field!r} is no profile: {status} {answer}")
    # Strangers' profiles come from the public internet only: nobody makes this server knock at its own doors.
    for url in ("https://127.0.0.1:1/p", "https://[::1]/p", "https://10.0.0.8/p", "https://169.254.169.254/latest/meta-data", "https://localhost/p"):
        status, answer = refused({"UCP-Agent": f'profile="{url}"'})
        that(status == 424 and answer["code"] == "profile_unreachable", f"{url} is not knocked at: {status} {answer}")
    shop.register("https://old.example/p", platform_profile(version="2026-01-11"))
    status, answer = refused({"UCP-Agent": 'profile="https://old.example/p"'})
    that(status == 422 and answer["code"] == "version_unsupported" and "2026-04-08" in answer["content"], "another version is refused with ours")
    # The profile of the conformance suite's January snapshot lists capabilities as an array: not what this version's schema allows.
    # Pinned, it is refused at once, with the field; fetched from the address that the owner gave, at the call.
    january = {"ucp": {"version": "2026-04-08", "capabilities": [{"name": "dev.ucp.shopping.order"}]}}
    status, text = shop.ask("agents.save", {"name": "January", "profile_url": "https://january.example/p", "profile": january})
    that(status == 400 and json.loads(text)["error"]["fields"][0]["path"] == "/profile/ucp/services", f"a pinned profile of another shape is refused by its field: {status} {text}")
    class Profile(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200); self.end_headers(); self.wfile.write(json.dumps(january).encode())
        def log_message(self, *a): pass
    there = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Profile)
    threading.Thread(target=there.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{there.server_port}/p"
    shop.register(address)
    status, answer = refused({"UCP-Agent": f'profile="{address}"'})
    that(status == 422 and answer["code"] == "profile_malformed", f"a profile of another shape is refused: {answer}")
    there.shutdown()
    shop.register("https://little.example/p", platform_profile(["dev.ucp.shopping.checkout"]))
    little = UcpClient(shop, schemas, checks, "https://little.example/p")
    status, answer = little.send("search_catalog", {"query": "x"})
    that(status == 200 and answer["ucp"]["status"] == "error" and codes(answer) == ["capabilities_incompatible"], "what is not spoken by both is an outcome of its own")
    shop.register("https://blocked.example/p", platform_profile(), standing="blocked")
    status, answer = refused({"UCP-Agent": 'profile="https://blocked.example/p"'})
    that(status == 403 and answer["code"] == "profile_not_trusted", "whom the owner blocked stays out")
    for body in (b"", b"{", b"[]", b'"x"', {"query": 1}, {"query": "x" * 5000}, {"query": "x", "filters": []}, {"query": "x", "filters": {"price": {"min": -1}}}, {"query": "x", "filters": {"price": {"min": 1e99}}}, {"query": "x", "pagination": {"limit": 0}}, {"query": "x", "filters": {"categories": [1]}}, {"query": "x", "pagination": {"cursor": "forged"}}, {}):
        status, answer = refused(body=body)
        that(status == 400 and answer["code"] and answer["content"], f"{str(body)[:60]} is refused with a reason: {status} {answer}")
    # A limit of its own: a minute's twenty may come at once, the next has to wait for its share of the minute.
    shop.register("https://limited.example/p", platform_profile(), calls_per_minute=20)
    limited = UcpClient(shop, schemas, checks, "https://limited.example/p")
    answers = [limited.send("search_catalog", {"query": "roses"})[0] for _ in range(22)]
    that(answers[:20] == [200] * 20 and answers[-1] == 429 and 1 <= int(limited.answered.headers["Retry-After"]) <= 3, f"an agent's limit holds: {answers}")
    ids = {a["profile_url"]: a["agent_id"] for a in shop.call("agents.list")["agents"]}
    row = shop.wait("the counts", lambda: next((a for a in shop.call("agents.traffic")["agents"] if a["agent"] == ids["https://limited.example/p"] and a["calls"] == 22), None))
    that(row["limited"] == answers.count(429) and row["searches"] == 22, f"the owner sees it: {row}")
    rated = {a["agent"]: a.get("rating") for a in shop.call("agents.traffic")["agents"]}
    finding = rated[ids["https://limited.example/p"]]["findings"][0]
    that(rated[ids["https://limited.example/p"]]["grade"] == "watch" and (finding["kind"], finding["count"], finding["of"]) == ("limited", answers.count(429), 22), f"and how it is rated for it, with the figures: {rated[ids['https://limited.example/p']]}")
    that("unknown" in rated and rated["unknown"] is None, "who did not say who they are is nobody to be rated")


def examples(client, that):
    """The requests of the specification's catalog pages, as they stand there."""
    for name, body in (("search_catalog", {"query": "blue running shoes", "context": {"address_country": "US", "address_region": "CA", "intent": "looking for comfortable everyday shoes"}, "filters": {"categories": ["Footwear"], "price": {"max": 15000}}, "pagination": {"limit": 20}}),
                       ("lookup_catalog", {"ids": ["prod_abc123", "prod_def456"], "context": {"address_country": "US", "language": "es"}}),
                       ("lookup_catalog", {"ids": ["prod_abc123", "prod_invalid", "prod_def456"]}),
                       ("get_product", {"id": "prod_abc123", "selected": [{"name": "Color", "label": "Blue"}], "preferences": ["Color", "Size"], "context": {"address_country": "US"}})):
        status, answer = client.send(name, body)
        that(status == 200, f"the specification's example of {name} is answered: {answer}")
