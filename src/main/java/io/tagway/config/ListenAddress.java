package io.tagway.config;

import java.util.Optional;

/**
 * {@code host:port} to listen on or to connect to.
 *
 * @param text as written
 * @param host without brackets; empty = all interfaces
 * @param port 0 to 65535
 */
record ListenAddress(String text, String host, int port) {
  static final String FITS = ":PORT, HOST:PORT or [IPV6]:PORT with a port up to 65535";

  static Reading<ListenAddress> parse(String text) {
    Optional<String> host;
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Reading.unfit("missing port in address " + Quoted.of(text), FITS);
    }
    host = host(text.substring(0, colon));
    if (host.isEmpty()) {
      return Reading.unfit("not an address: " + Quoted.of(text), FITS);
    }
    return GoInteger.decimal(text.substring(colon + 1), 16) instanceof Reading.Value<Long> port
        ? Reading.of(new ListenAddress(text, host.get(), port.value().intValue()))
        : Reading.unfit("not a port: " + Quoted.of(text.substring(colon + 1)), FITS);
  }

  private static Optional<String> host(String written) {
    if (written.startsWith("[") && written.endsWith("]")) {
      String inner = written.substring(1, written.length() - 1);
      return inner.contains("[") || inner.contains("]") ? Optional.empty() : Optional.of(inner);
    }
    boolean odd =
        written
            .chars()
            .anyMatch(c -> c == ':' || c == '[' || c == ']' || c == '/' || c <= ' ' || c == '"');
    return odd ? Optional.empty() : Optional.of(written);
  }
}
