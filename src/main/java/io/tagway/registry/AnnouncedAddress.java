package io.tagway.registry;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/**
 * Where others reach the admin server of this router.
 *
 * @param host a name or an address without brackets
 * @param port 0 to 65535; 0 = the one that the admin server got
 */
record AnnouncedAddress(String host, int port) {
  /**
   * Reads {@code [host]:port}. Without a host it is the first address of this machine that others
   * can use.
   *
   * @throws StartFailure if that is not what stands there
   */
  static AnnouncedAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw refused(text, "too many colons in address");
    }
    String port = text.substring(colon + 1);
    if (colon < 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw refused(text, "missing port in address");
    }
    return new AnnouncedAddress(host.isEmpty() ? ownAddress() : host, Integer.parseInt(port));
  }

  private static StartFailure refused(String text, String reason) {
    return new StartFailure(
        "registry.consul.register.addr \"" + text + "\": " + reason + "; would fit: host:port");
  }

  private static String ownAddress() {
    try {
      Optional<InetAddress> first =
          NetworkInterface.networkInterfaces()
              .filter(AnnouncedAddress::isUp)
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
              .filter(address -> !address.isMulticastAddress() && !address.isAnyLocalAddress())
              .min((a, b) -> Boolean.compare(b instanceof Inet4Address, a instanceof Inet4Address));
      return first.map(InetAddress::getHostAddress).orElse("127.0.0.1").replaceAll("%.*", "");
    } catch (SocketException e) {
      return new InetSocketAddress(0).getAddress().getHostAddress();
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
