#!/bin/sh
# Stops what start.sh started: the agent first, so that it can deliver what is in flight.
set -eu
repo=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/common.sh
. "$repo/scripts/common.sh"

for name in agent receiver; do
  file=$repo/run/$name.pid
  if [ ! -f "$file" ]; then
    say "$name: not started"
    continue
  fi
  pid=$(cat "$file")
  if ! is_ours "$pid"; then
    say "$name: not running any more"
  elif stop_process "$pid"; then
    say "$name: stopped"
  else
    fail "$name: process $pid does not stop; a second signal ends it at once: kill $pid"
  fi
  rm -f "$file"
done
