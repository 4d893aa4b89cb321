package io.tagway.proxy.http;

/** Reads the text of a Host header. */
final class HostText {
  private static final boolean[] ALLOWED = new boolean[128];

  static {
    // Unreserved characters, sub-delims, and what a port or an IP literal needs: RFC 3986 3.2.2.
    String others = "-._~!$&'()*+,;=:[]%";
    for (int c = 0; c < ALLOWED.length; c++) {
      ALLOWED[c] =
          (c >= '0' && c <= '9')
              || (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || others.indexOf(c) >= 0;
    }
  }

  private HostText() {}

  /** Whether only characters occur that a host can have; an empty text is valid. */
  static boolean isValid(CharSequence host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c >= ALLOWED.length || !ALLOWED[c]) {
        return false;
      }
    }
    return true;
  }

  /** The text of the port, empty if there is none. An IPv6 address keeps its colons to itself. */
  static String port(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || colon < host.lastIndexOf(']') ? "" : host.substring(colon + 1);
  }
}
