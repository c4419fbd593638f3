#!/usr/bin/env bash
# The bench of judged search sets, on small sets in the layouts of WANDS and ESCI that are made on the spot.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 tests/judged_sets.py build/release/bin/kindling-bench
