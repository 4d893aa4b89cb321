package io.tagway.route;

import java.util.Locale;

/** The host of a request or a route in the form in which both are compared. */
final class HostName {
  private HostName() {}

  /**
   * A request's host in lower case, without the default port of the connection, without the dot
   * that ends a fully qualified name. Gives the text itself where there is nothing to do.
   */
  static String ofRequest(String host, boolean tls) {
    boolean ready = true;
    for (int i = 0; i < host.length() && ready; i++) {
      char c = host.charAt(i);
      ready = c != ':' && c < 0x80 && (c < 'A' || c > 'Z');
    }
    if (ready && !host.endsWith(".")) {
      return host;
    }
    return withoutPort(withoutDot(host.toLowerCase(Locale.ROOT)), tls ? ":443" : ":80");
  }

  /** Without this port, written with its colon. */
  static String withoutPort(String host, String port) {
    return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
  }

  /** {@code example.org.} and {@code example.org.:81} without their last dot. */
  static String withoutDot(String host) {
    int end = portStart(host);
    return end > 1 && host.charAt(end - 1) == '.'
        ? host.substring(0, end - 1) + host.substring(end)
        : host;
  }

  /** Index of the colon before the port of {@code host:port} or {@code [v6]:port}; else the end. */
  static int portStart(String host) {
    int colon = host.lastIndexOf(':');
    if (colon < 0 || host.indexOf(']', colon) >= 0) {
      return host.length();
    }
    boolean single = host.indexOf(':') == colon;
    boolean bracketed = host.startsWith("[") && host.charAt(colon - 1) == ']';
    return single || bracketed ? colon : host.length();
  }
}
