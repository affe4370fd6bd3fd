#!/usr/bin/env bash
# Usage: http_bench.sh [SECONDS [ROUNDS]]
# The server with a constant body, asked by wrk (Debian) over 1 and over 8 connections in turn:
# requests per second, p50 and p99, each round and the medians.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
seconds=${1:-5} rounds=${2:-5}
command -v wrk > /dev/null || { echo "wrk is missing: apt-get install wrk" >&2; exit 1; }
cmake --build --preset release --target http_server > /dev/null

work=$(mktemp -d)
build/release/bin/http_server 2 > "$work/port" &
server=$!
trap 'kill "$server" 2> /dev/null || true; wait "$server" || true; rm -rf "$work"' EXIT
until [ -s "$work/port" ]; do
  kill -0 "$server" # Or it has said why not.
  sleep 0.05
done

# As the page asks: a short JSON body, kept alive.
cat > "$work/ask.lua" << 'LUA'
wrk.method = "POST"
wrk.body = '{"before":"' .. string.rep("x", 187) .. '"}'
wrk.headers["Content-Type"] = "application/json"
done = function(summary, latency, requests)
  local errors = summary.errors
  if errors.connect + errors.read + errors.write + errors.status + errors.timeout > 0 then
    print("FIGURES errors")
  end
  print(string.format("FIGURES %.0f %.1f %.1f", 1e6 * summary.requests / summary.duration,
                      latency:percentile(50), latency:percentile(99)))
end
LUA

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

url=http://127.0.0.1:$(cat "$work/port")/
echo "connections  requests/s  p50 us  p99 us"
for ((round = 1; round <= rounds; ++round)); do
  for connections in 1 8; do
    figures=$(wrk -t1 -c"$connections" -d"${seconds}s" -s "$work/ask.lua" "$url" |
      awk '$1 == "FIGURES" { print $2, $3, $4 }')
    [[ $figures != *errors* ]] || { echo "some requests failed" >&2; exit 1; }
    echo "$figures" >> "$work/$connections"
    # shellcheck disable=SC2086 # Three figures.
    printf '%11s  %10s  %6s  %6s\n' "$connections" $figures
  done
done
for connections in 1 8; do
  printf 'median %4s  %10s  %6s  %6s\n' "$connections" \
    "$(cut -d' ' -f1 "$work/$connections" | median)" \
    "$(cut -d' ' -f2 "$work/$connections" | median)" \
    "$(cut -d' ' -f3 "$work/$connections" | median)"
done
