#!/usr/bin/env python3
"""What goes wrong around a server. Each trouble gets an answer that says what to do, and nothing is lost."""
import contextlib, http.client, json, os, pathlib, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time

BINARY = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(tempfile.mkdtemp(prefix="kindling-hostile-"))


def run(*words, code=0, **more):
    done = subprocess.run([BINARY, *map(str, words)], capture_output=True, text=True, timeout=40, env=dict(os.environ, LANG="C.UTF-8"), **more)
    assert code is None or done.returncode == code, f"{words}: {done.returncode}, not {code}: {done.stdout[-300:]} {done.stderr[-600:]}"
    return done


def refused(reason, *words, says=""):
    done = run(*words, code=None)
    assert done.returncode not in (0, 1) and f"({reason})" in done.stderr and says in done.stderr, f"{words}: expected {reason} {says!r}, got {done.returncode}: {done.stderr[-500:]}"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, folder, *more, seconds=60):
        self.folder, self.links = folder, f"{folder}.links"
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.links)
        self.log = open(f"{folder}.log", "a")
        self.process = subprocess.Popen([BINARY, "--data", str(folder), "serve", "--listen", f"127.0.0.1:{free_port()}", *more], env=dict(os.environ, KINDLING_LINKS_FILE=self.links), stdout=subprocess.DEVNULL, stderr=self.log)
        self.port = int(self.process.args[5].rpartition(":")[2])
        until(lambda: self.process.poll() is not None or (os.path.exists(self.links) and "/console/" in open(self.links).read()), "the server starts", seconds)
        assert self.process.poll() is None, "the server did not start: " + open(f"{folder}.log").read()[-500:]

    def send(self, operation, body, key=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("POST", "/v1/" + operation.replace(".", "/"), json.dumps(body), dict({"Content-Type": "application/json"}, **({"Authorization": "Bearer " + key} if key else {}), **{k.replace("_", "-"): v for k, v in headers.items()}))
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return response.status, json.loads(text)

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(timeout=30)


def until(condition, what, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)  # a poll for a condition, not a wait for luck
    raise AssertionError(f"waited {seconds} s in vain: {what}")


def owner_key(folder):
    return json.loads(run("--data", folder, "keys", "create", "--name", "owner", "--role", "owner", "--rate_per_minute", "1000000", "--json").stdout)["secret"]


ORDER = {"lines": [{"sku": "CUP", "quantity": 1}], "contact": {"name": "Ada", "address": "1 Way", "email": "ada@example.com"}}


def stock(folder, units=1_000_000):
    run("--data", folder, "catalog", "save_products", "-", input=json.dumps({"products": [{"product_id": "cup", "title_en": "Cup", "variants": [{"sku": "CUP", "price_minor": 500, "stock": units}]}]}))


def two_servers_in_one_folder():
    folder = ROOT / "two"
    first = Server(folder)
    refused("folder_in_use", "--data", folder, "serve", "--listen", "127.0.0.1:0", says=f"process {first.process.pid}")
    stock(folder)  # commands beside a running server go on
    assert first.send("catalog.list_products", {}, owner_key(folder))[1]["total"] == 1
    run("--data", folder, "backup", ROOT / "two.backup")
    refused("folder_in_use", "--data", folder, "restore", ROOT / "two.backup", "--replace")
    assert first.end(signal.SIGKILL) == -signal.SIGKILL
    assert Server(folder).end() == 0, "a killed server leaves no lock behind"


def keys_and_backups_that_do_not_belong():
    folder, other = ROOT / "keys", ROOT / "other"
    for f in (folder, other):
        stock(f)
        server = Server(f)
        assert server.send("orders.place", ORDER, owner_key(f))[1]["order_id"]
        assert server.end() == 0
    backup = ROOT / "keys.backup"
    run("--data", folder, "backup", backup)
    key = (folder / "secret.key").read_bytes()

    # A store without its key is not given a new one, with which everything personal in it would be lost for good.
    (folder / "secret.key").unlink()
    refused("key_missing", "--data", folder, "serve", "--listen", "127.0.0.1:0", says="secret.key")
    assert not (folder / "secret.key").exists()
    shutil.copy(other / "secret.key", folder / "secret.key")
    refused("key_does_not_fit", "--data", folder, "catalog", "list_products", says="secret.key")
    assert "does NOT fit" in run("--data", folder, "doctor", code=1).stdout
    (folder / "secret.key").write_bytes(key[:7])
    refused("key_file_damaged", "--data", folder, "doctor")
    (folder / "secret.key").write_bytes(key)
    (folder / "secret.key").chmod(0o644)
    refused("key_file_readable", "--data", folder, "doctor", says="chmod 600")
    (folder / "secret.key").chmod(0o600)
    run("--data", folder, "doctor")

    # What is no backup of ours, or is damaged, changes nothing.
    before = run("--data", folder, "orders", "list_orders", "--json").stdout
    for name, content in (("text", b"not a database"), ("empty", b""), ("dump", b"--\n-- PostgreSQL database dump\n--\nCREATE TABLE shops ();\n"), ("short", backup.read_bytes()[: len(backup.read_bytes()) // 2])):
        (ROOT / name).write_bytes(content)
        refused("not_a_backup", "--data", folder, "restore", ROOT / name, "--replace")
    torn = bytearray(backup.read_bytes())
    for at in range(8192, len(torn) - 4096, 4096):
        torn[at : at + 64] = b"\xff" * 64
    (ROOT / "torn").write_bytes(torn)
    refused("not_a_backup", "--data", folder, "restore", ROOT / "torn", "--replace")
    import sqlite3
    shutil.copy(backup, ROOT / "newer")
    connection = sqlite3.connect(ROOT / "newer"); connection.execute("PRAGMA user_version = 9999"); connection.commit(); connection.close()
    refused("store_too_new", "--data", folder, "restore", ROOT / "newer", "--replace")
    shutil.copy(backup, ROOT / "foreign"); shutil.copy(other / "secret.key", ROOT / "foreign.key")
    refused("key_does_not_fit", "--data", folder, "restore", ROOT / "foreign", "--replace")
    refused("folder_not_empty", "--data", folder, "restore", backup, says="--replace")
    refused("file_not_found", "--data", folder, "restore", ROOT / "nowhere", "--replace")
    refused("not_a_backup", "--data", folder, "restore", folder / "kindling.db", "--replace")
    refused("wrong_store", "--data", folder, "--store", "postgres://nobody@127.0.0.1:1/x", "restore", backup)
    assert run("--data", folder, "orders", "list_orders", "--json").stdout == before
    assert not list(folder.glob("*restoring*"))

    # The right one comes back whole, key included, into the same folder and into a new one.
    stock(folder, 5)
    for target in (folder, ROOT / "fresh"):
        run("--data", target, "restore", backup, "--replace")
        assert run("--data", target, "orders", "list_orders", "--expand", "contact", "--json").stdout.count("ada@example.com") == 1
        run("--data", target, "doctor")


def a_disk_that_fills_up():
    folder = ROOT / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True).returncode:
        return "a small disk cannot be mounted here"
    try:
        run("--data", folder / "data", "version")
        stock(folder / "data")
        key = owner_key(folder / "data")
        server = Server(folder / "data")
        acknowledged, full = [], None
        for i in range(4000):
            status, answer = server.send("orders.place", dict(ORDER, contact=dict(ORDER["contact"], address="x" * 400)), key, Idempotency_Key=f"k{i}")
            if status == 200:
                acknowledged.append(answer["order_id"])
            else:
                full = full or answer["error"]
                break
        assert full and full["reason"] == "disk_full" and "space" in full["message"].lower(), full
        assert server.get("/healthz")[0] == 200
        assert server.send("catalog.list_products", {}, key)[0] == 200, "reading goes on"
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
        status, answer = server.send("orders.place", ORDER, key, Idempotency_Key=f"k{len(acknowledged)}-again")
        assert status == 200, f"there is space again: {answer}"
        acknowledged.append(answer["order_id"])
        assert server.end() == 0
        kept = set()
        token = ""
        while True:
            page = json.loads(run("--data", folder / "data", "orders", "list_orders", "--page_size", "500", "--page_token", token, "--json").stdout)
            kept |= {o["order_id"] for o in page["orders"]}
            token = page["next_page_token"]
            if not token:
                break
        assert set(acknowledged) <= kept, f"{len(set(acknowledged) - kept)} acknowledged orders are lost"
        assert "ok" in run("--data", folder / "data", "doctor").stdout
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True)

    # A key file that could not be written whole is not taken for a key later.
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(folder)], check=True)
    try:
        done = run("--data", folder / "data", "doctor", code=None)
        assert done.returncode == 7 and ("disk_full" in done.stderr or "store_unavailable" in done.stderr), done.stderr
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
        run("--data", folder / "data", "doctor")
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True)


