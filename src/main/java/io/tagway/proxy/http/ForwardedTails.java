package io.tagway.proxy.http;

/**
 * What this router appends to {@code Forwarded}, by the client's protocol.
 *
 * @param http11 with {@code httpproto=http/1.1}
 * @param http10 with {@code httpproto=http/1.0}
 */
record ForwardedTails(String http11, String http10) {
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
    String by = localIp.isEmpty() ? "" : "; by=" + localIp;
    return new ForwardedTails(by + "; httpproto=http/1.1" + tls, by + "; httpproto=http/1.0" + tls);
  }
}
