package io.tagway.metrics;

/** What Fabio measures, with its names. */
public final class Families {
  public static final Family NOT_FOUND =
      Family.counter("notfound", "Requests and connections without a route.");
  public static final Family REQUESTS =
      Family.timer("requests", "Time of forwarded HTTP requests.", "service");
  public static final Family HTTP_STATUS =
      Family.timer("http.status", "Time of HTTP requests by status.", "code", "service");
  public static final Family REDIRECTS =
      Family.counter("http.redirect.count", "Redirects sent by routes.", "code");
  public static final Family WS_CONN = Family.gauge("ws.conn", "Open WebSocket connections.");
  public static final Family ROUTE =
      Family.timer(
          "route", "Time of requests and calls by target.", "service", "host", "path", "target");
  public static final Family ROUTE_RX =
      Family.counter(
          "route.rx", "Bytes of TCP targets to clients.", "service", "host", "path", "target");
  public static final Family ROUTE_TX =
      Family.counter(
          "route.tx", "Bytes of clients to TCP targets.", "service", "host", "path", "target");
  public static final Family GRPC_CONN =
      Family.counter("grpc.conn", "Accepted connections of gRPC listeners.");
  public static final Family GRPC_REQUESTS = Family.timer("grpc.requests", "Time of gRPC calls.");
  public static final Family GRPC_NO_ROUTE =
      Family.counter("grpc.noroute", "gRPC calls without a route.");

  /** As Fabio's manual has it. */
  public static final Family GRPC_STATUS =
      Family.timer("grpc.status", "Time of gRPC calls by status.", "code");

  /** As Fabio has it. */
  public static final Family GREP_STATUS =
      Family.timer("grep.status", "The same as grpc.status, spelt as Fabio does.", "code");

  private Families() {}

  /** Connections of TCP listeners that were accepted; the kind is tcp or tcp_sni. */
  public static Family accepted(String kind) {
    return Family.counter(kind + ".conn", "Accepted connections.");
  }

  /** Connections that could not be passed on. */
  public static Family failed(String kind) {
    return Family.counter(kind + ".connfail", "Connections that could not be passed on.");
  }

  /** Connections without a route. */
  public static Family withoutRoute(String kind) {
    return Family.counter(kind + ".noroute", "Connections without a route.");
  }
}
