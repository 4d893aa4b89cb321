package io.tagway.proxy.http;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * How the end of a request's body is known to a target, RFC 9112 section 6.
 *
 * @param chunked in chunks, each with its length
 * @param length if not chunked; 0 is no body
 */
record BodyFraming(boolean chunked, long length) {
  static final BodyFraming NONE = new BodyFraming(false, 0);
  private static final BodyFraming CHUNKED = new BodyFraming(true, 0);

  static BodyFraming of(MultiMap headers) {
    if (headers.contains(HeaderName.TRANSFER_ENCODING.text())) {
      return CHUNKED;
    }
    String text = headers.get(HeaderName.CONTENT_LENGTH.text());
    return text == null ? NONE : ofLength(text);
  }

  /**
   * That of a body that follows in HTTP/2, where frames tell its end.
   *
   * @param length the value of Content-Length, if there is one
   */
  static BodyFraming of(@Nullable CharSequence length) {
    return length == null ? CHUNKED : ofLength(length.toString());
  }

  private static BodyFraming ofLength(String text) {
    if (text.equals("0")) {
      return NONE;
    }
    try {
      long length = Long.parseLong(text.trim());
      return length == 0 ? NONE : new BodyFraming(false, length);
    } catch (NumberFormatException unknown) {
      return new BodyFraming(false, Long.MAX_VALUE);
    }
  }

  boolean isEmpty() {
    return !chunked && length == 0;
  }

  boolean lengthAtMost(long bytes) {
    return !chunked && length <= bytes;
  }
}
