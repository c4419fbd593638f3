#!/usr/bin/env python3
"""From a vague wish to a paid order and a return: a person with the guide, and somebody's agent by UCP and by ACP, in both languages, on a demo shop and on the
imported Amazon products (KINDLING_DATA/amazon-products-24k; left out with a word when it is not there).

usage: journey.py BINARY
"""
import http.client, json, os, pathlib, re, subprocess, sys, time, urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import protocol_schemas, scenarios
import shop as shops
from acp_checks import AcpClient
from checkout_checks import BUYER, line
from own_tools_checks import tool

binary = os.path.abspath(sys.argv[1])
checks = shops.Checks()


class Wish:
    """What somebody says, and what has to be true of the goods it leads to: a word of their title or category in either language, none that speaks of somebody else, and a price."""
    def __init__(self, text, meant="", never="", most_minor=None):
        self.text, self.meant, self.never, self.most_minor = text, meant, never, most_minor

    def fits(self, called, price_minor):
        called = called.lower()
        return 0 < price_minor <= (self.most_minor or price_minor) and bool(re.search(self.meant, called)) and not (self.never and re.search(self.never, called))


CUPS, FOR_OTHERS = "mug|cup|flask|tumbler|bottle|杯|壶|瓶", r"\bmen\b(?! and women)|\bcats?\b|\bdogs?\b|kids|男(?!女)|猫|狗|儿童"
INSTRUMENTS = "accessor|instrument|guitar|violin|piano|drum|string|strap|capo|tuner|stand|case|pick|reed|bow|cable|mouthpiece|rosin|ukulele|flute|sax|microphone|cymbal|pedal"
WISHES = {
    "demo": {"en": [Wish("I need something to drink my coffee from at work", CUPS), Wish("a present for my mother", never=FOR_OTHERS), Wish("a dress under 300 yuan", "dress", most_minor=300_00)],
             "zh": [Wish("想给办公室买个喝水的杯子，别太贵", CUPS), Wish("想送妈妈一件礼物", never=FOR_OTHERS), Wish("两百元以内的保温杯", "保温|flask", most_minor=200_00)]},
    "amazon": {"en": [Wish("something fun for a child, not too expensive", "toys and games", "adults only"), Wish("a gift for a friend who plays the guitar", "guitar"), Wish("a wooden puzzle, not more than $30", "puzzle", most_minor=30_00)],
               "zh": [Wish("想给孩子买个玩具，别太贵", "toys and games", "adults only"), Wish("想买一件乐器配件", INSTRUMENTS), Wish("50美元以内的尤克里里", "ukulele", most_minor=50_00)]},
}
# Sentences that name a person, an occasion or a trouble and no goods: at both doors the same goods, and goods of the kinds that go with it.
WARM, TEA = "cardigan|boot|开衫|靴", "kettle|flask|mug|水壶|保温杯|马克杯"
SENTENCES = {
    "demo": {"en": [Wish("a gift for my dad who drinks tea", TEA, FOR_OTHERS), Wish("my grandma's hands are always cold, something for her", WARM, FOR_OTHERS), Wish("my back hurts after sitting at the desk all day", "chair|desk"),
                    Wish("for my son, he is into dinosaurs", "dinosaur"), Wish("present for my husband who cooks a lot", "fryer|cooker|kettle", FOR_OTHERS), Wish("we just adopted a kitten", "pet|cat", "soft toy")],
             "zh": [Wish("想给喝茶的爸爸买礼物", TEA, FOR_OTHERS), Wish("奶奶手脚冰凉，送她点什么", WARM, FOR_OTHERS), Wish("坐久了腰疼", "椅|桌"),
                    Wish("儿子喜欢恐龙，送什么好", "恐龙"), Wish("老公爱做饭，生日送他什么", "炸锅|电饭煲|水壶", FOR_OTHERS), Wish("刚养了只小狗", "宠物", "玩具|玩偶")]},
    "amazon": {"en": [Wish("what can I get my brother who just started playing guitar", "guitar"), Wish("my grandfather loves chess, what could I give him", "chess"), Wish("my dad plays the harmonica, his birthday is soon", "harmonica"),
                      Wish("my daughter turns five next week and she adores horses", "horse|pony|unicorn")],
               "zh": [Wish("给刚学吉他的弟弟买个礼物", "guitar"), Wish("我爸爱下象棋", "chess"), Wish("送给喜欢画画的小女孩", "paint|draw|art")]},
}
FEED_WORDS = {"demo": {"en": ["mug", "flask"], "zh": ["马克杯", "保温杯"]}, "amazon": {"en": ["guitar strap", "puzzle"], "zh": ["guitar", "puzzle"]}}
SAY = {"en": {"add": "add the first one to my basket", "return": "I want to return order {}, it does not suit me", "yes": "yes"}, "zh": {"add": "把第一个加入购物车", "return": "我要退货，订单{}，不合适", "yes": "确认"}}


