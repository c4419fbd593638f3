"""Agents at the shop's own tools (/mcp, and /v1 with an agent's key): no order without a shopper, and they are counted and limited as those who come by a protocol."""
import http.client, json, re, urllib.parse

import shop as shops


def send(shop, path, body, headers={}, source=None):
    connection = http.client.HTTPConnection("127.0.0.1", shop.port, timeout=60, source_address=source)
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", **headers})
    response = connection.getresponse()
    answer = response.status, json.loads(response.read()), response.headers
    connection.close()
    return answer


def tool(shop, name, arguments, key="", language="en"):
    status, answer, headers = send(shop, "/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}, {"MCP-Protocol-Version": "2025-06-18", "Accept-Language": language, **({"Authorization": "Bearer " + key} if key else {})})
    return status, answer["result"], headers


def run(shop, schemas, checks, root, rows):
    that = checks.that
    shop.call("settings.update", {"changes": [{"name": "test_payment", "value": "1"}]})
    orders = lambda: len(shop.call("orders.list_orders", {"page_size": 100})["orders"])
    wish = {"lines": [{"sku": "bouquet_roses", "quantity": 1}], "contact": {"name": "Lin Wei"}, "payment": "test"}
    made = shop.call("keys.create", {"name": "agent", "role": "agent"})
    key, key_id = made["secret"], made["key_id"]
    account = {"login": "lin@example.com", "password": "correct horse battery"}
    send(shop, "/v1/accounts/sign_up", account)
    token = send(shop, "/v1/accounts/sign_in", account)[1]["session_token"]

    # Nobody's agent, an agent's key, and an agent that holds a shopper's session: all of them wait for the shopper.
    waiting = {}
    for who, ask in {"nobody by MCP": lambda: tool(shop, "orders_place", wish)[1]["structuredContent"], "a key by MCP": lambda: tool(shop, "orders_place", wish, key)[1]["structuredContent"], "a key by /v1": lambda: send(shop, "/v1/orders/place", wish, {"Authorization": "Bearer " + key})[1],
                     "nobody by /v1": lambda: send(shop, "/v1/orders/place", wish)[1], "a shopper's session by MCP": lambda: tool(shop, "orders_place", wish, token)[1]["structuredContent"]}.items():
        answer = waiting[who] = ask()
        that((answer["status"], answer["order_id"], answer["access_token"]) == ("awaiting_approval", "", "") and answer["approval_url"].startswith(f"http://127.0.0.1:{shop.port}/en/checkout/session/"), f"{who}: the order waits for its shopper: {answer}")
    that(orders() == 0, "nothing was ordered")
    zh = tool(shop, "orders_place", wish, language="zh-CN")[1]["structuredContent"]
    that("顾客" in zh["message"] and "/zh/checkout/" in zh["approval_url"], f"in Chinese too: {zh}")
    # The same asked again with the same key is one purchase.
    again = [send(shop, "/v1/orders/place", wish, {"Authorization": "Bearer " + key, "Idempotency-Key": "same"})[1]["checkout_id"] for _ in range(2)]
    that(again[0] == again[1], f"the same key is one purchase: {again}")

    # The shopper opens the link, sees what is prepared, and presses the button; the agent is told of the order.
    one = waiting["a key by MCP"]
    shopper = shops.Browser(shop, checks)
    status, page, _ = shopper.get(urllib.parse.urlsplit(one["approval_url"]).path)
    that(status == 200 and "an assistant that did not say who it is" in page and re.search(r'value="test" checked', page), "the page says who prepared it, and how it is to be paid")
    status, page, path = shopper.press(address="1 Road", city="Town", country="US", email="lin@example.com")
    told = tool(shop, "checkout_outcome", {"checkout_id": one["checkout_id"]}, key)[1]["structuredContent"]
    that(told["status"] == "completed" and told["order_id"] and told["order_id"] in path, f"the shopper approves and the agent is told: {told} {path}")
    order = tool(shop, "orders_get_order", {"order_id": told["order_id"], "access_token": told["access_token"]}, key)[1]["structuredContent"]
    that((order["status"], order["channel"]) == ("paid", "agent"), f"the order is paid, by an agent's channel: {order['status']} {order['channel']}")

    # A shopper's own session at /v1 is a person's; the storefront's checkout is for whoever was shown it.
    own = send(shop, "/v1/orders/place", {**wish, "contact": {"name": "Lin", "address": "1 Road", "email": "lin@example.com"}}, {"Authorization": "Bearer " + token})[1]
    that(own.get("status") == "paid", f"a shopper who signed in orders by themselves: {own}")
    before, blind = orders(), shops.Browser(shop, checks)
    blind.fetch("POST", "/en/basket/add", b"sku=bouquet_roses")
    status, page, path = blind.fetch("POST", "/en/checkout", urllib.parse.urlencode({"name": "A", "address": "1 Road", "email": "a@example.com", "payment": "test"}).encode())
    that(orders() == before and "/order/" not in path, f"whoever was not shown the checkout places nothing: {status} {path}")
    blind.get("/en/checkout")
    status, page, path = blind.press(name="A", address="1 Road", email="a@example.com", payment="test")
    that(orders() == before + 1 and "/order/" in path, f"whoever was shown it does: {status} {path}")

    # Counted: nobody's calls by MCP, and the key's by either way.
    look = {"product_id": "bouquet_roses"}
    tool(shop, "catalog_get_product", {"product_id": "none"})
    traffic = lambda: {a["agent"]: a for a in shop.call("agents.traffic")["agents"]}
    seen = shop.wait("counts of agents", lambda: (t := traffic()).get("anonymous", {}).get("refused", 0) >= 1 and t)
    that(seen["anonymous"]["calls"] >= 4 and seen["anonymous"]["checkouts"] >= 4 and seen["key:" + key_id]["calls"] >= 4, f"agents at the own tools are counted: {seen}")
    that(seen["key:" + key_id]["orders"] == 1 and seen["key:" + key_id]["revenue_minor"] > 0, f"and what they brought: {seen}")

    # What agents and programs look for in vain is seen beside what pages were asked.
    tool(shop, "dialogue_search", {"query": "zeppelin"})
    send(shop, "/v1/dialogue/search", {"query": "zeppelin"})
    found = lambda: next((q for q in shop.call("dialogue.search_report")["nothing_found"] if q["query"] == "zeppelin" and q["searches"] == 2), None)
    that(sorted(shop.wait("words of agents", found)["channels"]) == ["agents", "api"], "words that agents and programs searched in vain are told, with where")

    # Limited: the number of the register comes at once, then a wait is told; what nobody's agents may is a setting.
    agent_id = shop.call("agents.save", {"name": "Forty", "key_id": key_id, "calls_per_minute": 40})["agent_id"]
    answers = [tool(shop, "catalog_get_product", look, key) for _ in range(43)]
    that([a[0] for a in answers[:40]] == [200] * 40 and answers[-1][0] == 429 and int(answers[-1][2]["Retry-After"]) >= 1, f"forty a minute are forty: {[a[0] for a in answers]}")
    status, answer, headers = send(shop, "/v1/catalog/get_product", look, {"Authorization": "Bearer " + key})
    that(status == 429 and answer["error"]["reason"] == "rate_limited" and int(headers["Retry-After"]) >= 1, f"by /v1 as well: {status} {answer}")
    shop.wait("counts of agents", lambda: traffic().get(agent_id, {}).get("limited", 0) >= 2)
    shop.call("settings.update", {"changes": [{"name": "anonymous_agent_calls_per_minute", "value": "7"}]})
    statuses = [tool(shop, "catalog_get_product", look)[0] for _ in range(9)]
    that(statuses[-1] == 429 and statuses.count(200) <= 8, f"nobody's agents are limited by the setting: {statuses}")
    shop.call("settings.update", {"changes": [{"name": "anonymous_agent_calls_per_minute", "value": "0"}]})
    that(tool(shop, "catalog_get_product", look)[1]["isError"] and not tool(shop, "catalog_get_product", look, shop.server.keys["operator"])[1]["isError"], "0 keeps nobody's agents out, and staff in")
    shop.call("agents.save", {"agent_id": agent_id, "name": "Forty", "key_id": key_id, "standing": "blocked"})
    that(send(shop, "/v1/catalog/get_product", look, {"Authorization": "Bearer " + key})[0] == 403, "who is kept out is kept out of the own tools too")
