package io.tagway.route;

import org.jspecify.annotations.Nullable;

/**
 * A redirect: its code and the parts of its Location. Text in fields is as it will be sent.
 *
 * @param code 300 to 399
 * @param origin {@code scheme://} or {@code //}; empty for a relative Location
 * @param scheme of the Location; empty for a relative one
 * @param host the host; what stands before {@code $host} if it has one
 * @param hostRest what stands behind {@code $host}; null if the host has none
 * @param path the path; what stands before {@code $path} if it has one
 * @param pathRest what stands behind {@code $path}; null if the path has none
 * @param query with its {@code ?}, or empty
 * @param rewrite strip and prepend
 */
record Redirect(
    int code,
    String origin,
    String scheme,
    String host,
    @Nullable String hostRest,
    String path,
    @Nullable String pathRest,
    String query,
    UpstreamPath rewrite) {
  private static final String PATH = "$path";
  private static final String HOST = "$host";

  static Redirect of(String code, Destination to, UpstreamPath rewrite) throws Unfit {
    String host = to.authority();
    String path = to.path();
    if (host.endsWith(PATH)) {
      host = host.substring(0, host.length() - PATH.length());
      path = PATH;
    }
    int slash = path.indexOf("/" + PATH);
    if (slash >= 0) {
      path = path.substring(0, slash) + path.substring(slash + 1);
    }
    int pathAt = path.indexOf(PATH);
    int hostAt = host.indexOf(HOST);
    String origin = to.scheme().isEmpty() ? "//" : to.scheme() + "://";
    return new Redirect(
        code(code),
        to.scheme().isEmpty() && host.isEmpty() ? "" : origin,
        to.scheme(),
        hostAt < 0 ? host : host.substring(0, hostAt),
        hostAt < 0 ? null : host.substring(hostAt + HOST.length()),
        pathAt < 0 ? path : path.substring(0, pathAt),
        pathAt < 0 ? null : path.substring(pathAt + PATH.length()),
        to.query(),
        rewrite);
  }

  private static int code(String text) throws Unfit {
    String digits = text.replaceFirst("^\\+", "").replaceFirst("^0+(?=.)", "");
    if (!digits.matches("[0-9]+")) {
      throw new Unfit(
          "redirect status code should be numeric in 3xx range. Got: " + text, "300 to 399");
    }
    if (!digits.matches("3[0-9][0-9]")) {
      throw new Unfit("redirect status code should be in 3xx range. Got: " + text, "300 to 399");
    }
    return Integer.parseInt(digits);
  }

  String location(RouteRequest request) {
    boolean requestQuery = pathRest != null && query.isEmpty();
    return origin + host(request) + path(request) + (requestQuery ? request.query() : query);
  }

  /** Whether a client that follows this would ask for the same again. */
  boolean loops(RouteRequest request, String forwardedProto) {
    String own = request.tls() ? "https" : "http";
    String asked = forwardedProto.isEmpty() ? own : forwardedProto;
    boolean sameScheme = scheme.isEmpty() || scheme.equalsIgnoreCase(asked);
    return sameScheme && sameHost(request, asked) && path(request).equals(request.path().raw());
  }

  private boolean sameHost(RouteRequest request, String asked) {
    boolean tls = asked.equalsIgnoreCase("https");
    return origin.isEmpty()
        || HostName.ofRequest(host(request), tls).equals(HostName.ofRequest(request.host(), tls));
  }

  /** The request's host goes in without its port where that is the default or another follows. */
  private String host(RouteRequest request) {
    if (hostRest == null) {
      return host;
    }
    String asked = request.host();
    String kept =
        hostRest.startsWith(":")
            ? asked.substring(0, HostName.portStart(asked))
            : HostName.withoutPort(asked, request.tls() ? ":443" : ":80");
    return host + Escapes.host(kept) + hostRest;
  }

  private String path(RouteRequest request) {
    String full = pathRest == null ? path : path + rewrite.forRedirect(request.path()) + pathRest;
    if (full.isEmpty()) {
      return "/";
    }
    return full.startsWith("/") || origin.isEmpty() ? full : "/" + full;
  }
}
