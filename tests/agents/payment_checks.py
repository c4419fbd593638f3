"""customers.csv and payment_instruments.csv of the conformance data: each customer's address bought for with each instrument, what pays and what is
refused; the handler is there only where the owner allows the test payment."""
import json, urllib.parse
from checkout_checks import codes, destination, line, total
from mandate_checks import Key, McpClient, ec, mandate
from shop import CAPABILITIES, Browser, UcpClient, platform_profile

AP2 = "dev.ucp.shopping.ap2_mandate"


def instrument(row, token=None):
    return {"id": row["id"], "handler_id": row["handler_id"], "type": row["type"], "selected": True, "display": {"brand": row["brand"], "last_digits": row["last_digits"]}, "credential": {"type": "token", "token": token or row["token"]}}


def order_of(customer, address, row):
    """A checkout of the data's customer, sent to the data's address, to be paid with the data's instrument."""
    first, last = customer["name"].split(" ", 1)
    return {"line_items": [line("bouquet_roses", 2)], "buyer": {"first_name": first, "last_name": last, "email": customer["email"]}, "payment": {"instruments": [{k: v for k, v in instrument(row).items() if k != "credential"}]},
            "fulfillment": {"methods": [{"type": "shipping", "destinations": [destination(address)]}]}}


def run(shop, schemas, checks, data, rows):
    that = checks.that
    instruments, customers = rows("payment_instruments.csv"), {c["id"]: c for c in rows("customers.csv")}
    sent_to = [(customers[a["customer_id"]], a) for a in rows("addresses.csv")]
    stock = lambda: shop.call("stock.list", {"sku": "bouquet_roses"})["levels"][0]["on_hand"]
    handlers = lambda answer: {h["id"] for of in answer["ucp"]["payment_handlers"].values() for h in of}
    of_the_data = {r["handler_id"] for r in instruments}
    shop.register("https://plain.example/p", platform_profile(), name="Plain")
    plain = UcpClient(shop, schemas, checks, "https://plain.example/p")
    customer, address = sent_to[0]
    profile = lambda: plain.raw("GET", "/.well-known/ucp")[1]
    # A shop that takes no test payment lists none, and refuses what names one.
    closed = profile()
    that(not of_the_data & handlers(closed), f"without the owner's word there is no such handler: {handlers(closed)}")
    made = plain.send("create_checkout", order_of(customer, address, instruments[0]))[1]
    answer = plain.send("complete_checkout", {"payment": {"instruments": [instrument(instruments[0])]}}, id=made["id"])[1]
    that(codes(answer)[0] == "payment_failed" and answer["messages"][0]["path"].endswith("handler_id"), f"... and it is refused: {answer['messages']}")
    shop.call("settings.update", {"changes": [{"name": "test_payment", "value": "1"}]})
    open_ = profile()
    checks.valid(schemas.errors(open_["ucp"], "ucp.json#/$defs/business_schema"), "the profile with the data's handler")
    that(of_the_data <= handlers(open_), f"with it the handlers of the data are listed: {handlers(open_)}")

    # Without a mandate: what would be refused is said before the shopper is asked, what would pay waits for the shopper.
    for row in instruments:
        made = plain.send("create_checkout", order_of(customer, address, row))[1]
        answer = plain.send("complete_checkout", {"payment": {"instruments": [instrument(row)]}}, id=made["id"])[1]
        fails = row["token"] == "fail_token"
        that(answer["status"] == "requires_escalation" and ("payment_failed" in codes(answer)) == fails and "order" not in answer, f"{row['id']} without approval: {answer['status']} {codes(answer)}")
        shown = answer["payment"]["instruments"][0]
        that(shown["display"] == {"brand": row["brand"], "last_digits": row["last_digits"]} and row["token"] not in json.dumps(answer), f"{row['id']} is said again without its token: {shown}")
    shopper = Browser(shop, checks)
    _, page, _ = shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    that('value="test" checked' in page, "the shopper's page begins with the way of paying that the agent named")
    # The owner closes it meanwhile: the page offers what is left, with one way chosen.
    shop.call("settings.update", {"changes": [{"name": "test_payment", "value": "0"}]})
    _, page, _ = Browser(shop, checks).get(urllib.parse.urlsplit(made["continue_url"]).path)
    that('value="invoice" checked' in page and 'value="test"' not in page, "a way of paying that was closed since is not offered, and another one is chosen")
    shop.call("settings.update", {"changes": [{"name": "test_payment", "value": "1"}]})
    shopper.press()
    done = plain.send("get_checkout", id=made["id"])[1]
    that(done["status"] == "completed" and shop.call("orders.get_order", {"order_id": done["order"]["id"]})["status"] == "paid", f"the shopper pays by it: {done['status']}")

    if ec is None:
        print("payments by mandate: not tried, for python3-cryptography is not here")
        return
    key, url = Key("payer"), "https://payer.example/p"
    shop.register(url, platform_profile(CAPABILITIES + [AP2], keys=[key.jwk()]), accepts_mandates=True, name="Payer")
    for client in (UcpClient(shop, schemas, checks, url), McpClient(shop, schemas, checks, url)):
        for row in instruments:
            for customer, address in sent_to if row is instruments[0] else sent_to[:1]:
                before, orders = stock(), len(shop.call("orders.list_orders", {"page_size": 500})["orders"])
                made = client.send("create_checkout", order_of(customer, address, row))[1]
                that(handlers(made) >= of_the_data, f"the checkout lists it: {handlers(made)}")
                complete = lambda *instruments: client.send("complete_checkout", {"payment": {"instruments": list(instruments)}, "ap2": {"checkout_mandate": mandate(key, made)}}, id=made["id"])[1]
                answer = complete(instrument(row))
                if row["token"] == "fail_token":
                    m = answer["messages"][0]
                    that((m["type"], m["code"], m["severity"], m["path"]) == ("error", "payment_failed", "recoverable", "$.payment.instruments[0].credential") and answer["status"] == "ready_for_complete", f"{row['id']} is refused: {answer['messages']}")
                    that(stock() == before and len(shop.call("orders.list_orders", {"page_size": 500})["orders"]) == orders, f"{row['id']} takes nothing and places nothing")
                    that(codes(complete(instrument(row, "another_token"))) == ["payment_failed"], "nor does a token that the data does not know")
                    answer = complete({**instrument(row), "selected": False}, instrument(instruments[0]))
                that(answer["status"] == "completed" and stock() == before - 2, f"{row['id']} for {customer['name']}: {answer['status']} {answer.get('messages')}")
                order = shop.call("orders.get_order", {"order_id": answer["order"]["id"]})
                that(order["status"] == "paid" and order["total_minor"] == total(made, "total") and order["contact"]["name"] == customer["name"] and order["contact"]["postcode"] == address["postal_code"], f"the order is paid, in sum, for {customer['id']} at {address['id']}: {order['status']} {order.get('contact')}")
