package io.tagway.accesslog;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lines on their way from one event loop to the thread that writes them. One side puts in, one
 * takes out, and neither ever waits for the other: a line without room is dropped and counted.
 */
final class LineRing {
  private final byte[] ring;
  private final int mask;

  /** Bytes put in so far; written by the event loop only. */
  private volatile long put;

  /** Bytes taken out so far; written by the other thread only. */
  private volatile long taken;

  private final AtomicLong lines = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  /** What the event loop last knew of {@link #taken}, so that it seldom has to look. */
  private long takenBefore;

  /**
   * @param bytes a power of two
   */
  LineRing(int bytes) {
    this.ring = new byte[bytes];
    this.mask = bytes - 1;
  }

  /** Takes a whole line or nothing. For the event loop. */
  boolean put(byte[] line, int length) {
    long start = put;
    if (start + length - takenBefore > ring.length) {
      takenBefore = taken;
      if (start + length - takenBefore > ring.length) {
        count(dropped);
        return false;
      }
    }
    int from = (int) start & mask;
    int first = Math.min(length, ring.length - from);
    System.arraycopy(line, 0, ring, from, first);
    System.arraycopy(line, first, ring, 0, length - first);
    count(lines);
    put = start + length; // publishes the bytes above
    return true;
  }

  /** One thread counts, so nothing has to be exchanged. */
  private static void count(AtomicLong counter) {
    counter.setRelease(counter.getPlain() + 1);
  }

  boolean isEmpty() {
    return put == taken;
  }

  /** Moves whole lines into an array of the same size and tells how many bytes. */
  int take(byte[] into) {
    long start = taken;
    int length = (int) (put - start);
    int from = (int) start & mask;
    int first = Math.min(length, ring.length - from);
    System.arraycopy(ring, from, into, 0, first);
    System.arraycopy(ring, 0, into, first, length - first);
    taken = start + length;
    return length;
  }

  int size() {
    return ring.length;
  }

  /** Lines put in so far. */
  long lines() {
    return lines.get();
  }

  /** Lines that had no room so far. */
  long dropped() {
    return dropped.get();
  }
}
