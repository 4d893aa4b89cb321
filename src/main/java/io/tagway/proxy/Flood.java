package io.tagway.proxy;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a log readable when the same trouble comes a thousand times a second: so many lines pass in
 * each second, the rest is counted. Used by one event loop.
 */
public final class Flood {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final int linesPerSecond;
  private long second;
  private int lines;
  private int dropped;

  public Flood(int linesPerSecond) {
    this.linesPerSecond = linesPerSecond;
  }

  /**
   * What to put behind the line that is to be written now: empty, or a note about those dropped
   * since; null if the line must be dropped.
   *
   * @param nowNanos a monotonic clock
   */
  public @Nullable String pass(long nowNanos) {
    long now = Math.floorDiv(nowNanos, SECOND_NANOS);
    if (now != second) {
      second = now;
      lines = 0;
    }
    if (lines >= linesPerSecond) {
      dropped++;
      return null;
    }
    lines++;
    if (dropped == 0) {
      return "";
    }
    String note = " (" + dropped + " more like this were not logged)";
    dropped = 0;
    return note;
  }
}
