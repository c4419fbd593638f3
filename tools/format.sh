#!/usr/bin/env bash
# Formats the C++ lines that differ from a revision, and no others: tables and long one-liners that were set by hand stay as they are.
#   tools/format.sh [REVISION]            the lines changed since REVISION (default: where this branch left main, or HEAD on main itself)
#   tools/format.sh --check [REVISION]    says what would change and fails if anything would
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
check=""; [ "${1:-}" = --check ] && { check=yes; shift; }
command -v git-clang-format-19 >/dev/null || { echo "clang-format is not installed: apt-get install clang-format-19" >&2; exit 1; }
since=${1:-}
if [ -z "$since" ]; then
  for base in origin/main main HEAD; do since=$(git merge-base HEAD "$base" 2>/dev/null) && break; done
fi
git rev-parse --quiet --verify "$since^{commit}" >/dev/null || { echo "There is no revision $since." >&2; exit 2; }
if [ -n "$check" ]; then
  changed=$(git-clang-format-19 --binary clang-format-19 --extensions cpp,h --diff "$since" || true)
  case $changed in ""|*"did not modify any files"*|*"no modified files to format"*) exit 0 ;; *) printf '%s\n' "$changed"; exit 1 ;; esac
fi
exec git-clang-format-19 --binary clang-format-19 --extensions cpp,h --force "$since"
