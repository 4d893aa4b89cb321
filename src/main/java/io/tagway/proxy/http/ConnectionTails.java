package io.tagway.proxy.http;

import io.tagway.config.CipherSuite;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What is appended to {@code Forwarded} for each connection of an event loop: made once for those
 * without TLS, and once for each version and suite that clients come with.
 */
final class ConnectionTails {
  private final String localIp;
  private final ForwardedTails plain;
  private final Map<Spoken, ForwardedTails> tls = new HashMap<>();

  /**
   * @param localIp for {@code by=}, left out if empty
   */
  ConnectionTails(String localIp) {
    this.localIp = localIp;
    this.plain = ForwardedTails.of(localIp);
  }

  /**
   * @param session null without TLS
   */
  ForwardedTails of(@Nullable SSLSession session) {
    return session == null ? plain : of(session.getProtocol(), session.getCipherSuite());
  }

  /** For connections with this version and suite, in the words of JSSE. */
  ForwardedTails of(String version, String suite) {
    return tls.computeIfAbsent(
        new Spoken(version, suite), spoken -> ForwardedTails.of(localIp, spoken.text()));
  }

  /** Version and suite, in the words of JSSE. */
  private record Spoken(String version, String suite) {
    String text() {
      return "; tlsver=" + shortVersion() + suiteNumber();
    }

    private String shortVersion() {
      return switch (version) {
        case "TLSv1" -> "tls10";
        case "TLSv1.1" -> "tls11";
        case "TLSv1.2" -> "tls12";
        case "TLSv1.3" -> "tls13";
        default -> version;
      };
    }

    /** The JDK calls suites that are older than TLS by their older name. */
    private String suiteNumber() {
      String name = suite.startsWith("SSL_") ? "TLS_" + suite.substring(4) : suite;
      return CipherSuite.named(name)
          .map(known -> "; tlscipher=0x%04x".formatted(known.value()))
          .orElse("");
    }
  }
}
