#!/bin/sh
# find-statsd.sh: prints the path of statsd's stats.js, which it installs below .cache with npm
# unless it is there. The tests send it lines; nothing is started here.
set -eu

dir=.cache/statsd
main=$dir/node_modules/statsd/stats.js
say() { echo "find-statsd: $*" >&2; }

if [ ! -f "$main" ]; then
  command -v node >/dev/null && command -v npm >/dev/null || {
    say "node and npm are needed (Debian packages nodejs and npm)"
    exit 1
  }
  say "installing statsd with npm into $dir"
  mkdir -p "$dir"
  npm install --silent --no-audit --no-fund --no-save --omit=optional --prefix "$dir" \
    statsd@0.9.0 >&2 || {
    say "npm cannot install statsd"
    exit 1
  }
fi
echo "$main"
