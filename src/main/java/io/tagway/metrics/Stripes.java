package io.tagway.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An array of counts that many threads add to. Each thread has its own copy as far as there are
 * enough, so that event loops do not take memory lines from each other; two that share one are
 * slower, not wrong. A copy takes memory where it is counted only: there are some of these for each
 * route, and most durations of a route fall into a few classes.
 *
 * <p>Plain arrays, because with many routes each object between a thread and its count is a line of
 * memory that is in no cache.
 */
final class Stripes {
  private static final VarHandle COPY = MethodHandles.arrayElementVarHandle(long[][][].class);
  private static final VarHandle PIECE = MethodHandles.arrayElementVarHandle(long[][].class);
  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

  private static final int COPIES =
      Integer.highestOneBit(Math.min(64, 2 * Runtime.getRuntime().availableProcessors()));

  private static final int PIECE_BITS = 3;
  private static final int PIECE_COUNTS = 1 << PIECE_BITS;

  /** A copy for each thread, of pieces; copies and pieces are made when they are first needed. */
  private final long[][][] copies = new long[COPIES][][];

  private final int length;

  Stripes(int length) {
    this.length = length;
  }

  /** The copy of the calling thread. */
  long[][] mine() {
    // Event loops are started one after the other: their numbers fall on different copies.
    int at = (int) Thread.currentThread().getId() & (COPIES - 1);
    long[][] copy = copy(at);
    return copy != null ? copy : make(at);
  }

  private long[][] copy(int at) {
    return (long[][]) COPY.getAcquire(copies, at);
  }

  private long[][] make(int at) {
    long[][] made = new long[(length + PIECE_COUNTS - 1) >>> PIECE_BITS][];
    long[][] there = (long[][]) COPY.compareAndExchange(copies, at, null, made);
    return there == null ? made : there;
  }

  /**
   * @param copy what {@link #mine} gave
   */
  static void add(long[][] copy, int index, long amount) {
    int at = index >>> PIECE_BITS;
    long[] piece = piece(copy, at);
    var unused =
        (long)
            COUNT.getAndAdd(
                piece != null ? piece : makePiece(copy, at), index & (PIECE_COUNTS - 1), amount);
  }

  private static long[] piece(long[][] copy, int at) {
    return (long[]) PIECE.getAcquire(copy, at);
  }

  private static long[] makePiece(long[][] copy, int at) {
    long[] made = new long[PIECE_COUNTS];
    long[] there = (long[]) PIECE.compareAndExchange(copy, at, null, made);
    return there == null ? made : there;
  }

  int length() {
    return length;
  }

  /** Adds what all have added up to. */
  void addTo(long[] sums) {
    for (int i = 0; i < COPIES; i++) {
      long[][] copy = copy(i);
      if (copy != null) {
        addTo(sums, copy);
      }
    }
  }

  private static void addTo(long[] sums, long[][] copy) {
    for (int i = 0; i < copy.length; i++) {
      long[] piece = piece(copy, i);
      int first = i << PIECE_BITS;
      int many = piece == null ? 0 : Math.min(PIECE_COUNTS, sums.length - first);
      for (int j = 0; j < many; j++) {
        sums[first + j] += (long) COUNT.getOpaque(piece, j);
      }
    }
  }

  /** What all have added up to at one index. */
  long sum(int index) {
    long sum = 0;
    for (int i = 0; i < COPIES; i++) {
      long[][] copy = copy(i);
      long[] piece = copy == null ? null : piece(copy, index >>> PIECE_BITS);
      sum += piece == null ? 0 : (long) COUNT.getOpaque(piece, index & (PIECE_COUNTS - 1));
    }
    return sum;
  }

  boolean isUntouched() {
    for (int i = 0; i < COPIES; i++) {
      if (copy(i) != null) {
        return false;
      }
    }
    return true;
  }
}
