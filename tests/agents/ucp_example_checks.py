"""The examples of UCP's own pages (2026-04-08), read out of them and replayed in their order, by REST and by MCP.

A request goes out as it stands, with this shop's ids for those that the page made up; the response beside it is compared with what the server answers: it has the
example's fields (LACKING says which it has not, and why) and, of what went wrong, its codes. PAGES says of every page with JSON what happens to it; one that is not
named there is a failure.
"""
import json, re, urllib.parse
from checkout_checks import BUYER
from example_checks import lacking
from shop import CAPABILITIES, VERSION, Browser, UcpClient, platform_profile

PAGES = {
    **dict.fromkeys(("catalog/rest.md", "catalog/mcp.md", "cart-rest.md", "cart-mcp.md", "checkout-rest.md", "checkout-mcp.md", "order-rest.md", "order-mcp.md"), "replayed"),
    "discount.md": "parts of requests and answers; promotion_checks plays their situations, example_checks ACP's, which are the same",
    "catalog/index.md": "parts of messages; their situations are those of catalog/rest.md", "cart.md": "situations of cart-rest.md", "checkout.md": "parts; their situations are those of checkout-rest.md", "order.md": "the order of order-rest.md; webhooks are in acp_checks.messages",
    "fulfillment.md": "situations of checkout-rest.md; split parcels and pick-up are not offered (README, Limits)", "buyer-consent.md": "an extension that is not offered: consent is asked on the shop's own page", "ap2-mandates.md": "mandate_checks: signed anew, as signatures of a page cannot hold here", "signatures.md": "mandate_checks.signed_requests: signed anew",
    "overview.md": "profiles, negotiation and refusals: catalog_checks.refusals", "payment-handler-guide.md": "for writers of payment handlers", "payment-handler-template.md": "for writers of payment handlers", "tokenization-guide.md": "an interface of payment providers",
    "examples/processor-tokenizer-payment-handler.md": "a payment handler that is not offered", "examples/platform-tokenizer-payment-handler.md": "a payment handler that is not offered", "examples/encrypted-credential-handler.md": "a payment handler that is not offered",
    "embedded-checkout.md": "a binding that is not offered", "embedded-cart.md": "a binding that is not offered", "embedded-protocol.md": "a binding that is not offered", "checkout-a2a.md": "a binding that is not offered", "identity-linking.md": "a capability that is not offered",
}
LACKING = {
    "payment": "the shop holds no wallet of the shopper's; what the agent names is told again (checkout_checks)", "fulfillment.methods[].destinations": "those that the agent names", "fulfillment.methods[].selected_destination_id": "of those that the agent named", "fulfillment.expectations[].description": "where a day was promised", "ucp.payment_handlers": "the shop's own", "ucp.capabilities": "those that both speak", "expires_at": "a cart does not expire", "totals[].display_text": "optional", "fulfillment.methods[].groups[].options[].description": "optional",
    "products[].handle": "pages have no other name than the id", "product.handle": "pages have no other name than the id", "products[].rating": "where there are reviews", "product.rating": "where there are reviews", "products[].media": "where there are pictures", "product.media": "where there are pictures", "products[].metadata": "optional", "products[].variants[].tags": "not kept", "products[].variants[].seller": "one seller",
    "fulfillment.events[].description": "optional", "fulfillment.events[].tracking_url": "unknown", "adjustments": "where there are any", "pagination.cursor": "where there is another page",
}
ITEMS = {"item_123": ("Red T-Shirt", 2500), "item_456": ("Blue Jeans", 7500)}


def blocks(text):
    """(address, tab, JSON or None, its first line): every JSON example with the last endpoint that a heading or a first line named."""
    address, tab, lines = "", "", None
    for line in text.replace("{{ ucp_version }}", VERSION).splitlines():
        s = line.strip()
        if lines is not None:
            if not s.startswith("```"):
                lines.append(line)
                continue
            body = "\n".join(lines)
            head = re.match(r"\s*((?:GET|POST|PUT) \S+|HTTP/1.1 \d+).*?(?=^\s*[{]|\Z)", body, re.S | re.M)
            text_of = re.sub(r",(\s*[}\]])", r"\1", re.sub(r"(?m)\s//[^\"\n]*$", "", body[head.end():] if head else body))
            try:
                value = json.loads(text_of) if text_of.strip() else {}
            except ValueError:
                value = None  # a part of something, with dots for the rest
            if head and not head[1].startswith("HTTP"):
                address = head[1]
            yield address, tab, value
            lines = None
        elif s.startswith("```json"):
            lines = []
        elif s.startswith("#"):
            tab = ""
            if found := re.search(r"`((?:GET|POST|PUT) /\S+)`", s):
                address = found[1]
        elif found := re.match(r'=== "(.*)"', s):
            tab = found[1]


