# Sourced by ./run and ./test: installs what is missing, once, and says what it does.
# need_packages build|test...   need_node   build_console
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
started=$(date +%s)
say() { printf '\033[1m[%3ds]\033[0m %s\n' $(($(date +%s) - started)) "$*"; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

need_packages() {
  local kinds=" $* " missing=() kind package
  command -v dpkg-query >/dev/null || { say "This is not Debian: install the packages of tools/packages.txt by hand."; return; }
  while read -r kind package; do
    [[ $kind == "#"* || -z ${package:-} || $kinds != *" $kind "* ]] && continue
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done < tools/packages.txt
  ((${#missing[@]})) || return 0
  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    echo "Run this as root, then start again:  apt-get install --no-install-recommends ${missing[*]}" >&2; exit 1
  fi
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Node 20.19 or later for the console. Debian 12 has 18: npm's own `node` package then brings a newer one beside it.
need_node() {
  local version
  version=$(node --version 2>/dev/null | tr -d v || true)
  if [ -n "$version" ] && [ "$(printf '%s\n20.19.0\n' "$version" | sort -V | head -1)" = 20.19.0 ]; then return 0; fi
  if [ ! -x .deps/node/node_modules/node/bin/node ]; then
    if ! command -v npm >/dev/null; then
      say "Installing Debian's nodejs and npm"
      as_root apt-get update -qq
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
    fi
    say "Getting Node 22 from npm"
    mkdir -p .deps/node && (cd .deps/node && npm install --no-audit --no-fund --silent --prefix . node@22 >/dev/null)
  fi
  export PATH="$root/.deps/node/node_modules/node/bin:$PATH"
}

build_console() {
  [ -f web/console/package-lock.json ] || return 0
  if [ -f web/console/dist/index.html ] && [ -z "$(find web/console/src web/console/index.html web/console/package-lock.json web/console/public -newer web/console/dist/index.html -print -quit)" ]; then return 0; fi
  say "Building the console"
  (cd web/console && { [ -d node_modules ] && [ node_modules -nt package-lock.json ] || npm ci --no-audit --no-fund --silent; } && npm run --silent build >/dev/null)
}

# DuckDB for Parquet and ad-hoc SQL; everything else works without it.
need_duckdb() {
  [ -f .deps/duckdb/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so ] && return 0
  say "Getting DuckDB's library from npm"
  mkdir -p .deps/duckdb && (cd .deps/duckdb && npm install --no-audit --no-fund --silent --prefix . --ignore-scripts @duckdb/node-bindings-linux-x64@1.5.6-r.1 >/dev/null) || say "DuckDB could not be fetched: Parquet and SQL over facts are left out."
}

# build DIRECTORY TARGET...: progress on a terminal, the compiler's words on failure.
build() {
  local preset=$1; shift
  local known=build/$preset/build.ninja
  # ./run may have configured before GoogleTest was there.
  [[ " $* " == *" all "* ]] && ! grep -qs core_test "$known" && rm -f "$known"
  [ -f "$known" ] || cmake --preset "$preset" >"/tmp/kindling-cmake-$preset.log" || { cat "/tmp/kindling-cmake-$preset.log"; exit 1; }
  if [ -t 1 ]; then cmake --build "build/$preset" --target "$@"
  else cmake --build "build/$preset" --target "$@" > "build/$preset/build.log" 2>&1 || { tail -60 "build/$preset/build.log"; exit 1; }; fi
}
