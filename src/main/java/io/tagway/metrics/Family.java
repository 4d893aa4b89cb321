package io.tagway.metrics;

import java.util.List;

/**
 * Meters of one name, which differ in the values of their labels.
 *
 * @param name in parts joined by dots, for example {@code http.status}
 * @param kind what they measure
 * @param help a sentence for people
 * @param labels the order matters for flat names
 */
public record Family(String name, Kind kind, String help, List<String> labels) {
  /** What can be measured. */
  public enum Kind {
    /** Only grows. */
    COUNTER,
    /** A value of the moment. */
    GAUGE,
    /** Durations. */
    TIMER
  }

  public Family {
    labels = List.copyOf(labels);
  }

  public static Family counter(String name, String help, String... labels) {
    return new Family(name, Kind.COUNTER, help, List.of(labels));
  }

  public static Family gauge(String name, String help, String... labels) {
    return new Family(name, Kind.GAUGE, help, List.of(labels));
  }

  public static Family timer(String name, String help, String... labels) {
    return new Family(name, Kind.TIMER, help, List.of(labels));
  }

  /**
   * Whether it is one that Fabio has, whose name starts with the configured prefix. Ours name their
   * unit, carry no prefix in Prometheus, and are not written to the console.
   */
  boolean isFabios() {
    return !name.startsWith("tagway.") && !name.startsWith("jvm.") && !name.startsWith("process.");
  }

  /** Whether its flat names are made by metrics.names. */
  boolean isOfRoutes() {
    return name.startsWith("route");
  }
}
