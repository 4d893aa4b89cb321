package io.tagway.metrics;

/** Numbers as the outputs write them. */
final class Numbers {
  private Numbers() {}

  /** As short as it identifies the value: {@code 0.005}, {@code 1}. */
  static String shortest(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
  }

  /** Nanoseconds as milliseconds with six decimals: exact. */
  static StringBuilder millis(StringBuilder out, long nanos) {
    return decimals(out, nanos, 1_000_000, 6);
  }

  /** With six decimals. */
  static StringBuilder fixed(StringBuilder out, double value) {
    if (Math.abs(value) >= 9e12) {
      return out.append(String.format(java.util.Locale.ROOT, "%f", value));
    }
    long micros = Math.round(value * 1e6);
    return decimals(micros < 0 ? out.append('-') : out, Math.abs(micros), 1_000_000, 6);
  }

  private static StringBuilder decimals(StringBuilder out, long value, long unit, int digits) {
    out.append(value / unit).append('.');
    String rest = Long.toString(value % unit);
    return out.append("000000", 0, digits - rest.length()).append(rest);
  }
}
