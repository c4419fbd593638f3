"""A real server with the goods of a folder of UCP's conformance data, and clients that hold every message to its schema."""
import csv, html, http.client, json, pathlib, re, sqlite3, sys, time, urllib.parse, uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import scenarios

VERSION = "2026-04-08"
CAPABILITIES = ["dev.ucp.shopping.catalog.search", "dev.ucp.shopping.catalog.lookup", "dev.ucp.shopping.cart", "dev.ucp.shopping.checkout", "dev.ucp.shopping.fulfillment", "dev.ucp.shopping.order"]


def platform_profile(capabilities=CAPABILITIES, version=VERSION, keys=(), webhook=None, **more):
    entry = lambda name: {"version": VERSION, "spec": f"https://ucp.dev/{VERSION}/specification/x", "schema": f"https://ucp.dev/{VERSION}/schemas/x.json",
                          **({"config": {"webhook_url": webhook}} if webhook and name == "dev.ucp.shopping.order" else {})}
    return {"ucp": {"version": version, "services": {"dev.ucp.shopping": [{"version": VERSION, "spec": f"https://ucp.dev/{VERSION}/specification/overview", "transport": "rest", "schema": f"https://ucp.dev/{VERSION}/services/shopping/rest.openapi.json"}]},
                    "capabilities": {c: [entry(c)] for c in capabilities}, "payment_handlers": {}}, "signing_keys": list(keys), **more}


class Shop:
    """The server. Operations are called as the owner; `registered` makes an agent known with a pinned profile."""
    def __init__(self, binary, currency="USD"):
        def in_currency(folder):  # a first shop is made in yuan, and keeps its currency
            with sqlite3.connect(folder + "/kindling.db") as db:
                db.execute("UPDATE shops SET currency = ?, locale = 'en'", (currency,))
        self.server = scenarios.Server(binary, "", prepare=in_currency)
        self.port = self.server.port

    def ask(self, operation, body=None, key="owner", headers={}):
        """Status and text, whatever they are."""
        return self.server.send("POST", "/v1/" + operation.replace(".", "/"), json.dumps(body or {}).encode(), {"Content-Type": "application/json", "Authorization": "Bearer " + self.server.keys[key], **headers})

    def call(self, operation, body=None, key="owner", headers={}):
        status, text = self.ask(operation, body, key, headers)
        answer = json.loads(text)
        if status != 200:
            raise AssertionError(f"{operation}: {status} {answer}")
        return answer

    def register(self, url, profile=None, **more):
        return self.call("agents.save", {"name": more.pop("name", "Agent of " + url), "profile_url": url, **({"profile": profile} if profile else {}), **more})["agent_id"]

    def wait(self, what, condition, seconds=30):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if (found := condition()):
                return found
            time.sleep(0.05)  # a poll for a condition
        raise AssertionError("in vain waited for " + what)

    def stop(self):
        code, log = self.server.stop()
        if code != 0:
            raise AssertionError(f"the server ended with {code}:\n{log[-4000:]}")


def flower_shop(shop, folder):
    """The conformance data as the owner would enter it: goods, stock, ways to send them."""
    rows = lambda name: list(csv.DictReader((folder / name).read_text().splitlines()))
    stock = {r["product_id"]: int(r["quantity"]) for r in rows("inventory.csv")}
    shop.call("catalog.save_products", {"products": [{"product_id": r["id"], "title_en": r["title"], "pictures": [{"url": r["image_url"]}], "variants": [{"sku": r["id"], "price_minor": int(r["price"]), "stock": stock[r["id"]]}]} for r in rows("products.csv")]})
    return rows


class Checks:
    """Counts what was held true; a failure is noted with where it was, and the run goes on."""
    def __init__(self):
        self.done, self.failed, self.messages = 0, [], 0

    def that(self, true, what):
        self.done += 1
        if not true:
            self.failed.append(what)
            print("FAILED", what)
        return true

    def valid(self, errors, what):
        self.messages += 1
        self.that(not errors, f"{what} breaks its schema: {errors[:5]}")


