package io.tagway.route;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent escapes in paths and hosts, RFC 3986 section 2. */
final class Escapes {
  private static final String HEX = "0123456789ABCDEF";
  private static final boolean[] IN_SPELLING = letterOrDigit("-_.~!$&'()*+,;=:@/[]");
  private static final boolean[] IN_FRESH_PATH = letterOrDigit("-_.~$&+,/:;=@");
  private static final boolean[] IN_HOST = letterOrDigit("-_.~!$&'()*+,;=:[]<>\"");

  private Escapes() {}

  /** Whether the character may stand unescaped in the path that a client spelled. */
  static boolean spellable(char c) {
    return c < 128 && IN_SPELLING[c];
  }

  /** Whether the character may stand unescaped in a host. */
  static boolean inHost(char c) {
    return c < 128 && IN_HOST[c];
  }

  /** Whether every percent sign starts an escape. */
  static boolean wellFormed(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      if (byteAt(text, i) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The value of the escape at i; -1 if there is none. */
  static int byteAt(String text, int i) {
    if (text.charAt(i) != '%' || i + 2 >= text.length()) {
      return -1;
    }
    int high = digit(text.charAt(i + 1));
    int low = digit(text.charAt(i + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Plain text as a path: whatever could mean something else is escaped. */
  static String path(String plain) {
    return escape(plain, IN_FRESH_PATH);
  }

  /** A path as somebody spelled it, with what must be escaped and was not. */
  static String spelled(String path) {
    boolean ready = true;
    for (int i = 0; i < path.length() && ready; i++) {
      ready = spellable(path.charAt(i));
    }
    if (ready) {
      return path;
    }
    StringBuilder out = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean keep = spellable(c) || byteAt(path, i) >= 0;
      if (keep) {
        out.append(c);
      } else {
        int end = Character.isHighSurrogate(c) && i + 1 < path.length() ? i + 2 : i + 1;
        out.append(escape(path.substring(i, end), IN_FRESH_PATH));
        i = end - 1;
      }
    }
    return out.toString();
  }

  static String host(String plain) {
    return escape(plain, IN_HOST);
  }

  /** Decodes every well-formed escape, once. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      int escaped = byteAt(text, i);
      if (escaped >= 0) {
        bytes.write(escaped);
        i += 2;
      } else {
        int end =
            Character.isHighSurrogate(text.charAt(i)) ? Math.min(i + 2, text.length()) : i + 1;
        bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end - 1;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The escape for a byte. */
  static String of(int value) {
    return "%" + HEX.charAt(value >> 4 & 15) + HEX.charAt(value & 15);
  }

  private static String escape(String plain, boolean[] kept) {
    StringBuilder out = new StringBuilder(plain.length());
    for (byte b : plain.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 0 && kept[b]) {
        out.append((char) b);
      } else {
        out.append(of(b & 0xff));
      }
    }
    return out.toString();
  }

  private static int digit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static boolean[] letterOrDigit(String others) {
    boolean[] set = new boolean[128];
    for (char c = 0; c < 128; c++) {
      set[c] = Character.isLetterOrDigit(c) || others.indexOf(c) >= 0;
    }
    return set;
  }
}
