package io.tagway.proxy.http;

import java.nio.charset.StandardCharsets;

/** The value of {@code grpc-message}: what is not printable ASCII, and {@code %}, is escaped. */
final class GrpcText {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private GrpcText() {}

  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        out.append((char) b);
      } else {
        out.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
      }
    }
    return out.toString();
  }
}
