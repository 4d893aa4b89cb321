package io.tagway.registry;

import io.tagway.route.Line;
import io.tagway.route.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes table changes as {@code log.routes.format} asks for. */
final class RouteLog {
  private static final System.Logger LOG = System.getLogger(RouteLog.class.getName());
  private static final System.Logger.Level INFO = System.Logger.Level.INFO;

  private final String format;

  /**
   * @param format delta, all or detail; anything else acts as delta with a warning each time
   */
  RouteLog(String format) {
    this.format = format;
  }

  /**
   * Tells of a new table. With delta the work grows with what changed and not with the table.
   *
   * @param before commands replaced, by service, the manual ones under an empty name
   * @param after commands in their place
   */
  void tell(Table table, Map<String, List<Line>> before, Map<String, List<Line>> after) {
    switch (format) {
      case "all" -> LOG.log(INFO, () -> "Updated config to\n" + table.text());
      case "detail" -> LOG.log(INFO, () -> "Updated config to\n" + table.tree().stripTrailing());
      default -> {
        if (!format.equals("delta")) {
          LOG.log(
              System.Logger.Level.WARNING,
              "Invalid route format \"" + format + "\". Defaulting to \"delta\"");
        }
        if (LOG.isLoggable(INFO)) {
          List<String> delta = delta(before, after);
          if (!delta.isEmpty()) {
            LOG.log(INFO, "Config updates\n" + String.join("\n", delta));
          }
        }
      }
    }
  }

  /** Lines taken away and lines added, sorted by their text so that related ones meet. */
  static List<String> delta(Map<String, List<Line>> before, Map<String, List<Line>> after) {
    Map<String, Integer> counts = new HashMap<>();
    before.values().forEach(lines -> lines.forEach(line -> count(counts, line, -1)));
    after.values().forEach(lines -> lines.forEach(line -> count(counts, line, 1)));
    List<String> texts = new ArrayList<>(counts.keySet());
    texts.sort(null);
    List<String> delta = new ArrayList<>();
    for (String text : texts) {
      int count = counts.getOrDefault(text, 0);
      for (int i = 0; i < Math.abs(count); i++) {
        delta.add((count < 0 ? "- " : "+ ") + text);
      }
    }
    return delta;
  }

  private static void count(Map<String, Integer> counts, Line line, int by) {
    counts.merge(line.command().print(), by, Integer::sum);
  }
}
