package io.tagway.route;

import java.util.Locale;

/**
 * The URL of an instance in normal form: scheme in lower case, the rest as written, with escapes
 * where a path needs them. Reads what Go's {@code net/url} reads, which is more than {@link
 * java.net.URI} does; an opaque URL ({@code box:8080}) is refused.
 *
 * @param text the whole URL
 * @param scheme lower case; empty for a relative URL
 * @param authority host and port as written, without user
 * @param path as spelled; may be empty
 * @param query with its {@code ?}; empty if there is none
 */
record Destination(String text, String scheme, String authority, String path, String query) {
  /** No URL at all. */
  static final Destination NONE = new Destination("", "", "", "", "");

  private static final String FITS =
      "a URL such as http://10.0.0.1:8080/, https://box.example.org or tcp://10.0.0.1:5432";

  static Destination of(String url) throws Unfit {
    if (url.isEmpty()) {
      throw new Unfit("route: target must not be empty", FITS);
    }
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) <= ' ' || url.charAt(i) == 0x7f) {
        throw refused(url, "invalid control character or blank in URL");
      }
    }
    int hash = end(url, '#', 0, url.length());
    int schemeEnd = schemeEnd(url, hash);
    int mark = end(url, '?', 0, hash);
    int start = schemeEnd + 1;
    boolean relative = schemeEnd < 0;
    if (!relative && !url.startsWith("/", start)) {
      throw refused(url, "no host: // expected behind the scheme");
    }
    if (relative && url.indexOf(':') >= 0 && url.indexOf(':') < end(url, '/', 0, mark)) {
      throw refused(url, "first path segment in URL cannot contain colon");
    }
    boolean hasAuthority = url.startsWith("//", start) && !(relative && url.startsWith("///"));
    int pathStart = hasAuthority ? end(url, '/', start + 2, mark) : start;
    int hostStart = hasAuthority ? Math.max(start + 2, url.lastIndexOf('@', pathStart) + 1) : start;
    String authority = url.substring(hostStart, pathStart);
    checkAuthority(url, authority);
    String written = url.substring(pathStart, mark);
    if (!Escapes.wellFormed(written) || !Escapes.wellFormed(url.substring(hash))) {
      throw refused(url, "invalid URL escape");
    }
    String scheme = relative ? "" : shared(url.substring(0, schemeEnd).toLowerCase(Locale.ROOT));
    String path = shared(Escapes.spelled(written));
    boolean normal = url.startsWith(scheme) && path.equals(written);
    String text =
        normal
            ? url
            : scheme + url.substring(scheme.length(), pathStart) + path + url.substring(mark);
    return new Destination(text, scheme, authority, path, url.substring(mark, hash));
  }

  /** One object for the texts that nearly every URL has. */
  private static String shared(String text) {
    return switch (text) {
      case "http" -> "http";
      case "https" -> "https";
      case "tcp" -> "tcp";
      case "/" -> "/";
      default -> text;
    };
  }

  /** Index of the first such character from start to limit; else the limit. */
  private static int end(String text, char c, int start, int limit) {
    int at = text.indexOf(c, start);
    return at < 0 || at > limit ? limit : at;
  }

  /** Index of the colon behind the scheme; -1 for a relative URL. */
  private static int schemeEnd(String url, int limit) throws Unfit {
    for (int i = 0; i < limit; i++) {
      char c = url.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (c == ':' && i == 0) {
        throw refused(url, "missing protocol scheme");
      }
      if (c == ':') {
        return i;
      }
      boolean inner = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (!letter && (!inner || i == 0)) {
        return -1;
      }
    }
    return -1;
  }

  private static void checkAuthority(String url, String authority) throws Unfit {
    boolean bracketed = authority.startsWith("[");
    if (bracketed && authority.indexOf(']') < 0) {
      throw refused(url, "missing ']' in host");
    }
    int colon = bracketed ? authority.lastIndexOf(']') + 1 : authority.lastIndexOf(':');
    if (colon >= 0) {
      checkPort(url, authority, colon);
    }
    for (int i = 0; i < authority.length(); i++) {
      char c = authority.charAt(i);
      if (c == '%' && !bracketed && Escapes.byteAt(authority, i) < 0) {
        throw refused(url, "invalid URL escape");
      }
      if (c < 0x80 && c != '%' && !Escapes.inHost(c)) {
        throw refused(url, "invalid character '" + c + "' in host name");
      }
    }
  }

  /** What stands behind the host: nothing, or a colon and a port, which may be empty as in Go. */
  private static void checkPort(String url, String authority, int colon) throws Unfit {
    int end = authority.length();
    boolean digits = colon == end || (authority.charAt(colon) == ':' && end - colon <= 6);
    int port = 0;
    for (int i = colon + 1; i < end && digits; i++) {
      digits = authority.charAt(i) >= '0' && authority.charAt(i) <= '9';
      port = port * 10 + authority.charAt(i) - '0';
    }
    if (!digits || port > 65535) {
      String text = authority.substring(colon);
      throw refused(url, "invalid port \"" + text + "\" after host");
    }
  }

  private static Unfit refused(String url, String reason) {
    return new Unfit("route: invalid target. parse \"" + url + "\": " + reason, FITS);
  }

  /** Whether a request could be sent there. */
  boolean absolute() {
    return !scheme.isEmpty() && !authority.isEmpty();
  }

  /** Host without brackets; the local machine where the URL names a port only, as Go dials it. */
  String host() {
    String host = authority.substring(0, HostName.portStart(authority));
    if (host.startsWith("[") && host.endsWith("]")) {
      return host.substring(1, host.length() - 1);
    }
    return host.isEmpty() && !authority.isEmpty() ? "localhost" : host;
  }

  /** Port, or the scheme's default; 0 if there is neither. */
  int port() {
    int colon = HostName.portStart(authority);
    if (colon + 1 < authority.length()) {
      return Integer.parseInt(authority.substring(colon + 1));
    }
    return switch (scheme) {
      case "http", "ws", "grpc" -> 80;
      case "https", "wss", "grpcs" -> 443;
      default -> 0;
    };
  }
}
