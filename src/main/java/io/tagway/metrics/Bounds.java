package io.tagway.metrics;

import java.util.List;

/** The upper bounds of metrics.prometheus.buckets, ascending. */
final class Bounds {
  /** For outputs that have no use for buckets. */
  static final Bounds NONE = new Bounds(List.of());

  private final long[] nanos;
  private final List<String> texts;

  /**
   * @param seconds ascending
   */
  Bounds(List<Double> seconds) {
    nanos = seconds.stream().mapToLong(bound -> Math.round(bound * 1e9)).toArray();
    texts = seconds.stream().map(Numbers::shortest).toList();
  }

  int count() {
    return nanos.length;
  }

  /** The first bound that a duration does not exceed; {@link #count} if it exceeds all. */
  int indexOf(long duration) {
    int at = 0;
    while (at < nanos.length && duration > nanos[at]) {
      at++;
    }
    return at;
  }

  /** In seconds, as the label le shows them. */
  List<String> texts() {
    return texts;
  }
}
