package io.tagway.proxy.http;

import io.netty.util.AsciiString;
import io.tagway.auth.Verdict;
import io.tagway.proxy.Failure;
import io.tagway.proxy.http.Decision.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * How a gRPC call is told that it has failed: the status of HTTP is always 200, that of the call
 * comes in the head, or behind what was answered already (gRPC over HTTP/2, "Trailers-Only").
 */
final class GrpcAnswers {
  private static final AsciiString TYPE = AsciiString.cached("application/grpc");
  static final AsciiString STATUS = AsciiString.cached("grpc-status");
  private static final AsciiString MESSAGE = AsciiString.cached("grpc-message");

  private GrpcAnswers() {}

  /** Answers by ourselves; gives the status that HTTP would have. */
  static int refuse(HttpServerRequest request, Decision decision) {
    if (decision instanceof Decision.Refuse refuse) {
      Refusal refusal = refuse.refusal();
      send(request, GrpcStatus.of(refusal), GrpcStatus.text(refusal));
      return refusal.status();
    }
    send(request, GrpcStatus.UNIMPLEMENTED, "the route redirects");
    return 501;
  }

  /** The target's scheme cannot carry a call. */
  static int unforwardable(HttpServerRequest request) {
    send(request, GrpcStatus.of(Failure.SCHEME, null), Failure.SCHEME.text());
    return Failure.SCHEME.status();
  }

  /** Credentials are missing or wrong, or there is no time to look at them. */
  static int unauthorized(HttpServerRequest request, Verdict verdict) {
    boolean busy = verdict instanceof Verdict.Busy;
    send(
        request,
        busy ? GrpcStatus.UNAVAILABLE : GrpcStatus.UNAUTHENTICATED,
        busy ? "busy" : "authorization failed");
    return busy ? 503 : 401;
  }

  /** The status of an answer of ours or of a target, in its trailers or in its head. */
  static int status(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    String text = response.trailers().get(STATUS);
    return GrpcStatus.code(text != null ? text : response.headers().get(STATUS));
  }

  private static void send(HttpServerRequest request, GrpcStatus status, String text) {
    HttpServerResponse response = request.response();
    head(response, status, text);
    ClientConnection client = ClientConnection.of(request.connection());
    boolean whole = request.isEnded();
    response
        .end()
        .onComplete(
            sent -> {
              if (!whole) {
                client.afterLast(request);
              }
            });
  }

  /** A head that says all. */
  static void head(HttpServerResponse response, GrpcStatus status, String text) {
    response.setStatusCode(200);
    response.headers().set(HttpHeaders.CONTENT_TYPE, TYPE);
    trailers(response.headers(), status, text);
  }

  /** What ends a call. */
  static void trailers(MultiMap lines, GrpcStatus status, String text) {
    lines.set(STATUS, Integer.toString(status.code()));
    lines.set(MESSAGE, GrpcText.escaped(text));
  }

  /** What a caller reads; addresses of targets are none of its business. */
  static String text(Failure failure, @Nullable Throwable cause) {
    if (cause instanceof Call.TooLong
        || cause instanceof Call.Foreign
        || cause instanceof StreamReset) {
      return String.valueOf(cause.getMessage());
    }
    return failure.nothingSent() && failure != Failure.BUSY
        ? "connection error: desc = \"" + failure.text() + '"'
        : failure.text();
  }
}
