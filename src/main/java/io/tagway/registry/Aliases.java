package io.tagway.registry;

import io.tagway.route.Command;
import io.tagway.route.Line;
import io.tagway.route.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts the names that {@code register=} of {@code route add} lines asks for, so that a change
 * costs no walk over all routes. Lines that cannot be read ask for nothing and take nothing away
 * from others.
 */
final class Aliases {
  private static final String OPTION = "register";

  private final Map<String, Integer> counts = new TreeMap<>();

  /** Takes lines in the place of others; true if the names differ now. */
  boolean replace(Iterable<List<Line>> before, Iterable<List<Line>> after) {
    Set<String> old = names();
    before.forEach(lines -> lines.forEach(line -> count(line, -1)));
    after.forEach(lines -> lines.forEach(line -> count(line, 1)));
    counts.values().removeIf(count -> count == 0);
    return !old.equals(counts.keySet());
  }

  Set<String> names() {
    return Set.copyOf(counts.keySet());
  }

  private void count(Line line, int by) {
    if (line.command() instanceof Command.Add add) {
      String name = add.options().getOrDefault(OPTION, "");
      if (!name.isEmpty()) {
        counts.merge(name, by, Integer::sum);
      }
    }
  }

  /** Lines that ask for a name without saying which. */
  static List<Problem> nameless(List<Line> lines) {
    List<Problem> problems = new ArrayList<>();
    for (Line line : lines) {
      if (line.command() instanceof Command.Add add
          && add.options().getOrDefault(OPTION, "-").isEmpty()) {
        problems.add(
            new Problem(
                line.origin(), OPTION + "=", "no name to register", OPTION + "=<service name>"));
      }
    }
    return problems;
  }
}