def a_port_and_a_folder_that_are_taken():
    folder = ROOT / "port"
    server = Server(folder)
    refused("port_taken", "--data", ROOT / "port2", "serve", "--listen", f"127.0.0.1:{server.port}", says=str(server.port))
    refused("malformed_address", "--data", ROOT / "port2", "serve", "--listen", "127.0.0.1:notaport")
    assert server.end() == 0
    (ROOT / "file").write_text("")
    refused("store_unavailable", "--data", ROOT / "file" / "data", "doctor", says="cannot be made")
    refused("store_unavailable", "--data", folder, "backup", ROOT / "nowhere" / "x", says="cannot be written")
    refused("file_failed", "--data", folder, "export", ROOT / "file" / "out")
    refused("unknown_tools", "--data", folder, "mcp", "--tools", "catalog,nonsense", says="nonsense")
    refused("shop_not_found", "--data", folder, "--shop", "abc", "catalog", "list_products", says="--shop")
    refused("shop_not_found", "--data", folder, "--shop", "7", "orders", "list_orders", says="--shop")


def behind_a_proxy():
    """--origin: cookies for TLS, the proxy's word about the client, and no other host."""
    folder = ROOT / "proxy"
    refused("malformed_address", "--data", folder, "serve", "--listen", "127.0.0.1:0", "--origin", "shop.example")
    server = Server(folder, "--origin", "https://shop.example")
    token = re.search(r"https://shop\.example/console/setup#(\S+)", open(server.links).read())[1]

    def send(path, body, host, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("POST", path, json.dumps(body), dict({"Host": host, "Content-Type": "application/json"}, **{k.replace("_", "-"): v for k, v in headers.items()}))
        response = connection.getresponse()
        return response.status, json.loads(response.read()), response.headers.get_all("Set-Cookie") or []

    me = {"token": token, "email": "o@example.com", "password": "a long password"}
    assert send("/v1/session/set_up", me, "evil.example")[1]["error"]["reason"] == "misdirected_host"
    assert send("/v1/session/set_up", me, "shop.example", Origin="http://shop.example")[1]["error"]["reason"] == "cross_site_request"
    status, _, cookies = send("/v1/session/set_up", me, "shop.example", Origin="https://shop.example", X_Forwarded_For="203.0.113.9")
    assert status == 200 and cookies and all("Secure" in c for c in cookies), (status, cookies)
    # What a stranger behind the proxy may not read, this machine may.
    def metrics(**headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("GET", "/metrics", headers={k.replace("_", "-"): v for k, v in headers.items()})
        return connection.getresponse().status
    assert metrics() == 200 and metrics(Host="shop.example", X_Forwarded_For="203.0.113.9") == 401
    assert metrics(Host="shop.example", X_Forwarded_For="203.0.113.9", Authorization="Bearer " + owner_key(folder)) == 200
    assert server.end() == 0


def a_server_that_makes_its_demo():
    folder = ROOT / "demo"
    for made in (True, False):  # the second start finds the data of the first
        server = Server(folder, "--demo", seconds=240)
        status, page = server.get("/v1/registry")
        assert status == 200
        assert json.loads(run("--data", folder, "catalog", "list_products", "--page_size", "1", "--json").stdout)["total"] == 2000
        if made:
            run("--data", folder, "doctor", "--repair", code=5)  # not under a running server
        assert server.end() == 0
    run("--data", folder, "doctor", "--repair")
    assert json.loads(run("--data", folder, "dialogue", "search", "--query", "shoes", "--json").stdout)["total"] > 0


def a_worker_that_dies():
    """A job whose process is killed is begun again by the next one, and a repeated wish for it is the same job."""
    folder = ROOT / "jobs"
    key = owner_key(folder)
    server = Server(folder)
    rows = "sku,title,price\n" + "".join(f"S{i},Thing number {i},{i % 90 + 1}.00\n" for i in range(30_000))
    form = f'--b\r\nContent-Disposition: form-data; name="file"; filename="goods.csv"\r\n\r\n{rows}\r\n--b--\r\n'
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("POST", "/v1/files", form.encode(), {"Content-Type": "multipart/form-data; boundary=b", "Authorization": "Bearer " + key})
    file = json.loads(connection.getresponse().read())["file_id"]
    wish = lambda: server.send("imports.run", {"file_id": file, "kind": "products"}, key, Prefer="respond-async", Idempotency_Key="import once")
    status, job = wish()
    assert status == 202, f"{status} {job}"
    until(lambda: server.send("jobs.get", job, key)[1]["job"]["state"] == "running", "the job is begun")
    server.end(signal.SIGKILL)
    server = Server(folder)
    again = until(lambda: (lambda w: w if w[0] != 503 else None)(wish()), "the import lets another writer in", 90)
    assert again == (status, job), f"the same key is the same job: {job} {again}"
    done = until(lambda: (lambda j: j if j["state"] not in ("queued", "running") else None)(server.send("jobs.get", job, key)[1]["job"]), "the next server carries it out", 300)
    assert done["state"] == "done" and done["result"]["accepted"] + done["result"]["unchanged"] == 30_000, str(done)[:400]
    assert server.send("catalog.list_products", {}, key)[1]["total"] == 30_000
    assert server.end() == 0


def secrets_at_rest():
    """What was said once and is stored as a hash elsewhere stands in no table, log or file in the clear."""
    folder = ROOT / "secrets"
    stock(folder)
    key = owner_key(folder)
    server = Server(folder)
    made = server.send("keys.create", {"name": "k", "role": "agent"}, key, Idempotency_Key="secret-1")[1]["secret"]
    order = server.send("orders.place", dict(ORDER, contact={"name": "Xanthippe Quillfeather", "address": "77 Zephyr Lane", "phone": "+44 20 7946 0991"}), key, Idempotency_Key="secret-2")[1]
    said = "my phone is 13912345678 and I want a cup"
    assert server.send("dialogue.ask", {"text": said}, made, Idempotency_Key="secret-3")[0] == 200
    assert server.end() == 0
    held = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file()) + open(f"{folder}.log", "rb").read()
    for word in (made, order["access_token"], "Xanthippe", "Zephyr", "79460991", "7946 0991", "13912345678"):
        assert word.encode() not in held, f"{word} stands in the clear in {folder}"


checks = (two_servers_in_one_folder, keys_and_backups_that_do_not_belong, a_disk_that_fills_up, a_port_and_a_folder_that_are_taken, behind_a_proxy, a_server_that_makes_its_demo, a_worker_that_dies, secrets_at_rest)
wanted = sys.argv[2:]
failed = 0
for check in checks:
    if wanted and check.__name__ not in wanted:
        continue
    try:
        begun = time.monotonic()
        why = check()
        print(f"{'skipped' if why else 'ok'}: {check.__name__}{': ' + why if why else ''} ({time.monotonic() - begun:.1f} s)", flush=True)
    except (AssertionError, KeyError, ValueError, subprocess.SubprocessError, OSError) as e:
        failed += 1
        print(f"FAILED: {check.__name__}: {type(e).__name__} {e}", flush=True)
if not failed:
    shutil.rmtree(ROOT, ignore_errors=True)
sys.exit(failed > 0)
