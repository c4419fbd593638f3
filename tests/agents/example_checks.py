"""Every official example of ACP 2026-04-17, against the running server as far as its meaning allows.

A request is sent as it stands, with the goods and codes that it names entered before. A response or a message is compared with what the server writes in the same
situation: it validates, has every field of the example (LACKING says of which it has not, and why) and means the same. EXAMPLES says of each what happens to it, or why
nothing does; an example that is not named there is a failure, so that none of a later version is passed over.
"""
import json, re, urllib.parse
import acp_checks, feed_checks, protocol_schemas
from acp_checks import VERSION, AcpClient, AcpMcpClient
from shop import Browser

PROVIDER = "an interface of payment providers, which a shop calls and does not serve; this shop charges no delegated tokens (README, Limits): its messages are held to their schema"
NO_3DS = "this shop asks for no 3-D Secure, as it charges no cards: held to its schema"
EXAMPLES = {
    "examples.agentic_checkout.json": {
        "create_checkout_session_request": "sent", "create_checkout_session_request_with_first_touch_attribution": "sent", "create_checkout_session_response": "compared", "update_checkout_session_request": "sent", "update_checkout_session_response": "compared", "get_checkout_session_response": "compared",
        "complete_checkout_session_request": "sent", "complete_checkout_session_request_seller_backed": "sent", "complete_checkout_session_request_with_last_touch_attribution": "sent", "complete_checkout_session_response": "compared", "cancel_checkout_session_request": "sent", "cancel_checkout_session_request_timing_deferred": "sent",
        "cancel_checkout_session_response": "compared", "webhook_order_create_event": "compared", "webhook_order_update_event": "compared", "complete_session_with_authentication_result_request": "sent", "complete_session_with_denied_authentication_request": "sent",
        "error_400_invalid_item": "compared", "checkout_session_with_out_of_stock": "compared", "checkout_session_with_payment_declined": "compared: here an error, as its code says", "discovery_response_full": "compared", "discovery_response_minimal": "compared",
        "error_400_idempotency_key_required": "compared", "error_422_idempotency_conflict": "compared", "error_409_idempotency_in_flight": "held to its schema; provoked by eight at once in acp_checks",
        "checkout_session_authentication_required": NO_3DS, "error_400_requires_3ds": NO_3DS, "authentication_result_example": NO_3DS, "authentication_result_denied_example": NO_3DS, "authentication_result_frictionless_example": NO_3DS},
    "examples.multi_item_checkout.json": {"create_multi_item_checkout_request": "sent", "create_multi_item_checkout_response": "compared"},
    "examples.feed.json": {"create_feed_request_minimal": "compared with what a push sends", "create_feed_response": "given to the push", "get_feed_response": "compared with /acp/feed/metadata.json: feeds are pushed, never read back", "get_products_response": "compared with /acp/feed/products.jsonl", "upsert_products_request_single_product": "compared with what a push sends of the same product",
                           "feed_error_not_found": "given to the push: it begins a new feed", "feed_error_invalid_request": "given to the push: it is told"},
    "examples.mcp.agentic_checkout.json": {n: ("sent" if n.endswith("session_request") else "compared") for n in ("create_checkout_session_request", "create_checkout_session_response", "get_checkout_session_request", "get_checkout_session_response", "update_checkout_session_request", "update_checkout_session_response",
                                           "complete_checkout_session_request", "complete_checkout_session_response", "cancel_checkout_session_request", "cancel_checkout_session_response", "error_invalid_request", "error_payment_declined")},
    "orders/simple-order.json": {"": "compared"}, "orders/shipped-order.json": {"": "compared"}, "orders/refunded-order.json": {"": "compared"},
    "orders/partial-fulfillment.json": {"": "everything goes in one parcel here: held to its schema, its fields compared with a whole parcel"}, "orders/digital-fulfillment.json": {"": "nothing is delivered digitally here: held to its schema, its fields compared with a parcel"},
    **{f"discount-extension/{n}.json": {"": "sent and compared"} for n in ("automatic-discount", "order-level-discount", "percentage-discount-with-allocations", "rejected-discount-code", "stacked-discounts")},
    "examples.delegate_payment.json": PROVIDER, "examples.delegate_authentication.json": PROVIDER,
}
# Optional fields of the examples that this server does not write, and why. A path stands for all below it.
LACKING = {
    "capabilities.payment.handlers[]": "no payment handler is listed", "capabilities.interventions": "no 3-D Secure", "capabilities.payment_methods": "not in the schema of this version: payment.handlers took its place", "capabilities.extensions[].schema": "optional; the schema is the specification's",
    "line_items[].description": "a session names goods; their texts are in the feed", "line_items[].images": "pictures are in the feed", "line_items[].custom_attributes": "what tells a variant from its siblings stands in its name", "line_items[].disclosures": "the shop keeps none", "line_items[].marketplace_seller_details": "one seller",
    "fulfillment_options[].carrier": "the carrier is known when the parcel leaves", "fulfillment_options[].description": "the title says it", "fulfillment_options[].earliest_delivery_time": "only where the owner gave days", "fulfillment_options[].latest_delivery_time": "only where the owner gave days",
    "totals[].description": "the display text says it", "marketing_consent_options": "consent is asked by the shop itself", "fulfillment_details.address.line_two": "empty is left out", "protocol.capabilities": "not in the schema of this version",
    "order.client_reference_id": "the agent's own", "order.confirmation": "e-mails are not this server's",
    "data.refunds": "not in the schema of this version: adjustments took its place",
    "line_items[].image_url": "pictures are in the feed", "line_items[].url": "pages are in the feed", "fulfillments[].carrier": "staff enter one text for carrier and number: tracking_number", "fulfillments[].tracking_url": "unknown", "fulfillments[].events[].description": "the type says it", "fulfillments[].events[].location": "unknown", "fulfillments[].description": "nothing is ordered back",
    "fulfillments[].digital_delivery": "nothing is delivered digitally", "fulfillments[].destination.line_two": "empty is left out", "adjustments[].description": "the reason says it", "confirmation": "e-mails are not this server's", "support": "the shop's own pages, which permalink_url leads to",
    "buyer.customer_id": "the agent's own", "buyer.account_type": "the agent's own", "buyer.loyalty": "no points here",
}


