package io.tagway.metrics;

/** Keeps names and tags from ending early: they hold texts that somebody else has chosen. */
final class Unbroken {
  private Unbroken() {}

  /** For StatsD and Graphite: no white space, nothing that ends a name. */
  static String name(String text) {
    return replace(text, ":|@#");
  }

  /** For Datadog's tags: no white space, nothing that ends a tag. */
  static String tag(String text) {
    return replace(text, ",|#");
  }

  private static String replace(String text, String unfit) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter <= ' ' || letter == 0x7f || unfit.indexOf(letter) >= 0) {
        out = out == null ? new StringBuilder(text) : out;
        out.setCharAt(i, '_');
      }
    }
    return out == null ? text : out.toString();
  }
}
