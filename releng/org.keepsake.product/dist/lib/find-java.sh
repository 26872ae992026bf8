# SPDX-FileCopyrightText: The Keepsake contributors
# SPDX-License-Identifier: EPL-2.0
# shellcheck shell=bash
# Sourced by the start scripts: finds a Java of at least the release we are built for, without starting one.

java_wanted=25

# Prints the release (25) of the Java installed in a folder, or nothing.
java_release() {
  local line
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#*\"}
        echo "${line%%[.\"+-]*}"
        return 0
        ;;
    esac
  done < "$1/release"
}

# Sets JAVA_HOME; fails, telling what to install, when there is none.
# JAVA_HOME first, then the java on the PATH, then where each system keeps its Javas: the wanted release before newer ones.
find_java() {
  local candidate java release newer=
  local -a candidates=()
  [ -n "${JAVA_HOME:-}" ] && candidates+=("$JAVA_HOME")
  if java=$(command -v java); then
    while [ -L "$java" ]; do
      candidate=$(readlink "$java")
      case $candidate in
        /*) java=$candidate ;;
        *) java=${java%/*}/$candidate ;;
      esac
    done
    candidates+=("${java%/bin/java}")
  fi
  candidates+=(/usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home
    "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
    "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* "${HOME:-/}"/.local/share/mise/installs/java/*)
  for candidate in "${candidates[@]}"; do
    release=$(java_release "$candidate")
    [ -n "$release" ] || continue
    if [ "$release" = "$java_wanted" ]; then
      export JAVA_HOME=$candidate
      return 0
    fi
    if [ "$release" -gt "$java_wanted" ] 2>/dev/null && [ -z "$newer" ]; then newer=$candidate; fi
  done
  if [ -n "$newer" ]; then
    export JAVA_HOME=$newer
    return 0
  fi
  cat >&2 <<TEXT
No Java $java_wanted was found: not in JAVA_HOME, on the PATH, or where this system keeps its Javas.
Install a JDK $java_wanted, for example Eclipse Temurin (https://adoptium.net), or
  macOS    brew install openjdk@$java_wanted
  SDKMAN   sdk install java $java_wanted-tem
  Debian   apt install openjdk-$java_wanted-jdk   (from Debian 14 on)
and set JAVA_HOME to its folder if it lies in an unusual place.
TEXT
  return 1
}
