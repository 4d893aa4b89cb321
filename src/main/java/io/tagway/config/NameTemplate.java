package io.tagway.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the part of Go's template language that metric names use: literal text and actions <code>
 * {{.Field}}</code> or <code>{{clean .Field}}</code>, with the trims <code>{{-</code> and <code>
 * -}}</code>.
 */
final class NameTemplate {
  private static final Pattern ACTION =
      Pattern.compile("(?:- )?\\s*(?:clean\\s+)?\\.([A-Za-z.]+)\\s*(?: -)?");

  private NameTemplate() {}

  /** What is wrong with the template; empty = nothing. */
  static Optional<String> complaint(String template, List<String> fields) {
    int at = 0;
    while (true) {
      int open = template.indexOf("{{", at);
      if (open < 0) {
        return Optional.empty();
      }
      int close = template.indexOf("}}", open);
      if (close < 0) {
        return Optional.of("invalid template: {{ is not closed");
      }
      String action = template.substring(open + 2, close);
      Matcher known = ACTION.matcher(action);
      if (!known.matches()) {
        return Optional.of("invalid template: cannot read {{" + action + "}}");
      }
      if (!fields.contains(known.group(1))) {
        return Optional.of("invalid template: unknown field ." + known.group(1));
      }
      at = close + 2;
    }
  }
}
