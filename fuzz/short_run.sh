#!/usr/bin/env bash
# Builds the fuzzers and runs each for SECONDS (20). A finding fails, and its input stays in
# build/fuzz/findings.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
seconds=${1:-20}

targets=(model_fuzz lane_fuzz text_fuzz http_fuzz serve_fuzz arpa_fuzz store_fuzz session_fuzz)
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target "${targets[@]}"
fuzz/seeds.sh build/fuzz/seeds
mkdir -p build/fuzz/findings
for target in "${targets[@]}"; do
  mkdir -p "build/fuzz/corpus/$target"
  echo "$target: $seconds s"
  "build/fuzz/bin/$target" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=2048 -max_len=8192 \
    -print_final_stats=1 -artifact_prefix="build/fuzz/findings/$target-" \
    "build/fuzz/corpus/$target" "build/fuzz/seeds/$target" 2>"build/fuzz/$target.log" || {
    tail -n 60 "build/fuzz/$target.log" >&2
    echo "$target: failed; the input is in build/fuzz/findings" >&2
    exit 1
  }
  grep -E 'number_of_executed_units|peak_rss' "build/fuzz/$target.log"
done
