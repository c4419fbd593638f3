#!/usr/bin/env bash
# What goes wrong around a server: two in one folder, keys and backups that do not belong, a disk that fills up, a worker that dies.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 tests/hostile.py build/release/bin/kindling
