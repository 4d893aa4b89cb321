package io.tagway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of IP addresses. IPv4 addresses are in IPv4 blocks only; an IPv4-mapped IPv6 address is
 * the IPv4 address.
 *
 * @param address any address of the block
 * @param bits how many leading bits are the same in the whole block; all of them for one address
 */
public record IpBlock(InetAddress address, int bits) {
  private static final int MAPPED_BITS = 96;
  private static final String FITS =
      "addresses and blocks such as 10.0.0.0/8 or 2001:db8::1, several in double quotes";

  /** Addresses and CIDR blocks with commas between them; at least one. */
  static Reading<List<IpBlock>> list(String text) {
    List<IpBlock> blocks = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String word = part.strip();
      if (!IpText.isAddress(word) && !IpText.isBlock(word)) {
        return unfit(word);
      }
      int slash = word.indexOf('/');
      InetAddress address = literal(slash < 0 ? word : word.substring(0, slash));
      int size = address.getAddress().length * Byte.SIZE;
      int bits = slash < 0 ? size : Integer.parseInt(word.substring(slash + 1));
      boolean mapped = slash >= 0 && word.indexOf(':') >= 0 && size == 32;
      if (mapped && bits < MAPPED_BITS) {
        return unfit(word);
      }
      blocks.add(new IpBlock(address, mapped ? bits - MAPPED_BITS : bits));
    }
    return Reading.of(List.copyOf(blocks));
  }

  private static Reading<List<IpBlock>> unfit(String word) {
    return Reading.unfit(Quoted.of(word) + " is no address and no block of addresses", FITS);
  }

  private static InetAddress literal(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** As a CIDR block. */
  String text() {
    return address.getHostAddress() + "/" + bits;
  }

  /** Whether the address is in the block. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int i = 0, left = bits; left > 0; i++, left -= Byte.SIZE) {
      int different = (mine[i] ^ theirs[i]) & 0xff;
      if (different >>> Math.max(Byte.SIZE - left, 0) != 0) {
        return false;
      }
    }
    return true;
  }
}
