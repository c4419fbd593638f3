#!/usr/bin/env bash
# From a vague wish to a paid order and a return: a person and an agent, in both languages, on a demo shop and on imported products.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 tests/agents/journey.py "${KINDLING_BINARY:-build/release/bin/kindling}"
