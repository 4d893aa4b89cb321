package io.tagway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of listeners for tests that need one and nothing of what can be said of it. */
public final class TestListeners {
  private TestListeners() {}

  /**
   * A listener of this machine alone, without TLS, limits or PROXY headers.
   *
   * @param port 0 for any free one
   */
  public static ListenerSettings plain(int port, Proto proto) {
    return new ListenerSettings(
        "127.0.0.1:" + port,
        "127.0.0.1",
        port,
        proto,
        Optional.empty(),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        false,
        0,
        0,
        List.of(),
        false,
        Duration.ZERO,
        List.of(),
        Duration.ZERO,
        false);
  }
}
