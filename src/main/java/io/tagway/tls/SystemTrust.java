package io.tagway.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
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
    PemTrustOptions trust = new PemTrustOptions();
    texts(environment).forEach(text -> trust.addCertValue(Buffer.buffer(text)));
    return trust.getCertValues().isEmpty() ? Optional.empty() : Optional.of(trust);
  }

  /** As {@link #load}, read; what is no certificate is not trusted. */
  static List<X509Certificate> certificates(Map<String, String> environment) {
    List<X509Certificate> found = new ArrayList<>();
    for (String text : texts(environment)) {
      Pem.blocks(text).stream()
          .filter(Pem::isCertificate)
          .flatMap(SystemTrust::certificate)
          .forEach(found::add);
    }
    return List.copyOf(found);
  }

  private static Stream<X509Certificate> certificate(Pem block) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      var read = factory.generateCertificate(new ByteArrayInputStream(block.der()));
      return Stream.of((X509Certificate) read);
    } catch (CertificateException e) {
      // As in Go: what cannot be read is not trusted.
      return Stream.empty();
    }
  }

  private static List<String> texts(Map<String, String> environment) {
    String file = environment.getOrDefault("SSL_CERT_FILE", "");
    String directories = environment.getOrDefault("SSL_CERT_DIR", "");
    List<String> texts = new ArrayList<>();
    Stream<Path> bundles =
        (file.isEmpty() ? BUNDLES.stream() : Stream.of(file))
            .map(Path::of)
            .filter(Files::isReadable);
    bundles.limit(1).forEach(bundle -> add(texts, bundle));
    for (String directory : directories.split(":", -1)) {
      if (!directory.isEmpty()) {
        filesIn(Path.of(directory)).forEach(one -> add(texts, one));
      }
    }
    return texts;
  }

  private static List<Path> filesIn(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void add(List<String> texts, Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (Pem.blocks(text).stream().anyMatch(Pem::isCertificate)) {
        texts.add(text);
      }
    } catch (IOException | BadCertificate e) {
      // As in Go: what cannot be read is not trusted.
      return;
    }
  }
}
