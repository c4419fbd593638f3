# Sourced by ./test: every fuzzer for so many seconds, one on each core. What they learn stays in build/fuzz/corpus; an input that breaks
# something stays in build/fuzz beside its log, and its test belongs into the unit tests.
fuzz() {  # fuzz SECONDS [NAME...]
  local seconds=$1 fuzzer name cores running=0 names=(); shift
  if [ $# -gt 0 ]; then say "Building $*"; build asan "$@"
  else say "Building the fuzzers with clang (about 15 minutes the first time on two cores)"; build asan fuzzers; fi
  cores=$(nproc)
  for fuzzer in build/asan/bin/*_fuzz; do
    name=$(basename "$fuzzer")
    [ $# -gt 0 ] && [[ " $* " != *" $name "* ]] && continue
    names+=("$name")
  done
  say "${#names[@]} fuzzers, $cores at a time, about $(((${#names[@]} + cores - 1) / cores * (seconds + 2))) s"
  for name in "${names[@]}"; do
    mkdir -p "build/fuzz/corpus/$name"
    ((running < cores)) || { wait -n || true; running=$((running - 1)); }
    fuzz_one "$name" "$seconds" & running=$((running + 1))
  done
  wait
}

fuzz_one() {  # fuzz_one NAME SECONDS: says one line, and the log when something was found
  local name=$1 log=build/fuzz/$1.log code=0
  "build/asan/bin/$name" -max_total_time="$2" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 "-artifact_prefix=build/fuzz/$name-" "build/fuzz/corpus/$name" >"$log" 2>&1 || code=$?
  if [ "$code" = 0 ]; then note ok "ok      $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs, $(find "build/fuzz/corpus/$name" -type f | wc -l) kept"
  else note failed "FAILED  $name"; show_log "$log"; echo "Again: build/asan/bin/$name $(sed -n 's/.*Test unit written to //p' "$log" | tail -1)"; fi
}
