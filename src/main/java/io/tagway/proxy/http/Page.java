package io.tagway.proxy.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The page for requests that no route matches, ready to be sent.
 *
 * @param text as it was configured
 * @param contentType guessed from its beginning, as browsers do (WHATWG MIME Sniffing section 7.1)
 */
record Page(String text, String contentType, Buffer body) {
  private static final int SNIFF_BYTES = 512;
  private static final String[] HTML = {
    "<!DOCTYPE HTML",
    "<HTML",
    "<HEAD",
    "<SCRIPT",
    "<IFRAME",
    "<H1",
    "<DIV",
    "<FONT",
    "<TABLE",
    "<A",
    "<STYLE",
    "<TITLE",
    "<B",
    "<BODY",
    "<BR",
    "<P",
    "<!--"
  };

  /** No page. Below the tables it is made from. */
  static final Page NONE = of("");

  static Page of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Page(text, guess(bytes), Buffer.buffer(bytes));
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  private static String guess(byte[] bytes) {
    int length = Math.min(bytes.length, SNIFF_BYTES);
    String start = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    String tag = start.stripLeading().toUpperCase(Locale.ROOT);
    for (String one : HTML) {
      boolean comment = one.equals("<!--");
      if (tag.startsWith(one) && (comment || endsTag(tag, one.length()))) {
        return "text/html; charset=utf-8";
      }
    }
    if (start.stripLeading().startsWith("<?xml")) {
      return "text/xml; charset=utf-8";
    }
    for (int i = 0; i < length; i++) {
      int b = bytes[i] & 0xff;
      boolean space = b == 0x09 || b == 0x0a || b == 0x0c || b == 0x0d || b == 0x1b;
      if (b < 0x20 && !space) {
        return "application/octet-stream";
      }
    }
    return "text/plain; charset=utf-8";
  }

  private static boolean endsTag(String text, int at) {
    return at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '>');
  }
}
