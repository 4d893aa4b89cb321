package io.tagway.proxy.http;

import io.vertx.core.MultiMap;

/**
 * The head of a request as it was read.
 *
 * @param method case-sensitive, RFC 9110 section 9.1
 * @param target the request target as sent, one character for each byte
 * @param protocol what the client speaks
 * @param framing how the end of the body is known
 * @param headers as sent; those of HTTP/2 with {@code Host} for {@code :authority}
 */
record RequestHead(
    String method, String target, Protocol protocol, BodyFraming framing, MultiMap headers) {

  /** A head of HTTP/1.0 or HTTP/1.1. */
  RequestHead(String method, String target, boolean http10, MultiMap headers) {
    this(
        method,
        target,
        http10 ? Protocol.HTTP_1_0 : Protocol.HTTP_1_1,
        BodyFraming.of(headers),
        headers);
  }

  /** The Host as sent; empty if there is none. */
  String hostHeader() {
    String host = headers.get(HeaderName.HOST.text());
    return host == null ? "" : host;
  }

  /** HTTP/1.0 rather than a later version. */
  boolean http10() {
    return protocol == Protocol.HTTP_1_0;
  }
}
