package io.tagway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a value must satisfy besides its type.
 *
 * @param least the smallest value, for the reference; empty where there is none
 * @param fits what is accepted, for the reference and for messages; empty = anything of the type
 * @param complaint what is wrong with a value; empty = nothing
 */
record Rule(String least, String fits, Function<Object, Optional<String>> complaint) {

  static final Rule ANY = new Rule("", "", value -> Optional.empty());

  static Rule between(long least, long most) {
    return rule(
        Long.toString(least),
        least + " to " + most,
        "must be between " + least + " and " + most,
        value -> (Long) value >= least && (Long) value <= most);
  }

  static Rule ofInt() {
    return rule(
        "",
        "",
        "must fit into 32 bits",
        value -> (Long) value >= Integer.MIN_VALUE && (Long) value <= Integer.MAX_VALUE);
  }

  static Rule notNegative() {
    return rule(
        "0", "0 or more", "must not be negative", value -> !((Duration) value).isNegative());
  }

  static Rule aboveZero() {
    return rule(
        "1ns",
        "above 0",
        "must be above 0",
        value -> !((Duration) value).isNegative() && !((Duration) value).isZero());
  }

  static Rule oneOf(String... words) {
    List<String> known = List.of(words);
    return new Rule(
        "",
        sentence(known, "or"),
        value ->
            known.contains(value)
                ? Optional.empty()
                : Optional.of("unknown value" + Nearest.question((String) value, known, "")));
  }

  /** Like {@link #oneOf} in any case. */
  static Rule oneOfAnyCase(String... words) {
    List<String> known = List.of(words);
    return new Rule(
        "",
        sentence(known, "or") + ", in any case",
        value ->
            known.stream().anyMatch(word -> word.equalsIgnoreCase((String) value))
                ? Optional.empty()
                : Optional.of("unknown value" + Nearest.question((String) value, known, "")));
  }

  /** A list of at least one of these words. */
  static Rule someOf(String... words) {
    List<String> known = List.of(words);
    return new Rule(
        "",
        "one or more of " + sentence(known, "and"),
        value -> {
          List<?> written = (List<?>) value;
          if (written.isEmpty()) {
            return Optional.of("must not be empty");
          }
          return written.stream()
              .filter(word -> !known.contains(word))
              .findFirst()
              .map(
                  word ->
                      "unknown value "
                          + Quoted.of((String) word)
                          + Nearest.question((String) word, known, ""));
        });
  }

  static Rule pathOrEmpty() {
    return rule(
        "",
        "empty, or a path that starts with /",
        "must start with /",
        value -> ((String) value).isEmpty() || ((String) value).startsWith("/"));
  }

  static Rule path() {
    return rule(
        "",
        "a path that starts with /",
        "must start with /",
        value -> ((String) value).startsWith("/"));
  }

  static Rule ascending() {
    return rule(
        "",
        "numbers, each above the one before",
        "must be in ascending order",
        value -> {
          List<?> numbers = (List<?>) value;
          for (int i = 1; i < numbers.size(); i++) {
            if ((Double) numbers.get(i) <= (Double) numbers.get(i - 1)) {
              return false;
            }
          }
          return true;
        });
  }

  static Rule regularExpression() {
    return new Rule(
        "",
        "empty, or a regular expression",
        value -> {
          try {
            Pattern.compile((String) value);
            return Optional.empty();
          } catch (PatternSyntaxException bad) {
            return Optional.of("invalid expression for content types: " + bad.getDescription());
          }
        });
  }

  /** A text with {@code {{.Field}}} and {@code {{clean .Field}}} for some of the fields. */
  static Rule template(String... fields) {
    List<String> known = List.of(fields);
    return new Rule(
        "",
        "text with {{.F}} or {{clean .F}}, where F is " + sentence(known, "or"),
        value -> NameTemplate.complaint((String) value, known));
  }

  private static Rule rule(
      String least, String fits, String complaint, Function<Object, Boolean> holds) {
    return new Rule(
        least, fits, value -> holds.apply(value) ? Optional.empty() : Optional.of(complaint));
  }

  private static String sentence(List<String> known, String last) {
    List<String> words = known.stream().map(word -> word.isEmpty() ? "empty" : word).toList();
    int n = words.size();
    return n == 1
        ? words.get(0)
        : String.join(", ", words.subList(0, n - 1)) + " " + last + " " + words.get(n - 1);
  }
}