class Replay:
    def __init__(self, shop, schemas, checks, key):
        self.shop, self.checks, self.that = shop, checks, checks.that
        self.client = UcpClient(shop, schemas, checks, "https://examples.example/p", headers={"Authorization": "Bearer " + key})
        self.ids, self.sent, self.lacked, self.count = {}, 0, set(), 0

    def ours(self, value, what=""):
        """The page's own ids become ours."""
        if isinstance(value, list):
            return [self.ours(v, what) for v in value]
        if isinstance(value, dict):
            return {k: self.ours(v, k) for k, v in value.items()}
        if what == "profile":
            return self.client.profile
        if what == "selected_option_id":
            return "express"
        if what == "handler_id":
            return "invoice"
        if what == "idempotency-key":
            self.count += 1
            return f"example-{self.count}"
        return {"li_1": "li_item_123", "li_2": "li_item_456"}.get(value, value) if isinstance(value, str) else value

    def kind(self, name):
        return next((k for k in ("cart", "checkout", "order") if k in name), "")

    def rest(self, address, body):
        method, path = address.split()[:2]
        kind = "checkout" if "checkout-sessions" in path else "cart" if "carts" in path else "order" if "orders" in path else ""
        path = re.sub(r"\{id\}|order_abc123", self.ids.get(kind, "x"), path)
        self.before(path.replace("checkout-sessions", "checkout"))
        path = re.sub(r"/checkout-sessions/[^/]+", "/checkout-sessions/" + self.ids.get("checkout", "x"), path)
        headers = {"Idempotency-Key": f"rest-example-{self.sent}"} if method != "GET" and kind else {}
        status, answer = self.client.raw(method, "/ucp/v1" + path, self.ours(body) if method != "GET" else None, headers)
        self.remember(kind, answer)
        return status, self.after(path, answer)

    def mcp(self, message):
        params = self.ours(message["params"])
        kind = self.kind(params["name"])
        self.before(params["name"])
        if "id" in params["arguments"]:
            params["arguments"]["id"] = self.ids.get(kind, "x")
        status, answer = self.client.raw("POST", "/mcp?tools=ucp", {"jsonrpc": "2.0", "id": message.get("id", 1), "method": message["method"], "params": params}, {"MCP-Protocol-Version": "2025-06-18", "Accept": "application/json, text/event-stream"})
        got = answer.get("result", {}).get("structuredContent", answer)
        self.remember(kind, got)
        return status, self.after(params["name"], got)

    def before(self, what):
        """A checkout that was completed is not cancelled any more: the page's next session begins anew."""
        if "cancel" in what and "checkout" in what and self.client.send("get_checkout", id=self.ids.get("checkout", "x"))[1].get("status") == "completed":
            self.ids["checkout"] = self.client.send("create_checkout", {"line_items": [{"item": {"id": "item_123"}, "quantity": 2}], "buyer": BUYER})[1]["id"]

    def after(self, what, answer):
        """Where the page shows an order at once, here the shopper is asked first: they agree, and the checkout is looked at again."""
        if "complete" in what and answer.get("status") == "requires_escalation":
            shopper = Browser(self.shop, self.checks)
            shopper.get(urllib.parse.urlsplit(answer["continue_url"]).path)
            shopper.press(payment="invoice")
            answer = self.client.send("get_checkout", id=answer["id"])[1]
            self.that(answer["status"] == "completed", f"the shopper agrees: {answer['status']} {answer.get('messages')}")
            self.ids["order"] = answer["order"]["id"]
        return answer

    def remember(self, kind, answer):
        if kind and isinstance(answer, dict) and "line_items" in answer:
            self.ids[kind] = answer["id"]

    def alike(self, example, ours, what):
        lacked, rest = lacking(example, ours, LACKING)
        self.lacked |= lacked
        self.that(not rest, f"{what}: has the fields of the example: {rest}")


def refused(replay, page, tab, example):
    """What the page shows of things that go wrong: provoked, and the same codes answered."""
    codes = [m["code"] for m in example.get("messages", [])]
    stranger = UcpClient(replay.shop, replay.client.schemas, replay.checks, replay.client.profile)
    name = "get_" + ("order" if "order" in page else "cart" if "cart" in page else "checkout")
    if "out_of_stock" in codes:
        answer = replay.client.send("create_cart" if "cart" in page else "create_checkout", {"line_items": [{"item": {"id": "gone"}, "quantity": 1}]})[1]
    elif "not_found" in codes:
        answer = replay.client.send("lookup_catalog", {"ids": ["prod_invalid"]})[1] if "products" in example else replay.client.send("get_product", {"id": "prod_invalid"})[1] if "catalog" in page else replay.client.send(name, id="of_nobody")[1]
    elif "unauthorized" in codes:
        answer = stranger.send(name, id=replay.ids.get("order", "x"))[1]
    else:
        return False
    replay.that({m["code"] for m in answer["messages"]} == set(codes) and ("products" in example or answer["ucp"]["status"] == "error"), f"{page}, {tab}: {codes}: {answer}")
    replay.alike(example, answer, f"{page}, {tab}")
    return True


