# Sourced by ./run and ./test: installs what is missing, once, and says what it does. Logs are in build/logs; the end of one is shown when its command failed.
# need_packages build|test...   need_node   build_console   need_duckdb   use_duckdb   build PRESET TARGET...   build_with_console PRESET TARGET...
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
started=$(date +%s)
mkdir -p build/logs
say() { printf '\033[1m[%3ds]\033[0m %s\n' $(($(date +%s) - started)) "$*"; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

quietly() {  # quietly LOG COMMAND...: its words only when it fails
  local log=$root/build/logs/$1.log; shift
  "$@" </dev/null >"$log" 2>&1 && return
  tail -n 40 "$log" >&2
  echo "This failed: $*" >&2
  echo "The whole log is $log" >&2
  return 1
}

install_packages() {
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    echo "Run this as root, then start again:  apt-get install --no-install-recommends $*" >&2; return 1
  fi
  # One source of packages that cannot be reached does not matter when the others have all that is needed. Another apt-get may be at work: wait for it.
  quietly apt-update as_root apt-get update -o DPkg::Lock::Timeout=600 || say "Not all package lists could be read; going on with what is known"
  quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -o DPkg::Lock::Timeout=600 --no-install-recommends "$@"
}

need_packages() {
  local kinds=" $* " missing=() kind package
  command -v dpkg-query >/dev/null || { say "This is not Debian: install the packages of tools/packages.txt by hand."; return; }
  while read -r kind package; do
    [[ $kind == "#"* || -z ${package:-} || $kinds != *" $kind "* ]] && continue
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done < tools/packages.txt
  ((${#missing[@]})) || return 0
  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  install_packages "${missing[@]}" || exit 1
}

# Node 20.19 or later for the console. Debian 12 has 18: npm's own `node` package then brings a newer one beside it. Without it, everything but the console works.
need_node() {
  local version
  version=$(node --version 2>/dev/null | tr -d v || true)
  if [ -n "$version" ] && [ "$(printf '%s\n20.19.0\n' "$version" | sort -V | head -1)" = 20.19.0 ] && command -v npm >/dev/null; then return 0; fi
  if [ ! -x .deps/node/node_modules/node/bin/node ]; then
    if ! command -v npm >/dev/null; then
      say "Installing Debian's nodejs and npm"
      install_packages nodejs npm || { say "The web console is left out: there is no Node"; return 1; }
    fi
    say "Getting Node 22 from npm"
    mkdir -p .deps/node
    quietly npm-node env -C .deps/node npm install --no-audit --no-fund --prefix . node@22 || { say "The web console is left out: there is no Node 20.19 or later"; return 1; }
  fi
  export PATH="$root/.deps/node/node_modules/node/bin:$PATH"
}

build_console() {
  [ -f web/console/package-lock.json ] || return 0
  if [ -f web/console/dist/index.html ] && [ -z "$(find web/console/src web/console/index.html web/console/package-lock.json web/console/public -newer web/console/dist/index.html -print -quit)" ]; then return 0; fi
  say "Building the console"
  [ -d web/console/node_modules ] && [ web/console/node_modules -nt web/console/package-lock.json ] || quietly npm-console env -C web/console npm ci --no-audit --no-fund || { say "The web console is left out: its packages could not be fetched"; return 0; }
  quietly console env -C web/console npm run build
}

# DuckDB for Parquet and ad-hoc SQL; everything else works without it.
need_duckdb() {
  [ -f .deps/duckdb/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so ] && return 0
  say "Getting DuckDB's library from npm"
  mkdir -p .deps/duckdb
  quietly npm-duckdb env -C .deps/duckdb npm install --no-audit --no-fund --prefix . --ignore-scripts @duckdb/node-bindings-linux-x64@1.5.6-r.1 || say "DuckDB could not be fetched: Parquet and SQL over facts are left out."
}

use_duckdb() {
  local library=$root/.deps/duckdb/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so
  if [ -f "$library" ]; then export KINDLING_DUCKDB=$library; fi
}

# build PRESET TARGET...: progress (a line every half minute where there is no terminal), the compiler's words on failure.
build() {
  local preset=$1; shift
  local known=build/$preset/build.ninja log=build/logs/build-$preset.log ticker
  # ./run may have configured before GoogleTest was there.
  [[ " $* " == *" all "* ]] && ! grep -qs core_test "$known" && rm -f "$known"
  # A folder that another compiler was set up in cannot be turned round.
  [[ $preset == asan || $preset == tsan ]] && ! grep -qs '^CMAKE_CXX_COMPILER:.*clang' "build/$preset/CMakeCache.txt" && rm -rf "build/$preset"
  [ -f "$known" ] || quietly "cmake-$preset" cmake --preset "$preset" || exit 1
  # Files may have come to disagree about a name since; a changed list makes CMake configure again.
  [ "$preset" = clang ] || python3 tools/unity_groups.py . "build/$preset/unity_groups.cmake" >/dev/null
  # Whoever runs beside the compiler (./test does) is served first, and at once: what asks a server over and over waits for its turn each time.
  local behind=(nice); chrt --idle 0 true 2>/dev/null && behind=(chrt --idle 0)
  if [ -t 1 ]; then "${behind[@]}" cmake --build "build/$preset" --target "$@" || exit 1; return; fi
  : >"$log"
  while sleep 30 >/dev/null 2>&1; do say "  $(tail -n 1 "$log" | cut -c 1-100)"; done &
  ticker=$!
  if "${behind[@]}" cmake --build "build/$preset" --target "$@" >"$log" 2>&1; then kill $ticker; wait $ticker 2>/dev/null || true
  else
    kill $ticker; wait $ticker 2>/dev/null || true
    # What the compiler said, without the commands and the files that went well.
    grep -nE -A 12 'FAILED:|error:' "$log" | grep -v '^[0-9]*-\[[0-9]*/' | head -80 || tail -n 60 "$log"
    echo "The whole log is $root/$log"
    exit 1
  fi
}

# build_with_console PRESET TARGET...: what comes from npm is fetched and built beside the C++, which holds the console only in its last part.
build_with_console() {
  local web code=0
  (need_node || exit 3; build_console; need_duckdb) &
  web=$!
  trap 'kill "$web" 2>/dev/null; exit 130' INT TERM
  build "$1" shop
  wait "$web" || code=$?
  trap - INT TERM
  case $code in 0) need_node ;; 3) ;; *) exit 1 ;; esac
  build "$@"
}
