#!/bin/sh
# need.sh PACKAGE...: installs those Debian packages that are missing, so that the tests find the
# programs they talk to. Nothing is started: services of these packages stay off. Without root,
# sudo or apt it says what to install and fails.
set -eu

say() { echo "need: $*" >&2; }

installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  say "not Debian: install by hand what provides: $*"
  exit 1
fi

missing=
for package in "$@"; do
  installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root='sudo -n'
else
  say "not root, and no sudo without a password. Run: apt-get install$missing"
  exit 1
fi

# apt starts services where policy-rc.d does not forbid it; here it does while this runs.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
  $as_root chmod 755 "$policy"
  trap '$as_root rm -f "$policy"' EXIT
fi

install() {
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -y --no-install-recommends install $missing >&2
}

say "installing$missing"
install || { $as_root apt-get -qq update >&2 && install; } || {
  say "cannot install$missing"
  exit 1
}
