#!/usr/bin/env bash
# Installs the foreign SOAP toolkits of the interop tests from Debian, where they are missing. Takes no longer than
# its bound, prints one line for each toolkit that it could not install, and then ends with status 1.
set -u

BOUND=240  # seconds, for everything
UPDATED=no

main() {
  if ! command -v apt-get >/dev/null; then
    echo 'Cannot install SOAP toolkits: there is no apt-get here.'
    exit 1
  fi
  # Several test files ask at the same time: one installs, and what has failed just now is not tried again.
  local lock="${TMPDIR:-/tmp}/parlayx-emulator-toolkits.$(id -u).lock" failed=0
  exec 9>>"$lock"
  flock -w "$BOUND" 9
  [ -z "$(find "$lock" -size +0 -mmin -10)" ] || exit 1
  toolkit 'PHP SoapClient' php-cli php-soap || failed=1
  toolkit 'Python zeep' python3-zeep || failed=1
  toolkit 'Perl SOAP::Lite' libsoap-lite-perl || failed=1
  toolkit 'gSOAP' gsoap libgsoap-dev gcc libc6-dev || failed=1
  if [ "$failed" -eq 1 ]; then echo failed >"$lock"; else : >"$lock"; fi
  exit "$failed"
}

toolkit() {
  local name=$1
  shift
  installed "$@" && return
  [ "$UPDATED" = yes ] || bounded apt-get update -qq
  UPDATED=yes
  bounded apt-get install -y -qq --no-install-recommends "$@"
  installed "$@" && return
  echo "Could not install $name: apt-get install $* did not succeed."
  return 1
}

installed() {
  local package
  for package; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || return 1
  done
}

# Quietly, as root, with what is left of the time.
bounded() {
  local left=$((BOUND - SECONDS))
  [ "$left" -gt 0 ] || return 1
  as_root timeout --kill-after=10 "$left" env DEBIAN_FRONTEND=noninteractive "$@" \
    -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=60 </dev/null >/dev/null 2>&1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

main