class Talk:
    """The guide, as a program hears it."""
    def __init__(self, port, locale):
        self.port, self.locale, self.conversation, self.basket, self.turns = port, locale, "", "", 0

    def say(self, text):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", "/embed/ask", json.dumps({"visitor": "vis_" + "j" * 24, "locale": self.locale, "text": text, "conversation_id": self.conversation, "basket_id": self.basket}), {"Content-Type": "application/json", "Accept": "application/json"})
        answer = json.loads(connection.getresponse().read())
        connection.close()
        self.conversation, self.basket, self.turns = answer["conversation_id"], answer["basket_id"] or self.basket, self.turns + 1
        self.messages = answer["messages"]
        return answer

    cards = property(lambda self: [c for m in self.messages for c in m["cards"]])

    def question(self):
        return next((m for m in reversed(self.messages) if m["kind"] == "question" and m["chips"]), None)


def called(shop, product_id):
    """All that a product is called: its titles and the names of its category and of those above."""
    product = shop.call("catalog.get_product", {"product_id": product_id})["product"]
    categories = {c["category_id"]: c for c in shop.call("catalog.list_categories", {})["categories"]}
    names, at = [product["title_en"], product["title_zh"]], product["category_id"]
    while at in categories:
        names += [categories[at]["name_en"], categories[at]["name_zh"]]
        at = categories[at]["parent_id"]
    return " | ".join(names)


def ordered_as_wished(shop, order, wish, that, where):
    for one in shop.call("orders.get_order", {"order_id": order})["lines"]:
        name = called(shop, one["product_id"])
        that(wish.fits(name, one["unit_price_minor"]), f"{where}: what is ordered is what {wish.text!r} meant: {name[:120]!r} {one['unit_price_minor']}")


def person(shop, locale, wish, that, where):
    talk, say = Talk(shop.port, locale), SAY[locale]
    talk.say(wish.text)
    for _ in range(3):  # a question is answered by its first ready answer until goods are shown
        if talk.cards or not talk.question():
            break
        talk.say(talk.question()["chips"][0]["text"])
    if not that(talk.cards, f"{where}: the wish {wish.text!r} leads to goods within {talk.turns} turns: {[m['text'][:80] for m in talk.messages]}"):
        return
    first = talk.cards[0]
    # Not the one that is bought alone: a first page that serves one wish in three is no answer.
    meant = [c for c in talk.cards if wish.fits(called(shop, c["product_id"]), c["price_minor"])]
    that(4 * len(meant) >= 3 * len(talk.cards), f"{where}: what {wish.text!r} leads to is meant by it and within its price: {[(c['title'][:60], c['price_minor']) for c in talk.cards if c not in meant]}")
    talk.say(say["add"])
    for _ in range(2):  # which colour, which size
        if talk.basket or not talk.question():
            break
        talk.say(talk.question()["chips"][0]["text"])
    if not that(talk.basket, f"{where}: {first['title'][:60]!r} goes into the basket: {[m['text'][:80] for m in talk.messages]}"):
        return
    shopper = shops.Browser(shop, checks)
    status, page, _ = shopper.get("/checkout?basket=" + talk.basket)
    shopper.get(f"/{locale}/checkout")
    status, page, path = shopper.press(name="Lin Wei", email="lin@example.com", phone="13800001234", address="1 Road", city="Town", postcode="100000", country="US" if shop.currency == "USD" else "CN", payment="test")
    found = re.search(r"/order/([A-Za-z0-9_-]+)", path)
    if not that(found, f"{where}: the checkout places the order: {status} {path} {re.findall(r'class=.wrong[^>]*>([^<]*)', page)[:4]}"):
        return
    ordered_as_wished(shop, found[1], wish, that, where)
    bring_back(shop, found[1], in_the_talk(shop, locale), that, where)


