"""ACP's checkout sessions and carts, its official examples, and the order messages of both protocols: signed, tried again, told to nobody else."""
import base64, hashlib, hmac, http.client, http.server, json, threading, time, urllib.parse, uuid
from mandate_checks import ec, mandate, Key, verify
from checkout_checks import line, prepared
from shop import CAPABILITIES, Browser, UcpClient, platform_profile
import protocol_schemas

VERSION = "2026-04-17"


class Receiver:
    """An agent's webhook: notes what comes, answers 500 to the first of each id."""
    def __init__(self):
        self.got, self.seen, outer = [], set(), self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                id = self.headers.get("Webhook-Id") or self.headers.get("Request-Id")
                outer.got.append((self.path, dict(self.headers), body))
                first = id not in outer.seen
                outer.seen.add(id)
                self.send_response(500 if first else 200)
                self.end_headers()

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of(self, path):
        return [(h, json.loads(b), b) for p, h, b in self.got if p == path]


class AcpClient:
    REQUESTS = {"create": "CheckoutSessionCreateRequest", "update": "CheckoutSessionUpdateRequest", "complete": "CheckoutSessionCompleteRequest", "cancel": "CancelSessionRequest"}

    def __init__(self, shop, root, checks, key):
        self.shop, self.checks, self.key = shop, checks, key
        self.schemas, self.carts = protocol_schemas.Acp(root, "agentic_checkout", VERSION), protocol_schemas.Acp(root, "cart", VERSION)
        self.carts.document["$defs"].update(self.schemas.document["$defs"])
        self.carts.document = json.loads(json.dumps(self.carts.document).replace("schema.agentic_checkout.json#", "#"))
        self.connection = http.client.HTTPConnection("127.0.0.1", shop.port, timeout=60)

    def raw(self, method, path, body=None, headers={}):
        sent = {"Content-Type": "application/json", "Authorization": "Bearer " + self.key, "API-Version": VERSION, **({"Idempotency-Key": str(uuid.uuid4())} if method == "POST" else {}), **headers}
        self.connection.request(method, path, body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode(), {k: v for k, v in sent.items() if v is not None})
        response = self.connection.getresponse()
        text = response.read()
        self.answered = response
        return response.status, json.loads(text)

    def send(self, what, body=None, id="", valid=True, headers={}):
        method, path = {"create": ("POST", "/checkout_sessions"), "get": ("GET", f"/checkout_sessions/{id}"), "update": ("POST", f"/checkout_sessions/{id}"), "complete": ("POST", f"/checkout_sessions/{id}/complete"), "cancel": ("POST", f"/checkout_sessions/{id}/cancel"),
                        "create_cart": ("POST", "/carts"), "get_cart": ("GET", f"/carts/{id}"), "update_cart": ("PUT", f"/carts/{id}"), "cancel_cart": ("POST", f"/carts/{id}/cancel")}[what]
        if valid and body is not None and what in self.REQUESTS:
            self.checks.valid(self.schemas.errors(body, self.REQUESTS[what]), f"ACP's request to {what}")
        if valid and body is not None and what in ("create_cart", "update_cart"):
            self.checks.valid(self.carts.errors(body, "CartCreateRequest" if what == "create_cart" else "CartUpdateRequest"), f"ACP's request to {what}")
        status, answer = self.raw(method, "/acp" + path, body if body is not None or method == "GET" else {}, headers)
        if status >= 400:
            self.checks.valid(self.schemas.errors(answer, "Error"), f"ACP's error of {what} ({status})")
        elif "cart" in what:
            self.checks.valid(self.carts.errors(answer, "Cart"), f"ACP's answer of {what}")
        else:
            self.checks.valid(self.schemas.errors(answer, "CheckoutSessionWithOrder" if what == "complete" else "CheckoutSession"), f"ACP's answer of {what}")
        return status, answer


