package io.tagway.admin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * JSON in the byte form of Go's encoding/json, which scripts written for Fabio may depend on: the
 * characters that mean something to HTML are escaped, and a number has as few digits as identify
 * it.
 */
final class GoJson {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final String INDENT = "    ";

  private GoJson() {}

  /** Appends a text as a JSON string. */
  static StringBuilder string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        character(out, c);
      }
    }
    return out.append('"');
  }

  private static void character(StringBuilder out, char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (Character.isSurrogate(c)) {
          out.append("\\ufffd");
        } else if (c < ' ' || escapedForHtml(c)) {
          escape(out, c);
        } else {
          out.append(c);
        }
      }
    }
  }

  /** The two line separators are legal in JSON, but not in older JavaScript. */
  private static boolean escapedForHtml(char c) {
    return c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
  }

  private static void escape(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX[(c >> shift) & 0xf]);
    }
  }

  /** Appends a finite number with the fewest digits that read back as the same double. */
  static StringBuilder number(StringBuilder out, double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return out.append((long) value);
    }
    BigDecimal shortest = shortest(value);
    double size = Math.abs(value);
    if (size >= 1e-6 && size < 1e21) {
      return out.append(shortest.toPlainString());
    }
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = shortest.precision() - shortest.scale() - 1;
    out.append(value < 0 ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    return out.append(String.format(Locale.ROOT, "e%+d", exponent));
  }

  /** Double.toString of JDK 17 may give a digit too many (JDK-4511638), so it is only a start. */
  private static BigDecimal shortest(double value) {
    BigDecimal found = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal exact = new BigDecimal(value);
    for (int digits = found.precision(); digits > 0; digits--) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        found = rounded.stripTrailingZeros();
      } else if (digits < found.precision()) {
        break;
      }
    }
    return found;
  }

  /** A valid JSON text without white space between its parts. */
  static String compact(String json) {
    StringBuilder out = new StringBuilder(json.length());
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted && c == '\\') {
        out.append(c).append(json.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
        out.append(c);
      } else if (quoted && escapedForHtml(c)) {
        escape(out, c);
      } else if (quoted || !isBlank(c)) {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** A compact JSON text with each member and element on its own line, four blanks a level. */
  static String indented(String compact) {
    StringBuilder out = new StringBuilder(compact.length() * 2);
    int level = 0;
    boolean quoted = false;
    for (int i = 0; i < compact.length(); i++) {
      char c = compact.charAt(i);
      if (quoted) {
        out.append(c);
        if (c == '\\') {
          out.append(compact.charAt(++i));
        } else if (c == '"') {
          quoted = false;
        }
        continue;
      }
      switch (c) {
        case '"' -> {
          quoted = true;
          out.append(c);
        }
        case '{', '[' -> {
          out.append(c);
          char next = compact.charAt(i + 1);
          if (next == '}' || next == ']') {
            out.append(next);
            i++;
          } else {
            line(out, ++level);
          }
        }
        case '}', ']' -> {
          line(out, --level);
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          line(out, level);
        }
        case ':' -> out.append(": ");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static void line(StringBuilder out, int level) {
    out.append('\n').append(INDENT.repeat(level));
  }
}
