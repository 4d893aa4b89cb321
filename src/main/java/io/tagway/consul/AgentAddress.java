package io.tagway.consul;

/**
 * Where an agent listens.
 *
 * @param tls whether it is asked over https
 * @param userInfo {@code user:password}, empty if none
 * @param host without brackets
 * @param port 1 to 65535
 */
record AgentAddress(boolean tls, String userInfo, String host, int port) {
  /**
   * Reads {@code [user@]host[:port]}.
   *
   * @throws IllegalArgumentException if that is not what stands there
   */
  static AgentAddress parse(String scheme, String text) {
    boolean tls = scheme.equals("https");
    int at = text.lastIndexOf('@');
    String userInfo = at < 0 ? "" : text.substring(0, at);
    String rest = text.substring(at + 1);
    int colon = rest.lastIndexOf(':');
    boolean hasPort = colon > rest.lastIndexOf(']') && (rest.indexOf(':') == colon || colon > 0);
    if (rest.startsWith("[") && rest.indexOf(']') < 0) {
      throw refused(text);
    }
    String host = hasPort ? rest.substring(0, colon) : rest;
    String port = hasPort ? rest.substring(colon + 1) : tls ? "443" : "80";
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty()) {
      host = "localhost";
    }
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw refused(text);
    }
    return new AgentAddress(tls, userInfo, host, Integer.parseInt(port));
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "registry.consul.addr \"" + text + "\" is no host:port; localhost:8500 would fit");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
