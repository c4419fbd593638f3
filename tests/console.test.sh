#!/usr/bin/env bash
# The web console in a real browser against the real binary and a demo shop of its own: web/console/e2e/walk.mjs.
set -euo pipefail
cd "$(dirname "$0")/.."
skip() { echo "$1"; exit 77; }
binary=${KINDLING_BINARY:-build/release/bin/kindling}
[ -x "$binary" ] || skip "the console was not walked: $binary is not built"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "the console was not walked: Chromium is not installed (apt-get install chromium, or set CHROMIUM)"
command -v node >/dev/null || skip "the console was not walked: Node is not installed"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || skip "the console was not walked: Node $(node --version) is older than 20.19"
[ -f web/console/dist/index.html ] || skip "the console was not walked: web/console/dist is missing (npm ci && npm run build in web/console, then build the binary again)"
[ -d web/console/node_modules/playwright-core ] || skip "the console was not walked: playwright-core is not installed (npm ci in web/console)"
node web/console/e2e/walk.mjs
