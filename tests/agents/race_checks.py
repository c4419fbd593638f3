"""A property: whatever buyers do at once, stock is never below zero, nothing is oversold, each order is paid exactly once, and the sum of money is the sum of orders.

Settings are drawn from a seed that is printed (KINDLING_SEED repeats them, KINDLING_ROUNDS says how many rounds): how many buyers want how much of what, through which
door (the storefront's basket, a basket that the guide filled, UCP with the shopper's button or with a mandate, ACP, the shop's own MCP tools, the API with a shopper's
session), how often each repeats its last step at the same moment with the same key, and which prices change meanwhile. Afterwards some orders are cancelled and some
goods come back, twice at once as well, and the money is counted again. Payments are counted in the store itself, where no operation can look away.
"""
import collections, json, os, random, re, sqlite3, threading, time, urllib.parse, uuid
import own_tools_checks
from acp_checks import AcpClient
from checkout_checks import BUYER, line
from mandate_checks import Key, ec, mandate
from shop import CAPABILITIES, Browser, UcpClient, platform_profile

ADDRESS = {"id": "home", "street_address": "1 Road", "address_locality": "Town", "address_region": "IL", "postal_code": "62704", "address_country": "US"}
FORM = {"name": "Jane Doe", "email": "jane.doe@example.com", "address": "1 Road", "city": "Town", "country": "US", "payment": "test"}


class Buyer:
    """One who wants `lines` ({sku: quantity}). prepare() goes all the way up to the last step; finish() is that step, sent by each of `times` twins at once, and tells
    the orders that it was told of."""
    def __init__(self, world, lines):
        self.world, self.lines, self.orders, self.said = world, lines, [], []
        self.source = world.address()

    def note(self, order, said=""):
        if order:
            self.orders.append(order)
        self.said.append(said)

    def items(self):
        return [{"sku": sku, "quantity": quantity} for sku, quantity in self.lines.items()]


class ByPage(Buyer):
    """Whoever presses a button of a page: a page that shows new terms (a price that changed) is read and pressed again."""
    def prepare(self):
        self.browser = Browser(self.world.shop, self.world.checks, source=self.source)
        self.open()

    def finish(self):
        mine = self.browser.twin()
        for _ in range(4):
            if not re.search(r'<form class="two"', mine.page):
                return self.note("", "nothing to press")
            status, page, path = mine.press(**self.fields())
            if found := re.search(r"/order/([A-Za-z0-9_-]+)", path):
                return self.note(found[1])
        self.note("", f"{status} {path}")

    def fields(self):
        return FORM


class Storefront(ByPage):
    def open(self):
        for sku, quantity in self.lines.items():
            self.browser.fetch("POST", "/en/basket/add", urllib.parse.urlencode({"sku": sku, "quantity": quantity}).encode())
        self.browser.get("/en/checkout")


class Guide(ByPage):
    """The guide names what it found; what is put in is said in the talk, more of it in the basket's own words."""
    def open(self):
        visitor, conversation, basket = "vis_" + uuid.uuid4().hex[:24], "", ""
        for sku, quantity in self.lines.items():
            for text in (f"{self.world.names[sku]}", "add the first one to my basket"):
                said = {"visitor": visitor, "locale": "en", "text": text, "conversation_id": conversation, "basket_id": basket}
                status, answer, _ = own_tools_checks.send(self.world.shop, "/embed/ask", said, source=self.source)
                conversation, basket = answer["conversation_id"], answer["basket_id"] or basket
        self.browser.get("/checkout?basket=" + basket)
        self.browser.get("/en/checkout")
        # What the talk put in is what this buyer wants now.
        inside = self.world.shop.call("basket.get", {"basket_id": basket})["lines"] if basket else []
        self.lines = {l["sku"]: l["quantity"] for l in inside}


class Ucp(ByPage):
    def client(self):
        return self.world.client(self.world.platform)

    def begin(self):
        return self.client().send("create_checkout", {"line_items": [line(s, q) for s, q in self.lines.items()], "buyer": BUYER, "fulfillment": {"methods": [{"type": "shipping", "destinations": [ADDRESS]}]}})[1]

    def open(self):
        self.made = self.begin()
        if "id" in self.made:
            self.browser.get(urllib.parse.urlsplit(self.made["continue_url"]).path)

    def fields(self):
        return {"payment": "test"}


