package io.tagway.proxy.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.tagway.config.Settings;
import io.tagway.proxy.Rehearsal;
import io.tagway.proxy.http.Decision.Refusal;
import io.tagway.route.AccessCause;
import io.tagway.route.Explanation;
import io.tagway.route.RouteRequest;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Goes the way of a request up to where the first byte would be sent: the same decision, the same
 * headers. Any thread.
 */
public final class DryRun implements Rehearsal {
  /** More targets than anybody reads. */
  private static final int MOST_PARTS = 50;

  /** Stands for the id that each request gets for itself. */
  private static final String SOME_ID = "00000000-0000-4000-8000-000000000000";

  private final int noRouteStatus;
  private final Supplier<Table> table;
  private final RequestHeaders rules;
  private final ForwardedTails plain;
  private final ForwardedTails secure;
  private final String requestIdHeader;

  /**
   * @param table read once for each rehearsal
   */
  public DryRun(Settings.Http settings, Supplier<Table> table) {
    this.noRouteStatus = settings.noRouteStatus();
    this.table = table;
    this.rules = new RequestHeaders(settings, () -> SOME_ID);
    ConnectionTails tails = new ConnectionTails(settings.localIp());
    this.plain = tails.of(null);
    this.secure = tails.of("TLSv1.3", "TLS_AES_256_GCM_SHA384");
    this.requestIdHeader = settings.requestIdHeader();
  }

  @Override
  public Course of(Ask ask) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    ask.headers().forEach(line -> headers.add(line.name(), line.value()));
    RequestHead head = new RequestHead(ask.method(), ask.target(), false, headers);
    List<String> hosts = headers.getAll(HeaderName.HOST.text());
    RequestTarget target = RequestTarget.parse(ask.method(), ask.target());
    Decision refused = Decider.refuse(head, hosts, target);
    if (refused != null) {
      return new Course(Optional.empty(), Optional.of(fate(refused)), List.of());
    }
    RouteRequest routed = Decider.routed(ask.tls(), target, Decider.host(hosts, target));
    Explanation lookup = table.get().explain(routed, Decider.forwardedProto(head));
    if (lookup.route().isEmpty()) {
      Fate none = new Fate(Ending.NO_ROUTE, noRouteStatus, "");
      return new Course(Optional.of(lookup), Optional.of(none), List.of());
    }
    List<Part> parts =
        lookup.route().get().targets().stream()
            .filter(one -> one.slots() > 0 && !lookup.looping().contains(one))
            .limit(MOST_PARTS)
            .map(one -> part(ask, head, routed, one))
            .toList();
    return new Course(Optional.of(lookup), Optional.empty(), parts);
  }

  private Part part(Ask ask, RequestHead head, RouteRequest routed, Target target) {
    Decision decision = Decider.of(target, ask.client(), head, routed);
    AccessCause access =
        AccessCause.of(target, ask.client(), head.headers().getAll(HeaderName.X_FORWARDED_FOR));
    String scheme = decision instanceof Decision.Verify verify ? verify.scheme() : "";
    Decision granted = decision instanceof Decision.Verify verify ? verify.granted() : decision;
    Fate fate = fate(granted);
    return new Part(
        target,
        access,
        scheme,
        fate,
        fate.ending() == Ending.FORWARD
            ? Optional.of(sent(ask, head, routed, target))
            : Optional.empty());
  }

  private Fate fate(Decision decision) {
    if (decision instanceof Decision.Redirect redirect) {
      return new Fate(Ending.REDIRECT, redirect.status(), redirect.location());
    }
    if (decision instanceof Decision.Refuse refuse) {
      return switch (refuse.refusal()) {
        case NO_ROUTE -> new Fate(Ending.NO_ROUTE, noRouteStatus, "");
        case DENIED -> new Fate(Ending.DENIED, Refusal.DENIED.status(), "");
        default -> new Fate(Ending.REFUSED, refuse.refusal().status(), refuse.detail());
      };
    }
    return HttpProxy.isForwardable(decision.target().scheme())
        ? new Fate(Ending.FORWARD, 0, "")
        : new Fate(Ending.UNFIT_TARGET, 502, "");
  }

  /** As {@link Exchange} sends it to a connection. */
  private Sent sent(Ask ask, RequestHead head, RouteRequest routed, Target target) {
    HttpHeaders headers =
        rules.toTarget(
            head,
            new Peer(ask.client(), 0, ask.tls(), ask.tls() ? secure : plain),
            routed.host(),
            target,
            ProxyLoop.hostOf(target, routed.host()),
            Upgrade.offered(asked(ask)));
    String uri = target.upstreamUri(routed);
    UpstreamKey key = UpstreamKey.of(target);
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(head.method()),
            uri,
            Unpooled.EMPTY_BUFFER,
            headers,
            EmptyHttpHeaders.INSTANCE);
    String host = key.host().indexOf(':') < 0 ? key.host() : '[' + key.host() + ']';
    return new Sent(
        target.scheme() + "://" + target.authority() + uri,
        host + ':' + key.port(),
        key.serverName(),
        key.http2(),
        key.http2() ? "" : head.method() + ' ' + uri + " HTTP/1.1",
        lines(
            ask,
            key.http2()
                ? StreamCodec.headers(request, key.tls())
                : () -> headers.iteratorCharSequence()));
  }

  private static HttpHeaders asked(Ask ask) {
    HttpHeaders lines = HeaderLines.unchecked();
    ask.headers().forEach(line -> lines.add(line.name(), line.value()));
    return lines;
  }

  private List<HeaderLine> lines(Ask ask, Iterable<Map.Entry<CharSequence, CharSequence>> headers) {
    List<HeaderLine> lines = new ArrayList<>();
    for (Map.Entry<CharSequence, CharSequence> line : headers) {
      String name = line.getKey().toString();
      boolean varies =
          name.equalsIgnoreCase(requestIdHeader)
              || (ask.tls() && HeaderName.of(name) == HeaderName.FORWARDED);
      lines.add(new HeaderLine(name, line.getValue().toString(), varies));
    }
    return lines;
  }
}