def fields(value, path=""):
    """Every path of a JSON value, lists as []."""
    if isinstance(value, dict):
        for k, v in value.items():
            at = f"{path}.{k}" if path else k
            yield at
            yield from fields(v, at)
    elif isinstance(value, list):
        for v in value:
            yield from fields(v, path + "[]")


def lacking(example, ours, excused):
    """What ours lacks of the example: the excuses that were needed (a path stands for all below it), and the paths that none of them covers."""
    below = lambda path, excuse: path == excuse or path.startswith((excuse + ".", excuse + "["))
    missing = set(fields(example)) - set(fields(ours))
    return {e for e in excused for p in missing if below(p, e)}, sorted(p for p in missing if not any(below(p, e) for e in excused))


class Replay:
    def __init__(self, shop, checks, root, client):
        self.shop, self.checks, self.that, self.client, self.done = shop, checks, checks.that, client, set()
        self.folder = root / "acp/examples" / VERSION
        self.files = {str(f.relative_to(self.folder)): json.loads(f.read_text()) for f in sorted(self.folder.rglob("*.json"))}
        self.lacked = set()

    def of(self, file, name=""):
        self.done.add((file, name))
        return self.files[file][name] if name else {k: v for k, v in self.files[file].items() if k[0] not in "$_" and k != "description"}

    def valid(self, value, kind, what, schemas=None):
        self.checks.valid((schemas or self.client.schemas).errors(value, kind), what)

    def alike(self, example, ours, what, absent=()):
        """Ours has every field of the example but for those that LACKING explains (and `absent`: of this situation)."""
        lacked, unexplained = lacking(example, ours, [*LACKING, *absent])
        self.lacked |= lacked & set(LACKING)
        unexplained = [p for p in unexplained if p.rsplit(".", 1)[-1][0] not in "$_"]  # notes on the example
        self.that(not unexplained, f"{what}: has the fields of the example: {unexplained}")

    def goods(self, prices, stock=50):
        self.shop.call("catalog.save_products", {"products": [{"product_id": i, "title_en": i.replace("_", " "), "variants": [{"sku": i, "price_minor": p, "stock": stock}]} for i, p in prices.items()]})


amount = lambda totals, kind: next((t["amount"] for t in totals if t["type"] == kind), None)


