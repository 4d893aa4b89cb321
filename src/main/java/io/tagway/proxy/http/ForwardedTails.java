package io.tagway.proxy.http;

/**
 * What this router appends to {@code Forwarded}, by the client's protocol.
 *
 * @param http11 with {@code httpproto=http/1.1}
 * @param http10 with {@code httpproto=http/1.0}
 */
record ForwardedTails(String http11, String http10) {
  /**
   * @param localIp for {@code by=}, left out if empty
   */
  static ForwardedTails of(String localIp) {
    String by = localIp.isEmpty() ? "" : "; by=" + localIp;
    return new ForwardedTails(by + "; httpproto=http/1.1", by + "; httpproto=http/1.0");
  }
}
