#!/usr/bin/env bash
# Usage: open_webui.sh [--pictures]
# The real Open WebUI before `tercet serve`, by its API and in Chromium (open_webui.mjs). Run by hand:
# the first time it installs Open WebUI into ${XDG_CACHE_HOME:-~/.cache}/tercet, 7.3 GB. Needs a built
# tercet, models/en.tct and models/ru.tct, Node, Chromium and Python 3.11 or 3.12. --pictures takes
# those of docs/images anew.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."

version=0.12.4
venv=${XDG_CACHE_HOME:-$HOME/.cache}/tercet/open-webui-$version
work=$(mktemp -d)
children=()

fail() {
  echo "open_webui.sh: $*" >&2
  exit 1
}

# Everything that was started ends; a half installation goes, and what was written.
clean_up() {
  local status=$? tenths
  if ((status != 0 && status < 128)); then tail -n 30 "$work"/*.log 2> /dev/null >&2 || true; fi
  if ((${#children[@]} > 0)); then
    kill "${children[@]}" 2> /dev/null || true
    for ((tenths = 0; tenths < 200; ++tenths)); do
      kill -0 "${children[@]}" 2> /dev/null || break
      sleep 0.1
    done
    kill -KILL "${children[@]}" 2> /dev/null || true
  fi
  [ -e "$venv/complete" ] || rm -rf "$venv"
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# In the background: a signal to this script need not wait for its end.
run() {
  "$@" &
  children+=($!)
  wait $!
  unset 'children[-1]'
}

install_open_webui() {
  [ ! -e "$venv/complete" ] || return 0
  local python
  python=$(command -v python3.11 || command -v python3.12 || command -v python3) || fail "no Python"
  echo "installing Open WebUI $version into $venv: 7.3 GB, some minutes"
  rm -rf "$venv"
  mkdir -p "$venv/tmp"
  run "$python" -m venv "$venv"
  TMPDIR=$venv/tmp run "$venv/bin/pip" install --no-cache-dir "open-webui==$version"
  rm -rf "$venv/tmp"
  touch "$venv/complete"
}

# wait_for NAME PROCESS SECONDS URL
wait_for() {
  local waited
  for ((waited = 0; waited < $3; ++waited)); do
    if curl -sf -o /dev/null --max-time 2 "$4"; then return 0; fi
    kill -0 "$2" 2> /dev/null || fail "$1 was to answer $4, but has ended"
    sleep 1
  done
  fail "$1 was to answer $4, but has not for $3 seconds"
}

start_tercet() {
  XDG_CONFIG_HOME=$work build/release/bin/tercet serve models/en.tct models/ru.tct \
    --port 0 --incognito > "$work/tercet.log" 2>&1 &
  local server=$!
  children+=("$server")
  until tercet=$(grep -om1 'http://127.0.0.1:[0-9]*' "$work/tercet.log"); do
    kill -0 "$server" 2> /dev/null || fail "tercet serve has ended"
    sleep 0.1
  done
  wait_for tercet "$server" 20 "$tercet/readyz"
}

start_open_webui() {
  local port
  port=$("$venv/bin/python" -c '
import socket
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    print(free.getsockname()[1])')
  open_webui=http://127.0.0.1:$port
  mkdir "$work/data"
  env --chdir="$work" HOME="$work" DATA_DIR="$work/data" WEBUI_SECRET_KEY=any \
    OFFLINE_MODE=true HF_HUB_OFFLINE=1 RAG_EMBEDDING_ENGINE=openai ENABLE_OLLAMA_API=false \
    OPENAI_API_BASE_URL="$tercet/v1" OPENAI_API_KEY=none ENABLE_AUTOCOMPLETE_GENERATION=true \
    "$venv/bin/open-webui" serve --host 127.0.0.1 --port "$port" > "$work/open_webui.log" 2>&1 &
  children+=($!)
  wait_for "Open WebUI" $! 180 "$open_webui/ready"
}

case ${1-} in
  --pictures) pictures=$PWD/docs/images ;;
  "") pictures= ;;
  *) fail "unknown: $1; usage: open_webui.sh [--pictures]" ;;
esac
for file in build/release/bin/tercet models/en.tct models/ru.tct; do
  [ -e "$file" ] || fail "$file is missing; ./run makes it"
done
install_open_webui
[ -d web/node_modules/playwright-core ] || run npm --prefix web ci
start_tercet
echo "tercet answers at $tercet; starting Open WebUI $version"
start_open_webui
TERCET_URL=$tercet OPEN_WEBUI_URL=$open_webui PICTURES=$pictures TMPDIR=$work \
  run node --test-reporter=spec tests/clients/open_webui.mjs