def begun(body):
    """A request of the discount examples is short of what the schema asks for (capabilities), and counts units where the schema repeats a line."""
    return {"capabilities": {}, **body, "line_items": [{"id": l["id"]} for l in body["line_items"] for _ in range(l.get("quantity", 1))]}


def pressed(replay, made):
    shopper = Browser(replay.shop, replay.checks)
    shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    status, page, where = shopper.press(payment="test")
    replay.that("/order/" in where, f"the shopper approves: {status} {where}")
    return re.search(r"/order/([A-Za-z0-9_-]+)", where)[1]


def checkout(replay, receiver):
    file, that, client = "examples.agentic_checkout.json", replay.that, replay.client
    of = lambda name: replay.of(file, name)
    create = of("create_checkout_session_request")
    replay.goods({"item_123": 300, "item_456": 500})
    status, made = client.send("create", create)
    that(status == 201 and made["status"] == "requires_escalation", f"the example begins a session: {status} {made}")
    replay.alike(of("create_checkout_session_response"), made, "create_checkout_session_response", ("selected_fulfillment_options",))
    that(client.send("create", of("create_checkout_session_request_with_first_touch_attribution"))[0] == 201, "with attribution too")
    update = of("update_checkout_session_request")
    for o in update["selected_fulfillment_options"]:
        o["option_id"] = made["fulfillment_options"][0]["id"]
    status, updated = client.send("update", update, made["id"])
    that(status == 200, f"the example's update: {updated}")
    replay.alike(of("update_checkout_session_response"), updated, "update_checkout_session_response")
    status, read = client.send("get", id=made["id"])
    replay.alike(of("get_checkout_session_response"), read, "get_checkout_session_response")
    for name in ("complete_checkout_session_request", "complete_checkout_session_request_seller_backed", "complete_checkout_session_request_with_last_touch_attribution", "complete_session_with_authentication_result_request", "complete_session_with_denied_authentication_request"):
        status, error = client.send("complete", of(name), made["id"])
        declined = of("checkout_session_with_payment_declined")
        that((status, error["code"]) == (400, "payment_declined") and any(m.get("code") == "payment_declined" for m in declined["messages"]) and error["message"], f"{name}: a delegated token is declined with its reason: {status} {error}")
    order = pressed(replay, made)
    status, done = client.send("complete", {"payment_data": {"purchase_order_number": "PO-1"}, "buyer": of("complete_checkout_session_request")["buyer"]}, made["id"])
    that(done["status"] == "completed" and done["order"]["id"] == order, "completed after the shopper's word")
    # Who buys is settled before the shopper's word: what `complete` says of them afterwards changes nothing.
    replay.alike(of("complete_checkout_session_response"), done, "complete_checkout_session_response", ("buyer",))
    for name in ("cancel_checkout_session_request", "cancel_checkout_session_request_timing_deferred"):
        status, other = client.send("create", create)
        status, gone = client.send("cancel", of(name), other["id"])
        that(gone["status"] == "canceled", f"{name}: {status} {gone}")
        replay.alike(of("cancel_checkout_session_response"), gone, "cancel_checkout_session_response", ("selected_fulfillment_options",))
    # Messages of orders, as the receiver got them.
    told = lambda kind, status: next((b for _, b, _ in receiver.of("/acp") if b["type"] == kind and b["data"]["id"] == order and b["data"]["status"] == status), None)
    replay.alike(of("webhook_order_create_event"), replay.shop.wait("order_create", lambda: told("order_create", "created") or told("order_create", "confirmed"), 60), "webhook_order_create_event")
    replay.shop.call("orders.move_order", {"order_id": order, "status": "shipped", "tracking": "UPS 1"})
    replay.alike(of("webhook_order_update_event"), replay.shop.wait("order_update", lambda: told("order_update", of("webhook_order_update_event")["data"]["status"]), 60), "webhook_order_update_event")
    # What is wrong.
    status, error = client.send("create", {**create, "line_items": [{"id": "invalid_item"}]})
    replay.alike(of("error_400_invalid_item"), error, "error_400_invalid_item")
    that((status, error["type"]) == (400, "invalid_request") and error["param"].startswith("$.line_items[0]") and "invalid_item" in error["message"], f"error_400_invalid_item: {status} {error}")
    status, other = client.send("create", create)
    replay.shop.call("stock.record_moves", {"moves": [{"sku": "item_123", "quantity": -replay.shop.call("stock.list", {"sku": "item_123"})["levels"][0]["on_hand"], "kind": "lost"}]})
    status, gone = client.send("get", id=other["id"])
    example = of("checkout_session_with_out_of_stock")
    replay.alike(example, gone, "checkout_session_with_out_of_stock", ("selected_fulfillment_options",))
    that(gone["status"] == example["status"] and [m["code"] for m in gone["messages"]] == [m["code"] for m in example["messages"]], f"checkout_session_with_out_of_stock: {gone['status']} {gone['messages']}")
    replay.goods({"item_123": 300})
    for name, sent, want in (("error_400_idempotency_key_required", {"Idempotency-Key": None}, 400), ("error_422_idempotency_conflict", {"Idempotency-Key": "key-of-the-examples"}, 422)):
        client.send("create", create, headers={"Idempotency-Key": "key-of-the-examples"})
        status, error = client.send("create", {**create, "locale": "en"}, headers=sent)
        replay.alike(of(name), error, name)
        that((status, error["type"], error["code"]) == (want, of(name)["type"], of(name)["code"]), f"{name}: {status} {error}")
    found = client.raw("GET", "/.well-known/acp.json", headers={"Authorization": None, "API-Version": None})[1]
    replay.alike(of("discovery_response_minimal"), found, "discovery_response_minimal")
    replay.alike(of("discovery_response_full"), found, "discovery_response_full", ("protocol.documentation_url", "capabilities.extensions[].spec", "capabilities.intervention_types"))
    for name in ("error_409_idempotency_in_flight", "error_400_requires_3ds"):
        replay.valid(of(name), "Error", name)
    replay.valid(of("checkout_session_authentication_required"), "CheckoutSession", "checkout_session_authentication_required")
    for name in ("authentication_result_example", "authentication_result_frictionless_example"):
        replay.valid(of(name), "AuthenticationResult", name)
    that(client.schemas.errors(of("authentication_result_denied_example"), "AuthenticationResult") != [], "the example of a denied authentication lacks what its schema asks for; once it keeps to it, hold it to it")

    file = "examples.multi_item_checkout.json"
    # The example lacks the capabilities that its schema asks for.
    status, made = client.send("create", {"capabilities": {}, **replay.of(file, "create_multi_item_checkout_request")})
    example = replay.of(file, "create_multi_item_checkout_response")
    that(status == 201 and [l["unit_amount"] for l in made["line_items"]] == [l["unit_amount"] for l in example["line_items"]] == [300, 500] and made["fulfillment_details"]["address"]["city"] == example["fulfillment_details"]["address"]["city"], f"several items: {status} {made}")
    replay.alike(example, made, "create_multi_item_checkout_response", ("selected_fulfillment_options",))


