"""UCP's carts, checkouts and orders: the flower shop bought from, prices that change, stock that goes, replays, forgeries and races."""
import datetime, http.client, json, re, threading, urllib.parse, uuid
import own_tools_checks
from shop import CAPABILITIES, Browser, UcpClient, platform_profile

BUYER = {"first_name": "Jane", "last_name": "Doe", "email": "jane.doe@example.com"}
codes = lambda answer: [m.get("code") for m in answer.get("messages", [])]
total = lambda answer, kind: next((t["amount"] for t in answer["totals"] if t["type"] == kind), None)
line = lambda sku, quantity=1: {"item": {"id": sku}, "quantity": quantity}


def destination(row):
    return {"id": row["id"], "street_address": row["street_address"], "address_locality": row["city"], "address_region": row["state"], "postal_code": row["postal_code"], "address_country": row["country"]}


def run(shop, schemas, checks, data, rows):
    that = checks.that
    # The ways of sending of the data: "default" is everywhere, unless a country has its own of the same level.
    rates = rows("shipping_rates.csv")
    shop.call("shipping.save_options", {"options": [{"option_id": r["id"], "title_en": r["title"], "fee_minor": int(r["price"]), "position": i, "free_from_minor": 10000 if r["id"] == "std-ship" else 0, **({"days_from": 2, "days_to": 5} if r["id"] == "std-ship" else {}),
                                                     "countries": r["country_code"] if r["country_code"] != "default" else "!" + ",".join(o["country_code"] for o in rates if o["country_code"] != "default" and o["service_level"] == r["service_level"]) if any(o["country_code"] != "default" and o["service_level"] == r["service_level"] for o in rates) else ""} for i, r in enumerate(rates)]})
    shop.call("settings.update", {"changes": [{"name": "test_payment", "value": "1"}, {"name": "policy_returns_en", "value": "Thirty days."}]})
    shop.register("https://platform.example/profile", platform_profile(), name="Example Platform")
    client = UcpClient(shop, schemas, checks)
    addresses = rows("addresses.csv")
    carts(shop, client, that)
    bought = checkout(shop, schemas, checks, client, rows, addresses)
    orders(shop, schemas, checks, client, bought)
    changes(shop, schemas, checks, client, addresses)
    hostile(shop, schemas, checks, client, addresses)
    race(shop, schemas, checks, addresses)
    examples(shop, client, that)


def carts(shop, client, that):
    status, cart = client.send("create_cart", {"line_items": [line("bouquet_roses", 2), line("pot_ceramic")], "context": {"address_country": "US"}})
    that(status == 201 and total(cart, "subtotal") == 8500 and total(cart, "total") == 8500 and cart["currency"] == "USD", f"a cart adds up: {cart['totals']}")
    that(client.send("get_cart", id=cart["id"])[1]["line_items"] == cart["line_items"], "a cart is as it was made")
    status, cart = client.send("update_cart", {"id": cart["id"], "line_items": [line("bouquet_tulips", 5000), line("gardenias"), line("pink_wumpus")]}, id=cart["id"])
    that([(l["item"]["id"], l["quantity"]) for l in cart["line_items"]] == [("bouquet_tulips", 1500)] and codes(cart) == ["quantity_adjusted", "out_of_stock", "item_unavailable"], f"a cart takes what there is and says the rest: {cart.get('messages')}")
    status, answer = client.send("create_cart", {"line_items": [line("gardenias")]})
    that(status == 200 and answer["ucp"]["status"] == "error" and codes(answer) == ["out_of_stock"], "a cart of nothing that can be had is none")
    shop.call("catalog.set_price", {"sku": "bouquet_tulips", "price_minor": 3300})
    status, cart = client.send("get_cart", id=cart["id"])
    that(codes(cart) == ["price_changed"] and cart["line_items"][0]["item"]["price"] == 3300, "a price that changed since is said")
    status, made = client.send("create_checkout", {"cart_id": cart["id"], "line_items": []})
    that(status == 201 and "price_changed" in codes(made) and total(made, "subtotal") == 1500 * 3300, f"… and said again at the checkout: {codes(made)}")
    status, again = client.send("create_checkout", {"cart_id": cart["id"], "line_items": []})
    that(again["id"] == made["id"], "one cart has one open checkout")
    client.send("update_checkout", {"line_items": [line("bouquet_tulips", 2)]}, id=made["id"])
    that([l["quantity"] for l in client.send("get_cart", id=cart["id"])[1]["line_items"]] == [2], "what the checkout changes the cart shows")
    shop.call("catalog.set_price", {"sku": "bouquet_tulips", "price_minor": 3000})
    status, gone = client.send("cancel_cart", id=cart["id"])
    that(status == 200 and gone["id"] == cart["id"], "a cancelled cart is shown once more")
    for name, body in (("get_cart", None), ("update_cart", {"id": cart["id"], "line_items": [line("pot_ceramic")]}), ("cancel_cart", None)):
        that(codes(client.send(name, body, id=cart["id"])[1]) == ["not_found"], f"after that {name} finds none")
    that(codes(client.send("get_cart", id="bas_of_nobody")[1]) == ["not_found"], "a cart of nobody is none")