class UcpClient:
    """A platform: sends what its schema allows (unless told to misbehave) and holds every answer to its schema."""
    ROUTES = {
        "search_catalog": ("POST", "/catalog/search", "shopping/catalog_search.json#/$defs/search_request", None, "shopping/catalog_search.json#/$defs/search_response"),
        "lookup_catalog": ("POST", "/catalog/lookup", "shopping/catalog_lookup.json#/$defs/lookup_request", None, "shopping/catalog_lookup.json#/$defs/lookup_response"),
        "get_product": ("POST", "/catalog/product", "shopping/catalog_lookup.json#/$defs/get_product_request", None, "shopping/catalog_lookup.json#/$defs/get_product_response"),
        "create_cart": ("POST", "/carts", "shopping/discount.json#/$defs/dev.ucp.shopping.cart", "create", "shopping/discount.json#/$defs/dev.ucp.shopping.cart"),
        "get_cart": ("GET", "/carts/{id}", None, None, "shopping/discount.json#/$defs/dev.ucp.shopping.cart"),
        "update_cart": ("PUT", "/carts/{id}", "shopping/discount.json#/$defs/dev.ucp.shopping.cart", "update", "shopping/discount.json#/$defs/dev.ucp.shopping.cart"),
        "cancel_cart": ("POST", "/carts/{id}/cancel", None, None, "shopping/discount.json#/$defs/dev.ucp.shopping.cart"),
        "create_checkout": ("POST", "/checkout-sessions", "checkout", "create", "checkout"),
        "get_checkout": ("GET", "/checkout-sessions/{id}", None, None, "checkout"),
        "update_checkout": ("PUT", "/checkout-sessions/{id}", "checkout", "update", "checkout"),
        "complete_checkout": ("POST", "/checkout-sessions/{id}/complete", "checkout", "complete", "checkout"),
        "cancel_checkout": ("POST", "/checkout-sessions/{id}/cancel", None, None, "checkout"),
        "get_order": ("GET", "/orders/{id}", None, None, "shopping/order.json"),
    }
    CHECKOUT = ["shopping/fulfillment.json#/$defs/dev.ucp.shopping.checkout", "shopping/discount.json#/$defs/dev.ucp.shopping.checkout", "shopping/ap2_mandate.json#/$defs/dev.ucp.shopping.checkout"]

    def __init__(self, shop, schemas, checks, profile="https://platform.example/profile", headers={}, base="/ucp/v1"):
        self.shop, self.schemas, self.checks, self.profile, self.headers, self.base = shop, schemas, checks, profile, dict(headers), base
        self.connection = http.client.HTTPConnection("127.0.0.1", shop.port, timeout=60)

    def raw(self, method, path, body=None, headers={}):
        sent = {"Content-Type": "application/json", **self.headers, **headers}
        if self.profile and "UCP-Agent" not in sent:
            sent["UCP-Agent"] = f'profile="{self.profile}"'
        self.connection.request(method, path, body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode(), {k: v for k, v in sent.items() if v is not None})
        response = self.connection.getresponse()
        text = response.read()
        self.answered = response
        try:
            return response.status, json.loads(text) if text else None
        except ValueError:
            return response.status, text

    def held(self, name, status, answer):
        schema = self.ROUTES[name][4]
        if status in (200, 201):
            if answer["ucp"].get("status") == "error":
                self.checks.valid(self.schemas.errors(answer, "shopping/types/error_response.json"), f"the error answer of {name}")
            else:
                for s in self.CHECKOUT if schema == "checkout" else [schema]:
                    self.checks.valid(self.schemas.errors(answer, s), f"the answer of {name}")
        else:
            self.checks.that(isinstance(answer, dict) and isinstance(answer.get("code"), str) and isinstance(answer.get("content"), str), f"{name}: a refusal ({status}) has code and content: {answer}")

    def send(self, name, body=None, id=None, key=None, valid=True, headers={}):
        verb, path, request, operation, _ = self.ROUTES[name]
        if valid and request and body is not None:
            for s in self.CHECKOUT if request == "checkout" else [request]:
                # The mandate is asked of platforms that speak AP2; others are held to the rest.
                if "ap2" not in s or "ap2" in body:
                    self.checks.valid(self.schemas.errors(body, s, operation or "none"), f"the request of {name}")
        if key is None and verb != "GET" and not path.startswith("/catalog"):
            key = str(uuid.uuid4())
        status, answer = self.raw(verb, self.base + path.format(id=id), body if body is not None or verb == "GET" else {}, {**({"Idempotency-Key": key} if key else {}), **headers})
        self.held(name, status, answer)
        return status, answer


class Browser:
    """A shopper: keeps cookies, follows redirects, fills the form of the page it saw."""
    def __init__(self, shop, checks, cookies=None, page="", path="", source=None):
        self.shop, self.checks, self.cookies, self.page, self.path, self.source = shop, checks, dict(cookies or {}), page, path, source  # source: an address of this machine to come from

    def twin(self):
        """The same shopper on the same page, pressing at the same time."""
        return Browser(self.shop, self.checks, self.cookies, self.page, self.path, self.source)

    def fetch(self, method, path, body=None, headers={}):
        for _ in range(5):
            connection = http.client.HTTPConnection("127.0.0.1", self.shop.port, timeout=60, source_address=self.source)
            sent = {"Accept-Language": "en", **headers, **({"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {})}
            if body is not None:
                sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            for cookie in response.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            connection.close()
            if response.status in (301, 302, 303, 307, 308):
                method, body, path = "GET", None, response.headers["Location"]
                continue
            return response.status, text, path
        raise AssertionError("redirected without end")

    def get(self, path):
        status, self.page, self.path = self.fetch("GET", path)
        return status, self.page, self.path

    def press(self, keep=False, headers={}, **changed):
        """Sends the form of the page as it stands, with `changed` fields."""
        form = re.search(r'<form class="two" action="([^"]+)"(.*?)</form>', self.page, re.S)
        fields = {}
        for tag in re.findall(r"<input[^>]*>", form[2]):
            at = dict((k, html.unescape(v)) for k, v in re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
            if at.get("type") != "radio" or " checked" in tag:
                fields[at["name"]] = at.get("value", "")
        for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form[2], re.S):
            fields[name] = html.unescape(text)
        fields.update(changed)
        status, page, path = self.fetch("POST", html.unescape(form[1]), urllib.parse.urlencode(fields).encode(), headers)
        if not keep:
            self.page, self.path = page, path
        return status, page, path
