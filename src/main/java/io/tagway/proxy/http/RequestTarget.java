package io.tagway.proxy.http;

/**
 * A request target taken apart (RFC 9112 section 3.2).
 *
 * @param form which of the forms it has
 * @param authority host and port of the absolute form, else empty
 * @param path the path as sent
 * @param query from the question mark on; empty if there is none
 */
record RequestTarget(Form form, String authority, String path, String query) {
  enum Form {
    /** A path, also one cut from the absolute form. */
    PATH,
    /** {@code *}. */
    ASTERISK,
    /** The authority form, or the absolute form without a path: no route can match. */
    NO_PATH,
    /** None of them. */
    BAD
  }

  private static final RequestTarget ASTERISK = new RequestTarget(Form.ASTERISK, "", "", "");
  private static final RequestTarget NO_PATH = new RequestTarget(Form.NO_PATH, "", "", "");
  private static final RequestTarget BAD = new RequestTarget(Form.BAD, "", "", "");

  static RequestTarget parse(String method, String target) {
    if (target.isEmpty() || hasControl(target)) {
      return BAD;
    }
    if (target.charAt(0) == '/') {
      return path("", target);
    }
    if (target.equals("*")) {
      return ASTERISK;
    }
    if (method.equals("CONNECT")) {
      return NO_PATH;
    }
    int colon = target.indexOf("://");
    return colon > 0 && isScheme(target, colon) ? absolute(target.substring(colon + 3)) : BAD;
  }

  private static RequestTarget absolute(String rest) {
    int end = rest.length();
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (c == '/' || c == '?') {
        end = i;
        break;
      }
    }
    String authority = rest.substring(rest.lastIndexOf('@', end - 1) + 1, end);
    if (!HostText.isValid(authority)) {
      return BAD;
    }
    return end < rest.length() && rest.charAt(end) == '/'
        ? path(authority, rest.substring(end))
        : NO_PATH;
  }

  private static RequestTarget path(String authority, String text) {
    int mark = text.indexOf('?');
    String path = mark < 0 ? text : text.substring(0, mark);
    String query = mark < 0 ? "" : text.substring(mark);
    return hasBrokenEscape(path) ? BAD : new RequestTarget(Form.PATH, authority, path, query);
  }

  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasBrokenEscape(String path) {
    for (int i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
      if (i + 2 >= path.length()
          || Character.digit(path.charAt(i + 1), 16) < 0
          || Character.digit(path.charAt(i + 2), 16) < 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isScheme(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (!letter && (i == 0 || !other)) {
        return false;
      }
    }
    return true;
  }
}
