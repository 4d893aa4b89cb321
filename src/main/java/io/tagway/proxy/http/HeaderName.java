package io.tagway.proxy.http;

import io.netty.util.AsciiString;

/**
 * The header names that mean something to a proxy. A name is recognised by its length first, so
 * that the many others cost one comparison of two numbers.
 */
enum HeaderName {
  OTHER(""),
  HOST("Host"),
  CONTENT_LENGTH("Content-Length"),
  USER_AGENT("User-Agent"),
  DATE("Date"),
  FORWARDED("Forwarded"),
  FORWARDED_FOR("X-Forwarded-For"),
  FORWARDED_HOST("X-Forwarded-Host"),
  FORWARDED_PORT("X-Forwarded-Port"),
  FORWARDED_PROTO("X-Forwarded-Proto"),
  FORWARDED_PREFIX("X-Forwarded-Prefix"),
  REAL_IP("X-Real-Ip"),
  // These are hop by hop: RFC 9110 section 7.6.1 and what was so before it.
  CONNECTION("Connection", true),
  KEEP_ALIVE("Keep-Alive", true),
  PROXY_CONNECTION("Proxy-Connection", true),
  PROXY_AUTHENTICATE("Proxy-Authenticate", true),
  PROXY_AUTHORIZATION("Proxy-Authorization", true),
  TE("TE", true),
  TRAILER("Trailer", true),
  TRANSFER_ENCODING("Transfer-Encoding", true),
  UPGRADE("Upgrade", true);

  static final AsciiString X_FORWARDED_FOR = FORWARDED_FOR.text;
  static final AsciiString X_FORWARDED_PROTO = FORWARDED_PROTO.text;

  @SuppressWarnings("ImmutableEnumChecker") // it never changes, though it does not say so
  private final AsciiString text;

  private final boolean hopByHop;

  HeaderName(String text) {
    this(text, false);
  }

  HeaderName(String text, boolean hopByHop) {
    this.text = AsciiString.cached(text);
    this.hopByHop = hopByHop;
  }

  /** The name as we write it. */
  AsciiString text() {
    return text;
  }

  /** Whether it concerns one connection only. */
  boolean isHopByHop() {
    return hopByHop;
  }

  /** Whether a {@code Connection} header can have no effect on it: it is ours, or it frames. */
  boolean isProtected() {
    return this != OTHER && this != USER_AGENT && this != DATE;
  }

  static HeaderName of(CharSequence name) {
    return switch (name.length()) {
      case 2 -> TE.orOther(name);
      case 4 -> either(name, HOST, DATE);
      case 7 -> either(name, UPGRADE, TRAILER);
      case 9 -> either(name, FORWARDED, REAL_IP);
      case 10 -> either(name, CONNECTION, USER_AGENT, KEEP_ALIVE);
      case 14 -> CONTENT_LENGTH.orOther(name);
      case 15 -> FORWARDED_FOR.orOther(name);
      case 16 -> either(name, FORWARDED_HOST, FORWARDED_PORT, PROXY_CONNECTION);
      case 17 -> either(name, FORWARDED_PROTO, TRANSFER_ENCODING);
      case 18 -> either(name, FORWARDED_PREFIX, PROXY_AUTHENTICATE);
      case 19 -> PROXY_AUTHORIZATION.orOther(name);
      default -> OTHER;
    };
  }

  private HeaderName orOther(CharSequence name) {
    return text.contentEqualsIgnoreCase(name) ? this : OTHER;
  }

  private static HeaderName either(CharSequence name, HeaderName first, HeaderName second) {
    return first.text.contentEqualsIgnoreCase(name) ? first : second.orOther(name);
  }

  private static HeaderName either(
      CharSequence name, HeaderName first, HeaderName second, HeaderName third) {
    return first.text.contentEqualsIgnoreCase(name) ? first : either(name, second, third);
  }
}
