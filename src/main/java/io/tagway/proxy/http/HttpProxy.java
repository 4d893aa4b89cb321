package io.tagway.proxy.http;

import io.netty.channel.ChannelFuture;
import io.tagway.auth.AuthSchemes;
import io.tagway.auth.Verdict;
import io.tagway.config.Settings;
import io.tagway.proxy.ContentCoding;
import io.tagway.proxy.Encoders;
import io.tagway.proxy.Observer;
import io.tagway.proxy.Outcome;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.tagway.tls.UpstreamTls;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Forwards requests to targets: decide, do, tell. One for each event loop of a listener. */
public final class HttpProxy implements HttpListener.LoopHandler {
  /** How it is decided what becomes of a request. */
  @FunctionalInterface
  private interface Deciding {
    Decision decide(Table table, boolean tls, InetAddress peer, RequestHead head);
  }

  private final Settings.Http settings;
  private final Supplier<Table> table;
  private final CredentialCheck credentials;
  private final Deciding deciding;
  private final ProxyLoop loop;
  private final Refusals refusals;

  private HttpProxy(Shared shared, Deciding deciding, ProxyLoop loop) {
    this.settings = shared.settings();
    this.table = shared.table();
    this.credentials = new CredentialCheck(shared.auth());
    this.deciding = deciding;
    this.loop = loop;
    this.refusals = new Refusals(loop, settings.noRouteStatus(), shared.noRouteHtml());
  }

  /**
   * What a listener needs to serve a proxy.
   *
   * @param tls for connections to targets
   * @param table read once for each request
   * @param noRouteHtml the page for requests without a route; empty for none
   * @param auth asked about requests of routes that name a scheme
   * @param observer told about each request
   */
  public static HttpListener.LoopHandlers handlers(
      Settings.Http settings,
      UpstreamTls tls,
      Supplier<Table> table,
      Supplier<String> noRouteHtml,
      AuthSchemes auth,
      Observer observer) {
    Optional<Pattern> types = settings.gzipContentTypes();
    List<ContentCoding> codings = types.isPresent() ? Encoders.available() : List.of();
    return handlers(
        new Shared(settings, tls, table, noRouteHtml, auth, observer),
        () -> Compression.of(types, codings),
        Decider::decide,
        false);
  }

  /** As {@link #handlers}, for a listener that carries nothing but gRPC. */
  public static HttpListener.LoopHandlers calls(
      Settings.Http settings,
      UpstreamTls tls,
      Supplier<Table> table,
      AuthSchemes auth,
      Observer observer) {
    return handlers(
        new Shared(settings, tls, table, () -> "", auth, observer),
        () -> Compression.OFF,
        GrpcDecider::decide,
        true);
  }

  /** What the loops of a listener have in common. */
  private record Shared(
      Settings.Http settings,
      UpstreamTls tls,
      Supplier<Table> table,
      Supplier<String> noRouteHtml,
      AuthSchemes auth,
      Observer observer) {}

  private static HttpListener.LoopHandlers handlers(
      Shared shared, Supplier<Compression> compression, Deciding deciding, boolean callsOnly) {
    Settings.Http settings = shared.settings();
    return (vertx, eventLoop, loops, draining) -> {
      DateText date = new DateText(System::currentTimeMillis);
      UpstreamLimits limits = UpstreamLimits.share(settings, loops);
      return new HttpProxy(
          shared,
          deciding,
          new ProxyLoop(
              new Upstreams(vertx, eventLoop, shared.tls(), limits, shared.table()),
              new RequestHeaders(settings, new RequestIds(new SplittableRandom())),
              new ResponseHeaders(settings.sts(), date),
              compression.get(),
              new Answers(date, draining),
              new Teller(shared.observer()),
              draining,
              eventLoop,
              settings.grpc(),
              callsOnly));
    };
  }

  @Override
  public void connected(ChannelFuture closed) {
    loop.tell().connected(closed);
  }

  @Override
  public ConnectionTails forwardedTails() {
    return new ConnectionTails(settings.localIp());
  }

