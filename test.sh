#!/bin/sh
# Builds everything from scratch and runs all checks and tests, installing what they need. Arguments go to Maven.
set -eu
repo=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/common.sh
. "$repo/scripts/common.sh"

cd "$repo"
maven -B clean verify "$@"
