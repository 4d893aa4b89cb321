package io.tagway.admin;

import java.util.HashMap;
import java.util.Map;

/** How many lines of a text are new and how many are gone, wherever they stand. */
record LineChange(int added, int removed) {
  static LineChange between(String before, String after) {
    Map<String, Integer> counts = new HashMap<>();
    after.strip().lines().forEach(line -> counts.merge(line, 1, Integer::sum));
    before.strip().lines().forEach(line -> counts.merge(line, -1, Integer::sum));
    int added = counts.values().stream().filter(count -> count > 0).mapToInt(it -> it).sum();
    int removed = counts.values().stream().filter(count -> count < 0).mapToInt(it -> -it).sum();
    return new LineChange(added, removed);
  }
}
