#!/usr/bin/env python3
"""Other people's agents against a real server: every message held to the published schemas, the official examples replayed, the UCP
conformance data (flower_shop) served and bought from, replays, forgeries and races tried.

usage: run.py BINARY [PART...]        parts: catalog, checkout, promotions, payments, mandate, acp, examples, pages, feed, own, words, race (default: all)
"""
import json, os, pathlib, sys, warnings

warnings.simplefilter("ignore", DeprecationWarning)
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import protocol_schemas

root, why = protocol_schemas.folder()
if why:
    print("skipped: " + why)
    sys.exit(77)
import shop as shops, catalog_checks, checkout_checks, mandate_checks, acp_checks, feed_checks, own_tools_checks, promotion_checks, payment_checks, example_checks, race_checks, ucp_example_checks, words_checks

PARTS = {"catalog": catalog_checks, "checkout": checkout_checks, "promotions": promotion_checks, "payments": payment_checks, "mandate": mandate_checks, "acp": acp_checks, "examples": example_checks, "pages": ucp_example_checks, "feed": feed_checks, "own": own_tools_checks, "words": words_checks, "race": race_checks}
binary, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:] or list(PARTS)
checks, schemas = shops.Checks(), protocol_schemas.Ucp(root)
data = root / "ucp-conformance/test_data/flower_shop"
for part in wanted:
    shop = shops.Shop(binary)
    rows = shops.flower_shop(shop, data)
    before = checks.done, checks.messages
    try:
        PARTS[part].run(shop, schemas, checks, root, rows)
    finally:
        shop.stop()
    print(f"{part}: {checks.done - before[0]} checks, {checks.messages - before[1]} messages held to their schemas")
print(f"{checks.done} checks, {checks.messages} messages, {len(checks.failed)} failed")
sys.exit(1 if checks.failed else 0)