def by_mcp(replay, mcp):
    file, that = "examples.mcp.agentic_checkout.json", replay.that
    of = lambda name: replay.of(file, name)
    arguments = {n.split("_")[0]: of(n)["params"]["arguments"] for n in EXAMPLES[file] if n.endswith("_request") and "params" in replay.files[file][n]}
    replay.goods({i["id"]: 300 for i in arguments["create"]["payload"]["line_items"]})
    call = lambda what, **changed: mcp.rpc("tools/call", {"name": what + "_checkout_session", "arguments": {**arguments[what], **changed}})[1]
    session = lambda answer: answer["result"]["structuredContent"]
    # The examples put the session into `result` itself, and write 2025's links; their own schema wants fulfillment_options (acp_checks.mcp_examples says what does not keep to it).
    absent = ("selected_fulfillment_options", "links[]", "order.permalink_url")
    made = session(call("create", meta={**arguments["create"]["meta"], "idempotency_key": "examples-again"}))
    replay.alike(of("create_checkout_session_response")["result"], made, "create_checkout_session_response by MCP", absent)
    replay.alike(of("get_checkout_session_response")["result"], session(call("get", id=made["id"])), "get_checkout_session_response by MCP", absent)
    option = {**arguments["update"]["payload"]["selected_fulfillment_options"][0]["shipping"], "type": "shipping", "option_id": made["fulfillment_options"][0]["id"]}
    replay.alike(of("update_checkout_session_response")["result"], session(call("update", id=made["id"], payload={"selected_fulfillment_options": [option]})), "update_checkout_session_response by MCP", absent)
    invalid = call("update", id=made["id"], payload={"line_items": [{"id": 7}]})["error"]
    replay.alike(of("error_invalid_request")["error"], invalid, "error_invalid_request")
    that((invalid["code"], invalid["data"]["type"]) == (of("error_invalid_request")["error"]["code"], of("error_invalid_request")["error"]["data"]["type"]), f"error_invalid_request: {invalid}")
    declined = call("complete", id=made["id"], payload={"payment_data": {"handler_id": "card_tokenized", "instrument": {"type": "card", "credential": {"type": "spt", "token": "x"}}}})["error"]
    replay.alike(of("error_payment_declined")["error"], declined, "error_payment_declined")
    other = session(call("create", meta={**arguments["create"]["meta"], "idempotency_key": "examples-cancelled"}))
    replay.alike(of("cancel_checkout_session_response")["result"], session(call("cancel", id=other["id"], meta={**arguments["cancel"]["meta"], "idempotency_key": "examples-cancel"})), "cancel_checkout_session_response by MCP", absent)
    pressed(replay, made)
    done = session(call("complete", id=made["id"], meta={**arguments["complete"]["meta"], "idempotency_key": "examples-complete"}, payload={"payment_data": {"purchase_order_number": "PO-1"}}))
    replay.alike(of("complete_checkout_session_response")["result"], done, "complete_checkout_session_response by MCP", absent)
    that(done["status"] == of("complete_checkout_session_response")["result"]["status"], f"completed by MCP: {done['status']}")


