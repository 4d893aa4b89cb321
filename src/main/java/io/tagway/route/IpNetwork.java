package io.tagway.route;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses. IPv4 addresses are in IPv4 blocks only; an IPv4-mapped IPv6 address is the
 * IPv4 address.
 *
 * @param address any address of the block
 * @param bits how many leading bits of the 128 are the same in the whole block
 */
public record IpNetwork(IpAddress address, int bits) {
  /** Reads an address or a CIDR block; null if the text is neither. */
  public static @Nullable IpNetwork parse(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    int size = text.indexOf(':') < 0 ? 32 : 128;
    int bits = slash < 0 ? size : bits(text.substring(slash + 1));
    return address == null || bits < 0 || bits > size
        ? null
        : new IpNetwork(address, bits + 128 - size);
  }

  private static int bits(String digits) {
    return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
  }

  /** Whether the address is in the block. */
  public boolean contains(InetAddress other) {
    return contains(IpAddress.of(other));
  }

  boolean contains(IpAddress other) {
    return address.isV4() == other.isV4()
        && same(address.high(), other.high(), Math.min(bits, 64))
        && same(address.low(), other.low(), Math.max(bits - 64, 0));
  }

  private static boolean same(long a, long b, int bits) {
    return bits == 0 || (a ^ b) >>> (64 - bits) == 0;
  }
}