class UcpMandate(Ucp):
    """The platform completes by itself, by the shopper's signed word: the same request with the same key, several times at once."""
    def prepare(self):
        self.made, self.key = self.begin(), str(uuid.uuid4())
        self.word = mandate(self.world.signer, self.made) if "id" in self.made else ""

    def finish(self):
        if not self.word:
            return self.note("", "no checkout")
        body = {"payment": {"instruments": [{"id": "i", "handler_id": "test", "type": "card", "credential": {"type": "t", "token": "success_token"}}]}, "ap2": {"checkout_mandate": self.word}}
        status, answer = self.client().send("complete_checkout", body, id=self.made["id"], key=self.key)
        self.note(answer.get("order", {}).get("id", "") if status == 200 and answer.get("status") == "completed" else "", f"{status} {[m.get('code') for m in answer.get('messages', [])]}")


class Acp(ByPage):
    def open(self):
        self.client = AcpClient(self.world.shop, self.world.root, self.world.checks, self.world.acp_key)
        details = {"name": "Jane Doe", "email": "jane.doe@example.com", "address": {"name": "Jane Doe", "line_one": "1 Road", "city": "Town", "state": "IL", "country": "US", "postal_code": "62704"}}
        status, made = self.client.send("create", {"line_items": [{"id": s} for s, q in self.lines.items() for _ in range(q)], "currency": "usd", "capabilities": {}, "fulfillment_details": details})
        if status == 201:
            self.browser.get(urllib.parse.urlsplit(made["continue_url"]).path)

    def fields(self):
        return {"payment": "test"}


class OwnTools(ByPage):
    """The shop's own tools by MCP: asked to place twice with one key, pressed by the shopper as often as anybody."""
    def open(self):
        wish = {"lines": self.items(), "contact": {"name": "Jane Doe", "email": "jane.doe@example.com", "address": "1 Road", "city": "Town", "country": "US"}, "payment": "test"}
        answer = own_tools_checks.tool(self.world.shop, "orders_place", wish, self.world.acp_key)[1]
        if not answer["isError"]:
            self.browser.get(urllib.parse.urlsplit(answer["structuredContent"]["approval_url"]).path)


class Api(Buyer):
    """A shopper's own session at /v1: the same request with the same Idempotency-Key, several times at once, again while it is in progress."""
    def prepare(self):
        self.headers = {"Authorization": "Bearer " + self.world.session, "Idempotency-Key": str(uuid.uuid4())}

    def finish(self):
        for _ in range(100):
            status, answer, _ = own_tools_checks.send(self.world.shop, "/v1/orders/place", {"lines": self.items(), "contact": {"name": "Jane", "address": "1 Road", "email": "jane@example.com"}, "payment": "test"}, self.headers, self.source)
            if (answer.get("error") or {}).get("reason") != "idempotency_in_progress":
                break
            time.sleep(0.02)  # until the first of the same key is done
        self.note(answer.get("order_id", ""), f"{status} {(answer.get('error') or {}).get('reason', '')}")


class World:
    def __init__(self, shop, schemas, checks, root):
        self.shop, self.schemas, self.checks, self.root, self.names = shop, schemas, checks, root, {}
        self.addresses = 0
        shop.call("settings.update", {"changes": [{"name": "test_payment", "value": "1"}]})
        key = shop.call("keys.create", {"name": "racing agent", "role": "agent", "rate_per_minute": 1_000_000})
        shop.call("agents.save", {"name": "Racer", "key_id": key["key_id"], "calls_per_minute": 1_000_000})
        self.acp_key, self.platform = key["secret"], "https://race.example/p"
        self.signer = Key("racer") if ec else None
        shop.register(self.platform, platform_profile(CAPABILITIES + (["dev.ucp.shopping.ap2_mandate"] if ec else []), keys=[self.signer.jwk()] if ec else []), accepts_mandates=bool(ec), calls_per_minute=1_000_000)
        self.doors = [Storefront, Guide, Acp, OwnTools, Api] + ([UcpMandate] if ec else [Ucp])
        login = {"login": "racer@example.com", "password": "correct horse battery"}
        own_tools_checks.send(shop, "/v1/accounts/sign_up", login)
        self.session = own_tools_checks.send(shop, "/v1/accounts/sign_in", login)[1]["session_token"]
        # Of platforms without mandates, the shopper presses.
        shop.register("https://plain.example/p", platform_profile(), calls_per_minute=1_000_000)

    def address(self):
        """Each shopper comes from an address of their own: those of one share its limits."""
        self.addresses += 1
        return f"127.0.{1 + self.addresses // 250}.{1 + self.addresses % 250}", 0

    def client(self, platform):
        """With a key, which has a limit of its own: a stranger shares one with all of its address."""
        return UcpClient(self.shop, self.schemas, self.checks, platform, headers={"Authorization": "Bearer " + self.acp_key})

    def on_hand(self, sku):
        return sum(l["on_hand"] for l in self.shop.call("stock.list", {"sku": sku})["levels"])

    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.shop.server.folder}/data/kindling.db?mode=ro", uri=True) as db:
            return db.execute(sql, values).fetchall()


