#!/bin/sh
# Writes test logs, ships them with an agent of its own to a receiver of its own, rotates a log on the way, and compares
# what was written with what arrived. Everything is in run/demo/. Exit code 0: every line arrived.
set -eu
repo=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/common.sh
. "$repo/scripts/common.sh"

ROUNDS=10
LINES_A_ROUND=500

build_if_needed
cd "$repo"
rm -rf run/demo
mkdir -p run/demo/logs
cd run/demo

receiver=
agent=
clean_up() {
  [ -z "$agent" ] || stop_process "$agent" || true
  [ -z "$receiver" ] || stop_process "$receiver" || true
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

"$launcher" receive --quiet --listen 127.0.0.1:0 --store received.jsonl >receiver.log 2>&1 </dev/null &
receiver=$!
url=$(receiver_url receiver.log "$receiver") || fail "The receiver did not start."

cat >log-agent.config <<CONFIG
[global]
agent_name = "demo"
end_point = "$url/log"
send_type = "HTTP"
interval_secs = 0.2
state_dir = "state"
start_at = "beginning"

[[sources]]
name = "app"
log_path = "logs/app.log"
delay_ms = 50

[[sources]]
name = "web"
log_path = "logs/web.log"
delay_ms = 50
CONFIG
: >logs/app.log
: >logs/web.log
"$launcher" run --config log-agent.config >agent.log 2>&1 </dev/null &
agent=$!

# Appends $4 numbered lines of source $1 to file $2, from number $3 on.
write_lines() {
  awk -v source="$1" -v first="$3" -v count="$4" \
    'BEGIN { for (i = 0; i < count; i++) printf "%s line %06d of the demo\n", source, first + i }' >>"$2"
}

say "round  written  received"
round=0
sent=0
while [ "$round" -lt "$ROUNDS" ]; do
  first=$((round * LINES_A_ROUND))
  half=$((LINES_A_ROUND / 2))
  if [ "$round" -eq $((ROUNDS / 2)) ]; then
    # As logrotate does it: renamed first, and the program goes on writing to the renamed file for a while.
    write_lines app logs/app.log "$first" "$half"
    mv logs/app.log logs/app.log.1
    write_lines app logs/app.log.1 $((first + half)) $((LINES_A_ROUND - half))
    : >logs/app.log
    say "       (app.log was rotated, with late lines in app.log.1)"
  else
    write_lines app logs/app.log "$first" "$LINES_A_ROUND"
  fi
  write_lines web logs/web.log "$first" "$LINES_A_ROUND"
  round=$((round + 1))
  sent=$((sent + 2 * LINES_A_ROUND))
  sleep 0.5
  kill -0 "$agent" 2>/dev/null || { cat agent.log >&2; fail "The agent has ended."; }
  printf '%5d  %7d  %8d\n' "$round" "$sent" "$(receiver_events "$url" receiver.log)"
done

tries=0
while [ "$(receiver_events "$url" receiver.log)" -lt "$sent" ] && [ "$tries" -lt 60 ]; do
  tries=$((tries + 1))
  sleep 0.5
done
say "Counters of the receiver: $(receiver_stats "$url" receiver.log)"
stop_process "$agent" || fail "The agent did not stop within 20 seconds."
agent=

sed -n 's/.*"data":"\([a-z]* line [0-9]*\) of the demo".*/\1/p' received.jsonl >received.txt
cat logs/app.log.1 logs/app.log logs/web.log | sed -n 's/^\([a-z]* line [0-9]*\) of the demo$/\1/p' | sort >written.txt
sort -u received.txt >distinct.txt
received=$(wc -l <received.txt)
distinct=$(wc -l <distinct.txt)
missing=$(comm -23 written.txt distinct.txt | wc -l)
say "written $sent, received $received, repeated $((received - distinct)), missing $missing"
if [ "$missing" -eq 0 ] && [ "$distinct" -eq "$sent" ]; then
  say "Every line arrived."
else
  fail "Lines are missing: see run/demo/agent.log, run/demo/received.jsonl."
fi
