#!/bin/sh
# Packs target/tagway-VERSION-OS-ARCH.tar.gz from what `make build` left in target: launcher, jar, a
# runtime of its own (jlink of $JAVA_HOME, else of the java on PATH), class-data archive, manual page,
# completion, unit for systemd, list of components.
set -eu
cd "$(dirname "$0")/../../.."
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
version=$("${bin}java" -jar target/tagway.jar -v | cut -d' ' -f1)
name=tagway-$version-$(uname -s | tr A-Z a-z)-$(uname -m)
stage=target/dist/$name
rm -rf target/dist
mkdir -p "$stage/lib" "$stage/share"
cp -R src/main/dist/bin src/main/dist/conf "$stage/"
cp target/tagway.jar "$stage/lib/"
cp -R LICENSE README.md docs examples "$stage/"
cp examples/tagway.service examples/tagway@.service "$stage/share/"
[ ! -f target/bom.json ] || cp target/bom.json "$stage/share/tagway.cdx.json"
"${bin}java" -cp target/tagway.jar io.tagway.config.ManualPage "$stage/share"

# Beside what jdeps finds: elliptic curves for TLS, and the beans that metrics read.
needed=$("${bin}jdeps" --multi-release 17 --print-module-deps --ignore-missing-deps target/tagway.jar | tail -1)
"${bin}jlink" --add-modules "$needed,jdk.crypto.ec,java.management,jdk.management,java.instrument" \
  --strip-debug --no-header-files --no-man-pages --compress=2 --output "$stage/runtime" 2>/dev/null
"${bin}java" -version 2>&1 | head -1 > "$stage/runtime/made-of"
# An image without its default archive starts slowly; the next step builds on it.
"$stage/runtime/bin/java" -Xshare:dump >/dev/null
"$stage/bin/tagway-archive"

tar -C target/dist -czf "target/$name.tar.gz" "$name"
echo "target/$name.tar.gz"
