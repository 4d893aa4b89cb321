package io.tagway.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * An array of counts that many threads add to. Each thread has its own copy as far as there are
 * enough, so that event loops do not take memory lines from each other; two that share one are
 * slower, not wrong. A copy takes memory where it is counted only: there are some of these for each
 * route, and most durations of a route fall into a few classes.
 */
final class Stripes {
  private static final int COPIES =
      Integer.highestOneBit(Math.min(64, 2 * Runtime.getRuntime().availableProcessors()));

  /** The counts of one thread, in pieces that are made when they are first needed. */
  static final class Copy {
    private static final int PIECE_BITS = 3;
    private static final int PIECE = 1 << PIECE_BITS;

    private final AtomicReferenceArray<@Nullable AtomicLongArray> pieces;

    private Copy(int length) {
      this.pieces = new AtomicReferenceArray<>((length + PIECE - 1) >>> PIECE_BITS);
    }

    void add(int index, long amount) {
      int at = index >>> PIECE_BITS;
      AtomicLongArray piece = pieces.get(at);
      (piece != null ? piece : make(at)).getAndAdd(index & (PIECE - 1), amount);
    }

    private AtomicLongArray make(int at) {
      AtomicLongArray made = new AtomicLongArray(PIECE);
      AtomicLongArray there = pieces.compareAndExchange(at, null, made);
      return there == null ? made : there;
    }

    private long at(int index) {
      AtomicLongArray piece = pieces.get(index >>> PIECE_BITS);
      return piece == null ? 0 : piece.get(index & (PIECE - 1));
    }

    private void addTo(long[] sums) {
      for (int i = 0; i < pieces.length(); i++) {
        AtomicLongArray piece = pieces.get(i);
        int first = i << PIECE_BITS;
        int many = piece == null ? 0 : Math.min(PIECE, sums.length - first);
        for (int j = 0; j < many; j++) {
          sums[first + j] += piece.get(j);
        }
      }
    }
  }

  private final AtomicReferenceArray<@Nullable Copy> copies = new AtomicReferenceArray<>(COPIES);
  private final int length;

  Stripes(int length) {
    this.length = length;
  }

  /** The copy of the calling thread. */
  Copy mine() {
    // Event loops are started one after the other: their numbers fall on different copies.
    int at = (int) Thread.currentThread().getId() & (COPIES - 1);
    Copy copy = copies.get(at);
    return copy != null ? copy : make(at);
  }

  private Copy make(int at) {
    Copy made = new Copy(length);
    Copy there = copies.compareAndExchange(at, null, made);
    return there == null ? made : there;
  }

  /** What all have added up to. */
  long[] sums() {
    long[] sums = new long[length];
    for (int i = 0; i < COPIES; i++) {
      Copy copy = copies.get(i);
      if (copy != null) {
        copy.addTo(sums);
      }
    }
    return sums;
  }

  /** What all have added up to at one index. */
  long sum(int index) {
    long sum = 0;
    for (int i = 0; i < COPIES; i++) {
      Copy copy = copies.get(i);
      sum += copy == null ? 0 : copy.at(index);
    }
    return sum;
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