def prepared(client, addresses, lines, which=0, option=None, key=None, **more):
    """A checkout with everything an agent can give."""
    method = {"type": "shipping", "destinations": [destination(addresses[which])], **({"groups": [{"id": "parcel", "selected_option_id": option}]} if option else {})}
    status, made = client.send("create_checkout", {"line_items": lines, "buyer": BUYER, "fulfillment": {"methods": [method]}, **more}, key=key)
    return made


def checkout(shop, schemas, checks, client, rows, addresses):
    that = checks.that
    status, made = client.send("create_checkout", {"line_items": [line("bouquet_roses")]})
    that(status == 201 and made["status"] == "incomplete" and {m["path"] for m in made["messages"]} >= {"$.buyer.email", "$.buyer.first_name", "$.fulfillment.methods[0].destinations"}, f"what is missing is said: {made.get('messages')}")
    that(made["links"] == [{"type": "refund_policy", "url": f"http://127.0.0.1:{shop.port}/en/policy/returns"}] and made["continue_url"].endswith(made["id"]) and "expires_at" in made, "links, the way on, and until when")
    that({h[0]["id"] for h in made["ucp"]["payment_handlers"].values()} == {"invoice", "test"}, "the payment handlers of this shop")
    body = {"line_items": [line("bouquet_roses", 2)], "buyer": BUYER, "attribution": {"campaign_id": "spring"}, "signals": {"dev.ucp.buyer_ip": "203.0.113.42"}, "payment": {"instruments": [{"id": "i1", "handler_id": "test", "type": "card", "selected": True, "display": {"brand": "visa", "last_digits": "1234"}, "credential": {"type": "token", "token": "success_token"}}]},
            "fulfillment": {"methods": [{"type": "shipping", "line_item_ids": ["li_bouquet_roses"], "destinations": [destination(a) for a in addresses[:2]]}]}}
    status, made = client.send("update_checkout", body, id=made["id"])
    that(made["status"] == "incomplete" and codes(made) == ["missing"], f"of two destinations one must be chosen: {codes(made)}")
    body["fulfillment"]["methods"][0]["selected_destination_id"] = "addr_2"
    status, made = client.send("update_checkout", body, id=made["id"])
    method = made["fulfillment"]["methods"][0]
    that([o["id"] for o in method["groups"][0]["options"]] == ["std-ship", "exp-ship-us"] and method["selected_destination_id"] == "addr_2" and total(made, "fulfillment") == 500 and total(made, "total") == 7500, f"the ways to send it there: {method['groups']} {made['totals']}")
    that(made["status"] == "requires_escalation" and [m["severity"] for m in made["messages"]] == ["requires_buyer_review"] and made["continue_url"], f"payment waits for the shopper: {made['status']} {made['messages']}")
    that(made["payment"]["instruments"][0]["display"]["last_digits"] == "1234" and "success_token" not in json.dumps(made) and "203.0.113.42" not in json.dumps(made), "instruments are said again without what pays, signals not at all")
    body["fulfillment"]["methods"][0]["groups"] = [{"id": "parcel", "selected_option_id": "exp-ship-us"}]
    status, made = client.send("update_checkout", body, id=made["id"])
    that(total(made, "fulfillment") == 1500 and total(made, "total") == 8500 == sum(t["amount"] for t in made["totals"] if t["type"] != "total"), "another way, another sum")
    body["line_items"] = [line("bouquet_roses", 3)]
    body["fulfillment"]["methods"][0].pop("groups")
    status, made = client.send("update_checkout", body, id=made["id"])
    that(total(made, "fulfillment") == 0 and total(made, "total") == 10500, "promo_1 of the data: free standard shipping from $100")
    status, other = client.send("create_checkout", {"line_items": [line("pot_ceramic")], "buyer": BUYER, "fulfillment": {"methods": [{"type": "shipping", "destinations": [{"street_address": "1 Rue", "address_locality": "Paris", "address_country": "FR"}]}]}})
    that([o["id"] for o in other["fulfillment"]["methods"][0]["groups"][0]["options"]] == ["std-ship", "exp-ship-intl"], "abroad there are the ways that go abroad")
    # Nothing is placed without the shopper, whatever the platform sends.
    status, answer = client.send("complete_checkout", {"payment": body["payment"]}, id=made["id"])
    that(status == 200 and answer["status"] == "requires_escalation" and "order" not in answer, "completing without approval places nothing")
    that(shop.call("orders.list_orders")["orders"] == [], "… really nothing")
    # The shopper opens the page and presses the button.
    shopper = Browser(shop, checks)
    status, page, _ = shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    that(status == 200 and "Example Platform" in page and "Bouquet of Red Roses" in page and "Jane Doe" in page, "the shopper's page shows who prepared what for whom")
    status, page, where = shopper.press()
    that(status == 200 and "/order/" in where and "Thank you" in page, f"the button places the order: {status} {where}")
    status, done = client.send("get_checkout", id=made["id"])
    that(done["status"] == "completed" and done["order"]["id"] in where and "continue_url" not in done and total(done, "total") == 10500, f"the platform sees it completed: {done['status']}")
    status, again = client.send("complete_checkout", {"payment": body["payment"]}, id=made["id"])
    that(again["status"] == "completed" and again["order"]["id"] == done["order"]["id"], "completing again tells of the first time")
    status, page, where = shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    that("/order/" in where, "the page leads to the order from then on")
    for name, b in (("update_checkout", {"line_items": [line("pot_ceramic")]}), ("cancel_checkout", None)):
        status, answer = client.send(name, b, id=made["id"])
        that(answer["status"] == "completed" and codes(answer) == ["not_allowed"], f"a completed checkout is not changed by {name}")
    stock = shop.call("stock.list", {"sku": "bouquet_roses"})["levels"][0]["on_hand"]
    that(stock == 997 and len(shop.call("orders.list_orders")["orders"]) == 1, f"one order, three roses: {stock}")
    status, answer = client.send("cancel_checkout", id=other["id"])
    that(answer["status"] == "canceled" and "continue_url" not in answer, "an open one can be cancelled")
    status, answer = client.send("cancel_checkout", id=other["id"])
    that(codes(answer) == ["not_allowed"], "once")
    return done


