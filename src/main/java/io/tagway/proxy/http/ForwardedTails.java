package io.tagway.proxy.http;

/**
 * What this router appends to {@code Forwarded}, by the client's protocol.
 *
 * @param http11 with {@code httpproto=http/1.1}
 * @param http10 with {@code httpproto=http/1.0}
 * @param http2 with {@code httpproto=http/2.0}
 */
record ForwardedTails(String http11, String http10, String http2) {
  /**
   * For connections without TLS.
   *
   * @param localIp for {@code by=}, left out if empty
   */
  static ForwardedTails of(String localIp) {
    return of(localIp, "");
  }

  /**
   * @param localIp for {@code by=}, left out if empty
   * @param tls what there is to tell of TLS, each parameter with {@code "; "} before it
   */
  static ForwardedTails of(String localIp, String tls) {
    String start = (localIp.isEmpty() ? "" : "; by=" + localIp) + "; httpproto=http/";
    return new ForwardedTails(start + "1.1" + tls, start + "1.0" + tls, start + "2.0" + tls);
  }

  String of(Protocol protocol) {
    return switch (protocol) {
      case HTTP_1_1 -> http11;
      case HTTP_1_0 -> http10;
      case HTTP_2 -> http2;
    };
  }
}
