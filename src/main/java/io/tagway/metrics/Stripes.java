package io.tagway.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * An array of counts that many threads add to. Each thread has its own copy as far as there are
 * enough, so that event loops do not take memory lines from each other; two that share one are
 * slower, not wrong. Copies are made when they are first needed.
 */
final class Stripes {
  private static final int COPIES =
      Integer.highestOneBit(Math.min(64, 2 * Runtime.getRuntime().availableProcessors()));

  private final AtomicReferenceArray<AtomicLongArray> copies = new AtomicReferenceArray<>(COPIES);
  private final int length;

  Stripes(int length) {
    this.length = length;
  }

  /** The copy of the calling thread. */
  AtomicLongArray mine() {
    // Event loops are started one after the other: their numbers fall on different copies.
    int at = (int) Thread.currentThread().getId() & (COPIES - 1);
    AtomicLongArray copy = copies.get(at);
    return copy != null ? copy : make(at);
  }

  private AtomicLongArray make(int at) {
    AtomicLongArray made = new AtomicLongArray(length);
    return copies.compareAndSet(at, null, made) ? made : copies.get(at);
  }

  /** What all have added up to. */
  long[] sums() {
    long[] sums = new long[length];
    for (int i = 0; i < COPIES; i++) {
      AtomicLongArray copy = copies.get(i);
      for (int j = 0; copy != null && j < length; j++) {
        sums[j] += copy.get(j);
      }
    }
    return sums;
  }

  boolean isUntouched() {
    for (int i = 0; i < COPIES; i++) {
      if (copies.get(i) != null) {
        return false;
      }
    }
    return true;
  }
}