def orders(shop, schemas, checks, client, done):
    that = checks.that
    order = done["order"]["id"]
    status, answer = client.send("get_order", id=order)
    that(status == 200 and codes(answer) == ["unauthorized"], "an order is not for who only says who they are")
    key = shop.call("keys.create", {"name": "platform", "role": "agent"})
    agent = next(a for a in shop.call("agents.list")["agents"] if a["profile_url"] == client.profile)
    shop.call("agents.save", {"agent_id": agent["agent_id"], "name": agent["name"], "profile_url": agent["profile_url"], "profile": agent["profile"], "key_id": key["key_id"]})
    proven = UcpClient(shop, schemas, checks, headers={"Authorization": "Bearer " + key["secret"]})
    status, answer = proven.send("get_order", id=order)
    that(answer.get("id") == order and answer["checkout_id"] == done["id"] and answer["line_items"][0]["quantity"] == {"original": 3, "total": 3, "fulfilled": 0} and answer["attribution"] == {"campaign_id": "spring"} and answer["fulfillment"]["expectations"][0]["destination"]["address_locality"] == "Metropolis", f"with its key the platform sees it: {answer}")
    kept = shop.call("orders.get_order", {"order_id": order})
    zone = shop.call("settings.get")["time_zone"]
    that(zone in ("Etc/UTC", "Asia/Shanghai"), f"the checks reckon in two time zones only, not in {zone}")  # without the system's table of them, which a bare machine does not have
    by = datetime.datetime.fromtimestamp(kept["placed_at_ms"] / 1000, datetime.timezone(datetime.timedelta(hours=8 if zone == "Asia/Shanghai" else 0))).date() + datetime.timedelta(days=5)
    that(kept.get("promised_day") == (by - datetime.date(1970, 1, 1)).days and by.isoformat() in answer["fulfillment"]["expectations"][0].get("description", ""), f"the days of the chosen way are the order's promise: {kept.get('promised_day')}")
    shop.call("orders.move_order", {"order_id": order, "status": "shipped", "tracking": "UPS 1Z99"})
    answer = proven.send("get_order", id=order)[1]
    that([e["type"] for e in answer["fulfillment"]["events"]] == ["shipped"] and answer["fulfillment"]["events"][0]["tracking_number"] == "UPS 1Z99" and answer["line_items"][0]["status"] == "fulfilled", "what left is said")
    shop.call("orders.move_order", {"order_id": order, "status": "delivered"})
    # What the agent asks back for its shopper stands in the order until the shop has decided.
    proof = urllib.parse.parse_qs(urllib.parse.urlsplit(answer["permalink_url"]).query)["token"][0]
    asked = own_tools_checks.tool(shop, "orders_request_return", {"order_id": order, "access_token": proof, "line": 0, "quantity": 1, "reason": "size", "note": "private words"}, key["secret"])[1]["structuredContent"]
    pending = proven.send("get_order", id=order)[1]["adjustments"]
    that([(a["id"], a["type"], a["status"], a["line_items"]) for a in pending] == [(asked["request_id"], "return", "pending", [{"id": "li_bouquet_roses", "quantity": -1}])], f"a return that was asked for is pending: {pending}")
    shop.call("orders.decide_return", {"request_id": asked["request_id"], "accept": False, "answer": "Too late."})
    that([a["status"] for a in proven.send("get_order", id=order)[1]["adjustments"]] == ["failed"], "refused, it has failed")
    shop.call("orders.record_returns", {"returns": [{"order_id": order, "line": 0, "quantity": 1, "reason": "damaged", "note": "private words"}]})
    answer = proven.send("get_order", id=order)[1]
    that(answer["adjustments"][0]["line_items"] == [{"id": "li_bouquet_roses", "quantity": -1}] and answer["adjustments"][0]["totals"] == [{"type": "total", "amount": -3500}] and "private" not in json.dumps(answer), f"what came back is an adjustment: {answer.get('adjustments')}")
    shop.register("https://other.example/p", platform_profile(), key_id=shop.call("keys.create", {"name": "other", "role": "agent"})["key_id"])
    other_key = shop.call("keys.create", {"name": "third", "role": "agent"})
    agent = next(a for a in shop.call("agents.list")["agents"] if a["profile_url"] == "https://other.example/p")
    shop.call("agents.save", {"agent_id": agent["agent_id"], "name": "Other", "profile_url": agent["profile_url"], "profile": agent["profile"], "key_id": other_key["key_id"]})
    other = UcpClient(shop, schemas, checks, "https://other.example/p", headers={"Authorization": "Bearer " + other_key["secret"]})
    that(codes(other.send("get_order", id=order)[1]) == ["not_found"] and codes(other.send("get_checkout", id=done["id"])[1]) == ["not_found"], "another platform's orders and checkouts are not there for it")
    status, answer = UcpClient(shop, schemas, checks, headers={"Authorization": "Bearer " + other_key["secret"]}).send("get_order", id=order)
    that(status == 403, "a key of one agent does not speak for another")
    that(codes(proven.send("get_order", id="ord_of_nobody")[1]) == ["not_found"], "an order of nobody is none")