def in_the_talk(shop, locale):
    """A person asks the guide to take it back, and answers what is asked."""
    def ask(order):
        talk = Talk(shop.port, locale)
        talk.say(SAY[locale]["return"].format(order))
        for _ in range(6):
            asked = next((m["asks"] for m in reversed(talk.messages) if m["kind"] == "question"), "")
            if not asked:
                break
            chips = talk.question()
            talk.say("1234" if asked == "contact" else SAY[locale]["yes"] if asked == "errand_confirm" else chips["chips"][0]["text"] if chips else SAY[locale]["yes"])
    return ask


def by_tool(shop, locale, permalink, that, where, key=""):
    """An agent asks by the shop's own tool, with the proof that the order's address holds; without it there is no such order."""
    proof = urllib.parse.parse_qs(urllib.parse.urlsplit(permalink).query)["token"][0]
    def ask(order):
        language = "zh-CN" if locale == "zh" else "en"
        refused = tool(shop, "orders_request_return", {"order_id": order, "access_token": "of somebody else"}, key, language)[1]
        that(refused["isError"] and "order_not_found" in refused["content"][0]["text"], f"{where}: nobody asks for others: {refused}")
        answer = tool(shop, "orders_request_return", {"order_id": order, "access_token": proof, "line": 0, "quantity": 1, "reason": "changed_mind", "note": "It does not suit."}, key, language)[1]
        that(not answer["isError"], f"{where}: the agent asks for the return: {answer}")
        again = tool(shop, "orders_request_return", {"order_id": order, "access_token": proof}, key, language)[1]
        that(again["isError"] and "returned_already" in again["content"][0]["text"], f"{where}: and once only: {again}")
    return ask


def bring_back(shop, order, ask, that, where):
    """Paid, sent, delivered; then asked back by `ask`, agreed to by the shop, and the money given back."""
    read = lambda: shop.call("orders.get_order", {"order_id": order})
    that(read()["status"] in ("paid", "shipped", "delivered"), f"{where}: the order is paid: {read()['status']}")
    for to in ("shipped", "delivered"):
        shop.call("orders.move_order", {"order_id": order, "status": to})
    ask(order)
    requests = [r for r in shop.call("orders.list_return_requests", {"status": "requested"})["requests"] if r["order_id"] == order]
    if not that(len(requests) == 1, f"{where}: the return is asked for: {requests}"):
        return
    shop.call("orders.decide_return", {"request_id": requests[0]["request_id"], "accept": True, "answer": "Please send it back."})
    back = shop.call("orders.list_returns", {"order_id": order})["returns"]
    that(len(back) == 1 and back[0]["refund_minor"] == read()["subtotal_minor"] > 0, f"{where}: the goods are back and the money is given back: {back}")
    for _ in range(50):  # the job that pays back runs by itself
        refunds = shop.call("orders.list_refunds", {"order_id": order})
        if refunds["due_minor"] == 0:
            break
        time.sleep(0.2)
    that(refunds["refunded_minor"] == back[0]["refund_minor"] and refunds["due_minor"] == 0 and read()["status"] == "returned", f"{where}: the refund went through the payment, and the order says that it came back: {refunds} {read()['status']}")