  @Override
  public void handle(HttpServerRequest request) {
    ClientConnection client = ClientConnection.of(request.connection());
    if (client.isAnsweringNoMore()) {
      return;
    }
    if (client.isBehind()) {
      client.onceCaughtUp(request, () -> late(request, client));
    } else {
      serve(request, client);
    }
  }

  private void late(HttpServerRequest request, ClientConnection client) {
    serve(request, client);
    if (request.response().ended()) {
      // A body that goes to a target stays paused until there is somewhere to send it.
      request.resume();
    }
  }

  private void serve(HttpServerRequest request, ClientConnection client) {
    long start = loop.isWatched() ? System.nanoTime() : 0;
    try {
      RequestHead head = client.head(request);
      Decision decision =
          deciding.decide(table.get(), client.peer().tls(), client.peer().address(), head);
      carryOut(request, head, decision, client, start);
    } catch (RuntimeException bug) {
      failed(request, bug);
    }
  }

  /** Nothing above expects it; without an answer the client would wait for ever. */
  private void failed(HttpServerRequest request, RuntimeException bug) {
    loop.tell().bug(request.uri(), bug);
    if (!request.response().ended()) {
      loop.answers().empty(request, 500, true);
    }
  }

  private void carryOut(
      HttpServerRequest request,
      RequestHead head,
      Decision decision,
      ClientConnection client,
      long start) {
    if (decision instanceof Decision.Forward forward) {
      forward(request, head, forward, client, start);
    } else if (decision instanceof Decision.Verify verify) {
      verify(request, head, verify, client, start);
    } else {
      own(
          request,
          head,
          client,
          start,
          refusals.answer(request, head, decision),
          decision.target());
    }
  }

  private void verify(
      HttpServerRequest request,
      RequestHead head,
      Decision.Verify verify,
      ClientConnection client,
      long start) {
    credentials.judge(
        request,
        head,
        verify.scheme(),
        verdict -> {
          try {
            judged(request, head, verify, verdict, client, start);
          } catch (RuntimeException bug) {
            failed(request, bug);
          }
        });
  }

  private void judged(
      HttpServerRequest request,
      RequestHead head,
      Decision.Verify verify,
      Verdict verdict,
      ClientConnection client,
      long start) {
    if (request.response().closed()) {
      if (loop.isWatched()) {
        loop.tell().gone(asked(head, client, start), verify.target());
      }
    } else if (verdict instanceof Verdict.Granted) {
      carryOut(request, head, verify.granted(), client, start);
    } else {
      int status = refusals.unauthorized(request, head, verdict);
      own(request, head, client, start, status, verify.target());
    }
  }

  private void forward(
      HttpServerRequest request,
      RequestHead head,
      Decision.Forward forward,
      ClientConnection client,
      long start) {
    if (!loop.callsOnly() && !isForwardable(forward.target().scheme())) {
      loop.tell().badTarget(forward.target());
      int status = refusals.unforwardable(request, head);
      own(request, head, client, start, status, forward.target());
      return;
    }
    new Exchange(loop, request, head, forward, client, start).start();
  }

  /** Whether HTTP requests can be sent to targets of this scheme. */
  static boolean isForwardable(String scheme) {
    return switch (scheme) {
      case "http", "https", "grpc", "grpcs" -> true;
      default -> false;
    };
  }

  /** Tells of an answer of ours. */
  private void own(
      HttpServerRequest request,
      RequestHead head,
      ClientConnection client,
      long start,
      int status,
      Target target) {
    if (loop.isWatched()) {
      loop.tell().own(asked(head, client, start), status, target);
      if (GrpcCall.is(head)) {
        loop.tell().called(target, GrpcAnswers.status(request), start);
      }
    }
  }

  private Outcome.Asked asked(RequestHead head, ClientConnection client, long start) {
    return loop.tell().asked(head, client.peer(), head.hostHeader(), start);
  }

  @Override
  public void invalid(HttpServerRequest request) {
    refusals.invalid(request);
  }
}
