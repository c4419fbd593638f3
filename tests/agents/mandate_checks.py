"""UCP as MCP tools, signed requests (RFC 9421), and AP2 mandates: verified, expired, forged, stolen, raced."""
import base64, hashlib, json, threading, time, uuid
from checkout_checks import BUYER, codes, destination, line, prepared, total
from shop import CAPABILITIES, UcpClient, platform_profile

try:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, utils
except ImportError:
    ec = None

b64 = lambda b: base64.urlsafe_b64encode(b).rstrip(b"=").decode()
unb64 = lambda s: base64.urlsafe_b64decode(s + "=" * (-len(s) % 4))


def canonical(value):
    """RFC 8785, for what these messages hold: texts, whole numbers, objects, lists."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


class Key:
    def __init__(self, kid, curve=None):
        self.kid, self.private = kid, ec.generate_private_key(curve or ec.SECP256R1())
        self.size = (self.private.curve.key_size + 7) // 8

    def jwk(self):
        n = self.private.public_key().public_numbers()
        return {"kid": self.kid, "kty": "EC", "crv": "P-256" if self.size == 32 else "P-384", "x": b64(n.x.to_bytes(self.size, "big")), "y": b64(n.y.to_bytes(self.size, "big")), "use": "sig"}

    def sign(self, text):
        r, s = utils.decode_dss_signature(self.private.sign(text, ec.ECDSA(hashes.SHA256() if self.size == 32 else hashes.SHA384())))
        return r.to_bytes(self.size, "big") + s.to_bytes(self.size, "big")

    def jwt(self, payload, **header):
        text = b64(json.dumps({"alg": "ES256" if self.size == 32 else "ES384", "kid": self.kid, **header}).encode()) + "." + b64(payload if isinstance(payload, bytes) else json.dumps(payload).encode())
        return text + "." + b64(self.sign(text.encode()))


def verify(jwk, text, signature):
    public = ec.EllipticCurvePublicNumbers(int.from_bytes(unb64(jwk["x"]), "big"), int.from_bytes(unb64(jwk["y"]), "big"), ec.SECP256R1()).public_key()
    try:
        public.verify(utils.encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")), text, ec.ECDSA(hashes.SHA256()))
        return True
    except Exception:
        return False


def authorised(checkout, keys):
    """Whether the shop signed this checkout, as ap2-mandates.md tells platforms to verify."""
    header, empty, signature = checkout["ap2"]["merchant_authorization"].split(".")
    key = next(k for k in keys if k["kid"] == json.loads(unb64(header))["kid"])
    return empty == "" and verify(key, (header + "." + b64(canonical({k: v for k, v in checkout.items() if k != "ap2"}))).encode(), unb64(signature))


def mandate(key, checkout, form="jwt", exp=600, disclose=True, **claims):
    """A closed checkout mandate over a checkout as the shop signed it."""
    header, _, signature = checkout["ap2"]["merchant_authorization"].split(".")
    jwt = header + "." + b64(canonical({k: v for k, v in checkout.items() if k != "ap2"})) + "." + signature
    payload = {"vct": "mandate.checkout.1", "iat": int(time.time()), "exp": int(time.time()) + exp}
    held = {"checkout_jwt": jwt, "checkout_hash": b64(hashlib.sha256(jwt.encode()).digest())} if form == "jwt" else {"checkout": checkout}
    parts = []
    if disclose:
        for name in ("checkout_jwt", "checkout"):
            if name in held:
                parts.append(b64(json.dumps([b64(uuid.uuid4().bytes), name, held.pop(name)]).encode()))
        payload["_sd"], payload["_sd_alg"] = [b64(hashlib.sha256(p.encode()).digest()) for p in parts], "sha-256"
    return "~".join([key.jwt({**payload, **held, **claims}, typ="dc+sd-jwt"), *parts])


class McpClient(UcpClient):
    """The same platform by MCP: tools/call on the shop's one endpoint."""
    PAYLOAD = {"search_catalog": "catalog", "lookup_catalog": "catalog", "get_product": "catalog", "create_cart": "cart", "update_cart": "cart", "create_checkout": "checkout", "update_checkout": "checkout", "complete_checkout": "checkout"}
    mcp = None  # the schema of MCP's messages

    def rpc(self, method, params, headers={}, path="/mcp?tools=ucp"):
        return self.raw("POST", path, {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}, {"UCP-Agent": None, "Accept": "application/json, text/event-stream", **headers})

    def send(self, name, body=None, id=None, key=None, valid=True, headers={}):
        arguments = {"meta": {**({"ucp-agent": {"profile": self.profile}} if self.profile else {}), **({"idempotency-key": key or str(uuid.uuid4())} if "catalog" not in name and not name.startswith("get") else {})}}
        if id is not None:
            arguments["id"] = id
        if name in self.PAYLOAD:
            arguments[self.PAYLOAD[name]] = body or {}
        status, answer = self.rpc("tools/call", {"name": name, "arguments": arguments}, headers)
        if "error" in answer:
            return status, answer["error"]
        result = answer["result"]
        self.checks.that(json.loads(result["content"][0]["text"]) == result["structuredContent"] and result["isError"] is False, f"{name}: the text says what the structure says")
        self.held(name, 200, result["structuredContent"])
        return status, result["structuredContent"]


