package io.tagway.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The addresses of this machine, IPv4 first within each interface. */
record LocalAddresses(List<Held> all) {

  /** An address and the interface that has it. */
  record Held(String interfaceName, InetAddress address) {}

  /** Of the interfaces that are up, in the order of the system; none if they cannot be listed. */
  static LocalAddresses ofMachine() {
    List<Held> all = new ArrayList<>();
    try {
      NetworkInterface.networkInterfaces()
          .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
          .forEach(
              network ->
                  network
                      .inetAddresses()
                      .sorted(Comparator.comparing(a -> !(a instanceof Inet4Address)))
                      .forEach(address -> all.add(new Held(network.getName(), address))));
    } catch (SocketException e) {
      return new LocalAddresses(List.of());
    }
    return new LocalAddresses(List.copyOf(all));
  }

  /** The first address that is neither loopback, link-local nor multicast; else empty. */
  String firstGlobal() {
    return all.stream()
        .map(Held::address)
        .filter(LocalAddresses::isGlobal)
        .findFirst()
        .map(LocalAddresses::text)
        .orElse("");
  }

  /** The first private address (RFC 1918, RFC 4193); else empty. */
  String firstPrivate() {
    return first(address -> isGlobal(address) && isPrivate(address));
  }

  /** The first global address that is not private; else empty. */
  String firstPublic() {
    return first(address -> isGlobal(address) && !isPrivate(address));
  }

  /** The first address of that interface; else empty. */
  String ofInterface(String name) {
    return new LocalAddresses(all.stream().filter(h -> h.interfaceName().equals(name)).toList())
        .first(address -> true);
  }

  private String first(Predicate<InetAddress> wanted) {
    return all.stream()
        .map(Held::address)
        .filter(wanted)
        .min(Comparator.comparing(address -> !(address instanceof Inet4Address)))
        .map(LocalAddresses::text)
        .orElse("");
  }

  private static boolean isGlobal(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isMulticastAddress();
  }

  private static boolean isPrivate(InetAddress address) {
    boolean uniqueLocal =
        !(address instanceof Inet4Address) && (address.getAddress()[0] & 0xfe) == 0xfc;
    return address.isSiteLocalAddress() || uniqueLocal;
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
