#!/usr/bin/env python3
"""Plays tests/scenarios/**/*.test against a real server, then holds the registry to what was seen.

A scenario is text:

    # One line that says what it shows.
    call orders.place as visitor
    {"lines": [{"sku": "CUP-1", "quantity": 2}]}
    expect ok
    {"total_minor": 3998}
    keep order = order_id

    call orders.get_order as visitor
    {"order_id": "${order}"}
    expect order_not_found /order_id

`as`: owner, operator, analyst, visitor (default: owner). `expect ok` is followed by JSON that the answer must contain (objects by
subset, lists by position, "*" for anything); `expect lacks TEXT` and `expect says TEXT` hold an answer's whole text to what no wording may lack or hold; `expect REASON [POINTER...]` by nothing. `with HEADER: value` adds a header;
`raw METHOD PATH` sends the body as it stands, answered by `expect status N`; `upload NAME` sends the text as a file. `keep NAME = path.to.0.value` remembers; `${mug *2500}` is
that text so many times.
Each file has a store of its own. Reasons are compared, wording never is.

With --properties every call is also held to what must be true of all operations (properties.py).

usage: scenarios.py BINARY [--store postgres://...] [--properties] [FILE...]
"""
import http.client, json, os, pathlib, re, shutil, subprocess, sys, tempfile, time
from properties import Properties

ROOT = pathlib.Path(__file__).resolve().parent


class Server:
    """A server on a free port with a data folder of its own; `first` is given the environment before anything is in the folder, `prepare` the folder
    before the server starts."""
    def __init__(self, binary, coverage, store=None, prepare=None, first=None):
        self.folder = tempfile.mkdtemp(prefix="kindling-scenario-")
        self.env = dict(os.environ, KINDLING_FOLDER=self.folder + "/data", KINDLING_COVERAGE=coverage, KINDLING_LINKS_FILE=self.folder + "/links", LANG="C.UTF-8")
        if store:
            self.env["KINDLING_STORE"] = store
        if first:
            first(self.env)
        self.keys, self.properties = {}, None
        for role in ("owner", "operator", "analyst"):
            out = subprocess.run([binary, "keys", "create", "--name", role, "--role", role, "--rate_per_minute", "1000000", "--json"], env=self.env, capture_output=True, text=True)
            if out.returncode:
                raise SystemExit(f"keys create failed: {out.stderr}")
            self.keys[role] = json.loads(out.stdout)["secret"]
        if prepare:
            prepare(self.folder + "/data")
        self.process = subprocess.Popen([binary, "serve", "--listen", "127.0.0.1:0"], env=self.env, stdout=subprocess.DEVNULL, stderr=open(self.folder + "/log", "w"))
        until = time.monotonic() + 60
        while not os.path.exists(self.folder + "/links") or not (m := re.search(r"http://127\.0\.0\.1:(\d+)/", open(self.folder + "/links").read())):
            if self.process.poll() is not None or time.monotonic() > until:
                raise SystemExit("the server did not start: " + open(self.folder + "/log").read())
            time.sleep(0.02)  # a poll for a condition, not a wait for luck
        self.port = int(m[1])

    def send(self, method, path, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return response.status, text

    def stop(self):
        self.process.terminate()
        code = self.process.wait(timeout=60)
        log = open(self.folder + "/log").read()
        shutil.rmtree(self.folder, ignore_errors=True)
        return code, log


def contains(whole, part, at=""):
    """Why `part` is not in `whole`, or None."""
    if part == "*":
        return None
    if isinstance(part, dict):
        if not isinstance(whole, dict):
            return f"{at}: expected an object, got {whole!r}"
        for key, value in part.items():
            if key not in whole:
                return f"{at}/{key} is missing"
            if why := contains(whole[key], value, f"{at}/{key}"):
                return why
        return None
    if isinstance(part, list):
        if not isinstance(whole, list) or len(whole) != len(part):
            return f"{at}: expected {len(part)} entries, got {len(whole) if isinstance(whole, list) else whole!r}"
        for i, (a, b) in enumerate(zip(whole, part)):
            if why := contains(a, b, f"{at}/{i}"):
                return why
        return None
    return None if whole == part and isinstance(whole, bool) == isinstance(part, bool) else f"{at}: expected {part!r}, got {whole!r}"


def play(path, server):
    kept, answer, problems = {}, None, []
    lines = path.read_text().splitlines()
    fill = lambda text: re.sub(r"\$\{(\w+)\}", lambda m: str(kept[m[1]]), re.sub(r"\$\{([^{}*]+)\*(\d+)\}", lambda m: m[1] * int(m[2]), text))
    at = 0

    def body():
        nonlocal at
        out = []
        while at < len(lines) and lines[at].strip() and not re.match(r"(call|raw|upload|expect|keep|with|#)\b", lines[at]):
            out.append(lines[at]); at += 1
        return fill("\n".join(out))

    status, headers = 0, {}
    while at < len(lines):
        line, number = fill(lines[at].strip()), at + 1
        at += 1
        here = f"{path.relative_to(ROOT)}:{number}"
        if not line or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "with":
            name, _, value = rest.partition(":")
            headers[name.strip()] = value.strip()
        elif word in ("call", "raw"):
            sent = dict(headers, **{"Content-Type": "application/json"}); headers = {}
            rest, _, role = rest.partition(" as ")
            role = role.strip() or "owner"
            if role != "visitor" and "Authorization" not in sent:
                sent["Authorization"] = "Bearer " + server.keys[role]
            method, target = ("POST", "/v1/" + rest.replace(".", "/")) if word == "call" else rest.split(" ", 1)
            text = body() or ("{}" if word == "call" else "")
            if word == "call" and server.properties:
                status, answer = server.properties.around(here, rest, text, sent)
                continue
            status, raw = server.send(method, target, text.encode("utf-8", "surrogateescape") if method == "POST" else None, sent)
            try:
                answer = json.loads(raw)
            except ValueError:
                answer = raw.decode("utf-8", "replace")
        elif word == "upload":
            name, _, role = rest.partition(" as ")
            form = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n{body()}\n\r\n--b--\r\n'
            status, raw = server.send("POST", "/v1/files", form.encode(), dict(headers, **{"Content-Type": "multipart/form-data; boundary=b", "Authorization": "Bearer " + server.keys[role.strip() or "owner"]}))
            headers, answer = {}, json.loads(raw)
        elif word == "expect":
            reason, *pointers = rest.split()
            want = body()
            error = answer.get("error") if isinstance(answer, dict) else None
            if reason == "status":
                if status != int(pointers[0]):
                    problems.append(f"{here}: expected status {pointers[0]}, got {status}: {str(answer)[:300]}")
            elif reason in ("lacks", "says"):
                said, text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False), rest.partition(" ")[2]
                if (text.lower() in said.lower()) != (reason == "says"):
                    problems.append(f"{here}: the answer {'holds' if reason == 'lacks' else 'lacks'} {text!r}: {said[:400]}")
            elif reason == "ok":
                if error or status >= 400:
                    problems.append(f"{here}: expected success, got {status} {json.dumps(answer, ensure_ascii=False)[:400]}")
                elif want and (why := contains(answer, json.loads(want))):
                    problems.append(f"{here}: {why}")
            else:
                got = error.get("reason") if error else "ok"
                fields = {f["path"] for f in (error or {}).get("fields", [])}
                if got != reason:
                    problems.append(f"{here}: expected {reason}, got {got}: {json.dumps(answer, ensure_ascii=False)[:400]}")
                elif missing := [p for p in pointers if p not in fields]:
                    problems.append(f"{here}: {reason} does not name {missing}, only {sorted(fields)}")
        elif word == "keep":
            name, _, where = rest.partition("=")
            value = answer
            try:
                for step in where.strip().split("."):
                    value = value[int(step)] if isinstance(value, list) else value[step]
                kept[name.strip()] = value
            except (KeyError, IndexError, TypeError, ValueError):
                problems.append(f"{here}: the answer has no {where.strip()}: {str(answer)[:300]}")
                return problems
        else:
            problems.append(f"{here}: no such word: {word}")
    return problems


