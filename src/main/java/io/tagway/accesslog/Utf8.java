package io.tagway.accesslog;

import java.nio.charset.StandardCharsets;

/** UTF-8 in texts that have a character for each byte, as messages are read. */
final class Utf8 {
  private Utf8() {}

  /**
   * How many bytes follow the one at this place in a well-formed sequence (RFC 3629 section 4); 0
   * if it starts none. C1 controls, which move the cursor of some terminals, count as none.
   */
  static int follow(String octets, int at) {
    int lead = octets.charAt(at);
    int more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (lead < 0xc2 || lead > 0xf4 || at + more >= octets.length()) {
      return 0;
    }
    int low = lead == 0xc2 || lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    for (int i = 1; i <= more; i++) {
      int next = octets.charAt(at + i);
      if (next < low || next > high) {
        return 0;
      }
      low = 0x80;
      high = 0xbf;
    }
    return more;
  }

  /** The text of settings and routes in the form that messages have. */
  static String octets(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      }
    }
    return text;
  }
}
