package io.tagway.proxy.http;

import io.tagway.proxy.http.Decision.Refusal;
import io.tagway.proxy.http.Decision.Refuse;
import io.tagway.route.Table;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.List;

/**
 * Decides for listeners that carry nothing but gRPC. A caller names the host of a route in the
 * metadata {@code dsthost}; the authority counts only if there is neither that nor a route without
 * a host. Looks at values only.
 */
final class GrpcDecider {
  private static final String HOST = "dsthost";

  private GrpcDecider() {}

  /** As {@link Decider#decide}. */
  static Decision decide(Table table, boolean tls, InetAddress peer, RequestHead head) {
    if (head.protocol() != Protocol.HTTP_2) {
      return new Refuse(Refusal.VERSION);
    }
    if (!GrpcCall.is(head)) {
      return new Refuse(Refusal.MEDIA_TYPE);
    }
    RequestTarget target = RequestTarget.parse(head.method(), head.target());
    if (!head.method().equals("POST") || target.form() != RequestTarget.Form.PATH) {
      return new Refuse(Refusal.BAD_REQUEST, "malformed method name");
    }
    MultiMap metadata = head.headers();
    List<String> named = metadata.getAll(HOST);
    String host = named.size() == 1 ? named.get(0) : "";
    Decision decision = Decider.route(table, tls, peer, head, target, host);
    String authority = metadata.get(HeaderName.HOST.text());
    boolean lost = decision instanceof Refuse refuse && refuse.refusal() == Refusal.NO_ROUTE;
    return lost && host.isEmpty() && authority != null
        ? Decider.route(table, tls, peer, head, target, authority)
        : decision;
  }
}
