"""What must hold for every operation, whatever it does: tried on each call of each scenario by `scenarios.py --properties`.

- A dry run leaves no trace: rows and files are the same before and after it.
- The same Idempotency-Key acts once: the second answer is the first one, the store does not move, and another body is refused.
- Shops never meet: every request of the scenario is sent again with the key of a second shop, and by a visitor of it. While that
  shop is empty no answer may hold a word of the first shop that was not asked with, and nothing of the first shop may change.
- Lists end: following next_page_token with pages of one row gives the rows of one large page, each once.

The registry is not read here: whatever operation the scenarios call is held to this, and they must call every one.
"""
import hashlib, json, os, pathlib, re, sqlite3, subprocess, time

QUIET = {"kindling_news", "meter", "agent_traffic", "sqlite_sequence"}  # written by the clock, not by a call
# Searches of programs and agents, and what the visit of a page did, are noted beside their answers, up to a second later.
NOTED_BESIDE = {"events": re.compile(r"""['"](api|agents|vis_[\w-]{24})['"]"""), "counters": re.compile(r"""['"]events['"]""")}


def without_notes(table, rows):
    return [r for r in rows if not NOTED_BESIDE[table].search(r)] if table in NOTED_BESIDE else rows


class Rows:
    """The store's rows as text, by table; SQLite is read from its file, PostgreSQL through psql."""
    def __init__(self, folder, store=None):
        self.folder, self.store = folder, store
        self.columns, self.psql = {}, None

    def read(self):
        return self.read_postgres() if self.store else self.read_sqlite()

    def read_sqlite(self):
        connection = sqlite3.connect(f"file:{self.folder}/data/kindling.db?mode=ro", uri=True)
        connection.text_factory = lambda b: b.decode("utf-8", "replace")
        try:
            connection.execute("BEGIN")
            out = {}
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if table not in QUIET:
                    cursor = connection.execute(f'SELECT * FROM "{table}"')
                    self.columns[table] = [c[0] for c in cursor.description]
                    out[table] = without_notes(table, sorted(map(repr, cursor.fetchall()))), None
            return {t: rows for t, (rows, _) in out.items()}
        finally:
            connection.close()

    def read_postgres(self):
        if not self.columns:
            for line in self.ask("SELECT table_name || '|' || string_agg(column_name, ',' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name;"):
                table, _, columns = line.partition("|")
                if table not in QUIET:
                    self.columns[table] = columns.split(",")
            # One statement, so that all tables are of one instant; planned once, which takes longer than to read them.
            union = " UNION ALL ".join(f"SELECT '{t}' AS t, row_to_json(x)::text AS r FROM {t} x" for t in self.columns)
            self.ask(f"PREPARE everything AS SELECT t || E'\\x1f' || r FROM ({union}) everything;")
        out = {t: [] for t in self.columns}
        for line in self.ask("EXECUTE everything;"):
            table, _, row = line.partition("\x1f")
            out[table].append(row)
        assert out["shops"], "psql answered nothing"
        return {t: without_notes(t, sorted(rows)) for t, rows in out.items()}

    def ask(self, sql):
        """Its lines, from one psql that stays: a new one for each question costs more than the answer."""
        if not self.psql:
            self.psql = subprocess.Popen(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", self.store], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.psql.stdin.write(sql + "\n\\echo that was all\n")
        self.psql.stdin.flush()
        lines = []
        while (line := self.psql.stdout.readline()) != "that was all\n":
            assert line, "psql ended: " + sql[:200]
            lines.append(line.rstrip("\n"))
        return lines

    def close(self):
        if self.psql:
            self.psql.communicate("\\q\n", timeout=30)


def files_of(folder):
    """Files that belong to the shop. Left out: the store itself and what threads behind it derive at their own time (facts, index, learned
    models); that a dry run of training keeps nothing is the selection test's."""
    root, out = pathlib.Path(folder) / "data", set()
    for path in root.rglob("*"):
        inside = path.relative_to(root)
        if path.is_file() and inside.parts[0] not in ("facts", "index", "models") and not inside.parts[0].startswith(("kindling.db", "server.lock")):
            out.add((str(inside), path.stat().st_size))
    return out


def difference(before, after):
    """One line per table that differs."""
    out = []
    for table in sorted(set(before) | set(after)):
        a, b = before.get(table, []), after.get(table, [])
        if a != b:
            gone, come = [r for r in a if r not in set(b)], [r for r in b if r not in set(a)]
            out.append(f"{table}: -{len(gone)} +{len(come)} {(come or gone or ['order'])[0][:300]}")
    return out


class Properties:
    def __init__(self, server, binary, store=None):
        self.server, self.binary, self.rows = server, binary, Rows(server.folder, store)
        self.effects = {o["name"]: o for o in json.loads(server.send("GET", "/v1/registry", None, {})[1])["operations"]}
        self.calls, self.problems, self.count, self.checked = [], [], 0, {}

    def note(self, what):
        self.checked[what] = self.checked.get(what, 0) + 1

    def state(self):
        """Rows and files once no job is at work; a running job may write between two looks and would be taken for a trace."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            rows = self.rows.read()
            busy = [r for r in rows.get("jobs", []) if "'queued'" in r or "'running'" in r or '"queued"' in r or '"running"' in r]
            if not busy:
                break
            time.sleep(0.05)
        return dict(rows, **{"(files)": sorted(map(str, files_of(self.server.folder)))})

    def ask(self, operation, text, headers):
        status, raw = self.server.send("POST", "/v1/" + operation.replace(".", "/"), text.encode("utf-8", "surrogateescape"), headers)
        try:
            return status, json.loads(raw)
        except ValueError:
            return status, raw.decode("utf-8", "replace")

    def around(self, here, operation, text, headers):
        """Called in the place of one call of a scenario; gives its answer."""
        acts = self.effects.get(operation, {}).get("effect", "read") != "read"
        plain = "X-Dry-Run" not in headers and "Idempotency-Key" not in headers and "Prefer" not in headers
        if not acts or not plain:
            status, answer = self.ask(operation, text, headers)
            if status < 300 and "Prefer" not in headers and "X-Dry-Run" not in headers:
                self.calls.append((here, operation, text, headers))
                if not acts:
                    self.pages(here, operation, text, headers, answer)
            return status, answer
        before = self.state()
        dry_status, dry_answer = self.ask(operation, text, dict(headers, **{"X-Dry-Run": "true"}))
        after = self.state()
        self.note("dry runs")
        for line in difference(before, after):
            self.problems.append(f"{here}: a dry run of {operation} left a trace in {line}")
        self.count += 1
        once = dict(headers, **{"Idempotency-Key": f"property-{self.count}"})
        status, answer = self.ask(operation, text, once)
        if (status < 300) != (dry_status < 300):
            self.problems.append(f"{here}: the dry run of {operation} answered {dry_status}, the run {status}: {str(dry_answer)[:200]} / {str(answer)[:200]}")
        if status >= 300:
            return status, answer
        self.calls.append((here, operation, text, headers))
        before = self.state()
        again_status, again = self.ask(operation, text, once)
        other_status, other = self.ask(operation, '{"another": "body"}', once)
        after = self.state()
        # Somebody who changed their password or closed their account is signed out by it: the repetition is a stranger's.
        ended = isinstance(again, dict) and (again.get("error") or {}).get("reason") == "not_signed_in"
        if ended and ("Cookie" in headers or headers.get("Authorization", "").startswith("Bearer kds_")):
            self.note("sessions that ended with their own call")
            return status, answer
        self.note("repeats")
        if (again_status, again) != (status, answer):
            self.problems.append(f"{here}: {operation} answered the same Idempotency-Key twice differently: {str(answer)[:200]} / {str(again)[:200]}")
        if not isinstance(other, dict) or (other.get("error") or {}).get("reason") != "idempotency_key_reused":
            self.problems.append(f"{here}: {operation} took a used Idempotency-Key with another body: {other_status} {str(other)[:200]}")
        for line in difference(before, after):
            self.problems.append(f"{here}: repeating {operation} with its Idempotency-Key changed {line}")
        return status, answer

    def pages(self, here, operation, text, headers, answer):
        try:
            request = json.loads(text or "{}")
        except ValueError:
            return
        if not isinstance(answer, dict) or "next_page_token" not in answer or "page_token" in request or answer["next_page_token"]:
            return
        lists = [k for k, v in answer.items() if isinstance(v, list)]
        if len(lists) != 1 or not 2 <= len(answer[lists[0]]) <= 40:
            return
        seen, token = [], ""
        for _ in range(100):
            status, page = self.ask(operation, json.dumps(dict(request, page_size=1, page_token=token)), headers)
            if status >= 300 or len(page[lists[0]]) > 1:
                self.problems.append(f"{here}: {operation} with pages of one: {status} {str(page)[:200]}")
                return
            seen += page[lists[0]]
            token = page["next_page_token"]
            if not token:
                break
        self.note("lists paged to their end")
        if seen != answer[lists[0]]:
            self.problems.append(f"{here}: {operation} in pages of one row gave {len(seen)} rows, in one page {len(answer[lists[0]])}, or others")

    def between_shops(self, name):
        """Every successful request of the scenario again, from another shop of the same server."""
        if not self.calls:
            return
        run = lambda *words: subprocess.run([self.binary, *words, "--json"], env=self.server.env, capture_output=True, text=True, check=True).stdout
        shop = json.loads(run("shops", "create", "--name", "Elsewhere", "--currency", "USD", "--locale", "en", "--time_zone", "Etc/UTC"))["shop_id"]
        key = json.loads(run("--shop", str(shop), "keys", "create", "--name", "elsewhere", "--role", "owner", "--rate_per_minute", "1000000"))["secret"]
        staff = {"Content-Type": "application/json", "Authorization": "Bearer " + key}
        visitor = {"Content-Type": "application/json", "X-Kindling-Shop": str(shop)}
        before = self.state()
        words = self.words_of_first(before)
        asked = ""
        for phase in ("read", "act"):
            for here, operation, text, headers in self.calls:
                acts = self.effects[operation]["effect"] != "read"
                if acts != (phase == "act") or operation == "shops.create":
                    continue
                for who, sent in (("a key of another shop", staff), ("a visitor of another shop", visitor)):
                    status, answer = self.ask(operation, text, sent)
                    self.note("requests from another shop")
                    asked = asked + "\n" + text if phase == "act" else text
                    said = json.dumps(answer, ensure_ascii=False)
                    if '"file_id"' in text and status < 400:
                        self.problems.append(f"{here}: {operation} by {who} opened an upload of the first shop: {said[:200]}")
                    if status >= 500:
                        self.problems.append(f"{here}: {operation} by {who}: {status} {said[:200]}")
                    for word in words:
                        if word in said and word.lower() not in asked.lower():
                            self.problems.append(f"{here}: {operation} by {who} was told {word!r} of the first shop: {said[:200]}")
                            break
        after = self.state()
        for line in difference(self.first_shop(before), self.first_shop(after)):
            self.problems.append(f"{name}: requests from another shop changed the first one's {line}")

    def shop_of(self, table, row):
        if "shop_id" not in self.rows.columns.get(table, []):
            return None
        if row.startswith("{"):
            return json.loads(row)["shop_id"]
        import ast
        return ast.literal_eval(row)[self.rows.columns[table].index("shop_id")]

    def first_shop(self, state):
        """Rows of shop 1, and of no shop at all (users); counters and audit entries of other shops are theirs."""
        return {t: [r for r in rows if self.shop_of(t, r) in (None, 1)] for t, rows in state.items() if t not in ("(files)", "shops")}

    def words_of_first(self, state):
        """Identifiers and texts of the first shop that would give it away."""
        import ast
        words = set()
        for table, rows in self.first_shop(state).items():
            columns = self.rows.columns.get(table, [])
            if table in ("meter", "counters", "kindling_schema", "attribute_kinds", "approval_policies", "audit", "idempotency", "settings", "jobs", "api_keys"):
                continue
            for row in rows:
                values = json.loads(row) if row.startswith("{") else dict(zip(columns, ast.literal_eval(row)))
                for column, value in values.items():
                    telling = column.endswith("_id") or column in ("sku", "title", "title_en", "title_zh", "body", "name", "name_en", "email", "file_name", "query")
                    if telling and isinstance(value, str) and len(value) >= 6 and value not in ("Main warehouse", "My shop"):
                        words.add(value)
        return words
