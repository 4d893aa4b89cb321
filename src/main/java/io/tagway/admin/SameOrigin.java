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
   * Metadata, section 2.4). Without it the {@code Origin} or the {@code Referer} must name the host
   * that was asked. A script such as curl sends none of them.
   */
  static boolean permits(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    String origin = request.getHeader("Origin");
    String page = origin == null ? request.getHeader("Referer") : origin;
    if (page == null) {
      return true;
    }
    String host = request.authority() == null ? "" : request.authority().toString();
    int authority = page.indexOf("://");
    return authority > 0 && page.substring(authority + 3).split("/", 2)[0].equalsIgnoreCase(host);
  }
}
