package io.tagway.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The quoted parts of a command. A quote inside is written twice, as in SQL and CSV: Fabio refuses
 * such a text, so every text that Fabio reads means here what it means there. A backslash is a
 * character like any other.
 */
final class Quoted {
  private Quoted() {}

  /** Blank for one empty tag, since the empty text means no tags. */
  static String tags(List<String> tags) {
    String joined = String.join(",", tags);
    return text(joined.isEmpty() && !tags.isEmpty() ? " " : joined);
  }

  static String options(Map<String, String> options) {
    StringJoiner joined = new StringJoiner(" ");
    options.forEach((name, value) -> joined.add(name + "=" + value));
    return text(joined.toString());
  }

  private static String text(String plain) {
    return '"' + plain.replace("\"", "\"\"") + '"';
  }

  /** Tags from what stands between the quotes: none for the empty text, else cut at commas. */
  static List<String> readTags(String text) {
    List<String> tags = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String tag : text.split(",", -1)) {
        tags.add(WhiteSpace.trim(tag));
      }
    }
    return tags;
  }

  /** Options from what stands between the quotes; of a repeated name the last counts. */
  static Map<String, String> readOptions(String text) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String field : WhiteSpace.fields(text)) {
      int cut = field.indexOf('=');
      options.put(
          cut < 0 ? field : field.substring(0, cut), cut < 0 ? "" : field.substring(cut + 1));
    }
    return options;
  }
}