def discounts(replay):
    """The five examples of the discount extension: the promotions that they speak of, entered as an owner would; what is taken off is what they say."""
    shop, that, client = replay.shop, replay.that, replay.client
    discount = protocol_schemas.Acp(replay.folder.parents[1].parent, "discount", VERSION)
    stop = []

    def promotion(id, **what):
        shop.call("promotions.save", {"promotion": {"promotion_id": id, **what}})
        stop.append(id)

    def played(name, prices, ready):
        example = replay.of(f"discount-extension/{name}.json")
        # One of these goods costs otherwise in another example.
        replay.goods(prices)
        ready()
        body = begun(example["request"])
        status, made = client.send("create", body)
        that(status == 201, f"{name}: begins a session: {status} {made}")
        replay.valid(made["discounts"], "discounts_response", f"{name}: discounts", discount)
        replay.alike(example["response"]["discounts"], made["discounts"], f"{name}: discounts", ("applied[].coupon.duration", "applied[].coupon.currency", "applied[].coupon.amount_off", "applied[].coupon.percent_off"))
        replay.alike({k: v for k, v in example["response"].items() if k not in ("discounts", "messages", "fulfillment_options")}, made, name, ("buyer", "totals[].type"))
        for id in stop:
            shop.call("promotions.stop", {"promotion_id": id})
        stop.clear()
        return example["response"], made

    example, made = played("order-level-discount", {"item_123": 5000}, lambda: promotion("save10", kind="amount_off", title_en="$10 Off Your Order", off_minor=1000, codes=["SAVE10"]))
    that(made["discounts"]["codes"] == example["discounts"]["codes"] and [a["amount"] for a in made["discounts"]["applied"]] == [1000] and made["discounts"]["applied"][0]["code"] == "SAVE10", f"order-level: {made['discounts']}")
    off = lambda totals: sum(t["amount"] for t in totals if t["type"] in ("discount", "items_discount"))
    that(off(made["totals"]) == off(example["totals"]) == 1000, f"order-level: ten dollars come off: {made['totals']}")

    example, made = played("percentage-discount-with-allocations", {"item_shirt": 2500, "item_pants": 6000}, lambda: promotion("summer", kind="percent_off", title_en="Summer Sale 20% Off", percent_off_hundredths=2000, codes=["SUMMER20"]))
    that([a["amount"] for a in made["discounts"]["applied"]] == [2200] and sorted((a["path"], a["amount"]) for a in made["discounts"]["applied"][0]["allocations"]) == sorted((a["path"], a["amount"]) for a in example["discounts"]["applied"][0]["allocations"]), f"percentage: allocated as the example says: {made['discounts']}")
    that(amount(made["totals"], "items_discount") == 2200 and amount(made["totals"], "subtotal") == 8800 and [amount(l["totals"], "total") for l in made["line_items"]] == [4000, 4800], f"percentage: sums as in the example: {made['totals']}")

    shop.call("settings.update", {"changes": [{"name": "shipping_fee_minor", "value": "599"}]})
    address = {"name": "A", "email": "customer@example.com", "address": {"name": "A", "line_one": "1 Road", "city": "Town", "state": "CA", "country": "US", "postal_code": "94131"}}
    example = replay.of("discount-extension/automatic-discount.json")
    replay.goods({"item_123": 1899})
    promotion("freeship50", kind="free_shipping", title_en="Free shipping on orders over $50", threshold_minor=5000)
    status, made = client.send("create", {**begun(example["request"]), "fulfillment_details": address})
    that([a["amount"] for a in made["discounts"]["applied"]] == [599] and made["discounts"]["applied"][0].get("automatic") is True and made["discounts"]["codes"] == [] and amount(made["totals"], "total") == amount(example["response"]["totals"], "total") == 5697, f"automatic: shipping comes off by itself: {made['discounts']} {made['totals']}")
    replay.alike(example["response"]["discounts"], made["discounts"], "automatic-discount: discounts", ("applied[].coupon.amount_off", "applied[].coupon.currency", "applied[].allocations"))
    shop.call("promotions.stop", {"promotion_id": "freeship50"})
    stop.clear()

    def one_gone():
        promotion("save10", kind="amount_off", title_en="$10 Off Your Order", off_minor=1000, codes=["SAVE10"])
        promotion("expired50", kind="amount_off", title_en="Gone", off_minor=5000, codes=["EXPIRED50"], starts="2025-01-01", ends="2025-12-01")
    example, made = played("rejected-discount-code", {"item_123": 3999}, one_gone)
    rejected = made["discounts"]["rejected"]
    that([(r["code"], r["reason"]) for r in rejected] == [(r["code"], r["reason"]) for r in example["discounts"]["rejected"]] and rejected[0]["message"], f"rejected: with its reason: {made['discounts']}")
    warned = [m for m in made["messages"] if m.get("code") == "discount_code_expired"]
    that(len(warned) == 1 and warned[0]["type"] == "warning" and warned[0]["param"] == example["messages"][0]["param"], f"rejected: and as a warning at its place: {made['messages']}")

    def stacked():
        promotion("summer", kind="percent_off", title_en="Summer Sale 20% Off", percent_off_hundredths=2000, codes=["SUMMER20"], priority=1)
        promotion("loyalty5", kind="amount_off", title_en="$5 Loyalty Reward", off_minor=500, codes=["LOYALTY5"], priority=2)
    example, made = played("stacked-discounts", {"item_laptop": 199900, "item_mouse": 9900}, stacked)
    that(sorted(a["amount"] for a in made["discounts"]["applied"]) == sorted(a["amount"] for a in example["discounts"]["applied"]), f"stacked: both come off, the percentage first: {made['discounts']}")
    that(amount(made["totals"], "subtotal") == amount(example["totals"], "subtotal"), f"stacked: the subtotal of the example: {made['totals']}")


