package io.tagway.proxy.http;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one answer that were handed over for a stream of HTTP/2 and are not written, be it for
 * the window of the stream, that of the connection, or the socket. Vert.x counts pieces instead,
 * and sixteen of them may be a megabyte. Used by one event loop.
 */
final class Unwritten {
  /** What a piece costs besides its bytes, roughly: many may be short. */
  private static final int PIECE_BYTES = 256;

  private final Http2Client client;
  private long bytes;
  private @Nullable Runnable then;

  Unwritten(Http2Client client) {
    this.client = client;
  }

  /**
   * A piece was handed over.
   *
   * @param written completes with it, however it ends
   */
  void add(int length, Future<Void> written) {
    int cost = length + PIECE_BYTES;
    bytes += cost;
    client.addUnwritten(cost);
    written.onComplete(done -> remove(cost));
  }

  boolean isFull() {
    return bytes > limit(Http2Limits.STREAM_UNWRITTEN_BYTES);
  }

  /** Calls back when it is half empty; it is full now. */
  void onceDrained(Runnable callback) {
    then = callback;
  }

  private void remove(int cost) {
    bytes -= cost;
    client.addUnwritten(-cost);
    Runnable waiting = then;
    if (waiting != null && bytes <= limit(Http2Limits.STREAM_UNWRITTEN_BYTES / 2)) {
      then = null;
      waiting.run();
    }
  }

  /** Whoever has nothing that waits may always go on, so that nobody waits for another stream. */
  private int limit(int usual) {
    return client.isCrowded() ? 0 : usual;
  }
}