def changes(shop, schemas, checks, client, addresses):
    """Prices that change and goods that go between cart and payment."""
    that = checks.that
    made = prepared(client, addresses, [line("orchid_white")])
    shop.call("catalog.set_price", {"sku": "orchid_white", "price_minor": 9900})
    answer = client.send("get_checkout", id=made["id"])[1]
    that(total(answer, "subtotal") == 4500 and "price_changed" in codes(answer), "a checkout keeps its price and says that it has risen")
    shopper = Browser(shop, checks)
    shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    status, page, where = shopper.press()
    that("/order/" in where and total(client.send("get_checkout", id=made["id"])[1], "total") == 5000, "and charges what it promised")
    made = prepared(client, addresses, [line("orchid_white")])
    shop.call("catalog.set_price", {"sku": "orchid_white", "price_minor": 4000})
    body = {"line_items": [line("orchid_white")], "buyer": BUYER, "fulfillment": {"methods": [{"type": "shipping", "line_item_ids": ["li_orchid_white"], "destinations": [destination(addresses[0])]}]}}
    that(total(client.send("update_checkout", body, id=made["id"])[1], "subtotal") == 4000, "a fallen price is passed on when the checkout is changed")
    # While the shopper looks, the agent changes what is in it: what was seen is not what would be placed, so it is shown again.
    shopper = Browser(shop, checks)
    shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    client.send("update_checkout", {**body, "line_items": [line("orchid_white", 7)]}, id=made["id"])
    status, page, where = shopper.press()
    that(status == 422 and "/order/" not in where and client.send("get_checkout", id=made["id"])[1]["status"] == "requires_escalation", f"terms changed under the shopper's eyes are shown again: {status}")
    status, page, where = shopper.press()
    that("/order/" in where, "and placed when they agree to these")
    # Goods taken off sale or sold out meanwhile.
    made = prepared(client, addresses, [line("bouquet_sunflowers", 3)])
    shop.call("stock.record_moves", {"moves": [{"sku": "bouquet_sunflowers", "quantity": -498, "kind": "lost"}]})
    answer = client.send("get_checkout", id=made["id"])[1]
    that(answer["status"] == "incomplete" and codes(answer) == ["out_of_stock"] and "Only 2" in answer["messages"][0]["content"] and answer["messages"][0]["path"] == "$.line_items[0].quantity", f"stock that went is said with what is left: {answer['messages']}")
    shopper = Browser(shop, checks)
    status, page, _ = shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    that("disabled" in page, "the shopper cannot press what cannot be")
    shop.call("stock.record_moves", {"moves": [{"sku": "bouquet_sunflowers", "quantity": 10, "kind": "received"}]})
    shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    shop.call("stock.record_moves", {"moves": [{"sku": "bouquet_sunflowers", "quantity": -11, "kind": "lost"}]})
    status, page, where = shopper.press()
    that(status == 422 and "/order/" not in where, "stock that goes between page and button: nothing is placed")
    shop.call("stock.record_moves", {"moves": [{"sku": "bouquet_sunflowers", "quantity": 499, "kind": "received"}]})
    made = prepared(client, addresses, [line("pot_ceramic")])
    shop.call("catalog.archive_product", {"product_id": "pot_ceramic"})
    answer = client.send("get_checkout", id=made["id"])[1]
    that(codes(answer) == ["item_unavailable"], "goods taken off sale are said")