def run(shop, schemas, checks, root, rows):
    that = checks.that
    receiver = Receiver()
    shop.call("settings.update", {"changes": [{"name": "test_payment", "value": "1"}, {"name": "policy_returns_en", "value": "Thirty days."}]})
    key = shop.call("keys.create", {"name": "acp agent", "role": "agent"})
    shop.call("agents.save", {"name": "Chat", "key_id": key["key_id"], "webhook_url": receiver.url + "/acp", "webhook_secret": "whsec_test"})
    client = AcpClient(shop, root, checks, key["secret"])
    status, found = client.raw("GET", "/.well-known/acp.json", headers={"Authorization": None, "API-Version": None})
    checks.valid(client.schemas.errors(found, "DiscoveryResponse"), "ACP's discovery document")
    that(found["protocol"]["version"] == VERSION and "max-age=3600" in client.answered.headers["Cache-Control"] and "public" in client.answered.headers["Cache-Control"], "found by anybody, kept for an hour")

    details = {"name": "Jane Doe", "email": "jane.doe@example.com", "address": {"name": "Jane Doe", "line_one": "123 Main St", "city": "Springfield", "state": "IL", "country": "US", "postal_code": "62704"}}
    create = {"line_items": [{"id": "bouquet_roses"}, {"id": "bouquet_roses"}, {"id": "pot_ceramic"}], "currency": "usd", "capabilities": {}, "buyer": {"email": "jane.doe@example.com", "first_name": "Jane", "last_name": "Doe"}}
    amount = lambda a, kind: next(t["amount"] for t in a["totals"] if t["type"] == kind)
    status, made = client.send("create", create)
    that(status == 201 and made["status"] == "not_ready_for_payment" and {m["code"] for m in made["messages"]} == {"missing"} and [l["quantity"] for l in made["line_items"]] == [2, 1] and amount(made, "total") == 8500, f"a session begins: {made['status']} {made['messages']}")
    status, made = client.send("update", {"fulfillment_details": details}, made["id"])
    that(made["status"] == "requires_escalation" and [m["code"] for m in made["messages"]] == ["approval_required"] and made["continue_url"] and made["buyer"]["email"] == "jane.doe@example.com", f"with its address it waits for the shopper: {made['messages']}")
    status, made = client.send("update", {"selected_fulfillment_options": [{"type": "shipping", "option_id": made["fulfillment_options"][0]["id"], "item_ids": ["li_bouquet_roses"]}]}, made["id"])
    that(made["selected_fulfillment_options"][0]["option_id"] == "standard", "its way of sending")
    pay = {"payment_data": {"purchase_order_number": "PO-1"}}
    status, error = client.send("complete", pay, made["id"])
    that((status, error["code"]) == (400, "approval_required"), f"no order without the shopper: {status} {error}")
    status, error = client.send("complete", {"payment_data": {"handler_id": "card_tokenized", "instrument": {"type": "card", "credential": {"type": "spt", "token": "spt_123"}}}}, made["id"])
    that((status, error["code"]) == (400, "payment_declined"), "no company's token is charged here, and that is said")
    shopper = Browser(shop, checks)
    status, page, _ = shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    that("Chat" in page, "the shopper sees who prepared it")
    status, page, where = shopper.press()
    that("/order/" in where, "and places the order")
    status, done = client.send("complete", pay, made["id"])
    that(status == 200 and done["status"] == "completed" and done["order"]["id"] in where, "completing then tells of the order")
    order = done["order"]["id"]
    status, error = client.send("cancel", {}, made["id"])
    that((status, error["code"]) == (405, "not_cancelable"), "what is completed cannot be cancelled")
    status, error = client.send("update", {"buyer": {"email": "x@example.com"}}, made["id"])
    that(status == 409, "nor changed")
    status, made = client.send("create", create)
    status, gone = client.send("cancel", {"intent_trace": {"reason_code": "price_sensitivity"}}, made["id"])
    that(gone["status"] == "canceled", "another is cancelled")
    cart_and_refusals(shop, client, checks, create)
    examples(shop, root, client, checks)
    messages(shop, schemas, root, checks, receiver, client, order)


