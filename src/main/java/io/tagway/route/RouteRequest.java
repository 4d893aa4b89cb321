package io.tagway.route;

/**
 * What routing needs to know of a request.
 *
 * @param tls whether the connection to this router is TLS
 * @param host the Host header (or authority) as sent, with its port if any
 * @param path the path
 * @param query the query with its leading {@code ?}, byte for byte; empty if there is none
 * @param uri normalised path and query as spelled: {@code path.raw() + query}
 */
public record RouteRequest(boolean tls, String host, RequestPath path, String query, String uri) {
  public RouteRequest(boolean tls, String host, RequestPath path, String query) {
    this(tls, host, path, query, query.isEmpty() ? path.raw() : path.raw() + query);
  }

  /**
   * Reads a request target in origin form ({@code /path?query}). Where nothing had to be
   * normalised, {@link #uri} is that text itself.
   */
  public static RouteRequest of(boolean tls, String host, String target) {
    int mark = target.indexOf('?');
    if (mark < 0) {
      RequestPath path = RequestPath.of(target);
      return new RouteRequest(tls, host, path, "", path.raw());
    }
    String rawPath = target.substring(0, mark);
    String query = target.substring(mark);
    RequestPath path = RequestPath.of(rawPath);
    String uri = path.raw().equals(rawPath) ? target : path.raw() + query;
    return new RouteRequest(tls, host, path, query, uri);
  }
}
