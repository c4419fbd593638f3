# Sourced by ./test: everything that runs under a sanitizer, built by clang.
#   asan  AddressSanitizer, LeakSanitizer, UndefinedBehaviorSanitizer: unit tests (on both stores), scenarios, sessions, a model plugged in, mixed load
#   tsan  ThreadSanitizer: unit tests, mixed load
# A finding ends the program with an exit code of its own, so that whoever started it fails; servers are asked to stop and must end with 0.
export ASAN_OPTIONS=detect_stack_use_after_return=1:check_initialization_order=1:strict_init_order=1:detect_leaks=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:history_size=4
symbolizer=/usr/bin/llvm-symbolizer-19
[ -x $symbolizer ] && export ASAN_SYMBOLIZER_PATH=$symbolizer TSAN_OPTIONS=$TSAN_OPTIONS:external_symbolizer_path=$symbolizer UBSAN_OPTIONS=$UBSAN_OPTIONS:external_symbolizer_path=$symbolizer

sanitize() {  # sanitize asan|tsan
  local preset=$1 test
  say "Building $preset with clang (about 25 minutes the first time on two cores)"
  if need_node; then need_duckdb; fi  # the scenarios ask for Parquet
  use_duckdb
  build "$preset" kindling unit_tests
  export KINDLING_BINARY=build/$preset/bin/kindling
  if [ "$preset" = asan ] && start_postgres -c fsync=off; then export KINDLING_TEST_POSTGRES=$postgres_url; fi
  for test in build/"$preset"/bin/*_test; do run "$preset: unit: $(basename "$test" _test)" timeout 900 "$test" --gtest_brief=1; done
  unset KINDLING_TEST_POSTGRES; stop_postgres
  if [ "$preset" = asan ]; then
    run "asan: scenarios" bash tests/scenarios.test.sh
    run "asan: sessions" bash tests/sessions.test.sh
    run "asan: a model plugged in" bash tests/model.test.sh
  fi
  run "$preset: mixed load" python3 tests/mixed_load.py "$KINDLING_BINARY"
  unset KINDLING_BINARY
}