def orders(replay, receiver):
    """An order of two lines, sent, delivered, a unit of it back: what is told is what the order examples have."""
    shop, that, client = replay.shop, replay.that, replay.client
    for file in (f for f in EXAMPLES if f.startswith("orders/")):
        replay.valid(replay.of(file), "Order", file)
    replay.goods({"prod_headphones_nc": 29900, "prod_cable_usbc": 1900})
    details = {"name": "John Smith", "email": "john@example.com", "address": {"name": "John Smith", "line_one": "123 Main Street", "city": "San Francisco", "state": "CA", "country": "US", "postal_code": "94102"}}
    status, made = client.send("create", {"line_items": [{"id": "prod_headphones_nc"}, {"id": "prod_headphones_nc"}, {"id": "prod_cable_usbc"}], "currency": "usd", "capabilities": {}, "fulfillment_details": details})
    order = pressed(replay, made)
    told = lambda want: shop.wait(want.__doc__ or "a message", lambda: next((b["data"] for _, b, _ in reversed(receiver.of("/acp")) if b["data"]["id"] == order and want(b["data"])), None), 60)
    first = told(lambda o: True)
    replay.alike(replay.of("orders/simple-order.json"), first, "simple-order")
    shop.call("orders.move_order", {"order_id": order, "status": "shipped", "tracking": "FedEx 794644790138"})
    shop.call("orders.move_order", {"order_id": order, "status": "delivered"})
    example, delivered = replay.of("orders/shipped-order.json"), told(lambda o: o["status"] == "completed")
    replay.valid(delivered, "Order", "our delivered order")
    replay.alike(example, delivered, "shipped-order", ("fulfillments[].estimated_delivery",))
    parcel = delivered["fulfillments"][0]
    that((parcel["status"], [e["type"] for e in parcel["events"]][-1], parcel["destination"]["city"]) == ("delivered", "delivered", "San Francisco") and [l["quantity"] for l in delivered["line_items"]] == [{"ordered": 2, "current": 2, "fulfilled": 2}, {"ordered": 1, "current": 1, "fulfilled": 1}], f"shipped-order: {parcel}")
    for file in ("orders/partial-fulfillment.json", "orders/digital-fulfillment.json"):
        replay.alike(replay.of(file), delivered, file, ("fulfillments[].estimated_delivery",))
    shop.call("orders.record_returns", {"returns": [{"order_id": order, "line": 0, "quantity": 1, "reason": "defective"}]})
    example = replay.of("orders/refunded-order.json")
    shop.wait("the refund", lambda: shop.call("orders.list_refunds", {"order_id": order})["due_minor"] == 0, 60)
    shop.call("orders.record_returns", {"returns": [{"order_id": order, "line": 1, "quantity": 1, "reason": "changed_mind"}]})
    back = told(lambda o: amount(o["totals"], "amount_refunded") is not None)
    replay.valid(back, "Order", "our refunded order")
    replay.alike(example, back, "refunded-order", ("fulfillments[].estimated_delivery",))
    adjusted = back["adjustments"][0]
    that((adjusted["status"], adjusted["line_items"], adjusted["amount"], adjusted["reason"]) == ("completed", [{"id": "li_prod_headphones_nc", "quantity": 1}], 29900, "defective") and amount(back["totals"], "amount_refunded") >= 29900, f"refunded-order: {back['adjustments']} {back['totals']}")


