package io.tagway.auth;

import java.nio.charset.StandardCharsets;

/** The value of WWW-Authenticate (RFC 7617, section 2). */
final class Challenge {
  private Challenge() {}

  /**
   * The realm as a quoted string (RFC 9110, section 5.6.4) that cannot end early or begin a header
   * line of its own: quotes and backslashes are escaped, control characters become question marks,
   * other than ASCII goes out as UTF-8, one character a byte.
   */
  static String basic(String realm) {
    StringBuilder value = new StringBuilder("Basic realm=\"");
    for (byte octet : realm.getBytes(StandardCharsets.UTF_8)) {
      int character = octet & 0xff;
      if (character < ' ' || character == 0x7f) {
        value.append('?');
      } else if (character == '"' || character == '\\') {
        value.append('\\').append((char) character);
      } else {
        value.append((char) character);
      }
    }
    return value.append('"').toString();
  }
}
