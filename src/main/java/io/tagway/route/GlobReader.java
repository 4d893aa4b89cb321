package io.tagway.route;

import java.util.ArrayList;
import java.util.List;

/** Reads a pattern into flat sequences, one for each combination of its alternatives. */
final class GlobReader {
  private static final String FITS =
      "* ? [abc] [a-z] [!abc] {x,y}, and \\ before a character that should mean itself";
  private static final int MOST_COMBINATIONS = 1000;

  private final String pattern;
  private int at;

  private GlobReader(String pattern) {
    this.pattern = pattern;
  }

  static List<List<GlobPart>> read(String pattern) throws Unfit {
    return new GlobReader(pattern).sequences(false);
  }

  /** Up to the end, or to the comma or brace that ends an alternative. */
  private List<List<GlobPart>> sequences(boolean alternative) throws Unfit {
    List<List<GlobPart>> read = List.of(List.of());
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (alternative && (c == ',' || c == '}')) {
        break;
      }
      read = combined(read, c == '{' ? alternatives() : List.of(List.of(part())));
    }
    return read;
  }

  /** Everything between braces; a missing closing brace is taken to be at the end. */
  private List<List<GlobPart>> alternatives() throws Unfit {
    List<List<GlobPart>> all = new ArrayList<>();
    do {
      at++;
      all.addAll(sequences(true));
    } while (at < pattern.length() && pattern.charAt(at) == ',');
    at++;
    return all;
  }

  private List<List<GlobPart>> combined(List<List<GlobPart>> fronts, List<List<GlobPart>> backs)
      throws Unfit {
    if ((long) fronts.size() * backs.size() > MOST_COMBINATIONS) {
      throw new Unfit(
          "more than " + MOST_COMBINATIONS + " alternatives in '" + pattern + "'", FITS);
    }
    List<List<GlobPart>> combined = new ArrayList<>();
    for (List<GlobPart> front : fronts) {
      for (List<GlobPart> back : backs) {
        List<GlobPart> both = new ArrayList<>(front);
        both.addAll(back);
        combined.add(both);
      }
    }
    return combined;
  }

  private GlobPart part() throws Unfit {
    int c = next();
    return switch (c) {
      case '*' -> GlobPart.STAR;
      case '?' -> GlobPart.ANY;
      case '[' -> charClass();
      case '\\' -> new GlobPart.Literal(next());
      default -> new GlobPart.Literal(c);
    };
  }

  private GlobPart charClass() throws Unfit {
    boolean negated = at < pattern.length() && pattern.charAt(at) == '!';
    at += negated ? 1 : 0;
    StringBuilder listed = new StringBuilder();
    int hyphen = -1;
    for (int c = next(); c != ']'; c = next()) {
      hyphen = c == '-' && hyphen < 0 ? listed.length() : hyphen;
      listed.appendCodePoint(c == '\\' ? next() : c);
    }
    if (hyphen < 0 && !listed.isEmpty()) {
      return new GlobPart.Listed(listed.toString(), negated);
    }
    int[] range = listed.codePoints().toArray();
    if (range.length != 3 || range[1] != '-' || range[2] == '-') {
      throw new Unfit("could not parse range [" + listed + "] in '" + pattern + "'", FITS);
    }
    if (range[2] < range[0]) {
      String high = Character.toString(range[2]);
      String low = Character.toString(range[0]);
      throw new Unfit("hi character '" + high + "' should be greater than lo '" + low + "'", FITS);
    }
    return new GlobPart.Range(range[0], range[2], negated);
  }

  private int next() throws Unfit {
    if (at == pattern.length()) {
      throw new Unfit("unexpected end of input in '" + pattern + "'", FITS);
    }
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }
}
