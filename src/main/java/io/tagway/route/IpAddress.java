package io.tagway.route;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An IP address as 128 bits; an IPv4 address as its IPv4-mapped IPv6 address (RFC 4291 section
 * 2.5.5.2), so that both spellings are equal.
 */
public record IpAddress(long high, long low) {
  private static final long MAPPED = 0xffffL << 32;

  static IpAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    long high = 0;
    long low = bytes.length == 4 ? 0xffffL : 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes.length == 16 && i < 8) {
        high = (high << 8) | (bytes[i] & 0xff);
      } else {
        low = (low << 8) | (bytes[i] & 0xff);
      }
    }
    return new IpAddress(high, low);
  }

  /** Whether it is an IPv4 address, in either spelling. */
  public boolean isV4() {
    return high == 0 && low >>> 32 == 0xffff;
  }

  /** Reads a literal without zone; null if it is none. Never asks a name server. */
  static @Nullable IpAddress parse(String text) {
    if (text.indexOf(':') < 0) {
      long v4 = v4(text);
      return v4 < 0 ? null : new IpAddress(0, MAPPED | v4);
    }
    return v6(text);
  }

  /** Four decimal numbers without leading zeros; -1 if the text is anything else. */
  private static long v4(String text) {
    String[] parts = text.split("\\.", -1);
    long value = parts.length == 4 ? 0 : -1;
    for (int i = 0; i < parts.length && value >= 0; i++) {
      int part = number(parts[i], 10, 3);
      boolean leadingZero = parts[i].length() > 1 && parts[i].charAt(0) == '0';
      value = part < 0 || part > 255 || leadingZero ? -1 : value << 8 | part;
    }
    return value;
  }

  private static @Nullable IpAddress v6(String text) {
    int gap = text.indexOf("::");
    String[] front = groups(gap < 0 ? text : text.substring(0, gap));
    String[] back = gap < 0 ? new String[0] : groups(text.substring(gap + 2));
    long[] words = new long[8];
    int first = fill(words, 0, front, gap < 0);
    int length = size(back);
    boolean fits = gap < 0 ? first == 8 : first >= 0 && first + length <= 7;
    if (!fits || fill(words, 8 - length, back, true) < 0) {
      return null;
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 4; i++) {
      high = high << 16 | words[i];
      low = low << 16 | words[i + 4];
    }
    return new IpAddress(high, low);
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  /** How many 16-bit words the groups take; a dotted one takes two. */
  private static int size(String[] groups) {
    boolean dotted = groups.length > 0 && groups[groups.length - 1].indexOf('.') >= 0;
    return groups.length + (dotted ? 1 : 0);
  }

  /** Writes the groups from that word on; gives the word behind them, -1 if they do not fit. */
  private static int fill(long[] words, int from, String[] groups, boolean last) {
    int at = from;
    if (from + size(groups) > 8) {
      return -1;
    }
    for (int i = 0; i < groups.length; i++) {
      boolean dotted = groups[i].indexOf('.') >= 0;
      long value = dotted ? v4(groups[i]) : number(groups[i], 16, 4);
      if (value < 0 || (dotted && !(last && i == groups.length - 1))) {
        return -1;
      }
      if (dotted) {
        words[at++] = value >>> 16;
      }
      words[at++] = value & 0xffff;
    }
    return at;
  }

  /** A number of at most that many digits; -1 if the text is anything else. */
  private static int number(String text, int radix, int digits) {
    int value = text.isEmpty() || text.length() > digits ? -1 : 0;
    for (int i = 0; i < text.length() && value >= 0; i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
      value = digit < 0 ? -1 : value * radix + digit;
    }
    return value;
  }
}