def cart_and_refusals(shop, client, checks, create):
    that = checks.that
    status, cart = client.send("create_cart", {"line_items": [{"id": "orchid_white"}, {"id": "orchid_white"}]})
    that(status == 201 and cart["line_items"][0]["quantity"] == 2 and cart["totals"][-1]["amount"] == 9000, "a cart")
    status, cart = client.send("update_cart", {"line_items": [{"id": "pot_ceramic"}, {"id": "gardenias"}]}, cart["id"])
    that([m["code"] for m in cart["messages"]] == ["out_of_stock"] and client.send("get_cart", id=cart["id"])[1]["totals"][-1]["amount"] == 1500, "what is sold out is said")
    client.send("cancel_cart", id=cart["id"])
    that(client.send("get_cart", id=cart["id"])[0] == 404, "a cancelled cart is gone")
    for headers, want in (({"Authorization": None}, (401, "unauthorized")), ({"Authorization": "Bearer kdl_of_nobody"}, (401, "not_signed_in")), ({"API-Version": None}, (400, "missing_api_version")), ({"API-Version": "2020-01-01"}, (400, "unsupported_api_version")), ({"Idempotency-Key": None}, (400, "idempotency_key_required"))):
        status, error = client.send("create", create, headers=headers)
        that((status, error["code"]) == want and ("version" not in error["code"] or error["supported_versions"] == [VERSION]), f"{headers}: {status} {error}")
    key = str(uuid.uuid4())
    first = client.send("create", create, headers={"Idempotency-Key": key})[1]
    that(client.answered.headers.get("Idempotent-Replayed") is None and client.answered.headers["Idempotency-Key"] == key, "the first time is no replay")
    again = client.send("create", create, headers={"Idempotency-Key": key})[1]
    that(first == again and client.answered.headers["Idempotent-Replayed"] == "true", "a replay says that it is one")
    status, error = client.send("create", {**create, "line_items": [{"id": "pot_ceramic"}]}, headers={"Idempotency-Key": key})
    that((status, error["code"]) == (422, "idempotency_conflict"), f"a key with another body is a conflict: {status} {error}")
    # Many with one key at once: one session, and nobody is told of another.
    key, answers, start = str(uuid.uuid4()), [], threading.Barrier(8)

    def rush():
        own = AcpClient(shop, protocol_schemas.folder()[0], checks, client.key)
        start.wait()
        answers.append(own.send("create", create, headers={"Idempotency-Key": key}))
    threads = [threading.Thread(target=rush) for _ in range(8)]
    for t in threads: t.start()
    for t in threads: t.join()
    that(len({a["id"] for s, a in answers if s == 201}) == 1 and all(s == 201 or (s, a["code"]) == (409, "idempotency_in_flight") for s, a in answers), f"eight at once with one key are one session: {[s for s, a in answers]}")
    for body in ({}, {**create, "line_items": []}, {**create, "line_items": [{"id": 1}]}, {**create, "line_items": [{"product": "x"}]}, {**create, "currency": "eur"}, {**create, "capabilities": []}, {**create, "items": []}, {**create, "buyer": {"first_name": "J"}}, {**create, "fulfillment_details": {"address": {"line_one": "x"}}}, {**create, "line_items": [{"id": "pink_wumpus"}]}, {**create, "line_items": [{"id": "gardenias"}]}):
        status, error = client.send("create", body, valid=False)
        that(status == 400 and error["type"] == "invalid_request", f"{json.dumps(body)[-70:]} is refused: {status} {error}")
    that(client.send("get", id="chk_of_nobody")[0] == 404, "a session of nobody is none")
    other = shop.call("keys.create", {"name": "other", "role": "agent"})
    that(AcpClient(shop, protocol_schemas.folder()[0], checks, other["secret"]).send("get", id=first["id"])[0] == 404, "another agent's session is none")
    status, error = client.raw("POST", "/acp/checkout_sessions", b"{")
    that(status == 400 and error["code"] == "invalid_json", "what is no JSON is said")


def examples(shop, root, client, checks):
    """The official examples: each one valid, the requests replayed with the goods that they name."""
    that = checks.that
    folder = root / "acp/examples" / VERSION
    all = json.loads((folder / "examples.agentic_checkout.json").read_text())
    kinds = {"create_checkout_session_request": "CheckoutSessionCreateRequest", "create_checkout_session_request_with_first_touch_attribution": "CheckoutSessionCreateRequest", "update_checkout_session_request": "CheckoutSessionUpdateRequest", "complete_checkout_session_request": "CheckoutSessionCompleteRequest", "cancel_checkout_session_request": "CancelSessionRequest", "discovery_response_full": "DiscoveryResponse", "error_400_idempotency_key_required": "Error", "error_422_idempotency_conflict": "Error", "error_409_idempotency_in_flight": "Error"}
    for name, kind in kinds.items():
        checks.valid(client.schemas.errors(all[name], kind), f"the official example {name}")
    goods = [{"product_id": i, "title_en": i, "variants": [{"sku": i, "price_minor": 300, "stock": 50}]} for i in sorted({l["id"] for n in kinds if "create" in n for l in all[n]["line_items"]})]
    shop.call("catalog.save_products", {"products": goods})
    for name in ("create_checkout_session_request", "create_checkout_session_request_with_first_touch_attribution"):
        status, made = client.send("create", all[name])
        that(status == 201, f"the example {name} begins a session: {made}")
    status, made = client.send("create", all["create_checkout_session_request"])
    that(made["status"] == "requires_escalation" and made["fulfillment_details"]["address"]["city"] == "San Francisco", "and has all that an agent can give")
    update = json.loads(json.dumps(all["update_checkout_session_request"]))
    for o in update["selected_fulfillment_options"]:
        o["option_id"] = made["fulfillment_options"][0]["id"]
    that(client.send("update", update, made["id"])[0] == 200, "the example's update")
    status, error = client.send("complete", all["complete_checkout_session_request"], made["id"])
    that((status, error["code"]) == (400, "payment_declined"), "the example's delegated token is refused with its reason")
    that(client.send("cancel", all["cancel_checkout_session_request"], made["id"])[1]["status"] == "canceled", "the example's cancellation")


