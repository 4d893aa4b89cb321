package io.tagway.route;

/**
 * Replaces {@code $name} and <code>${name}</code> as a shell would, where DC is the only name with
 * a value; every other name gives nothing. A name is the longest run of letters, digits and {@code
 * _}, or one of {@code * # $ @ ! ? -} or one digit.
 */
final class Variables {
  private static final String ONE_CHARACTER_NAMES = "*#$@!?-0123456789";

  private final String datacenter;

  Variables(String datacenter) {
    this.datacenter = datacenter;
  }

  String expand(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
      out.append(text, at, dollar);
      int start = dollar + 1;
      int end = nameEnd(text, start);
      if (text.startsWith("{", start)) {
        int brace = text.indexOf('}', start);
        // Without its end the brace is dropped and what follows is plain text.
        out.append(brace < 0 ? "" : value(text.substring(start + 1, brace)));
        at = brace < 0 ? start + 1 : brace + 1;
      } else if (end == start) {
        out.append('$');
        at = start;
      } else {
        out.append(value(text.substring(start, end)));
        at = end;
      }
    }
    return out.append(text, at, text.length()).toString();
  }

  private String value(String name) {
    return name.equals("DC") ? datacenter : "";
  }

  private static int nameEnd(String text, int start) {
    if (start < text.length() && ONE_CHARACTER_NAMES.indexOf(text.charAt(start)) >= 0) {
      return start + 1;
    }
    int end = start;
    while (end < text.length() && inName(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean inName(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }
}