class UcpPlain(Ucp):
    def client(self):
        return self.world.client("https://plain.example/p")


def at_once(actions):
    start = threading.Barrier(len(actions))
    failed = []

    def act(action):
        start.wait()
        try:
            action()
        except Exception as e:  # a door that falls over is a failure of the property, not of the thread
            failed.append(repr(e))
    threads = [threading.Thread(target=act, args=(a,)) for a in actions]
    for t in threads: t.start()
    for t in threads: t.join()
    return failed


def money(world, that, where, orders):
    """Payments and refunds of these orders against what they come to; `orders`: order -> row of orders.get_order."""
    paid = refunded = 0
    for id, order in orders.items():
        payments = world.rows("SELECT amount_minor, status FROM payments WHERE order_id = ?", id)
        back = sum(a for a, in world.rows("SELECT amount_minor FROM refunds WHERE order_id = ? AND state = 'refunded'", id))
        that(len(payments) == 1 and payments[0][0] == order["total_minor"], f"{where}: order {id} of {order['total_minor']} is paid exactly once: {payments}")
        that(back <= order["total_minor"], f"{where}: no more goes back than came: {back} of {order['total_minor']}")
        paid, refunded = paid + sum(a for a, _ in payments), refunded + back
    that(world.rows("SELECT COUNT(*) FROM payments WHERE order_id NOT IN (SELECT order_id FROM orders)")[0][0] == 0, f"{where}: no payment without an order")
    that(paid == sum(o["total_minor"] for o in orders.values()), f"{where}: the sum of payments is the sum of orders")
    return paid, refunded


