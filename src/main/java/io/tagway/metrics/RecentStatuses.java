package io.tagway.metrics;

import java.util.Arrays;
import java.util.List;
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

  /** Neither is ever changed, but replaced. */
  private volatile int[] now = NONE;

  private volatile int[] before = NONE;

  /**
   * An answer came; any thread.
   *
   * @param status of no effect below 100 and above 999
   */
  void add(int status) {
    int[] known = now;
    if (!contains(known, status) && known.length < MOST && status >= LOWEST && status <= HIGHEST) {
      remember(status);
    }
  }

  /** Once for each status of a window. */
  private synchronized void remember(int status) {
    int[] known = now;
    if (known.length < MOST && !contains(known, status)) {
      int[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = status;
      now = more;
    }
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
  synchronized void turn() {
    before = now;
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
