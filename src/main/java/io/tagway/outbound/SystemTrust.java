package io.tagway.outbound;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The CAs that this machine trusts, found where Go looks for them (crypto/x509, root_linux.go and
 * root_unix.go), so that a CA added with {@code update-ca-certificates}, or named by {@code
 * SSL_CERT_FILE} and {@code SSL_CERT_DIR}, goes on being trusted. As in Go, what cannot be read is
 * not trusted, and nothing is said of it.
 */
public final class SystemTrust {
  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/pki/tls/cacert.pem",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/etc/ssl/cert.pem");

  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private SystemTrust() {}

  /** Reads files; empty if there are none, so that the JDK's own list serves. */
  static Optional<TrustOptions> options(Map<String, String> environment) {
    List<X509Certificate> certificates = certificates(environment);
    if (certificates.isEmpty()) {
      return Optional.empty();
    }
    PemTrustOptions trust = new PemTrustOptions();
    for (X509Certificate certificate : certificates) {
      trust.addCertValue(pem(certificate));
    }
    return Optional.of(trust);
  }

  private static Buffer pem(X509Certificate certificate) {
    try {
      String base64 = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
      return Buffer.buffer(BEGIN + '\n' + base64 + '\n' + END + '\n');
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }

  /** Reads files. */
  public static List<X509Certificate> certificates(Map<String, String> environment) {
    return files(environment).flatMap(SystemTrust::certificates).distinct().toList();
  }

  private static Stream<Path> files(Map<String, String> environment) {
    String file = environment.getOrDefault("SSL_CERT_FILE", "");
    String directories = environment.getOrDefault("SSL_CERT_DIR", "");
    Stream<Path> bundle =
        (file.isEmpty() ? BUNDLES.stream() : Stream.of(file))
            .map(Path::of)
            .filter(Files::isReadable)
            .limit(1);
    return Stream.concat(
        bundle,
        Stream.of(directories.split(":", -1))
            .filter(directory -> !directory.isEmpty())
            .flatMap(directory -> filesIn(Path.of(directory)).stream()));
  }

  private static List<Path> filesIn(Path directory) {
    try {
      return Directory.filesIn(directory);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Stream<X509Certificate> certificates(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return Stream.empty();
    }
    List<X509Certificate> found = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int end = text.indexOf(END, begin);
      if (end < 0) {
        break;
      }
      certificate(text.substring(begin + BEGIN.length(), end)).ifPresent(found::add);
      begin = text.indexOf(BEGIN, end);
    }
    return found.stream();
  }

  private static Optional<X509Certificate> certificate(String base64) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return Optional.of(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
    } catch (CertificateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
