package io.tagway.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a list of entries.
 *
 * <pre>
 *   list   = entry { "," entry }
 *   entry  = part { ";" part }
 *   part   = [ key "=" value ]              only the first part may be a bare text without "="
 *   text   = quoted [ more ] | run up to "," or ";" (in keys and bare texts also "=")
 *   quoted = " ... " or ' ... ' with Go's escapes
 * </pre>
 *
 * Empty parts and entries are skipped. Keys and unquoted values are trimmed. Unlike Fabio, a comma
 * always ends the entry, a part without {@code =} is refused also at the end, single quotes hold
 * any text, and values are trimmed.
 */
final class KeyValueList {

  /** A key and its value; the bare text of an entry has the empty key. */
  record Pair(String key, String value) {}

  /**
   * @param text as written, for messages
   */
  record Entry(String text, List<Pair> pairs) {}

  private static final String FITS = "entries as FIRST;KEY=VALUE;KEY=VALUE, with commas between";

  private final String text;
  private final List<Entry> entries = new ArrayList<>();
  private int at;

  /** Whether the last run had text behind a quoted one. */
  private boolean glued;

  private KeyValueList(String text) {
    this.text = text;
  }

  static Reading<List<Entry>> parse(String text) {
    try {
      return Reading.of(new KeyValueList(text).list());
    } catch (Bad bad) {
      return Reading.unfit(bad.reason, FITS);
    }
  }

  private List<Entry> list() throws Bad {
    while (at < text.length()) {
      int start = at;
      List<Pair> pairs = new ArrayList<>();
      while (at < text.length() && peek() != ',') {
        part(pairs);
        if (at < text.length() && peek() == ';') {
          at++;
        }
      }
      if (!pairs.isEmpty()) {
        entries.add(new Entry(text.substring(start, at).strip(), List.copyOf(pairs)));
      }
      at++;
    }
    return List.copyOf(entries);
  }

  /** Ends in front of a comma, a semicolon or the end. */
  private void part(List<Pair> pairs) throws Bad {
    skipBlanks();
    if (at >= text.length() || peek() == ',' || peek() == ';') {
      return;
    }
    if (peek() == '=') {
      throw new Bad("a value needs a key in front of \"=\"");
    }
    String first = run("=;,");
    if (peek() == '=') {
      at++;
      skipBlanks();
      pairs.add(new Pair(first, run(";,")));
    } else if (glued) {
      throw new Bad("unexpected text behind a quoted one: " + Quoted.of(first));
    } else if (!pairs.isEmpty()) {
      throw new Bad("the key " + Quoted.of(first) + " needs \"=\" and a value");
    } else {
      pairs.add(new Pair("", first));
    }
  }

  /** A text up to one of the ends, without blanks behind it but for those in quotes. */
  private String run(String ends) throws Bad {
    StringBuilder run = new StringBuilder();
    int kept = 0;
    boolean fresh = true;
    boolean quoted = false;
    glued = false;
    while (at < text.length()) {
      char c = peek();
      if (fresh && isQuote(c)) {
        at++;
        run.append(quoted(c));
        kept = run.length();
        quoted = true;
        fresh = false;
      } else if (ends.indexOf(c) >= 0) {
        break;
      } else {
        at++;
        run.append(c);
        fresh = c == '=';
        if (!Character.isWhitespace(c)) {
          kept = run.length();
          glued |= quoted;
        }
      }
    }
    run.setLength(kept);
    return run.toString();
  }

  private String quoted(char quote) throws Bad {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (true) {
      if (at >= text.length()) {
        throw new Bad("unbalanced quotes");
      }
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == quote) {
        return bytes.toString(StandardCharsets.UTF_8);
      } else if (c == '\\') {
        escape(quote, bytes);
      } else if (c == '\n') {
        throw new Bad("invalid escape sequence: a line end in quotes is written \\n");
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void escape(char quote, ByteArrayOutputStream into) throws Bad {
    if (at >= text.length()) {
      throw new Bad("unterminated escape sequence");
    }
    char c = text.charAt(at++);
    switch (c) {
      case 'a' -> into.write(7);
      case 'b' -> into.write('\b');
      case 'f' -> into.write('\f');
      case 'n' -> into.write('\n');
      case 'r' -> into.write('\r');
      case 't' -> into.write('\t');
      case 'v' -> into.write(11);
      case '\\' -> into.write('\\');
      case 'x' -> into.write(digits(2, 16));
      case 'u' -> character(digits(4, 16), into);
      case 'U' -> character(digits(8, 16), into);
      default -> {
        if (c == quote) {
          into.write(c);
        } else if (c >= '0' && c <= '7') {
          at--;
          int octal = digits(3, 8);
          if (octal > 255) {
            throw new Bad("invalid escape sequence");
          }
          into.write(octal);
        } else {
          throw new Bad("invalid escape sequence");
        }
      }
    }
  }

  private static void character(int point, ByteArrayOutputStream into) throws Bad {
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    if (!Character.isValidCodePoint(point) || surrogate) {
      throw new Bad("invalid escape sequence");
    }
    into.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
  }

  private int digits(int count, int radix) throws Bad {
    int value = 0;
    for (int i = 0; i < count; i++) {
      char c = peek();
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      at++;
      if (digit < 0) {
        throw new Bad("invalid escape sequence");
      }
      value = value * radix + digit;
    }
    return value;
  }

  /** The next character, or 0 at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(peek())) {
      at++;
    }
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static final class Bad extends Exception {
    private final String reason;

    Bad(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
