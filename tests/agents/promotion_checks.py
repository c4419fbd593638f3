"""Promotion codes by UCP's discount extension and by ACP's: totals that add up, codes that do not count, carts that carry them on."""
import json, urllib.parse
from checkout_checks import BUYER, codes, destination, line, total
from shop import CAPABILITIES, Browser, UcpClient, platform_profile

DISCOUNT = "dev.ucp.shopping.discount"


def of_the_data(shop, schemas, that, checks, rows):
    """discounts.csv and promotions.csv as the owner would enter them: each code and each way to free shipping, alone."""
    shop.register("https://data.example/profile", platform_profile(CAPABILITIES + [DISCOUNT]), name="Of the data")
    client = UcpClient(shop, schemas, checks, profile="https://data.example/profile")
    prices = {row["id"]: int(row["price"]) for row in rows("products.csv")}
    saved = []
    for row in rows("discounts.csv"):
        value = int(row["value"])
        worth = {"percent_off_hundredths": value * 100} if row["type"] == "percentage" else {"off_minor": value}
        saved.append(row["code"].lower())
        shop.call("promotions.save", {"promotion": {"promotion_id": saved[-1], "kind": "percent_off" if row["type"] == "percentage" else "amount_off", "title_en": row["description"], "codes": [row["code"]], **worth}})
        bought = 2 * prices["bouquet_roses"] + prices["pot_ceramic"]
        status, cart = client.send("create_cart", {"line_items": [line("bouquet_roses", 2), line("pot_ceramic")], "discounts": {"codes": [row["code"]]}})
        off = bought * value // 100 if row["type"] == "percentage" else value
        that(status == 201 and total(cart, "items_discount") == -off and total(cart, "total") == bought - off, f"{row['code']} takes off {off} of {bought}: {cart['totals']}")
    address = destination(rows("addresses.csv")[0])
    free = lambda lines: (lambda made: total(made, "discount") == -total(made, "fulfillment"))(client.send("create_checkout", {"line_items": lines, "buyer": BUYER, "fulfillment": {"methods": [{"type": "shipping", "destinations": [address]}]}})[1])
    for row in rows("promotions.csv"):
        goods, least = json.loads(row["eligible_item_ids"] or "[]"), int(row["min_subtotal"] or 0)
        for_it = [line(goods[0])] if goods else [line("pot_ceramic", -(-least // prices["pot_ceramic"]))]
        too_little = [line("pot_ceramic")]
        that(not free(for_it), f"{row['id']} does not count before it is there")
        saved.append(row["id"])
        shop.call("promotions.save", {"promotion": {"promotion_id": row["id"], "kind": "free_shipping", "title_en": row["description"], "threshold_minor": least, "goods": {"product_ids": goods}}})
        that(free(for_it) and not free(too_little), f"{row['id']} sends free of charge what it is for, and nothing else")
        shop.call("promotions.stop", {"promotion_id": saved.pop()})
    for each in saved:
        shop.call("promotions.stop", {"promotion_id": each})


def run(shop, schemas, checks, root, rows):
    that = checks.that
    shop.call("settings.update", {"changes": [{"name": "shipping_fee_minor", "value": "800"}]})
    shop.register("https://platform.example/profile", platform_profile(), name="Example Platform")
    of_the_data(shop, schemas, that, checks, rows)
    shop.call("promotions.save", {"promotion": {"promotion_id": "spring", "kind": "percent_off", "title_en": "Spring 20 %", "percent_off_hundredths": 2000, "codes": ["SPRING"], "priority": 10}})
    shop.call("promotions.save", {"promotion": {"promotion_id": "gone", "kind": "amount_off", "title_en": "Gone", "off_minor": 100, "codes": ["GONE"], "ends": "2020-01-01", "starts": "2019-01-01"}})
    shop.call("promotions.save", {"promotion": {"promotion_id": "member", "kind": "amount_off", "title_en": "Members", "off_minor": 100, "codes": ["MEMBER"], "most_uses_per_customer": 1}})
    shop.register("https://saver.example/profile", platform_profile(CAPABILITIES + [DISCOUNT]), name="Saver")
    client = UcpClient(shop, schemas, checks, profile="https://saver.example/profile")
    entry = client.raw("GET", "/.well-known/ucp")[1]["ucp"]["capabilities"][DISCOUNT][0]
    that(set(entry["extends"]) == {"dev.ucp.shopping.cart", "dev.ucp.shopping.checkout"}, f"the profile says what the extension extends: {entry}")

    status, cart = client.send("create_cart", {"line_items": [line("bouquet_roses", 2), line("pot_ceramic")], "discounts": {"codes": ["spring", "nope", "gone", "member"]}})
    that(status == 201 and total(cart, "items_discount") == -1700 and total(cart, "total") == 6800, f"a code takes a fifth off the cart: {cart['totals']}")
    that([c for c in codes(cart) if c.startswith("discount")] == ["discount_code_invalid", "discount_code_expired", "discount_code_user_not_logged_in"], f"codes that do not count are told: {codes(cart)}")
    applied = cart["discounts"]["applied"]
    that(len(applied) == 1 and applied[0]["code"] == "SPRING" and sum(a["amount"] for a in applied[0]["allocations"]) == applied[0]["amount"] == 1700, f"what was applied lies on lines: {applied}")
    that(sum(total(l, "items_discount") or 0 for l in cart["line_items"]) == total(cart, "items_discount"), "the lines add up to the cart")
    status, made = client.send("create_checkout", {"cart_id": cart["id"], "line_items": []})
    that(total(made, "items_discount") == -1700 and made["discounts"]["codes"][0] == "SPRING", f"a checkout carries the cart's codes on: {made['discounts']}")

    shop.call("promotions.save", {"promotion": {"promotion_id": "ship", "kind": "free_shipping", "title_en": "Free shipping", "threshold_minor": 5000}})
    address = destination(rows("addresses.csv")[0])
    body = {"line_items": [line("bouquet_roses", 2)], "buyer": BUYER, "fulfillment": {"methods": [{"type": "shipping", "destinations": [address]}]}}
    status, made = client.send("create_checkout", {**body, "discounts": {"codes": ["SPRING"]}})
    that(total(made, "total") == sum(t["amount"] for t in made["totals"] if t["type"] != "total") and total(made, "discount") == -total(made, "fulfillment"), f"shipping comes off apart, and all adds up: {made['totals']}")
    body["fulfillment"]["methods"][0]["line_item_ids"] = ["li_bouquet_roses"]
    status, kept = client.send("update_checkout", body, id=made["id"])
    that(kept["discounts"]["codes"] == ["SPRING"], "codes left out stay")
    status, none = client.send("update_checkout", {**body, "discounts": {"codes": []}}, id=made["id"])
    that(none["discounts"]["codes"] == [] and total(none, "items_discount") is None, "an empty list removes them")
    status, made = client.send("update_checkout", {**body, "discounts": {"codes": ["spring"]}}, id=made["id"])
    wanted = total(made, "total")
    shop.call("promotions.stop", {"promotion_id": "spring"})
    shopper = Browser(shop, checks)
    status, page, _ = shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    that(status == 200 and "Spring 20" in page and "SPRING" in page, "the shopper's page shows what is taken off")
    status, page, where = shopper.press()
    status, done = client.send("get_checkout", id=made["id"])
    that(done["status"] == "completed" and total(done, "total") == wanted, f"what was promised is what was charged: {done['status']} {done['totals']}")
    order = shop.call("orders.get_order", {"order_id": done["order"]["id"]})
    that(order["total_minor"] == wanted and sum(l["discount_minor"] for l in order["lines"]) == 1400, f"the order holds the discount on its lines: {order}")

    other = UcpClient(shop, schemas, checks)
    del body["fulfillment"]["methods"][0]["line_item_ids"]
    status, made = other.send("create_checkout", body)
    that("discounts" not in made and total(made, "total") == sum(t["amount"] for t in made["totals"] if t["type"] != "total"), "a platform without the extension still sees sums that add up")
    shop.call("promotions.stop", {"promotion_id": "ship"})
    shop.call("promotions.stop", {"promotion_id": "member"})
