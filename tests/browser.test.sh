#!/usr/bin/env bash
# Walks the storefront in Debian's chromium. 77: skipped, with the reason as the last line.
cd "$(dirname "${BASH_SOURCE[0]}")/browser" || exit 1
command -v node >/dev/null || { echo "node is not installed"; exit 77; }
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || { echo "chromium is not installed"; exit 77; }
[ -d node_modules/playwright-core ] && [ node_modules -nt package-lock.json ] || npm ci --silent --no-audit --no-fund || { echo "npm could not fetch the browser driver"; exit 77; }
touch node_modules
node guide_stream.test.mjs && node embed.test.mjs && node photo.test.mjs && node voice.test.mjs && node own_voice.test.mjs && node nudge.test.mjs && node journey.test.mjs && exec node storefront.test.mjs
