package io.tagway.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.stream.IntStream;

/**
 * Which statuses came lately, not how often. Taking note of one that is known is a search among a
 * handful of numbers and writes nothing, so event loops do not take memory lines from each other.
 */
final class RecentStatuses {
  /** More than a target answers with; the others are not seen in this window. */
  static final int MOST = 32;

  private static final int LOWEST = 100;
  private static final int HIGHEST = 999;
  private static final int[] NONE = new int[0];
  private static final AtomicReferenceFieldUpdater<RecentStatuses, int[]> NOW =
      AtomicReferenceFieldUpdater.newUpdater(RecentStatuses.class, int[].class, "now");

  /** What is in here is never changed, but replaced. */
  private volatile int[] now = NONE;

  private volatile int[] before = NONE;

  /**
   * An answer came; any thread.
   *
   * @param status of no effect below 100 and above 999
   */
  void add(int status) {
    int[] known = now;
    while (isNew(known, status) && !NOW.compareAndSet(this, known, with(known, status))) {
      known = now;
    }
  }

  private static boolean isNew(int[] known, int status) {
    return !contains(known, status) && known.length < MOST && status >= LOWEST && status <= HIGHEST;
  }

  private static int[] with(int[] known, int status) {
    int[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = status;
    return more;
  }

  private static boolean contains(int[] known, int status) {
    for (int one : known) {
      if (one == status) {
        return true;
      }
    }
    return false;
  }

  /** Begins another window; what came before the last one is forgotten. */
  void turn() {
    before = now; // what comes between these two lines shows with its next answer
    now = NONE;
  }

  /** Those of this window and the last one, ascending; any thread. */
  List<Integer> seen() {
    int[] last = before;
    int[] latest = now;
    return last == NONE && latest == NONE
        ? List.of()
        : IntStream.concat(IntStream.of(last), IntStream.of(latest))
            .sorted()
            .distinct()
            .boxed()
            .toList();
  }
}
