package io.tagway.proxy.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.tagway.auth.AuthSchemes;
import io.tagway.auth.Verdict;
import io.tagway.config.Settings;
import io.tagway.proxy.ContentCoding;
import io.tagway.proxy.Encoders;
import io.tagway.proxy.Observer;
import io.tagway.proxy.Outcome;
import io.tagway.proxy.http.Decision.Refusal;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.tagway.tls.UpstreamTls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
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
  private final Supplier<String> noRouteHtml;
  private final CredentialCheck credentials;
  private final Deciding deciding;
  private final ProxyLoop loop;
  private Page noRoutePage = Page.NONE;

  private HttpProxy(
      Settings.Http settings,
      Supplier<Table> table,
      Supplier<String> noRouteHtml,
      AuthSchemes auth,
      Deciding deciding,
      ProxyLoop loop) {
    this.settings = settings;
    this.table = table;
    this.noRouteHtml = noRouteHtml;
    this.credentials = new CredentialCheck(auth);
    this.deciding = deciding;
    this.loop = loop;
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
    return (vertx, eventLoop, loops, draining) ->
        new HttpProxy(
            settings,
            table,
            noRouteHtml,
            auth,
            Decider::decide,
            loop(
                settings,
                tls,
                table,
                Compression.of(types, codings),
                observer,
                vertx,
                eventLoop,
                loops,
                draining,
                false));
  }

  /** As {@link #handlers}, for a listener that carries nothing but gRPC. */
  public static HttpListener.LoopHandlers calls(
      Settings.Http settings,
      UpstreamTls tls,
      Supplier<Table> table,
      AuthSchemes auth,
      Observer observer) {
    return (vertx, eventLoop, loops, draining) ->
        new HttpProxy(
            settings,
            table,
            () -> "",
            auth,
            GrpcDecider::decide,
            loop(
                settings,
                tls,
                table,
                Compression.OFF,
                observer,
                vertx,
                eventLoop,
                loops,
                draining,
                true));
  }

  private static ProxyLoop loop(
      Settings.Http settings,
      UpstreamTls tls,
      Supplier<Table> table,
      Compression compression,
      Observer observer,
      Vertx vertx,
      EventLoop eventLoop,
      int loops,
      BooleanSupplier draining,
      boolean callsOnly) {
    DateText date = new DateText(System::currentTimeMillis);
    return new ProxyLoop(
        new Upstreams(vertx, eventLoop, tls, UpstreamLimits.share(settings, loops), table),
        new RequestHeaders(settings, new RequestIds(new SplittableRandom())),
        new ResponseHeaders(settings.sts(), date),
        compression,
        new Answers(date, draining),
        new Teller(observer),
        draining,
        eventLoop,
        settings.grpc(),
        callsOnly);
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
    long start = loop.isWatched() ? System.nanoTime() : 0;
    ClientConnection client = ClientConnection.of(request.connection());
    if (client.isAnsweringNoMore()) {
      return;
    }
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
    } else if (GrpcCall.is(head)) {
      refuseCall(request, head, decision, client, start);
    } else if (decision instanceof Decision.Redirect redirect) {
      loop.answers().redirect(request, redirect.status(), redirect.location());
      own(head, client, start, redirect.status(), redirect.target());
    } else if (decision instanceof Decision.Refuse refuse) {
      int status = refuse(request, head, refuse);
      own(head, client, start, status, refuse.target());
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
      int status =
          GrpcCall.is(head)
              ? GrpcAnswers.unauthorized(request, verdict)
              : loop.answers().unauthorized(request, verdict);
      own(head, client, start, status, verify.target());
      if (GrpcCall.is(head)) {
        loop.tell().called(verify.target(), GrpcAnswers.status(request), start);
      }
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
      loop.answers().empty(request, 502, false);
      own(head, client, start, 502, forward.target());
      return;
    }
    new Exchange(loop, request, head, forward, client, start).start();
  }

  private static boolean isForwardable(String scheme) {
    return switch (scheme) {
      case "http", "https", "grpc", "grpcs" -> true;
      default -> false;
    };
  }

  private void refuseCall(
      HttpServerRequest request,
      RequestHead head,
      Decision decision,
      ClientConnection client,
      long start) {
    Target target = Target.NONE;
    if (decision instanceof Decision.Refuse refuse) {
      target = refuse.target();
      if (refuse.refusal() == Refusal.NO_ROUTE) {
        String host = head.headers().get(HeaderName.HOST.text());
        loop.tell().noRoute(host == null ? "" : host, head.target());
      }
    } else if (decision instanceof Decision.Redirect redirect) {
      target = redirect.target();
    }
    own(head, client, start, GrpcAnswers.refuse(request, decision), target);
    loop.tell().called(target, GrpcAnswers.status(request), start);
  }

  /** Answers by ourselves and gives the status. */
  private int refuse(HttpServerRequest request, RequestHead head, Decision.Refuse refuse) {
    Refusal refusal = refuse.refusal();
    int status = refusal == Refusal.NO_ROUTE ? settings.noRouteStatus() : refusal.status();
    switch (refusal) {
      case NO_ROUTE -> noRoute(request, head, status);
      case DENIED -> loop.answers().text(request, status, "access denied\n");
      case OPTIONS -> loop.answers().empty(request, status, false);
      default -> loop.answers().unreadable(request, status, refuse.detail());
    }
    return status;
  }

  private void noRoute(HttpServerRequest request, RequestHead head, int status) {
    String host = head.headers().get(HeaderName.HOST.text());
    loop.tell().noRoute(host == null ? "" : host, head.target());
    String html = noRouteHtml.get();
    if (!noRoutePage.text().equals(html)) {
      noRoutePage = Page.of(html);
    }
    if (noRoutePage.isEmpty()) {
      loop.answers().empty(request, status, false);
    } else {
      loop.answers().page(request, status, noRoutePage);
    }
  }

  private void own(
      RequestHead head, ClientConnection client, long start, int status, Target target) {
    if (loop.isWatched()) {
      loop.tell().own(asked(head, client, start), status, target);
    }
  }

  private Outcome.Asked asked(RequestHead head, ClientConnection client, long start) {
    String host = head.headers().get(HeaderName.HOST.text());
    return loop.tell().asked(head, client.peer(), host == null ? "" : host, start);
  }

  @Override
  public void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Refusal refusal = refusal(cause, request);
    String detail = refusal == Refusal.BAD_REQUEST ? "malformed request" : "";
    loop.answers().unreadable(request, refusal.status(), detail);
  }

  private static Refusal refusal(Throwable cause, HttpServerRequest request) {
    if (cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException) {
      return Refusal.HEAD_TOO_LARGE;
    }
    if (cause instanceof HeadGuard.UnknownVersion) {
      return Refusal.VERSION;
    }
    String coding = request.headers().get(HeaderName.TRANSFER_ENCODING.text());
    boolean known = coding == null || coding.equalsIgnoreCase("chunked");
    return known || request.version() == HttpVersion.HTTP_1_0
        ? Refusal.BAD_REQUEST
        : Refusal.CODING;
  }
}
