package io.tagway.tls;

import io.tagway.config.CipherSuite;
import io.tagway.config.ListenerSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Versions and suites of a listener, in the words of an engine.
 *
 * @param protocols such as {@code TLSv1.2}, the oldest first
 * @param suites in order of preference; those of TLS 1.3 are always among them
 * @param ignored what was asked for and the engine does not know
 */
record TlsRules(
    TlsEngine engine, List<String> protocols, List<String> suites, List<String> ignored) {
  private static final Map<Integer, String> VERSIONS =
      new TreeMap<>(
          Map.of(0x0301, "TLSv1", 0x0302, "TLSv1.1", 0x0303, "TLSv1.2", 0x0304, "TLSv1.3"));

  private static final int DEFAULT_MIN = 0x0303;
  private static final int DEFAULT_MAX = 0x0304;

  private static final List<CipherSuite> TLS_1_3 =
      List.of(
          CipherSuite.TLS_AES_128_GCM_SHA256,
          CipherSuite.TLS_AES_256_GCM_SHA384,
          CipherSuite.TLS_CHACHA20_POLY1305_SHA256);

  /** Go's for TLS 1.2 and before: forward secrecy, no RC4, no 3DES. */
  private static final List<CipherSuite> DEFAULTS =
      List.of(
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
          CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
          CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
          CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
          CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
          CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA);

  TlsRules {
    protocols = List.copyOf(protocols);
    suites = List.copyOf(suites);
    ignored = List.copyOf(ignored);
  }

  /**
   * The rules for an engine.
   *
   * @throws BadCertificate if no version, or none of the suites asked for, is left
   */
  static TlsRules of(ListenerSettings settings, TlsEngine engine) {
    List<String> protocols = protocols(settings.tlsMinVersion(), settings.tlsMaxVersion());
    if (protocols.isEmpty()) {
      throw new BadCertificate(
          settings.address() + ": no TLS version is left between tlsmin and tlsmax");
    }
    Set<String> suites = new LinkedHashSet<>();
    List<String> ignored = new ArrayList<>();
    if (settings.tlsCiphers().isEmpty()) {
      DEFAULTS.stream().filter(engine::supports).map(engine::nameOf).forEach(suites::add);
    }
    for (int value : settings.tlsCiphers()) {
      CipherSuite.of(value)
          .filter(engine::supports)
          .map(engine::nameOf)
          .ifPresentOrElse(suites::add, () -> ignored.add(name(value)));
    }
    if (suites.isEmpty()) {
      throw new BadCertificate(
          settings.address() + ": none of the suites in tlsciphers is known: " + ignored);
    }
    TLS_1_3.stream().filter(engine::supports).map(engine::nameOf).forEach(suites::add);
    return new TlsRules(engine, protocols, List.copyOf(suites), ignored);
  }

  /** The rules for OpenSSL; for the JDK where OpenSSL is missing or knows none of the suites. */
  static TlsRules of(ListenerSettings settings) {
    TlsEngine best = TlsEngine.best();
    boolean useless =
        !settings.tlsCiphers().isEmpty()
            && settings.tlsCiphers().stream()
                .noneMatch(value -> CipherSuite.of(value).filter(best::supports).isPresent());
    return of(settings, useless ? TlsEngine.JDK : best);
  }

  private static List<String> protocols(int min, int max) {
    int from = min == 0 ? DEFAULT_MIN : min;
    int to = max == 0 ? DEFAULT_MAX : max;
    return VERSIONS.entrySet().stream()
        .filter(version -> version.getKey() >= from && version.getKey() <= to)
        .map(Map.Entry::getValue)
        .toList();
  }

  private static String name(int value) {
    return CipherSuite.of(value).map(Enum::name).orElse(String.format("0x%04x", value));
  }
}
