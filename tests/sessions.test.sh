#!/usr/bin/env bash
# The one-time set-up link, cookies, CSRF and sign-out, as a browser and as an attacker's page would try them.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 - <<'PY'
import http.client, json, re, subprocess
from tests.served_shop import ServedShop
shop = ServedShop("sessions", with_key=False)
origin, port, token = shop.address, shop.port, re.search(r"/console/setup#(\S+)", shop.links())[1]

def send(method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, None if body is None else json.dumps(body), {k.replace("_", "-"): v for k, v in headers.items()})
    response = connection.getresponse()
    text = response.read()
    cookies = dict(c.split(";")[0].split("=", 1) for c in response.headers.get_all("Set-Cookie") or [])
    try: answer = json.loads(text)
    except ValueError: answer = {}
    return response.status, (answer.get("error") or {}).get("reason", "ok"), cookies, response.headers.get_all("Set-Cookie") or []

def expect(what, got, want):
    assert got == want, f"{what}: expected {want}, got {got}"

try:
    owner = {"email": "owner@example.com", "password": "a long password", "name": "Owner"}
    expect("a guessed link", send("POST", "/v1/session/set_up", dict(owner, token="guess"))[1], "set_up_link_invalid")
    expect("a weak password", send("POST", "/v1/session/set_up", dict(owner, token=token, password="short"))[1], "invalid_request")
    expect("another site's page", send("POST", "/v1/session/set_up", dict(owner, token=token), Origin="https://evil.example")[1], "cross_site_request")
    status, reason, cookies, raw = send("POST", "/v1/session/set_up", dict(owner, token=token), Origin=origin)
    expect("set up", (status, reason), (200, "ok"))
    assert any(c.startswith("kindling_session=") and "HttpOnly" in c and "SameSite=Strict" in c for c in raw), raw
    expect("the link again", send("POST", "/v1/session/set_up", dict(owner, token=token))[1], "set_up_done")
    jar = "; ".join(f"{k}={v}" for k, v in cookies.items())
    expect("reading", send("GET", "/v1/session", Cookie=jar)[0], 200)
    expect("without the token", send("POST", "/v1/keys/list", {}, Cookie=jar, Origin=origin)[1], "cross_site_request")
    expect("with a wrong token", send("POST", "/v1/keys/list", {}, Cookie=jar, Origin=origin, X_CSRF_Token="x" * 24)[1], "cross_site_request")
    expect("from another site", send("POST", "/v1/keys/list", {}, Cookie=jar, Origin="https://evil.example", X_CSRF_Token=cookies["kindling_csrf"])[1], "cross_site_request")
    expect("from our page", send("POST", "/v1/keys/list", {}, Cookie=jar, Origin=origin, X_CSRF_Token=cookies["kindling_csrf"])[1], "ok")
    expect("a wrong key", send("POST", "/v1/keys/list", {}, Authorization="Bearer kdl_wrong")[1], "not_signed_in")
    # Whoever owns one shop must not take over a person who also belongs to another: a password opens both.
    own = dict(Cookie=jar, Origin=origin, X_CSRF_Token=cookies["kindling_csrf"])
    def ask(operation, body, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("POST", "/v1/" + operation.replace(".", "/"), json.dumps(body), {k.replace("_", "-"): v for k, v in headers.items()})
        return json.loads(connection.getresponse().read())
    me = ask("users.list", {}, **own)["users"][0]["user_id"]
    second = str(ask("shops.create", {"name": "Second"}, **own)["shop_id"])
    ask("users.add", {"email": "partner@example.com", "role": "owner", "password": "their long password"}, X_Kindling_Shop=second, **own)
    _, reason, theirs, _ = send("POST", "/v1/session/sign_in", {"email": "partner@example.com", "password": "their long password"}, Origin=origin)
    expect("a partner signs in", reason, "ok")
    partner = dict(Cookie="; ".join(f"{k}={v}" for k, v in theirs.items()), Origin=origin, X_CSRF_Token=theirs["kindling_csrf"])
    for change in ({"password": "taken over 12345"}, {"disabled": True}, {"name": "Somebody else"}):
        expect(f"the partner sets {change}", ask("users.update", dict(change, user_id=me), **partner).get("error", {}).get("reason"), "not_permitted")
    expect("the partner in the first shop", ask("users.list", {}, X_Kindling_Shop="1", **partner).get("error", {}).get("reason"), "not_permitted")
    expect("the owner's own name", ask("users.update", {"user_id": me, "name": "Owner the First"}, X_Kindling_Shop=second, **own).get("name"), "Owner the First")
    # A visitor's cookie is ours or nothing: what it holds is stored with everything a visitor does.
    expect("a cookie of somebody's making", send("POST", "/v1/events/record", {"events": [{"kind": "view"}]}, Cookie="kindling_visit=" + "x" * 4000)[1], "ok")
    # Nobody's gigabytes reach the disk: a stranger is refused by the head of the request alone.
    for path, length in (("/v1/files", 10**9), ("/v1/orders/place", 10**6)):
        stranger = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        stranger.putrequest("POST", path); stranger.putheader("Content-Length", str(length)); stranger.putheader("Content-Type", "multipart/form-data; boundary=b"); stranger.endheaders()
        expect(f"{length} bytes to {path}", json.loads(stranger.getresponse().read())["error"]["reason"], "not_signed_in" if path == "/v1/files" else "body_too_large")
    expect("sign out", send("POST", "/v1/session/sign_out", {}, Cookie=jar, Origin=origin)[0], 200)
    expect("after it", send("POST", "/v1/keys/list", {}, Cookie=jar, Origin=origin, X_CSRF_Token=cookies["kindling_csrf"])[1], "not_signed_in")
    guesses = [send("POST", "/v1/session/sign_in", {"email": "owner@example.com", "password": "wrong password"})[1] for _ in range(12)]
    assert guesses[0] == "wrong_credentials" and guesses[-1] == "rate_limited", guesses
    # A second server on the same port says what to do.
    second = subprocess.run([shop.binary, "--data", shop.folder + "/other", "serve", "--listen", f"127.0.0.1:{port}"], capture_output=True, text=True, timeout=120)
    assert second.returncode != 0 and "port" in second.stderr.lower(), second.stderr
finally:
    code = shop.stop()
expect("the end", code, 0)
print("sessions ok")
PY
