package io.tagway.route;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for a whole text: {@code *} and {@code **} any run of characters, {@code ?} one
 * character, {@code [abc]}, {@code [a-z]}, {@code [!abc]} one of a class, <code>{x,y}</code> either
 * text, {@code \c} the character itself. No character is a separator. Alternatives are multiplied
 * out when the pattern is read, so that matching never goes back further than to the last star.
 */
final class Glob {
  private final GlobPart[][] sequences;

  private Glob(GlobPart[][] sequences) {
    this.sequences = sequences;
  }

  static Glob of(String pattern) throws Unfit {
    List<GlobPart[]> sequences = new ArrayList<>();
    for (List<GlobPart> parts : GlobReader.read(pattern)) {
      sequences.add(parts.toArray(GlobPart[]::new));
    }
    return new Glob(sequences.toArray(GlobPart[][]::new));
  }

  /** Whether the text could mean anything but itself. */
  static boolean isPattern(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("*?[{\\".indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  boolean matches(String text) {
    for (GlobPart[] sequence : sequences) {
      if (matches(sequence, text)) {
        return true;
      }
    }
    return false;
  }

  /** Each star first takes nothing; on a mismatch the last one takes one character more. */
  private static boolean matches(GlobPart[] parts, String text) {
    int part = 0;
    int at = 0;
    int afterStar = -1;
    int starEnd = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (part < parts.length && parts[part] == GlobPart.STAR) {
        afterStar = ++part;
        starEnd = at;
      } else if (part < parts.length && parts[part].takes(c)) {
        part++;
        at += Character.charCount(c);
      } else if (afterStar >= 0) {
        part = afterStar;
        starEnd += Character.charCount(text.codePointAt(starEnd));
        at = starEnd;
      } else {
        return false;
      }
    }
    while (part < parts.length && parts[part] == GlobPart.STAR) {
      part++;
    }
    return part == parts.length;
  }

  /** What every matching text starts with. */
  String prefix() {
    String common = prefix(sequences[0]);
    for (GlobPart[] sequence : sequences) {
      String other = prefix(sequence);
      int same = 0;
      while (same < Math.min(common.length(), other.length())
          && common.charAt(same) == other.charAt(same)) {
        same++;
      }
      common = common.substring(0, same);
    }
    return common;
  }

  private static String prefix(GlobPart[] parts) {
    StringBuilder prefix = new StringBuilder();
    for (GlobPart part : parts) {
      if (!(part instanceof GlobPart.Literal literal)) {
        break;
      }
      prefix.appendCodePoint(literal.codePoint());
    }
    return prefix.toString();
  }

  /** How many characters of a matching text are given, at least. */
  int literals() {
    int fewest = Integer.MAX_VALUE;
    for (GlobPart[] sequence : sequences) {
      int literals = 0;
      for (GlobPart part : sequence) {
        literals += part instanceof GlobPart.Literal ? 1 : 0;
      }
      fewest = Math.min(fewest, literals);
    }
    return fewest;
  }
}
