#!/bin/sh
# Prints the path of a Chromium for the browser tests: $CHROMIUM, then PATH, then Debian's package
# (installed where we may, else unpacked with its libraries into .cache/chromium).
set -eu

root=$(cd "$(dirname "$0")/../../.." && pwd)
cache=$root/.cache/chromium

say() { echo "find-chromium: $*" >&2; }

found() {
  for name in ${CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name"; then return 0; fi
  done
  [ -x "$cache/chromium" ] && echo "$cache/chromium"
}

installed() {
  if [ "$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else return 1; fi
  say "installing Debian's chromium"
  { $as_root apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
    $as_root apt-get -qq install -y --no-install-recommends chromium; } >&2
}

# Without root: the package and what it needs beyond this system, unpacked into the cache.
unpacked() {
  say "unpacking Debian's chromium into .cache"
  work=$cache/apt
  mkdir -p "$work/lists/partial" "$work/archives/partial"
  options="-o Dir::State::lists=$work/lists -o Dir::Cache=$work -o Dir::Cache::archives=$work/archives
    -o Debug::NoLocking=1 -o Acquire::Languages=none"
  # shellcheck disable=SC2086
  apt-get $options -qq update >&2 &&
    apt-get $options -qq install -y --download-only --no-install-recommends chromium >&2 || return 1
  for deb in "$work"/archives/*.deb; do dpkg-deb -x "$deb" "$cache/root"; done
  rm -rf "$work"
  cat >"$cache/chromium" <<EOF
#!/bin/sh
export LD_LIBRARY_PATH=$cache/root/usr/lib/$(uname -m)-linux-gnu:$cache/root/lib/$(uname -m)-linux-gnu
exec $cache/root/usr/lib/chromium/chromium "\$@"
EOF
  chmod 755 "$cache/chromium"
}

found && exit 0
if command -v apt-get >/dev/null; then
  installed || unpacked || true
  found && exit 0
fi
say "no Chromium to be had: install one, or set \$CHROMIUM"
exit 1
