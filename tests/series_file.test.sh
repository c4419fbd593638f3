#!/usr/bin/env bash
# The bench of series in files, on small files in both documented shapes that are made on the spot, and on files that are wrong.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 tests/series_file.py build/release/bin/kindling-bench
