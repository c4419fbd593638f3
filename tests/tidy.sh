# Sourced by ./test: clang-tidy over our own files, with every finding a failure. What is looked for and why is in .clang-tidy.
#   tidy             all files
#   tidy REVISION    those that changed since that revision (commits, and what is not committed yet)
tidy() {
  local log=build/logs/tidy.log files=() code=0
  [ -f build/clang/build.ninja ] || cmake --preset clang >build/logs/cmake-clang.log || { cat build/logs/cmake-clang.log; exit 1; }
  # The compiler reads what is generated and the precompiled header, so those must be there.
  say "Making what the files include"
  cmake --build build/clang --target $(ninja -C build/clang -t targets all | sed -n 's/^\(.*cmake_pch.hxx.pch\): .*/\1/p') src/app/console_files.cpp >build/logs/tidy-build.log 2>&1 || { tail -60 build/logs/tidy-build.log; exit 1; }
  if [ -n "${1:-}" ]; then mapfile -t files < <(git diff --name-only --diff-filter=d "$1" -- 'src/*.cpp' 'bench/*.cpp'; git ls-files --others --exclude-standard -- 'src/*.cpp' 'bench/*.cpp')
  else mapfile -t files < <(git ls-files 'src/*.cpp' 'bench/*.cpp'); fi
  # Only what the compile database knows: training programs are built by other presets.
  mapfile -t files < <(for file in "${files[@]}"; do grep -qF "\"file\": \"$root/$file\"" build/clang/compile_commands.json && echo "$root/$file"; done)
  ((${#files[@]})) || { say "No file to look at"; return; }
  say "clang-tidy over ${#files[@]} files"
  printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy-19 -p build/clang --quiet --warnings-as-errors='*' >"$log" 2>/dev/null || code=$?
  if [ "$code" = 0 ]; then note ok "ok      clang-tidy"
  else
    note failed "FAILED  clang-tidy"
    # A header's finding comes once for each file that reads it.
    grep -E '(warning|error): ' "$log" | sort -u | sed "s|$root/||"
    echo "The whole of it is in $log"
  fi
}
