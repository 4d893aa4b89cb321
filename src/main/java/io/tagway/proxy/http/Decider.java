package io.tagway.proxy.http;

import static io.vertx.core.http.HttpHeaders.EXPECT;
import static io.vertx.core.http.HttpHeaders.HOST;
import static io.vertx.core.http.HttpHeaders.TRANSFER_ENCODING;

import io.tagway.proxy.http.Decision.Forward;
import io.tagway.proxy.http.Decision.Redirect;
import io.tagway.proxy.http.Decision.Refusal;
import io.tagway.proxy.http.Decision.Refuse;
import io.tagway.proxy.http.Decision.Verify;
import io.tagway.route.RequestPath;
import io.tagway.route.RouteRequest;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what to do with a request. Looks at values only; opens nothing, waits for nothing. */
final class Decider {
  private Decider() {}

  /**
   * @param table the routes of this moment
   * @param tls whether the client spoke TLS
   * @param peer the address of the client
   */
  static Decision decide(Table table, boolean tls, InetAddress peer, RequestHead head) {
    List<String> hosts = head.headers().getAll(HOST);
    RequestTarget target = RequestTarget.parse(head.method(), head.target());
    Decision refused = refuse(head, hosts, target);
    return refused == null ? route(table, tls, peer, head, target, host(hosts, target)) : refused;
  }

  /** What can be said before a route is looked for; null if there is nothing against it. */
  static @Nullable Decision refuse(RequestHead head, List<String> hosts, RequestTarget target) {
    String fault = hostFault(hosts, head.http10());
    if (fault != null) {
      return new Refuse(Refusal.BAD_REQUEST, fault);
    }
    Refusal framing = framingFault(head.headers());
    if (framing != null) {
      return new Refuse(framing);
    }
    return switch (target.form()) {
      case BAD -> new Refuse(Refusal.BAD_REQUEST, "malformed request target");
      case ASTERISK ->
          new Refuse(head.method().equals("OPTIONS") ? Refusal.OPTIONS : Refusal.NO_ROUTE);
      case NO_PATH -> new Refuse(Refusal.NO_ROUTE);
      case PATH -> null;
    };
  }

  /** The host a request is for: that of the absolute form before the Host. */
  static String host(List<String> hosts, RequestTarget target) {
    String host = hosts.isEmpty() ? "" : hosts.get(0);
    return target.authority().isEmpty() ? host : target.authority();
  }

  /** Once it is known which host the request is for. */
  static Decision route(
      Table table,
      boolean tls,
      InetAddress peer,
      RequestHead head,
      RequestTarget target,
      String host) {
    RouteRequest routed = routed(tls, target, host);
    return of(table.lookup(routed, forwardedProto(head)), peer, head, routed);
  }

  /** What a route is looked for with. */
  static RouteRequest routed(boolean tls, RequestTarget target, String host) {
    return new RouteRequest(tls, host, RequestPath.of(target.path()), target.query());
  }

  /** X-Forwarded-Proto; empty if there is none. */
  static String forwardedProto(RequestHead head) {
    String proto = head.headers().get(HeaderName.X_FORWARDED_PROTO);
    return proto == null ? "" : proto;
  }

  /** Once it is known which target the request is for, if any. */
  static Decision of(Target found, InetAddress peer, RequestHead head, RouteRequest routed) {
    if (found.isNone()) {
      return new Refuse(Refusal.NO_ROUTE);
    }
    if (!found.access().isOpen()
        && !found.access().admits(peer, head.headers().getAll(HeaderName.X_FORWARDED_FOR))) {
      return new Refuse(Refusal.DENIED, found, "");
    }
    Decision open =
        found.isRedirect()
            ? new Redirect(found, found.redirectCode(), found.location(routed))
            : new Forward(found, routed);
    return found.authScheme().isEmpty() ? open : new Verify(found, found.authScheme(), open);
  }

  private static @Nullable String hostFault(List<String> hosts, boolean http10) {
    if (hosts.isEmpty()) {
      return http10 ? null : "missing required Host header";
    }
    if (hosts.size() > 1) {
      return "too many Host headers";
    }
    return HostText.isValid(hosts.get(0)) ? null : "malformed Host header";
  }

  private static @Nullable Refusal framingFault(MultiMap headers) {
    String coding = headers.get(TRANSFER_ENCODING);
    // Anything around "chunked" is refused: the body could not be passed on as it is.
    if (coding != null
        && (!coding.equalsIgnoreCase("chunked") || headers.getAll(TRANSFER_ENCODING).size() > 1)) {
      return Refusal.CODING;
    }
    boolean met =
        !headers.contains(EXPECT) || headers.getAll(EXPECT).stream().allMatch(Decider::canBeMet);
    return met ? null : Refusal.EXPECTATION;
  }

  private static boolean canBeMet(String expectation) {
    return expectation.isEmpty() || expectation.equalsIgnoreCase("100-continue");
  }
}
