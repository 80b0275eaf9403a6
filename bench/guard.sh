#!/usr/bin/env bash
# The guard beside YARP without a filter, and beside nginx with a Lua body filter and mitmproxy where they are installed, over loopback,
# before the same service. Prints Markdown.
# usage: bench/guard.sh > bench/results/guard-CPU.md        needs a Release build, and wrk
# SECONDS_EACH (3), RUNS (3), CONNECTIONS (16), SIZES ("3000 30000 3000000"): how long, how often, how many, which replies
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${SECONDS_EACH:-3}" runs="${RUNS:-3}" connections="${CONNECTIONS:-16}" sizes="${SIZES:-3000 30000 3000000}"
bench=artifacts/bin/Untag.GuardBench/release/Untag.GuardBench.dll
server=artifacts/bin/Untag.Server/release/untag-server.dll
folder="$(mktemp -d "$PWD/artifacts/guard-XXXXXX")"
pids=()
memory="$(mktemp -d /dev/shm/untag-guard-XXXXXX)" # a disk that needs no waiting for: what the log costs beside its disk
trap 'kill "${pids[@]}" 2> /dev/null || true; wait 2> /dev/null || true; rm -rf "$folder" "$memory"' EXIT
load="$(cut -d ' ' -f 1 /proc/loadavg)" # what else the machine did

start() { "$@" > "$folder/log-${#pids[@]}" 2>&1 & pids+=($!); }
wait_for() { for _ in $(seq 100); do curl -s -o /dev/null "$1" && return; sleep 0.1; done; echo "error: nothing answers at $1" >&2; exit 1; }

# The service sleeps when it has nothing to do. Left alone it turns in place for the next request, in the proxies' time, and the longer the
# slower they are.
start env DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0 dotnet "$bench" service http://127.0.0.1:19000
start dotnet "$bench" bare http://127.0.0.1:19001 http://127.0.0.1:19000
(cd "$folder" && : > untag.yaml)
start dotnet "$server" guard --config "$folder/untag.yaml" --listen 127.0.0.1:19002 --upstream http://127.0.0.1:19000
start dotnet "$server" guard --config "$folder/untag.yaml" --log "$memory/log" --listen 127.0.0.1:19005 --upstream http://127.0.0.1:19000
start env -C "$folder" dotnet "$PWD/$bench" unlogged 127.0.0.1:19006 http://127.0.0.1:19000
proxies=("YARP alone=19001" "untag guard=19002" "untag guard, log in memory=19005" "untag guard, entries aside=19006")

if command -v nginx > /dev/null && ls /usr/lib/nginx/modules/ngx_http_lua_module.so > /dev/null 2>&1; then
  cat > "$folder/nginx.conf" <<CONF
load_module /usr/lib/nginx/modules/ndk_http_module.so;
load_module /usr/lib/nginx/modules/ngx_http_lua_module.so;
pid $folder/nginx.pid; error_log $folder/nginx.log; daemon off; worker_processes auto;
events { worker_connections 1024; }
http {
  access_log off;
  upstream service { server 127.0.0.1:19000; keepalive 64; }
  server {
    listen 127.0.0.1:19003;
    location / {
      proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection "";
      header_filter_by_lua_block { ngx.header.content_length = nil }
      body_filter_by_lua_block {
        local ctx = ngx.ctx
        ctx.buffer = (ctx.buffer or "") .. (ngx.arg[1] or "")
        if ngx.arg[2] then
          local cjson = require "cjson"
          local reply = cjson.decode(ctx.buffer)
          for _, face in ipairs(reply.faces or {}) do face.attributes.ethnicity = nil end
          ngx.arg[1] = cjson.encode(reply)
        else ngx.arg[1] = nil end
      }
    }
  }
}
CONF
  start nginx -c "$folder/nginx.conf"
  proxies+=("nginx with Lua, one field=19003")
fi
if command -v mitmdump > /dev/null; then
  cat > "$folder/strip.py" <<'PY'
import json


def response(flow):
    reply = json.loads(flow.response.content)
    for face in reply.get("faces", []):
        face["attributes"].pop("ethnicity", None)
    flow.response.content = json.dumps(reply).encode()
PY
  start mitmdump -q --mode reverse:http://127.0.0.1:19000 --listen-host 127.0.0.1 --listen-port 19004 -s "$folder/strip.py"
  proxies+=("mitmproxy, one field=19004")
fi
for proxy in "${proxies[@]}"; do wait_for "http://127.0.0.1:${proxy##*=}/clean/3000"; done

load_on() { dotnet "$bench" load "http://127.0.0.1:${1##*=}/$2/$3" "$4" "$seconds"; }
rate_of() { wrk -t 1 -c "$connections" -d "${seconds}s" "http://127.0.0.1:${1##*=}/$2/$3" | sed -n 's|^Requests/sec: *||p'; }

# What runs in .NET is compiled while it runs, and again when it runs often: every way is gone before it is measured.
for proxy in "${proxies[@]}"; do
  [[ "$proxy" = mitmproxy* ]] || for kind in clean tag; do load_on "$proxy" "$kind" 30000 "$connections" > "$folder/warm"; done
done

# They take turns, so that whatever else the machine does meets all of them alike.
for run in $(seq "$runs"); do
  for kind in clean tag; do
    for size in $sizes; do
      for proxy in "${proxies[@]}"; do
        # Of a clean reply there is no entry, and mitmproxy is slow enough to be known after one run.
        if [[ "$kind" = clean && "$proxy" = *,\ @(log|entries)* ]] || [[ "$run" != 1 && "$proxy" = mitmproxy* ]]; then continue; fi
        echo "== $run $kind $size ${proxy%%=*}" >&2
        printf '%s\t%s\t%s\t%s\t%s\n' "$kind" "$size" "${proxy%%=*}" \
          "$(rate_of "$proxy" "$kind" "$size")" "$(load_on "$proxy" "$kind" "$size" 1)" >> "$folder/measured"
      done
    done
  done
done

echo "# The guard"
echo
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores with a load of $load before, $(date -u +%F). The service, the proxies and the"
echo "load share the cores. Medians of $runs runs of $seconds s, in turns: replies a second over $connections connections by wrk, and the time to the first and"
echo "to the last byte over one connection, where nobody queues. \`log in memory\` shows what an entry costs beside the wait for its disk, \`entries"
echo "aside\` the guard without them."
python3 - "$folder/measured" <<'PY'
import collections, statistics, sys
rows = collections.defaultdict(list)
for line in open(sys.argv[1]):
    kind, size, proxy, rate, _, *times = line.rstrip("\n").split("\t")
    rows[kind, size, proxy].append([float(rate), *map(float, times)])
print("\n| reply | proxy | replies/s | of YARP | first byte, ms: median | 99 % | last byte, ms: median | 99 % | 99 % more than YARP |")
print("|---|---|--:|--:|--:|--:|--:|--:|--:|")
for (kind, size, proxy), runs in rows.items():
    rate, *times = (statistics.median(column) for column in zip(*runs))
    bare = [statistics.median(column) for column in zip(*rows[kind, size, "YARP alone"])]
    print(f"| {kind}, {int(size):,} bytes | {proxy} | {rate:,.0f} | {rate / bare[0]:.0%} | " + " | ".join(f"{time:.2f}" for time in times)
          + f" | {times[3] - bare[4]:+.2f} |")
PY
