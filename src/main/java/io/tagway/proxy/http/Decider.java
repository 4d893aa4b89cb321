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
    String fault = hostFault(hosts, head.http10());
    if (fault != null) {
      return new Refuse(Refusal.BAD_REQUEST, fault);
    }
    Refusal framing = framingFault(head.headers());
    if (framing != null) {
      return new Refuse(framing);
    }
    RequestTarget target = RequestTarget.parse(head.method(), head.target());
    return switch (target.form()) {
      case BAD -> new Refuse(Refusal.BAD_REQUEST, "malformed request target");
      case ASTERISK ->
          new Refuse(head.method().equals("OPTIONS") ? Refusal.OPTIONS : Refusal.NO_ROUTE);
      case NO_PATH -> new Refuse(Refusal.NO_ROUTE);
      case PATH -> {
        String host = hosts.isEmpty() ? "" : hosts.get(0);
        yield route(
            table,
            tls,
            peer,
            head,
            target,
            target.authority().isEmpty() ? host : target.authority());
      }
    };
  }

  /** Once it is known which host the request is for. */
  static Decision route(
      Table table,
      boolean tls,
      InetAddress peer,
      RequestHead head,
      RequestTarget target,
      String host) {
    RouteRequest routed =
        new RouteRequest(tls, host, RequestPath.of(target.path()), target.query());
    String forwardedProto = head.headers().get(HeaderName.X_FORWARDED_PROTO);
    Target found = table.lookup(routed, forwardedProto == null ? "" : forwardedProto);
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
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      return Refusal.CODING;
    }
    String expect = headers.get(EXPECT);
    if (expect != null && !expect.isEmpty() && !expect.equalsIgnoreCase("100-continue")) {
      return Refusal.EXPECTATION;
    }
    return null;
  }
}
