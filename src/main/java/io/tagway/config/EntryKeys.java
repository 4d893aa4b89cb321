package io.tagway.config;

import static io.tagway.config.EntryKey.key;

import java.util.List;

/** What an entry of each composite option may hold: the second half of the option table. */
final class EntryKeys {

  static final List<EntryKey> LISTENER =
      List.of(
          key("addr", "host:port", "")
              .means(
                  "Listen address, may be written without the key. May hold an address template."),
          key("proto", "word", "http, or https with cs").means("What the listener speaks."),
          key("cs", "name", "").means("Certificate source."),
          key("rt", "duration", "proxy.readtimeout; ui.addr: 0")
              .means("Time to read one whole request; TCP: per read. 0 = none."),
          key("wt", "duration", "proxy.writetimeout; ui.addr: 0")
              .means("Time to write one whole answer; TCP: per write. 0 = none."),
          key("it", "duration", "0")
              .means("How long an idle connection is kept; 0 = as rt, both 0 = no limit."),
          key("strictmatch", "switch", "false")
              .means("Refuse server names without a certificate instead of using the first one."),
          key("tlsmin", "version", "TLS 1.2")
              .means("Least TLS version: tls10, tls11, tls12, tls13 or its number."),
          key("tlsmax", "version", "TLS 1.3").means("Greatest TLS version, written likewise."),
          key("tlsciphers", "list", "those of the platform")
              .means("Cipher suites up to TLS 1.2, by name or number; several need double quotes."),
          key("pxyproto", "switch", "false").means("Read PROXY protocol headers."),
          key("pxytimeout", "duration", "250ms with pxyproto").means("How long to wait for them."),
          key("pxyfrom", "list", "everybody")
              .means(
                  "Addresses and blocks that may send them; several need double quotes. Not in"
                      + " Fabio."),
          key("refresh", "duration", "5s with tcp-dynamic; at least 1s")
              .means("tcp-dynamic: pause between looks at the table."),
          key("h2c", "switch", "false")
              .means("Speak HTTP/2 without TLS as well, with proto=http. Not in Fabio."));

  static final List<EntryKey> CERT_SOURCE =
      List.of(
          key("cs", "name", "").means("Name of the source; required."),
          key("type", "word", "").means("file, path, http, consul, vault or vault-pki; required."),
          key("cert", "place", "").means("Where the certificates are; required.").alias("path"),
          key("key", "file", "the cert file").means("Private key, type file only."),
          key("clientca", "place", "")
              .means("Where the CAs of client certificates are; clients then must show one."),
          key("caupgcn", "name", "")
              .means("Client CA certificates issued by this common name count as CAs."),
          key("refresh", "duration", "3s; 0 for file and consul")
              .means("Pause between looks; vault-pki: time before the end to renew."),
          key("hdr", "Name: value", "")
              .means("Request header for type http; may be given several times."),
          key("vaultfetchtoken", "file:PATH or env:NAME", "")
              .means("Where the Vault token is read from."));

  static final List<EntryKey> AUTH_SCHEME =
      List.of(
          key("name", "name", "").means("Name of the scheme; required."),
          key("type", "word", "").means("basic; required."),
          key("file", "file", "").means("htpasswd file; required."),
          key("realm", "text", "the name").means("Realm shown to clients."),
          key("refresh", "duration", "0")
              .means("Pause between looks at the file, at least 1s; 0 = read once."));

  static final List<EntryKey> BGP_PEER =
      List.of(
          key("address", "IP address", "").means("The neighbour.").alias("neighboraddress"),
          key("port", "number", "0").means("Its port; 0 = 179."),
          key("asn", "number", "0").means("Its AS number."),
          key("multihop", "switch", "false").means("It is more than one hop away."),
          key("multihoplength", "number", "2").means("How many hops."),
          key("password", "text", "").means("TCP MD5 password."));

  private EntryKeys() {}
}
