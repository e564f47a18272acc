# Sourced by the scripts of the repository root, which have set repo to their folder.
# shellcheck shell=sh

program=${repo:?}/agent-dist/target/log-agent
# shellcheck disable=SC2034 # the scripts use it
launcher=$program/bin/log-agent

say() {
  printf '%s\n' "$*"
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Succeeds if the Maven on the PATH is 3.8 or newer.
maven_is_new() {
  command -v mvn >/dev/null 2>&1 || return 1
  mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | {
    read -r major minor || return 1
    [ "$major" -gt 3 ] || { [ "$major" -eq 3 ] && [ "$minor" -ge 8 ]; }
  }
}

# Packages that the build needs, where the system can be asked for them.
install_packages() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  say "installing $*"
  apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@" >/dev/null
}

# Runs Maven: the one on the PATH, else the wrapper, which downloads it, else the system's package.
maven() {
  if ! command -v javac >/dev/null 2>&1 && [ ! -x "${JAVA_HOME:-}/bin/javac" ]; then
    install_packages openjdk-17-jdk-headless || fail "A JDK 17 or newer is needed: install one, or set JAVA_HOME."
  fi
  if maven_is_new; then
    mvn "$@"
  elif "$repo/mvnw" --version >/dev/null 2>&1; then
    "$repo/mvnw" "$@"
  elif install_packages maven && maven_is_new; then
    mvn "$@"
  else
    fail "Maven 3.8 or newer is needed: install it, or allow ./mvnw to download it."
  fi
}

# Builds the program unless it is newer than all sources.
build_if_needed() {
  if [ -x "$launcher" ] && [ -f "$program.tar.gz" ] \
    && [ -z "$(find "$repo"/pom.xml "$repo"/*/pom.xml "$repo"/*/src/main -newer "$program.tar.gz" -type f | head -n 1)" ]; then
    return 0
  fi
  mkdir -p "$repo/run"
  say "Building; the first time takes a few minutes (tail -f run/build.log shows how it goes) ..."
  (cd "$repo" && maven -B -DskipTests package) >"$repo/run/build.log" 2>&1 || {
    tail -n 30 "$repo/run/build.log" >&2
    fail "The build failed; see above, and run/build.log."
  }
}

# Prints the address of the receiver that writes the log $1, once it listens; $2 is its process id.
receiver_url() {
  tries=0
  while [ "$tries" -lt 100 ]; do
    url=$(sed -n 's|^listening on \(http://[^/]*\)/.*|\1|p' "$1")
    if [ -n "$url" ]; then
      say "$url"
      return 0
    fi
    kill -0 "$2" 2>/dev/null || break
    tries=$((tries + 1))
    sleep 0.1
  done
  cat "$1" >&2
  return 1
}

# Prints the counters of the receiver at $1, or the last line of its log $2 on a host that can fetch nothing.
receiver_stats() {
  if command -v curl >/dev/null 2>&1; then
    curl -fsS --noproxy '*' "$1/stats"
  elif command -v wget >/dev/null 2>&1; then
    wget -q --no-proxy -O - "$1/stats"
  else
    sed -n 's/^\([0-9]*\) events.*/{"events":\1}/p' "$2" | tail -n 1
  fi
}

# Prints how many events the receiver at $1, with the log $2, has accepted.
receiver_events() {
  count=$(receiver_stats "$1" "$2" | sed -n 's/.*"events":\([0-9]*\).*/\1/p')
  say "${count:-0}"
}

# Succeeds if process $1 is a program of this repository.
is_ours() {
  ps -o args= -p "$1" 2>/dev/null | grep -F -e "-Dlog-agent.home=$program" >/dev/null
}

# Stops process $1 if it is ours, and waits for it.
stop_process() {
  is_ours "$1" || return 0
  kill -TERM "$1"
  tries=0
  while is_ours "$1"; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || return 1
    sleep 0.1
  done
}
