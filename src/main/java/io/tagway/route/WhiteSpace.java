package io.tagway.route;

import java.util.ArrayList;
import java.util.List;

/**
 * Blanks. Lines and tags are trimmed of all Unicode white space; words end at ASCII blanks only.
 */
final class WhiteSpace {
  private WhiteSpace() {}

  /** Unicode White_Space; all of it lies in the basic plane. */
  static boolean is(char c) {
    return switch (c) {
      case ' ', '\t', '\n', '\u000b', '\f', '\r', '\u0085', '\u00a0', '\u1680' -> true;
      case '\u2028', '\u2029', '\u202f', '\u205f', '\u3000' -> true;
      default -> c >= '\u2000' && c <= '\u200a';
    };
  }

  /** Whether a word of the route language ends here. */
  static boolean endsWord(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
  }

  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && is(text.charAt(start))) {
      start++;
    }
    while (end > start && is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Index of the first white space, or the length of the text. */
  static int firstIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (is(text.charAt(i))) {
        return i;
      }
    }
    return text.length();
  }

  /** The parts between white space; none for a blank text. */
  static List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    String rest = trim(text);
    while (!rest.isEmpty()) {
      int end = firstIn(rest);
      fields.add(rest.substring(0, end));
      rest = trim(rest.substring(end));
    }
    return fields;
  }
}
