package io.tagway.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A template of metrics.prefix or metrics.names: text with <code>{{.Field}}</code> and <code>
 * {{clean .Field}}</code>, where <code>{{-</code> and <code>-}}</code> cut the white space beside
 * them. The configuration has checked that it is nothing else.
 */
final class NameParts {
  /**
   * @param field empty if it is text
   */
  private record Part(String text, String field, boolean clean) {}

  private final List<Part> parts = new ArrayList<>();

  NameParts(String template) {
    int at = 0;
    boolean cut = false;
    for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", at)) {
      int close = template.indexOf("}}", open);
      String action = template.substring(open + 2, close);
      String before = template.substring(at, open);
      before = cut ? before.stripLeading() : before;
      text(action.startsWith("- ") ? before.stripTrailing() : before);
      cut = action.endsWith(" -");
      String inner = action.replaceFirst("^- ", "").replaceFirst(" -$", "").strip();
      String field = inner.substring(inner.indexOf('.') + 1);
      parts.add(new Part("", field, inner.startsWith("clean")));
      at = close + 2;
    }
    String rest = template.substring(at);
    text(cut ? rest.stripLeading() : rest);
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      parts.add(new Part(text, "", false));
    }
  }

  /**
   * The name with its fields filled in.
   *
   * @param fields the value of each field by its name
   */
  String fill(UnaryOperator<String> fields) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      String value = part.field.isEmpty() ? part.text : fields.apply(part.field);
      out.append(part.clean ? clean(value) : value);
    }
    return out.toString();
  }

  /** Small letters, {@code _} for dots and colons; {@code _} for nothing. */
  static String clean(String text) {
    return text.isEmpty() ? "_" : text.toLowerCase(Locale.ROOT).replace('.', '_').replace(':', '_');
  }
}