def agent(shop, locale, wish, schemas, that, where):
    client = shops.UcpClient(shop, schemas, checks, headers={"Accept-Language": "zh-CN" if locale == "zh" else "en"})
    status, found = client.send("search_catalog", {"query": wish.text, "pagination": {"limit": 10}})
    products = found.get("products", [])
    that(all(v["price"]["amount"] > 0 for p in products for v in p["variants"]), f"{where}: what the agent is offered for {wish.text!r} has prices")
    meant = [p for p in products if wish.fits(called(shop, p["id"]), p["variants"][0]["price"]["amount"])]
    that(4 * len(meant) >= 3 * len(products), f"{where}: what the agent's search for {wish.text!r} finds is meant by it: {[(p['title'][:60], p['variants'][0]['price']['amount']) for p in products if p not in meant]}")
    offers = [v for p in products for v in p["variants"] if v["availability"]["available"] and v["price"]["amount"] > 0]
    if not that(offers, f"{where}: the agent's search for {wish.text!r} finds something to buy: {[p['title'][:60] for p in products][:5]}"):
        return
    country = "US" if shop.currency == "USD" else "CN"
    status, made = client.send("create_checkout", {"line_items": [line(offers[0]["id"])], "buyer": {**BUYER, "phone_number": "+13800001234"}, "fulfillment": {"methods": [{"type": "shipping", "destinations": [{"id": "home", "street_address": "1 Road", "address_locality": "Town", "address_region": "", "postal_code": "10000", "address_country": country}]}]}})
    if not that(status == 201 and made.get("continue_url"), f"{where}: the agent prepares a checkout: {status} {made.get('messages')}"):
        return
    shopper = shops.Browser(shop, checks)
    shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    status, page, path = shopper.press(payment="test", phone="13800001234")
    done = client.send("get_checkout", id=made["id"])[1]
    if not that(done["status"] == "completed" and "/order/" in path, f"{where}: the shopper approves and the order stands: {done['status']} {path}"):
        return
    ordered_as_wished(shop, done["order"]["id"], wish, that, where)
    bring_back(shop, done["order"]["id"], by_tool(shop, locale, done["order"]["permalink_url"], that, where), that, where)
    # Which orders it may see it proves by a key; what it prepared it knows.
    that(client.send("get_checkout", id=made["id"])[1]["order"]["id"] == done["order"]["id"], f"{where}: the agent sees its order")


def both_doors(shop, locale, wish, schemas, that, where):
    """What an agent's search lists first is what the guide shows a person."""
    talk = Talk(shop.port, locale)
    talk.say(wish.text)
    client = shops.UcpClient(shop, schemas, checks, headers={"Accept-Language": "zh-CN" if locale == "zh" else "en"})
    status, found = client.send("search_catalog", {"query": wish.text, "pagination": {"limit": 10}})
    shown, listed = [c["product_id"] for c in talk.cards], [p["id"] for p in found.get("products", [])]
    that(shown and listed[:len(shown)] == shown, f"{where}: {wish.text!r} leads to the same goods: {shown} and {listed}")
    names = [called(shop, p) for p in shown]
    that(all(wish.fits(name, 1) for name in names), f"{where}: {wish.text!r} leads to what was meant: {[n[:60] for n in names if not wish.fits(n, 1)]}")


