package io.tagway.accesslog;

/** Escapes what RFC 8259 section 7 asks for, and bytes that are no UTF-8. */
final class JsonText {
  private JsonText() {}

  /**
   * @param octets a character for each byte
   */
  static void write(String octets, LineBytes to) {
    int at = 0;
    while (at < octets.length()) {
      char c = octets.charAt(at);
      int more = c < 0x80 ? 0 : Utf8.follow(octets, at);
      if (c == '"' || c == '\\') {
        to.plain('\\');
        to.plain(c);
      } else if (more > 0 || (c >= ' ' && c < 0x7f)) {
        to.plain(octets, at, more + 1);
      } else {
        to.plain('\\');
        to.plain('u');
        to.hex(c >> 8);
        to.hex(c);
      }
      at += more + 1;
    }
  }
}
