#!/bin/sh
# Packs target/tagway-VERSION.tar.gz from what `make build` left in target.
set -eu
cd "$(dirname "$0")/../../.."
version=$(java -jar target/tagway.jar -v | cut -d' ' -f1)
name=tagway-$version
stage=target/dist/$name
rm -rf target/dist
mkdir -p "$stage/lib"
cp -R src/main/dist/bin src/main/dist/conf "$stage/"
cp target/tagway.jar "$stage/lib/"
cp LICENSE README.md "$stage/"
tar -C target/dist -czf "target/$name.tar.gz" "$name"
echo "target/$name.tar.gz"
