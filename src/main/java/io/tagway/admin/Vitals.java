package io.tagway.admin;

import io.tagway.metrics.ProcessMemory;
import java.time.Instant;
import java.util.List;

/**
 * How the process is, apart from its registry.
 *
 * @param java what it runs on
 * @param started when the process was started
 * @param listeners in the order of the options, that of the page last
 * @param certificates that can be shown to clients now
 * @param loopLagSeconds how late each event loop was at most within the last ten to twenty seconds
 * @param memory as it stands
 */
public record Vitals(
    String java,
    Instant started,
    List<Listening> listeners,
    List<Certificate> certificates,
    List<Double> loopLagSeconds,
    ProcessMemory memory) {
  public Vitals {
    listeners = List.copyOf(listeners);
    certificates = List.copyOf(certificates);
    loopLagSeconds = List.copyOf(loopLagSeconds);
  }

  /**
   * A listener.
   *
   * @param role {@code proxy} or {@code ui}
   * @param address as it was written, with the port that was really bound
   * @param protocol the word of the option
   * @param certificateSource its name; empty without TLS
   * @param isOpen whether it accepts connections
   */
  public record Listening(
      String role, String address, String protocol, String certificateSource, boolean isOpen) {}

  /**
   * A certificate.
   *
   * @param names for which it is good
   * @param issuer who signed it
   * @param file where it was read from
   * @param begin when it begins to be valid
   * @param end when it ends to be valid
   */
  public record Certificate(
      List<String> names, String issuer, String file, Instant begin, Instant end) {
    public Certificate {
      names = List.copyOf(names);
    }
  }
}
