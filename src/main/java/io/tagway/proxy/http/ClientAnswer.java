package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tagway.proxy.ContentCoding;
import io.tagway.proxy.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
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
  private @Nullable Unwritten unwritten;
  private @Nullable Buffer held;
  private @Nullable BodyCoding coding;
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

  /** Passes an informational answer on, if the client knows such and takes what it is sent. */
  void inform(HttpResponse interim) {
    if (head.http10()) {
      return; // RFC 9110 section 15.2
    }
    if (!client.channel().isWritable()) {
      return; // who does not read needs no hints, and nothing slows down the target that sends them
    }
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
    ContentCoding chosen = loop.compression().choose(head, upstreamHead);
    boolean bodiless = status == 204 || status == 304 || head.method().equals("HEAD");
    boolean delimited =
        !bodiless
            && (chosen != null
                || from.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || !from.contains(HttpHeaderNames.CONTENT_LENGTH));
    loop.responseHeaders().copy(from, headers, client.peer().tls(), delimited);
    loop.compression().mark(headers, status, head, chosen);
    if (chosen != null && !bodiless) {
      coding = loop.compression().open(chosen, from);
    }
    if (delimited && head.protocol() == Protocol.HTTP_1_1) {
      response.setChunked(true);
    }
    close = client.mark(request, last || (delimited && head.http10()), loop.isDraining());
    if (delimited && head.http10()) {
      // Vert.x would promise an HTTP/1.0 client to keep the connection; its end is the body's end.
      response.headersEndHandler(
          v ->
              headers.set(
                  io.vertx.core.http.HttpHeaders.CONNECTION, io.vertx.core.http.HttpHeaders.CLOSE));
    }
  }

  /** Takes a piece of the body over; false if it takes no more until {@link #onceReady}. */
  boolean write(ByteBuf piece) {
    BodyCoding way = coding;
    if (way == null) {
      return put(BufferInternal.safeBuffer(piece));
    }
    boolean writable = put(way.encode(piece));
    return !way.hadItsTurn() && writable;
  }

  /** Calls back on this event loop when more of the body can be taken. */
  void onceReady(Runnable then) {
    if (!isFull()) {
      loop.eventLoop().execute(then);
    } else if (unwritten != null) {
      unwritten.onceDrained(then);
    } else {
      response.drainHandler(drained -> then.run());
    }
  }

  private boolean isFull() {
    return unwritten == null ? response.writeQueueFull() : unwritten.isFull();
  }

  private boolean put(Buffer piece) {
    if (coding != null && piece.length() == 0) {
      return true;
    }
    bytes += piece.length();
    Buffer before = held;
    held = piece;
    if (before != null) {
      hand(before);
    }
    // Of a target that pauses behind each piece nothing is held when the next one comes.
    return !sent || !isFull();
  }

  /** Hands a piece over to be written. */
  private void hand(Buffer piece) {
    sent = true;
    count(piece, response.write(piece));
  }

  private void count(Buffer piece, Future<Void> written) {
    if (unwritten == null) {
      // Not before: most answers are one piece, and need none.
      unwritten = client.unwritten();
    }
    if (unwritten != null) {
      unwritten.add(piece.length(), written);
    }
  }

  /** Writes what is held back: nothing follows for now. */
  void flush() {
    BodyCoding way = coding;
    if (way != null) {
      put(way.pause());
    }
    Buffer piece = held;
    if (piece != null) {
      held = null;
      hand(piece);
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
    BodyCoding way = coding;
    if (way != null) {
      put(way.end());
      if (!sent && trailers.isEmpty()) {
        // It is all there; Vert.x tells its length.
        response.setChunked(false);
      }
    }
    boolean whole = !sent;
    sent = true;
    if (close) {
      client.answersNoMore();
    }
    Buffer last = held;
    held = null;
    Future<Void> done = last == null ? response.end() : response.end(last);
    if (last != null && !whole) {
      // It may wait behind the others. An answer in one piece is too short to be counted.
      count(last, done);
    }
    if (close) {
      done.onComplete(v -> client.afterLast(request));
    }
  }

  /** Answers with the status of a failure; nothing was sent before. */
  void fail(Failure failure) {
    reset();
    sent = true;
    loop.responseHeaders().addOwn(response.headers(), client.peer().tls());
    loop.compression().markOwn(response.headers());
    boolean last = failure == Failure.REQUEST_TIMEOUT || failure == Failure.REQUEST_MALFORMED;
    loop.answers().empty(request, failure.status(), last);
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

  /** Frees what an answer holds that has ended, or that will not be. */
  void dropHeld() {
    held = null;
    BodyCoding way = coding;
    if (way != null) {
      coding = null;
      way.close();
    }
  }
}
