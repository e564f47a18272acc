#!/bin/sh
# Builds everything from scratch and runs all checks and tests, installing what they need. Arguments go to Maven.
set -eu
repo=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/common.sh
. "$repo/scripts/common.sh"

# What the tests of deploy/ need.
command -v npm >/dev/null 2>&1 || install_packages nodejs npm || say "npm is missing: some tests will fail"
command -v systemd-analyze >/dev/null 2>&1 || install_packages systemd || say "systemd is missing: some tests will fail"
if [ -z "${LOG_AGENT_TEST_RABBITMQ_SERVER:-}" ] && [ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; then
  install_packages rabbitmq-server || say "rabbitmq-server is missing: some tests will fail"
fi

# What the tests of the dashboard need: a browser, and Prometheus's judgement of its metrics.
command -v chromium >/dev/null 2>&1 || install_packages chromium || say "chromium is missing: some tests will fail"
command -v promtool >/dev/null 2>&1 || install_packages prometheus || say "promtool is missing: some tests will fail"

# What the tests of the journal need.
[ -x /usr/lib/systemd/systemd-journal-remote ] || [ -x /lib/systemd/systemd-journal-remote ] \
  || install_packages systemd-journal-remote || say "systemd-journal-remote is missing: some tests will fail"

# What the tests of rotation, of failing system calls and of file systems that tell of nothing need.
command -v logrotate >/dev/null 2>&1 || install_packages logrotate || say "logrotate is missing: some tests will fail"
command -v bindfs >/dev/null 2>&1 || install_packages bindfs || say "bindfs is missing: some tests will fail"
command -v strace >/dev/null 2>&1 || install_packages strace || say "strace is missing: some tests will fail"

cd "$repo"
maven -B clean verify "$@"
