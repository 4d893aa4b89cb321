package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.tagway.proxy.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Passes the body of a request on to the target of its exchange, piece by piece and no faster than
 * the target takes it. Used by one event loop.
 */
final class BodyPass {
  private final Exchange exchange;
  private final ProxyLoop loop;
  private final HttpServerRequest request;
  private final ClientConnection client;
  private final BodyFraming framing;
  private final SentBody kept = new SentBody();
  private boolean ended;

  BodyPass(
      Exchange exchange,
      ProxyLoop loop,
      HttpServerRequest request,
      ClientConnection client,
      BodyFraming framing) {
    this.exchange = exchange;
    this.loop = loop;
    this.request = request;
    this.client = client;
    this.framing = framing;
    this.ended = framing.isEmpty();
  }

  /** Nothing of the body may be lost while there is nowhere to send it. */
  void begin() {
    if (!framing.isEmpty()) {
      request.pause();
      request.handler(this::piece);
      request.endHandler(nothing -> end());
    }
  }

  boolean isEmpty() {
    return framing.isEmpty();
  }

  /** Whether all of it has come. */
  boolean isEnded() {
    return ended;
  }

  /** Whether all that came of it could be sent to another target. */
  boolean isRepeatable() {
    return kept.isWhole();
  }

  /** The head was sent: what another target has got already follows, then the rest. */
  void sendTo(UpstreamConnection connection) {
    kept.sendTo(connection);
    if (ended) {
      end();
    } else {
      request.resume();
    }
  }

  private void piece(Buffer piece) {
    UpstreamConnection to = exchange.upstream();
    if (to == null) {
      return;
    }
    ByteBuf bytes = ((BufferInternal) piece).getByteBuf();
    try {
      exchange.call().ask(bytes);
    } catch (Call.TooLong tooLong) {
      exchange.fail(Failure.REQUEST_TOO_LARGE, tooLong);
      return;
    }
    if (to.mayRefuse()) {
      kept.keep(bytes);
    }
    to.write(bytes);
    if (!to.isWritable()) {
      request.pause();
    }
  }

  private void end() {
    ended = true;
    UpstreamConnection to = exchange.upstream();
    if (to != null) {
      to.end(loop.requestHeaders().trailers(client.trailers(request)));
    }
  }

  /** There is nowhere to send it for now. */
  void pause() {
    if (!ended) {
      request.pause();
    }
  }

  void resume() {
    if (!ended) {
      request.resume();
    }
  }

  /** The target has begun to answer: it will not be sent elsewhere. */
  void forget() {
    kept.drop();
  }

  /** What is still to come has nowhere to go. */
  void discardRest() {
    if (!ended) {
      request.handler(null);
      request.endHandler(null);
      request.resume();
    }
  }
}
