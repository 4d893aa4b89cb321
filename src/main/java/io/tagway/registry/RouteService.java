package io.tagway.registry;

import io.tagway.config.Settings;
import io.tagway.consul.LoopCalls;
import io.tagway.outbound.Cause;
import io.tagway.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * The HTTP service of {@code registry.custom.*}. Each question is a connection of its own, so that
 * a service behind a balancer may move from one poll to the next. Proxy variables of the
 * environment do not apply.
 */
final class RouteService {
  private static final int MAX_BYTES = 64 << 20;

  private final Vertx vertx;
  private final HttpClientAgent http;
  private final LoopCalls calls;
  private final RequestOptions question;
  private final Duration limit;
  private final String shown;

  /** Opens nothing yet. The configuration has seen to it that the host is one. */
  RouteService(Vertx vertx, Settings.Custom settings, Outbound outbound) {
    this.vertx = vertx;
    this.limit = settings.timeout();
    boolean tls = settings.scheme().equals("https");
    URI server = URI.create(settings.scheme() + "://" + settings.host());
    int port = server.getPort() >= 0 ? server.getPort() : tls ? 443 : 80;
    String path = "/" + escaped(settings.path());
    this.question =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setSsl(tls)
            .setHost(server.getHost())
            .setPort(port)
            .setURI(
                settings.queryParams().isEmpty()
                    ? path
                    : path + '?' + escaped(settings.queryParams()))
            .setFollowRedirects(true)
            .putHeader(HttpHeaders.USER_AGENT, "tagway")
            .putHeader(HttpHeaders.ACCEPT, "application/json")
            .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    if (server.getUserInfo() != null) {
      byte[] user = server.getUserInfo().getBytes(StandardCharsets.UTF_8);
      question.putHeader(
          HttpHeaders.AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(user));
    }
    if (limited()) {
      question.setConnectTimeout(limit.toMillis()).setIdleTimeout(limit.toMillis());
    }
    this.shown =
        settings.scheme()
            + "://"
            + server.getHost()
            + (server.getPort() >= 0 ? ":" + port : "")
            + path;
    HttpClientOptions options = new HttpClientOptions().setDecompressionSupported(true);
    if (settings.checkTlsSkipVerify()) {
      options.setTrustAll(true).setVerifyHost(false);
    } else if (tls) {
      outbound.trust().ifPresent(options::setTrustOptions);
    }
    this.http = vertx.createHttpClient(options);
    this.calls = new LoopCalls(vertx);
  }

  /** What cannot stand in a request line. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 0x7f) {
        escaped.append((char) octet);
      } else {
        escaped.append(String.format("%%%02X", octet));
      }
    }
    return escaped.toString();
  }

  /** The address as it may stand in a log: user and query hold secrets. */
  String shown() {
    return shown;
  }

  /** Asks once. Fails unless a whole answer with status 200 came within the limit. */
  Future<Buffer> ask() {
    return calls.ask(this::answer);
  }

  private Future<Buffer> answer() {
    Promise<Buffer> answer = Promise.promise();
    Future<HttpClientRequest> opened = http.request(question);
    long timer =
        limited()
            ? vertx.setTimer(
                Math.max(1, limit.toMillis()),
                fired -> {
                  answer.tryFail(failure("no complete answer within " + limit.toMillis() + "ms"));
                  opened.onSuccess(HttpClientRequest::reset);
                })
            : -1;
    opened
        .compose(HttpClientRequest::send)
        .compose(this::body)
        .onComplete(
            body -> answer.tryComplete(body),
            cause ->
                answer.tryFail(
                    cause instanceof RefusedAnswer ? cause : failure(Cause.text(cause))));
    return answer.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      response.request().reset();
      return Future.failedFuture(failure("the answer has status " + response.statusCode()));
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.handler(
        piece -> {
          if (body.length() + piece.length() > MAX_BYTES) {
            whole.tryFail(failure("the answer is larger than 64 MiB"));
            response.request().reset();
          } else {
            body.appendBuffer(piece);
          }
        });
    response.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }

  private boolean limited() {
    return limit.compareTo(Duration.ZERO) > 0;
  }

  private RefusedAnswer failure(String reason) {
    return new RefusedAnswer("GET " + shown + ": " + reason);
  }

  Future<Void> close() {
    return http.close();
  }

  /** Why there is no answer, fit for the log. */
  private static final class RefusedAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedAnswer(String message) {
      super(message, null, false, false);
    }
  }
}
