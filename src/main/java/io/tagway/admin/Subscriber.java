package io.tagway.admin;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Supplier;

/**
 * One open page. Events for a client that does not read fast enough are dropped, not queued; when
 * it reads again it gets the newest status, whose version tells it to fetch the table.
 */
final class Subscriber {
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Context loop;
  private boolean behind;

  /**
   * @param loop where the connection lives; everything below happens there
   */
  Subscriber(HttpServerRequest request, Context loop) {
    this.request = request;
    this.response = request.response();
    this.loop = loop;
  }

  /** Says no; the browser tries again later. */
  void refuse() {
    loop.runOnContext(
        due -> Reply.error(503, "too many open pages").with("Retry-After", "5").send(request));
  }

  /** Sends the head and a first event. */
  void open(Buffer first, Handler<Void> gone) {
    loop.runOnContext(
        due -> {
          if (response.closed()) {
            gone.handle(null);
            return;
          }
          Reply.protect(response);
          response
              .putHeader("Content-Type", "text/event-stream")
              .putHeader("X-Accel-Buffering", "no") // an nginx in front must not collect events
              .setChunked(true)
              .closeHandler(gone)
              .endHandler(gone)
              .exceptionHandler(lost -> gone.handle(null));
          write(Buffer.buffer("retry: 1000\n\n").appendBuffer(first));
        });
  }

  /**
   * Sends an event, or drops it if the last ones are not read yet.
   *
   * @param newest what to send instead once the client reads again
   */
  void send(Buffer event, Supplier<Buffer> newest) {
    loop.runOnContext(
        due -> {
          if (!open()) {
            return;
          }
          if (!response.writeQueueFull()) {
            write(event);
          } else if (!behind) {
            behind = true;
            response.drainHandler(
                drained -> {
                  if (behind && open()) {
                    behind = false;
                    write(newest.get());
                  }
                });
          }
        });
  }

  /** Ends the stream. */
  void end() {
    loop.runOnContext(
        due -> {
          if (open()) {
            response.end();
          }
        });
  }

  private boolean open() {
    return !response.closed() && !response.ended();
  }

  /** A failed write shows in the close handler; nothing else is to be done about it. */
  private void write(Buffer event) {
    response.write(event).otherwiseEmpty();
  }
}
