package io.tagway.proxy;

/** Reads a {@code Forwarded} header, RFC 7239 section 4. */
public final class ForwardedText {
  private ForwardedText() {}

  /** The value of the first {@code proto} parameter, empty if there is none. */
  public static String proto(String line) {
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i <= line.length(); i++) {
      char c = i < line.length() ? line.charAt(i) : ';';
      if (c == '"') {
        quoted = !quoted;
      }
      if ((c == ';' || c == ',') && (!quoted || i == line.length())) {
        String value = protoOf(line.substring(start, i).trim());
        if (!value.isEmpty()) {
          return value;
        }
        start = i + 1;
      }
    }
    return "";
  }

  private static String protoOf(String pair) {
    if (!pair.regionMatches(true, 0, "proto=", 0, 6)) {
      return "";
    }
    String value = pair.substring(6);
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