def feed(replay, root):
    """The feed's examples: what a push sends of the same product, and what it does with the answers that they hold."""
    file, shop, that = "examples.feed.json", replay.shop, replay.that
    of = lambda name: replay.of(file, name)
    schemas = protocol_schemas.Acp(root, "feed", VERSION)
    for name, kind in {"create_feed_request_minimal": "CreateFeedRequest", "create_feed_response": "FeedMetadata", "get_feed_response": "FeedMetadata", "get_products_response": "ProductsResponse", "upsert_products_request_single_product": "UpsertProductsRequest", "feed_error_not_found": "Error", "feed_error_invalid_request": "Error"}.items():
        replay.valid(of(name), kind, name, schemas)
    example = of("upsert_products_request_single_product")["products"][0]
    variant = example["variants"][0]
    names = {o["name"]: o["value"] for o in variant["variant_options"]}
    shop.call("catalog.save_attributes", {"attributes": [{"name": n.lower(), "name_en": n} for n in names]})
    shop.call("catalog.save_products", {"products": [{"product_id": example["id"], "title_en": example["title"], "description_en": example["description"]["plain"], "pictures": [{"url": example["media"][0]["url"], "alt_en": example["media"][0]["alt_text"]}],
                                                      "variants": [{"sku": variant["id"], "title_en": "Red / Medium", "barcode": variant["barcodes"][0]["value"].lstrip("0").zfill(13), "price_minor": variant["price"]["amount"], "stock": 0, "attributes": [{"name": n.lower(), "text_en": v} for n, v in names.items()]}]}]})
    agent = feed_checks.Agent(schemas, replay.checks)
    agent.first_answer = of("create_feed_response")
    target = shop.call("feeds.save_target", {"name": "Examples", "url": agent.url, "shop_url": "https://merchant.com", "locale": "en", "country": of("create_feed_request_minimal")["target_country"], "key": "k"})["target_id"]
    pushed = shop.call("feeds.push", {"target_id": target})
    that(agent.requests[0][2] == of("create_feed_request_minimal") and pushed["feed_id"] == of("create_feed_response")["id"], f"the push begins a feed as the example does, under the id that it is given: {pushed}")
    sent = next(p for _, _, body, _ in agent.requests for p in body.get("products", []) if p["id"] == example["id"])
    replay.alike(example, sent, "upsert_products_request_single_product", ("variants[].description", "variants[].media", "variants[].marketplace"))
    own = sent["variants"][0]
    that((sent["title"], sent["description"], sent["media"]) == (example["title"], example["description"], example["media"]) and (own["id"], own["title"], own["price"], own["availability"], own["variant_options"]) == (variant["id"], variant["title"], variant["price"], variant["availability"], variant["variant_options"]), f"the product of the example, as the example writes it: {sent}")
    agent.next_error = (404, of("feed_error_not_found"))
    shop.call("catalog.set_price", {"sku": variant["id"], "price_minor": 2099})
    anew = shop.call("feeds.push", {"target_id": target})
    that(anew["feed_id"] != pushed["feed_id"] or len([r for r in agent.requests if r[0] == "POST"]) == 2, f"feed_error_not_found: a new feed is begun: {anew}")
    agent.next_error = (400, of("feed_error_invalid_request"))
    shop.call("catalog.set_price", {"sku": variant["id"], "price_minor": 1999})
    try:
        shop.call("feeds.push", {"target_id": target})
        that(False, "feed_error_invalid_request: a refused push must fail")
    except AssertionError as e:
        that("target_refused" in str(e) and "400" in str(e), f"feed_error_invalid_request: is told: {e}")
    read = lambda path: replay.shop.server.send("GET", path, None, {})[1]
    replay.alike(of("get_feed_response"), json.loads(read("/acp/feed/metadata.json")), "get_feed_response", ("target_country",))
    replay.alike(of("get_products_response")["products"][0], next(p for p in map(json.loads, read("/acp/feed/products.jsonl?locale=en").splitlines()) if p["id"] == example["id"]), "get_products_response")


