package io.tagway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;

/** Texts of one byte a character: what a client sent and a file holds, whatever the encoding. */
final class Latin1 {
  private Latin1() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** UTF-8 where it is, and nothing that could break a log line. */
  static String readable(String latin1) {
    return new String(bytes(latin1), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
  }

  /** Takes no less time when they differ early; hashed first, so that lengths do not show. */
  static boolean same(String given, String expected) {
    return MessageDigest.isEqual(
        DigestUtils.sha256(bytes(given)), DigestUtils.sha256(bytes(expected)));
  }
}
