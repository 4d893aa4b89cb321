package io.tagway.admin;

import io.vertx.core.http.HttpServerRequest;

/**
 * Tells whether a write comes from our own page or from a script, and not from somebody else's page
 * in the browser of a person who can reach this port.
 */
final class SameOrigin {
  private SameOrigin() {}

  /**
   * Browsers say {@code Sec-Fetch-Site} on secure connections, and pages cannot forge it (Fetch
   * Metadata, section 2.4). Without it the {@code Origin} must name the host that was asked. A
   * script such as curl sends neither.
   */
  static boolean permits(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return true;
    }
    String host = request.authority() == null ? "" : request.authority().toString();
    int authority = origin.indexOf("://");
    return authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
  }
}
