package io.tagway.proxy;

import io.tagway.metrics.Counter;
import io.tagway.metrics.Family;
import io.tagway.metrics.Meters;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the connections to a listener that ended because of their PROXY header. */
public final class ProxyHeaderMeters {
  /** What was wrong with a header; the small letters are the label. */
  enum Cause {
    /** It cannot be read. */
    MALFORMED,
    /** It did not end in time. */
    INCOMPLETE,
    /** Its sender may not send any. */
    UNTRUSTED
  }

  private static final Family REFUSED =
      Family.counter(
          "tagway.proxy.headers.refused.total",
          "Connections that were closed because of their PROXY header.",
          "listener",
          "cause");

  private final Map<Cause, Counter> refused = new EnumMap<>(Cause.class);

  /**
   * @param listener its address, as it was written
   */
  public ProxyHeaderMeters(Meters meters, String listener) {
    for (Cause cause : Cause.values()) {
      String label = cause.name().toLowerCase(Locale.ROOT);
      refused.put(cause, meters.counter(REFUSED, listener, label));
    }
  }

  void refused(Cause cause) {
    Counter counter = refused.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }
}
