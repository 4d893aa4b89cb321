package io.tagway.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One line while it is put together, reused for the next. No text can end the line or change what a
 * terminal shows: control characters, and bytes that are no UTF-8, are written as {@code \xHH}.
 * Used by one event loop.
 */
final class LineBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** A longer line, which takes a request of that size, leaves its array to the collector. */
  private static final int KEPT_BYTES = 64 << 10;

  private byte[] bytes = new byte[512];
  private int length;

  void clear() {
    length = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[KEPT_BYTES];
    }
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Bytes that are known to be harmless. */
  void plain(byte[] text) {
    room(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  /** A byte that is known to be harmless. */
  void plain(char octet) {
    room(1);
    bytes[length++] = (byte) octet;
  }

  /** Some characters of a text, a byte each, that are known to be harmless. */
  void plain(String octets, int from, int count) {
    room(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) octets.charAt(from + i);
    }
  }

  /**
   * What somebody may have chosen.
   *
   * @param octets a character for each byte, as it was sent
   */
  void text(String octets) {
    int count = octets.length();
    room(count);
    for (int i = 0; i < count; i++) {
      char c = octets.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        rest(octets, i);
        return;
      }
      bytes[length++] = (byte) c;
    }
  }

  /** From the first character on that needs a look. */
  private void rest(String octets, int from) {
    int at = from;
    while (at < octets.length()) {
      char c = octets.charAt(at);
      int more = c < 0x80 ? 0 : Utf8.follow(octets, at);
      if (more > 0 || (c >= ' ' && c < 0x7f)) {
        plain(octets, at, more + 1);
      } else {
        plain('\\');
        plain('x');
        hex(c);
      }
      at += more + 1;
    }
  }

  /** Two digits of a value below 256. */
  void hex(int octet) {
    room(2);
    bytes[length++] = HEX[(octet >> 4) & 0xf];
    bytes[length++] = HEX[octet & 0xf];
  }

  /** A number that is not negative. */
  void number(long number) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    digits(number, digits);
  }

  /** The last digits of a number that is not negative, with zeros in front. */
  void digits(long number, int digits) {
    room(digits);
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
