package io.tagway.proxy.http;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tagway.proxy.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer to a client. The last piece is always held back until it is known what follows,
 * so that a short answer leaves in one write. Used by one event loop.
 */
final class ClientAnswer {
  private final ProxyLoop loop;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final RequestHead head;
  private final ClientConnection client;
  private @Nullable Buffer held;
  private boolean begun;
  private boolean sent;
  private boolean close;
  private int status;
  private long bytes;

  ClientAnswer(
      ProxyLoop loop, HttpServerRequest request, RequestHead head, ClientConnection client) {
    this.loop = loop;
    this.request = request;
    this.response = request.response();
    this.head = head;
    this.client = client;
  }

  /** Whether the client may have seen a part of it. */
  boolean isSent() {
    return sent;
  }

  int status() {
    return status;
  }

  /** Bytes of the body so far. */
  long bytes() {
    return bytes;
  }

  /** Asks for the body if the client waits to be asked. */
  void continueIfExpected() {
    if (!head.http10() && head.headers().contains(HttpHeaderNames.EXPECT)) {
      response.writeContinue();
    }
  }

  /** Passes an informational answer on. */
  void inform(HttpResponse interim) {
    HttpHeaders headers = HeaderLines.unchecked();
    copyPlain(interim.headers(), headers::add);
    client.inform(request, interim.status().code(), headers);
  }

  /** Passes on that the target has taken up another protocol: the last of this answer. */
  void switched(HttpResponse upstreamHead) {
    HttpHeaders headers = HeaderLines.unchecked();
    copyPlain(upstreamHead.headers(), headers::add);
    headers.set(HeaderName.CONNECTION.text(), HeaderName.UPGRADE.text());
    headers.set(
        HeaderName.UPGRADE.text(),
        String.join(", ", upstreamHead.headers().getAll(HttpHeaderNames.UPGRADE)));
    status = upstreamHead.status().code();
    sent = true;
    client.inform(request, status, headers);
  }

  /**
   * Prepares the head; it is written with the first piece.
   *
   * @param last whether the client is not to be read from any more when the answer is written
   */
  void begin(HttpResponse upstreamHead, boolean last) {
    begun = true;
    status = upstreamHead.status().code();
    response.setStatusCode(status);
    MultiMap headers = response.headers();
    HttpHeaders from = upstreamHead.headers();
    boolean bodiless = status == 204 || status == 304 || head.method().equals("HEAD");
    boolean delimited =
        !bodiless
            && (from.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || !from.contains(HttpHeaderNames.CONTENT_LENGTH));
    loop.responseHeaders().copy(from, headers, client.peer().tls(), delimited);
    if (delimited && head.protocol() == Protocol.HTTP_1_1) {
      response.setChunked(true);
    }
    close = last || (delimited && head.http10());
    client.mark(request, close, loop.isDraining());
    if (delimited && head.http10()) {
      // Vert.x would promise an HTTP/1.0 client to keep the connection; its end is the body's end.
      response.headersEndHandler(
          v ->
              headers.set(
                  io.vertx.core.http.HttpHeaders.CONNECTION, io.vertx.core.http.HttpHeaders.CLOSE));
    }
  }

  /** Takes a piece of the body; false if the client cannot take more for now. */
  boolean write(Buffer piece) {
    bytes += piece.length();
    Buffer before = held;
    held = piece;
    if (before == null) {
      return true;
    }
    sent = true;
    response.write(before);
    return !response.writeQueueFull();
  }

  /** Writes what is held back: nothing follows for now. */
  void flush() {
    Buffer piece = held;
    if (piece != null) {
      held = null;
      sent = true;
      response.write(piece);
    } else if (begun && !sent && !head.http10()) {
      sent = true;
      response.writeHead();
    }
  }

  void end(HttpHeaders trailers) {
    if (!trailers.isEmpty() && (response.isChunked() || head.protocol() == Protocol.HTTP_2)) {
      MultiMap to = response.trailers();
      copyPlain(trailers, to::add);
    }
    sent = true;
    if (close) {
      client.answersNoMore();
    }
    Buffer last = held;
    held = null;
    Future<Void> done = last == null ? response.end() : response.end(last);
    if (close) {
      done.onComplete(v -> client.afterLast(request));
    }
  }

  /** Answers with the status of a failure; nothing was sent before. */
  void fail(Failure failure) {
    reset();
    sent = true;
    loop.responseHeaders().addOwn(response.headers(), client.peer().tls());
    loop.answers().empty(request, failure.status(), failure == Failure.REQUEST_TIMEOUT);
  }

  /**
   * Ends a gRPC call with a status: with the head, or behind what was sent.
   *
   * @param last whether the client is still sending, which it need not
   */
  void fail(GrpcStatus callStatus, String text, boolean last) {
    if (sent) {
      GrpcAnswers.trailers(response.trailers(), callStatus, text);
    } else {
      reset();
      GrpcAnswers.head(response, callStatus, text);
    }
    close = last;
    end(EmptyHttpHeaders.INSTANCE);
  }

  /** Forgets a head that was not sent. */
  void reset() {
    dropHeld();
    begun = false;
    response.headers().clear();
  }

  private static void copyPlain(HttpHeaders from, BiConsumer<String, String> to) {
    from.forEach(
        line -> {
          if (ResponseHeaders.isPlain(line.getKey())) {
            to.accept(line.getKey(), line.getValue());
          }
        });
  }

  void dropHeld() {
    held = null;
  }
}
