package io.tagway.proxy.http;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.tagway.config.Settings;
import io.tagway.proxy.Observer;
import io.tagway.proxy.http.Decision.Refusal;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Forwards requests to targets: decide, do, tell. One for each event loop of a listener. */
public final class HttpProxy implements HttpListener.LoopHandler {
  private final Settings.Http settings;
  private final Supplier<Table> table;
  private final Supplier<String> noRouteHtml;
  private final ProxyLoop loop;
  private Page noRoutePage = Page.NONE;

  private HttpProxy(
      Settings.Http settings, Supplier<Table> table, Supplier<String> noRouteHtml, ProxyLoop loop) {
    this.settings = settings;
    this.table = table;
    this.noRouteHtml = noRouteHtml;
    this.loop = loop;
  }

  /**
   * What a listener needs to serve a proxy.
   *
   * @param table read once for each request
   * @param noRouteHtml the page for requests without a route; empty for none
   * @param observer told about each request
   */
  public static HttpListener.LoopHandlers handlers(
      Settings.Http settings,
      Supplier<Table> table,
      Supplier<String> noRouteHtml,
      Observer observer) {
    return (vertx, eventLoop, loops, draining) ->
        new HttpProxy(
            settings,
            table,
            noRouteHtml,
            loop(settings, observer, vertx, eventLoop, loops, draining));
  }

  private static ProxyLoop loop(
      Settings.Http settings,
      Observer observer,
      Vertx vertx,
      EventLoop eventLoop,
      int loops,
      BooleanSupplier draining) {
    DateText date = new DateText(System::currentTimeMillis);
    return new ProxyLoop(
        new Upstreams(vertx, eventLoop, UpstreamLimits.share(settings, loops)),
        new RequestHeaders(settings, new RequestIds(new SplittableRandom())),
        new ResponseHeaders(settings.sts(), date),
        new Answers(date, draining),
        new Teller(observer),
        draining);
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
      serve(request, client, start);
    } catch (RuntimeException bug) {
      // Nothing above expects it; without an answer the client would wait for ever.
      loop.tell().bug(request.uri(), bug);
      if (!request.response().ended()) {
        loop.answers().empty(request, 500, true);
      }
    }
  }

  private void serve(HttpServerRequest request, ClientConnection client, long start) {
    RequestHead head = client.head(request);
    Decision decision =
        Decider.decide(table.get(), client.peer().tls(), client.peer().address(), head);
    if (decision instanceof Decision.Forward forward) {
      forward(request, head, forward, client, start);
    } else if (decision instanceof Decision.Redirect redirect) {
      loop.answers().redirect(request, redirect.status(), redirect.location());
      own(head, client, start, redirect.status(), redirect.target());
    } else if (decision instanceof Decision.Refuse refuse) {
      int status = refuse(request, head, refuse);
      own(head, client, start, status, refuse.target());
    }
  }

  private void forward(
      HttpServerRequest request,
      RequestHead head,
      Decision.Forward forward,
      ClientConnection client,
      long start) {
    String scheme = forward.target().scheme();
    if (!scheme.equals("http") && !scheme.equals("https")) {
      loop.tell().badTarget(forward.target());
      loop.answers().empty(request, 502, false);
      own(head, client, start, 502, forward.target());
      return;
    }
    new Exchange(loop, request, head, forward, client, start).start();
  }

  /** Answers by ourselves and gives the status. */
  private int refuse(HttpServerRequest request, RequestHead head, Decision.Refuse refuse) {
    Refusal refusal = refuse.refusal();
    int status = refusal == Refusal.NO_ROUTE ? settings.noRouteStatus() : refusal.status();
    switch (refusal) {
      case NO_ROUTE -> noRoute(request, head, status);
      case DENIED -> loop.answers().text(request, status, "access denied\n");
      case UNAUTHORIZED -> {
        loop.tell().unknownAuth(refuse.detail());
        loop.answers().text(request, status, "authorization failed\n");
      }
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
      String host = head.headers().get(HeaderName.HOST.text());
      loop.tell()
          .own(
              loop.tell().asked(head, client.peer(), host == null ? "" : host, start),
              status,
              target);
    }
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