def run(shop, schemas, checks, data, rows):
    that = checks.that
    addresses = rows("addresses.csv")
    shop.call("settings.update", {"changes": [{"name": "test_payment", "value": "1"}]})
    shop.register("https://platform.example/profile", platform_profile())
    tools(shop, schemas, checks, addresses)
    if ec is None:
        print("skipped: signatures and mandates: python3-cryptography is not installed")
        return
    keys = UcpClient(shop, schemas, checks).raw("GET", "/.well-known/ucp")[1]["signing_keys"]
    that(len(keys) == 1 and keys[0]["crv"] == "P-256" and "d" not in keys[0], "the business publishes its public key, and only that")
    signed_requests(shop, schemas, checks, addresses)
    mandates(shop, schemas, checks, keys, addresses)
    race(shop, schemas, checks, addresses)


def tools(shop, schemas, checks, addresses):
    that = checks.that
    client = McpClient(shop, schemas, checks)
    status, listed = client.rpc("tools/list", {})
    that(sorted(t["name"] for t in listed["result"]["tools"]) == sorted(UcpClient.ROUTES), f"every method is a tool: {[t['name'] for t in listed['result']['tools']]}")
    status, everything = client.rpc("tools/list", {}, path="/mcp")
    names = [t["name"] for t in everything["result"]["tools"]]
    that("search_catalog" in names and "dialogue_search" in names and len(names) == len(set(names)), "they stand beside the shop's own tools")
    status, modern = client.rpc("tools/call", {"name": "search_catalog", "arguments": {"meta": {"ucp-agent": {"profile": client.profile}}, "catalog": {"query": "tulips"}}, "_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}},
                                {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "search_catalog"})
    that(status == 200 and modern["result"]["resultType"] == "complete" and modern["result"]["structuredContent"]["products"][0]["id"] == "bouquet_tulips", "in MCP's newer dialect too")
    status, answer = client.send("search_catalog", {"query": "roses"})
    that(answer["products"][0]["id"] == "bouquet_roses", "search by MCP")
    that(client.send("get_product", {"id": "orchid_white"})[1]["product"]["id"] == "orchid_white" and len(client.send("lookup_catalog", {"ids": ["pot_ceramic"]})[1]["products"]) == 1, "product and look-up by MCP")
    status, cart = client.send("create_cart", {"line_items": [line("pot_ceramic", 2)]})
    status, cart = client.send("update_cart", {"id": cart["id"], "line_items": [line("pot_ceramic", 3)]}, id=cart["id"])
    that(total(client.send("get_cart", id=cart["id"])[1], "total") == 4500, "carts by MCP")
    made = client.send("create_checkout", {"cart_id": cart["id"], "line_items": []})[1]
    made = client.send("update_checkout", {"line_items": [line("pot_ceramic", 1)], "buyer": BUYER, "fulfillment": {"methods": [{"type": "shipping", "line_item_ids": [], "destinations": [destination(addresses[0])]}]}}, id=made["id"])[1]
    that(made["status"] == "requires_escalation" and client.send("get_checkout", id=made["id"])[1]["totals"] == made["totals"], "checkouts by MCP")
    pay = {"payment": {"instruments": [{"id": "i", "handler_id": "invoice", "type": "invoice"}]}}
    that(client.send("complete_checkout", pay, id=made["id"])[1]["status"] == "requires_escalation", "completing by MCP asks the shopper too")
    that(codes(client.send("get_order", id="ord_of_nobody")[1]) == ["unauthorized"], "orders by MCP")
    that(client.send("cancel_checkout", id=made["id"])[1]["status"] == "canceled" and client.send("cancel_cart", id=cart["id"])[1]["id"] == cart["id"], "cancelled by MCP")
    key = str(uuid.uuid4())
    first = client.send("create_cart", {"line_items": [line("pot_ceramic")]}, key=key)[1]
    that(client.send("create_cart", {"line_items": [line("pot_ceramic")]}, key=key)[1] == first, "a repeated call is answered to the byte")
    status, error = client.send("create_cart", {"line_items": [line("pot_ceramic", 2)]}, key=key)
    that(status == 409 and error["code"] == -32000 and error["data"]["code"] == "idempotency_conflict", f"a key for another request is a conflict: {status} {error}")
    for profile, status_wanted, code in ((None, 400, -32001), ("https://127.0.0.1:1/p", 424, -32001), ("ftp://x", 400, -32001)):
        status, error = McpClient(shop, schemas, checks, profile).send("search_catalog", {"query": "x"})
        that(status == status_wanted and error["code"] == code and error["data"]["code"] and error["data"]["content"], f"{profile}: {status} {error}")
    for params in ({"name": "search_catalog", "arguments": {"meta": {"ucp-agent": {"profile": client.profile}}}}, {"name": "get_cart", "arguments": {"meta": {"ucp-agent": {"profile": client.profile}}}}, {"name": "cancel_checkout", "arguments": {"meta": {"ucp-agent": {"profile": client.profile}}, "id": "x"}}, {"name": "search_catalog", "arguments": {"meta": 1, "catalog": []}},
                   {"name": "lookup_catalog", "arguments": {"meta": {"ucp-agent": {"profile": client.profile}}, "catalog": {"ids": ["x"] * 51}}}, {"name": "search_catalog", "arguments": {"meta": {"ucp-agent": {"profile": client.profile}}, "catalog": {"query": 1}}}):
        status, answer = client.rpc("tools/call", params)
        that(status == 400 and answer["error"]["code"] == -32602, f"{json.dumps(params)[:80]} has invalid params: {status} {answer}")


def signature(key, method, path, host, body, headers, cover=None, query=""):
    headers = dict(headers)
    if body:
        headers["Content-Digest"] = "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"
        headers.setdefault("Content-Type", "application/json")
    components = cover or ["@method", "@authority", "@path", *(["@query"] if query else []), *[h.lower() for h in ("UCP-Agent", "Idempotency-Key") if h in headers], *(["content-digest", "content-type"] if body else [])]
    value = {"@method": method, "@authority": host, "@path": path, "@query": query, **{k.lower(): v for k, v in headers.items()}}
    parameters = "(" + " ".join(f'"{c}"' for c in components) + f');keyid="{key.kid}"'
    base = "".join(f'"{c}": {value[c]}\n' for c in components) + f'"@signature-params": {parameters}'
    return {**headers, "Signature-Input": "sig1=" + parameters, "Signature": "sig1=:" + base64.b64encode(key.sign(base.encode())).decode() + ":"}


def signed_requests(shop, schemas, checks, addresses):
    that = checks.that
    key, stranger, other = Key("platform-2026"), Key("platform-2026"), Key("p384", ec.SECP384R1())
    url, host = "https://signing.example/p", f"127.0.0.1:{shop.port}"
    shop.register(url, platform_profile(keys=[key.jwk(), other.jwk(), {"kid": "rsa", "kty": "RSA", "n": "AQAB", "e": "AQAB"}, {"kid": "off", "kty": "EC", "crv": "P-256", "x": b64(b"\1" * 32), "y": b64(b"\2" * 32)}]))
    client = UcpClient(shop, schemas, checks, url)
    agent = {"UCP-Agent": f'profile="{url}"'}
    body = json.dumps({"line_items": [line("bouquet_roses")]}).encode()
    send = lambda k, sent=body, change={}, path="/ucp/v1/checkout-sessions", **more: client.raw("POST", path, sent, {**signature(k, "POST", "/ucp/v1/checkout-sessions", host, body, {**agent, "Idempotency-Key": str(uuid.uuid4())}, **more), **change})
    that(send(key)[0] == 201 and send(other)[0] == 201, "signed by the profile's keys, P-256 and P-384")
    for what, (status, answer), want in (("another's key", send(stranger), (401, "signature_invalid")), ("an unknown key", send(Key("nobody")), (401, "key_not_found")), ("an RSA key", send(type("K", (), {"kid": "rsa", "sign": key.sign})()), (400, "algorithm_unsupported")), ("a point off the curve", send(type("K", (), {"kid": "off", "sign": key.sign})()), (400, "algorithm_unsupported")),
                                         ("another body", send(key, body + b" "), (400, "digest_mismatch")), ("another key of idempotency", send(key, change={"Idempotency-Key": str(uuid.uuid4())}), (401, "signature_invalid")), ("no signature", send(key, change={"Signature": None}), (401, "signature_missing")),
                                         ("a body that is not covered", send(key, cover=["@method", "@authority", "@path", "ucp-agent", "idempotency-key"]), (401, "signature_invalid")), ("rubbish", send(key, change={"Signature-Input": "sig1=((((", "Signature": "sig1=::"}), (401, "signature_invalid")), ("another path", send(key, path="/ucp/v1/carts"), (401, "signature_invalid"))):
        that((status, answer.get("code")) == want, f"{what}: {status} {answer}")


def mandates(shop, schemas, checks, own, addresses):
    that = checks.that
    key, url = Key("platform"), "https://trusted.example/p"
    with_ap2 = CAPABILITIES + ["dev.ucp.shopping.ap2_mandate"]
    shop.register(url, platform_profile(with_ap2, keys=[key.jwk()]), accepts_mandates=True, name="Trusted")
    client = UcpClient(shop, schemas, checks, url)
    pay = lambda m, token="success_token", handler="test": {"payment": {"instruments": [{"id": "i", "handler_id": handler, "type": "card", "selected": True, "credential": {"type": "PAYMENT_GATEWAY", "token": token}}]}, **({"ap2": {"checkout_mandate": m}} if m else {})}
    made = prepared(client, addresses, [line("bouquet_roses", 2)])
    that(made["status"] == "ready_for_complete" and authorised(made, own), f"with AP2 the checkout is signed and ready: {made['status']}")
    that(not authorised({**made, "currency": "EUR"}, own), "a changed one is not what was signed")
    id = made["id"]
    complete = lambda m, id=id, client=client, **more: client.send("complete_checkout", pay(m, **more), id=id, valid=False)[1]
    that(codes(complete(None)) == ["mandate_required"], "the session is locked: no mandate, no order")
    another = prepared(client, addresses, [line("bouquet_roses", 1)])
    cheaper = json.loads(json.dumps(made)); cheaper["totals"][-1]["amount"] = 1
    good = mandate(key, made)
    head, *rest = good.split("~")
    h, p, s = head.split(".")
    claims = json.loads(unb64(p))
    none = b64(json.dumps({"alg": "none", "kid": "platform"}).encode()) + "." + p + "."
    hmac = b64(json.dumps({"alg": "HS256", "kid": "platform"}).encode()) + "." + p + "." + s
    extra = b64(json.dumps(["salt", "vct", "mandate.checkout.1"]).encode())
    for what, m, code in (("expired", mandate(key, made, exp=-10), "mandate_expired"), ("of another's key", mandate(Key("platform"), made), "mandate_invalid_signature"), ("of an unknown key", mandate(Key("nobody"), made), "agent_missing_key"), ("without an algorithm", "~".join([none, *rest]), "mandate_invalid_signature"), ("with another algorithm", "~".join([hmac, *rest]), "mandate_invalid_signature"),
                          ("for another checkout", mandate(key, another), "mandate_scope_mismatch"), ("with other sums", mandate(key, cheaper, form="whole"), "merchant_authorization_invalid"), ("with other sums, as a token", mandate(key, cheaper), "merchant_authorization_invalid"), ("without the shop's signature", key.jwt({"vct": "mandate.checkout.1", "checkout": {k: v for k, v in made.items() if k != "ap2"}}), "merchant_authorization_missing"),
                          ("with an added disclosure", good + "~" + extra, "mandate_invalid_signature"), ("without its disclosure", head, "mandate_scope_mismatch"), ("of another kind", mandate(key, made, vct="mandate.checkout.open.1"), "mandate_scope_mismatch"), ("from the future", mandate(key, made, iat=int(time.time()) + 9999), "mandate_invalid_signature"),
                          ("with a wrong hash", mandate(key, made, checkout_hash="AAAA"), "mandate_scope_mismatch"), ("naming a holder who did not sign", mandate(key, made, cnf={"jwk": Key("h").jwk()}), "mandate_invalid_signature"), ("that is rubbish", "a.b.c~d", "mandate_invalid_signature")):
        answer = complete(m)
        that(codes(answer) == [code] and answer["status"] == "ready_for_complete", f"a mandate {what}: {codes(answer)}")
    trusted = next(a["agent_id"] for a in shop.call("agents.list")["agents"] if a["profile_url"] == url)
    row = shop.wait("the counts of forgeries", lambda: next((a for a in shop.call("agents.traffic")["agents"] if a["agent"] == trusted and a["forged"] >= 10), None))
    that(row["rating"]["grade"] == "poor" and row["rating"]["findings"][0]["kind"] == "forged" and row["rating"]["findings"][0]["count"] == row["forged"] <= row["refused"] and row["rating"]["findings"][0]["of"] == row["calls"], f"whoever forges is rated for it: {row}")
    that(codes(complete(good, token="fail_token")) == ["payment_failed"], "a token that does not pay: nothing is placed, good mandate or not")
    that(shop.call("orders.list_orders")["orders"] == [], "none of these placed anything")
    done = client.send("complete_checkout", pay(good), id=id)[1]
    that(done["status"] == "completed" and total(done, "total") == total(made, "total"), f"a good mandate places the order: {done.get('messages')}")
    again = complete(good)
    that(again["order"]["id"] == done["order"]["id"] and len(shop.call("orders.list_orders")["orders"]) == 1, "a replayed mandate places nothing more")
    that(codes(complete(good, id=another["id"])) == ["mandate_scope_mismatch"], "nor another checkout")
    for form, disclose in (("whole", True), ("whole", False), ("jwt", False)):
        m = prepared(client, addresses, [line("bouquet_roses", 1)])
        that(complete(mandate(key, m, form=form, disclose=disclose), id=m["id"])["status"] == "completed", f"the mandate's other forms: {form}, disclosed {disclose}")
    holder = Key("holder")
    m = prepared(client, addresses, [line("bouquet_roses", 1)])
    held = mandate(key, m, cnf={"jwk": holder.jwk()}) + "~"
    bound = held + holder.jwt({"iat": int(time.time()), "sd_hash": b64(hashlib.sha256(held.encode()).digest())}, typ="kb+jwt")
    stolen = held + holder.jwt({"iat": int(time.time()), "sd_hash": b64(hashlib.sha256(b"another").digest())}, typ="kb+jwt")
    that(codes(complete_raw(client, m["id"], pay(stolen))) == ["mandate_invalid_signature"] and complete_raw(client, m["id"], pay(bound))["status"] == "completed", "where a holder is named, the holder signs this very mandate")
    # Whom the owner has not named as trusted may sign what it likes: the shopper is asked.
    liar = Key("liar")
    shop.register("https://liar.example/p", platform_profile(with_ap2, keys=[liar.jwk()]))
    untrusted = UcpClient(shop, schemas, checks, "https://liar.example/p")
    m = prepared(untrusted, addresses, [line("bouquet_roses", 1)])
    that(complete(mandate(liar, m), id=m["id"], client=untrusted)["status"] == "requires_escalation", "a mandate of an untrusted platform does not replace the shopper")
    # The price rises between the mandate and the payment: what was promised and signed is what is charged.
    m = prepared(client, addresses, [line("orchid_white")])
    signed = mandate(key, m)
    shop.call("catalog.set_price", {"sku": "orchid_white", "price_minor": 9900})
    answer = complete(signed, id=m["id"])
    that(answer["status"] == "completed" and total(answer, "subtotal") == 4500, f"a promised price is kept: {codes(answer)}")


def complete_raw(client, id, body):
    """Key-bound mandates have a dot more than the schema's pattern for a mandate allows: sent without holding the request to it."""
    return client.send("complete_checkout", body, id=id, valid=False)[1]


def race(shop, schemas, checks, addresses):
    """Agents with good mandates, all at once, each twice, for fewer pieces than there are buyers."""
    that = checks.that
    key, url = Key("racer"), "https://racing.example/p"
    shop.register(url, platform_profile(CAPABILITIES + ["dev.ucp.shopping.ap2_mandate"], keys=[key.jwk()]), accepts_mandates=True, calls_per_minute=100000)
    for pieces, buyers in ((1, 10), (4, 10)):
        sku = f"RACE-{pieces}"
        shop.call("catalog.save_products", {"products": [{"product_id": sku, "title_en": sku, "variants": [{"sku": sku, "price_minor": 700, "stock": pieces}]}]})
        made = [prepared(UcpClient(shop, schemas, checks, url), addresses, [line(sku)]) for _ in range(buyers)]
        start, answers = threading.Barrier(2 * buyers), []

        def buy(m):
            client = UcpClient(shop, schemas, checks, url)
            body = {"payment": {"instruments": [{"id": "i", "handler_id": "test", "type": "card", "credential": {"type": "t", "token": "success_token"}}]}, "ap2": {"checkout_mandate": mandate(key, m)}}
            start.wait()
            answers.append((m["id"], client.send("complete_checkout", body, id=m["id"])))
        threads = [threading.Thread(target=buy, args=(m,)) for m in made for _ in range(2)]
        for t in threads: t.start()
        for t in threads: t.join()
        won = {id: a["order"]["id"] for id, (status, a) in answers if a.get("status") == "completed"}
        left = shop.call("stock.list", {"sku": sku})["levels"][0]["on_hand"]
        that(len(answers) == 2 * buyers and len(won) == len(set(won.values())) == pieces and left == 0, f"{buyers} mandates for {pieces}: {len(won)} orders, {left} left")
        that(all(codes(a) in ([], ["out_of_stock"]) for _, (status, a) in answers if status == 200 and a.get("status") != "completed"), "the others hear that it is sold out")
