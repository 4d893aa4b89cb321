package io.tagway.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Function;

/**
 * Replaces {@code ${name}} by what the lookup knows, again inside the result. There is no escape;
 * {@code $name} is plain text.
 */
final class Expansion {
  /** What a value may grow to; a file that doubles a value line by line ends here. */
  private static final int LONGEST = 1 << 20;

  /** References followed for one value. */
  private static final int MOST = 10_000;

  private static final int DEEPEST = 100;

  private final Function<String, String> lookup;
  private final Deque<String> open = new ArrayDeque<>();
  private int followed;

  private Expansion(Function<String, String> lookup) {
    this.lookup = lookup;
  }

  /** Names that the environment lacks are empty. */
  static Reading<String> ofEnvironment(String text, Map<String, String> environment) {
    return new Expansion(name -> environment.getOrDefault(name, "")).expand(text);
  }

  /** Names of keys first, then of environment variables, else empty. */
  static Reading<String> ofKey(
      String key, Map<String, String> values, Map<String, String> environment) {
    Expansion expansion =
        new Expansion(
            name -> {
              String value = values.get(name);
              return value == null ? environment.getOrDefault(name, "") : value;
            });
    expansion.open.addLast(key);
    return expansion.expand(values.getOrDefault(key, ""));
  }

  private Reading<String> expand(String text) {
    StringBuilder whole = new StringBuilder();
    int at = 0;
    while (true) {
      int start = text.indexOf("${", at);
      if (start < 0) {
        return Reading.of(whole.append(text, at, text.length()).toString());
      }
      int end = text.indexOf('}', start);
      if (end < 0) {
        return Reading.unfit("malformed expression", "${NAME} with its closing brace");
      }
      String name = text.substring(start + 2, end);
      if (open.contains(name)) {
        return Reading.unfit(
            "circular reference in: " + String.join(" ", open) + " " + name,
            "references that end somewhere");
      }
      if (open.size() > DEEPEST || ++followed > MOST) {
        return Reading.unfit("too many references", "up to 100 in one another, 10000 in all");
      }
      open.addLast(name);
      Reading<String> inner = expand(lookup.apply(name));
      open.removeLast();
      if (!(inner instanceof Reading.Value<String> good)) {
        return inner;
      }
      whole.append(text, at, start).append(good.value());
      if (whole.length() > LONGEST) {
        return Reading.unfit("too long after replacing references", "up to 1 MiB");
      }
      at = end + 1;
    }
  }
}
