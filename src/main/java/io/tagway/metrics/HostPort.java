package io.tagway.metrics;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where an output listens. */
record HostPort(String host, int port) {
  /**
   * @param text host:port, an IPv6 address in brackets; checked by the configuration
   */
  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new HostPort(
        bracketed ? host.substring(1, host.length() - 1) : host.isEmpty() ? "localhost" : host,
        Integer.parseInt(text.substring(colon + 1)));
  }

  InetSocketAddress resolve() throws UnknownHostException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException("no such host: " + host);
    }
    return address;
  }
}
