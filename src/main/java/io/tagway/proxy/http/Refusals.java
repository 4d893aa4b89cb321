package io.tagway.proxy.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.tagway.auth.Verdict;
import io.tagway.proxy.Failure;
import io.tagway.proxy.http.Decision.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Supplier;

/**
 * Answers what is not forwarded, each request in its own way: by a status of HTTP, or of gRPC for a
 * call. Used by one event loop.
 */
final class Refusals {
  private final ProxyLoop loop;
  private final int noRouteStatus;
  private final Supplier<String> noRouteHtml;
  private Page noRoutePage = Page.NONE;

  /**
   * @param noRouteHtml the page for requests without a route; empty for none
   */
  Refusals(ProxyLoop loop, int noRouteStatus, Supplier<String> noRouteHtml) {
    this.loop = loop;
    this.noRouteStatus = noRouteStatus;
    this.noRouteHtml = noRouteHtml;
  }

  /** Carries out a decision to redirect or to refuse; gives the status that HTTP has for it. */
  int answer(HttpServerRequest request, RequestHead head, Decision decision) {
    boolean noRoute =
        decision instanceof Decision.Refuse refuse && refuse.refusal() == Refusal.NO_ROUTE;
    if (noRoute) {
      loop.tell().noRoute(head.hostHeader(), head.target());
    }
    if (GrpcCall.is(head)) {
      return GrpcAnswers.refuse(request, decision);
    }
    if (decision instanceof Decision.Redirect redirect) {
      loop.answers().redirect(request, redirect.status(), redirect.location());
      return redirect.status();
    }
    return noRoute ? noRoute(request) : refuse(request, (Decision.Refuse) decision);
  }

  private int refuse(HttpServerRequest request, Decision.Refuse refuse) {
    int status = refuse.refusal().status();
    switch (refuse.refusal()) {
      case DENIED -> loop.answers().text(request, status, "access denied\n");
      case OPTIONS -> loop.answers().empty(request, status, false);
      default -> loop.answers().unreadable(request, status, refuse.detail());
    }
    return status;
  }

  private int noRoute(HttpServerRequest request) {
    String html = noRouteHtml.get();
    if (!noRoutePage.text().equals(html)) {
      noRoutePage = Page.of(html);
    }
    if (noRoutePage.isEmpty()) {
      loop.answers().empty(request, noRouteStatus, false);
    } else {
      loop.answers().page(request, noRouteStatus, noRoutePage);
    }
    return noRouteStatus;
  }

  /** There is a target, but its scheme is none that a request can be forwarded to. */
  int unforwardable(HttpServerRequest request, RequestHead head) {
    if (GrpcCall.is(head)) {
      return GrpcAnswers.unforwardable(request);
    }
    loop.answers().empty(request, Failure.SCHEME.status(), false);
    return Failure.SCHEME.status();
  }

  /** Credentials are missing or wrong, or there is no time to look at them. */
  int unauthorized(HttpServerRequest request, RequestHead head, Verdict verdict) {
    return GrpcCall.is(head)
        ? GrpcAnswers.unauthorized(request, verdict)
        : loop.answers().unauthorized(request, verdict);
  }

  /** The head could not be read. */
  void invalid(HttpServerRequest request) {
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