def messages(shop, schemas, root, checks, receiver, client, order):
    that = checks.that
    # Each comes twice, for the first time is answered with 500.
    came = lambda path, n: shop.wait(f"{n} messages at {path}", lambda: len(receiver.of(path)) >= n and receiver.of(path), 60)
    got = came("/acp", 2)
    for headers, body, raw in got:
        t, v1 = (part.split("=")[1] for part in headers["Merchant-Signature"].split(","))
        that(hmac.new(b"whsec_test", (t + ".").encode() + raw, hashlib.sha256).hexdigest() == v1 and abs(time.time() - int(t)) < 300, "ACP's message is signed with the agent's secret, now")
        checks.valid(client.schemas.errors(body["data"], "Order"), "ACP's order message")
    that(got[0][1]["type"] == "order_create" and got[0][1]["data"]["id"] == order and got[0][0]["Request-Id"] == got[1][0]["Request-Id"] != "", "the order was told, and again after a failure")
    before = len(receiver.of("/acp"))
    shop.call("orders.move_order", {"order_id": order, "status": "paid"})
    shop.call("orders.move_order", {"order_id": order, "status": "shipped", "tracking": "UPS 1"})
    got = came("/acp", before + 2)
    that(any(b["type"] == "order_update" and b["data"]["status"] == "shipped" for _, b, _ in got[before:]), f"what happened since is told whole: {[b['data']['status'] for _, b, _ in got]}")
    if ec is None:
        print("skipped: UCP's order messages: python3-cryptography is not installed")
        return
    key, url = Key("told"), "https://told.example/p"
    shop.register(url, platform_profile(CAPABILITIES + ["dev.ucp.shopping.ap2_mandate"], keys=[key.jwk()]), accepts_mandates=True, webhook_url=receiver.url + "/ucp")
    platform = UcpClient(shop, schemas, checks, url)
    own = platform.raw("GET", "/.well-known/ucp")[1]["signing_keys"]
    address = {"id": "addr_1", "street_address": "123 Main St", "city": "Springfield", "state": "IL", "postal_code": "62704", "country": "US"}
    made = prepared(platform, [address], [line("bouquet_tulips")])
    done = platform.send("complete_checkout", {"payment": {"instruments": [{"id": "i", "handler_id": "invoice", "type": "invoice"}]}, "ap2": {"checkout_mandate": mandate(key, made)}}, id=made["id"])[1]
    got = came("/ucp", 2)
    for headers, body, raw in got:
        checks.valid(schemas.errors(body, "shopping/order.json"), "UCP's order message")
        parameters = headers["Signature-Input"].removeprefix("sig1=")
        names = [n.strip('"') for n in parameters[1:parameters.index(")")].split()]
        value = {"@method": "POST", "@authority": headers["Host"], "@path": "/ucp", **{k.lower(): v for k, v in headers.items()}}
        base = "".join(f'"{n}": {value[n]}\n' for n in names) + f'"@signature-params": {parameters}'
        that({"@method", "@authority", "@path", "ucp-agent", "content-digest", "content-type"} <= set(names) and verify(own[0], base.encode(), base64.b64decode(headers["Signature"][6:-1])), "UCP's message is signed with the published key over all that counts")
        that(headers["Content-Digest"] == "sha-256=:" + base64.b64encode(hashlib.sha256(raw).digest()).decode() + ":" and headers["Webhook-Timestamp"].isdigit(), "with the digest of its body")
    that(got[0][1]["id"] == done["order"]["id"] and got[0][0]["Webhook-Id"] == got[1][0]["Webhook-Id"], "UCP's order was told, and again under the same id")
    # An address of this machine that only the agent's own profile names is not knocked at.
    shop.register("https://sly.example/p", platform_profile(CAPABILITIES + ["dev.ucp.shopping.ap2_mandate"], keys=[key.jwk()], webhook=receiver.url + "/sly"), accepts_mandates=True)
    sly = UcpClient(shop, schemas, checks, "https://sly.example/p")
    made = prepared(sly, [address], [line("bouquet_tulips")])
    sly.send("complete_checkout", {"payment": {"instruments": [{"id": "i", "handler_id": "invoice", "type": "invoice"}]}, "ap2": {"checkout_mandate": mandate(key, made)}}, id=made["id"])
    row = shop.wait("the sly address to be refused", lambda: next((d for d in shop.call("agents.deliveries")["deliveries"] if d["note"] == "address_not_allowed"), None))
    that(row["attempts"] >= 1 and not receiver.of("/sly"), "nobody makes this server knock at its own doors")
