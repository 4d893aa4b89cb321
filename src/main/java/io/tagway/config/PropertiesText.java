package io.tagway.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text of a properties file.
 *
 * <pre>
 *   line  = blanks ( "#" | "!" ) anything        a comment
 *         | blanks key [ delimiter value ]
 *   delimiter = blanks with at most one "=" or ":" among them
 * </pre>
 *
 * Lines end with LF, CR or CRLF; a backslash before the end joins the next line without its indent.
 * Escapes: {@code \n \r \t \f \}{@code uXXXX}; any other escaped character stands for itself.
 * Unlike Fabio, a byte order mark and blanks behind a value are dropped, and joining works in files
 * with CRLF.
 */
final class PropertiesText {

  /**
   * @param line where it starts, counted from 1
   */
  record Entry(String key, String value, int line) {}

  /**
   * @param problems each with the number of its line
   */
  record Result(List<Entry> entries, List<String> problems) {}

  private static final int END = -1;

  private final String text;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int at;
  private int line = 1;

  private PropertiesText(String text) {
    this.text = text;
  }

  static Result parse(String text) {
    PropertiesText file = new PropertiesText(text.startsWith("\ufeff") ? text.substring(1) : text);
    file.run();
    return new Result(List.copyOf(file.entries), List.copyOf(file.problems));
  }

  private void run() {
    while (at < text.length()) {
      skipBlanks();
      int c = peek();
      if (c == END) {
        return;
      } else if (isLineEnd(c)) {
        lineEnd();
      } else if (c == '#' || c == '!') {
        skipLine();
      } else {
        int start = line;
        try {
          property(start);
        } catch (Bad bad) {
          problems.add("properties: Line " + start + ": " + bad.reason);
          skipLine();
        }
      }
    }
  }

  private void property(int start) throws Bad {
    String key = key();
    if (key.isEmpty()) {
      throw new Bad("a line must start with a key, not with a delimiter");
    }
    skipBlanks();
    if (peek() == '=' || peek() == ':') {
      at++;
      skipBlanks();
    }
    entries.add(new Entry(key, value(), start));
  }

  private String key() throws Bad {
    StringBuilder key = new StringBuilder();
    while (true) {
      int c = peek();
      if (c == END || isLineEnd(c) || isBlank(c) || c == '=' || c == ':') {
        return key.toString();
      } else if (c == '\\') {
        escape(key);
      } else {
        key.append((char) c);
        at++;
      }
    }
  }

  private String value() throws Bad {
    StringBuilder value = new StringBuilder();
    int kept = 0;
    while (true) {
      int c = peek();
      if (c == END || isLineEnd(c)) {
        lineEnd();
        value.setLength(kept);
        return value.toString();
      } else if (c == '\\') {
        if (escape(value)) {
          kept = value.length();
        }
      } else {
        value.append((char) c);
        at++;
        kept = isBlank(c) ? kept : value.length();
      }
    }
  }

  /** Returns whether a character was added, which then is not a blank to be dropped. */
  private boolean escape(StringBuilder into) throws Bad {
    at++;
    int c = peek();
    if (c == END) {
      throw new Bad("premature EOF");
    }
    if (isLineEnd(c)) {
      lineEnd();
      skipBlanks();
      return false;
    }
    at++;
    switch (c) {
      case 'n' -> into.append('\n');
      case 'r' -> into.append('\r');
      case 't' -> into.append('\t');
      case 'f' -> into.append('\f');
      case 'u' -> into.append(unicode());
      default -> into.append((char) c);
    }
    return true;
  }

  private char unicode() throws Bad {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int c = peek();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new Bad("invalid unicode literal");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private void skipBlanks() {
    while (isBlank(peek())) {
      at++;
    }
  }

  private void skipLine() {
    while (peek() != END && !isLineEnd(peek())) {
      at++;
    }
    lineEnd();
  }

  /** Steps over one LF, CR or CRLF. */
  private void lineEnd() {
    int c = peek();
    if (c == END) {
      return;
    }
    at++;
    line++;
    if (c == '\r' && peek() == '\n') {
      at++;
    }
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  /** Leaves one line; the next one is read as if nothing had happened. */
  private static final class Bad extends Exception {
    private final String reason;

    Bad(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
