#!/bin/sh
# Checks the Dockerfile $1: its instructions with a parser, its habits with a linter. npm brings both.
set -eu
file=$1

command -v npm >/dev/null 2>&1 || {
  echo "npm is needed to lint $file: install Node.js with npm, or run ./test.sh as root, which does" >&2
  exit 1
}
tool() {
  package=$1
  shift
  npm exec --yes --loglevel=error --package="$package" -- "$@"
}
tool dockerfile-utils@0.16.3 dockerfile-utils lint "$file"
tool dockerfilelint@1.8.0 dockerfilelint -c "$(dirname "$file")" "$file"
