package io.tagway.route;

import org.jspecify.annotations.Nullable;

/** Takes words, keywords and quoted texts off the front of one line. */
final class LineReader {
  private final String line;
  private int at;

  LineReader(String line) {
    this.line = line;
  }

  /** The place, to come back to with {@link #back}. */
  int mark() {
    return at;
  }

  void back(int mark) {
    at = mark;
  }

  boolean atEnd() {
    skipBlanks();
    return at == line.length();
  }

  /** The next word; null at the end. */
  @Nullable String word() {
    skipBlanks();
    int start = at;
    while (at < line.length() && !WhiteSpace.endsWord(line.charAt(at))) {
      at++;
    }
    return at == start ? null : line.substring(start, at);
  }

  /** Takes the next word if it is this one. */
  boolean keyword(String keyword) {
    int start = at;
    if (keyword.equals(word())) {
      return true;
    }
    at = start;
    return false;
  }

  /** A quoted text that ends before a blank or the end of the line; null if there is none. */
  @Nullable String quoted() {
    skipBlanks();
    if (at == line.length() || line.charAt(at) != '"') {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = at + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '"') {
        text.append(c);
      } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
        text.append(c);
        i++;
      } else if (i + 1 == line.length() || WhiteSpace.endsWord(line.charAt(i + 1))) {
        at = i + 1;
        return text.toString();
      } else {
        return null;
      }
    }
    return null;
  }

  private void skipBlanks() {
    while (at < line.length() && WhiteSpace.endsWord(line.charAt(at))) {
      at++;
    }
  }
}
