"""The published schemas of UCP, ACP, AP2 and MCP, read from the folder that KINDLING_DATA names: nothing of them is kept here.

UCP writes one schema for answers and notes on each property what a request of an operation may carry ("ucp_request": omit, optional or
required, or one of these by operation); request_errors() reads the schemas with these notes applied.
"""
import json, os, pathlib, re, sys, urllib.parse, warnings

try:
    warnings.simplefilter("ignore", DeprecationWarning)
    import jsonschema
except ImportError:
    jsonschema = None

UCP = "ucp/v2026-04-08/source/schemas"
BASE = "https://ucp.dev/schemas/"


def folder():
    """The protocols' folder, or None and why not."""
    if jsonschema is None:
        return None, "python3-jsonschema is not installed"
    data = os.environ.get("KINDLING_DATA")
    if not data or not (pathlib.Path(data) / "protocols").is_dir():
        return None, "KINDLING_DATA names no folder with protocols/"
    return pathlib.Path(data) / "protocols", None


formats = jsonschema.FormatChecker(formats=()) if jsonschema else None
if formats:
    formats.checks("date-time")(lambda v: not isinstance(v, str) or bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", v)))
    formats.checks("uri")(lambda v: not isinstance(v, str) or bool(re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", v)))
    formats.checks("email")(lambda v: not isinstance(v, str) or bool(re.fullmatch(r"[^\s@]+@[^\s@]+", v)))
    formats.checks("uuid")(lambda v: not isinstance(v, str) or bool(re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", v)))


def describe(errors):
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in errors]


def for_request(schema, operation):
    """A schema of UCP as a request of `operation` is held to it."""
    if isinstance(schema, list):
        return [for_request(s, operation) for s in schema]
    if not isinstance(schema, dict):
        return schema
    out = {k: for_request(v, operation) for k, v in schema.items()}
    if isinstance(out.get("properties"), dict):
        required = list(out.get("required", []))
        for name, rule in list(schema["properties"].items()):
            rule = rule.get("ucp_request") if isinstance(rule, dict) else None
            rule = rule.get(operation) if isinstance(rule, dict) else rule
            if rule == "omit":
                del out["properties"][name]
            if rule in ("omit", "optional") and name in required:
                required.remove(name)
            if rule == "required" and name not in required:
                required.append(name)
        out["required"] = required
    return out


def absolute(schema, url):
    """With every reference written out, so that it does not matter from where a part is looked at."""
    if isinstance(schema, list):
        return [absolute(s, url) for s in schema]
    if not isinstance(schema, dict):
        return schema
    # discovery/profile names its neighbours one folder too deep.
    return {k: urllib.parse.urljoin(url, v).replace("/schemas/schemas/", "/schemas/") if k == "$ref" and isinstance(v, str) else absolute(v, url) for k, v in schema.items() if k != "$id" or not isinstance(v, str)}


class Ucp:
    def __init__(self, root):
        self.documents = {BASE + str(f.relative_to(root / UCP)): json.loads(f.read_text()) for f in sorted((root / UCP).rglob("*.json"))}
        self.documents[BASE + "discovery/profile.json"] = json.loads((root / UCP).parent.joinpath("discovery/profile_schema.json").read_text())
        self.stores = {}

    def store(self, operation=None):
        if operation not in self.stores:
            self.stores[operation] = {url: absolute(for_request(d, operation) if operation else d, url) for url, d in self.documents.items()}
        return self.stores[operation]

    def errors(self, value, reference, operation=None):
        """What is wrong with a value, held to e.g. "shopping/checkout.json" or "shopping/catalog_search.json#/$defs/search_response"."""
        store = self.store(operation)
        resolver = jsonschema.RefResolver(BASE, {}, store=store)
        validator = jsonschema.Draft202012Validator({"$ref": BASE + reference}, resolver=resolver, format_checker=formats)
        return describe(validator.iter_errors(value))


class Acp:
    """The definitions of one of ACP's json-schema files."""
    def __init__(self, root, name, version="2026-04-17"):
        self.document = json.loads((root / f"acp/spec/{version}/json-schema/schema.{name}.json").read_text())

    def errors(self, value, definition):
        schema = {**self.document, "$ref": f"#/$defs/{definition}"}
        for key in ("oneOf", "anyOf", "allOf"):
            schema.pop(key, None)
        schema = {"$schema": self.document.get("$schema"), "$defs": self.document["$defs"], "$ref": f"#/$defs/{definition}"}
        return describe(jsonschema.Draft202012Validator(schema, format_checker=formats).iter_errors(value))


if __name__ == "__main__":
    root, why = folder()
    if why:
        sys.exit(why)
    print(len(Ucp(root).documents), "schemas of UCP")
