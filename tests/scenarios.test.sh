#!/usr/bin/env bash
# All scenarios on SQLite, then on a PostgreSQL of our own when there is one.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${KINDLING_BINARY:-build/release/bin/kindling}
python3 tests/scenarios.py "$binary"
. tests/postgres.sh
if start_postgres; then
  python3 tests/scenarios.py "$binary" --store "$postgres_url"
  stop_postgres
else echo "PostgreSQL 15 is not installed: the scenarios ran on SQLite only"; fi
