#!/usr/bin/env bash
# A shopper's session, as a browser, an attacker's page and a curious program would use it: no permission of staff can be reached.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 - <<'PY'
import http.client, json, os, re, time, urllib.parse
from tests.served_shop import ServedShop
shop = ServedShop("accounts", with_key=False)
origin, port = shop.address, shop.port

def send(*request, **headers):  # whoever asks for everything at once is slowed down; then it asks again
    until = time.monotonic() + 60
    while ((answer := send_once(*request, **headers))[1] == "rate_limited" or answer[0] == 429) and time.monotonic() < until: time.sleep(0.05)
    return answer

def send_once(method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    if isinstance(body, dict) and path.startswith("/v1"): body = json.dumps(body)
    elif isinstance(body, dict): body, headers["Content_Type"] = urllib.parse.urlencode(body), "application/x-www-form-urlencoded"
    connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
    response = connection.getresponse()
    text = response.read().decode()
    raw = response.headers.get_all("Set-Cookie") or []
    try: answer = json.loads(text)
    except ValueError: answer = {}
    return response.status, (answer.get("error") or {}).get("reason", "ok") if isinstance(answer, dict) else "ok", dict(c.split(";")[0].split("=", 1) for c in raw), raw, text, response.headers

def expect(what, got, want):
    assert got == want, f"{what}: expected {want}, got {got}"

jar_of = lambda cookies: "; ".join(f"{k}={v}" for k, v in cookies.items() if v)
try:
    form = {"login": "li@example.com", "password": "a long password", "name": "Li"}
    expect("a page of another site", send("POST", "/en/account/sign-up", form, Origin="https://evil.example")[0], 403)
    status, _, cookies, raw, _, headers = send("POST", "/en/account/sign-up", form, Origin=origin)
    expect("sign up", (status, headers["Location"]), (303, "/en/account?done=welcome"))
    account = next(c for c in raw if c.startswith("kindling_account="))
    assert "HttpOnly" in account and "SameSite=Lax" in account and "Secure" not in account, account
    token, jar = cookies["kindling_account"], jar_of(cookies)
    assert token.startswith("kds_") and len(token) > 40, token

    # Everything that is not public stays shut, by bearer and by every cookie that the server knows.
    operations = json.loads(send("GET", "/v1/registry")[4])["operations"]
    shut = [o["name"] for o in operations if o["permission"] != "public"]
    assert len(shut) > 30, shut
    for name in shut:
        path = "/v1/" + name.replace(".", "/")
        expect(name + " by bearer", send("POST", path, {}, Authorization="Bearer " + token)[1], "not_signed_in")
        expect(name + " by cookie", send("POST", path, {}, Cookie=jar, Origin=origin)[1], "not_signed_in")
        expect(name + " as if staff", send("POST", path, {}, Cookie="kindling_session=" + token, Origin=origin, X_CSRF_Token="x")[1], "not_signed_in")
    # Files, jobs, tools of agents and who is signed in to the console.
    assert send("POST", "/v1/files", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na\r\n--b--\r\n", Authorization="Bearer " + token, Content_Type="multipart/form-data; boundary=b")[1] != "ok"
    expect("jobs", send("GET", "/v1/jobs/events", Authorization="Bearer " + token)[1], "not_signed_in")
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "customers_list_customers", "arguments": {}}}
    answer = json.loads(send("POST", "/mcp", json.dumps(call), Authorization="Bearer " + token, Content_Type="application/json", Accept="application/json, text/event-stream")[4].split("data: ")[-1])
    assert "error" in answer or answer["result"].get("isError"), answer
    expect("the console", json.loads(send("GET", "/v1/session", Authorization="Bearer " + token)[4])["user"], None)
    expect("the console by cookie", json.loads(send("GET", "/v1/session", Cookie="kindling_session=" + token)[4])["user"], None)
    # The cookie is for pages: operations called directly do not see it.
    expect("the cookie on an operation", send("POST", "/v1/accounts/get", {}, Cookie=jar, Origin=origin)[1], "not_signed_in")
    expect("the bearer on an operation", send("POST", "/v1/accounts/get", {}, Authorization="Bearer " + token)[1], "ok")
    # A shop the session does not belong to sees a guest.
    assert send("GET", "/en/account", Cookie=jar, X_Kindling_Shop="2")[0] != 200 or "/account/sign-out" not in send("GET", "/en/account", Cookie=jar, X_Kindling_Shop="2")[4]

    # Forms of the account: from our pages and of this session.
    page = send("GET", "/en/account/details", Cookie=jar)
    expect("not kept by the browser", page[5]["Cache-Control"], "private, no-store")
    csrf = re.search(r'name="csrf" value="([^"]+)"', page[4])[1]
    for what, fields, head in (("without the value", {}, {}), ("with another value", {"csrf": "x" * len(csrf)}, {}), ("from another site", {"csrf": csrf}, {"Origin": "https://evil.example"})):
        for path in ("details", "address", "address/remove", "password", "privacy", "export", "close", "attach", "sign-out"):
            expect(f"{path} {what}", send("POST", "/en/account/" + path, dict(fields, name="Eve", password="a long password"), Cookie=jar, **dict({"Origin": origin}, **head))[0], 403)
    expect("nothing changed", json.loads(send("POST", "/v1/accounts/get", {}, Authorization="Bearer " + token)[4])["name"], "Li")
    expect("as a guest", send("POST", "/en/account/details", {"name": "Eve"}, Origin=origin)[5]["Location"], "/en/account/sign-in")
    for path in ("details", "password", "privacy", "close"): expect(path + " as a guest", send("GET", "/en/account/" + path)[5]["Location"], "/en/account/sign-in")
    expect("to another site after signing in", send("POST", "/en/account/sign-in", dict(form, next="https://evil.example"), Origin=origin)[5]["Location"], "/en/account")
    exported = send("POST", "/en/account/export", {"csrf": csrf}, Cookie=jar, Origin=origin)
    assert "attachment" in exported[5]["Content-Disposition"] and json.loads(exported[4])["account"][0]["login"] == "li@example.com" and "argon2" not in exported[4], exported[4]

    # Uniform: the page of a wrong password and of an unknown e-mail differ in nothing but what was typed.
    plain = lambda login: re.sub(r"li@example\.com|no@example\.com", "", send("POST", "/en/account/sign-in", {"login": login, "password": "wrong password"}, Origin=origin, Cookie="kindling_visit=v")[4])
    expect("unknown and wrong", plain("li@example.com"), plain("no@example.com"))
    out = send("POST", "/en/account/sign-out", {"csrf": csrf}, Cookie=jar, Origin=origin)
    expect("sign out", (out[0], out[2]["kindling_account"]), (303, ""))
    expect("after it", send("POST", "/v1/accounts/get", {}, Authorization="Bearer " + token)[1], "not_signed_in")
    # What stands in the store holds neither the e-mail nor the token nor a password.
    stored = b"".join(open(os.path.join(shop.data, f), "rb").read() for f in os.listdir(shop.data) if f.startswith("kindling.db"))
    for secret in (b"li@example.com", token.encode(), b"a long password"): assert secret not in stored, secret
finally:
    code = shop.stop()
expect("the end", code, 0)
print("accounts ok")
PY
