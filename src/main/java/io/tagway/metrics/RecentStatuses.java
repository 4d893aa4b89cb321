package io.tagway.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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

  /** What is in here is never changed, but replaced. */
  private final AtomicReference<int[]> now = new AtomicReference<>(NONE);

  private volatile int[] before = NONE;

  /**
   * An answer came; any thread.
   *
   * @param status of no effect below 100 and above 999
   */
  void add(int status) {
    int[] known = now.get();
    while (isNew(known, status) && !now.compareAndSet(known, with(known, status))) {
      known = now.get();
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
    before = now.getAndSet(NONE);
  }

  /** Those of this window and the last one, ascending; any thread. */
  List<Integer> seen() {
    int[] last = before;
    int[] latest = now.get();
    return last == NONE && latest == NONE
        ? List.of()
        : IntStream.concat(IntStream.of(last), IntStream.of(latest))
            .sorted()
            .distinct()
            .boxed()
            .toList();
  }
}
