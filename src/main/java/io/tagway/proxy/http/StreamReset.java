package io.tagway.proxy.http;

import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;

/** The other side ended one stream of an HTTP/2 connection before its time (RFC 9113, 5.4.2). */
final class StreamReset extends IOException {
  private static final long serialVersionUID = 1L;

  private final long code;
  private final boolean untouched;

  private StreamReset(long code, boolean untouched, String text) {
    super(text);
    this.code = code;
    this.untouched = untouched;
  }

  /** By RST_STREAM. */
  static StreamReset of(long code) {
    boolean refused = code == Http2Error.REFUSED_STREAM.code();
    return new StreamReset(code, refused, "stream reset: " + name(code));
  }

  /** By GOAWAY with a last stream below this one. */
  static StreamReset goAway(long code) {
    return new StreamReset(code, true, "connection going away: " + name(code));
  }

  private static String name(long code) {
    Http2Error error = Http2Error.valueOf(code);
    return error == null ? Long.toString(code) : error.name();
  }

  /** The error code, RFC 9113 section 7. */
  long code() {
    return code;
  }

  /** Whether it is certain that the request was not looked at (RFC 9113, section 8.7). */
  boolean untouched() {
    return untouched;
  }

  /** Nobody needs the stack of a message from afar. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
