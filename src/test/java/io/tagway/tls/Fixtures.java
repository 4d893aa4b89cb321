package io.tagway.tls;

import io.tagway.config.ListenerSettings;
import io.tagway.config.ListenerSettings.CertSource;
import io.tagway.config.Proto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Certificates that {@code make.sh} made, and settings that use them. */
final class Fixtures {
  private static final Path HOME = Path.of("src/test/resources/tls");

  private Fixtures() {}

  static Path path(String name) {
    return HOME.resolve(name);
  }

  static String text(String name) {
    try {
      return Files.readString(path(name), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pair of X-cert.pem and X-key.pem. */
  static ServerCertificate certificate(String stem) {
    return ServerCertificate.of(
        stem + "-cert.pem", text(stem + "-cert.pem"), text(stem + "-key.pem"));
  }

  /** A source of the type; change the rest with {@code with...}. */
  static Source source(String type, Object cert) {
    return new Source(type, cert.toString(), "", "", "", "", Map.of(), Duration.ofSeconds(1));
  }

  /** The pair of X-cert.pem and X-key.pem as a source. */
  static Source file(String stem) {
    return source("file", path(stem + "-cert.pem")).key(path(stem + "-key.pem"));
  }

  record Source(
      String type,
      String cert,
      String key,
      String clientCa,
      String upgradeCn,
      String fetchToken,
      Map<String, String> headers,
      Duration refresh) {
    Source key(Object file) {
      return new Source(
          type, cert, file.toString(), clientCa, upgradeCn, fetchToken, headers, refresh);
    }

    Source clientCa(Object place) {
      return new Source(type, cert, key, place.toString(), upgradeCn, fetchToken, headers, refresh);
    }

    Source upgradeCn(String name) {
      return new Source(type, cert, key, clientCa, name, fetchToken, headers, refresh);
    }

    Source fetchToken(String from) {
      return new Source(type, cert, key, clientCa, upgradeCn, from, headers, refresh);
    }

    Source header(String name, String value) {
      return new Source(
          type, cert, key, clientCa, upgradeCn, fetchToken, Map.of(name, value), refresh);
    }

    Source refresh(Duration pause) {
      return new Source(type, cert, key, clientCa, upgradeCn, fetchToken, headers, pause);
    }

    CertSource settings() {
      return new CertSource(
          "test", type, cert, key, clientCa, upgradeCn, fetchToken, headers, refresh);
    }
  }

  /** A listener with default versions and suites. */
  static Listener listener(Source source) {
    return new Listener(source, false, 0, 0, List.of());
  }

  record Listener(Source source, boolean strict, int min, int max, List<Integer> ciphers) {
    Listener strictMatch() {
      return new Listener(source, true, min, max, ciphers);
    }

    Listener versions(int from, int to) {
      return new Listener(source, strict, from, to, ciphers);
    }

    Listener ciphers(Integer... values) {
      return new Listener(source, strict, min, max, List.of(values));
    }

    ListenerSettings settings() {
      return new ListenerSettings(
          "127.0.0.1:0",
          "127.0.0.1",
          0,
          Proto.HTTPS,
          Optional.of(source.settings()),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          strict,
          min,
          max,
          ciphers,
          false,
          Duration.ZERO,
          List.of(),
          Duration.ZERO,
          false);
    }
  }
}
