#!/usr/bin/env bash
# Every scenario once more, each call held to what must be true of all operations; on SQLite, then on PostgreSQL when there is one.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=build/release/bin/kindling
python3 tests/scenarios.py "$binary" --properties
. tests/postgres.sh
if start_postgres -c fsync=off; then
  python3 tests/scenarios.py "$binary" --store "$postgres_url" --properties
  stop_postgres
else echo "PostgreSQL 15 is not installed: the properties were held on SQLite only"; fi
