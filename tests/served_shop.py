"""A shop of its own for a test that needs the real server: started on a free port, in a folder that is gone afterwards.

    shop = ServedShop("encoder")              # KINDLING_BINARY, or the release build
    shop.call("catalog.save_products", {...}) # signed by a key of the owner
    shop.restart(); shop.kill(); shop.stop()  # stop() gives the code that the server ended with
"""
import atexit, json, os, re, shutil, subprocess, tempfile, time, urllib.error, urllib.request


class ServedShop:
    def __init__(self, name, with_key=True, rate_per_minute=None):
        self.binary = os.path.abspath(os.environ.get("KINDLING_BINARY", "build/release/bin/kindling"))
        self.folder = tempfile.mkdtemp(prefix=f"kindling-{name}-")
        self.data, self.server = self.folder + "/data", None
        self.env = dict(os.environ, KINDLING_FOLDER=self.data, KINDLING_LINKS_FILE=self.folder + "/links", LANG="C.UTF-8")
        atexit.register(self._clean_up)
        self.key = None
        if with_key:
            more = ["--rate_per_minute", str(rate_per_minute)] if rate_per_minute else []
            self.key = json.loads(self.run("keys", "create", "--name", "test", "--role", "owner", *more, "--json"))["secret"]
        self.start()

    def run(self, *arguments):
        """What the command line prints."""
        return subprocess.run([self.binary, *arguments], env=self.env, check=True, capture_output=True, text=True).stdout

    def start(self):
        if os.path.exists(self.folder + "/links"):
            os.remove(self.folder + "/links")
        with open(self.folder + "/log", "w") as log:
            self.server = subprocess.Popen([self.binary, "serve", "--listen", "127.0.0.1:0"], env=self.env, stdout=subprocess.DEVNULL, stderr=log)
        until = time.monotonic() + 120  # a sanitizer's build takes its time
        while not (found := re.search(r"(http://127\.0\.0\.1:(\d+))/", self.links())):
            if self.server.poll() is not None or time.monotonic() > until:
                raise SystemExit("the server did not start:\n" + self.log()[-6000:])
            time.sleep(0.02)  # a poll for a condition
        self.address, self.port = found[1], int(found[2])

    def stop(self):
        self.server.terminate()
        return self.server.wait(timeout=180)

    def kill(self):
        self.server.kill()
        self.server.wait(timeout=60)

    def restart(self):
        self.stop()
        self.start()

    def links(self):
        return open(self.folder + "/links").read() if os.path.exists(self.folder + "/links") else ""

    def log(self):
        """What the server said since it was last started."""
        return open(self.folder + "/log").read()

    def call(self, operation, body, signed=True):
        headers = {"Content-Type": "application/json", **({"Authorization": "Bearer " + self.key} if signed and self.key else {})}
        request = urllib.request.Request(self.address + "/v1/" + operation.replace(".", "/"), json.dumps(body).encode(), headers)
        return json.load(urllib.request.urlopen(request, timeout=120))

    def refused(self, operation, body):
        """The error that the call is answered with; a call that is not refused fails the test."""
        try:
            self.call(operation, body)
        except urllib.error.HTTPError as e:
            return json.load(e)["error"]
        raise AssertionError(operation + " was not refused")

    def _clean_up(self):
        if self.server and self.server.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
