package io.tagway.proxy.http;

import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import java.time.Duration;

/** What one HTTP/2 connection of a client may ask for. */
final class Http2Limits {
  /** As in Fabio, whose Go library allows as many. */
  static final int STREAMS = 250;

  /** Bytes of a request body that may be on their way to a target that does not read. */
  static final int STREAM_BYTES = 256 << 10;

  /** The same for all requests of a connection: one slow target must not stop the others. */
  static final int CONNECTION_BYTES = 4 << 20;

  /** Bytes of an answer that may wait for the client; then its target is not read from. */
  static final int STREAM_UNWRITTEN_BYTES = 64 << 10;

  /**
   * The same for all answers of a connection. Beyond it each may still have one piece that waits,
   * so that streams the client takes nothing from do not stop the others.
   */
  static final int UNWRITTEN_BYTES = 4 << 20;

  /**
   * Requests a client may cancel; each costs a connection to a target. Beyond it the connection is
   * ended (CVE-2023-44487).
   */
  static final int RESETS = 500;

  private static final Duration RESETS_WITHIN = Duration.ofSeconds(10);

  private Http2Limits() {}

  static Http2ServerConfig config() {
    return new Http2ServerConfig()
        .setConnectionWindowSize(CONNECTION_BYTES)
        .setRstFloodMaxRstFramePerWindow(RESETS)
        .setRstFloodWindowDuration(RESETS_WITHIN)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(STREAMS)
                .setInitialWindowSize(STREAM_BYTES)
                .setMaxHeaderListSize(HttpListener.HEAD_BYTES));
  }
}