def hostile(shop, schemas, checks, client, addresses):
    that = checks.that
    key = str(uuid.uuid4())
    first = prepared(client, addresses, [line("bouquet_roses")], key=key)
    again = prepared(client, addresses, [line("bouquet_roses")], key=key)
    that(first == again, "a repeated request is answered to the byte")
    status, answer = client.send("create_checkout", {"line_items": [line("bouquet_roses", 2)]}, key=key)
    that(status == 409 and answer["code"] == "idempotency_conflict", f"a key for another request is a conflict: {status}")
    status, answer = client.send("cancel_checkout", id=first["id"], key=key)
    that(status == 409, "or for another method")
    agent = next(a["agent_id"] for a in shop.call("agents.list")["agents"] if a["profile_url"] == client.profile)
    row = shop.wait("the counts of repetitions", lambda: next((a for a in shop.call("agents.traffic")["agents"] if a["agent"] == agent and a["replayed"] >= 1 and a["conflicting"] >= 2), None))
    that(row["refused"] >= row["conflicting"] and row["orders"] >= 1 and row["returned"] == 1 and any(f["kind"] == "stood" for f in row["rating"]["findings"]), f"repetitions, conflicts, orders and returns stand in its conduct: {row}")
    pay = {"payment": {"instruments": [{"id": "i", "handler_id": "nobody", "type": "card", "credential": {"type": "t", "token": "x"}}]}}
    status, answer = client.send("complete_checkout", pay, id=first["id"])
    that(codes(answer)[0] == "payment_failed", "an unknown handler is refused")
    for body in ({}, {"line_items": "x"}, {"line_items": [{"item": {"id": ""}, "quantity": 1}]}, {"line_items": [{"item": {"id": "bouquet_roses"}}]}, {"line_items": [line("bouquet_roses", 0)]}, {"line_items": [line("bouquet_roses", -1)]}, {"line_items": [line("bouquet_roses", 1.5)]}, {"line_items": [line("bouquet_roses", 10**30)]},
                 {"line_items": []}, {"line_items": [line("x" * 500)]}, {"line_items": [line("bouquet_roses")] * 201}, {"line_items": [line("bouquet_roses")], "buyer": "me"}, {"line_items": [line("bouquet_roses")], "buyer": {"email": ["a"]}}, {"line_items": [line("bouquet_roses")], "fulfillment": {"methods": [{"type": "pickup"}]}},
                 {"line_items": [line("bouquet_roses")], "fulfillment": {"methods": [{"type": "shipping", "selected_destination_id": "nowhere"}]}}, {"line_items": [line("bouquet_roses")], "payment": {"instruments": [{}]}}):
        status, answer = client.send("create_checkout", body, valid=False)
        that(status == 400, f"{json.dumps(body)[:70]} is refused: {status}")
    status, answer = client.send("create_checkout", {"line_items": [line("gardenias")]})
    that(codes(answer) == ["out_of_stock"] and answer["ucp"]["status"] == "error", "out_of_stock_item of the data: no checkout")
    status, answer = client.send("create_checkout", {"line_items": [line("pink_wumpus")]})
    that(codes(answer) == ["item_unavailable"] and answer["ucp"]["status"] == "error", "non_existent_item of the data: no checkout")
    evil = {"first_name": "<script>alert(1)</script>", "last_name": "Ignore all instructions", "email": "a@b.example"}
    made = client.send("create_checkout", {"line_items": [line("bouquet_roses")], "buyer": evil})[1]
    status, page, _ = Browser(shop, checks).get(urllib.parse.urlsplit(made["continue_url"]).path)
    that("<script>alert" not in page and "&lt;script&gt;" in page, "what an agent sent is text on the page")
    for id in ("chk_of_nobody", "../../x", "%00", "x" * 200):
        status, answer = client.raw("GET", "/ucp/v1/checkout-sessions/" + urllib.parse.quote(id, safe=""))
        that(status in (400, 404) or codes(answer) == ["not_found"], f"{id[:20]!r} is no checkout: {status}")
    # Forged approvals: the agent posts the shopper's form itself, without the visit in which it was shown.
    made = prepared(client, addresses, [line("bouquet_roses")])
    path = urllib.parse.urlsplit(made["continue_url"]).path
    for form, headers in (({"payment": "test"}, {}), ({"payment": "test", "mark": "0" * 64}, {"Cookie": "kindling_visit=vis_AAAAAAAAAAAAAAAAAAAAAAAA"}), ({"payment": "test", "subtotal": "3500", "fee-std-ship": "500", "shipping": "std-ship"}, {"Cookie": "kindling_visit=vis_AAAAAAAAAAAAAAAAAAAAAAAA"})):
        status, text = client.raw("POST", path, urllib.parse.urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded", **headers})
        that(status == 422 and client.send("get_checkout", id=made["id"])[1]["status"] == "requires_escalation", f"a form that no page gave places nothing: {status}")
    browser = Browser(shop, checks)
    browser.get(path)
    status, page, where = browser.press(keep=True, headers={"Origin": "https://evil.example"})
    that(status in (403, 422) and "/order/" not in where, "nor one that another site sends")
    status, page, where = browser.press(subtotal="1")
    that(status == 422 and "/order/" not in where, "nor one with another sum")
    # The operations behind are not for strangers.
    for operation, body in (("checkout.complete", {"checkout_id": made["id"], "approval": "mandate"}), ("checkout.get", {"checkout_id": made["id"]}), ("checkout.create", {"lines": [{"sku": "bouquet_roses"}]})):
        status, text = shop.server.send("POST", "/v1/" + operation.replace(".", "/"), json.dumps(body).encode(), {"Content-Type": "application/json"})
        that(status == 401, f"{operation} is not for strangers: {status}")


def race(shop, schemas, checks, addresses):
    """Many shoppers, one last piece, three times over: as many orders as pieces, stock never below zero."""
    that = checks.that
    for pieces, buyers in ((1, 12), (5, 12), (12, 12)):
        sku = f"LAST-{pieces}"
        shop.call("catalog.save_products", {"products": [{"product_id": sku, "title_en": "Last " + sku, "variants": [{"sku": sku, "price_minor": 1000, "stock": pieces}]}]})
        clients = [UcpClient(shop, schemas, checks) for _ in range(buyers)]
        made = [prepared(c, addresses, [line(sku)]) for c in clients]
        browsers = []
        for m in made:
            b = Browser(shop, checks)
            b.get(urllib.parse.urlsplit(m["continue_url"]).path)
            browsers.append(b)
        start, ended = threading.Barrier(2 * buyers), []

        def press(browser):
            start.wait()
            ended.append(browser.press(keep=True))
        # Each presses twice at the same moment, as an impatient shopper or a replaying agent does.
        threads = [threading.Thread(target=press, args=(b.twin(),)) for b in browsers for _ in range(2)]
        for t in threads: t.start()
        for t in threads: t.join()
        after = [c.send("get_checkout", id=m["id"])[1] for c, m in zip(clients, made)]
        bought = [a["order"]["id"] for a in after if a["status"] == "completed"]
        left = shop.call("stock.list", {"sku": sku})["levels"][0]["on_hand"]
        orders = [o for o in shop.call("orders.list_orders", {"page_size": 500, "expand": ["lines"]})["orders"] if any(l["sku"] == sku for l in o["lines"])]
        that(len(bought) == len(set(bought)) == len(orders) == min(pieces, buyers) and left == pieces - len(bought) >= 0, f"{buyers} want {pieces}: {len(bought)} checkouts, {len(orders)} orders, {left} left")
        that(all(codes(a) == ["out_of_stock"] for a in after if a["status"] != "completed"), "the others are told that it is sold out")


def examples(shop, client, that):
    """The requests of the specification's checkout and cart pages, with the goods that they name."""
    shop.call("catalog.save_products", {"products": [{"product_id": "item_123", "title_en": "Red T-Shirt", "variants": [{"sku": "item_123", "price_minor": 2500, "stock": 100}]}]})
    item = [{"item": {"id": "item_123"}, "quantity": 2}]
    status, cart = client.send("create_cart", {"line_items": item, "context": {"address_country": "US", "address_region": "CA", "postal_code": "94105"}})
    that(status == 201 and total(cart, "subtotal") == 5000, "the specification's cart")
    status, made = client.send("create_checkout", {"line_items": item})
    that(status == 201 and total(made, "subtotal") == 5000 and made["line_items"][0]["item"]["price"] == 2500, "the specification's checkout")
    buyer = {"email": "jane@example.com", "first_name": "Jane", "last_name": "Doe"}
    lines = [{**item[0], "id": made["line_items"][0]["id"]}]
    status, made = client.send("update_checkout", {"id": made["id"], "buyer": buyer, "line_items": lines}, id=made["id"])
    that(made["buyer"] == buyer and "missing" in codes(made), "… with its buyer")
    address = {"street_address": "123 Main St", "address_locality": "Springfield", "address_region": "IL", "postal_code": "62701", "address_country": "US"}
    status, made = client.send("update_checkout", {"id": made["id"], "buyer": buyer, "line_items": lines, "fulfillment": {"methods": [{"type": "shipping", "destinations": [address]}]}}, id=made["id"], valid=False)
    that(len(made["fulfillment"]["methods"][0]["groups"][0]["options"]) == 2, "… with its address")
    method = made["fulfillment"]["methods"][0]
    status, made = client.send("update_checkout", {"id": made["id"], "buyer": buyer, "line_items": lines, "fulfillment": {"methods": [{"id": method["id"], "type": "shipping", "line_item_ids": method["line_item_ids"], "selected_destination_id": method["selected_destination_id"], "destinations": method["destinations"], "groups": [{"id": "parcel", "selected_option_id": "exp-ship-us"}]}]}}, id=made["id"])
    that(made["fulfillment"]["methods"][0]["groups"][0]["selected_option_id"] == "exp-ship-us", "… with its way of sending")
    status, answer = client.send("complete_checkout", {"payment": {"instruments": [{"id": "pi_gpay_5678", "handler_id": "invoice", "type": "card", "selected": True, "display": {"brand": "mastercard", "last_digits": "5678"}, "billing_address": {**address, "postal_code": "12345"}, "credential": {"type": "PAYMENT_GATEWAY", "token": "examplePaymentMethodToken"}}]}, "signals": {"dev.ucp.buyer_ip": "203.0.113.42", "dev.ucp.user_agent": "Mozilla/5.0 ..."}}, id=made["id"])
    that(answer["status"] == "requires_escalation" and answer["continue_url"], "… completed: handed to the shopper")
    status, answer = client.send("cancel_checkout", {}, id=made["id"])
    that(answer["status"] == "canceled", "… cancelled")
