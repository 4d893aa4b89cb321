#!/bin/sh
# Prints the path of a Consul binary: $CONSUL, then PATH, then one fetched into .cache/consul.
# On Debian and its kin it comes from Debian's bullseye suite through the mirror that apt already
# uses (newer suites carry no Consul); elsewhere it is the official release.
set -eu

root=$(cd "$(dirname "$0")/../../.." && pwd)
cache=$root/.cache/consul
release=1.8.7

say() { echo "find-consul: $*" >&2; }

if [ -n "${CONSUL:-}" ]; then
  command -v "$CONSUL" || { say "\$CONSUL is $CONSUL, which cannot be run"; exit 1; }
  exit 0
fi
if command -v consul; then
  exit 0
fi
if [ -x "$cache/consul" ]; then
  echo "$cache/consul"
  exit 0
fi

# The mirrors of this machine's apt, those that carry Debian itself, one a line.
mirrors() {
  apt-get indextargets --format '$(REPO_URI) $(COMPONENT) $(ORIGIN)' 2>/dev/null |
    awk '$2 == "main" && $3 == "Debian" { print $1 }' | grep -v security | sort -u
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
    sed -n 's/^deb \(\[[^]]*\] \)\{0,1\}\([a-z]*:[^ ]*\) .*main.*/\2/p' | grep -v security | sort -u
  sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/*.sources 2>/dev/null | tr ' ' '\n' |
    grep debian | grep -v security | sort -u
}

from_debian() {
  work=$cache/apt
  mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/etc"
  : >"$work/status"
  for mirror in $(mirrors | awk '!seen[$0]++'); do
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb [signed-by=$keyring] $mirror bullseye main" >"$work/etc/sources.list"
    options="-o Dir::State=$work -o Dir::State::lists=$work/lists -o Dir::State::status=$work/status
      -o Dir::Cache=$work -o Dir::Cache::archives=$work/archives
      -o Dir::Etc::sourcelist=$work/etc/sources.list -o Dir::Etc::sourceparts=/dev/null
      -o Acquire::Languages=none -o APT::Sandbox::User="
    # shellcheck disable=SC2086
    if apt-get $options -qq update >&2 && (cd "$work" && apt-get $options -qq download consul >&2); then
      dpkg-deb -x "$work"/consul_*.deb "$work/root"
      mv "$work/root/usr/bin/consul" "$cache/consul"
      rm -rf "$work"
      return 0
    fi
  done
  rm -rf "$work"
  return 1
}

from_release() {
  os=$(uname -s | tr '[:upper:]' '[:lower:]')
  case $(uname -m) in
    x86_64 | amd64) arch=amd64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) say "no Consul release is known for $(uname -m): set \$CONSUL"; return 1 ;;
  esac
  [ "$os-$arch" = darwin-arm64 ] && arch=amd64 # runs under Rosetta; 1.8 has no build of its own
  url=https://releases.hashicorp.com/consul/$release/consul_${release}_${os}_$arch.zip
  mkdir -p "$cache"
  curl -fsSL -o "$cache/consul.zip" "$url" || { say "cannot fetch $url: set \$CONSUL"; return 1; }
  (cd "$cache" && jar xf consul.zip && rm consul.zip && chmod 755 consul)
}

if command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
  say "fetching Consul from Debian's bullseye suite"
  from_debian || from_release
else
  say "fetching Consul $release"
  from_release
fi
[ -x "$cache/consul" ] || { say "no Consul to be had: install it, or set \$CONSUL"; exit 1; }
echo "$cache/consul"
