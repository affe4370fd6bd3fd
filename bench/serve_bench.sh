#!/usr/bin/env bash
# Usage: serve_bench.sh [SECONDS [ROUNDS]]
# `tercet serve` with the default models. One client that waits for each answer (serve_load), with and
# without 500 idle connections; then as many requests as 8 connections can ask (wrk, Debian): the
# server's constant answer and /api/suggest in turn.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
seconds=${1:-5} rounds=${2:-5}
command -v wrk > /dev/null || { echo "wrk is missing: apt-get install wrk" >&2; exit 1; }
cmake --build --preset release --target tercet serve_load > /dev/null

work=$(mktemp -d)
build/release/bin/tercet serve models/en.tct models/ru.tct --incognito --port 0 2> "$work/log" &
server=$!
trap 'kill "$server" 2> /dev/null || true; wait "$server" || true; rm -rf "$work"' EXIT
port() { sed -n 's|.*http://[0-9.]*:\([0-9]*\)/ answers.*|\1|p' "$work/log"; }
until [ -n "$(port)" ]; do
  kill -0 "$server" # Or it has said why not.
  sleep 0.05
done
port=$(port)

zstdcat data/en.test.free.txt.zst > "$work/text"
build/release/bin/serve_load "$port" "$work/text" "$rounds"
build/release/bin/serve_load "$port" "$work/text" "$rounds" 500

# Texts of 20 to 200 bytes, another one each time, with five words asked for.
python3 - "$work" << 'PYTHON'
import json, pathlib, random, sys

work = pathlib.Path(sys.argv[1])
text = (work / "text").read_text(encoding="utf-8", errors="ignore")
random.seed(1)
with open(work / "bodies", "w", encoding="utf-8") as out:
    for _ in range(4000):
        begin = random.randrange(len(text) - 200)
        before = text[begin : begin + random.randrange(20, 200)]
        out.write(json.dumps({"before": before, "count": 5}, ensure_ascii=False) + "\n")
PYTHON
cat > "$work/ask.lua" << 'LUA'
local bodies = {}
local at = 0
request = function()
  if #bodies == 0 then
    for line in io.lines(os.getenv("BODIES")) do bodies[#bodies + 1] = line end
  end
  at = at % #bodies + 1
  return wrk.format("POST", "/api/suggest", {["Content-Type"] = "application/json"}, bodies[at])
end
LUA
cat > "$work/done.lua" << 'LUA'
done = function(summary, latency, requests)
  local errors = summary.errors
  if errors.connect + errors.read + errors.write + errors.status + errors.timeout > 0 then
    print("FIGURES errors")
  end
  print(string.format("FIGURES %.0f %.0f %.0f", 1e6 * summary.requests / summary.duration,
                      latency:percentile(50), latency:percentile(99)))
end
LUA
cat "$work/ask.lua" "$work/done.lua" > "$work/suggest.lua"

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

echo "8 connections        requests/s   p50 us   p99 us"
for ((round = 1; round <= rounds; ++round)); do
  for kind in constant suggest; do
    script=$work/suggest.lua path=/api/suggest
    [ "$kind" = suggest ] || { script=$work/done.lua path=/livez; }
    figures=$(BODIES=$work/bodies wrk -t1 -c8 -d"${seconds}s" -s "$script" \
      "http://127.0.0.1:$port$path" | awk '$1 == "FIGURES" { print $2, $3, $4 }')
    [[ $figures != *errors* ]] || { echo "some requests failed" >&2; exit 1; }
    echo "$figures" >> "$work/$kind"
    # shellcheck disable=SC2086 # Three figures.
    printf '%-20s %10s %8s %8s\n' "$kind" $figures
  done
done
for kind in constant suggest; do
  printf 'median, %-12s %10s %8s %8s\n' "$kind" "$(cut -d' ' -f1 "$work/$kind" | median)" \
    "$(cut -d' ' -f2 "$work/$kind" | median)" "$(cut -d' ' -f3 "$work/$kind" | median)"
done