def one_round(world, draw, number):
    shop, that = world.shop, world.checks.that
    goods = {f"R{number}-{letter}-{uuid.uuid4().hex[:6]}": (draw.randint(0, 7), draw.randint(5, 60) * 100) for letter in "ABC"[:draw.randint(1, 3)]}
    for sku in goods:
        # Each has a word that is no other's, so that the guide finds just it.
        world.names[sku] = "".join(draw.choice("bdfgklmnprtvz") + draw.choice("aeiou") for _ in range(5)).capitalize() + " " + draw.choice(("lamp", "kettle", "chair", "bowl"))
    shop.call("catalog.save_products", {"products": [{"product_id": sku, "title_en": world.names[sku], "variants": [{"sku": sku, "price_minor": price, "stock": stock}]} for sku, (stock, price) in goods.items()]})
    client = world.client("https://plain.example/p")
    for sku in goods:
        shop.wait("the index", lambda: any(p["id"] == sku for p in client.send("search_catalog", {"query": world.names[sku]})[1]["products"]))
    buyers = []
    for _ in range(draw.randint(6, 16)):
        door = draw.choice(world.doors + [UcpPlain])
        chosen = draw.sample(sorted(goods), 1 if door is Guide else draw.randint(1, min(2, len(goods))))
        buyers.append(door(world, {sku: 1 if door is Guide else draw.randint(1, 3) for sku in chosen}))
    times = [draw.randint(1, 3) for _ in buyers]
    changes = [(draw.choice(sorted(goods)), draw.randint(5, 60) * 100) for _ in range(draw.randint(0, 4))]
    where = f"round {number} (" + ", ".join(f"{n} {d}" for d, n in sorted(collections.Counter(type(b).__name__ for b in buyers).items())) + f"; stock {[s for s, _ in goods.values()]}; {len(changes)} prices change)"
    for b in buyers:
        wanted = dict(b.lines)
        b.prepare()
        that(set(b.lines) <= set(goods) and b.lines or all(goods[sku][0] == 0 for sku in wanted), f"{where}: {type(b).__name__} comes as far as the last step while there is something of {wanted}")
    seen, blind, over = [], [], threading.Event()

    def watch():
        try:
            while not over.is_set():
                seen.extend(world.on_hand(sku) for sku in goods)
        except Exception as e:  # who cannot look sees no fault
            blind.append(repr(e))
    watcher = threading.Thread(target=watch)
    watcher.start()
    prices = [lambda sku=sku, price=price: shop.call("catalog.set_price", {"sku": sku, "price_minor": price}) for sku, price in changes]
    failed = at_once([b.finish for b, n in zip(buyers, times) for _ in range(n)] + prices)
    over.set()
    watcher.join()
    that(not failed, f"{where}: every door answers: {failed[:3]}")
    that(not blind, f"{where}: stock is told all the while: {blind}")

    left = {sku: world.on_hand(sku) for sku in goods}
    that(min(seen + list(left.values())) >= 0, f"{where}: stock is never below zero: {min(seen)} {left}")
    told = {o for b in buyers for o in b.orders}
    orders = {id: shop.call("orders.get_order", {"order_id": id}) for (id,) in world.rows("SELECT DISTINCT order_id FROM order_lines WHERE sku IN (%s)" % ",".join("?" * len(goods)), *goods)}
    that(set(orders) == told, f"{where}: the orders are those that buyers were told of: {len(orders)} and {len(told)}")
    sold = collections.Counter()
    for o in orders.values():
        for l in o["lines"]:
            sold[l["sku"]] += l["quantity"]
    that(all(sold[sku] + left[sku] == stock for sku, (stock, _) in goods.items()), f"{where}: nothing is oversold and nothing lost: {dict(sold)} sold, {left} left of {goods}")
    for b, n in zip(buyers, times):
        what = f"{where}: a buyer of {b.lines} at {type(b).__name__}, {n} at once"
        that(len(set(b.orders)) <= 1, f"{what}: one order at most: {b.orders}")
        if b.orders:
            got = {l["sku"]: l["quantity"] for l in orders[b.orders[0]]["lines"]}
            # The storefront's basket takes no more than there is when something is put in.
            # Who was shown a new price and pressed again came with another form: its twin's order has emptied the basket by then.
            that((len(b.orders) == n or changes and isinstance(b, ByPage)) and (got == b.lines or type(b) is Storefront and all(quantity <= b.lines.get(sku, 0) for sku, quantity in got.items())), f"{what}: each repetition is told of the same order, with just that: {b.orders} {got} {b.said}")
        elif b.lines:
            that(any(left[sku] < quantity for sku, quantity in b.lines.items()), f"{what}: goes without only where there is not enough: {left} {b.said}")
    paid, refunded = money(world, that, where, orders)
    that(refunded == 0, f"{where}: nothing goes back by itself")

    # Some are cancelled, some come back, each asked twice at once.
    expected, actions, restocked = 0, [], collections.Counter()
    quiet = lambda operation, body: lambda: shop.ask(operation, body)
    for id, o in orders.items():
        fate = draw.choice(["kept", "cancelled", "returned"])
        if fate == "cancelled":
            expected += o["total_minor"]
            actions += [quiet("orders.cancel_order", {"order_id": id})] * 2
            for l in o["lines"]:
                restocked[l["sku"]] += l["quantity"]
        elif fate == "returned":
            for to in ("shipped", "delivered"):
                shop.call("orders.move_order", {"order_id": id, "status": to})
            expected += o["lines"][0]["quantity"] * o["lines"][0]["unit_price_minor"]
            actions += [quiet("orders.record_returns", {"returns": [{"order_id": id, "line": 0, "quantity": o["lines"][0]["quantity"]}]})] * 2
    if actions:
        that(not at_once(actions), f"{where}: cancelling and returning at once is answered")
    due = lambda: sum(shop.call("orders.list_refunds", {"order_id": id})["due_minor"] for id in orders) == 0
    shop.wait("the refunds", due, 60)
    _, refunded = money(world, that, where + ", after it", orders)
    that(refunded == expected, f"{where}: what was cancelled or came back is paid back once: {refunded} of {expected}")
    that(all(world.on_hand(sku) == left[sku] + restocked[sku] for sku in goods), f"{where}: what was cancelled stands in stock again (what came back, once somebody has looked at it): {[(world.on_hand(s), left[s], restocked[s]) for s in goods]}")
    return len(buyers), len(orders), paid, refunded


def run(shop, schemas, checks, root, rows):
    seed = int(os.environ.get("KINDLING_SEED") or random.SystemRandom().randrange(10**9))
    print(f"race: KINDLING_SEED={seed}", flush=True)
    draw, world = random.Random(seed), World(shop, schemas, checks, root)
    done = [one_round(world, draw, n) for n in range(int(os.environ.get("KINDLING_ROUNDS") or 6))]
    print("race: {} buyers, {} orders, {} paid, {} paid back".format(*(sum(x) for x in zip(*done))))