def acp_agent(shop, locale, words, root, key, that, where):
    """An agent by ACP: finds goods in the shop's feed, prepares a session, has it approved by the shopper, sees the order."""
    connection = http.client.HTTPConnection("127.0.0.1", shop.port, timeout=120)
    connection.request("GET", "/acp/feed/products.jsonl?locale=" + locale)
    offer = None
    for text in connection.getresponse():
        product = json.loads(text)
        offer = next((v for v in product["variants"] if v["availability"]["available"] and v["price"]["amount"] > 0), None) if any(w in product["title"].lower() for w in words) else None
        if offer:
            break
    connection.close()
    if not that(offer, f"{where}: the feed has something of {words} to buy"):
        return
    client = AcpClient(shop, root, checks, key)
    country = "US" if shop.currency == "USD" else "CN"
    details = {"name": "Lin Wei", "email": "lin@example.com", "phone_number": "13800001234", "address": {"name": "Lin Wei", "line_one": "1 Road", "city": "Town", "state": "", "country": country, "postal_code": "100000"}}
    language = {"Accept-Language": "zh-CN" if locale == "zh" else "en"}
    status, made = client.send("create", {"line_items": [{"id": offer["id"]}], "currency": shop.currency.lower(), "capabilities": {}, "fulfillment_details": details}, headers=language)
    if not that(status == 201 and made.get("continue_url"), f"{where}: the agent prepares a session: {status} {made.get('messages', made)}"):
        return
    status, error = client.send("complete", {"payment_data": {"purchase_order_number": "PO-1"}}, made["id"], headers=language)
    that((status, error.get("code")) == (400, "approval_required"), f"{where}: it orders nothing without the shopper: {status} {error}")
    shopper = shops.Browser(shop, checks)
    shopper.get(urllib.parse.urlsplit(made["continue_url"]).path)
    status, page, path = shopper.press(payment="test", phone="13800001234")
    status, done = client.send("complete", {"payment_data": {"purchase_order_number": "PO-1"}}, made["id"], headers=language)
    if not that(status == 200 and done["status"] == "completed" and done["order"]["id"] in path, f"{where}: the shopper approves and the agent is told of the order: {status} {done.get('status', done)} {path}"):
        return
    bring_back(shop, done["order"]["id"], by_tool(shop, locale, done["order"]["permalink_url"], that, where, key), that, where)


class Journey(shops.Shop):
    def __init__(self, first, currency):
        self.currency = currency
        self.server = scenarios.Server(binary, "", first=first)
        self.port = self.server.port


def made(*command):
    def fill(env):
        done = subprocess.run([binary, *command, "--quiet"], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed: {done.stdout}")
    return fill


root, why = protocol_schemas.folder()
if why:
    print("skipped: " + why)
    sys.exit(77)
schemas = protocol_schemas.Ucp(root)
amazon = pathlib.Path(os.environ.get("KINDLING_DATA", "")) / "amazon-products-24k/products.vespa.jsonl.gz"
kinds = {"demo": ("CNY", made("demo", "--products", "150", "--customers", "60", "--months", "2"))}
if amazon.exists():
    kinds["amazon"] = ("USD", made("import", "--mapping", "amazon-products", str(amazon)))
else:
    print("without the Amazon products: KINDLING_DATA does not hold amazon-products-24k")
for kind, (currency, prepare) in kinds.items():
    shop = Journey(prepare, currency)
    try:
        shop.call("settings.update", {"changes": [{"name": "test_payment", "value": "1"}]})
        shop.register("https://platform.example/profile", shops.platform_profile(), name="Example Platform")
        key = shop.call("keys.create", {"name": "acp agent", "role": "agent"})
        shop.call("agents.save", {"name": "Chat", "key_id": key["key_id"]})
        key = key["secret"]
        before = checks.done
        for locale in ("en", "zh"):
            acp_agent(shop, locale, FEED_WORDS[kind][locale], root, key, checks.that, f"{kind} {locale} agent by ACP")
            for wish in SENTENCES[kind][locale]:
                both_doors(shop, locale, wish, schemas, checks.that, f"{kind} {locale}")
            for wish in WISHES[kind][locale]:
                person(shop, locale, wish, checks.that, f"{kind} {locale} person")
                agent(shop, locale, wish, schemas, checks.that, f"{kind} {locale} agent")
    finally:
        shop.stop()
    print(f"{kind}: {checks.done - before} checks")
print(f"{checks.done} checks, {len(checks.failed)} failed")
sys.exit(1 if checks.failed else 0)
