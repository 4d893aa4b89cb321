package io.tagway.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The CAs that this machine trusts, found where Go looks for them (crypto/x509, root_linux.go and
 * root_unix.go), so that a CA added with {@code update-ca-certificates}, or named by {@code
 * SSL_CERT_FILE} and {@code SSL_CERT_DIR}, goes on being trusted.
 */
final class SystemTrust {
  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/pki/tls/cacert.pem",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/etc/ssl/cert.pem");

  private SystemTrust() {}

  /** Reads files; empty if the machine has none of them, so that the JDK's own list serves. */
  static Optional<TrustOptions> load(Map<String, String> environment) {
    String file = environment.getOrDefault("SSL_CERT_FILE", "");
    String directories = environment.getOrDefault("SSL_CERT_DIR", "");
    PemTrustOptions trust = new PemTrustOptions();
    Stream<Path> bundles =
        (file.isEmpty() ? BUNDLES.stream() : Stream.of(file))
            .map(Path::of)
            .filter(Files::isReadable);
    bundles.limit(1).forEach(bundle -> add(trust, bundle));
    for (String directory : directories.split(":", -1)) {
      if (!directory.isEmpty()) {
        filesIn(Path.of(directory)).forEach(one -> add(trust, one));
      }
    }
    return trust.getCertValues().isEmpty() ? Optional.empty() : Optional.of(trust);
  }

  private static List<Path> filesIn(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void add(PemTrustOptions trust, Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (Pem.blocks(text).stream().anyMatch(Pem::isCertificate)) {
        trust.addCertValue(Buffer.buffer(text));
      }
    } catch (IOException | BadCertificate e) {
      // As in Go: what cannot be read is not trusted.
      return;
    }
  }
}