def run(shop, _, checks, root, rows):
    receiver = acp_checks.Receiver()
    shop.call("settings.update", {"changes": [{"name": "test_payment", "value": "1"}, {"name": "policy_returns_en", "value": "Thirty days."}]})
    key = shop.call("keys.create", {"name": "examples", "role": "agent"})
    shop.call("agents.save", {"name": "Examples", "key_id": key["key_id"], "webhook_url": receiver.url + "/acp", "webhook_secret": "whsec_test", "calls_per_minute": 100_000})
    client = AcpClient(shop, root, checks, key["secret"])
    replay = Replay(shop, checks, root, client)
    feed(replay, root)
    checkout(replay, receiver)
    by_mcp(replay, AcpMcpClient(shop, root, checks, key["secret"]))
    orders(replay, receiver)
    discounts(replay)
    for name, kinds in {"delegate_payment": {"delegate_payment_request": "DelegatePaymentRequest", "delegate_payment_success_response": "DelegatePaymentResponse"}, "delegate_authentication": {}}.items():
        schemas = protocol_schemas.Acp(root, name, VERSION)
        for example, value in replay.files[f"examples.{name}.json"].items():
            kind = kinds.get(example) or ("Error" if "error" in example and "Error" in schemas.document["$defs"] else None)
            if kind:
                replay.valid(value, kind, example, schemas)
    named = {(f, n) for f, names in EXAMPLES.items() if isinstance(names, dict) for n in names}
    there = {(f, n) for f, d in replay.files.items() if not isinstance(EXAMPLES.get(f), str) for n in (d if f.startswith("examples.") else [""])}
    checks.that(named == there, f"every example has a line in the table: {sorted(there ^ named)}")
    checks.that(replay.done == there, f"and every one was taken up: {sorted(there - replay.done)}")
    checks.that(not any(shop.server.send("POST", path, b"{}", {"Content-Type": "application/json"})[0] == 200 for path in ("/acp/agentic_commerce/delegate_payment", "/acp/delegate_authentication")), "what providers serve is not served here")
    checks.that(replay.lacked == set(LACKING), f"nothing is excused that is not lacking: {sorted(set(LACKING) - replay.lacked)}")
    print(f"examples: {len(there)} of ACP {VERSION} replayed or compared")
