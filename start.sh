#!/bin/sh
# ./start.sh [FOLDER...]
#
# Builds log-agent if needed, then starts a receiver and an agent that reads this host's own logs, in the background: those
# in /var/log, or in the folders given. Everything they write is in run/. ./stop.sh stops them.
# With LOG_AGENT_RABBITMQ=amqp://user:password@host/vhost all events go to the exchange "logs" of that broker, too.
set -eu
repo=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/common.sh
. "$repo/scripts/common.sh"

scan_paths=
for folder in "$@"; do
  case $folder in /*) ;; *) folder=$PWD/$folder ;; esac
  scan_paths="$scan_paths${scan_paths:+, }'$folder'"
done

build_if_needed
cd "$repo"
mkdir -p run
for name in agent receiver; do
  if [ -f "run/$name.pid" ] && is_ours "$(cat "run/$name.pid")"; then
    fail "The $name is running already (process $(cat "run/$name.pid")). ./stop.sh stops it."
  fi
done

: >run/receiver.log
nohup "$launcher" receive --listen "127.0.0.1:${LOG_AGENT_PORT:-0}" --store run/received.jsonl >run/receiver.log 2>&1 </dev/null &
receiver=$!
echo "$receiver" >run/receiver.pid
url=$(receiver_url run/receiver.log "$receiver") || fail "The receiver did not start."

demo_log=$repo/run/own.log
cat >run/log-agent.config <<END
# Written by start.sh. No log is named here: the agent finds those of this host, and of services that come later.
[global]
agent_name = "start.sh"
end_point = "$url/log"
send_type = "HTTP"
format = "event"
interval_secs = 1
state_dir = "run/state"

[discovery]
${scan_paths:+scan_paths = [$scan_paths]}

[dashboard]
listen = "127.0.0.1:${LOG_AGENT_DASHBOARD_PORT:-8000}"

# Lines that start.sh writes itself.
[[sources]]
name = "own"
log_path = "run/own.log"
start_at = "beginning"
END
if [ -n "${LOG_AGENT_RABBITMQ:-}" ]; then
  (umask 077 && printf '%s' "$LOG_AGENT_RABBITMQ" >run/rabbitmq.url)
  cat >>run/log-agent.config <<END

# The same to a topic exchange; its queue here keeps the last 10,000 events for whoever wants to look.
[[outputs]]
name = "rabbitmq"
send_type = "rabbitmq"
end_point = "\${file:$repo/run/rabbitmq.url}"
interval_secs = 0.1

[outputs.options]
exchange = "logs"
routing_key = "logs.{level}.{service}"
declare = true
queues = [{ name = "start.sh", arguments = { x-max-length = "10000" } }]
bindings = [{ queue = "start.sh", routing_keys = ["logs.#"] }]

[[routes]]
outputs = ["default", "rabbitmq"]
END
fi

nohup "$launcher" run --config run/log-agent.config >run/agent.log 2>&1 </dev/null &
agent=$!
echo "$agent" >run/agent.pid

say "The agent has found these logs of this host, and sends what is new in them to $url :"
"$launcher" sources --config run/log-agent.config | sed 's/^/  /'
say "Lines arriving (a few are written to run/own.log to have some):"
shown=$(wc -l <run/receiver.log)
for second in 1 2 3 4 5; do
  echo "$(date '+%Y-%m-%dT%H:%M:%S%z') start.sh says hello, $second of 5" >>"$demo_log"
  sleep 1
  kill -0 "$agent" 2>/dev/null || { cat run/agent.log >&2; ./stop.sh >/dev/null; fail "The agent has ended."; }
  lines=$(wc -l <run/receiver.log)
  if [ "$lines" -gt "$shown" ]; then
    sed -n "$((shown + 1)),${lines}p" run/receiver.log | sed 's/^/  /'
    shown=$lines
  fi
done
tries=0
while [ "$(receiver_events "$url" run/receiver.log)" -eq 0 ] && [ "$shown" -le 1 ]; do
  tries=$((tries + 1))
  shown=$(wc -l <run/receiver.log)
  [ "$tries" -lt 20 ] || { tail -n 5 run/agent.log >&2; fail "No line has arrived; see run/agent.log."; }
  sleep 0.5
done

dashboard=$(sed -n 's|.* dashboard - on \(http.*\)|\1|p' run/agent.log | head -n 1)
say ""
say "Both keep running. Where to look:"
say "  dashboard            ${dashboard:-none: $(sed -n 's/.* dashboard - //p' run/agent.log | head -n 1)}"
say "  what arrives         tail -f run/receiver.log"
say "  all that is in it    tail -n 1 run/received.jsonl"
say "  counters             curl $url/stats"
say "  what the agent says  tail -f run/agent.log"
say "  its configuration    run/log-agent.config"
say "  what it has found    $launcher sources --config run/log-agent.config --all"
say "  stop both            ./stop.sh"