def replayed(replay, page, text):
    last, seen = None, 0
    if page.startswith("order"):
        for to in ("shipped", "delivered"):
            replay.shop.ask("orders.move_order", {"order_id": replay.ids["order"], "status": to, "tracking": "UPS 1Z99"})
    for address, tab, value in blocks(text):
        rpc = isinstance(value, dict) and "jsonrpc" in value
        if tab == "Request" and value is not None and (rpc or address):
            replay.sent += 1
            seen += 1
            if page.startswith("cart") and replay.ids.get("cart") is None and ("create" not in str(value) and address.split()[-1] != "/carts"):
                last = None
                continue
            status, last = replay.mcp(value) if rpc else replay.rest(address, value)
            replay.that(status in (200, 201) and isinstance(last, dict) and "error" not in last, f"{page}, {address or value['params']['name']}: answered: {status} {str(last)[:300]}")
        elif isinstance(value, dict) and tab:
            example = value["result"]["structuredContent"] if rpc and "structuredContent" in value.get("result", {}) else value
            if tab == "Response" and last is not None:
                if "continue_url" not in last and address.startswith("POST /carts") or "cart" in page and rpc and "expires_at" not in example:
                    example = {k: v for k, v in example.items() if k != "continue_url"}  # a cancelled cart leads nowhere
                replay.alike(example, last, f"{page}, {address}, {tab}")
                seen += 1
                if example.get("status") in ("canceled",):
                    replay.that(last.get("status") == example["status"], f"{page}, {address}: {last.get('status')}")
            elif tab != "Response":
                seen += refused(replay, page, tab, example)
        elif isinstance(value, dict) and "messages" in value and "ucp" in value:
            seen += refused(replay, page, tab or "an outcome", value)
    replay.that(seen > 0, f"{page}: something of it was replayed")
    return seen


def run(shop, schemas, checks, root, rows):
    shop.call("settings.update", {"changes": [{"name": "policy_returns_en", "value": "Thirty days."}]})
    shop.call("shipping.save_options", {"options": [{"option_id": "standard", "title_en": "Standard", "fee_minor": 500, "position": 0}, {"option_id": "express", "title_en": "Express", "fee_minor": 1500, "position": 1}]})
    shop.call("catalog.save_products", {"products": [{"product_id": i, "title_en": t, "variants": [{"sku": i, "price_minor": p, "stock": 10_000}]} for i, (t, p) in ITEMS.items()] + [{"product_id": "gone", "title_en": "Gone", "variants": [{"sku": "gone", "price_minor": 100, "stock": 0}]}]})
    made = {"colour": ("Color", "Blue"), "size": ("Size", "10")}
    shop.call("catalog.save_attributes", {"attributes": [{"name": n, "name_en": l} for n, (l, _) in made.items()]})
    shop.call("catalog.save_categories", {"categories": [{"category_id": "shoes", "name_en": "Footwear"}]})
    shop.call("catalog.save_products", {"products": [{"product_id": i, "title_en": t, "description_en": "Lightweight running shoes.", "category_id": "shoes", "variants": [{"sku": i + "-10", "title_en": "Size 10", "barcode": b, "price_minor": 12000, "stock": 9, "attributes": [{"name": n, "text_en": v} for n, (_, v) in made.items()]}]}
                                                      for i, t, b in (("prod_abc123", "Blue Runner Pro", "4006381333931"), ("prod_def456", "Blue running shoes", "4006381333948"))]})
    key = shop.call("keys.create", {"name": "examples", "role": "agent"})
    shop.register("https://examples.example/p", platform_profile(CAPABILITIES + ["dev.ucp.shopping.discount"]), key_id=key["key_id"], calls_per_minute=100_000)
    replay = Replay(shop, schemas, checks, key["secret"])
    shop.wait("the index", lambda: replay.client.send("search_catalog", {"query": "blue running shoes"})[1]["products"])
    folder = root / "ucp/v2026-04-08/docs/specification"
    texts = {str(f.relative_to(folder)): f.read_text() for f in sorted(folder.rglob("*.md"))}
    total = sum(replayed(replay, page, texts[page]) for page, what in PAGES.items() if what == "replayed")
    with_json = {p for p, t in texts.items() if "```json" in t}
    checks.that(with_json == set(PAGES), f"every page with examples has a line in the table: {sorted(with_json ^ set(PAGES))}")
    checks.that(replay.lacked == set(LACKING), f"nothing is excused that is not lacking: {sorted(set(LACKING) - replay.lacked)}")
    print(f"ucp: {total} examples of {sum(w == 'replayed' for w in PAGES.values())} pages of UCP {VERSION} replayed or compared")