def main():
    arguments = sys.argv[1:]
    store = None
    if "--store" in arguments:
        i = arguments.index("--store"); store = arguments[i + 1]; del arguments[i:i + 2]
    hold, held = "--properties" in arguments, {}
    if hold:
        arguments.remove("--properties")
    binary, files = os.path.abspath(arguments[0]), [pathlib.Path(f).resolve() for f in arguments[1:]]
    everything = not files
    files = files or sorted((ROOT / "scenarios").rglob("*.test"))
    coverage = tempfile.mktemp(prefix="kindling-coverage-")
    failed = 0
    for path in files:
        if store:
            subprocess.run(["psql", "-q", store, "-c", "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"], check=True, stderr=subprocess.DEVNULL)
        server = Server(binary, coverage, store)
        try:
            if hold:
                server.properties = Properties(server, binary, store)
            problems = play(path, server)
            if hold:
                server.properties.between_shops(path.name)
                problems += server.properties.problems
                for what, n in server.properties.checked.items():
                    held[what] = held.get(what, 0) + n
                server.properties.rows.close()
        finally:
            code, log = server.stop()
        if code != 0:
            problems.append(f"{path.name}: the server ended with {code}: {log[-2000:]}")
        if " error " in log and "allow-errors" not in path.read_text():
            problems.append(f"{path.name}: the server logged errors: " + "\n".join(l for l in log.splitlines() if " error " in l)[:1500])
        failed += bool(problems)
        print(("FAILED " if problems else "ok     ") + str(path.relative_to(ROOT)))
        for p in problems:
            print("   ", p)
    seen = set(open(coverage).read().splitlines()) if os.path.exists(coverage) else set()
    broken = sorted(l for l in seen if l.startswith(("breach ", "undeclared ")))
    for l in broken:
        print("FAILED registry:", l)
    if everything:
        declared = json.loads(subprocess.run([binary, "generate", "--list"], capture_output=True, text=True).stdout or "[]")
        never = [name for name in declared if f"called {name}" not in seen]
        for name in never:
            print("FAILED registry: never called:", name)
        broken += never
    if os.path.exists(coverage):
        os.unlink(coverage)
    if hold:
        print("held: " + ", ".join(f"{n} {what}" for what, n in sorted(held.items())))
    print(f"{len(files) - failed} scenarios passed, {failed} failed")
    sys.exit(bool(failed or broken))


if __name__ == "__main__":
    main()
