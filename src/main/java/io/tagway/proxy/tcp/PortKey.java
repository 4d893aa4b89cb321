package io.tagway.proxy.tcp;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A table key that asks for a port: {@code :PORT}, {@code IPV4:PORT} or {@code [IPV6]:PORT}.
 *
 * @param key as the table has it
 * @param address the local address it is for; empty for any
 * @param port 1 to 65535
 */
record PortKey(String key, Optional<InetAddress> address, int port) {
  private static final int MAX_PORT = 65_535;

  /** Reads a key; empty if no connection could ever be looked up by it. */
  static Optional<PortKey> of(String key) {
    int colon = key.lastIndexOf(':');
    int port = colon < 0 ? 0 : port(key.substring(colon + 1));
    if (port == 0) {
      return Optional.empty();
    }
    String host = key.substring(0, colon);
    if (host.isEmpty()) {
      return Optional.of(new PortKey(key, Optional.empty(), port));
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String literal = bracketed ? host.substring(1, host.length() - 1) : host;
    byte[] bytes =
        bracketed == literal.contains(":")
            ? NetUtil.createByteArrayFromIpAddressString(literal)
            : null;
    return bytes == null
        ? Optional.empty()
        : Optional.of(new PortKey(key, Optional.of(address(bytes)), port));
  }

  private static int port(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 5
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = number ? Integer.parseInt(digits) : 0;
    return port > MAX_PORT ? 0 : port;
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether a connection to this local address is looked up by this key. */
  boolean isFor(InetAddress local) {
    return address.isEmpty() || address.get().equals(local);
  }
}
