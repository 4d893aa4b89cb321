package io.tagway.bgp;

import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of addresses. Host bits are cut.
 *
 * @param length 0 to 32 or 128
 */
record Prefix(Family family, InetAddress address, int length) {
  private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

  Prefix {
    byte[] bytes = address.getAddress();
    if (bytes.length != family.addressBytes() || length < 0 || length > bytes.length * 8) {
      throw new IllegalArgumentException(address + "/" + length + " is no " + family + " prefix");
    }
    for (int bit = length; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    address = Addresses.of(bytes);
  }

  /** {@code ADDRESS/LENGTH}. */
  static Optional<Prefix> parse(String cidr) {
    int slash = cidr.indexOf('/');
    if (slash < 0 || !LENGTH.matcher(cidr.substring(slash + 1)).matches()) {
      return Optional.empty();
    }
    int length = Integer.parseInt(cidr.substring(slash + 1));
    return Addresses.parse(cidr.substring(0, slash))
        .filter(address -> length <= address.getAddress().length * 8)
        .map(address -> new Prefix(Family.of(address), address, length));
  }

  /** Length in bits, then as many bytes as hold them (RFC 4271, section 4.3). */
  void write(Buffer out) {
    out.appendByte((byte) length).appendBytes(address.getAddress(), 0, bytes(length));
  }

  static Prefix read(Family family, WireReader in) throws Malformed {
    int length = in.u8();
    if (length > family.addressBytes() * 8) {
      throw new Malformed(Notification.invalidNetwork());
    }
    byte[] bytes = new byte[family.addressBytes()];
    byte[] sent = in.bytes(bytes(length));
    System.arraycopy(sent, 0, bytes, 0, sent.length);
    return new Prefix(family, Addresses.of(bytes), length);
  }

  private static int bytes(int length) {
    return (length + 7) / 8;
  }

  @Override
  public String toString() {
    return Addresses.text(address) + "/" + length;
  }
}
