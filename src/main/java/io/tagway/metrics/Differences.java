package io.tagway.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What counters have grown by since an output looked last. Used by one thread. */
final class Differences {
  private final Map<Counter, Long> before = new HashMap<>();
  private final Set<Counter> met = new HashSet<>();

  long since(Counter counter) {
    long total = counter.total();
    Long earlier = before.put(counter, total);
    met.add(counter);
    return earlier == null ? total : total - earlier;
  }

  /** Forgets the counters that were not asked about since the last round. */
  void endRound() {
    before.keySet().retainAll(met);
    met.clear();
  }
}
