#!/bin/sh
# Makes the certificates beside it. Run it again only if a test needs another one: keys are random,
# so that every file changes.
set -eu
cd "$(dirname "$0")"
days=36500

config() { # subject common name, alternative names
  echo "[req]
distinguished_name=dn
prompt=no
[dn]
CN=$1
[v3]
basicConstraints=CA:FALSE
${2:+subjectAltName=$2}"
}

# name, common name, alternative names, key options
self() {
  name=$1 cn=$2 alt=$3
  shift 3
  config "$cn" "$alt" >"$name.cnf"
  openssl genpkey -quiet "$@" -out "$name-key.pem" 2>/dev/null ||
    openssl genpkey "$@" -out "$name-key.pem" 2>/dev/null
  openssl req -x509 -new -key "$name-key.pem" -config "$name.cnf" -extensions v3 \
    -days $days -sha256 -out "$name-cert.pem"
  rm "$name.cnf"
}

ec="-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:named_curve"
rsa="-algorithm RSA -pkeyopt rsa_keygen_bits:2048"

self a a.test "" $ec
self b b.test "DNS:b.test,DNS:*.b.test,DNS:B2.TEST" $ec
self wild wild.test "DNS:*.wild.test,DNS:*.*.deep.test" $ec
self rsa rsa.test "DNS:rsa.test" $rsa
self b-later later.test "DNS:b.test" $ec
self p384 p384.test "" -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -pkeyopt ec_param_enc:named_curve
self edge edge.test "DNS:edge.test" $ec
self ed ed.test "" -algorithm ED25519

# The other forms of the same keys.
openssl ec -in a-key.pem -out a-sec1.key 2>/dev/null
openssl ecparam -name prime256v1 >a-sec1-params.key
cat a-sec1.key >>a-sec1-params.key
openssl rsa -in rsa-key.pem -traditional -out rsa-pkcs1.key 2>/dev/null
openssl pkcs8 -topk8 -in rsa-key.pem -passout pass:secret -out rsa-encrypted.key
openssl rsa -in rsa-key.pem -traditional -aes128 -passout pass:secret -out rsa-encrypted-pkcs1.key 2>/dev/null
cat a-cert.pem a-key.pem >both.pem

# A CA for clients, one that it signed, and a certificate that is no CA and signed another all the same.
openssl req -x509 -new -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days $days \
  -subj "/CN=Test Client CA" -addext "keyUsage=critical,keyCertSign" 2>/dev/null
client() { # name, extended key usage, serial, days
  openssl req -new -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" 2>/dev/null
  printf 'basicConstraints=CA:FALSE\nextendedKeyUsage=%s\n' "$2" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -set_serial "$3" -days "$4" \
    -extfile "$1.ext" -out "$1.crt" 2>/dev/null
  rm "$1.csr" "$1.ext"
}
client client clientAuth 2 $days
client serveronly serverAuth 3 $days
openssl req -x509 -new -newkey rsa:2048 -nodes -keyout gateway.key -out gateway.crt -days $days \
  -subj "/CN=ApiGateway" -addext "basicConstraints=critical,CA:FALSE" 2>/dev/null
openssl req -new -newkey rsa:2048 -nodes -keyout gated.key -out gated.csr -subj "/CN=gated" 2>/dev/null
openssl x509 -req -in gated.csr -CA gateway.crt -CAkey gateway.key -set_serial 5 -days $days \
  -out gated.crt 2>/dev/null
rm gated.csr
# The stranger: signed by nobody we know.
openssl req -x509 -new -newkey rsa:2048 -nodes -keyout stranger.key -out stranger.crt -days $days \
  -subj "/CN=stranger" 2>/dev/null
rm ca.key gateway.key
