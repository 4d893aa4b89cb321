package io.tagway.bgp;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Addresses as texts and bytes, without any name look-up. */
final class Addresses {
  private Addresses() {}

  /** An IPv4 or IPv6 address without brackets and zone; IPv4 in IPv6 is IPv4. */
  static Optional<InetAddress> parse(String text) {
    boolean plain =
        NetUtil.isValidIpV4Address(text)
            || (NetUtil.isValidIpV6Address(text) && !text.contains("%") && !text.contains("["));
    return plain
        ? Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(text))
        : Optional.empty();
  }

  /** From 4 or 16 bytes; 16 bytes stay an IPv6 address whatever they hold. */
  static InetAddress of(byte[] bytes) {
    try {
      return bytes.length == Family.IPV6.addressBytes()
          ? Inet6Address.getByAddress(null, bytes, -1)
          : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(bytes.length + " bytes are no address", e);
    }
  }

  /** An IPv4 address that a dual-stack socket shows as IPv6 becomes IPv4 again. */
  static InetAddress unmapped(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean mapped = bytes.length == 16 && bytes[10] == -1 && bytes[11] == -1;
    for (int i = 0; mapped && i < 10; i++) {
      mapped = bytes[i] == 0;
    }
    return mapped ? of(Arrays.copyOfRange(bytes, 12, 16)) : address;
  }

  /** The shortest form (RFC 5952). */
  static String text(InetAddress address) {
    return NetUtil.toAddressString(address);
  }
}
