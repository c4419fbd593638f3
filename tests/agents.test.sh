#!/usr/bin/env bash
# Agent commerce (UCP, ACP, AP2) against the published schemas, examples and conformance data, on a real server.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 tests/agents/run.py build/release/bin/kindling
